"""Every row of tests/cases/*.md is said as it stands there; files named `uk-…` hold Ukrainian."""

from pathlib import Path

import pytest

from articleaudio.script import spoken_form

CASES = Path(__file__).parent.parent / "cases"


def rows(path: Path) -> list[tuple[str, str]]:
    """The rows of one table."""
    lines = [line for line in path.read_text("utf-8").splitlines() if line.startswith("| ")]
    cells = [tuple(cell.strip() for cell in line.strip("|").split(" | ")) for line in lines[2:]]
    return [(written, said) for written, said in cells]


@pytest.mark.parametrize("path", sorted(CASES.glob("*.md")), ids=lambda path: path.stem)
def test_every_case_is_said_as_the_table_says(path: Path) -> None:
    language = "uk" if path.stem.startswith("uk-") else "en"
    found = {written: spoken_form(written, language=language) for written, _ in rows(path)}
    assert found == dict(rows(path))


def test_there_are_many_cases() -> None:
    assert sum(len(rows(path)) for path in CASES.glob("*.md")) >= 800
