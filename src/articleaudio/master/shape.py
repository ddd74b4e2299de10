"""Shaping: one clip → speech at the recording's rate, with edges that come from and go to true silence.

pydub brings the sound in, finds its quiet edges, cuts and levels; the fades are ours, because pydub's are counted in
milliseconds and may be a sample off; soxr resamples.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
import soxr
from numpy.typing import NDArray

from articleaudio.errors import SpeechFailedError
from articleaudio.master.limiter import limit
from articleaudio.master.settings import Shaping
from articleaudio.model import Clip

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # pydub warns of an ffmpeg it does not need here, and has old string escapes
    from pydub import AudioSegment
    from pydub.silence import detect_leading_silence

_FULL = 32_767
_CLIPPED_RUN = 3
"""So many samples in a row at full scale are a peak cut off; fewer are a loud sound that just fits."""
_WINDOW = 10
"""Milliseconds in which the edges are looked at."""

_ONSET = 0.001
"""Seconds in which a wave shows how fast it moves."""
_JUMP = 6
"""A first sample so many steps away from zero is no beginning, but the middle of a sound."""
_SHORTEST_FADE = 0.00005
"""Seconds."""

_NO_SOUND = "look at what is said there, or try another voice"
SILENT = "silence instead of speech: look at what is said there, and at the voice"
CLIPPED = "peaks are cut off: lower the voice's volume"


@dataclass(frozen=True, slots=True)
class Speech:
    """A shaped clip."""

    pcm: bytes
    """16-bit little-endian mono at the rate asked for; first and last sample are (almost) zero."""
    skipped: float
    """Seconds of the clip that were cut off before it."""
    warnings: tuple[str, ...] = ()
    """What a listener would hear: `SILENT`, `CLIPPED`."""

    @property
    def samples(self) -> int:
        """How many samples there are."""
        return len(self.pcm) // 2


def shape(clip: Clip, rate: int, shaping: Shaping) -> Speech:
    """Trim, level, fade and resample a clip. Raises SpeechFailedError when it holds no sound at all or is damaged."""
    sound = _bring_in(clip)
    start, end = _edges(_centred(sound, shaping), shaping)
    findings: list[str] = []
    if start >= end:  # nothing but silence: leave its length alone, so that word times still hold
        start, end = 0, int(sound.frame_count())
        findings.append(SILENT)
    cut = np.frombuffer(sound.get_sample_slice(start, end).raw_data, "<i2")
    if _is_clipped(cut):
        findings.append(CLIPPED)
    level = cut / 32_768.0
    level -= level.mean()  # an offset is heard as a click at every edge
    resampled = level if clip.rate == rate else soxr.resample(level, clip.rate, rate, quality="HQ")
    if not len(resampled):
        raise SpeechFailedError("the engine gave no sound", hint=_NO_SOUND)
    gained = resampled * 10 ** (shaping.gain / 20)
    faded = _fade(limit(gained, rate, shaping.ceiling), rate, shaping)
    pcm = np.clip(np.rint(faded * 32_768.0), -_FULL - 1, _FULL).astype("<i2").tobytes()
    return Speech(pcm, start / clip.rate, tuple(findings))


def _bring_in(clip: Clip) -> AudioSegment:
    if clip.rate <= 0 or len(clip.pcm) % 2:
        raise SpeechFailedError(
            f"the engine gave damaged sound: {len(clip.pcm)} bytes at {clip.rate} samples a second",
            hint="sound is 16-bit mono, two bytes a sample; this is a fault of the engine",
        )
    if not clip.pcm:
        raise SpeechFailedError("the engine gave no sound", hint=_NO_SOUND)
    return AudioSegment(data=clip.pcm, sample_width=2, frame_rate=clip.rate, channels=1)


def _centred(sound: AudioSegment, shaping: Shaping) -> AudioSegment:
    """The sound without its offset, where that is so large that silence would not count as silence."""
    samples = np.frombuffer(sound.raw_data, "<i2")
    least = 10 ** (shaping.floor / 20) * _FULL / 2
    if abs(float(samples.mean())) < least or abs(offset := int(np.median(samples))) < least:
        return sound  # the median is where silence lies, the mean of a short sound its own
    centred = np.clip(samples.astype(np.int32) - offset, -_FULL - 1, _FULL).astype("<i2")
    return AudioSegment(data=centred.tobytes(), sample_width=2, frame_rate=sound.frame_rate, channels=1)


def _edges(sound: AudioSegment, shaping: Shaping) -> tuple[int, int]:
    """Find first and one past the last sample worth keeping; start is not below end when all is silent."""
    rate, frames = sound.frame_rate, int(sound.frame_count())
    lead = detect_leading_silence(sound, shaping.floor, _WINDOW)
    if lead >= len(sound):
        return 0, 0
    tail = detect_leading_silence(sound.reverse(), shaping.floor, _WINDOW)
    start = max(0, int((lead / 1000 - shaping.before) * rate))
    end = min(frames, frames - int((tail / 1000 - shaping.after) * rate))
    return start, end


def _is_clipped(pcm: NDArray[np.int16]) -> bool:
    """Tell whether some run of samples sticks to full scale."""
    full = (pcm >= _FULL) | (pcm <= -_FULL)
    if np.count_nonzero(full) < _CLIPPED_RUN:
        return False
    runs = full[2:] & full[1:-1] & full[:-2]
    return bool(runs.any())


def _fade(sound: NDArray[np.float64], rate: int, shaping: Shaping) -> NDArray[np.float64]:
    """Bring the edges up from and down to zero along half a cosine."""
    up = _room(sound, round(shaping.fade_in * rate), rate, shaping)
    down = _room(sound[::-1], round(shaping.fade_out * rate), rate, shaping)
    sound[:up] *= _ramp(up)
    sound[len(sound) - down :] *= _ramp(down)[::-1]
    return sound


def _room(sound: NDArray[np.float64], wanted: int, rate: int, shaping: Shaping) -> int:
    """Samples that the fade at a sound's first edge may take.

    A voice that begins at once, with no quiet before it, would lose the onset of its word. Where its wave rises from
    zero by itself, next to nothing is faded; where it begins with a jump, it was cut off already, and is faded.
    """
    wanted = min(len(sound) // 2, wanted)
    loud = np.flatnonzero(np.abs(sound[:wanted]) > 10 ** ((shaping.floor + shaping.gain) / 20))
    steps = np.abs(np.diff(sound[: max(2, round(_ONSET * rate))]))
    if not loud.size or not steps.size or abs(sound[0]) > _JUMP * steps.max():
        return wanted
    return min(wanted, max(int(loud[0]), round(_SHORTEST_FADE * rate)))


def _ramp(samples: int) -> NDArray[np.float64]:
    return 0.5 - 0.5 * np.cos(np.pi * np.arange(samples) / max(1, samples))
