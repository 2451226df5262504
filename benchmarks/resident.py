"""How much memory a stretch of work takes at its most, for the benchmarks."""

import resource
from pathlib import Path
from threading import Event, Thread
from typing import Self

__all__ = ["Resident"]


class Resident:
    """Watches how much memory the process has, as Linux tells it; elsewhere it tells nothing."""

    def __enter__(self) -> Self:
        self.first = self.most = self.now()
        self.stop = Event()
        self.watch = Thread(target=self.look, daemon=True)
        self.watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        self.watch.join()

    def look(self) -> None:
        """Look every other millisecond."""
        while not self.stop.wait(0.002):
            self.most = max(self.most, self.now())

    def now(self) -> int:
        """Bytes in memory."""
        told = Path("/proc/self/statm")
        return int(told.read_text(encoding="ascii").split()[1]) * resource.getpagesize() if told.exists() else 0
