"""Library of Episodes → feed, index, pages and player."""

from __future__ import annotations

from articleaudio.site.build import SiteReport, build_site

__all__ = ["SiteReport", "build_site"]
