"""The policy on a second engine, durable-rules: an independent check of the first, with a proof for every verdict.

Importing this imports no durable-rules. Making an engine does, and says so where it cannot.
"""

from cme_rules.adapters.durable.answers import Answers
from cme_rules.adapters.durable.cases import CaseRun, CaseRuntime, CaseStep, case_differences
from cme_rules.adapters.durable.engine import DurableEngine
from cme_rules.adapters.durable.errors import (
    EngineCompileError,
    EngineDisagreement,
    EngineRunError,
    EngineUnavailable,
)
from cme_rules.adapters.durable.proofs import Proof
from cme_rules.adapters.durable.shadow import PureEngine, ShadowEngine
from cme_rules.adapters.durable.worker import DurableWorker

__all__ = [
    "Answers",
    "CaseRun",
    "CaseRuntime",
    "CaseStep",
    "DurableEngine",
    "DurableWorker",
    "EngineCompileError",
    "EngineDisagreement",
    "EngineRunError",
    "EngineUnavailable",
    "Proof",
    "PureEngine",
    "ShadowEngine",
    "case_differences",
]
