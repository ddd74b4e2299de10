"""Ukrainian."""

from __future__ import annotations

from articleaudio.script.language import Language

LANGUAGE = Language(tag="uk", byline="Автори: {names}", last_and=" і ")
