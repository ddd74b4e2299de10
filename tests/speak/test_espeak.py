"""eSpeak NG through pyttsx3: the contract, and what is its own."""

import _ctypes
import array
import ctypes
import io
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
import wave
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from articleaudio.config import each_voice, load_voice, voice_folders
from articleaudio.errors import EngineError, SpeechFailedError, VoiceError
from articleaudio.speak import Prompt, open_engine
from articleaudio.speak.espeak import driver, installation
from articleaudio.speak.espeak.binding import version
from articleaudio.speak.espeak.engine import EspeakEngine
from articleaudio.speak.espeak.installation import Installation, find_installation
from articleaudio.speak.render import render
from articleaudio.testing import EngineContract
from speak.making import make_segment, make_voice

FOLDERS = voice_folders()
ENGLISH = load_voice("en-us", FOLDERS)
SENTENCE = "In the morning the committee said, without a word of the war, that it had nothing to add."


class TestEnglish(EngineContract):
    voice = ENGLISH
    long_text = "The committee said on Tuesday that nothing would change before the summer. " * 300


class TestVariant(EngineContract):
    voice = load_voice("en-us-f3", FOLDERS)


class TestUkrainian(EngineContract):
    voice = load_voice("uk", FOLDERS)
    sentence = "Комітет повідомив у вівторок, що до літа нічого не зміниться."
    long_text = "Комітет повідомив у вівторок, що до літа нічого не зміниться. " * 20


def say(text, voice=ENGLISH, engine=None):
    return (engine or EspeakEngine()).speak(Prompt(text), voice)


RAW = """
import ctypes, sys
library, data, voice, rate, text = sys.argv[1:]
lib = ctypes.CDLL(library)
assert lib.espeak_Initialize(2, 0, data.encode(), 0x8000) == 22050
lib.espeak_ng_SetRandSeed(ctypes.c_long(1))
ctypes.CDLL(None).srand(1)
pcm = bytearray()
def collect(samples, count, events):
    pcm.extend(ctypes.string_at(samples, count * 2) if count > 0 else b"")
    return 0
callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)(collect)
lib.espeak_SetSynthCallback(callback)
assert lib.espeak_SetVoiceByName(voice.encode()) == 0
lib.espeak_SetParameter(1, int(rate), 0)
lib.espeak_Synth(text.encode(), ctypes.c_size_t(len(text.encode()) + 1), 0, 0, 0, 1, None, None)
sys.stdout.buffer.write(pcm)
"""


def raw(text, voice, rate):
    """What the library itself says in a process of its own, the voice chosen by its name."""
    found = find_installation()
    start = [sys.executable, "-c", RAW, str(found.library), str(found.data), voice, str(rate), text]
    return subprocess.run(start, capture_output=True, check=True).stdout


@pytest.mark.parametrize(
    ("ours", "theirs"), [("en-us", "en-us"), ("en-us+f3", "en-us+f3"), ("en-gb", "gmw/en"), ("uk", "uk"), ("pl", "pl")]
)
@pytest.mark.parametrize("text", [SENTENCE, "Kyiv, Київ, Ελλάδα and 東京 on 5 May: 12,5 %; naïve café?"])
def test_sounds_exactly_as_the_library_alone_in_a_fresh_process(ours, theirs, text):
    voice = replace(make_voice("pyttsx3", voice=ours), rate=172)
    engine = EspeakEngine()
    say(
        "Something else, in another voice, came before.", make_voice("pyttsx3", voice="de", pitch=80, volume=50), engine
    )
    assert say(text, voice, engine).pcm == raw(text, theirs, 172)


def test_breathy_voices_hang_on_neither_clock_nor_chance():
    """Their noise is random: eSpeak NG 1.52 seeds it with the second, and some of it comes from C's `rand`."""
    engine = EspeakEngine()
    voices = [make_voice("pyttsx3", voice="en-us", variant=variant) for variant in ("f3", "whisper", "caleb", "Reed")]
    first = [say(SENTENCE, voice, engine) for voice in voices]
    time.sleep(1.1)
    libc = ctypes.CDLL(None)
    for voice, sound in reversed(list(zip(voices, first, strict=True))):
        libc.rand()
        assert say(SENTENCE, voice, engine) == sound


def test_settings_of_the_voice_before_do_not_stay():
    engine = EspeakEngine()
    first = say(SENTENCE, engine=engine)
    for options in ({"pitch": 80}, {"range": 5}, {"volume": 40}, {"gap": 20}, {"variant": "m2"}, {"voice": "uk"}):
        other = say(SENTENCE, make_voice("pyttsx3", **{"voice": "en-us", **options}), engine)
        assert other.pcm != first.pcm, options
        assert say(SENTENCE, engine=engine) == first


def test_a_failed_text_leaves_no_trace():
    engine = EspeakEngine()
    first = say(SENTENCE, engine=engine)
    for voice in (make_voice("pyttsx3", voice="tlh"), replace(ENGLISH, rate=1), make_voice("pyttsx3", nonsense=1)):
        with pytest.raises(VoiceError):
            say(SENTENCE, voice, engine)
    with pytest.raises(SpeechFailedError):
        say("\0", engine=engine)
    assert say(SENTENCE, engine=engine) == first


def peak(sound):
    return max(map(abs, array.array("h", sound.pcm)))


def test_volume_is_linear_and_gap_is_heard():
    full = say(SENTENCE, make_voice("pyttsx3", voice="en-us"))
    half = say(SENTENCE, make_voice("pyttsx3", voice="en-us", volume=50))
    assert peak(half) / peak(full) == pytest.approx(0.5, abs=0.02)
    assert say(SENTENCE, make_voice("pyttsx3", voice="en-us", gap=10)).duration > full.duration + 1


@pytest.mark.parametrize("voice", [v for v in each_voice(FOLDERS) if v.engine == "pyttsx3"], ids=lambda v: v.name)
def test_every_profile_speaks_and_does_not_clip(voice):
    engine = open_engine("pyttsx3")
    assert engine.problems(voice) is None
    text = {
        "uk": "Комітет повідомив у вівторок, що до літа нічого не зміниться. Чому? Через війну!",
        "de": "Der Ausschuss sagte am Dienstag, dass sich nichts ändern werde. Warum? Wegen des Krieges!",
        "fr": "Le comité a déclaré mardi que rien ne changerait avant l'été. Pourquoi ? À cause de la guerre !",
        "es": "El comité dijo el martes que nada cambiaría antes del verano. ¿Por qué? ¡Por la guerra!",
        "pl": "Komitet oświadczył we wtorek, że nic się nie zmieni. Dlaczego? Z powodu wojny!",
    }.get(voice.language, f"{SENTENCE} Why? Because of the war!")
    sound = say(text, voice, engine)
    assert sound.duration > 3
    assert 8_000 < peak(sound) < 32_000


def test_eight_thousand_words_are_all_there():
    words = ["report", "number", "nine", "says", "many", "people", "came", "home", "early", "today"] * 800
    sound = say(" ".join(words))
    begun = {word.first for word in sound.words}
    starts = [0]
    for word in words[:-1]:
        starts.append(starts[-1] + len(word) + 1)
    assert len(begun.intersection(starts)) > 0.95 * len(words)
    assert sound.words[-1].last == len(" ".join(words))
    assert sound.duration == pytest.approx(len(words) * 60 / 165, rel=0.25)


def test_twenty_thousand_characters_without_a_space():
    assert say("ab" * 10_000).duration > 100


@pytest.mark.parametrize("word", ["z" * 300, "aeb" * 200, "5" * 200])
def test_a_word_without_end_is_said_to_its_end(word):
    half, whole = (say(render(make_segment(part)).text) for part in (word[: len(word) // 2], word))
    assert whole.duration == pytest.approx(2 * half.duration, rel=0.1)


def test_a_word_begins_where_it_is_heard():
    """Words after pauses: their first sounding sample, found in the audio, against the event."""
    text = "one, again, morning, every, under, able, later, never, only, islands, over, all, animals, elephants, begin."
    sound = say(text)
    samples = array.array("h", sound.pcm)
    errors = []
    for before, word in pairwise(sound.words):
        at = round(before.end * sound.rate)
        assert not any(samples[at : at + 1_000]), "the pause is silent, so the word before has ended"
        onset = next(i for i in range(at, len(samples)) if abs(samples[i]) > 500)
        errors.append(abs(onset / sound.rate - word.start))
    assert len(errors) == text.count(",")
    assert statistics.median(errors) <= 0.005
    assert max(errors) <= 0.015


def test_positions_are_characters_whatever_their_width():
    text = "😀 Київ, naïve 東 word 👩‍👩‍👧 end"
    spans = [text[word.first : word.last] for word in say(text).words]
    assert {"Київ", "naïve", "word", "end"} <= set(spans)


# ── pyttsx3's side ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def pyttsx3_engine():
    import pyttsx3  # noqa: PLC0415 -- imported where the engine imports it

    engine = pyttsx3.Engine(driver.register())
    engine.setProperty("voice", "en-us")
    return engine


def test_the_driver_is_a_pyttsx3_driver(pyttsx3_engine, tmp_path):
    heard = []
    for topic in ("started-utterance", "started-word", "finished-utterance", "error"):
        pyttsx3_engine.connect(topic, lambda topic=topic, **values: heard.append((topic, values)))
    memory = io.BytesIO()
    pyttsx3_engine.setProperty("rate", 165)
    pyttsx3_engine.save_to_file("Two words.", str(tmp_path / "a.wav"))
    pyttsx3_engine.save_to_file("Two words.", memory)
    pyttsx3_engine.runAndWait()
    assert [topic for topic, _ in heard] == [
        "started-utterance",
        "started-word",
        "started-word",
        "finished-utterance",
    ] * 2
    assert heard[2][1]["location"] == 4
    assert heard[3][1]["completed"]
    assert (tmp_path / "a.wav").read_bytes() == memory.getvalue()
    with wave.open(str(tmp_path / "a.wav")) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 22_050)
        assert file.readframes(file.getnframes()) == raw("Two words.", "en-us", 165)


def test_properties_can_be_read_back(pyttsx3_engine):
    for name, value in {"rate": 150, "volume": 0.5, "pitch": 40}.items():
        pyttsx3_engine.setProperty(name, value)
    pyttsx3_engine.runAndWait()
    assert pyttsx3_engine.getProperty("rate") == 150
    assert pyttsx3_engine.getProperty("volume") == 0.5
    assert pyttsx3_engine.getProperty("voice") == "en-US"
    assert {"en-US", "uk", "de"} <= {voice.id for voice in pyttsx3_engine.getProperty("voices")}
    with pytest.raises(KeyError):
        pyttsx3_engine.getProperty("colour")


@pytest.mark.parametrize(
    "command",
    [
        lambda engine: engine.setProperty("colour", 1),
        lambda engine: engine.setProperty("voice", "tlh"),
        lambda engine: engine.setProperty("rate", 5),
        lambda engine: engine.say("aloud"),
        lambda engine: engine.save_to_file("text", "/nonexistent/folder/a.wav"),
    ],
)
def test_errors_are_events_and_the_loop_ends(pyttsx3_engine, command):
    errors = []
    pyttsx3_engine.connect("error", lambda exception, **_: errors.append(exception))
    command(pyttsx3_engine)
    pyttsx3_engine.runAndWait()
    assert len(errors) == 1


def test_without_a_voice_the_driver_says_so():
    class Proxy:
        def notify(self, topic, **values):
            raise AssertionError

    with pytest.raises(VoiceError, match="no voice is set"):
        driver.buildDriver(Proxy()).save_to_file("text", io.BytesIO())


# ── where the library is ────────────────────────────────────────────────────────────────────────────────────────────


def test_the_library_of_the_wheel_is_found():
    found = find_installation()
    assert "espeakng_loader" in str(found.library)
    assert (found.data / "phontab").is_file()
    assert re.fullmatch(r"\d+\.\d+(\.\d+)?(-dev)?", version(found.library))


def test_the_environment_names_another(monkeypatch, tmp_path):
    wheel = find_installation()
    library = tmp_path / "libespeak-ng.so.1"
    shutil.copy(wheel.library, library)
    monkeypatch.setenv("ARTICLEAUDIO_ESPEAK_LIBRARY", str(library))
    with pytest.raises(EngineError, match="data of eSpeak NG is missing"):
        find_installation()
    (tmp_path / "espeak-ng-data").symlink_to(wheel.data)
    assert find_installation() == Installation(library, tmp_path / "espeak-ng-data")
    monkeypatch.setenv("ARTICLEAUDIO_ESPEAK_DATA", str(wheel.data.parent))
    assert find_installation() == Installation(library, wheel.data)
    assert say(SENTENCE).pcm == say(SENTENCE).pcm


def test_a_folder_with_a_long_name_is_no_problem(monkeypatch, tmp_path):
    """The library cuts paths at 160 bytes."""
    deep = tmp_path / ("Deep Folder " * 16) / "x" / "espeak-ng-data"
    deep.parent.mkdir(parents=True)
    deep.symlink_to(find_installation().data)
    before = say(SENTENCE)
    monkeypatch.setenv("ARTICLEAUDIO_ESPEAK_DATA", str(deep))
    assert say(SENTENCE) == before


@pytest.mark.parametrize("content", [None, b"not a library", b"\x7fELF"])
def test_a_missing_or_broken_library_is_one_clear_error(monkeypatch, tmp_path, content):
    library = tmp_path / "libespeak-ng.so"
    if content is not None:
        library.write_bytes(content)
    monkeypatch.setenv("ARTICLEAUDIO_ESPEAK_LIBRARY", str(library))
    monkeypatch.setenv("ARTICLEAUDIO_ESPEAK_DATA", str(find_data()))
    for attempt in (lambda: EspeakEngine().fingerprint(ENGLISH), lambda: say(SENTENCE)):
        with pytest.raises(EngineError, match="library") as caught:
            attempt()
        assert caught.value.hint
        assert caught.value.exit_code == 4
    assert str(library) in EspeakEngine().problems(ENGLISH)


def find_data():
    import espeakng_loader  # noqa: PLC0415 -- as the module under test

    return espeakng_loader.get_data_path()


def test_broken_data_is_one_clear_error_and_the_process_lives(monkeypatch, tmp_path):
    shutil.copytree(find_data(), tmp_path / "espeak-ng-data")
    monkeypatch.setenv("ARTICLEAUDIO_ESPEAK_DATA", str(tmp_path / "espeak-ng-data"))
    (tmp_path / "espeak-ng-data" / "phondata").unlink()
    with pytest.raises(EngineError, match="cannot use its data") as caught:
        say(SENTENCE)
    assert str(tmp_path) in caught.value.message


def test_the_wheel_is_missing(monkeypatch):
    installation._find.cache_clear()
    monkeypatch.setitem(sys.modules, "espeakng_loader", None)
    with pytest.raises(EngineError, match="missing") as caught:
        find_installation()
    assert "pip install espeakng-loader" in caught.value.hint


def test_a_library_that_somebody_else_holds_is_refused():
    held = ctypes.CDLL(str(find_installation().library))
    try:
        with pytest.raises(EngineError, match="something else in this process"):
            say(SENTENCE)
    finally:
        _ctypes.dlclose(held._handle)
    assert say(SENTENCE).pcm


@pytest.mark.parametrize(
    ("name", "file", "variant"),
    [
        ("en-us", "lang/gmw/en-US", ""),
        ("EN-US", "lang/gmw/en-US", ""),
        ("gmw/en-us", "lang/gmw/en-US", ""),
        ("en-gb", "lang/gmw/en", ""),
        ("English (America)", "lang/gmw/en-US", ""),
        ("uk", "lang/zle/uk", ""),
        ("fr-fr", "lang/roa/fr", ""),
        ("en-us+f3", "lang/gmw/en-US", "f3"),
        ("de+Annie", "lang/gmw/de", "Annie"),
    ],
)
def test_voices_are_found_as_people_call_them(name, file, variant):
    found = find_installation()
    voice = found.voice(name)
    assert voice.path.relative_to(found.data).as_posix() == file
    assert voice.variant == variant


@pytest.mark.parametrize("name", ["", "tlh", "en-us+nobody", "en-us+../../phontab", "../../etc/passwd", "en-us+"])
def test_voices_that_are_not_there_are_told(name):
    found = find_installation()
    if name == "en-us+":
        assert found.voice(name).variant == ""
        return
    with pytest.raises(VoiceError) as caught:
        found.voice(name)
    assert caught.value.hint


def test_the_fingerprint_knows_what_changes_the_sound(monkeypatch, tmp_path):
    shutil.copytree(find_data(), tmp_path / "data")
    monkeypatch.setenv("ARTICLEAUDIO_ESPEAK_DATA", str(tmp_path / "data"))

    def fingerprint(**options):
        return EspeakEngine().fingerprint(make_voice("pyttsx3", **{"voice": "en-us", **options}))

    plain = fingerprint()
    assert "espeak-ng 1." in plain
    seen = {plain, fingerprint(variant="f3"), fingerprint(voice="uk")}
    assert len(seen) == 3
    for name in ("phondata", "intonations", "en_dict", "lang/gmw/en-US"):
        path = tmp_path / "data" / name
        before = path.read_bytes()
        path.write_bytes(before[:-1] + bytes([before[-1] ^ 1]))
        assert fingerprint() not in seen, name
        path.write_bytes(before)
        os.utime(path)
        assert fingerprint() == plain
    (tmp_path / "data" / "ru_dict").write_bytes(b"another size")
    assert fingerprint() != plain
    assert Path(find_installation().data) == tmp_path / "data"
