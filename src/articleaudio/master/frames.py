"""The frames of an MPEG Layer III stream: their headers and sizes, and frames of pure silence.

Source: ISO/IEC 11172-3 (MPEG-1) and 13818-3 (the lower rates of MPEG-2), section 2.4. A frame's header, in bits:
11 sync, 2 version, 2 layer, 1 "no CRC", 4 bit rate, 2 sample rate, 1 padding, 1 private, 2 mode, 2 mode extension,
1 copyright, 1 original, 2 emphasis. What we write is always mono, without CRC, original.
"""

from __future__ import annotations

from dataclasses import dataclass

from articleaudio.errors import ConfigError
from articleaudio.master.settings import Profile

ENCODER_DELAY = 576
"""Samples by which LAME's output lags its input."""

DECODER_DELAY = 529
"""Samples by which every Layer III decoder lags (528 for the filter bank, and one)."""

END_PADDING = 576
"""Samples at the end that are no part of the recording: at least DECODER_DELAY, for a decoder cannot give them."""

_SYNC = 0xFFE00000
_LAYER_3_NO_CRC = 0x00030000
_MONO_ORIGINAL = 0x000000C4
_PADDING = 0x00000200

_MPEG1_RATES = (44_100, 48_000, 32_000)
_MPEG2_RATES = (22_050, 24_000, 16_000)
_MPEG1_KBITS = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_MPEG2_KBITS = (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)

_SPECTRUM = {1152: (18, 77), 576: (9,)}
"""Bits of the side information, by the samples of a frame, at which the sizes of its granules' spectra stand (mono)."""
_SPECTRUM_BITS = 12

_SMALLEST_FRAME = 177
"""Bytes that header, side information and the Info frame's fields need."""


class BrokenStreamError(ValueError):
    """Bytes are not a whole number of frames of the format."""


@dataclass(frozen=True, slots=True)
class FrameFormat:
    """The frames of one profile."""

    rate: int
    """Samples a second."""
    bitrate: int
    """Bits a second."""
    header: int
    """The header as a number, padding bit off."""
    samples: int
    """Samples that a frame holds: 1152, or 576 at the lower rates."""
    side: int
    """Bytes of side information after the four of the header."""

    @classmethod
    def of(cls, profile: Profile) -> FrameFormat:
        """Work out the format of a profile. Raises ConfigError for rates that MP3 or its Info frame do not have."""
        if profile.lossless:
            from articleaudio.master.lossless import LosslessFormat  # noqa: PLC0415 -- rare, and made of this class

            return LosslessFormat.of(profile)
        for version, rates, kbits, samples, side in (
            (0x00180000, _MPEG1_RATES, _MPEG1_KBITS, 1152, 17),
            (0x00100000, _MPEG2_RATES, _MPEG2_KBITS, 576, 9),
        ):
            kbit, rest = divmod(profile.bitrate, 1000)
            if profile.rate in rates and kbit in kbits and not rest:
                header = _SYNC | version | _LAYER_3_NO_CRC | _MONO_ORIGINAL
                header |= (kbits.index(kbit) + 1) << 12 | rates.index(profile.rate) << 10
                made = cls(profile.rate, profile.bitrate, header, samples, side)
                if made.size >= _SMALLEST_FRAME:
                    return made
        raise ConfigError(
            f"profile {profile.name}: no MP3 has {profile.rate} samples a second at {profile.bitrate} bits a second",
            hint="use 44100 samples at 64000 to 320000 bits a second, or 22050 samples at 64000 to 160000",
        )

    @property
    def size(self) -> int:
        """Bytes of a frame without padding."""
        return self.samples // 8 * self.bitrate // self.rate

    def frame(self, body: bytes, *, padded: bool = False) -> bytes:
        """Make a frame of what follows the header, filled up with zeros."""
        header = self.header | (_PADDING if padded else 0)
        return (header.to_bytes(4, "big") + body).ljust(self.size + padded, b"\0")

    def silence(self, count: int) -> bytes:
        """Give `count` frames of digital silence: no spectrum at all, nothing borrowed from the bit reservoir.

        Padded now and then, as an encoder does, so that the bit rate holds.
        """
        over = self.samples // 8 * self.bitrate % self.rate
        plain, padded = self.frame(b""), self.frame(b"", padded=True)
        steps = ((i + 1) * over // self.rate > i * over // self.rate for i in range(count))
        return b"".join(padded if step else plain for step in steps)

    def laid(self, stream: bytes) -> bytes:
        """Give a piece's stream as it lies on the reel."""
        return stream

    def shortened(self, stream: bytes) -> bytes | None:
        """Give a stream without its last frame; None where that frame holds spectrum."""
        padded = self.frame(b"", padded=True)
        size = len(padded) if stream[-len(padded) :][:4] == padded[:4] else self.size
        side = int.from_bytes(stream[-size:][4 : 4 + self.side], "big")
        for at in _SPECTRUM[self.samples]:
            if side >> (8 * self.side - at - _SPECTRUM_BITS) & ((1 << _SPECTRUM_BITS) - 1):
                return None
        return stream[:-size]

    def count(self, stream: bytes) -> int:
        """Count the frames of a stream that must be able to stand alone. Raises BrokenStreamError."""
        plain, padded = self.header.to_bytes(4, "big"), (self.header | _PADDING).to_bytes(4, "big")
        at = frames = 0
        size = self.size
        end = len(stream)
        while at < end:
            header = stream[at : at + 4]
            if header == plain:
                at += size
            elif header == padded:
                at += size + 1
            else:
                raise BrokenStreamError(f"no frame of the format at byte {at}: {header.hex()}")
            frames += 1
        if at != end:
            raise BrokenStreamError(f"the last frame lacks {at - end} bytes")
        if self._borrows(stream):
            raise BrokenStreamError("the first frame needs bits of an earlier one")
        return frames

    def _borrows(self, stream: bytes) -> bool:
        """Tell whether the first frame's data begin before it (`main_data_begin`: 9 bits in MPEG-1, 8 in MPEG-2)."""
        begin = int.from_bytes(stream[4:6], "big")
        return bool(begin >> (7 if self.samples == 1152 else 8))

    def length(self, frames: int) -> int:
        """Samples of a recording of so many frames (the Info frame not counted), as a gapless player plays it."""
        return frames * self.samples - ENCODER_DELAY - END_PADDING
