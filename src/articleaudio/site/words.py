"""What pages say in the reader's language, dates and times included. The words themselves are in words.json."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

RIGHT_TO_LEFT = frozenset(("ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"))
"""Languages written from right to left."""


NEUTRAL: Mapping[str, str] = {"by": "{names}", "and": "·", "date": "{iso}"}
"""What languages without a translation get beside English labels: no English words within names and dates."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language; languages without a translation get English ones."""

    language: str
    """BCP 47 tag of the page."""
    table: Mapping[str, Any]
    """Its entry in words.json."""

    def __getitem__(self, key: str) -> str:
        """A label, as templates ask for it: `words['chapters']`."""
        return str(self.table[key])

    @property
    def direction(self) -> str:
        """`rtl` or `ltr`, for the page's `dir`."""
        return "rtl" if primary(self.language) in RIGHT_TO_LEFT else "ltr"

    def day(self, moment: datetime) -> str:
        """A date in full."""
        month = self.table["months"][moment.month - 1]
        return self["date"].format(day=moment.day, month=month, year=moment.year, iso=f"{moment:%Y-%m-%d}")

    def minutes(self, seconds: float) -> str:
        """A length in minutes, at least one."""
        return self["minutes"].format(minutes=max(1, round(seconds / 60)))

    def names(self, names: Sequence[str]) -> str:
        """The by-line: "By A, B and C"."""
        if not names:
            return ""
        listed = f"{', '.join(names[:-1])} {self['and']} {names[-1]}" if len(names) > 1 else names[0]
        return self["by"].format(names=listed)

    def play_from(self, seconds: float) -> str:
        """The label of a time that can be jumped to."""
        return self["play_from"].format(time=clock(seconds))

    def archive_page(self, number: int) -> str:
        """The heading of a page of the archive."""
        return self["archive"].format(number=number)

    def updated(self, moment: datetime) -> str:
        """When an article was changed."""
        return self["updated"].format(date=self.day(moment))

    def voice(self, name: str) -> str:
        """Which voice reads."""
        return self["voice"].format(name=name)


def words_for(language: str) -> Words:
    """The words for pages in a language."""
    table = _tables()
    return Words(language, table.get(primary(language)) or {**table["en"], **NEUTRAL})


def primary(language: str) -> str:
    """The language of a BCP 47 tag, without region and script."""
    return language.replace("_", "-").partition("-")[0].lower()


def clock(seconds: float) -> str:
    """A time as players show it: `1:05`, `1:02:03`."""
    whole = int(seconds)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


@functools.cache
def _tables() -> Mapping[str, Mapping[str, Any]]:
    loaded: dict[str, dict[str, Any]] = json.loads((Path(__file__).parent / "words.json").read_text("utf-8"))
    return loaded
