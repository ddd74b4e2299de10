"""Article → Script: sentences, and how each word of them is said.

Everything is read by one ordered table of named rules (`rules()`); knowledge is data, a folder for each language.
"""

from __future__ import annotations

from articleaudio.script.lexicon import Entry, Lexicon, Say
from articleaudio.script.listing import rules
from articleaudio.script.rule import RuleInfo
from articleaudio.script.style import AcronymStyle, Style
from articleaudio.script.views import explain_view, text_view
from articleaudio.script.writer import spoken_form, write_script

__all__ = [
    "AcronymStyle",
    "Entry",
    "Lexicon",
    "RuleInfo",
    "Say",
    "Style",
    "explain_view",
    "rules",
    "spoken_form",
    "text_view",
    "write_script",
]
