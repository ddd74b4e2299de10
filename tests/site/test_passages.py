from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from articleaudio.site.passages import stretches
from articleaudio.site.shelved import Passage

ROLES = ["disclosure", "headline", "byline", "heading", "body", "quote", "list_item", "table_row", "note"]


def passage(number, role, block):
    return Passage(f"s{number:04}", role, block, float(number), number + 0.9, "Said.")


def test_the_article_gets_its_shape_back():
    said = [("disclosure", None), ("headline", None), ("byline", None), ("body", 0), ("body", 0), ("body", 1)]
    said += [("heading", 2), ("list_item", 3), ("list_item", 3), ("list_item", 4), ("note", 5)]
    found = stretches([passage(at, *facts) for at, facts in enumerate(said)])
    assert [(stretch.kind, [len(group.passages) for group in stretch.groups]) for stretch in found] == [
        ("opening", [3]),
        ("body", [2, 1]),
        ("heading", [1]),
        ("list_item", [2, 1]),
        ("note", [1]),
    ]
    assert found[1].groups[1].start == 5.0


@given(st.lists(st.tuples(st.sampled_from(ROLES), st.none() | st.integers(0, 5))))
def test_nothing_is_lost_or_moved(said):
    passages = [passage(at, *facts) for at, facts in enumerate(said)]
    kept = [one for stretch in stretches(passages) for group in stretch.groups for one in group.passages]
    assert kept == passages
