"""What every test can rely on: how long Hypothesis may search, and that nothing reaches for the network."""

import os
import socket
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

# In CI the same examples are tried each time, so that a change fails by its own fault; elsewhere they vary.
settings.register_profile("ordinary", deadline=None, max_examples=60, derandomize="CI" in os.environ)
settings.register_profile("thorough", deadline=None, max_examples=2_000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ordinary")


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Fail any test that opens a connection: the library has no use for one."""

    def refuse(*_: object, **__: object) -> None:
        msg = "a test tried to open a network connection"
        raise AssertionError(msg)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", refuse)
        patch.setattr(socket, "create_connection", refuse)
        yield
