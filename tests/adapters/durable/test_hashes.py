"""The engine's own hash, and names that share one."""

from cme_rules.adapters.durable.hashes import collisions, fnv


def test_the_hash_is_the_engines_own() -> None:
    assert fnv("sid") == 3593476751


def test_two_names_known_to_share_a_hash_are_told() -> None:
    assert collisions(["liquid", "other", "costarring"]) == ["costarring"]


def test_a_name_the_engine_uses_itself_is_told() -> None:
    assert collisions(["a", "sid"]) == []
    assert collisions(["liquid", "liquid"]) == []
    assert fnv("liquid") == fnv("costarring")
