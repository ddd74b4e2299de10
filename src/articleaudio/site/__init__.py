"""Library of Episodes → feed, index, pages and player."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from articleaudio.site.build import SiteReport, build_site

__all__ = ["SiteReport", "build_site"]


def __getattr__(name: str) -> object:
    """Bring in what prints pages when it is asked for: many only read episodes, and templates are slow to import."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from articleaudio.site import build  # noqa: PLC0415 -- the purpose of this function

    return getattr(build, name)
