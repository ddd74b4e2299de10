"""The same recording in other forms: in step with the MP3, at the same level, each as whole as the MP3 itself."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import replace

import numpy as np
import pytest
import soundfile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutagen.flac import FLAC

from articleaudio.errors import OutputError, SpeechFailedError
from articleaudio.master import ARCHIVE, PODCAST, SHAPING, WEB, TagFacts, make_alternates, make_recording
from articleaudio.master.alternates import ENCODER_LOSS
from articleaudio.master.frames import BrokenStreamError, FrameFormat
from articleaudio.master.shape import shape
from articleaudio.model import AudioProfile, Boundary, Sounds, SpanKind
from articleaudio.store import Store
from master.making import NoiseSource, decode, need, noise, png, probe, script, sentences

FACTS = TagFacts(
    "A headline",
    artist="Ada",
    album="The show",
    language="en",
    url="https://example.org/a",
    cover=png(300, 300),
    disclosure="This audio is made by a machine.",
    digital_source_type="http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia",
)
PAUSES = {Boundary.HEADLINE: 0.9, Boundary.SENTENCE: 0.12, Boundary.PARAGRAPH: 0.0}
BOTH = (AudioProfile.WEB, AudioProfile.ARCHIVE)


def made(folder, text, clips=None, profiles=BOTH, **options):
    """A recording with its alternates, by profile."""
    clips = clips or NoiseSource(pauses=PAUSES)
    recording = make_recording(text, clips, folder / "a.mp3", tags=FACTS, **options)
    others = make_alternates(text, clips, recording, profiles, tags=FACTS, **options)
    return recording, {one.profile: one for one in others}


def following(folder, text, leader, profile, clips=None, **options):
    """One form as a whole recording, with all its times."""
    clips = clips or NoiseSource(pauses=PAUSES)
    return make_recording(text, clips, folder / "b", tags=FACTS, profile=profile, follow=leader, **options)


@pytest.mark.parametrize("profile", [WEB, ARCHIVE])
@pytest.mark.parametrize("first", [PODCAST, WEB])
def test_everything_is_heard_when_the_mp3_has_it(tmp_path, first, profile):
    text = script(*sentences(12), chapters=[4, 8])
    clips = NoiseSource(pauses=PAUSES)
    leader = make_recording(text, clips, tmp_path / "a.mp3", tags=FACTS, profile=first)
    other = following(tmp_path, text, leader, profile)
    assert other.duration == pytest.approx(leader.duration, abs=1e-9)
    for ours, theirs in zip(leader.segments, other.segments, strict=True):
        assert theirs.start == pytest.approx(ours.start, abs=1e-9)
        assert theirs.end == pytest.approx(ours.end, abs=1 / 22_050)
        for word, same in zip(ours.words, theirs.words, strict=True):
            assert (same.start, same.end) == pytest.approx((word.start, word.end), abs=1 / 22_050)
    assert [(one.title, one.segment) for one in other.chapters] == [(one.title, one.segment) for one in leader.chapters]


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(pauses=st.lists(st.floats(0, 0.4), min_size=3, max_size=3), seed=st.integers(0, 99))
def test_it_keeps_step_whatever_the_pauses(tmp_path, pauses, seed):
    clips = NoiseSource(
        pauses=dict(zip((Boundary.HEADLINE, Boundary.SENTENCE, Boundary.PARAGRAPH), pauses, strict=True))
    )
    text = script(*sentences(4 + seed)[seed:])
    leader = make_recording(text, clips, tmp_path / "a.mp3", tags=FACTS)
    other = following(tmp_path, text, leader, WEB, clips)
    apart = [abs(two.start - one.start) for one, two in zip(leader.segments, other.segments, strict=True)]
    assert max(apart) < 1e-9
    assert other.duration == pytest.approx(leader.duration, abs=1e-9)


def test_frames_that_are_left_off_take_no_sound_along(tmp_path):
    text = script(*sentences(9))
    clips = NoiseSource(pauses=dict.fromkeys(Boundary, 0.0))
    leader = make_recording(text, clips, tmp_path / "a.mp3", tags=FACTS)
    tight = following(tmp_path, text, leader, WEB, clips)
    (tmp_path / "loose").mkdir()
    loose = make_recording(text, clips, tmp_path / "loose" / "c.mp3", tags=FACTS, profile=WEB)
    assert tight.duration < loose.duration
    near, far = decode(tight.path), decode(loose.path)
    edge = 500
    for one, two in zip(tight.segments, loose.segments, strict=True):
        samples = round((one.end - one.start) * WEB.rate) + edge
        here, there = round(one.start * WEB.rate), round(two.start * WEB.rate)
        assert np.abs(near[here - edge : here + samples] - far[there - edge : there + samples]).max() <= 2


def test_the_archive_holds_the_shaped_sound_sample_by_sample(tmp_path):
    text = script(*sentences(5))
    clips = NoiseSource(pauses=PAUSES)
    recording, others = made(tmp_path, text, clips, [AudioProfile.ARCHIVE])
    archive = others[AudioProfile.ARCHIVE]
    heard = decode(archive.path)
    assert len(heard) == round(recording.duration * ARCHIVE.rate)
    silent = np.ones(len(heard), bool)
    gain = round(SHAPING.gain - ENCODER_LOSS + clips.gain(None) + archive.loudness.gain, 3)
    for timed in recording.segments:
        speech = np.frombuffer(shape(clips.clip(timed.segment), 44_100, replace(SHAPING, gain=gain)).pcm, "<i2")
        at = round(timed.start * ARCHIVE.rate)
        assert np.array_equal(heard[at : at + len(speech)], speech)
        silent[at : at + len(speech)] = False
    assert not heard[silent].any()


def ebur128(path) -> tuple[float, float]:
    """Integrated loudness and true peak by ffmpeg, as on two speakers."""
    command = [need("ffmpeg"), "-nostats", "-hide_banner", "-i", str(path), "-af"]
    command += ["ebur128=dualmono=true:peak=true", "-f", "null", "-"]
    told = subprocess.run(command, capture_output=True, check=True).stderr.decode().rpartition("Summary:")[2]
    return float(re.search(r"I:\s+(\S+) LUFS", told)[1]), float(re.search(r"Peak:\s+(\S+) dBFS", told)[1])


class Same(NoiseSource):
    """Says the same four seconds, whatever is written."""

    def key(self, segment):
        return "5" * 64

    def burst(self, segment):
        return noise(7, 4 * self.rate)


def test_all_forms_are_as_loud_as_the_mp3(tmp_path):
    text = script(*sentences(28))
    recording, others = made(tmp_path, text, Same(), store=Store(tmp_path / "cache"))
    assert recording.duration > 120
    for path, told in [(recording.path, recording.loudness), *((one.path, one.loudness) for one in others.values())]:
        integrated, peak = ebur128(path)
        assert integrated == pytest.approx(-16, abs=0.3)
        assert integrated == pytest.approx(told.integrated, abs=0.15)
        assert peak <= -1.0


def test_the_archive_tells_what_the_mp3_tells(tmp_path):
    text = script(*sentences(8), chapters=[3, 6])
    recording, others = made(tmp_path, text, article_url="https://example.org/a")
    archive = others[AudioProfile.ARCHIVE]
    told = FLAC(archive.path)
    assert (told["title"], told["artist"], told["album"]) == (["A headline"], ["Ada"], ["The show"])
    assert told["disclosure"] == told["comment"] == [FACTS.disclosure]
    assert told["digitalsourcetype"] == [FACTS.digital_source_type]
    assert told["lyrics"][0].startswith("A headline\n\nThis is sentence")
    assert told["chapter002name"] == ["Part 3"]
    assert told["chapter002url"] == ["https://example.org/a#part-3"]
    assert [picture.data for picture in told.pictures] == [FACTS.cover]
    shown = probe(archive.path)["chapters"]
    for chapter, one in zip(recording.chapters, shown, strict=True):
        assert one["tags"]["title"] == chapter.title
        assert float(one["start_time"]) == pytest.approx(chapter.start, abs=0.0006)
    web = probe(others[AudioProfile.WEB].path)["chapters"]
    assert [one["tags"]["title"] for one in web] == [one["tags"]["title"] for one in shown]


def test_the_same_gives_the_same_bytes_and_nothing_is_spoken_for_what_is_kept(tmp_path):
    store = Store(tmp_path / "cache")
    text = script(*sentences(5))
    digests = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        clips = NoiseSource(pauses=PAUSES)
        _, others = made(tmp_path / name, text, clips, store=store)
        digests.append({profile: other.sha256 for profile, other in others.items()})
    assert digests[0] == digests[1]
    assert clips.asked == []


def test_what_is_changed_is_made_again_and_nothing_else(tmp_path):
    store = Store(tmp_path / "cache")
    words = sentences(5)
    made(tmp_path, script(*words), store=store)
    clips = NoiseSource(pauses=PAUSES)
    made(tmp_path, script(*words[:2], "Another sentence.", *words[3:]), clips, store=store)
    assert set(clips.asked) == {"s0004"}


class Fickle(NoiseSource):
    """Says a segment in another length each time."""

    def clip(self, segment):
        whole = super().clip(segment)
        return replace(whole, pcm=whole.pcm[: len(whole.pcm) - 2 * 300 * len(self.asked)])


def test_a_sound_that_differs_when_it_is_spoken_again_is_an_error_and_leaves_nothing(tmp_path):
    with pytest.raises(SpeechFailedError, match=r"segment s0001 .* web file"):
        made(tmp_path, script(*sentences(3)), Fickle(tail=0))
    assert [path.name for path in tmp_path.iterdir()] == ["a.mp3"]


class Hoarse(NoiseSource):
    """Speaks for the recording and the first alternate, then no more."""

    def clip(self, segment):
        if len(self.asked) >= 8:
            raise SpeechFailedError("no voice left")
        return super().clip(segment)


def test_when_one_form_fails_none_is_left(tmp_path):
    with pytest.raises(SpeechFailedError, match="no voice left"):
        made(tmp_path, script(*sentences(3)), Hoarse())
    assert [path.name for path in tmp_path.iterdir()] == ["a.mp3"]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")  # noqa: PTH110 -- a device, no path of ours
def test_a_full_disk_is_one_clear_error(tmp_path):
    text = script(*sentences(3))
    leader = make_recording(text, NoiseSource(), tmp_path / "a.mp3", tags=FACTS)
    (tmp_path / "b").symlink_to("/dev/full")
    with pytest.raises(OutputError, match="cannot write"):
        following(tmp_path, text, leader, ARCHIVE, NoiseSource())
    assert [path.name for path in tmp_path.iterdir()] == ["a.mp3"]


def test_sounds_of_the_house_are_heard_in_every_form(tmp_path):
    for name, seconds in (("intro", 2.0), ("bed", 4.0)):
        soundfile.write(tmp_path / f"{name}.wav", noise(len(name), round(seconds * 44_100)) / 32_768, 44_100)
    sounds = Sounds(intro=tmp_path / "intro.wav", bed=tmp_path / "bed.wav")
    text = script(*sentences(4))
    leader = make_recording(text, NoiseSource(), tmp_path / "a.mp3", tags=FACTS, sounds=sounds)
    heard = decode(leader.path)
    for profile in (WEB, ARCHIVE):
        other = following(tmp_path, text, leader, profile, NoiseSource(), sounds=sounds)
        spans = [(span.kind, span.segment) for span in leader.timeline]
        assert [(span.kind, span.segment) for span in other.timeline] == spans
        assert max(abs(a.start - b.start) for a, b in zip(leader.timeline, other.timeline, strict=True)) < 0.002
        theirs = decode(other.path)
        assert len(theirs) * (44_100 / profile.rate) == pytest.approx(len(heard), abs=2)
        for span in leader.timeline:
            if span.kind is SpanKind.SOUND and span.end - span.start > 0.3:
                one, two = (
                    sound[round((span.start + 0.1) * rate) : round((span.end - 0.1) * rate)]
                    for sound, rate in ((heard, 44_100), (theirs, profile.rate))
                )
                assert 20 * np.log10(two.std() / one.std()) == pytest.approx(0, abs=1.5)


class Clicks(NoiseSource):
    """Peaks and little else: no limiter brings them to the level asked for."""

    def burst(self, segment):
        sound = noise(1, self.rate, level=30)
        sound[:: self.rate // 20] = 30_000
        return sound


def test_what_cannot_be_made_as_loud_as_asked_for_is_whole_all_the_same(tmp_path):
    recording, others = made(tmp_path, script(*sentences(6)), Clicks(), BOTH)
    assert "look at the voice's volume" in recording.warnings[0]
    for path, rate in ((recording.path, 44_100), *((one.path, one.rate) for one in others.values())):
        assert len(decode(path)) == round(recording.duration * rate)


def test_what_is_no_flac_of_whole_frames_is_refused():
    with pytest.raises(BrokenStreamError):
        FrameFormat.of(ARCHIVE).count(b"ID3" + bytes(100))
