"""What is done when a wheel is built: each policy is loaded, and written beside its files as a module ready for use.

A policy that does not load stops the build. An editable install needs nothing of this: it reads the files.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PackPolicies(BuildHookInterface[Any]):
    """Adds `policies/<name>/packed.py` to a wheel."""

    made = TemporaryDirectory()

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the modules into a folder of their own, and say where each belongs."""
        if version == "editable":
            return
        sys.path.insert(0, str(Path(self.root) / "src"))
        from cme_rules.policy.loading.find import policies_folder, shipped_policies  # noqa: PLC0415 - found only now
        from cme_rules.policy.loading.packed import MODULE, packed_source  # noqa: PLC0415 - as above
        from cme_rules.policy.loading.read import read_policy  # noqa: PLC0415 - as above

        policies = policies_folder()
        for name in shipped_policies():
            source = Path(self.made.name) / f"{name}.py"
            source.write_text(packed_source(read_policy(policies / name), policies), encoding="utf-8")
            build_data["force_include"][str(source)] = f"cme_rules/policies/{name}/{MODULE}.py"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002 - as given
        """Take away what was written: it is in the wheel now."""
        self.made.cleanup()
