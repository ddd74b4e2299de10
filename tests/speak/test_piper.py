"""Piper, with tiny voices that the real package loads and speaks: what is heard is measured in the samples."""

import array
import contextlib
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articleaudio.config import each_voice, load_voice, voice_folders
from articleaudio.errors import EngineError, SpeechFailedError, VoiceError
from articleaudio.model import Voice, VoiceFile
from articleaudio.speak import Prompt, Speaker, open_engine
from articleaudio.speak.booths import Booths
from articleaudio.speak.neural import memo
from articleaudio.speak.neural.align import Heard, word_events
from articleaudio.speak.neural.files import facts
from articleaudio.speak.neural.memo import remembered
from articleaudio.speak.neural.script import Word, is_letter, pieces, script
from articleaudio.speak.neural.session import Models
from articleaudio.speak.neural.take import Take
from articleaudio.speak.piper.config import _RULES
from articleaudio.speak.places import voice_folder
from articleaudio.speak.worker import Request
from articleaudio.store import Store
from articleaudio.testing import EngineContract
from speak import tinyvoice
from speak.making import make_segment

QUIET = {"model": "tiny.onnx", "noise_scale": "0", "noise_w": "0"}
SENTENCE = "In the morning the committee said, without a word of the war, that it had nothing to add."
# As eSpeak NG says it: it joins "In the", "of the" and "that it", and takes the T of "that" for a tap.
SPELLED = re.findall(r"\S+", "ɪn ðə mɔɹnɪŋ ðə kəmɪɾi sɛd wɪðaʊt ɐ wɜd ʌv ðə wɔɹ ðɐɾ ɪt hæd nʌθɪŋ tʊ æd")


def tiny(name="tiny-piper", language="en-us", **options):
    return Voice(name, "piper", language, options=MappingProxyType({**QUIET, **options}))


VOICE = tiny()


@pytest.fixture(scope="module", autouse=True)
def data(tmp_path_factory):
    """A data folder with the tiny voices, for this file's tests."""
    before = os.environ.get("XDG_DATA_HOME")
    os.environ["XDG_DATA_HOME"] = str(tmp_path_factory.mktemp("data"))
    tinyvoice.make_piper(voice_folder("tiny-piper"))
    tinyvoice.make_piper(voice_folder("tiny-two"), speakers=2)
    tinyvoice.make_piper(voice_folder("tiny-uk"), espeak="uk")
    letters = list("_^$ абвгґдеєжзиіїйклмнопрстуфхцчшщьюя.,!?-'\u0301\u0306\u0308")
    tinyvoice.make_piper(voice_folder("tiny-text"), espeak="uk", kind="text", symbols=letters)
    yield
    if before is None:
        del os.environ["XDG_DATA_HOME"]
    else:
        os.environ["XDG_DATA_HOME"] = before


@pytest.fixture
def symbols():
    return list(json.loads((voice_folder("tiny-piper") / "tiny.onnx.json").read_text("utf-8"))["phoneme_id_map"])


@pytest.fixture(scope="module")
def engine():
    return open_engine("piper")


def say(engine, text, voice=VOICE, phonemes=()):
    return engine.speak(Prompt(text, phonemes=tuple(phonemes)), voice)


def spelled(sound, symbols, pitch=1.0):
    return "".join(tone.symbol for tone in tinyvoice.hear(sound, symbols, pitch=pitch))


class TestEnglish(EngineContract):
    voice = VOICE
    long_text = "The committee said that nothing would change. " * 12


class TestUkrainian(EngineContract):
    voice = tiny("tiny-uk", "uk")
    sentence = "Комітет повідомив у вівторок, що до літа нічого не зміниться."
    long_text = "Комітет повідомив у вівторок, що до літа нічого не зміниться. " * 8


class TestTwoSpeakers(EngineContract):
    voice = tiny("tiny-two", speaker="speaker1")
    long_text = "The committee said that nothing would change. " * 12


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


def test_words_joined_by_the_voice_are_told_apart(engine):
    text = "Out of the blue, a lot of it was kind of a mess in the end."
    sound = say(engine, text)
    assert [text[event.first : event.last] for event in sound.words] == re.findall(r"\w+", text)
    assert all(before.end <= after.start + 1e-9 for before, after in zip(sound.words, sound.words[1:], strict=False))


def test_figures_and_abbreviations_keep_their_neighbours_in_place(engine, symbols):
    """One written word is said in many: the words after it are still told where they are."""
    text = "It paid 15,342 euros to the U.S. in 1999, well-known Dr. Smith said."
    sound = say(engine, text)
    told = {text[event.first : event.last]: event for event in sound.words}
    heard = tinyvoice.hear(sound, symbols)
    letters = "".join(tone.symbol for tone in heard)
    for word, spelling in {"euros": "jʊɹoʊz", "well-known": "wɛlnoʊn", "Smith": "smɪθ"}.items():
        assert abs(told[word].start - heard[letters.index(spelling)].start) < 0.040, word
    assert told["15,342"].end <= told["euros"].start
    assert told["15,342"].end - told["15,342"].start > 1.0


def test_speakers_are_told_by_name_or_number(engine, symbols):
    by_name, by_number = (say(engine, "Nothing.", tiny("tiny-two", speaker=told)) for told in ("speaker1", "1"))
    assert by_name == by_number
    assert spelled(by_name, symbols, 1.5) == "nʌθɪŋ"
    assert spelled(say(engine, "Nothing.", tiny("tiny-two", speaker="speaker0")), symbols) == "nʌθɪŋ"
    assert spelled(say(engine, "Nothing.", tiny("tiny-two")), symbols) == "nʌθɪŋ"
    for wrong in ("2", "nobody", "-1"):
        with pytest.raises(VoiceError, match=f"no speaker '{wrong}'") as refused:
            say(engine, "Nothing.", tiny("tiny-two", speaker=wrong))
        assert "speaker0, speaker1" in refused.value.hint


def test_the_rate_is_that_of_the_profile(engine):
    """At the natural rate lengths are the model's own; twice as fast is about half as long, frames being whole."""
    natural, fast, slow = (say(engine, SENTENCE, replace(VOICE, rate=rate)) for rate in (165, 330, 110))
    assert fast.duration == pytest.approx(natural.duration / 2, rel=0.2)
    assert slow.duration == pytest.approx(natural.duration * 1.5, rel=0.1)
    other = tiny(natural_rate="200")
    assert say(engine, SENTENCE, replace(other, rate=200)) == natural
    assert say(engine, SENTENCE, tiny(length_scale="2")).duration == pytest.approx(2 * natural.duration, rel=0.01)
    with pytest.raises(VoiceError, match="cannot speak 1000 words a minute"):
        say(engine, SENTENCE, replace(VOICE, rate=1000))


def test_phonemes_are_spoken(engine, symbols):
    text = "Mr. Zelenskyy, said so."
    sound = say(engine, text, phonemes=[(4, 13, "zəˈlɛnski")])
    assert "zəlɛnski" in spelled(sound, symbols)
    assert "zəlɛnski" not in spelled(say(engine, text), symbols)
    told = {text[event.first : event.last]: event for event in sound.words}
    assert list(told) == ["Mr", "Zelenskyy", "said", "so"]
    heard = tinyvoice.hear(sound, symbols)
    at = "".join(tone.symbol for tone in heard).index("zəlɛnski")
    assert abs(told["Zelenskyy"].start - heard[at].start) < 0.040
    assert sound.warnings == ()


def test_phonemes_alone_joined_and_in_english_manner(engine, symbols):
    assert spelled(say(engine, "X", phonemes=[(0, 1, "t͡ʃa.ra")]), symbols) == "tʃaɹa"
    assert spelled(say(engine, "X's", phonemes=[(0, 1, "ba")]), symbols).startswith("ba")


def test_phonemes_that_the_voice_does_not_have_leave_the_written_word(engine, symbols):
    sound = say(engine, "Nothing.", phonemes=[(0, 7, "ʘ☃")])
    assert spelled(sound, symbols) == "nʌθɪŋ"
    assert "'ʘ☃'" in sound.warnings[0]


@pytest.mark.parametrize("text", ["before [[h@l'oU]] after", "before [[ aaa ]] after", "[[[[a]]]] b"])
def test_double_brackets_in_an_article_are_text(engine, text):
    assert say(engine, text).pcm == say(engine, text.replace("[", " ").replace("]", " ")).pcm


def test_markup_is_read_as_text(engine, symbols):
    assert "spik" in spelled(say(engine, "one <speak> two"), symbols)


def test_sounds_that_the_voice_does_not_have_are_warned_of(engine):
    """The Ukrainian of letters knows no Latin ones: what is left out is told."""
    voice = tiny("tiny-text", "uk")
    sound = say(engine, "Комітет XQ мовчав.", voice)
    assert any("q" in warning.lower() for warning in sound.warnings)
    with pytest.raises(SpeechFailedError, match="nothing to say"):
        say(engine, "QXW", voice)


def test_a_voice_of_letters_is_timed_too(engine):
    """It also takes capitals as the small letters that it knows."""
    voice, text = tiny("tiny-text", "uk"), "Комітет повідомив, що Їжак мовчав."
    sound = say(engine, text, voice)
    assert [text[event.first : event.last] for event in sound.words] == re.findall(r"\w+", text)
    assert sound.exact
    assert sound.warnings == ()


def test_sentences_are_joined_with_silence_between_and_none_at_the_edges(engine):
    one, two = (say(engine, text, tiny(sentence_silence="0")) for text in ("First part.", "Second part."))
    both = say(engine, "First part. Second part.", tiny(sentence_silence="0.5"))
    assert both.pcm == one.pcm + bytes(2 * round(0.5 * both.rate)) + two.pcm
    starts = [event.start for event in both.words]
    shift = one.duration + 0.5
    assert starts == pytest.approx([event.start for event in one.words] + [event.start + shift for event in two.words])


def test_a_sentence_without_end_is_spoken_to_its_end(engine, symbols):
    words = ["nothing", "morning"] * 90
    sound = say(engine, " ".join(words))
    assert spelled(sound, symbols).count("nʌθɪŋ") == 90
    assert len(sound.words) == 180


@pytest.mark.parametrize(("letter", "said"), [("x", "ɛks"), ("9", "naɪn"), ("щ", "ʃtʃ")])
def test_an_endless_word_is_spoken_to_its_end(engine, symbols, letter, said):
    """Of one word eSpeak NG says so many phonemes and drops the rest, silently."""
    voice = tiny("tiny-uk", "uk") if letter == "щ" else VOICE
    text = f"{letter * 200} morning"
    sound = say(engine, text, voice)
    assert spelled(sound, symbols).count(said) >= 195  # a number of 25 figures has its own way of saying them
    assert [event.first for event in sound.words] == [0, 201]
    assert sound.words[0].end > 0.95 * (sound.duration - 1)


def test_large_files_are_read_once_for_all_runs(tmp_path, monkeypatch):
    """And again when they change; one that has just been written is not trusted yet."""
    path, reads = tmp_path / "large.onnx", []
    path.write_bytes(bytes(9 << 20))

    def look():
        def read(file):
            reads.append(file)
            return f"{len(reads)}", True

        return remembered(path, path.stat(), read)

    assert [look(), look()] == [("1", True), ("2", True)]
    monkeypatch.setattr(memo, "_SETTLED", -1)
    assert [look(), look(), look()] == [("3", True)] * 3
    os.utime(path, ns=(1, 1))
    assert [look(), look()] == [("4", True)] * 2
    kept = next((voice_folder("x").parent.parent / "models").iterdir())
    kept.write_text("{")
    assert look() == ("5", True)


def test_noise_is_what_makes_it_random(engine):
    lively = tiny(noise_scale="0.667")
    assert say(engine, "Nothing.", lively).pcm != say(engine, "Nothing.", lively).pcm
    assert engine.traits(lively).random
    assert engine.traits(lively).dear
    assert not engine.traits(VOICE).random
    assert say(engine, "Nothing.").pcm == say(engine, "Nothing.").pcm


def test_a_fresh_process_says_the_same_with_the_same_noise():
    def fresh():
        opened = open_engine("piper")
        return [say(opened, text, tiny(noise_scale="0.667")).pcm for text in ("Nothing.", "Nothing.")]

    assert fresh() == fresh()


def test_one_session_is_used_again(engine, monkeypatch):
    opened = open_engine("piper")
    say(opened, "Nothing.")
    kept = list(opened._models._open.values())
    say(opened, "Something.", replace(VOICE, rate=200))
    assert len(kept) == 1
    assert list(opened._models._open.values()) == kept


def test_only_the_last_models_stay_open():
    models, made = Models(), []
    for key in (1, 2, 3, 4, 1, 5, 1, 2):
        models.get(key, lambda key=key: made.append(key) or key)
    assert made == [1, 2, 3, 4, 5, 2]


@pytest.fixture
def broken():
    """A voice whose files a test may spoil."""
    folder = voice_folder("broken")
    shutil.copytree(voice_folder("tiny-piper"), folder, dirs_exist_ok=True)
    yield tiny("broken"), folder
    shutil.rmtree(folder)


def test_missing_files_are_told_with_how_to_get_them(engine):
    files = (VoiceFile("a.onnx", "https://example.org/a.onnx"), VoiceFile("a.onnx.json", "https://example.org/a.json"))
    voice = Voice("absent", "piper", "en-us", files=files)
    with pytest.raises(VoiceError, match=r"absent/a\.onnx") as refused:
        engine.fingerprint(voice)
    assert "articleaudio voices install absent" in refused.value.hint
    assert "voices install absent" in engine.problems(voice)
    with pytest.raises(VoiceError, match="does not say which file is its model"):
        engine.fingerprint(replace(voice, files=()))


def test_a_file_of_the_profile_is_used_where_no_option_names_one(engine):
    files = (VoiceFile("tiny.onnx.json", "https://example.org/j"), VoiceFile("tiny.onnx", "https://example.org/o"))
    voice = replace(VOICE, options=MappingProxyType({"noise_scale": "0", "noise_w": "0"}), files=files)
    assert say(engine, "Nothing.", voice) == say(engine, "Nothing.")
    other = replace(voice, files=(files[0], replace(files[1], sha256="0" * 64)))
    assert "is not the file that the profile" in engine.problems(other)
    right = facts(voice_folder("tiny-piper") / "tiny.onnx").sha256
    assert engine.problems(replace(voice, files=(files[0], replace(files[1], sha256=right)))) is None


def test_an_absolute_path_needs_no_folder(engine, tmp_path):
    tinyvoice.make_piper(tmp_path, "mine")
    voice = tiny("anywhere", model=str(tmp_path / "mine.onnx"))
    assert say(engine, "Nothing.", voice) == say(engine, "Nothing.")


@pytest.mark.parametrize("spoil", [b"", b"not a model", b"\x08\x01" * 500])
def test_a_damaged_model_is_told(engine, broken, spoil):
    voice, folder = broken
    (folder / "tiny.onnx").write_bytes(spoil)
    with pytest.raises(EngineError, match="its model is damaged") as refused:
        say(engine, "Nothing.", voice)
    assert "articleaudio voices install broken" in refused.value.hint


def test_half_a_model_is_told(engine, broken):
    voice, folder = broken
    whole = (folder / "tiny.onnx").read_bytes()
    (folder / "tiny.onnx").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(EngineError, match="its model is damaged"):
        say(engine, "Nothing.", voice)


def test_a_model_of_another_kind_is_told(engine, broken):
    voice, folder = broken
    tinyvoice.make_kokoro(folder)
    with pytest.raises(EngineError, match="not the inputs of a Piper voice"):
        say(engine, "Nothing.", voice)


@pytest.mark.parametrize(
    "change",
    [
        None,
        {"phoneme_id_map": {}},
        {"audio": {}},
        {"audio": {"sample_rate": 0}},
        {"espeak": None},
        {"num_speakers": "many"},
    ],
)
def test_a_wrong_configuration_is_told(engine, broken, change):
    voice, folder = broken
    path = folder / "tiny.onnx.json"
    table = json.loads(path.read_text("utf-8"))
    path.write_text("{" if change is None else json.dumps(table | change), "utf-8")
    assert "the configuration tiny.onnx.json is damaged" in engine.problems(voice)
    with pytest.raises(EngineError, match=r"the configuration tiny\.onnx\.json is damaged"):
        say(engine, "Nothing.", voice)


ODD = [None, "x", -1, 0, 1.5, [], {}, [1], {"a": 1}, True, 1e400, [[1]], 10**30]


@pytest.mark.parametrize(
    "spot", [*_RULES, "audio", "espeak", "inference", "phoneme_id_map.n", "speaker_id_map.speaker1"]
)
def test_whatever_a_configuration_holds_is_used_or_told(engine, spot):
    """No other error than ours comes of it, and what `problems` tells of is refused."""
    folder = voice_folder("odd")
    if not folder.is_dir():
        shutil.copytree(voice_folder("tiny-two"), folder)
    whole = json.loads((voice_folder("tiny-two") / "tiny.onnx.json").read_text("utf-8"))
    outer, _, inner = spot.partition(".")
    for odd in ODD:
        table = whole | {outer: whole.get(outer, {}) | {inner: odd} if inner else odd}
        (folder / "tiny.onnx.json").write_text(json.dumps(table), "utf-8")
        voice = tiny("odd", speaker="speaker1")
        told = engine.problems(voice)
        with contextlib.suppress(EngineError) if told is None else pytest.raises(EngineError):
            assert say(engine, "Nothing.", voice).pcm


def test_phonemes_of_another_kind_are_refused(engine, broken):
    """Making them would need other packages, and files that piper-tts fetches by itself."""
    voice, folder = broken
    path = folder / "tiny.onnx.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {"phoneme_type": "pinyin"}), "utf-8")
    assert "of the kind 'pinyin'" in engine.problems(voice)


def test_changed_files_change_the_fingerprint_and_the_voice(engine, broken, symbols):
    voice, folder = broken
    before, sound = engine.fingerprint(voice), say(engine, "Nothing.", voice)
    tinyvoice.make_piper(folder, speakers=2)
    assert engine.fingerprint(voice) != before
    assert say(engine, "Nothing.", replace(voice, options=voice.options | {"speaker": "1"})) != sound


@pytest.mark.parametrize("option", ["noise_scale", "length_scale", "noise_w", "natural_rate", "volume"])
@pytest.mark.parametrize("wrong", ["loud", "-1", "nan", "inf"])
def test_figures_that_cannot_be_are_refused(engine, option, wrong):
    assert option in engine.problems(tiny(**{option: wrong}))
    with pytest.raises(VoiceError, match=option):
        say(engine, "Nothing.", tiny(**{option: wrong}))


def test_a_voice_that_is_too_loud_is_cut_and_not_wrapped(engine):
    plain, loud = say(engine, "Nothing."), say(engine, "Nothing.", tiny(volume="4"))
    one, other = (array.array("h", sound.pcm) for sound in (plain, loud))
    assert max(other) == 32767
    assert all(a * b >= 0 for a, b in zip(one, other, strict=True))
    assert any("full scale" in warning for warning in loud.warnings)


def test_a_model_that_gives_no_figures_is_refused():
    for samples in ([], [0.1, float("nan")], [float("inf")]):
        with pytest.raises(SpeechFailedError, match="no sound"):
            Take(22_050, 0.2).add(np.array(samples, np.float32), ["a"], [])


def test_a_model_without_durations_gives_estimates(engine):
    """They say so, and are not far off: evenly by letters."""
    tinyvoice.make_piper(voice_folder("tiny-floor"), ceil=False)
    sound, truth = say(engine, SENTENCE, tiny("tiny-floor")), say(engine, SENTENCE)
    assert not sound.exact
    assert [event.first for event in sound.words] == [event.first for event in truth.words]
    assert max(abs(a.start - b.start) for a, b in zip(sound.words, truth.words, strict=True)) < 0.5


def test_a_segment_becomes_a_clip_that_is_kept(tmp_path):
    """Through the worker, the checks and the cache, where it is compressed: the written words have their times."""
    written = "Nothing would change, he said, in the morning; not for us, not for you."
    segment = make_segment(written)
    clips = []
    for _ in range(2):
        with Speaker({"en": tiny(noise_scale="0.667")}, Store(tmp_path / "cache")) as speaker:
            clips.append(speaker.clip(segment))
    spoken, kept = clips
    assert [spoken.cached, kept.cached] == [False, True]
    assert replace(kept, cached=False) == spoken
    assert spoken.exact
    assert [written[word.first : word.last] for word in spoken.words] == re.findall(r"\w+", written)
    assert all(word.end > word.start for word in spoken.words)


def test_an_engine_that_takes_long_is_given_longer(monkeypatch):
    """A model of 300 MB on a small machine is slow and not hung."""
    booths, given_seconds = Booths(1, 10.0, 0.0), []

    def call(_request, *, deadline, on_message):
        given_seconds.append(deadline)
        return b""

    monkeypatch.setattr(booths.local.child, "call", call)
    for voice in (load_voice("en-us", voice_folders()), VOICE):
        booths.speak(Request(voice.engine, Prompt("Nothing."), voice))
    assert given_seconds == [10.0, 40.0]


def test_without_the_package_it_says_what_to_install():
    hidden = (
        "import importlib.metadata as m; real = m.version\n"
        "def version(name):\n"
        "    if name == 'piper-tts': raise m.PackageNotFoundError(name)\n"
        "    return real(name)\n"
        "m.version = version\n"
        "from articleaudio.speak import open_engine; from articleaudio.model import Voice\n"
        "print(open_engine('piper').problems(Voice('x', 'piper', 'en', options={'model': 'x.onnx'})))"
    )
    told = subprocess.run([sys.executable, "-c", hidden], capture_output=True, text=True, check=True).stdout
    assert "pip install 'articleaudio[piper]'" in told


def test_looking_at_a_voice_loads_neither_numpy_nor_onnxruntime():
    asked = (
        "import sys; from articleaudio.speak import open_engine; from articleaudio.model import Voice\n"
        f"v = Voice('tiny-piper', 'piper', 'en', options={QUIET!r}); e = open_engine('piper')\n"
        "e.fingerprint(v); e.traits(v); assert e.problems(v) is None\n"
        "assert not {'numpy', 'onnxruntime', 'piper', 'onnx'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", asked], check=True)


def test_the_profiles_that_are_shipped_are_whole(engine):
    voices = [voice for voice in each_voice(voice_folders()) if voice.engine == "piper"]
    assert len({voice.language.partition("-")[0] for voice in voices}) >= 3
    for voice in voices:
        assert f"voices install {voice.name}" in engine.problems(voice)
        names = [file.name for file in voice.files]
        model = next(name for name in names if name.endswith(".onnx"))
        assert f"{model}.json" in names
        assert voice.digital_source_type.endswith("/trainedAlgorithmicMedia")
        assert "MODEL_CARD" in voice.licence


@given(st.lists(st.text("abɪnð ˈː,.", min_size=0, max_size=8), max_size=12), st.text("abɪnð ˈː,.", max_size=60))
@settings(max_examples=150, deadline=None)
def test_times_are_in_order_and_inside_whatever_is_heard(words, spoken):
    """However different the two are, no event runs back, overlaps or leaves the sound, and no word comes twice."""
    told = [Word(2 * at, 2 * at + 1, list(word)) for at, word in enumerate(words)]
    heard = [Heard(symbol, at / 10, (at + 1) / 10) for at, symbol in enumerate(spoken)]
    events, _ = word_events(heard, told)
    edges = [edge for event in events for edge in (event.start, event.end)]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(spoken) / 10 for edge in edges)
    firsts = [event.first for event in events]
    assert firsts == sorted(set(firsts))


def test_a_sentence_of_a_script_without_spaces_is_no_endless_word():
    asked = []
    script(Prompt("委员会星期二表示，" * 20), lambda text: asked.append(text) or list(text), set("委员会"), "zh")
    assert asked[0] == "委员会星期二表示，" * 20


@given(st.text(st.characters(exclude_categories=()), max_size=200), st.data())
@settings(max_examples=200, deadline=None)
def test_every_letter_of_any_text_is_spoken_and_belongs_to_a_word(text, data):
    """Phonemes are letters here, and the model knows all: what is not given as IPA must come out as it went in."""
    edges = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    given_ipa = [(first, last, "ba") for first, last in zip(edges[::2], edges[1::2], strict=False) if first < last]
    read = script(Prompt(text, phonemes=tuple(given_ipa)), list, Everything(), "de")
    left, at = "", 0
    for first, last, ipa in [*given_ipa, (len(text), len(text), "")]:
        left += text[at:first] + ipa
        at = last
    assert [each for each in read.phonemes if is_letter(each)] == [each for each in left if is_letter(each)]
    spans = [(word.first, word.last) for word in read.words]
    assert all(0 <= first < last <= len(text) for first, last in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    inside = {place for first, last in spans for place in range(first, last)}
    assert all(place in inside for place, each in enumerate(text) if is_letter(each))
    assert read.warnings == ()


class Everything:
    """A model that knows all symbols."""

    def __contains__(self, symbol):
        return True


@given(st.lists(st.sampled_from("ab ,.ˈ"), max_size=300), st.integers(1, 40))
@settings(deadline=None)
def test_pieces_hold_everything_in_order_and_keep_the_limit(phonemes, limit):
    cut = list(pieces(phonemes, limit))
    assert [symbol for piece in cut for symbol in piece] == phonemes
    assert all(0 < len(piece) <= limit for piece in cut)
