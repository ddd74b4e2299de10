"""The captions again as SubRip (SRT): for programs and platforms that take no WebVTT.

The cues are those of the WebVTT file, numbered from 1, without word stamps. The form has no standard and no way to
escape anything, while most players take tags of HTML (and of ASS, in braces) for markup: where the text looks like one,
an invisible word joiner keeps its signs apart, so that it is shown as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from articleaudio.publish.captions import Cue, second_line, stamp

JOINER = "\u2060"
"""U+2060: nothing to see, and no line breaks at it."""

_MARKUP = re.compile(r"<(?=[A-Za-z/!?])|\{(?=\\)|--(?=>)")


def subtitles(shown: Iterable[Cue]) -> str:
    """The SRT file of a recording's cues."""
    return "\n".join(_text(number, cue) for number, cue in enumerate(shown, 1))


def _text(number: int, cue: Cue) -> str:
    times = f"{stamp(cue.start)} --> {stamp(cue.end)}".replace(".", ",")
    words = [_MARKUP.sub(rf"\g<0>{JOINER}", chunk.text) for chunk in cue.chunks]
    turn = second_line(cue.chunks)
    lines = [" ".join(part) for part in (words[:turn], words[turn:]) if part]
    return "\n".join([str(number), times, *lines, ""])
