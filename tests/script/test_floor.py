"""The floor under the readings: as many rows of tests/cases are right as ever were."""

import tomllib
from pathlib import Path

import pytest

from articleaudio.script import spoken_form

HERE = Path(__file__).parent
FLOOR = tomllib.loads((HERE / "floor.toml").read_text("utf-8"))


def cases(language: str) -> set[tuple[str, str]]:
    """All rows of a language, written and said."""
    found = set()
    for path in (HERE.parent / "cases").glob("*.md"):
        if path.stem.startswith("uk-") == (language == "uk"):
            lines = [line for line in path.read_text("utf-8").splitlines() if line.startswith("| ")][2:]
            found |= {tuple(cell.strip() for cell in line.strip("|").split(" | ")) for line in lines}
    return found


@pytest.mark.parametrize("language", sorted(FLOOR))
def test_no_fewer_rows_are_right_than_before(language: str) -> None:
    right = sum(spoken_form(written, language=language) == said for written, said in cases(language))
    assert right >= FLOOR[language]
    assert FLOOR[language] >= 0.5 * right, f"{right} rows are right: raise the floor in floor.toml"


def test_the_floor_stands_under_both_languages() -> None:
    assert set(FLOOR) == {"en", "uk"}
    assert FLOOR["en"] >= 500
    assert FLOOR["uk"] >= 150
