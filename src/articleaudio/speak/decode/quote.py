"""Text that came in the place of sound, as it may be shown."""

from __future__ import annotations

import re


def quoted(body: bytes, most: int = 120) -> str:
    """The first words of a text, without markup."""
    text = body[:4_096].decode("utf-8", "replace")
    text = re.sub(r"(?is)<(script|style)\b.*?(</\1>|$)|<[^>]*>?", " ", text)
    text = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return text if len(text) <= most else text[: most - 1] + "…"
