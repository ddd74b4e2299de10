"""Sounds and scripts whose every sample is known, and an outside ear: ffmpeg."""

from __future__ import annotations

import hashlib
import json
import shutil
import struct
import subprocess
import zlib
from dataclasses import dataclass, field

import numpy as np
import pytest

from articleaudio.model import (
    Boundary,
    ChapterMark,
    Clip,
    Role,
    Script,
    Segment,
    WordTime,
)


def noise(seed: int, samples: int, *, level: float = 6000) -> np.ndarray:
    """Noise with most of its power where speech has it: found again to the sample, wherever it lies."""
    raw = np.random.default_rng(seed).normal(0, 1, samples + 16)
    soft = np.convolve(raw, np.hanning(9) / np.hanning(9).sum(), "same")[8 : 8 + samples]
    return np.clip(soft / soft.std() * level / 2, -level * 2, level * 2)


def pcm(samples: np.ndarray) -> bytes:
    return np.rint(samples).astype("<i2").tobytes()


@dataclass
class NoiseSource:
    """A ClipSource: `lead` seconds of silence, a burst of noise, `tail` seconds of silence."""

    rate: int = 22_050
    lead: float = 0.1
    tail: float = 0.2
    cached: bool = False
    pauses: dict = field(default_factory=dict)
    asked: list = field(default_factory=list)
    """Ids of the segments whose sound was asked for."""

    def key(self, segment):
        said = f"{segment.written}|{self.rate}|{self.lead}|{self.tail}"
        return hashlib.sha256(said.encode()).hexdigest()

    def burst(self, segment) -> np.ndarray:
        seed = zlib.crc32(segment.written.encode())
        return noise(seed, int(self.rate * (0.3 + seed % 1000 / 1000)))

    def clip(self, segment):
        self.asked.append(segment.id)
        burst = self.burst(segment)
        lead, tail = round(self.lead * self.rate), round(self.tail * self.rate)
        sound = np.concatenate([np.zeros(lead), burst, np.zeros(tail)])
        words = _words(segment.written, lead / self.rate, (lead + len(burst)) / self.rate)
        return Clip(self.key(segment), self.rate, pcm(sound), words, cached=self.cached)

    def gain(self, segment):
        return 2.9  # what brings bursts of this noise, pauses between them, to the level of a finished recording

    def pause(self, segment):
        return self.pauses.get(segment.boundary, 0.4)


class Same(NoiseSource):
    """Says the same whatever is written: long recordings are quick to make."""

    def key(self, segment):
        return "same"


def _words(written: str, start: float, end: float) -> tuple[WordTime, ...]:
    """Spread the words evenly."""
    at, spans = 0, []
    for word in written.split():
        at = written.index(word, at)
        spans.append((at, at + len(word)))
        at += len(word)
    step = (end - start) / max(1, len(spans))
    return tuple(WordTime(start + i * step, start + (i + 1) * step, *span) for i, span in enumerate(spans))


class Shelf(dict):
    """A store in memory."""

    def get(self, kind, key):
        return super().get((kind, key))

    def put(self, kind, key, payload):
        self[kind, key] = payload


def segment(index, written, *, role=Role.BODY, boundary=Boundary.SENTENCE, block=0, offset=0):
    return Segment(f"s{index + 1:04d}", role, written, (), boundary, "en", block, offset)


def script(*written: str, chapters=(), a_block=3, headline="A headline") -> Script:
    """A headline and sentences, `a_block` of them to a paragraph; `chapters` are segment indexes (≥ 1)."""
    segments = [segment(0, headline, role=Role.HEADLINE, boundary=Boundary.HEADLINE, block=None)]
    for index, text in enumerate(written):
        last = index % a_block == a_block - 1
        boundary = Boundary.PARAGRAPH if last else Boundary.SENTENCE
        segments.append(
            segment(index + 1, text, boundary=boundary, block=index // a_block, offset=index % a_block * 100)
        )
    marks = [ChapterMark(headline, 0), *(ChapterMark(f"Part {i}", i, f"part-{i}") for i in chapters)]
    return Script("id", "en", tuple(segments), tuple(marks))


def sentences(count: int) -> list[str]:
    return [f"This is sentence number {index} of the article." for index in range(count)]


def need(tool: str) -> str:
    path = shutil.which(tool)
    if not path:
        pytest.skip(f"needs {tool}")
    return path


def decode(path, rate=None) -> np.ndarray:
    """What ffmpeg hears, as samples; a word of complaint from it is a failure."""
    command = [need("ffmpeg"), "-v", "warning", "-i", str(path), "-f", "s16le", "-ac", "1", "-"]
    done = subprocess.run(command, capture_output=True, check=True)
    assert done.stderr == b""
    return np.frombuffer(done.stdout, "<i2").astype(float)


def probe(path) -> dict:
    """What ffprobe says of a file."""
    command = [need("ffprobe"), "-v", "error", "-of", "json", "-show_format", "-show_chapters", str(path)]
    done = subprocess.run(command, capture_output=True, check=True)
    assert done.stderr == b""
    return json.loads(done.stdout)


def offset(heard: np.ndarray, at: int, expected: np.ndarray, *, around: int = 3000) -> tuple[int, float]:
    """How many samples later than `at` the expected sound is heard, and how alike they are there (−1 … 1)."""
    first = max(0, at - around)
    window = heard[first : at + len(expected) + around]
    size = 1 << (len(window) + len(expected)).bit_length()
    product = np.fft.rfft(window, size) * np.conj(np.fft.rfft(expected, size))
    found = int(np.argmax(np.fft.irfft(product, size)))
    found -= size if found > size // 2 else 0
    there = heard[first + found : first + found + len(expected)]
    return first + found - at, float(np.corrcoef(there, expected)[0, 1])


def png(width=1400, height=1400) -> bytes:
    """A whole PNG file of one grey; its size on disk is small, whatever its size in pixels."""

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = zlib.compress(bytes(height * (1 + (width + 7) // 8)), 9)
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
