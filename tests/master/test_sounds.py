"""The house's own sounds: any file in, at its place and its level; whatever cannot be used is said before it is."""

import contextlib
import tracemalloc
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articleaudio.errors import ConfigError, SpeechFailedError
from articleaudio.master import ARCHIVE, PODCAST, SHAPING, WEB, TagFacts, make_recording
from articleaudio.master.loudness import loudness, spectral_energies
from articleaudio.master.sounds import check_sounds, row, settled_sounds
from articleaudio.master.sounds.files import BED, LONGEST, read_sound
from articleaudio.master.sounds.music import sound_piece
from articleaudio.model import Boundary, Role, Sounds, SpanKind
from master.making import NoiseSource, Shelf, offset, script, segment, sentences

RATE = PODCAST.rate
FACTS = TagFacts("A headline")
FILES = ("intro", "jingle", "outro", "bed")
PAUSES = {Boundary.HEADLINE: 0.9, Boundary.SENTENCE: 0.35, Boundary.PARAGRAPH: 0.7}


class Kept(Shelf):
    """A store that can tell what it lacks."""

    def missing(self, kind, keys):
        return {key for key in keys if (kind, key) not in self}


def tune(seconds, rate=RATE, pitch=440.0, seed=1):
    """Plucked notes over a little noise: a jingle that a correlation finds at one place only."""
    rng = np.random.default_rng(seed)
    at = np.arange(round(seconds * rate)) / rate
    notes = sum(np.where(at >= n / 4, np.exp(-6 * (at - n / 4).clip(0)), 0) for n in range(int(seconds * 4)))
    wave = np.sin(2 * np.pi * pitch * at) + 0.4 * np.sin(2 * np.pi * pitch * 2.7 * at)
    return 0.2 * notes * wave / max(1.0, np.abs(notes).max()) + 0.01 * rng.standard_normal(len(at))


def kept(folder, name, sound, rate=RATE, channels=1, **options):
    path = folder / name
    soundfile.write(path, np.repeat(sound[:, None], channels, axis=1), rate, **options)
    return path


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """All four sounds, each in a form of its own."""
    folder = tmp_path_factory.mktemp("sounds")
    return Sounds(
        intro=kept(folder, "intro.flac", tune(3, 48_000), 48_000, 2, subtype="PCM_24"),
        jingle=kept(folder, "jingle.ogg", tune(1, 32_000, 700, 2), 32_000, 2),
        outro=kept(folder, "outro.mp3", tune(2, RATE, 300, 3)),
        bed=kept(folder, "bed.wav", tune(2, 22_050, 200, 4), 22_050, subtype="FLOAT"),
    )


def make(path, sounds, clips=None, said=None, **options):
    clips = clips or NoiseSource(pauses=PAUSES)
    made = said or script(*sentences(12), chapters=(4,))
    return make_recording(made, clips, path, tags=FACTS, sounds=sounds, **options)


def heard(path):
    """The file as a player hears it; libsndfile honours the Info frame."""
    samples, _ = soundfile.read(path)
    return samples


def of(recording, kind):
    return [(span.start, span.end) for span in recording.timeline if span.kind is kind]


# ── places ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_sound_is_heard_where_the_timeline_says(tmp_path, house):
    sounds = replace(house, bed=None)
    recording = make(tmp_path / "a.mp3", sounds)
    samples = heard(recording.path)
    assert len(samples) == round(recording.duration * RATE)
    places = of(recording, SpanKind.SOUND)
    assert len(places) == 3
    for (start, end), path in zip(places, (sounds.intro, sounds.jingle, sounds.outro), strict=True):
        expected = read_sound(path, RATE)
        assert abs((end - start) * RATE - len(expected)) < 1
        late, alike = offset(samples, round(start * RATE), expected)
        assert late == 0
        assert alike > 0.95


def test_order_and_timeline(tmp_path, house):
    recording = make(tmp_path / "a.mp3", house)
    spans = recording.timeline
    assert spans[0].start == 0.0
    assert spans[-1].end == recording.duration
    assert all(before.end == after.start for before, after in pairwise(spans))
    assert all(span.start < span.end for span in spans)
    told = [span.kind.value if span.segment is None else span.segment for span in spans if span.kind != "pause"]
    assert told == ["sound", "sound", 0, "sound", "sound", *range(1, 13), "sound"]
    spoken = [(timed.start, timed.end) for timed in recording.segments]
    assert of(recording, SpanKind.SEGMENT) == spoken


def test_chapters_hold_the_sounds(tmp_path, house):
    """The intro is the first chapter's, the jingle that of the headline, the outro the last's."""
    said = script(*sentences(6), chapters=(1,))
    recording = make(tmp_path / "a.mp3", house, said=said)
    first, last = recording.chapters
    assert first.start == 0.0
    assert first.end == last.start == recording.segments[1].start
    assert last.end == recording.duration
    assert of(recording, SpanKind.SOUND)[3][1] < last.start


def test_the_jingle_follows_all_that_is_said_before_the_body(house):
    spoken = [
        segment(0, "Made by machine.", role=Role.DISCLOSURE, block=None),
        segment(1, "Headline, one.", role=Role.HEADLINE, block=None),
        segment(2, "And two.", role=Role.HEADLINE, block=None),
        segment(3, "By Ada.", role=Role.BYLINE, block=None),
        segment(4, "Body."),
    ]
    laid = [(list(item.segments), item.sound) for item in row(spoken, house)]
    assert laid == [
        ([], house.intro),
        ([0], None),
        ([1, 2], house.bed),
        ([3], None),
        ([], house.jingle),
        ([4], None),
        ([], house.outro),
    ]


ROLES = st.sampled_from([Role.DISCLOSURE, Role.HEADLINE, Role.BYLINE, Role.BODY, Role.HEADING])


@given(st.lists(st.tuples(ROLES, st.booleans()), min_size=1, max_size=12), st.sets(st.sampled_from(FILES)))
def test_every_segment_is_in_the_row_once(told, names):
    """Whatever a script looks like, all of it is said in order, and every sound is heard once where it has a place."""
    spoken = [segment(i, "Said.", role=role, block=0 if body else None) for i, (role, body) in enumerate(told)]
    sounds = Sounds(**{name: Path(name) for name in names})
    laid = row(spoken, sounds)
    assert [index for item in laid for index in item.segments] == list(range(len(spoken)))
    heard_ones = [item.sound.name for item in laid if item.sound]
    assert len(set(heard_ones)) == len(heard_ones)
    body, headline = any(body for _, body in told), any(role is Role.HEADLINE for role, _ in told)
    assert set(heard_ones) == names - (set() if body else {"jingle"}) - (set() if headline else {"bed"})
    assert all(spoken[index].role is Role.HEADLINE for item in laid if item.sound for index in item.segments)


def test_nothing_to_hear_changes_nothing(tmp_path):
    """A house without sounds makes the bytes that it made before there were any."""
    said, clips = script(*sentences(4)), NoiseSource(pauses=PAUSES)
    plain = make_recording(said, clips, tmp_path / "a.mp3", tags=FACTS)
    assert make(tmp_path / "b.mp3", Sounds(bed_level=-30.0), clips, said).sha256 == plain.sha256


# ── the bed ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_bed_gives_way_and_the_voice_keeps_its_level(tmp_path, house):
    said = script(*sentences(2), headline="A headline of quite a few words, which lasts long enough to be measured")
    clips = NoiseSource(pauses=PAUSES)
    alone = make_recording(said, clips, tmp_path / "a.mp3", tags=FACTS)
    with_bed = make(tmp_path / "b.mp3", Sounds(bed=house.bed), clips, said)
    before, after = alone.segments[0], with_bed.segments[0]
    shift = after.start - before.start
    assert shift == pytest.approx(1.5, abs=0.001)
    assert [w.start + shift for w in before.words] == pytest.approx([w.start for w in after.words])
    assert [w.end + shift for w in before.words] == pytest.approx([w.end for w in after.words])
    voice = heard(alone.path)[round(before.start * RATE) : round(before.end * RATE)]
    step = 10 ** ((with_bed.loudness.gain - alone.loudness.gain) / 20)
    both = heard(with_bed.path)[round(after.start * RATE) : round(after.end * RATE)]
    late, alike = offset(heard(with_bed.path), round(after.start * RATE), voice)
    assert late == 0
    assert alike > 0.97
    rest = both - voice[: len(both)] * step
    assert 20 * np.log10(np.std(both) / np.std(voice * step)) == pytest.approx(0, abs=0.2)
    assert 20 * np.log10(np.std(rest) / np.std(voice * step)) < -13


@pytest.mark.parametrize("level", [-12.0, -18.0, -24.0])
def test_the_bed_is_as_quiet_as_the_house_wants(tmp_path, house, level):
    """Where the voice is silent, what is left under it is the bed at its level."""

    class Silent(NoiseSource):
        def clip(self, one):
            made = super().clip(one)
            return replace(made, pcm=bytes(2 * 5 * self.rate)) if one.role is Role.HEADLINE else made

        def key(self, one):
            return f"silent {super().key(one)}"

    said = script(*sentences(2))
    recording = make(tmp_path / "a.mp3", Sounds(bed=house.bed, bed_level=level), Silent(pauses=PAUSES), said)
    place = recording.segments[0]
    samples = heard(recording.path)
    under = samples[round((place.start + 1) * RATE) : round((place.end - 1) * RATE)]
    measured = loudness(spectral_energies(under, RATE, 1152), RATE, 1152)
    assert measured == pytest.approx(-16 + level, abs=1.0)
    assert np.std(samples[round((place.start - 1.45) * RATE) : round((place.start - 1.4) * RATE)]) < 0.005
    assert np.std(samples[round((place.end + 1.95) * RATE) : round((place.end + 2.0) * RATE)]) < 0.005


def test_several_sentences_of_a_headline_share_one_bed(tmp_path, house):
    one, two = (segment(i, t, role=Role.HEADLINE, block=None) for i, t in enumerate(("First part.", "Second part.")))
    said = script(*sentences(2))
    said = replace(said, segments=(one, two, *(replace(s, id=f"b{s.id}") for s in said.segments[1:])))
    clips = NoiseSource(pauses=PAUSES)
    recording = make(tmp_path / "a.mp3", Sounds(bed=house.bed), clips, said)
    first, second = recording.segments[:2]
    assert second.start - first.end == pytest.approx(0.35, abs=0.001)
    assert (first.end, second.start) in of(recording, SpanKind.SOUND)
    assert second.start <= second.words[0].start < second.words[-1].end <= second.end


def test_a_stand_in_speaks_over_the_bed_at_its_own_level(tmp_path, house):
    """Where another voice than asked for spoke, its piece is kept under its own key, and the episode tells why."""

    class StandIn(NoiseSource):
        def clip(self, one):
            made = super().clip(one)
            if one.role is not Role.HEADLINE:
                return made
            told = ("the first voice failed",)
            quiet = replace(made, pcm=(np.frombuffer(made.pcm, "<i2") // 2).tobytes())
            return replace(quiet, key="f" * 64, gain=self.gain(one) + 6.02, voice="second", instead=told, warnings=told)

    shelf = Kept()
    said = script(*sentences(2))
    plain = make(tmp_path / "a.mp3", Sounds(bed=house.bed), said=said)
    first = make(tmp_path / "b.mp3", Sounds(bed=house.bed), StandIn(pauses=PAUSES), said, store=shelf)
    assert (first.segments[0].voice, first.segments[0].key) == ("second", "f" * 64)
    assert first.warnings == ("s0001: the first voice failed",)
    place = slice(round(plain.segments[0].start * RATE), round(plain.segments[0].end * RATE))
    ratio = np.std(heard(first.path)[place]) / np.std(heard(plain.path)[place])
    assert 20 * np.log10(ratio) == pytest.approx(first.loudness.gain - plain.loudness.gain, abs=0.1)
    pieces = set(shelf)
    again = make(tmp_path / "c.mp3", Sounds(bed=house.bed), StandIn(pauses=PAUSES), said, store=shelf)
    assert (again.sha256, set(shelf)) == (first.sha256, pieces)


def test_a_headline_without_sound_fails_by_its_name(tmp_path, house):
    class Mute(NoiseSource):
        def clip(self, one):
            return replace(super().clip(one), pcm=b"")

    with pytest.raises(SpeechFailedError, match="segment s0001"):
        make(tmp_path / "a.mp3", Sounds(bed=house.bed), Mute(pauses=PAUSES))
    assert list(tmp_path.iterdir()) == []


# ── levels ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("profile", [PODCAST, WEB, ARCHIVE], ids=["podcast", "web", "archive"])
@pytest.mark.parametrize("gain", [0.001, 1.0, 4.9])
def test_a_sound_is_as_loud_as_speech(tmp_path, profile, gain):
    path = kept(tmp_path, "a.wav", tune(4) * gain, subtype="FLOAT")
    piece = sound_piece(path, profile, SHAPING, None)
    frame = 576 if profile is WEB else 1152
    assert loudness(np.array(piece.energies), profile.rate, frame) == pytest.approx(-16, abs=0.2)
    assert piece.peak <= -1
    assert piece.clipped == 0


def test_a_sound_of_peaks_is_not_squeezed_flat(tmp_path):
    """A few clicks would have to be lifted far over full scale: they stay quieter, and no peak passes."""
    sound = np.zeros(2 * RATE)
    sound[:: RATE // 2] = 0.9
    piece = sound_piece(kept(tmp_path, "a.wav", sound), PODCAST, SHAPING, None)
    assert piece.peak <= -1
    assert loudness(np.array(piece.energies), RATE, 1152) < -20


def test_the_whole_is_on_its_level(tmp_path, house):
    recording = make(tmp_path / "a.mp3", house, said=script(*sentences(120)))
    assert recording.duration > 120
    assert recording.loudness.integrated == pytest.approx(-16, abs=0.3)
    assert recording.loudness.peak <= -1
    assert recording.warnings == ()


# ── done once ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_changed_intro_is_all_that_is_made_again(tmp_path, house):
    shelf, clips = Kept(), NoiseSource(pauses=PAUSES)
    sounds = replace(house, intro=kept(tmp_path, "intro.wav", tune(2)))
    first = make(tmp_path / "a.mp3", sounds, clips, store=shelf)
    asked, pieces = len(clips.asked), set(shelf)
    kept(tmp_path, "intro.wav", tune(3, pitch=500))
    second = make(tmp_path / "b.mp3", sounds, clips, store=shelf)
    assert second.duration - first.duration == pytest.approx(1, abs=0.03)
    assert len(set(shelf) - pieces) == 1
    assert len(clips.asked) == asked
    assert second.spoken_now == 0


def test_the_same_again_makes_nothing(tmp_path, house):
    shelf, clips = Kept(), NoiseSource(pauses=PAUSES)
    first = make(tmp_path / "a.mp3", house, clips, store=shelf)
    asked, pieces, wanted = len(clips.asked), len(shelf), []
    second = make(tmp_path / "b.mp3", house, clips, store=shelf, prefetch=wanted.extend)
    assert (second.sha256, second.spoken_now) == (first.sha256, 0)
    assert (len(clips.asked), len(shelf), wanted) == (asked, pieces, [])


def test_the_headline_is_spoken_ahead_too(tmp_path, house):
    wanted = []
    make(tmp_path / "a.mp3", house, store=Kept(), prefetch=wanted.extend)
    assert [one.id for one in wanted] == [f"s{n + 1:04d}" for n in range(13)]


def test_a_bed_that_is_kept_in_pieces_is_made_again(tmp_path, house):
    shelf = Kept()
    first = make(tmp_path / "a.mp3", house, store=shelf)
    for kind, key in list(shelf):
        if kind == "bed":
            shelf[kind, key] = shelf[kind, key][:200]
    assert make(tmp_path / "b.mp3", house, store=shelf).sha256 == first.sha256


def test_names_do_not_count(tmp_path, house):
    other = replace(house, intro=tmp_path / "other.flac")
    other.intro.write_bytes(house.intro.read_bytes())
    assert settled_sounds(other) == settled_sounds(house)
    other.intro.write_bytes(house.intro.read_bytes() + b"\0")
    assert settled_sounds(other) != settled_sounds(house)
    assert settled_sounds(replace(house, bed_level=-20.0)) != settled_sounds(house)


def test_another_profile_keeps_step(tmp_path, house):
    leader = make(tmp_path / "a.mp3", house)
    web = make(tmp_path / "b.mp3", house, profile=WEB, follow=leader)
    assert web.duration == pytest.approx(leader.duration, abs=0.03)
    for one, other in zip(leader.segments, web.segments, strict=True):
        assert other.start == pytest.approx(one.start, abs=0.001)


# ── any file ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "rate", "channels", "subtype"),
    [
        ("a.wav", 8_000, 1, "PCM_U8"),
        ("a.wav", 192_000, 2, "FLOAT"),
        ("a.wav", 96_000, 6, "DOUBLE"),
        ("a.wav", 44_100, 8, "PCM_16"),
        ("a.flac", 192_000, 6, "PCM_24"),
        ("a.mp3", 48_000, 2, "MPEG_LAYER_III"),
        ("a.mp3", 16_000, 1, "MPEG_LAYER_III"),
        ("a.ogg", 44_100, 6, "VORBIS"),
        ("a.opus.ogg", 48_000, 2, "OPUS"),
        ("a.aiff", 11_025, 2, "PCM_16"),
    ],
)
def test_any_form(tmp_path, name, rate, channels, subtype):
    path = kept(tmp_path, name, tune(1, rate, 330), rate, channels, subtype=subtype)
    sound = read_sound(path, RATE)
    assert np.abs(sound).max() == 1
    assert abs(sound.mean()) < 0.01
    assert len(sound) / RATE == pytest.approx(1, abs=0.08)
    assert abs(offset(sound, 0, tune(1, RATE, 330)[:20_000])[0]) < 1300  # MP3 tells no start


def test_offset_and_quiet_edges_are_taken_away(tmp_path):
    sound = np.concatenate([np.zeros(RATE), tune(1), np.zeros(RATE)]) + 0.3
    assert len(read_sound(kept(tmp_path, "a.wav", sound), RATE)) / RATE == pytest.approx(1, abs=0.05)


def test_a_long_bed_is_read_no_further_than_it_is_used(tmp_path):
    """Eight hours of it: 460 million samples that are nowhere in memory, most of them not even read."""
    path = tmp_path / "bed.wav"
    with soundfile.SoundFile(path, "w", 16_000, 1) as file:
        file.write(tune(2, 16_000))
    data = bytearray(path.read_bytes())
    size = 8 * 3600 * 16_000 * 2
    data[4:8], data[40:44] = (size + 36).to_bytes(4, "little"), size.to_bytes(4, "little")
    with path.open("wb") as raw:
        raw.write(data)
        raw.truncate(size + 44)
    tracemalloc.start()
    sound = read_sound(path, RATE, bed=True)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(sound) <= BED * RATE
    assert peak < 150e6
    with pytest.raises(ConfigError, match=r"bed\.wav lasts 28800 seconds"):
        read_sound(path, RATE)


def broken(folder):
    """Files that cannot be used, by what is said of them."""
    whole = kept(folder, "whole.flac", tune(2)).read_bytes()
    nan, inf = tune(1), tune(1)
    nan[1000], inf[1000] = np.nan, np.inf
    both = np.stack([tune(1), -tune(1)], axis=1)
    soundfile.write(folder / "cancel.wav", both, RATE)
    (folder / "empty").touch()
    (folder / "words.mp3").write_text("these are words\n" * 100)
    (folder / "music.m4a").write_bytes(b"\0\0\0\x20ftypM4A \0\0\0\0M4A mp42isom\0\0\0\0" + bytes(5000))
    (folder / "cut.flac").write_bytes(whole[: len(whole) // 2])
    for form in ("wav", "aiff", "ogg"):
        sound = kept(folder, f"whole.{form}", tune(2)).read_bytes()
        (folder / f"cut.{form}").write_bytes(sound[: len(sound) // 2])
    (folder / "sound.raw").write_bytes(bytes(5000))
    kept(folder, "nan.wav", nan, subtype="FLOAT")
    kept(folder, "inf.wav", inf, subtype="FLOAT")
    kept(folder, "none.wav", np.zeros(0))
    kept(folder, "silence.wav", np.zeros(RATE))
    kept(folder, "quiet.wav", np.full(RATE, 0.5))
    kept(folder, "long.flac", np.zeros(RATE * 31))
    kept(folder, "slow.wav", tune(1), 50)
    return {
        "empty": "cannot be read as audio",
        "words.mp3": "cannot be read as audio",
        "music.m4a": "cannot be read as audio",
        "cut.flac": "cannot be read as audio|breaks off",
        "cut.wav": "breaks off",
        "cut.aiff": "breaks off",
        "cut.ogg": "breaks off",
        "sound.raw": "cannot be read as audio",
        "nan.wav": "no numbers",
        "inf.wav": "no numbers",
        "none.wav": "0 samples",
        "silence.wav": "silent",
        "quiet.wav": "silent",
        "cancel.wav": "cancel each other out",
        "long.flac": f"at most {LONGEST:.0f}",
        "slow.wav": "50 samples a second",
        "nowhere.wav": "cannot read .*No such file",
        ".": "cannot read .*directory",
    }


def test_a_wav_whose_size_was_never_told_is_used(tmp_path):
    path = kept(tmp_path, "piped.wav", tune(2))
    data = bytearray(path.read_bytes())
    data[4:8] = data[40:44] = b"\xff" * 4
    path.write_bytes(data)
    assert len(read_sound(path, RATE)) == pytest.approx(2 * RATE, rel=0.02)


def test_what_cannot_be_used_is_said(tmp_path):
    for name, told in broken(tmp_path).items():
        for sounds in (Sounds(intro=tmp_path / name), Sounds(bed=tmp_path / name)):
            if sounds.bed and name == "long.flac":
                continue
            with pytest.raises(ConfigError, match=told) as caught:
                check_sounds(sounds)
            assert str(tmp_path / name) in caught.value.message
            assert caught.value.hint


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.sampled_from(["wav", "flac", "mp3", "ogg"]), st.data())
def test_a_damaged_file_is_read_or_refused(tmp_path, form, data):
    """Bytes changed or cut anywhere: sound, or a clear error, and nothing else."""
    path = tmp_path / f"whole.{form}"
    if not path.exists():
        kept(tmp_path, path.name, tune(0.5))
    whole = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = tmp_path / f"cut.{form}"
    cut.write_bytes(whole[: data.draw(st.integers(0, len(whole)))])
    sound = np.ones(1)
    with contextlib.suppress(ConfigError):
        sound = read_sound(cut, RATE)
    assert np.isfinite(sound).all()
    assert 0 < len(sound) <= LONGEST * RATE + RATE


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.integers(1, RATE), st.sampled_from([8_000, 44_100, 192_000]))
def test_a_sound_of_any_length_is_a_piece(tmp_path, samples, rate):
    path = kept(tmp_path, "short.wav", np.sin(np.arange(1, samples + 1)), rate)
    try:
        piece = sound_piece(path, PODCAST, SHAPING, None)
    except ConfigError:
        assert samples < 4
    else:
        assert piece.peak <= -1
        assert piece.samples >= 1
