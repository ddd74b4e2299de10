"""What is heard one after the other: intro, what is said, the jingle before the body, outro."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from articleaudio.master.pieces import Piece, PieceMaker
from articleaudio.master.reel import Part
from articleaudio.model import Segment, Sounds

AROUND = 0.4
"""Seconds of silence after a sound."""


@dataclass(frozen=True, slots=True)
class Item:
    """One piece's place in the row."""

    segments: range
    """Indexes of the segments that it says; none for a sound."""
    sound: Path | None = None
    """The sound, where nothing is said; the bed, where the headline is."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What is heard at a place."""

    piece: Piece
    """The frames."""
    parts: tuple[Part, ...]
    """The segments in it."""
    pause: float
    """Seconds of silence wanted after it."""


def row(segments: Sequence[Segment], sounds: Sounds) -> list[Item]:
    """Lay out what is heard, in order."""
    return list(_row(segments, sounds))


def _row(segments: Sequence[Segment], sounds: Sounds) -> Iterator[Item]:
    over_bed = range(0)
    if sounds.bed:
        from articleaudio.master.sounds.bed import headline_run  # noqa: PLC0415 -- for houses that have one

        over_bed = headline_run(segments)
    body = next((index for index, segment in enumerate(segments) if segment.block is not None), None)
    if sounds.intro:
        yield Item(range(0), sounds.intro)
    for index in range(len(segments)):
        if sounds.jingle and index == body:
            yield Item(range(0), sounds.jingle)
        if index not in over_bed:
            yield Item(range(index, index + 1))
        elif index == over_bed.start:
            yield Item(over_bed, sounds.bed)
    if sounds.outro:
        yield Item(range(0), sounds.outro)


def hear(item: Item, maker: PieceMaker, segments: Sequence[Segment], sounds: Sounds) -> Heard:
    """Give what is heard at a place: kept, or made now. `segments` are those of the item.

    Raises SpeechFailedError and ConfigError.
    """
    if item.sound and not item.segments:
        from articleaudio.master.sounds.music import sound_piece  # noqa: PLC0415 -- as above

        return Heard(sound_piece(item.sound, maker.profile, maker.shaping, maker.store), (), AROUND)
    pause = maker.clips.pause(segments[-1])
    if item.sound:
        from articleaudio.master.sounds.bed import AFTER, BedMaker  # noqa: PLC0415 -- as above

        made = BedMaker(item.sound, sounds.bed_level).headline(maker, segments)
        return Heard(made.piece, made.parts, pause - AFTER)
    piece, key, spoken = maker.piece(segments[0])
    part = Part(piece.start, piece.samples, piece.words, piece.exact, piece.warnings, key, piece.voice, spoken)
    return Heard(piece, (part,), pause)


def unspoken(items: Sequence[Item], maker: PieceMaker, segments: Sequence[Segment], sounds: Sounds) -> list[Segment]:
    """Give the segments whose pieces are not kept, in order."""
    beds = [segments[item.segments.start : item.segments.stop] for item in items if item.sound and item.segments]
    over = {segment.id for bed in beds for segment in bed}
    gone = {segment.id for segment in maker.missing([one for one in segments if one.id not in over])}
    if sounds.bed:
        from articleaudio.master.sounds.bed import BedMaker  # noqa: PLC0415 -- as above

        gone |= {
            one.id for bed in beds if not BedMaker(sounds.bed, sounds.bed_level).is_kept(maker, bed) for one in bed
        }
    return [segment for segment in segments if segment.id in gone]
