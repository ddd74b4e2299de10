"""Pieces in a row: the numbers hold together, nothing is done twice, nothing is left behind."""

import hashlib
import os
import shutil
import tracemalloc
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articleaudio.errors import ConfigError, NoArticleError, OutputError, SpeechFailedError
from articleaudio.master import PODCAST, WEB, Profile, TagFacts, make_recording
from articleaudio.master.shape import CLIPPED, SILENT
from articleaudio.model import Boundary, Clip, Role, Script, SpanKind
from articleaudio.store import Store
from master.making import NoiseSource, Same, Shelf, pcm, script, segment, sentences

FACTS = TagFacts("A headline", artist="Ada", language="en", url="https://example.org/a")
GOLDEN = Path(__file__).parent / "golden"
PAUSES = {Boundary.HEADLINE: 0.9, Boundary.SENTENCE: 0.35, Boundary.PARAGRAPH: 0.7, Boundary.CLAUSE: 0.0}


def make(path, made, clips=None, **options):
    options.setdefault("tags", FACTS)
    return make_recording(made, clips or NoiseSource(pauses=PAUSES), path, **options)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "out" / "a.mp3"


@pytest.fixture(autouse=True)
def _folder(path):
    path.parent.mkdir()


def left(path) -> list[str]:
    return sorted(item.name for item in path.parent.iterdir())


def assert_whole(recording):
    """The invariants that everything later relies on."""
    spans = recording.timeline
    assert spans[0].start == 0.0
    assert spans[-1].end == recording.duration
    assert all(before.end == after.start for before, after in pairwise(spans))
    assert all(span.start < span.end for span in spans)
    spoken = [(span.segment, span.start, span.end) for span in spans if span.kind is SpanKind.SEGMENT]
    assert spoken == [(i, timed.start, timed.end) for i, timed in enumerate(recording.segments)]
    for timed in recording.segments:
        times = [time for word in timed.words for time in (word.start, word.end)]
        assert times == sorted(times)
        assert all(timed.start <= time <= timed.end for time in times)
    assert recording.chapters[0].start == 0.0
    assert recording.chapters[-1].end == recording.duration
    assert all(before.end == after.start for before, after in pairwise(recording.chapters))
    for timed in recording.segments:
        chapter = recording.chapters[timed.chapter]
        assert chapter.start <= timed.start < chapter.end


def test_the_sheet(path):
    """A recording on one page, as a person would check it."""
    recording = make(path, script(*sentences(7), chapters=(4,)), article_url="https://example.org/a")
    lines = [f"duration {recording.duration:.4f}", ""]
    for span in recording.timeline:
        said = recording.segments[span.segment].segment.written if span.segment is not None else ""
        lines.append(f"{span.start:9.4f} {span.end:9.4f} {span.kind:8}{said}".rstrip())
    lines += ["", *(f"{c.start:9.4f} {c.end:9.4f} {c.title}  {c.url}" for c in recording.chapters)]
    lines += ["", *(f"{w.start:9.4f} {w.end:9.4f} {w.first}-{w.last}" for w in recording.segments[1].words)]
    golden = GOLDEN / "sheet.txt"
    if os.environ.get("WRITE_GOLDEN"):  # after a look at the difference
        golden.write_text("\n".join(lines) + "\n", "utf-8")
    assert "\n".join(lines) + "\n" == golden.read_text("utf-8")
    assert_whole(recording)


def test_the_figures_are_those_of_the_file(path):
    recording = make(path, script(*sentences(3)))
    data = path.read_bytes()
    assert (recording.size, recording.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    assert (recording.path, recording.rate, recording.bitrate) == (path, 44_100, 96_000)
    assert recording.encoder.startswith("LAME ")
    assert "quality 5" in recording.encoder
    assert left(path) == ["a.mp3"]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.text(min_size=1, max_size=12), st.sampled_from(Boundary), st.booleans()), min_size=1, max_size=6
    ),
    st.floats(0, 1.5),
    st.sampled_from([8_000, 22_050, 44_100]),
    st.sampled_from([PODCAST, WEB]),
)
def test_any_script_holds_together(tmp_path_factory, parts, pause, rate, profile):
    segments, block = [], 0
    for index, (written, boundary, opens) in enumerate(parts):
        block += opens
        segments.append(segment(index, written, boundary=boundary, block=block))
    clips = NoiseSource(rate=rate, pauses=dict.fromkeys(Boundary, pause))
    path = tmp_path_factory.mktemp("any") / "a.mp3"
    recording = make(path, Script("id", "en", tuple(segments), ()), clips, profile=profile)
    assert_whole(recording)
    shutil.rmtree(path.parent)


def test_pauses_are_what_the_voice_asks_for(path):
    pauses = {Boundary.HEADLINE: 1.5, Boundary.SENTENCE: 0.3, Boundary.PARAGRAPH: 0.8}
    recording = make(path, script(*sentences(6)), NoiseSource(pauses=pauses))
    segments = recording.segments
    ends = [after.start for after in segments[1:]] + [recording.duration]
    for timed, end in zip(segments, ends, strict=True):
        assert end - timed.end == pytest.approx(pauses[timed.segment.boundary], abs=576 / 44_100 + 1e-9)


def test_the_shortest_pause_is_a_tenth_of_a_second(path):
    recording = make(path, script(*sentences(6)), NoiseSource(pauses=dict.fromkeys(Boundary, 0.0)))
    gaps = [after.start - before.end for before, after in pairwise(recording.segments)]
    assert min(gaps) > 0.07
    assert max(gaps) < 0.11


@pytest.mark.parametrize("pause", [float("nan"), float("inf"), -3.0])
def test_a_pause_that_is_no_time_is_the_shortest(path, pause):
    assert_whole(make(path, script("One."), NoiseSource(pauses=dict.fromkeys(Boundary, pause))))


def test_the_same_inputs_give_the_same_bytes(path, tmp_path):
    made = script(*sentences(6), chapters=(3,))
    fresh = make(path, made)
    store = Store(tmp_path / "cache")
    for _ in range(2):
        again = make(path, made, store=store)
        assert again.sha256 == fresh.sha256
        assert replace(again, spoken_now=0) == replace(fresh, spoken_now=0)
    assert (fresh.spoken_now, again.spoken_now) == (7, 0)


def test_a_changed_sentence_is_the_only_one_made(path):
    shelf, clips = Shelf(), NoiseSource()
    make(path, script(*sentences(20)), clips, store=shelf)
    assert (len(clips.asked), len(shelf)) == (21, 21)
    changed = sentences(20)
    changed[7] = "This one was corrected."
    told = []
    again = make(
        path,
        script(*changed),
        clips,
        store=shelf,
        on_segment=lambda index, seconds, spoken: told.append((index, spoken)),
    )
    assert clips.asked[21:] == ["s0009"]
    assert len(shelf) == 22
    assert again.spoken_now == 1
    assert told == [(index, index == 8) for index in range(21)]


def test_changed_pauses_and_tags_encode_nothing(path):
    shelf, clips = Shelf(), NoiseSource()
    make(path, script(*sentences(5)), clips, store=shelf)
    clips.pauses = dict.fromkeys(Boundary, 1.0)
    make(path, script(*sentences(5)), clips, store=shelf, tags=TagFacts("Another"))
    assert len(clips.asked) == 6


def test_clips_from_the_cache_count_as_not_spoken(path):
    assert make(path, script(*sentences(2)), NoiseSource(cached=True)).spoken_now == 0


def test_findings_name_their_segments(path):
    class Poor(NoiseSource):
        def clip(self, segment):
            clip = super().clip(segment)
            if "number 1 " in segment.written:
                return replace(clip, pcm=bytes(len(clip.pcm)))
            if "number 2 " in segment.written:
                return clip
            loud = np.clip(np.frombuffer(clip.pcm, "<i2") * 9.0, -32_768, 32_767)
            return replace(clip, pcm=pcm(loud), warnings=("odd letter",))

    recording = make(path, script(*sentences(12)), Poor())
    first = "s0001, s0002, s0005, s0006, s0007, s0008, s0009, s0010 and 3 more"
    assert recording.warnings == (f"{first}: {CLIPPED}", f"{first}: odd letter", f"s0003: {SILENT}")
    assert_whole(recording)


class Mute(NoiseSource):
    def clip(self, segment):
        clip = super().clip(segment)
        return replace(clip, pcm=b"", words=()) if "number 3 " in segment.written else clip


def test_no_sound_leaves_nothing_behind(path):
    with pytest.raises(SpeechFailedError, match="s0005"):
        make(path, script(*sentences(5)), Mute())
    assert left(path) == []


def test_nothing_to_say_is_refused(path):
    with pytest.raises(NoArticleError):
        make(path, Script("id", "en", (), ()))
    assert left(path) == []


def test_a_bad_cover_leaves_nothing_behind(path):
    with pytest.raises(ConfigError):
        make(path, script("One."), tags=replace(FACTS, cover=b"GIF89a"))
    assert left(path) == []


def test_a_bad_profile_is_refused_before_anything_is_spoken(path):
    clips = NoiseSource()
    with pytest.raises(ConfigError):
        make(path, script("One."), clips, profile=Profile("odd", 44_100, 100_000))
    assert clips.asked == []


def test_a_folder_that_cannot_be_written(tmp_path):
    with pytest.raises(OutputError, match="no folder"):
        make(tmp_path / "no folder" / "a.mp3", script("One."))


def test_a_folder_that_is_a_file(path):
    path.write_bytes(b"here first")
    with pytest.raises(OutputError, match="Not a directory"):
        make(path / "a.mp3", script("One."))
    assert path.read_bytes() == b"here first"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_leaves_nothing_behind(path):
    (path.parent / "a.mp3.frames").symlink_to("/dev/full")
    with pytest.raises(OutputError, match="No space left"):
        make(path, script(*sentences(3)))
    assert left(path) == []


def test_five_hundred_chapters_and_a_title_of_five_thousand_characters(path):
    made = script(*(f"Part {i}." for i in range(520)), chapters=tuple(range(10, 510)), headline="й" * 5000)
    recording = make(path, made, Same(), tags=replace(FACTS, title="й" * 5000), store=Shelf())
    assert len(recording.chapters) == 501
    assert recording.chapters[0].title == "й" * 5000
    assert_whole(recording)


def test_memory_does_not_grow_with_length(path):
    def most(count):
        made = script(*(f"Sentence {i}." for i in range(count)))
        tracemalloc.start()
        recording = make(path, made, Same(), store=Shelf())
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return peak, recording.size

    most(2)
    short, short_size = most(100)
    long, long_size = most(1000)
    assert long_size > 9 * short_size > 9e6
    assert long - short < (long_size - short_size) / 5  # a segment's numbers, beside its sound


def test_a_clip_without_quiet_edges(path):
    """A clip that fills its length, loud from the first sample to the last."""

    class Full(NoiseSource):
        def clip(self, segment):
            return Clip(self.key(segment), self.rate, pcm(self.burst(segment)), ())

    recording = make(path, Script("id", "en", (segment(0, "All.", role=Role.HEADLINE, block=None),), ()), Full())
    assert len(recording.segments) == 1
    assert_whole(recording)
