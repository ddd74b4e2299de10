"""What a caller settles for a recording: encoder profile, shaping, and the facts that its tags tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from articleaudio.model import AudioProfile


@dataclass(frozen=True, slots=True)
class Profile:
    """How a recording is encoded: MPEG Layer III, mono, constant bit rate; or FLAC, where it is lossless."""

    name: str
    """What the profile is called."""
    rate: int = 44_100
    """Samples a second."""
    bitrate: int = 96_000
    """Bits a second."""
    quality: int = 5
    """LAME's effort: 0 best and slowest … 9 worst and fastest."""
    lossless: bool = False
    """Whether it is FLAC (16 bit): bit rate and LAME's effort say nothing then."""


PODCAST = Profile("podcast")
"""What podcast directories ask for: MP3, mono, 44.1 kHz, 96 kbit/s."""

WEB = Profile("web", rate=22_050, bitrate=64_000)
"""Two thirds of the size and half of the work, for a player on a page."""

ARCHIVE = Profile("archive", bitrate=0, lossless=True)
"""All that there is, to keep or to encode anew: FLAC, mono, 44.1 kHz, 16 bit."""

PROFILES = {AudioProfile.PODCAST: PODCAST, AudioProfile.WEB: WEB, AudioProfile.ARCHIVE: ARCHIVE}
"""The figures of each form."""


@dataclass(frozen=True, slots=True)
class Shaping:
    """What is done to a clip before it is encoded. All of it is part of the piece's key."""

    gain: float = 0.0
    """Decibels."""
    ceiling: float = -1.3
    """Decibels (dBTP) that no point between samples passes before encoding, which adds a little to a peak."""
    floor: float = -60.0
    """Decibels below full scale under which ten milliseconds at a clip's edge count as silence."""
    before: float = 0.020
    """Seconds of quiet that are left before the first sound, for soft onsets such as "f" and "h"."""
    after: float = 0.030
    """Seconds of quiet that are left after the last sound."""
    fade_in: float = 0.005
    """Seconds in which the sound comes up from true silence."""
    fade_out: float = 0.010
    """Seconds in which the sound goes down to true silence."""


SHAPING = Shaping()
"""The default."""


@dataclass(frozen=True, slots=True)
class TagFacts:
    """What the tags of a recording tell. Empty text means: no such frame."""

    title: str
    """The headline (TIT2)."""
    artist: str = ""
    """The authors, joined, or the publisher (TPE1)."""
    publisher: str = ""
    """Who publishes it (TPUB; TPE2, by which players keep a show together)."""
    album: str = ""
    """The show's title (TALB)."""
    date: date | None = None
    """When the article was published; a `datetime` adds the time of day (TYER, TDAT, TIME)."""
    language: str = ""
    """BCP 47 tag (TLAN; also the language of comment and transcript)."""
    url: str = ""
    """The article's address (WOAF)."""
    cover: bytes | None = None
    """The file of an image; a JPEG or PNG of a fit size is kept as it is (APIC)."""
    disclosure: str = ""
    """The line that says how the audio was made (COMM, TXXX:Disclosure)."""
    disclosure_language: str = ""
    """BCP 47 tag of that line, where it is not in the language of the article (COMM)."""
    digital_source_type: str = ""
    """IPTC address of how the sound came to be (TXXX:DigitalSourceType)."""
    encoded_by: str = "articleaudio"
    """What made the file (TENC); no version, for an upgrade must not change finished files."""
    comment: str = ""
    """Anything else a producer wants to say (COMM, after the disclosure)."""
    subtitle: str = ""
    """The standfirst (TIT3)."""
    genre: str = "Podcast"
    """What car radios and file managers sort by (TCON)."""
    copyright: str = ""
    """The publisher's copyright line (TCOP)."""
    publisher_url: str = ""
    """The publisher's or the show's page (WPUB)."""
