"""Titles as folder names: lower-case ASCII, safe on every system, never empty, never a way out."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

from articleaudio.publish.letters import (
    CYRILLIC,
    GERMAN,
    GREEK,
    LATIN,
    RESERVED,
    SILENT,
    UKRAINIAN,
    UKRAINIAN_FIRST,
)

LIMIT = 80
"""Bytes, the hex digits after a clash included."""

SAFE = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?")
"""What every slug matches in full."""


def slug_of(text: str, article_id: str, *, language: str = "en") -> str:
    """Make a slug of a title or of the slug that a CMS asks for; `article-HEX` where no letter or digit is left.

    Ghost and WordPress give slugs of other scripts percent-encoded: they are decoded first.
    """
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_letters(unquote(text), language)).strip("-")
    slug = shortened(slug, LIMIT)
    if not slug:
        return f"article-{digits(article_id)}"
    return f"article-{slug}" if slug in RESERVED else slug


def with_digits(slug: str, article_id: str, count: int = 6) -> str:
    """The slug of an article whose own is taken: hex digits of its id follow."""
    return f"{shortened(slug, LIMIT - count - 1)}-{digits(article_id, count)}"


def digits(article_id: str, count: int = 6) -> str:
    """The first hex digits of an id."""
    return re.sub(r"[^0-9a-f]", "", article_id.lower())[:count].ljust(count, "0")


def shortened(slug: str, limit: int) -> str:
    """Cut a slug to `limit` bytes, between words where that leaves more than half of it."""
    if len(slug) <= limit:
        return slug
    cut = slug[:limit]
    at = len(cut) if slug[limit] == "-" else cut.rfind("-")
    return cut[: at if at > limit // 2 else limit].strip("-")


def ascii_letters(text: str, language: str) -> str:
    """Lower-case `text` with letters of other scripts transliterated as `language` does; the rest stays as it is."""
    primary = language.partition("-")[0].lower()
    table = {**LATIN, **CYRILLIC, **GREEK}
    if primary == "de":
        table |= GERMAN
    if primary == "uk":
        table |= UKRAINIAN
    first = UKRAINIAN_FIRST if primary == "uk" else {}
    parts: list[str] = []
    inside = False
    for letter in unicodedata.normalize("NFKC", text).casefold().replace("ß", "ss"):
        if letter in SILENT:
            continue
        parts.append(_letter(letter, table, {} if inside else first))
        inside = letter.isalnum()
    return "".join(parts)


def _letter(letter: str, table: dict[str, str], first: dict[str, str]) -> str:
    """One letter, by the tables; else its base letter without accents."""
    if letter in first:
        return first[letter]
    if letter in table:
        return table[letter]
    base = (part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))
    return "".join(table.get(part, part) for part in base)
