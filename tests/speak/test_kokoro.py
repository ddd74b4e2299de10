"""Kokoro, with a tiny model that the real package loads and speaks: what is heard is measured in the samples."""

import os
import re
import shutil
import statistics
import subprocess
import sys
import zipfile
from dataclasses import replace
from types import MappingProxyType

import pytest
from kokoro_onnx.config import DEFAULT_VOCAB

from articleaudio.config import each_voice, load_voice, voice_folders
from articleaudio.errors import EngineError, SpeechFailedError, VoiceError
from articleaudio.model import Voice, VoiceFile
from articleaudio.speak import Prompt, open_engine
from articleaudio.speak.places import voice_folder
from articleaudio.testing import EngineContract
from speak import tinyvoice

MODEL = {"model": "tiny.onnx", "voices": "tiny.bin", "voice": "af_one"}
SENTENCE = "In the morning the committee said, without a word of the war, that it had nothing to add."
# As eSpeak NG says it: it joins "In the", "of the" and "that it", and takes the T of "that" for a tap.
SPELLED = re.findall(r"\S+", "ɪn ðə mɔɹnɪŋ ðə kəmɪɾi sɛd wɪðaʊt ɐ wɜd ʌv ðə wɔɹ ðɐɾ ɪt hæd nʌθɪŋ tʊ æd")


def tiny(name="tiny-kokoro", language="en-us", **options):
    return Voice(name, "kokoro", language, options=MappingProxyType({**MODEL, **options}))


def options_language(tag, told):
    """A voice whose profile says in which language phonemes are made."""
    return replace(tiny(language=tag), options=MappingProxyType({**MODEL, "language": told}))


VOICE = tiny()
UNTIMED = tiny("tiny-untimed")


@pytest.fixture(scope="module", autouse=True)
def data(tmp_path_factory):
    """A data folder with the tiny models, for this file's tests."""
    before = os.environ.get("XDG_DATA_HOME")
    os.environ["XDG_DATA_HOME"] = str(tmp_path_factory.mktemp("data"))
    tinyvoice.make_kokoro(voice_folder("tiny-kokoro"))
    tinyvoice.make_kokoro(voice_folder("tiny-untimed"), timed=False)
    tinyvoice.make_piper(voice_folder("tiny-piper"))
    yield
    if before is None:
        del os.environ["XDG_DATA_HOME"]
    else:
        os.environ["XDG_DATA_HOME"] = before


@pytest.fixture(scope="module")
def symbols():
    found = ["_"] * (max(DEFAULT_VOCAB.values()) + 1)
    for symbol, at in DEFAULT_VOCAB.items():
        found[at] = symbol
    return found


@pytest.fixture(scope="module")
def engine():
    return open_engine("kokoro")


def say(engine, text, voice=VOICE, phonemes=()):
    return engine.speak(Prompt(text, phonemes=tuple(phonemes)), voice)


def spelled(sound, symbols, pitch=1.0):
    return "".join(tone.symbol for tone in tinyvoice.hear(sound, symbols, pitch=pitch))


class TestTimed(EngineContract):
    voice = VOICE
    long_text = "The committee said that nothing would change. " * 20


class TestUntimed(EngineContract):
    voice = UNTIMED
    long_text = "The committee said that nothing would change. " * 20


class TestSpanish(EngineContract):
    voice = tiny(language="es", voice="bf_two")
    sentence = "El comité dijo el martes que nada cambiaría antes del verano."
    long_text = "El comité dijo el martes que nada cambiaría antes del verano. " * 12


def test_words_are_told_where_their_tones_are_heard(engine, symbols):
    """The truth is measured: the tones say which letter sounds when, and the letters of each word are written above."""
    sound = say(engine, SENTENCE)
    onsets = tinyvoice.onsets(tinyvoice.hear(sound, symbols), SPELLED)
    told = {event.first: event.start for event in sound.words}
    places = [match.start() for match in re.finditer(r"\w+", SENTENCE)]
    assert sorted(told) == places
    errors = [abs(told[place] - onset) for place, onset in zip(places, onsets, strict=True)]
    assert statistics.median(errors) <= 0.010
    assert max(errors) <= 0.040
    assert sound.exact


def test_an_export_without_durations_gives_estimates(engine):
    """They say so, lie in the same sound, and are not far off."""
    sound, truth = say(engine, SENTENCE, UNTIMED), say(engine, SENTENCE)
    assert sound.pcm == truth.pcm
    assert not sound.exact
    assert [event.first for event in sound.words] == [event.first for event in truth.words]
    assert max(abs(a.start - b.start) for a, b in zip(sound.words, truth.words, strict=True)) < 0.5


def test_texts_of_more_phonemes_than_the_model_takes_are_spoken_whole(engine, symbols):
    """It takes 510 at once; nothing is lost at the joints, and the words after them are still where they are."""
    words = ["nothing", "morning"] * 120
    sound = say(engine, " ".join(words))
    heard = tinyvoice.hear(sound, symbols)
    letters = "".join(tone.symbol for tone in heard)
    assert letters.count("nʌθɪŋ") == letters.count("mɔɹnɪŋ") == 120
    onsets = tinyvoice.onsets(heard, ["nʌθɪŋ", "mɔɹnɪŋ"] * 120)
    assert len(sound.words) == 240
    assert max(abs(event.start - onset) for event, onset in zip(sound.words, onsets, strict=True)) < 0.040


def test_a_word_longer_than_the_model_takes_is_spoken_whole(engine, symbols):
    sound = say(engine, "X", phonemes=[(0, 1, "ta" * 600)])
    assert spelled(sound, symbols) == "ta" * 600
    assert len(sound.words) == 1


def test_voices_are_told_by_name(engine, symbols):
    assert spelled(say(engine, "Nothing."), symbols) == "nʌθɪŋ"
    assert spelled(say(engine, "Nothing.", tiny(voice="bf_two")), symbols, 1.5) == "nʌθɪŋ"
    with pytest.raises(VoiceError, match="no voice 'af_none'") as refused:
        say(engine, "Nothing.", tiny(voice="af_none"))
    assert "af_one, bf_two" in refused.value.hint
    unsaid = replace(VOICE, options=MappingProxyType({key: MODEL[key] for key in ("model", "voices")}))
    assert "does not say which of Kokoro's it is" in engine.problems(unsaid)


def test_the_rate_is_that_of_the_profile(engine):
    natural, fast = (say(engine, SENTENCE, replace(VOICE, rate=rate)) for rate in (165, 330))
    assert fast.duration == pytest.approx(natural.duration / 2, rel=0.25)
    assert say(engine, SENTENCE, replace(tiny(natural_rate="180"), rate=180)) == natural
    for rate in (80, 400):
        with pytest.raises(VoiceError, match=f"cannot speak {rate} words a minute") as refused:
            say(engine, SENTENCE, replace(VOICE, rate=rate))
        assert "between 83 and 330" in refused.value.hint


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("en-US", "water", "wɔɾɚ"),
        ("en-GB", "water", "wɔtə"),
        ("es-MX", "agua", "aɣwa"),
        ("it", "acqua", "akwa"),
        ("pt-BR", "água", "aɡwæ"),
    ],
)
def test_phonemes_are_made_in_the_language_of_the_profile(engine, symbols, language, text, said):
    assert spelled(say(engine, text, tiny(language=language)), symbols) == said


def test_foreign_words_are_said_without_notes_of_their_language(engine, symbols):
    """eSpeak NG marks them "(en)" and "(fr)"; said aloud these would be letters that nobody wrote."""
    sound = say(engine, "le football, the weekend", tiny(language="fr"))
    assert spelled(sound, symbols) == "ləfʊtbɔlðəwikɛnd"


def test_sounds_that_the_model_does_not_have_are_warned_of(engine):
    """Welsh has one."""
    assert any("ɬ" in warning for warning in say(engine, "Llanelli", options_language("cy", "cy")).warnings)
    assert say(engine, "« le temps — la-bas »", tiny(language="fr")).warnings == ()


def test_languages_that_it_cannot_read_are_refused(engine):
    for language in ("uk", "ja", "zh-CN"):
        assert "Kokoro does not speak" in engine.problems(tiny(language=language))
        with pytest.raises(VoiceError, match="Kokoro does not speak"):
            say(engine, "Nothing.", tiny(language=language))
    assert say(engine, "Nichts.", options_language("de", "de")).words
    with pytest.raises(EngineError, match="no phonemes can be made in 'tlh'"):
        say(engine, "Nothing.", options_language("en", "tlh"))


def test_phonemes_are_spoken(engine, symbols):
    text = "Mr. Zelenskyy, said so."
    sound = say(engine, text, phonemes=[(4, 13, "zəˈlɛnski")])
    heard = tinyvoice.hear(sound, symbols)
    at = "".join(tone.symbol for tone in heard).index("zəlɛnski")
    told = {text[event.first : event.last]: event for event in sound.words}
    assert list(told) == ["Mr", "Zelenskyy", "said", "so"]
    assert abs(told["Zelenskyy"].start - heard[at].start) < 0.040
    assert "zəlɛnski" not in spelled(say(engine, text), symbols)
    assert spelled(say(engine, "X", phonemes=[(0, 1, "t͡ʃa.ɡa")]), symbols) == "tʃaɡa"
    assert spelled(say(engine, "X", phonemes=[(0, 1, "gara")]), symbols) == "ɡaɹa"


def test_phonemes_that_the_model_does_not_have_leave_the_written_word(engine, symbols):
    sound = say(engine, "Nothing.", phonemes=[(0, 7, "ʘ☃")])
    assert spelled(sound, symbols) == "nʌθɪŋ"
    assert "'ʘ☃'" in sound.warnings[0]


@pytest.mark.parametrize("text", ["before [[h@l'oU]] after", "[[[[a]]]] b"])
def test_double_brackets_in_an_article_are_text(engine, text):
    assert say(engine, text).pcm == say(engine, text.replace("[", " ").replace("]", " ")).pcm


def test_one_session_is_used_again():
    opened = open_engine("kokoro")
    say(opened, "Nothing.")
    kept = list(opened._models._open.values())
    say(opened, "Something.", tiny(voice="bf_two"))
    assert len(kept) == 1
    assert list(opened._models._open.values()) == kept


def test_a_model_that_draws_no_noise_is_not_random(engine):
    assert not engine.traits(VOICE).random
    assert engine.traits(VOICE).dear


@pytest.fixture
def broken():
    """A voice whose files a test may spoil."""
    folder = voice_folder("broken")
    shutil.copytree(voice_folder("tiny-kokoro"), folder, dirs_exist_ok=True)
    yield tiny("broken"), folder
    shutil.rmtree(folder)


def test_missing_files_are_told_with_how_to_get_them(engine):
    files = (VoiceFile("k.onnx", "https://example.org/k.onnx"), VoiceFile("v.bin", "https://example.org/v.bin"))
    voice = Voice("absent", "kokoro", "en-us", options=MappingProxyType({"voice": "af_one"}), files=files)
    with pytest.raises(VoiceError, match=r"absent/k\.onnx") as refused:
        engine.fingerprint(voice)
    assert "articleaudio voices install absent" in refused.value.hint
    assert "voices install absent" in engine.problems(voice)


@pytest.mark.parametrize("spoil", [b"", b"not a model"])
def test_a_damaged_model_is_told(engine, broken, spoil):
    voice, folder = broken
    (folder / "tiny.onnx").write_bytes(spoil)
    with pytest.raises(EngineError, match="its model is damaged") as refused:
        say(engine, "Nothing.", voice)
    assert "articleaudio voices install broken" in refused.value.hint


def test_a_model_of_another_kind_is_told(engine, broken):
    voice, folder = broken
    tinyvoice.make_piper(folder)
    with pytest.raises(EngineError, match="not the inputs of a Kokoro model"):
        say(engine, "Nothing.", voice)


def test_a_damaged_file_of_voices_is_told(engine, broken):
    voice, folder = broken
    (folder / "tiny.bin").write_bytes(b"no archive")
    assert "the file of voices tiny.bin is damaged" in engine.problems(voice)
    with zipfile.ZipFile(folder / "tiny.bin", "w") as archive:
        archive.writestr("af_one.npy", b"no array")
    with pytest.raises((EngineError, SpeechFailedError)):
        say(engine, "Nothing.", voice)


def test_changed_files_change_the_fingerprint(engine, broken):
    voice, folder = broken
    before = engine.fingerprint(voice)
    tinyvoice.make_kokoro(folder, timed=False)
    assert engine.fingerprint(voice) != before


def test_looking_at_a_voice_loads_neither_numpy_nor_onnxruntime():
    asked = (
        "import sys; from articleaudio.speak import open_engine; from articleaudio.model import Voice\n"
        f"v = Voice('tiny-kokoro', 'kokoro', 'en', options={MODEL!r}); e = open_engine('kokoro')\n"
        "e.fingerprint(v); e.traits(v); assert e.problems(v) is None\n"
        "assert not {'numpy', 'onnxruntime', 'kokoro_onnx', 'phonemizer'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", asked], check=True)


def test_without_the_package_it_says_what_to_install():
    hidden = (
        "import importlib.metadata as m; real = m.version\n"
        "def version(name):\n"
        "    if name == 'kokoro-onnx': raise m.PackageNotFoundError(name)\n"
        "    return real(name)\n"
        "m.version = version\n"
        "from articleaudio.speak import open_engine; from articleaudio.model import Voice\n"
        "print(open_engine('kokoro').problems(Voice('x', 'kokoro', 'en', options={'model': 'x.onnx'})))"
    )
    told = subprocess.run([sys.executable, "-c", hidden], capture_output=True, text=True, check=True).stdout
    assert "pip install 'articleaudio[kokoro]'" in told


TURNS = """
import hashlib, sys
from articleaudio.config import load_voice, voice_folders
from articleaudio.model import Voice
from articleaudio.speak import Prompt
from articleaudio.speak.worker import Request, open_worker
handle = open_worker()
TEXT = "Nothing would change, he said, in the morning; not for us, not for you."
espeak = load_voice("en-us", voice_folders())
piper = Voice("tiny-piper", "piper", "en-us", options={"model": "tiny.onnx", "noise_scale": "0", "noise_w": "0"})
kokoro = Voice("tiny-kokoro", "kokoro", "en-us", options={
    "model": "tiny.onnx", "voices": "tiny.bin", "voice": "af_one"
})
def turn(voice):
    entry = handle(Request(voice.engine, Prompt(TEXT), voice), lambda _: None)
    print(voice.engine, hashlib.sha256(entry).hexdigest())
for name in sys.argv[1:]:
    turn({"pyttsx3": espeak, "piper": piper, "kokoro": kokoro}[name])
"""


def turns(*engines):
    """Hashes of what one worker speaks with engines in turn, in a process of its own."""
    done = subprocess.run([sys.executable, "-c", TURNS, *engines], capture_output=True, text=True, check=True)
    return [line.split() for line in done.stdout.splitlines()]


def test_three_engines_in_one_worker_do_not_disturb_each_other():
    """All three bring eSpeak NG; the engine pyttsx3 needs its library afresh for each text."""
    alone = dict(pair for name in ("pyttsx3", "piper", "kokoro") for pair in turns(name))
    order = ["pyttsx3", "piper", "pyttsx3", "kokoro", "pyttsx3", "piper", "kokoro", "pyttsx3"]
    assert turns(*order) == [[name, alone[name]] for name in order]


def test_the_profiles_that_are_shipped_are_whole(engine):
    voices = [voice for voice in each_voice(voice_folders()) if voice.engine == "kokoro"]
    assert len(voices) >= 2
    for voice in voices:
        assert f"voices install {voice.name}" in engine.problems(voice)
        assert voice.digital_source_type.endswith("/trainedAlgorithmicMedia")
        assert "Apache-2.0" in voice.licence
        assert load_voice(voice.name, voice_folders()) == voice
