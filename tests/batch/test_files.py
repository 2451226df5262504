import os
import shutil
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from attrs import evolve
from click.testing import CliRunner
from pyarrow import csv, parquet

from cme_rules.batch import BadRows, assess_register, source, write_register
from cme_rules.cli.app import app
from cme_rules.errors import CallError
from cme_rules.testing.registers import register
from tests.batch.given import ON, SUSSEX, children, csv_file

NAMES = {"findings.parquet", "actions.parquet", "counts.csv", "bad_rows.csv"}
CANARY = "CANARY-7731"


@pytest.fixture
def many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A register of five batches."""
    monkeypatch.setattr(source, "BATCH", 300)
    path = tmp_path / "register.parquet"
    parquet.write_table(register(1_400, seed=1, on=ON, policy=SUSSEX), path)
    return path


class TestReading:
    """Parquet, Arrow and CSV, in batches."""

    def test_every_kind_of_file_gives_the_same_answers(self, tmp_path: Path) -> None:
        table = register(500, seed=3, on=ON, policy=SUSSEX)
        wanted = assess_register(table, SUSSEX, on=ON)
        parquet.write_table(table, tmp_path / "r.parquet")
        csv.write_csv(table, tmp_path / "r.csv")
        with pa.ipc.new_file(tmp_path / "r.arrow", table.schema) as file:
            file.write_table(table)

        for name in ("r.parquet", "r.csv", "r.arrow"):
            found = assess_register(tmp_path / name, SUSSEX, on=ON)
            assert found.findings.drop_columns(["reference"]) == wanted.findings.drop_columns(["reference"])
            assert found.counts == wanted.counts
            assert found.bad_rows.num_rows == 0

    def test_batches_do_not_show(self, many: Path) -> None:
        table = parquet.read_table(many)
        by_batch = assess_register(many, SUSSEX, on=ON, missing=["cme_local"])

        assert by_batch.findings.column("row").to_pylist() == list(range(1, 1_401))
        assert by_batch.counts == assess_register(table.slice(0), SUSSEX, on=ON).counts
        assert by_batch.explain(1_000)["cme_local"].verdict is not None

    @pytest.mark.parametrize("name", ["none.parquet", "folder.csv", "list.txt"])
    def test_what_cannot_be_opened_is_said_without_its_name(self, tmp_path: Path, name: str) -> None:
        (tmp_path / "folder.csv").mkdir()
        (tmp_path / "list.txt").write_text("in_area\ntrue\n", encoding="utf-8")

        with pytest.raises(CallError) as caught:
            assess_register(tmp_path / name, SUSSEX, on=ON)

        assert name not in str(caught.value)

    @pytest.mark.parametrize("kind", ["parquet", "arrow", "csv"])
    def test_a_file_that_is_something_else_is_said_without_its_text(self, tmp_path: Path, kind: str) -> None:
        path = tmp_path / f"register.{kind}"
        path.write_bytes(f'in_area\n"{CANARY}'.encode() + b"\xff\xfe,,,\n")

        with pytest.raises(CallError) as caught:
            assess_register(path, SUSSEX, on=ON, strict=True)

        assert CANARY not in str(caught.value)


class TestCsv:
    """Every cell is text; an empty one is unknown."""

    def test_words_become_values(self, tmp_path: Path) -> None:
        names = "reference,in_area,date_of_birth,on_school_roll,sessions_absent,died"
        text = f"\ufeff{names}\n1,TRUE,2014-05-02,false,3,never\n2,,,,,\n"
        result = assess_register(csv_file(tmp_path, text), SUSSEX, on=ON)

        assert result.findings.column("of_compulsory_school_age").to_pylist() == [True, None]
        assert result.explain(1).facts["sessions_absent"] == 3

    def test_lines_of_another_length_are_bad_and_the_rows_keep_their_numbers(self, tmp_path: Path) -> None:
        text = f"reference,in_area\na,true\n{CANARY}\nc,false\nd,true,{CANARY}\ne,maybe\nf,true\n"
        result = assess_register(csv_file(tmp_path, text), SUSSEX, on=ON)

        assert result.findings.column("row").to_pylist() == [1, 3, 6]
        assert result.findings.column("reference").to_pylist() == ["a", "c", "f"]
        assert [(row["row"], row["column"]) for row in result.bad_rows.to_pylist()] == [
            (2, ""),
            (4, ""),
            (5, "in_area"),
        ]
        assert CANARY not in str(result.bad_rows.to_pylist())
        assert result.explain(6).facts == {"in_area": True}

    def test_a_quotation_mark_that_is_not_closed_is_said_and_no_row_is_lost_in_silence(self, tmp_path: Path) -> None:
        text = f'reference,in_area\n"{CANARY},true\nb,false\n'

        with pytest.raises(CallError, match="does not close it") as caught:
            assess_register(csv_file(tmp_path, text), SUSSEX, on=ON)
        assert CANARY not in str(caught.value)

    @pytest.mark.parametrize("text", ["", "\n", "in_area"])
    def test_a_file_without_a_line_of_its_own_is_said(self, tmp_path: Path, text: str) -> None:
        with pytest.raises(CallError, match="not sound CSV"):
            assess_register(csv_file(tmp_path, text), SUSSEX, on=ON)

    def test_a_file_of_names_alone_has_no_children(self, tmp_path: Path) -> None:
        assert assess_register(csv_file(tmp_path, "reference,in_area\n"), SUSSEX, on=ON).findings.num_rows == 0

    def test_a_column_that_stands_twice_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(CallError, match="column in_area stands more than once"):
            assess_register(csv_file(tmp_path, "in_area,in_area\ntrue,false\n"), SUSSEX, on=ON)

    @pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
    def test_another_encoding_is_said(self, tmp_path: Path, encoding: str) -> None:
        path = tmp_path / "register.csv"
        path.write_bytes(f"reference,in_area\n{CANARY} café,true\n".encode(encoding))

        with pytest.raises(CallError, match=r"not a readable \.csv file") as caught:
            assess_register(path, SUSSEX, on=ON)
        assert CANARY not in str(caught.value)

    def test_a_line_may_run_over_two(self, tmp_path: Path) -> None:
        text = 'reference,in_area\n"a\nb",true\nc,false\n'

        assert assess_register(csv_file(tmp_path, text), SUSSEX, on=ON).findings.column("row").to_pylist() == [1, 2]


class TestWriting:
    """The files of a run take their names when all of them are whole."""

    def test_the_folder_holds_every_file(self, many: Path, tmp_path: Path) -> None:
        told: list[tuple[int, int]] = []
        written = write_register(
            many, SUSSEX, tmp_path / "a" / "out", on=ON, missing=["cme_local"], progress=lambda *rows: told.append(rows)
        )
        out = tmp_path / "a" / "out"
        result = assess_register(parquet.read_table(many), SUSSEX, on=ON, missing=["cme_local"])

        assert {path.name for path in out.iterdir()} == {*NAMES, "missing.parquet"}
        assert parquet.read_table(out / "findings.parquet") == result.findings
        assert parquet.read_table(out / "actions.parquet").num_rows == len(result.actions) == written.actions
        assert len(parquet.read_table(out / "missing.parquet")) == len(result.missing)
        assert csv.read_csv(out / "counts.csv") == result.counts
        assert (written.answered, written.bad) == (1_400, 0)
        assert told == [(300, 1_400)] * 4 + [(200, 1_400)]

    def test_a_file_that_the_new_run_does_not_make_does_not_stay(self, tmp_path: Path) -> None:
        write_register(children(), SUSSEX, tmp_path, on=ON, missing=True)
        write_register(children(), SUSSEX, tmp_path, on=ON)

        assert {path.name for path in tmp_path.iterdir()} == NAMES

    def test_all_or_nothing_writes_nothing(self, tmp_path: Path) -> None:
        with pytest.raises(BadRows):
            write_register(children(in_area=["no?"] * 4), SUSSEX, tmp_path / "out", on=ON, strict=True)

        assert list((tmp_path / "out").iterdir()) == []

    def test_a_folder_that_cannot_be_made_is_said(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("", encoding="utf-8")

        with pytest.raises(CallError, match="cannot be written to the folder given"):
            write_register(children(), SUSSEX, tmp_path / "file" / "out", on=ON)


KILLED = """
import os, signal, sys
from datetime import date
from pathlib import Path
from cme_rules import load_policy
from cme_rules.batch import source, write_register
source.BATCH = 300
blocks = []
def progress(*rows):
    blocks.append(rows)
    if len(blocks) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
write_register(Path(sys.argv[1]), load_policy("east_sussex"), sys.argv[2], on=date(2026, 11, 23), progress=progress)
"""


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files of an earlier run, and what a run over five blocks left when killed after two."""
    folder = tmp_path_factory.mktemp("killed")
    write_register(children(), SUSSEX, folder / "out", on=ON)
    parquet.write_table(register(1_400, seed=1, on=ON, policy=SUSSEX), folder / "register.parquet")
    asked = [sys.executable, "-c", KILLED, str(folder / "register.parquet"), str(folder / "out")]
    assert subprocess.run(asked, check=False).returncode == -signal.SIGKILL
    return folder / "out"


class TestStopping:
    """A run that is stopped changes no file; the same run started again goes on, any other begins anew."""

    @pytest.fixture
    def out(self, killed: Path, tmp_path: Path) -> Path:
        """The same, for one test to do with as it likes."""
        return Path(shutil.copytree(killed, tmp_path / "out"))

    def told(self, out: Path, register: Path, **asked: Any) -> list[tuple[int, int]]:  # noqa: ANN401 - passed on
        """What a run says of its progress."""
        told: list[tuple[int, int]] = []
        write_register(register, SUSSEX, out, **{"on": ON, "progress": lambda *rows: told.append(rows), **asked})
        return told

    def test_the_files_of_the_earlier_run_stand_as_they_were(self, out: Path) -> None:
        assert {path.name for path in out.iterdir()} == {*NAMES, "unfinished"}
        assert parquet.read_table(out / "findings.parquet").num_rows == 4

    def test_a_folder_of_that_name_that_no_run_left_is_not_touched(self, tmp_path: Path, many: Path) -> None:
        own = tmp_path / "own"
        (own / "unfinished").mkdir(parents=True)
        (own / "unfinished" / "letters.txt").write_text("somebody's own")

        with pytest.raises(CallError, match="'unfinished' that no run left"):
            write_register(many, SUSSEX, own, on=ON)

        assert (own / "unfinished" / "letters.txt").read_text() == "somebody's own"
        assert [path.name for path in own.iterdir()] == ["unfinished"]

    def test_started_again_it_answers_only_what_is_left(self, out: Path, many: Path) -> None:
        assert self.told(out, many) == [(600, 1_400), (300, 1_400), (300, 1_400), (200, 1_400)]

    def test_the_files_are_those_of_a_run_that_was_not_stopped(self, out: Path, many: Path, tmp_path: Path) -> None:
        written = write_register(many, SUSSEX, out, on=ON)
        write_register(many, SUSSEX, tmp_path / "whole", on=ON)

        assert written.kept == 600
        assert {path.name: path.read_bytes() for path in out.iterdir()} == {
            path.name: path.read_bytes() for path in (tmp_path / "whole").iterdir()
        }

    @pytest.mark.parametrize(
        "other",
        [
            {"on": date(2026, 11, 24)},
            {"missing": True},
            {"actions": False},
            {"possible": True},
            {"findings": ["cme_local"]},
            {"reference": ""},
            {"preview": tuple(SUSSEX.previews)},
        ],
        ids=lambda other: next(iter(other)),
    )
    def test_another_wish_begins_anew(self, out: Path, many: Path, other: dict[str, Any]) -> None:
        assert self.told(out, many, **{"ignore": ["reference"]} | other)[0] == (300, 1_400)

    def test_another_policy_begins_anew(self, out: Path, many: Path) -> None:
        changed = evolve(SUSSEX, rules=SUSSEX.rules[:-1])

        assert write_register(many, changed, out, on=ON).kept == 0

    def test_another_register_begins_anew(self, out: Path, many: Path) -> None:
        parquet.write_table(register(1_400, seed=2, on=ON, policy=SUSSEX), many)
        told = self.told(out, many)

        assert told[0] == (300, 1_400)
        assert {path.name for path in out.iterdir()} == NAMES

    def test_a_block_that_was_being_written_is_not_taken_for_whole(self, out: Path, many: Path) -> None:
        (out / "unfinished" / "000001").rename(out / "unfinished" / "000001.part")

        assert self.told(out, many)[0] == (300, 1_400)
        assert parquet.read_table(out / "findings.parquet").column("row").to_pylist() == list(range(1, 1_401))

    def test_stopped_when_all_was_answered_it_only_writes_the_files(self, out: Path, many: Path) -> None:
        def stop(rows: int, _: int) -> None:
            if rows == 200:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            write_register(many, SUSSEX, out, on=ON, progress=stop)
        (out / "unfinished" / "findings.parquet").write_bytes(b"half")

        assert self.told(out, many) == [(1_400, 1_400)]
        assert parquet.read_table(out / "findings.parquet").num_rows == 1_400

    def test_what_comes_as_a_frame_is_not_taken_up(self, many: Path, tmp_path: Path) -> None:
        def stop(*_: int) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            write_register(parquet.read_table(many), SUSSEX, tmp_path / "out", on=ON, progress=stop)

        assert list((tmp_path / "out").iterdir()) == []

    def test_the_command_says_that_it_went_on(self, out: Path, many: Path) -> None:
        asked = ["batch", "--policy", "east_sussex", "--on", str(ON), "--out", str(out), str(many)]
        done = CliRunner().invoke(app, asked)

        assert done.exit_code == 0
        assert "600 of them had been answered by a run that was stopped" in done.output


MEASURE = """
import resource, sys
from datetime import date
from pathlib import Path
from cme_rules import load_policy
from cme_rules.batch import write_register
policy = load_policy("east_sussex")
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
write_register(Path(sys.argv[1]), policy, Path(sys.argv[2]), on=date(2026, 11, 23))
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.slow
class TestMemory:
    """Four times as many rows take hardly more memory: batches come and go."""

    def test_memory_stays_bounded(self, tmp_path: Path) -> None:
        table = register(300_000, seed=1, on=ON, policy=SUSSEX)
        used = []
        for times in (2, 8):
            path = tmp_path / f"{times}.parquet"
            parquet.write_table(pa.concat_tables([table] * times), path, row_group_size=100_000)
            done = subprocess.run(
                [sys.executable, "-c", MEASURE, str(path), str(tmp_path / "out")],
                capture_output=True,
                text=True,
                check=True,
                env=dict(os.environ),
            )
            used.append(int(done.stdout))

        assert used[1] < used[0] + 150
        assert used[1] < 1_000


class TestCommand:
    """`cme-rules batch`."""

    def command(self, *arguments: object) -> tuple[int, Any]:
        done = subprocess.run(
            [sys.executable, "-c", "from cme_rules.cli import main; main()", "batch", *map(str, arguments)],
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done

    def test_it_answers_and_ends_with_0(self, tmp_path: Path) -> None:
        path = csv_file(tmp_path, "reference,in_area,surname\n1,true,A\n2,false,B\n")
        asked = ("--policy", "east_sussex", "--on", ON, "--missing", "cme_local", "--ignore", "surname", "--possible")
        status, done = self.command(*asked, "--out", tmp_path / "out", path)

        assert (status, done.stderr) == (0, "")
        assert done.stdout.startswith("2 children answered, ")
        assert {path.name for path in (tmp_path / "out").iterdir()} == {*NAMES, "missing.parquet"}

    def test_bad_rows_end_with_2_and_the_others_are_answered(self, tmp_path: Path) -> None:
        path = csv_file(tmp_path, f"reference,in_area\n1,true\n2,{CANARY}\n")
        status, done = self.command("--policy", "east_sussex", "--on", ON, "--out", tmp_path / "out", path)

        assert (status, done.stderr) == (2, "1 row is bad and not answered: bad_rows.csv says which, and why\n")
        assert done.stdout.startswith("1 children answered, ")
        assert "2" in (tmp_path / "out" / "bad_rows.csv").read_text(encoding="utf-8")
        assert CANARY not in (tmp_path / "out" / "bad_rows.csv").read_text(encoding="utf-8")

    def test_a_bad_call_ends_with_2(self, tmp_path: Path) -> None:
        path = csv_file(tmp_path, "in_aria\ntrue\n")
        status, done = self.command("--policy", "east_sussex", "--on", ON, "--out", tmp_path / "out", path)

        assert (status, done.stdout) == (2, "")
        assert "did you mean in_area?" in done.stderr
