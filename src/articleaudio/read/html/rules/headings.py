"""Rules on headings: paragraphs that are styled as such, and parts that are opened by one but are no article."""

from __future__ import annotations

import re
from collections import Counter
from statistics import median

from articleaudio.model import BlockKind
from articleaudio.read.html import phrases
from articleaudio.read.html.rules.page import Page, opens_text
from articleaudio.read.html.walk import Piece
from articleaudio.read.notes import is_note
from articleaudio.read.rich import clean, ends_sentence

_LONGEST = 120
"""A heading that has more characters and ends as a sentence does is a paragraph."""
_PART = 0.3
"""A part with a larger share of the text is the article's, whatever its heading says."""
_INTERVIEW = 3
"""As many questions in bold make an interview."""
_QUESTION = 45
"""A question with more characters is no section's title."""
_BODY = 80
"""A paragraph below a heading that was set in bold has at least as many."""
_FEW = 3
"""An element that is one line has no more elements in it."""
_SHORT = 60
"""A line that is set apart in another way than in bold has no more."""
_TEASE = 40
"""A heading that trails off has no more characters."""
_ASKING = {"signup", "plea", "share", "contact", "tags"}
"""Parts that stand between paragraphs as well as below the last one."""
_ASKED = 140
"""A paragraph in such a part has fewer characters."""
_NUMBER = re.compile(r"\d+")


def make_headings(page: Page) -> None:
    """Make headings of short paragraphs that are styled as such: by name, or wholly in bold."""
    kept = page.kept()
    for index in kept:
        piece = page.pieces[index]
        if piece.kind is BlockKind.HEADING and len(piece.text) > _LONGEST and ends_sentence(piece.text):
            piece.kind = BlockKind.PARAGRAPH  # an unclosed heading, or big letters
    plain = [index for index in kept if page.pieces[index].kind is BlockKind.PARAGRAPH]
    levels = [page.pieces[index].level for index in kept if page.pieces[index].kind is BlockKind.HEADING]
    level = 3 if 2 in levels else 2
    bold = _answered(page, [index for index in plain if _bold_heading(page.pieces[index])])
    if bold and bold == kept[:1] and not page.pieces[bold[0]].text.endswith("?"):
        bold = []  # the only one, above all text: a standfirst
    alike = _alike(page, kept)
    few = len(bold) <= (0.5 if _spread(page, kept, bold) else 0.34) * len(plain)
    for position, index in enumerate(kept):
        piece = page.pieces[index]
        after = page.pieces[kept[position + 1]] if position + 1 < len(kept) else None
        if piece.kind is not BlockKind.PARAGRAPH or after is None or after.kind is BlockKind.HEADING:
            continue
        named = (piece.names.heading and len(piece.text) <= _LONGEST) or index in alike
        if named or (few and index in bold and index not in {i - 1 for i in bold}):
            piece.kind, piece.level = BlockKind.HEADING, level


def _alike(page: Page, kept: list[int]) -> set[int]:
    """Short lines that are set apart in one way, in two places or more: underlined, in capitals, with a colon."""
    found: set[int] = set()
    for is_set_apart in (_is_underlined, _is_shouted, _is_announced):
        lines = [index for index in kept if _is_line(page.pieces[index]) and is_set_apart(page.pieces[index])]
        texts = {page.pieces[index].text for index in lines}
        if len(lines) > 1 and len(texts) == len(lines) and lines[0] != kept[0] and _spread(page, kept, lines):
            found.update(lines)
    return found


def _is_line(piece: Piece) -> bool:
    plain = piece.kind is BlockKind.PARAGRAPH and piece.link < 0.5 and not is_note(piece.text)
    return plain and 3 < len(piece.text) <= _SHORT and not piece.text.endswith((".", ";", ",", "–", "-"))


def _is_underlined(piece: Piece) -> bool:
    few = len(piece.element) <= _FEW
    return few and any(clean(inner.text_content()) == piece.text for inner in piece.element.iter("u"))


def _is_shouted(piece: Piece) -> bool:
    return piece.text.isupper() and len(piece.text.split()) > 1 and not _NUMBER.search(piece.text)


def _is_announced(piece: Piece) -> bool:
    return piece.bold >= 0.95 and piece.text.endswith(":")


def _answered(page: Page, bold: list[int]) -> list[int]:
    """Lines in bold without who speaks in an interview, and without its questions, as long as sentences and many."""
    said = Counter(page.pieces[index].text for index in bold)
    bold = [index for index in bold if said[page.pieces[index].text] == 1]
    asked = [index for index in bold if page.pieces[index].text.endswith("?")]
    if len(asked) < _INTERVIEW or median(len(page.pieces[index].text) for index in asked) <= _QUESTION:
        return bold
    return [index for index in bold if index not in asked]


def _spread(page: Page, kept: list[int], bold: list[int]) -> bool:
    """Whether a paragraph of some length stands below every line in bold."""
    below = (next((page.pieces[after] for after in kept if after > index), None) for index in bold)
    return all(piece is not None and piece.bold < 0.5 and len(piece.text) >= _BODY for piece in below)


def _bold_heading(piece: Piece) -> bool:
    if piece.text.endswith(("...", "…")) and len(piece.text) > _TEASE:
        return False
    return (
        piece.bold >= 0.95
        and piece.link < 0.5
        and 2 < len(piece.text) <= 90
        and (piece.text.endswith("...") or not piece.text.endswith((".", ":", ";", ",", "–", "-")))
        and not (piece.text.endswith(("”", '"', "»")) and (piece.text[0] in '“„«"' or piece.text[-2:-1] in ".,!?"))
        and any(character.isalpha() for character in piece.text)
        and len(_NUMBER.findall(piece.text)) < 2  # a score
    )


def by_section(page: Page) -> None:
    """Drop parts that a heading such as "Sources" opens; drop headings with nothing beneath them."""
    total = sum(len(page.pieces[index].text) for index in page.kept())
    for part, reason in _parts(page):
        if sum(len(piece.text) for piece in part) < _PART * total:
            for piece in part:
                piece.reason = "" if is_note(piece.text) else reason
    for index in reversed(page.kept()):
        if page.pieces[index].kind is not BlockKind.HEADING:
            break
        page.pieces[index].reason = "heading-only"


def _parts(page: Page) -> list[tuple[list[Piece], str]]:
    """Parts that are no article, each with its heading, up to the next heading of its level or above, and why."""
    parts: list[tuple[list[Piece], str]] = []
    level = 0
    for index in page.kept():
        piece = page.pieces[index]
        own = _section_level(piece)
        if own and (not level or own <= level):
            reason = phrases.section(piece.text)
            if reason == "related" and opens_text(page, index):
                reason = ""
            level = own if reason else 0
            if reason:
                parts.append(([], reason))
        elif level and parts[-1][1] in _ASKING and piece.anchored and len(piece.text) >= _ASKED:
            level = 0  # the article goes on
        if level:
            parts[-1][0].append(piece)
    return parts


def _section_level(piece: Piece) -> int:
    """The level of a heading, or 7 for a short line in bold that may stand for one; 0 for anything else."""
    if piece.kind is BlockKind.HEADING:
        return piece.level
    return 7 if piece.bold > 0.9 and len(piece.text) < 60 else 0
