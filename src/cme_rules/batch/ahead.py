"""Several batches worked on at once, by as many threads, and given back in their order."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain, islice
from typing import TypeVar

__all__ = ["in_turn"]

Given = TypeVar("Given")
Made = TypeVar("Made")

_MOST = 4


def in_turn(make: Callable[[Given], Made], things: Iterable[Given]) -> Iterator[Made]:
    """What `make` makes of each thing, in order; a few are made ahead, so that memory stays bounded.

    >>> list(in_turn(str.upper, "abc"))
    ['A', 'B', 'C']
    """
    coming = iter(things)
    first = list(islice(coming, 2))
    if len(first) > 1:
        yield from _by_threads(make, chain(first, coming))
    else:
        yield from map(make, first)


def _by_threads(make: Callable[[Given], Made], things: Iterable[Given]) -> Iterator[Made]:
    threads = min(os.cpu_count() or 1, _MOST)
    with ThreadPoolExecutor(max_workers=threads) as workers:
        coming: deque[Future[Made]] = deque()
        try:
            for thing in things:
                coming.append(workers.submit(make, thing))
                if len(coming) > threads:
                    yield coming.popleft().result()
            while coming:
                yield coming.popleft().result()
        finally:
            for each in coming:
                each.cancel()
