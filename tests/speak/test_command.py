"""Any program as an engine: the contract with two real programs, and what may go wrong with them."""

import json
import shutil
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articleaudio.config import load_voice, voice_folders
from articleaudio.errors import EngineError, SpeechFailedError, VoiceError
from articleaudio.speak import Prompt, Speaker, open_engine
from articleaudio.speak.command import plain
from articleaudio.speak.decode import mp3
from articleaudio.testing import EngineContract
from speak.making import make_segment, make_voice
from speak.services.server import RATE, encoded, spoken

PROGRAM = str(Path(__file__).with_name("wave_program.py"))


def program_voice(*arguments, **options):
    command = [sys.executable, PROGRAM, *arguments]
    return make_voice("command", command=json.dumps(command), **options)


class TestProgram(EngineContract):
    """A program of the tests, which is always here."""

    voice = program_voice("--rate", "{rate}", version='["-I", "--version"]')
    timed = False


@pytest.mark.skipif(not shutil.which("flite"), reason="the program flite is not installed (make ci-deps)")
class TestFlite(EngineContract):
    """A speech program of Debian's, as our profile calls it."""

    voice = load_voice("flite-kal16", voice_folders())
    timed = False


@pytest.mark.skipif(not shutil.which("espeak-ng"), reason="the program espeak-ng is not installed")
class TestEspeakCommand(EngineContract):
    """eSpeak NG's command line, as our profile calls it."""

    voice = load_voice("espeak-command", voice_folders())
    timed = False


def say(text, voice):
    return open_engine("command").speak(Prompt(text), voice)


@pytest.mark.skipif(not shutil.which("flite"), reason="the program flite is not installed (make ci-deps)")
@pytest.mark.parametrize("name", ["flite-slt", "flite-rms", "flite-awb", "flite-kal16"])
def test_every_flite_voice_speaks_at_the_pace_it_is_asked_for(name):
    text = (
        "The harbour board said on Tuesday that the new pier would open in the spring, a year later than planned. "
        "Ferries will keep to the old landing until then, and the road along the water stays closed to lorries."
    )
    voice = load_voice(name, voice_folders())
    sound = say(text, voice)
    assert sound.rate == 16_000
    espeak = open_engine("pyttsx3").speak(Prompt(text), load_voice("en-us", voice_folders()))
    assert sound.duration == pytest.approx(espeak.duration, rel=0.15)  # both at 165 words a minute
    assert not sound.exact


@pytest.mark.parametrize("misdeed", ["zero", "huge"])
def test_a_pipe_leaves_the_sizes_untold(misdeed):
    assert say("one two", program_voice(misdeed)) == say("one two", program_voice())


def test_bare_samples_and_files_are_the_same_sound():
    whole = say("one two", program_voice())
    assert say("one two", program_voice("bare", raw=8_000)) == whole
    assert say("one two", program_voice("-o", "{output}")) == whole


def test_a_text_is_no_option_and_no_file(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("a very long secret that would take very long to say " * 20)
    assert say(f"-f {secret}", program_voice()).duration < say("x " * 20 + str(secret), program_voice()).duration


@pytest.mark.parametrize(
    ("misdeed", "told"),
    [
        ("fails", "exit code 3: no \\[31mvoice in this throat"),
        ("dies", "SIGSEGV"),
        ("says nothing", "gave no sound"),
        ("says noise", "sent a text and no sound: “this is no sound”"),
        ("short", "cut off"),
    ],
)
def test_a_program_that_fails_says_why(misdeed, told):
    with pytest.raises(SpeechFailedError, match=told):
        say("some words", program_voice(misdeed))


def test_a_program_that_writes_no_file_is_told():
    with pytest.raises(SpeechFailedError, match="wrote no file"):
        say("some words", make_voice("command", command=json.dumps([sys.executable, "-c", "pass", "{output}"])))


def test_a_program_that_hangs_is_ended_with_all_it_started(tmp_path):
    note = tmp_path / "pid"
    with pytest.raises(SpeechFailedError, match="took longer than"):
        say("x", program_voice("hangs", "-o", str(note), limit="1.5"))
    pid = int(note.read_text())
    for _ in range(100):
        if not Path(f"/proc/{pid}").exists() or " Z " in Path(f"/proc/{pid}/stat").read_text():
            return
        time.sleep(0.05)
    pytest.fail("what it started is still running")


def test_a_program_that_floods_is_ended(monkeypatch):
    monkeypatch.setattr("articleaudio.speak.command.program.MOST", 4 << 20)
    with pytest.raises(SpeechFailedError, match="more than 4 MB"):
        say("x", program_voice("floods"))


def test_it_is_told_little(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "x")
    monkeypatch.setenv("WANTED", "y")
    with pytest.raises(SpeechFailedError) as caught:
        say("x", program_voice("tells", environment='["WANTED"]'))
    assert "WANTED" in caught.value.message
    assert "SECRET_KEY" not in caught.value.message
    assert "LC_ALL" in caught.value.message


def test_a_program_is_called_by_the_name_it_was_given(tmp_path):
    """Else the Python of a virtual environment would be another, without its packages."""
    link = tmp_path / "another-name"
    link.symlink_to(sys.executable)
    tells = "import sys; sys.exit(sys.orig_argv[0])"
    with pytest.raises(SpeechFailedError, match=r"another-name$"):
        say("x", make_voice("command", command=json.dumps([str(link), "-I", "-c", tells])))


def test_through_speaker_times_are_estimated():
    text = "The ferry left at noon, and nobody waved."
    voice = program_voice()
    with Speaker({"*": voice}, None) as speaker:
        clip = speaker.clip(make_segment(text))
    assert not clip.exact
    assert [text[word.first : word.last] for word in clip.words] == text.rstrip(".").replace(",", "").split()
    assert clip.words[0].start < 0.1
    assert clip.words[-1].end > clip.duration - 0.2


def test_a_missing_program_says_what_to_install():
    voice = make_voice("command", command='["no-such-program"]', install="apt-get install no-such-program")
    engine = open_engine("command")
    for attempt in (lambda: say("x", voice), lambda: engine.fingerprint(voice)):
        with pytest.raises(EngineError, match="no-such-program") as caught:
            attempt()
        assert caught.value.hint == "apt-get install no-such-program"
    assert "apt-get" in engine.problems(voice)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({}, "does not name a program"),
        ({"command": "flite -o x"}, "not a list of texts"),
        ({"command": "[1]"}, "not a list of texts"),
        ({"command": '["a\\u0000b"]'}, "not a list of texts"),
        ({"command": '["flite", "{text}"]'}, "holds {text}"),
        ({"command": '["flite", "{stretch}"]'}, "must be given"),
        ({"command": '["flite"]', "encoding": "morse"}, "no text encoding"),
        ({"command": '["flite"]', "encoding": "base64"}, "no text encoding"),
        ({"command": '["flite"]', "limit": "-1"}, "not a number"),
        ({"command": '["flite"]', "raw": "many"}, "not a number"),
        ({"command": '["flite"]', "random": "perhaps"}, "neither true nor false"),
    ],
)
def test_a_wrong_profile_is_one_clear_error(options, told):
    with pytest.raises(VoiceError) as caught:
        say("x", make_voice("command", **options))
    assert told in caught.value.message
    assert caught.value.hint


def test_traits_are_what_the_profile_says():
    engine = open_engine("command")
    assert engine.traits(program_voice(random="true", dear="true")).random
    assert engine.traits(program_voice(dear="true")).dear
    assert not engine.traits(program_voice()).random


def test_the_fingerprint_knows_program_version_and_files(tmp_path):
    script = tmp_path / "speak"
    shutil.copy(PROGRAM, script)
    model = tmp_path / "model"
    model.write_text("1")
    engine = open_engine("command")

    def fingerprint(**options):
        command = json.dumps([sys.executable, str(script)])
        return engine.fingerprint(make_voice("command", command=command, **options))

    seen = {fingerprint(), fingerprint(files=json.dumps([str(model)])), fingerprint(version='["--version"]')}
    model.write_text("22")
    seen.add(fingerprint(files=json.dumps([str(model)])))
    script.write_text(script.read_text() + "\n")
    seen.add(fingerprint())
    assert len(seen) == 5
    with pytest.raises(EngineError, match="there is no file"):
        fingerprint(files='["/no/such/model"]')


def test_letters_that_the_program_does_not_know():
    assert plain.encoded("Łódź – “naïve” œuvre…", "ascii") == (b'Lodz  -  "naive" oeuvre...', "")
    assert plain.encoded("Łódź", "utf-8") == ("Łódź".encode(), "")
    assert plain.encoded("a Ж b", "latin-1") == (b"a   b", "Ж")
    voice = program_voice(encoding="ascii")
    assert any("Ж" in warning for warning in say("word Ж word", voice).warnings)
    assert not say("word “word”", voice).warnings
    with pytest.raises(SpeechFailedError, match="cannot be told"):
        say("Київ", voice)


@given(st.text())
def test_every_text_can_be_written_in_every_encoding(text):
    for encoding in ("ascii", "latin-1", "cp1251", "utf-8"):
        plain.encoded(plain.clean(text), encoding)[0].decode(encoding)


@pytest.mark.parametrize(
    ("kind", "change", "told"),
    [
        ("wav", lambda file: file + file, "one after the other"),
        ("wav", lambda file: file[:-1], "cut off"),
        ("pcm", lambda file: file[:-1], "break off"),
        ("mp3", lambda file: file[:-100], "breaks off"),
        ("flac", lambda file: file[: len(file) // 2], "FLAC"),
        ("ogg_vorbis", lambda file: file[: len(file) // 2], "breaks off"),
    ],
)
def test_a_program_that_breaks_off_is_found_out(tmp_path, kind, change, told):
    path, sound, raw = tmp_path / "sound", spoken("one two three four"), {}
    if kind == "pcm":
        raw = {"raw": str(RATE)}
    path.write_bytes(change(sound.pcm if raw else encoded(sound, kind)))
    with pytest.raises(SpeechFailedError, match=told):
        say("one", make_voice("command", command=json.dumps(["cat", str(path)]), **raw))


def test_an_mp3_stream_is_heard_to_its_end(tmp_path):
    """Decoders guess the length of a stream without a table by the bit rate of its first frame."""
    sound = spoken("one two three four")
    whole = encoded(sound, "mp3")
    path = tmp_path / "sound"
    path.write_bytes(whole[mp3._frame(whole, 0) :])
    heard = say("one", make_voice("command", command=json.dumps(["cat", str(path)])))
    assert heard.duration == pytest.approx(sound.duration, abs=0.2)


def test_two_voices_of_one_program_are_not_taken_for_each_other():
    """Where no voice is named, the program is told the language."""
    engine = open_engine("command")
    voice = make_voice("command", command=json.dumps(["cat", "{voice}"]))
    assert engine.fingerprint(voice) != engine.fingerprint(replace(voice, language="de"))
    named = replace(voice, options={**voice.options, "voice": "x"})
    assert engine.fingerprint(named) == engine.fingerprint(replace(named, language="de"))


def test_not_in_the_profile_named_option_is_told_before_speaking():
    voice = replace(program_voice(), options={**program_voice().options, "comand": "x"})
    assert "comand" in open_engine("command").problems(voice)
