"""One recording that keeps step with another: the same pieces at the same times, in another profile's frames.

A frame lasts as long at 22.05 kHz (576 samples) as at 44.1 kHz (1152), so all pieces can begin with those of the other
recording to the sample. Pieces end in a frame or two more of silence at the lower rate; where the next one begins too
early for that, frames without spectrum are left off their end: every piece begins with such a frame, in which the one
before it dies away just as well.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from articleaudio.master.frames import FrameFormat
from articleaudio.master.pieces import Piece
from articleaudio.model import Recording, SpanKind


@dataclass(frozen=True, slots=True)
class Follow:
    """Where the pieces of another recording are heard, for one that is being made."""

    begins: tuple[float, ...]
    """Seconds at which each piece of the other one is first heard."""
    duration: float
    """Seconds of the other one."""
    mp3: FrameFormat
    """Frames of the one that is being made."""

    @classmethod
    def of(cls, leader: Recording, mp3: FrameFormat) -> Follow:
        """Take the other recording, of the same script: between its pieces there are pauses, within them none."""
        spans = leader.timeline
        first = [spans[0].start] if spans[0].kind is not SpanKind.PAUSE else []
        after = [here.start for before, here in pairwise(spans) if before.kind is SpanKind.PAUSE]
        return cls((*first, *after), leader.duration, mp3)

    def fitted(self, piece: Piece, index: int, frames: int) -> Piece:
        """A piece that begins after `frames` frames, less silent frames that there is no room for."""
        surplus = frames + piece.frames - self._until(index, piece)
        while surplus > 0 and (stream := self.mp3.shortened(piece.stream)):
            piece = replace(piece, stream=stream, frames=piece.frames - 1, energies=piece.energies[:-1])
            surplus -= 1
        return piece

    def rest(self, index: int, frames: int, piece: Piece) -> int:
        """Frames of silence after a piece that ends after `frames` frames."""
        return max(0, self._until(index, piece) - frames)

    def _until(self, index: int, piece: Piece) -> int:
        """Frames before the piece after this one, or in all after the last one."""
        if index + 1 < len(self.begins):
            samples = self.begins[index + 1] * self.mp3.rate - piece.start  # all pieces are first heard so far in
        else:
            samples = self.duration * self.mp3.rate - self.mp3.length(0)
        return round(samples / self.mp3.samples)
