"""A part of a recording beforehand: pieces of some segments, made and kept, so that putting it together finds them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from articleaudio.master.pieces import PieceMaker, PieceStore
from articleaudio.master.recording import NO_SOUNDS, OnSegment
from articleaudio.master.settings import PODCAST, SHAPING, Profile, Shaping
from articleaudio.master.sounds import hear, row
from articleaudio.model import ClipSource, Script, Segment, Sounds


def make_part(
    script: Script,
    part: range,
    clips: ClipSource,
    store: PieceStore,
    *,
    profile: Profile = PODCAST,
    shaping: Shaping = SHAPING,
    step: float = 0.0,
    on_segment: OnSegment | None = None,
    prefetch: Callable[[Sequence[Segment]], None] | None = None,
    sounds: Sounds = NO_SOUNDS,
) -> int:
    """Make the pieces of the segments whose indexes `part` holds, under the keys that `make_recording` asks for.

    `step` is what the whole recording needs beside the gains of its voices, in decibels. Gives how many segments were
    spoken for it. Raises as `make_recording` does.
    """
    maker = PieceMaker(clips, profile, shaping, store, step=step)
    if prefetch:
        prefetch(maker.missing(script.segments[part.start : part.stop]))
    spoken = 0
    for item in row(script.segments, sounds):
        if not item.segments or item.segments.start not in part:
            continue
        heard = hear(item, maker, script.segments[item.segments.start : item.segments.stop], sounds)
        spoken += sum(one.spoken for one in heard.parts)
        if on_segment:
            for index, one in zip(item.segments, heard.parts, strict=True):
                on_segment(index, one.samples / profile.rate, one.spoken)
    return spoken
