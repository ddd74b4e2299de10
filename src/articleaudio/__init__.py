"""articleaudio turns news articles into finished, published audio.

    from articleaudio import convert
    episode = convert("story.html", out="public")

Stages live in their own packages (`articleaudio.read`, `.script`, `.speak`, `.master`, `.publish`, `.site`); the nouns
they exchange are in `articleaudio.model`. Nothing heavy is imported until it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from articleaudio.api import convert, convert_many

__all__ = ["convert", "convert_many"]


def __getattr__(name: str) -> object:
    """Import the two verbs when they are asked for."""
    if name in __all__:
        from articleaudio import api  # noqa: PLC0415 -- the point of it

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
