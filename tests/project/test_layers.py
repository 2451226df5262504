"""The import contracts in pyproject.toml speak of every room there is."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "cme_rules"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = {contract["id"]: contract for contract in PROJECT["tool"]["importlinter"]["contracts"]}
LAYERS = [layer.replace("(", "").replace(")", "").split(" | ") for layer in CONTRACTS["layers"]["layers"]]
ON_A_LAYER = {room for layer in LAYERS for room in layer}
PURE = {room.removesuffix(".**") for room in CONTRACTS["pure-core"]["source_modules"]}


def rooms() -> set[str]:
    """Every top-level module or package, and those of `policy`, which stands on two layers."""
    found = {path for folder in (PACKAGE, PACKAGE / "policy") for path in folder.iterdir()}
    named = {path for path in found if path.suffix == ".py" or (path / "__init__.py").exists()}
    return {".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts) for path in named if path.stem[0] != "_"}


def test_every_room_stands_on_a_layer() -> None:
    assert rooms() - {"cme_rules.policy"} <= ON_A_LAYER


def test_the_front_door_is_the_only_module_outside_the_layers() -> None:
    assert {path.stem for path in PACKAGE.glob("_*.py")} <= {"__init__", "__main__"}


def test_policy_itself_holds_nothing_so_that_its_two_halves_stay_apart() -> None:
    assert (PACKAGE / "policy" / "__init__.py").read_text(encoding="utf-8").count("import") == 0


def test_the_pure_core_is_everything_up_to_the_processes() -> None:
    top_down = [room for layer in LAYERS for room in layer]

    assert set(top_down[top_down.index("cme_rules.processes") :]) == PURE


def test_full_coverage_is_asked_of_exactly_the_pure_core() -> None:
    globs = PROJECT["tool"]["cme-rules"]["core"]

    assert {g.removeprefix("src/").removesuffix(".py").rstrip("/*").replace("/", ".") for g in globs} == PURE
