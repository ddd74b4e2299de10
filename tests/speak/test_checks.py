"""The checks of a sound: none on right sounds of eSpeak NG, and nearly every one that is spoiled is noticed."""

import itertools
import random
from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pytest
import soxr
from hypothesis import given, settings
from hypothesis import strategies as st

from articleaudio.errors import SpeechFailedError
from articleaudio.model import Voice
from articleaudio.speak.checks import checked, echo, pace
from articleaudio.speak.contract import Prompt, Sound, Traits, WordEvent
from articleaudio.speak.espeak import open_engine

WORDS = [
    "committee",
    "Tuesday",
    "proposal",
    "findings",
    "spring",
    "ministry",
    "delays",
    "bridges",
    "railways",
    "ports",
    "country",
    "winter",
    "storms",
    "schools",
    "power",
    "thousands",
    "homes",
    "council",
    "budget",
    "library",
    "harbour",
    "police",
    "river",
    "engineers",
    "mayor",
    "hospital",
    "teachers",
    "strike",
]
OTHER = {
    "de": "Der Ausschuss hat am Dienstag beschlossen, die Brücke im nächsten Frühjahr zu sanieren.",
    "fr": "L'eau monte aujourd'hui beaucoup trop vite, ont prévenu les autorités.",
    "pl": "Chrząszcz brzmi w trzcinie w Szczebrzeszynie.",
    "uk": "Енергетики відновили електропостачання у трьох районах області.",
    "ru": "Городской совет во вторник принял бюджет на следующий год.",
    "ar": "وافق مجلس المدينة يوم الثلاثاء على ميزانية العام المقبل.",
    "hi": "नगर परिषद ने मंगलवार को अगले साल का बजट मंज़ूर किया।",
    "ko": "시의회는 화요일 내년 예산안을 통과시켰다.",
    "cmn": "市议会星期二通过了明年的预算。",
}
SHORT = ("No.", "A.", "I.", "7", "N.A.T.O.", "$", "U.S.", "strengths", "…and then?", "Harbor Street; ninety-six")
QUICK, RANDOM = Traits(), Traits(random=True)


def english(count, dice):
    for _ in range(count):
        chosen = dice.sample(WORDS, dice.randint(6, 16))
        half = len(chosen) // 2
        yield f"The {' '.join(chosen[:half])}, said the {' '.join(chosen[half:])}."


def voice_for(language="en-us", rate=165):
    return Voice("v", "pyttsx3", language, rate=rate, options=MappingProxyType({"voice": language, "volume": "80"}))


@pytest.fixture(scope="module")
def engine():
    return open_engine()


@pytest.fixture(scope="module")
def right(engine):
    """Prompt, voice and sound of sixty sentences."""
    voice = voice_for()
    return [(Prompt(text), voice, engine.speak(Prompt(text), voice)) for text in english(60, random.Random(7))]


@pytest.mark.parametrize("rate", [80, 165, 250, 400])
def test_right_sounds_raise_no_alarm_at_any_rate_in_any_script(engine, rate):
    texts = [("en-us", text) for text in (*english(10, random.Random(rate)), *SHORT)] + list(OTHER.items())
    for language, text in texts:
        voice = voice_for(language, rate)
        sound = engine.speak(Prompt(text), voice)
        assert checked(sound, Prompt(text), voice, QUICK) is sound, (language, text)


def test_right_sounds_raise_no_alarm_when_they_are_looked_at_more_closely(right):
    for prompt, voice, sound in right:
        assert checked(sound, prompt, voice, RANDOM) is sound


def samples(sound):
    return np.frombuffer(sound.pcm, "<i2").astype(np.float32)


def pcm(values):
    return np.clip(np.round(values), -32_768, 32_767).astype("<i2").tobytes()


def cut(sound, dice):
    return sound.pcm[: 2 * int(len(sound.pcm) / 2 * dice.uniform(0.2, 0.85))]


def tail_twice(sound, dice):
    length = 2 * int(sound.rate * dice.uniform(0.8, min(3, sound.duration / 2)))
    return sound.pcm + bytes(2 * int(sound.rate * dice.uniform(0, 0.3))) + sound.pcm[-length:]


def hole(sound, dice):
    middle = len(sound.pcm) // 4 * 2
    return sound.pcm[:middle] + bytes(2 * int(sound.rate * dice.uniform(2.5, 6))) + sound.pcm[middle:]


def stretched(times):
    return lambda sound, _: pcm(soxr.resample(samples(sound), sound.rate, sound.rate * times))


SPOILED = {
    "silent": (lambda sound, _: bytes(len(sound.pcm) - 2) + b"\1\0", QUICK, 1.0),
    "noise": (lambda sound, dice: dice.randbytes(len(sound.pcm)), QUICK, 1.0),
    "clipped": (lambda sound, _: pcm(samples(sound) * 6), QUICK, 1.0),
    "cut": (cut, QUICK, 0.9),
    "hole": (hole, QUICK, 1.0),
    "slow": (stretched(2), QUICK, 0.95),
    "fast": (stretched(0.5), QUICK, 0.95),
    "tail twice": (tail_twice, RANDOM, 0.9),
}


@pytest.mark.parametrize("kind", SPOILED)
@pytest.mark.parametrize("timed", [True, False])
def test_spoiled_sounds_are_noticed(right, kind, timed):
    """With the engine's word times nearly all are; the bounds on the right hold where an engine tells none."""
    spoil, traits, bound = SPOILED[kind]
    dice, noticed = random.Random(11), 0
    for prompt, voice, sound in right:
        spoiled = replace(sound, pcm=spoil(sound, dice))
        if not timed:
            spoiled = replace(spoiled, words=(), exact=False)
        try:
            noticed += bool(checked(spoiled, prompt, voice, traits).warnings)
        except SpeechFailedError:
            noticed += 1
    assert noticed / len(right) >= (max(bound, 0.95) if timed else bound)


def test_other_speech_after_the_text_is_noticed_by_the_word_times(right):
    for (prompt, voice, sound), (_, _, other) in itertools.pairwise(right):
        (warning, *_) = checked(replace(sound, pcm=sound.pcm + other.pcm), prompt, voice, QUICK).warnings
        assert "after the last word" in warning or "sound for a text" in warning


def test_a_cut_is_refused_where_the_engine_timed_words_that_are_missing(right):
    prompt, voice, sound = right[0]
    with pytest.raises(SpeechFailedError, match=r"timed a word at \d+\.\d\d s, but its sound ends at \d+\.\d\d s"):
        checked(replace(sound, pcm=sound.pcm[: len(sound.pcm) // 4 * 2]), prompt, voice, QUICK)


def test_half_of_the_text_is_refused(right):
    prompt, voice, sound = right[0]
    long = Prompt(" ".join([prompt.text] * 4))
    with pytest.raises(SpeechFailedError, match="it cannot all have been said"):
        checked(sound, long, voice, QUICK)


def test_babble_is_refused_only_from_engines_that_may_babble(right):
    _, voice, sound = right[0]
    endless = replace(sound, pcm=sound.pcm * 3, words=())
    with pytest.raises(SpeechFailedError, match="something else was said"):
        checked(endless, Prompt("No comment."), voice, RANDOM)
    (warning,) = checked(endless, Prompt("No comment."), voice, QUICK).warnings
    assert "too much is said" in warning


def test_what_the_engine_complained_of_stays_in_front(right):
    prompt, voice, sound = right[0]
    spoiled = replace(sound, pcm=hole(sound, random.Random(1)), words=(), warnings=("hoarse",))
    first, second = checked(spoiled, prompt, voice, QUICK).warnings
    assert first == "hoarse"
    assert second.startswith("silence of ")


def test_a_file_is_not_taken_for_samples(right):
    prompt, voice, sound = right[0]
    with pytest.raises(SpeechFailedError, match="a WAV file in the place of samples"):
        checked(replace(sound, pcm=b"RIFF" + sound.pcm), prompt, voice, QUICK)


def test_a_pause_that_the_text_does_not_explain_is_noticed(engine):
    voice = voice_for()
    one, two = (engine.speak(Prompt(text), voice) for text in ("The council", "met on Tuesday"))
    sound = Sound(one.pcm + bytes(2 * 22_050) + two.pcm, one.rate, exact=False)
    (warning,) = checked(sound, Prompt("The council met on Tuesday"), voice, QUICK).warnings
    assert "pause of 1." in warning
    explained = Prompt("The council: met on Tuesday")
    assert checked(sound, explained, voice, QUICK) is sound


def test_words_said_again_by_the_engine_are_heard(engine):
    voice, text = voice_for(), "The committee will publish its findings in the spring."
    sound, again = (engine.speak(Prompt(words), voice) for words in (text, "its findings in the spring."))
    twice = replace(sound, pcm=sound.pcm + again.pcm, words=(), exact=False)
    with pytest.raises(SpeechFailedError, match="the end seems to repeat"):
        checked(twice, Prompt(text), voice, RANDOM)
    assert checked(sound, Prompt(text), voice, RANDOM) is sound


@pytest.mark.parametrize("text", ["false alarms, and real alarms.", "не це, а легко: й легко", "同じ改造、違う改造"])
def test_a_text_that_repeats_itself_is_told(text):
    assert echo.repeats(text)


def test_a_word_without_a_time_at_the_end_is_noticed(right):
    prompt, voice, sound = right[0]
    first = sound.words[0]
    told = replace(sound, words=(WordEvent(first.start, sound.duration, first.first, first.last),))
    (warning,) = checked(told, prompt, voice, QUICK).warnings
    assert "timed no word after “The" in warning


@given(st.text(max_size=200), st.sampled_from(["en", "uk", "ja", "xx-Latn", ""]))
def test_any_text_has_bounds_and_more_text_takes_longer(text, language):
    assert 0 < pace.least(text, language) <= pace.at_most(text, language) <= pace.most(text, language) + 1e-9
    assert pace.at_most(text + "a", language) > pace.at_most(text, language)


@given(st.binary(min_size=2, max_size=4_000), st.sampled_from([4_000, 16_000, 192_000]), st.booleans())
@settings(max_examples=60)
def test_any_bytes_are_judged(data, rate, wayward):
    """Any samples are passed on as they are, or refused for a reason."""
    try:
        sound = checked(Sound(data, rate), Prompt("a"), voice_for(), Traits(random=wayward))
    except SpeechFailedError as error:
        assert error.message  # noqa: PT017 -- either outcome is right
    else:
        assert sound.pcm == data
