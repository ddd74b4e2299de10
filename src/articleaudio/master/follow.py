"""One recording that keeps step with another: the same segments at the same times, in another profile's frames.

A frame lasts as long at 22.05 kHz (576 samples) as at 44.1 kHz (1152), so all segments can begin with those of the
other recording to the sample. Pieces end in a frame or two more of silence at the lower rate; where the next segment
begins too early for that, silent frames are left off their end, and if that does not do it, the segment comes a frame
late and the next longer pause makes up for it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from articleaudio.master.frames import FrameFormat
from articleaudio.master.pieces import Piece
from articleaudio.model import Recording

_SILENT = 1e-7
"""Energy of a decoded frame in which nothing is heard: about 100 decibels below full scale."""


@dataclass(frozen=True, slots=True)
class Follow:
    """Where the segments of another recording begin, for one that is being made."""

    leader: Recording
    """The other recording, of the same script."""
    mp3: FrameFormat
    """Frames of the one that is being made."""

    def fitted(self, piece: Piece, index: int, frames: int) -> Piece:
        """A segment's piece that begins after `frames` frames, less silent frames that there is no room for."""
        surplus = frames + piece.frames - self._until(index, piece.start)
        while surplus > 0 and piece.energies[-1] <= _SILENT:  # the next piece begins with such a frame
            piece = replace(
                piece,
                stream=piece.stream[: -self._last(piece.stream)],
                frames=piece.frames - 1,
                energies=piece.energies[:-1],
            )
            surplus -= 1
        return piece

    def rest(self, index: int, frames: int, start: int) -> int:
        """Frames of silence after a segment's piece, `frames` in; the next piece speaks `start` samples in."""
        return max(0, self._until(index, start) - frames)

    def _until(self, index: int, start: int) -> int:
        """Frames before the piece after a segment's, or in all after the last one's."""
        if index + 1 < len(self.leader.segments):
            at = self.leader.segments[index + 1].start * self.mp3.rate - start
        else:
            at = self.leader.duration * self.mp3.rate - self.mp3.length(0)
        return round(at / self.mp3.samples)

    def _last(self, stream: bytes) -> int:
        """Bytes of the last frame of a stream; silent frames are zeros, in which no header is found by accident."""
        padded = self.mp3.frame(b"", padded=True)
        return len(padded) if stream[-len(padded) :][:4] == padded[:4] else self.mp3.size
