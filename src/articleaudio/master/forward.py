"""Audio files, read block by block from the beginning to the end."""

from __future__ import annotations

import soundfile


class ForwardFile(soundfile.SoundFile):  # type: ignore[misc] # soundfile has no types
    """A sound file that is only read on.

    soundfile moves to where it is after every block. For an MP3 that is a jump: the decoder begins anew some frames
    before, complains on the error stream of bits that it has not seen, and gives samples that are rounded differently.
    """

    def seekable(self) -> bool:
        """Tell soundfile that there is no moving in it."""
        return False
