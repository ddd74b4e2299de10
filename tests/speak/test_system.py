"""The system's voices through pyttsx3's own drivers, with the two drivers that run on Linux.

macOS and Windows are not run here: what is theirs alone (that their drivers load and write) is not tested.
"""

import io
import sys
import threading
import time
import wave
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
import soundfile

from articleaudio.errors import EngineError, SpeechFailedError, VoiceError
from articleaudio.speak import Prompt, open_engine
from articleaudio.speak.espeak import driver, system
from articleaudio.speak.espeak.engine import EspeakEngine, driver_name
from articleaudio.speak.espeak.system import SystemEngine
from articleaudio.speak.espeak.written import decode, wait_for
from articleaudio.testing import EngineContract
from articleaudio.workers import Child
from speak.making import make_voice

VOICE = make_voice("pyttsx3", voice="en-US")


class TestThroughFiles(EngineContract):
    """The whole contract, with our driver as pyttsx3's: it writes files as pyttsx3's own do, and always does."""

    voice = VOICE
    timed = False

    def engine(self):
        return SystemEngine(driver.register())


# ── pyttsx3's own driver ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def stock():
    child = Child("speak.stock:open_stock")
    yield lambda *request: child.call(request, deadline=60)
    child.close()


STOCK = make_voice("pyttsx3", voice="gmw/en-us")


@pytest.mark.parametrize("text", ["A ship left the harbour.", "Nobody heard it, and nobody saw it."])
def test_pyttsx3s_own_driver_is_waited_for(stock, text):
    """It writes in a thread of its own, after `runAndWait` has returned, and sometimes nothing at all."""
    sound = stock("speak", Prompt(text), STOCK)
    assert sound.rate == 22_050
    assert 0.03 < sound.duration / len(text) < 0.15
    assert max(abs(np.frombuffer(sound.pcm, "<i2").astype(int))) > 3_000
    assert not sound.exact
    assert not sound.words


def test_voices_are_asked_for_by_id_name_or_language(stock):
    voices = {stock("fingerprint", make_voice("pyttsx3", voice=name)).split()[-1] for name in ("gmw/en-us", "en-us")}
    assert voices == {"gmw/en-us"}
    assert "roa/fr" in stock("fingerprint", replace(make_voice("pyttsx3"), language="fr"))
    with pytest.raises(VoiceError, match="no voice 'tlh'") as caught:
        stock("fingerprint", replace(make_voice("pyttsx3"), language="tlh"))
    assert "gmw/en" in caught.value.hint or "English" in caught.value.hint or "(" in caught.value.hint


# ── choosing ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("platform", "name"), [("darwin", "nsss"), ("win32", "sapi5")])
def test_each_system_has_its_driver(monkeypatch, platform, name):
    monkeypatch.setattr(sys, "platform", platform)
    assert driver_name() == name
    engine = open_engine("pyttsx3")
    with pytest.raises(EngineError, match=f"{name!r} cannot be used here: ModuleNotFoundError") as caught:
        engine.speak(Prompt("text"), VOICE)
    assert caught.value.hint
    assert name in engine.problems(VOICE)
    monkeypatch.setenv("ARTICLEAUDIO_ESPEAK_LIBRARY", "/some/libespeak-ng.so")
    assert isinstance(open_engine("pyttsx3"), EspeakEngine)


@pytest.mark.parametrize(
    ("tag", "asked", "found"),
    [
        ("en_US", "en-us", True),
        ("en-US", "en", True),
        (b"\x05en-us", "en-us", True),
        ("en_GB", "en-us", False),
        ("eng", "en", False),
        (None, "en", False),
    ],
)
def test_language_tags_as_drivers_write_them(tag, asked, found):
    known = [SimpleNamespace(id="x", name="X", languages=[tag])]
    assert system._speaking(known, asked) == (["x"] if found else [])


@pytest.mark.parametrize("volume", ["-1", "101", "loud"])
def test_a_wrong_volume_is_told(volume):
    voice = make_voice("pyttsx3", voice="en-US", volume=volume)
    with pytest.raises(VoiceError, match="volume") as caught:
        SystemEngine(driver.register()).speak(Prompt("text"), voice)
    assert "0 to 100" in caught.value.message


# ── waiting and reading ─────────────────────────────────────────────────────────────────────────────────────────────


def wav_file(seconds=0.2):
    memory = io.BytesIO()
    with wave.open(memory, "wb") as file:
        file.setparams((1, 2, 8_000, 0, "NONE", ""))
        file.writeframes(b"\1\2" * round(seconds * 8_000))
    return memory.getvalue()


def test_a_file_is_waited_for_until_its_header_is_right(tmp_path):
    path, whole = tmp_path / "a.wav", wav_file()

    def write():
        with path.open("wb") as file:
            for part in (whole[:4] + bytes(4) + whole[8:500], whole[500:]):
                time.sleep(0.1)
                file.write(part)
                file.flush()
            time.sleep(0.1)
            file.seek(4)
            file.write(whole[4:8])

    writer = threading.Thread(target=write)
    writer.start()
    wait_for(path, 10.0)
    assert path.read_bytes() == whole
    writer.join()


@pytest.mark.parametrize("content", [None, b"", wav_file(0), wav_file()[:-100], b"no sound at all" * 100])
def test_a_file_that_never_is_whole_is_told(tmp_path, content):
    path = tmp_path / "a.wav"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SpeechFailedError, match="wrote no sound"):
        wait_for(path, 0.1)


@pytest.mark.parametrize("subtype", ["PCM_16", "FLOAT"])
def test_what_macos_writes_is_read(tmp_path, subtype):
    """AIFF, and AIFF-C, which holds floats too."""
    path = tmp_path / "a.aiff"
    samples = np.array([0.0, 0.25, -0.5, 0.125] * 100)
    soundfile.write(path, samples, 22_050, format="AIFF", subtype=subtype)
    wait_for(path, 2.0)
    pcm, rate = decode(path.read_bytes())
    assert rate == 22_050
    assert np.frombuffer(pcm, "<i2").tolist() == (samples * 32_768).astype(int).tolist()


def test_silence_and_nonsense_are_no_sound():
    with pytest.raises(SpeechFailedError, match="no sound"):
        decode(wav_file(0.1).replace(b"\1\2", b"\0\0"))
    with pytest.raises(SpeechFailedError, match="cannot be read"):
        decode(b"FORM" + bytes(100))
