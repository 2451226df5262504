import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cme


@pytest.mark.parametrize("what", ["facts", "assessment"])
def test_the_schema_is_printed(cme: Cme, shire: Path, what: str) -> None:
    done = cme("schema", what, "--policy", shire)

    assert done.status == 0
    assert json.loads(done.out)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
