"""The same rules over a whole register at once, as columns.

With the `batch` extra, which brings numpy and pyarrow. Polars, pandas and DuckDB are served through Arrow.
"""

try:
    from cme_rules.batch.register import BadRows, RegisterResult, assess_register
    from cme_rules.batch.store import Written, write_register
except ModuleNotFoundError as fault:
    if fault.name not in {"numpy", "pyarrow"}:
        raise
    msg = f"{fault.name} cannot be imported: install the extra 'batch' of this library"
    raise ModuleNotFoundError(msg, name=fault.name) from None

__all__ = ["BadRows", "RegisterResult", "Written", "assess_register", "write_register"]
