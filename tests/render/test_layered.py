"""However boxes are joined, none lies on another, and no line runs through a box."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cme_rules.render.drawn import draw
from cme_rules.render.layered import Layout, Placed, laid_out
from cme_rules.render.pictures import process_picture, rule_picture
from cme_rules.render.process_graph import process_graph
from tests.render.given import ON, council

NAMES = [f"box {number}" for number in range(8)]
arrows = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda pair: pair[0] != pair[1]))


def overlap(one: Placed, other: Placed) -> bool:
    return (
        abs(one.x - other.x) < (one.width + other.width) / 2 and abs(one.y - other.y) < (one.height + other.height) / 2
    )


def boxes(layout: Layout) -> list[Placed]:
    return [place for name, place in layout.places.items() if ":" not in name]


class TestPlaces:
    """Any graph at all."""

    @given(arrows)
    def test_no_box_lies_on_another(self, pairs: list[tuple[str, str]]) -> None:
        sizes = dict.fromkeys(NAMES, (120.0, 50.0)) | {f"words {at}": (60.0, 20.0) for at in range(len(pairs))}
        joined = [(source, f"words {at}", target) for at, (source, target) in enumerate(pairs)]

        layout = laid_out(sizes, joined, first=NAMES[0])

        assert not any(overlap(one, other) for one, other in combinations(boxes(layout), 2))

    @given(arrows)
    def test_every_line_joins_its_two_ends_row_by_row(self, pairs: list[tuple[str, str]]) -> None:
        layout = laid_out(dict.fromkeys(NAMES, (120.0, 50.0)), [(a, "", b) for a, b in pairs], first=NAMES[0])

        for part in layout.parts:
            assert (part.passes[0], part.passes[-1]) == pairs[part.arrow]
            rows = [layout.places[name].y for name in part.passes]
            assert rows in (sorted(rows), sorted(rows, reverse=True))

    @given(arrows)
    def test_the_same_is_drawn_every_time(self, pairs: list[tuple[str, str]]) -> None:
        sizes = dict.fromkeys(NAMES, (120.0, 50.0))
        joined = [(a, "", b) for a, b in pairs]

        assert laid_out(sizes, joined, first=NAMES[0]) == laid_out(sizes, joined, first=NAMES[0])

    def test_everything_lies_on_the_page(self) -> None:
        layout = laid_out({"a": (50, 20), "b": (90, 20)}, [("a", "", "b")], first="a")

        assert all(place.x - place.width / 2 >= -0.01 for place in layout.places.values())
        assert all(place.x + place.width / 2 <= layout.width + 0.01 for place in layout.places.values())


@pytest.mark.parametrize("name", list(council().processes))
class TestProcesses:
    """The processes of a council."""

    def test_every_state_and_every_event_is_in_the_picture(self, name: str) -> None:
        process = council().processes[name]
        graph = process_graph(process, council())
        said = " ".join(line for arrow in graph.arrows for line in arrow.lines)
        said += " ".join(line for box in graph.boxes for line in (box.heading, *box.lines))

        assert {state.title for state in process.states.values()} <= {box.heading for box in graph.boxes}
        assert [each.id for each in process.events.values() if each.title not in said] == []

    def test_what_was_put_together_says_so_in_words(self, name: str) -> None:
        graph = process_graph(council().processes[name], council())

        assert all(any("put together" in line for line in box.lines) for box in graph.boxes if box.dashed)
        assert all(any("put together" in line for line in arrow.lines) for arrow in graph.arrows if arrow.dashed)

    def test_the_picture_has_a_title_and_a_description(self, name: str) -> None:
        svg = process_picture(council(), name)

        assert f"<title>{council().processes[name].title}</title>" in svg
        assert "<desc>" in svg


def test_every_rule_of_the_day_can_be_drawn() -> None:
    law = council().as_of(ON)

    assert all(rule_picture(council(), rule.name, on=ON).startswith("<svg") for rule in law.rules)


def test_a_line_ends_upright_on_its_box() -> None:
    svg = draw(process_graph(council().processes["emigration"], council()))
    heads = [path.split('"')[0] for path in svg.split('d="M') if "marker-end" in path.split("/>")[0]]

    for path in heads:
        points = path.replace("L", " ").replace("C", " ").split()
        (x1, _), (x2, _) = list(pairwise([*map(float, points)]))[-3], list(pairwise([*map(float, points)]))[-1]
        assert abs(x1 - x2) < 1
