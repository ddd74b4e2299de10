"""How an episode is marked: the line that people read, and the source type and names that go with its voices.

One rule for all places. What counts is who spoke at last, so voices of single roles and stand-ins are told too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from articleaudio.disclosure import disclosed
from articleaudio.model import House, Recording, Span, SpanKind, TimedSegment, Voice
from articleaudio.publish.document import Marks
from articleaudio.signing.kinds import MIXED, combined


class Marking:
    """Marks the recordings of one house."""

    def __init__(self, house: House) -> None:
        """Take the house: its voices, its line, and whether it has sounds of its own."""
        self._house = house
        self._voices = {voice.name: voice for voice in (*house.voices.values(), *house.cast.values())}

    def heard(self, segments: Iterable[TimedSegment]) -> dict[str, Voice | None]:
        """Give the profiles that spoke, by name, in the order in which they are first heard; None for unknown ones."""
        names = (name for timed in segments for name in timed.voice.split(" + ") if name)
        return {name: self._voices.get(name) for name in dict.fromkeys(names)}

    def kinds(self, segments: Sequence[TimedSegment], timeline: Iterable[Span]) -> frozenset[str]:
        """Give the IPTC source types of all that is heard; a sound of the house's own counts as of unknown origin."""
        return frozenset(self._kinds(segments, timeline))

    def source_type(self, segments: Sequence[TimedSegment], timeline: Iterable[Span]) -> str:
        """Give the one source type that is true of the whole; empty where no profile says any."""
        kinds = self.kinds(segments, timeline)
        return combined(kinds) if kinds != {MIXED} else ""

    def marks(self, recording: Recording, language: str) -> Marks:
        """Give all marks of a recording of an article in `language`."""
        named = (voice.attribution for voice in self.heard(recording.segments).values() if voice)
        return Marks(
            disclosed(self._house.disclosure, language, self._house.show.language),
            self.source_type(recording.segments, recording.timeline),
            "; ".join(dict.fromkeys(filter(None, named))),
        )

    def _kinds(self, segments: Sequence[TimedSegment], timeline: Iterable[Span]) -> Iterator[str]:
        for voice in self.heard(segments).values():
            if voice and voice.digital_source_type:
                yield voice.digital_source_type
        if self._house.sounds.bed is not None or any(span.kind is SpanKind.SOUND for span in timeline):
            yield MIXED
