"""Master: Script + clips → one finished MP3, with chapters, tags and a timeline that is true to the sample.

Read in this order: `settings` (what can be set), `pieces` (one segment, shaped and encoded), `recording` (pieces in a
row), then `frames` and `infoframe` (the MP3 format), `chapters`, `tags`.
"""

from __future__ import annotations

from articleaudio.master.alternates import make_alternates
from articleaudio.master.part import make_part
from articleaudio.master.recording import OnSegment, make_recording
from articleaudio.master.settings import ARCHIVE, PODCAST, PROFILES, SHAPING, WEB, Profile, Shaping, TagFacts

__all__ = [
    "ARCHIVE",
    "PODCAST",
    "PROFILES",
    "SHAPING",
    "WEB",
    "OnSegment",
    "Profile",
    "Shaping",
    "TagFacts",
    "make_alternates",
    "make_part",
    "make_recording",
]
