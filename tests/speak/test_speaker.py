"""Segments to clips, with real worker processes."""

import contextlib
import os
import random
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise

import pytest

from articleaudio.config import load_voice, voice_folders
from articleaudio.errors import EngineError, OutputError, SpeechFailedError, VoiceError
from articleaudio.model import Boundary, TokenKind
from articleaudio.speak import Prompt, Speaker, booth
from articleaudio.speak.ahead import AHEAD
from articleaudio.speak.contract import Traits
from articleaudio.store import Store
from speak.making import make_segment, make_token, make_voice
from speak.tone import ToneEngine

ENGLISH = load_voice("en-us", voice_folders())
UKRAINIAN = load_voice("uk", voice_folders())


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "cache")


@pytest.fixture
def speaker(store):
    with Speaker({"en": ENGLISH, "uk": UKRAINIAN}, store) as speaker:
        yield speaker


@pytest.fixture
def bad(store, brought, tmp_path):
    voice = make_voice("bad", marker=tmp_path / "marker")
    with Speaker({"*": voice}, store, attempts=2, deadline=60.0) as speaker:
        yield speaker


def test_a_segment_is_spoken_once(speaker, store):
    segment = make_segment("The committee said nothing.")
    clip = speaker.clip(segment)
    assert not clip.cached
    assert clip.key == speaker.key(segment)
    assert clip.duration > 1
    again = speaker.clip(segment)
    assert again == replace(clip, cached=True)
    assert store.hits == 1


def test_the_cache_is_shared_between_speakers_and_runs(speaker, store):
    clip = speaker.clip(make_segment("The committee said nothing."))
    with Speaker({"en": ENGLISH}, Store(store.folder)) as other:
        again = other.clip(make_segment("The committee said nothing.", id_="s0099", boundary=Boundary.END))
        assert other._booths.local.child.pid is None
    assert again == replace(clip, cached=True)


def test_words_are_timed_on_what_is_written(speaker):
    written = "Kyiv fired 15,000 shells at the ICBMs."
    tokens = [
        make_token(written, "Kyiv", "Keeve"),
        make_token(written, "fired", "fired"),
        make_token(written, "15,000", "fifteen thousand"),
        make_token(written, "shells", "shells"),
        make_token(written, "at", "at"),
        make_token(written, "the", "the"),
        make_token(written, "ICBMs", "ICBMs", TokenKind.LETTERS),
    ]
    clip = speaker.clip(make_segment(written, tokens))
    assert [(word.first, word.last) for word in clip.words] == [(token.start, token.end) for token in tokens]
    lengths = {written[word.first : word.last]: word.end - word.start for word in clip.words}
    assert lengths["15,000"] > 2 * lengths["fired"] / 1.5
    assert lengths["ICBMs"] > lengths["shells"]
    assert all(before.end <= after.start for before, after in pairwise(clip.words))
    assert clip.words[-1].end <= clip.duration


def test_same_sound_another_spelling_shares_the_clip_but_not_the_spans(speaker):
    figure, word = "at 15 o'clock", "at fifteen o'clock"
    tokens = [
        make_token(figure, "at", "at"),
        make_token(figure, "15", "fifteen"),
        make_token(figure, "o'clock", "o'clock"),
    ]
    first, second = speaker.clip(make_segment(figure, tokens)), speaker.clip(make_segment(word))
    assert first.key == second.key
    assert second.cached
    assert [w.last for w in first.words] == [2, 5, 13]
    assert [w.last for w in second.words] == [2, 10, 18]
    assert [w.start for w in first.words] == [w.start for w in second.words]


def test_keys_change_with_what_changes_the_sound_and_with_nothing_else():
    segment = make_segment("The committee said nothing.")

    def key(voice=ENGLISH, segment=segment):
        return Speaker({"*": voice}, None).key(segment)

    same = (
        replace(ENGLISH, name="other", description="other", gain=6.0, licence="x", pauses={}, language="en"),
        replace(ENGLISH, options=dict(reversed(ENGLISH.options.items()))),
    )
    assert {key(voice) for voice in same} == {key()}
    assert key(segment=make_segment("The “committee” said nothing.", id_="s2", boundary=Boundary.END)) == key()
    other = (
        replace(ENGLISH, rate=170),
        replace(ENGLISH, options={**ENGLISH.options, "volume": "60"}),
        replace(ENGLISH, options={**ENGLISH.options, "voice": "en-gb"}),
        UKRAINIAN,
    )
    assert len({key(), key(segment=make_segment("The committee said nothing!")), *map(key, other)}) == 6


def test_the_voice_follows_the_language(speaker):
    assert speaker.voice("uk") is UKRAINIAN
    assert speaker.voice("en-GB") is ENGLISH
    assert speaker.clip(make_segment("Комітет мовчав.", language="uk")).duration > 0.5
    with pytest.raises(VoiceError, match="'fr'") as caught:
        speaker.clip(make_segment("Rien.", language="fr"))
    assert "--voice" in caught.value.hint
    assert Speaker({"*": UKRAINIAN, "en": ENGLISH}, None).voice("en") is UKRAINIAN
    assert Speaker({"en": UKRAINIAN, "en-gb": ENGLISH}, None).voice("en-gb") is ENGLISH


def test_pauses_are_the_voices_or_a_newsreaders(speaker):
    assert speaker.pause(make_segment("x", boundary=Boundary.SENTENCE)) == ENGLISH.pauses[Boundary.SENTENCE]
    plain = Speaker({"*": make_voice()}, None)
    pauses = [
        plain.pause(make_segment("x", boundary=boundary)) for boundary in ("clause", "sentence", "paragraph", "section")
    ]
    assert pauses == sorted(pauses)
    assert pauses[0] > 0


def test_nothing_to_say_is_a_short_silence_with_a_warning(speaker):
    clip = speaker.clip(make_segment("* * *", []))
    assert 0 < clip.duration < 0.5
    assert not clip.pcm.strip(b"\0")
    assert clip.words == ()
    assert "nothing" in clip.warnings[0]
    assert speaker._booths.local.child.pid is None


def test_works_without_a_cache():
    with Speaker({"*": ENGLISH}, None) as speaker:
        clip = speaker.clip(make_segment("One."))
        assert clip == speaker.clip(make_segment("One."))
        assert not clip.cached


def test_a_damaged_entry_is_spoken_again(speaker, store):
    segment = make_segment("The committee said nothing.")
    clip = speaker.clip(segment)
    path = next(store.folder.rglob(clip.key))
    path.write_bytes(path.read_bytes()[:-100])
    assert speaker.clip(segment) == clip
    assert speaker.clip(segment).cached
    assert store.damaged == 1


def test_an_entry_of_another_format_is_a_miss(speaker, store):
    segment = make_segment("The committee said nothing.")
    for entry in (b"", b"{}", b'{"format":0}\nxx', b"\xff\n", b'{"format":1,"rate":1}\n'):
        store.put("clip", speaker.key(segment), entry)
        assert not speaker.clip(segment).cached


def test_a_cache_that_cannot_be_written_is_one_clear_error(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with Speaker({"*": ENGLISH}, Store(tmp_path / "file")) as speaker, pytest.raises(OutputError, match="cannot write"):
        speaker.clip(make_segment("One."))


@pytest.mark.parametrize("misdeed", ["crash once", "hang once"])
def test_a_crash_or_hang_costs_one_retry_in_a_fresh_process(bad, misdeed):
    bad.clip(make_segment("warm"))
    pid = bad._booths.local.child.pid
    if "hang" in misdeed:
        bad._booths.local.deadline, bad._booths.local.deadline_per_character = 1.0, 0.0
    assert bad.clip(make_segment(misdeed)).pcm == ToneEngine().speak(Prompt("well again"), make_voice("tone")).pcm
    assert bad._booths.local.child.pid != pid


@pytest.mark.parametrize(
    ("misdeed", "told"),
    [
        ("crash", "SIGSEGV"),
        ("hang", "no sign of life"),
        ("fault", "a fault of the engine"),
        ("silence", "no sound"),
        ("nothing", "no sound"),
        ("odd", "3 bytes"),
        ("no rate", "at 0 samples"),
        ("not a sound", "bytes, not a sound"),
    ],
)
def test_what_cannot_be_spoken_fails_by_name_and_nothing_is_cached(bad, store, misdeed, told):
    if misdeed == "hang":
        bad._booths.local.deadline, bad._booths.local.deadline_per_character = 1.0, 0.0
    segment = make_segment(f"This will {misdeed} always.", id_="s0042")
    with pytest.raises(SpeechFailedError, match=told) as caught:
        bad.clip(segment)
    assert "s0042" in caught.value.message
    assert misdeed in caught.value.message
    assert caught.value.hint
    assert caught.value.exit_code == 1
    assert store.get("clip", bad.key(segment)) is None
    assert bad.clip(make_segment("and the next is spoken")).duration > 0


def test_a_wrong_voice_is_told_at_once_and_not_retried(store):
    for options, told in (
        ({"voice": "tlh-xx"}, "'tlh-xx'"),
        ({"variant": "nobody"}, "'nobody'"),
        ({"colour": "1"}, "'colour'"),
        ({"pitch": "high"}, "'high'"),
        ({"pitch": "500"}, "'500', which is no number from 0 to 99"),
    ):
        with Speaker({"*": make_voice("pyttsx3", **options)}, store) as speaker:
            with pytest.raises(VoiceError, match=told) as caught:
                speaker.clip(make_segment("One."))
            assert caught.value.hint
            assert caught.value.exit_code == 4


def test_an_unknown_engine_is_told(store):
    with (
        Speaker({"*": make_voice("no-such-engine")}, store) as speaker,
        pytest.raises(EngineError, match="no-such-engine"),
    ):
        speaker.key(make_segment("One."))


def test_nothing_an_engine_prints_reaches_standard_output(bad, capfd):
    bad.clip(make_segment("print"))
    out, err = capfd.readouterr()
    assert out == ""
    assert "noise" in err


def test_close_ends_the_worker(store):
    speaker = Speaker({"*": ENGLISH}, store)
    speaker.clip(make_segment("One."))
    pid = speaker._booths.local.child.pid
    speaker.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)


def test_workers_killed_at_random_change_nothing(tmp_path):
    """SIGKILL and SIGSEGV from outside, while segments are spoken, in between, and while workers start."""
    segments = [make_segment(f"Sentence number {i}.", id_=f"s{i:04}") for i in range(500)]
    with Speaker({"*": ENGLISH}, None) as speaker:
        calm = [speaker.clip(segment) for segment in segments]
    with Speaker({"*": ENGLISH}, Store(tmp_path)) as speaker:
        killer = Killer(speaker)
        stormy = []
        try:
            for segment in segments:
                stormy.append(speaker.clip(segment))
                killer.progress.set()
        finally:
            killer.stop()
        assert stormy == calm
        assert killer.killed >= 10
        assert [speaker.clip(segment) for segment in segments] == [replace(clip, cached=True) for clip in calm]


class Killer(threading.Thread):
    """Kills the worker at a random moment after each sign of progress, and sometimes the next one as it starts."""

    def __init__(self, speaker):
        super().__init__(daemon=True)
        self.speaker = speaker
        self.progress = threading.Event()
        self.stopped = False
        self.killed = 0
        self.start()

    def run(self):
        luck = random.Random(7)
        while self.progress.wait() and not self.stopped:
            self.progress.clear()
            if luck.random() > 0.06:
                continue
            time.sleep(luck.uniform(0.0, 0.03))
            pid = self.kill(None, luck)
            if luck.random() < 0.3:
                self.kill(pid, luck)

    def kill(self, last, luck):
        """Kill the worker, but wait for another one than the last."""
        while (pid := self.speaker._booths.local.child.pid) in {None, last} and not self.stopped:
            time.sleep(0.001)
        with contextlib.suppress(OSError, TypeError):
            os.kill(pid, luck.choice([signal.SIGKILL, signal.SIGSEGV]))
            self.killed += 1
        return pid

    def stop(self):
        self.stopped = True
        self.progress.set()
        self.join()


def test_an_engine_that_dies_while_it_is_opened_is_given_up(store, brought, monkeypatch):
    monkeypatch.setattr(booth, "MOST_LOST", 3)
    voice = replace(make_voice("bad"), engine="dies")
    with Speaker({"*": voice}, store) as speaker:
        speaker._booths._known[voice.name] = (voice, "none", Traits())
        with pytest.raises(SpeechFailedError, match="SIGKILL"):
            speaker.clip(make_segment("One."))


def test_several_speakers_at_once(tmp_path):
    segments = [make_segment(f"Sentence number {i}.") for i in range(6)]
    store = Store(tmp_path)

    def work(_):
        with Speaker({"*": ENGLISH}, store) as speaker:
            return [replace(speaker.clip(segment), cached=True) for segment in segments]

    with ThreadPoolExecutor(3) as pool:
        first, *others = pool.map(work, range(3))
    assert all(other == first for other in others)


def test_speaking_ahead_gives_the_same_and_knows_what_was_spoken_now(tmp_path):
    segments = [make_segment(f"Sentence number {i % 25}.", id_=f"s{i:04}") for i in range(30)]
    with Speaker({"*": ENGLISH}, Store(tmp_path / "plain")) as speaker:
        plain = [speaker.clip(segment) for segment in segments]
    with Speaker({"*": ENGLISH}, Store(tmp_path / "ahead")) as speaker:
        speaker.prefetch(segments)
        assert [speaker.clip(segment) for segment in segments] == plain
        speaker.prefetch(segments)
        assert all(speaker.clip(segment).cached for segment in segments)
    assert [clip.cached for clip in plain] == [False] * 25 + [True] * 5


def test_speaking_ahead_goes_on_from_what_is_asked_for(tmp_path):
    segments = [make_segment(f"Sentence number {i}.", id_=f"s{i:04}") for i in range(200)]
    store = Store(tmp_path)
    with Speaker({"*": ENGLISH}, store) as speaker:
        speaker.prefetch(segments)
        wait_for(lambda: store.has("clip", speaker.key(segments[AHEAD - 1])))
        assert not store.has("clip", speaker.key(segments[AHEAD + 1]))
        speaker.clip(segments[150])
        wait_for(lambda: store.has("clip", speaker.key(segments[150 + AHEAD])))
        assert not store.has("clip", speaker.key(segments[100]))
        speaker.prefetch(segments[:3])
        assert not speaker.clip(segments[199]).cached


def wait_for(condition):
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_an_error_ahead_is_met_by_whoever_asks_for_the_segment(bad):
    segments = [make_segment("well"), make_segment("then a fault happens"), make_segment("well again")]
    bad.prefetch(segments)
    assert not bad.clip(segments[0]).cached
    with pytest.raises(SpeechFailedError, match="fault"):
        bad.clip(segments[1])
    assert bad.clip(segments[2]).duration > 0


def test_closing_ends_what_is_spoken_ahead(tmp_path):
    before = threading.active_count()
    speaker = Speaker({"*": ENGLISH}, Store(tmp_path))
    speaker.prefetch([make_segment(f"Sentence number {i}.") for i in range(50)])
    speaker.close()
    wait_for(lambda: threading.active_count() <= before + 1)


def test_without_a_cache_nothing_is_spoken_ahead():
    with Speaker({"*": ENGLISH}, None) as speaker:
        speaker.prefetch([make_segment("One.")])
        assert not speaker.clip(make_segment("One.")).cached
