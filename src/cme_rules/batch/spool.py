"""The answers of a run under way, a folder for each block of rows, so that a run that was stopped can be taken up.

A block's folder is made under another name and takes its own in one step: it is there whole or not at all.
"""

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pyarrow as pa
from attrs import frozen

from cme_rules.batch.answers import Answered
from cme_rules.batch.arrow import ArrowTable
from cme_rules.errors import CallError

__all__ = ["Spool"]

_KEY = "run.txt"
_PARTS = ("findings", "actions", "missing", "bad")


@frozen(eq=False)
class Spool:
    """The finished blocks of one run, in order. Blocks of another run are never mixed in: its `key` would differ."""

    folder: Path

    @classmethod
    def opened(cls, folder: Path, key: str) -> "Spool":
        """The blocks an earlier run with this key left, or none; what any other run left is deleted.

        Raises CallError for a folder that is not empty and was left by no run: it is somebody else's.
        """
        if folder.is_dir() and any(folder.iterdir()) and not (folder / _KEY).is_file():
            msg = f"the folder given holds a folder {folder.name!r} that no run left: move it, or give another folder"
            raise CallError(msg)
        if not key or not (folder / _KEY).is_file() or (folder / _KEY).read_text(encoding="utf-8") != key:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            (folder / _KEY).write_text(key, encoding="utf-8")
        return cls(folder)

    @property
    def done(self) -> int:
        """How many blocks are finished."""
        return next(number for number in count() if not self._block(number).is_dir())

    def add(self, answered: Answered) -> None:
        """Keep the answers to the next block."""
        block = self._block(self.done)
        making = block.with_suffix(".part")
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir()
        for part in _PARTS:
            rows = getattr(answered, part)
            if rows is not None:
                with pa.ipc.new_file(making / part, rows.schema, options=_PACKED) as file:
                    file.write_batch(rows)
        making.rename(block)

    def tables(self, part: str) -> Iterator[ArrowTable]:
        """A part of the answers, block by block; nothing where it was not asked for."""
        for number in range(self.done):
            path = self._block(number) / part
            if path.is_file():
                with pa.memory_map(str(path)) as file:
                    yield pa.ipc.open_file(file).read_all()

    def clear(self) -> None:
        """Delete every block."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _block(self, number: int) -> Path:
        return self.folder / f"{number:06}"


_PACKED = pa.ipc.IpcWriteOptions(compression="lz4")
