"""Tables: which ones hold data, their rows, and a row as one line."""

from __future__ import annotations

from collections.abc import Iterator

from articleaudio.read.html.inline import BLOCKS, SILENT, Run, feed, whole_text
from articleaudio.read.html.page import Element
from articleaudio.read.html.sites import Ruled, Verdict
from articleaudio.read.rich import Rich, RichBuilder, clean

_CELLS = frozenset({"td", "th"})
FILLED = _CELLS | {"caption"}
"""Elements of a table that hold its text."""
GRID = frozenset({"tbody", "thead", "tfoot", "tr"}) | FILLED
"""Elements that tables are made of."""


def rows(element: Element, above: tuple[Element, ...] = ()) -> Iterator[tuple[tuple[Element, ...], list[Element]]]:
    """Every row of a table: the elements from the table down to the row itself, and its cells."""
    parts = (*above, element)
    if cells := [cell for cell in element if cell.tag in _CELLS]:
        yield parts, cells
    for child in element:
        if child.tag in GRID - FILLED:
            yield from rows(child, parts)


def row_of(cells: list[Element], rules: Ruled) -> tuple[Rich, float, list[tuple[str, str]]]:
    """A row as one line, its cells parted by semicolons; the share of links in it; what was left out of it, and why."""
    builder = RichBuilder()
    links = 0
    dropped: list[tuple[str, str]] = []
    for cell in cells:
        if rules.verdicts.get(cell) is Verdict.DROP:
            if text := clean(whole_text(cell)):
                dropped.append((text, "site-rule"))
            continue
        run = Run(rules=rules)
        flat(run, cell)
        rich, left = run.finish()
        dropped += left
        if rich.text:
            builder.add(("; " if builder.length else "") + rich.text)
            links += run.link
    rich = builder.finish()
    return rich, links / max(1, len(rich.text)), dropped


def flat(run: Run, element: Element) -> None:
    """Read everything in a cell as one run of text, its block elements parted by spaces."""
    run.text(element.text)
    for child in element:
        if child.tag in BLOCKS:
            run.text(" ")
            if child.tag not in SILENT:
                flat(run, child)
            run.text(" ")
        else:
            feed(run, child)
        run.text(child.tail)


def is_layout(table: Element) -> bool:
    """Whether a table arranges the page rather than data."""
    if table.get("role") in {"presentation", "none"} or table.find(".//table") is not None:
        return True
    cells = list(table.iter("td", "th"))
    rows = sum(1 for _ in table.iter("tr"))
    paragraphs = sum(1 for _ in table.iter("p", "div", "h1", "h2", "h3", "ul", "blockquote"))
    text = sum(len(cell.text_content()) for cell in cells)
    return not cells or len(cells) <= rows or (paragraphs > len(cells)) or text > 220 * len(cells)
