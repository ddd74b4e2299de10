"""Which pieces of a page are spoken: rules in a fixed order, each with the reason it writes into the ledger."""

from __future__ import annotations

from collections.abc import Callable

from articleaudio.read.html.rules.boxed import by_boxed, by_form, by_opened
from articleaudio.read.html.rules.cards import by_card, by_hollow
from articleaudio.read.html.rules.ends import by_end, by_rest, by_start
from articleaudio.read.html.rules.head import by_bio, by_byline, by_dek, by_title, by_top
from articleaudio.read.html.rules.headings import by_section, make_headings
from articleaudio.read.html.rules.marks import by_mark
from articleaudio.read.html.rules.page import Page
from articleaudio.read.html.rules.pictures import by_frame, by_picture
from articleaudio.read.html.rules.places import by_box, by_place
from articleaudio.read.html.rules.repeated import by_repetition
from articleaudio.read.html.rules.said import by_links, by_list, by_phrase

__all__ = ["RULES", "Page", "judge"]

RULES: tuple[Callable[[Page], None], ...] = (
    by_box,
    by_place,
    by_title,
    by_dek,
    by_phrase,
    by_picture,
    by_frame,
    by_mark,
    by_byline,
    by_bio,
    by_links,
    by_list,
    by_card,
    by_hollow,
    by_form,
    by_boxed,
    by_opened,
    by_repetition,
    by_start,
    by_rest,
    by_end,
    by_top,
    make_headings,
    by_section,
)
"""The rules, in the order in which they are asked."""


def judge(page: Page) -> None:
    """Run every rule over the page."""
    for rule in RULES:
        rule(page)
