"""A Speaker and services: money is counted first, nothing is paid twice, nothing half is kept, keys stay out."""

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from types import MappingProxyType

import pytest

from articleaudio.config import load_voice, voice_folders, voice_names
from articleaudio.errors import BudgetError, EngineError, SpeechFailedError, VoiceError
from articleaudio.model import TokenKind
from articleaudio.speak import Prompt, Speaker, open_engine
from articleaudio.speak.services import openai
from articleaudio.speak.spending import Ledger
from articleaudio.store import Store
from speak.making import make_segment, make_token
from speak.services.conftest import elevenlabs_voice, openai_voice, polly_voice
from speak.services.server import AWS_TOKEN, KEYS, cuts, encoded, kokoro, says, sends

NAMES = ["one", "two", "three", "four", "five", "six", "seven"]
SENTENCES = [f"Sentence {name} of the article is this." for name in NAMES]
SEGMENTS = [make_segment(text, id_=f"s{number:04}") for number, text in enumerate(SENTENCES, 1)]
VOICES = {"openai": openai_voice, "elevenlabs": elevenlabs_voice, "polly": polly_voice}
FALLBACK = load_voice("en-us", voice_folders())

pytestmark = pytest.mark.usefixtures("keys")


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "cache")


def held(folder):
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


@pytest.mark.parametrize("name", VOICES)
def test_a_second_run_pays_nothing(service, store, tmp_path, name):
    voice = VOICES[name](service)
    with Speaker({"*": voice}, store, ledger=Ledger(tmp_path / "spent", 0)) as speaker:
        first = [speaker.clip(segment) for segment in SEGMENTS]
        assert all(clip.exact == (name != "openai") for clip in first)
        assert all(len(clip.words) == 7 for clip in first)
    asked = len(service.requests)
    assert asked == len(SEGMENTS) * (2 if name == "polly" else 1)
    spent = Ledger(tmp_path / "spent", 0).spent()
    assert spent == pytest.approx(sum(map(len, SENTENCES)) * voice.price / 1e6)
    hurried = replace(voice, options={**voice.options, "at_once": "9", "deadline": "9", "requests_per_minute": "900"})
    with Speaker({"*": hurried}, Store(store.folder), ledger=Ledger(tmp_path / "spent", 0)) as speaker:
        again = [speaker.clip(segment) for segment in SEGMENTS]
    assert [replace(clip, cached=False) for clip in again] == first
    assert all(clip.cached for clip in again)
    assert len(service.requests) == asked
    assert Ledger(tmp_path / "spent", 0).spent() == spent
    kept = held(tmp_path)
    assert kept
    assert not [key for key in KEYS if key.encode() in kept]


@pytest.mark.parametrize("name", VOICES)
def test_a_missing_key_is_no_matter_where_everything_is_kept(service, store, monkeypatch, name):
    voice = VOICES[name](service)
    with Speaker({"*": voice}, store) as speaker:
        clip = speaker.clip(SEGMENTS[0])
    for variable in ("OPENAI_API_KEY", "ELEVENLABS_API_KEY", "AWS_ACCESS_KEY_ID", "AWS_REGION"):
        monkeypatch.delenv(variable)
    with Speaker({"*": voice}, store) as speaker:
        assert speaker.clip(SEGMENTS[0]) == replace(clip, cached=True)
        with pytest.raises(EngineError, match="is not set"):
            speaker.clip(SEGMENTS[1])
    assert "is not set" in open_engine(name).problems(voice)


def test_the_budget_ends_before_a_request_is_made(service, store, tmp_path):
    voice = openai_voice(service)
    price = sum(map(len, SENTENCES[:3])) * voice.price / 1e6
    with Speaker({"*": voice}, store, ledger=Ledger(tmp_path / "spent", price + 1e-9)) as speaker:
        for segment in SEGMENTS[:3]:
            speaker.clip(segment)
        with pytest.raises(BudgetError):
            speaker.clip(SEGMENTS[3])
    assert service.texts() == SENTENCES[:3]


def test_every_try_is_counted_for_every_try_is_paid(service, store, tmp_path):
    voice = openai_voice(service)
    price = len(SENTENCES[0]) * voice.price / 1e6
    ledger = Ledger(tmp_path / "spent", 3.5 * price)
    service.will(cuts)
    with Speaker({"*": voice}, store, ledger=ledger) as speaker:
        speaker.clip(SEGMENTS[0])
        assert ledger.spent() == pytest.approx(2 * price)
        service.will(cuts, cuts)
        with pytest.raises(BudgetError):
            speaker.clip(make_segment(SENTENCES[0].upper()))
    assert len(service.requests) == 3


def test_what_no_service_was_asked_for_is_not_counted(service, store, tmp_path, monkeypatch):
    ledger = Ledger(tmp_path / "spent", 0.0)
    voice = replace(openai_voice(service, attempts="1"), fallback="en-us")
    with Speaker({"*": voice}, store, cast={"en-us": FALLBACK}, ledger=ledger) as speaker:
        service.will(says(422, {"error": {"message": "no such letters"}}))
        assert speaker.clip(SEGMENTS[0]).voice == "en-us"
        assert len(service.requests) == 1  # asking again will not help
        monkeypatch.delenv("OPENAI_API_KEY")
        assert speaker.clip(SEGMENTS[1]).voice == "en-us"
        monkeypatch.setenv("OPENAI_API_KEY", KEYS[0])
        service.will(says(401, {"error": {"code": "invalid_api_key"}}))
        assert [speaker.clip(segment).voice for segment in SEGMENTS[2:5]] == ["en-us"] * 3
    gone = replace(openai_voice(service, attempts="1", base="http://127.0.0.1:9"), fallback="en-us")
    with Speaker({"*": gone}, store, cast={"en-us": FALLBACK}, ledger=ledger) as speaker:
        assert speaker.clip(SEGMENTS[5]).voice == "en-us"
    assert ledger.spent() == pytest.approx(0.0, abs=1e-9)
    assert ledger.bill() == ()
    assert len(service.requests) == 2


def test_what_a_service_was_asked_for_too_late_is_counted(service, store, tmp_path):
    ledger = Ledger(tmp_path / "spent", 0.0)
    service.slow = 1.5
    voice = replace(openai_voice(service, attempts="1", timeout="1"), fallback="en-us")
    with Speaker({"*": voice}, store, cast={"en-us": FALLBACK}, ledger=ledger) as speaker:
        assert speaker.clip(SEGMENTS[0]).voice == "en-us"
    assert ledger.spent() == pytest.approx(len(SENTENCES[0]) * voice.price / 1e6)


def test_sentences_that_a_service_refuses_do_not_shut_it_out(service, store):
    service.will(*[says(422, {"error": {"message": "no"}})] * 6)
    voice = replace(openai_voice(service), fallback="en-us")
    with Speaker({"*": voice}, store, cast={"en-us": FALLBACK}) as speaker:
        assert [speaker.clip(segment).voice for segment in SEGMENTS] == ["en-us"] * 6 + ["spoken"]


def test_half_a_sound_is_never_kept(service, store):
    service.will(*[cuts] * 3)
    with Speaker({"*": openai_voice(service)}, store) as speaker:
        with pytest.raises(SpeechFailedError, match="breaks off; tried 3 times"):
            speaker.clip(SEGMENTS[0])
        assert not list(store.folder.rglob("clip/*/*"))
        clip = speaker.clip(SEGMENTS[0])
    assert len(service.requests) == 4
    assert not clip.cached


def test_half_a_sound_is_asked_for_again(service, store):
    service.will(cuts, says(200, b"<p>maintenance", "text/html"))
    with Speaker({"*": openai_voice(service)}, store) as speaker:
        assert speaker.clip(SEGMENTS[0]).duration > 1
    assert len(service.requests) == 3


def test_the_fallback_speaks_where_the_service_will_not(service, store):
    service.will(says(401, {"error": {"message": f"wrong key {AWS_TOKEN}", "code": "invalid_api_key"}}))
    voice = replace(openai_voice(service), fallback="en-us")
    with Speaker({"*": voice}, store, cast={"en-us": FALLBACK}) as speaker:
        found = [speaker.clip(segment) for segment in SEGMENTS[:3]]
    assert {clip.voice for clip in found} == {"en-us"}
    assert all("OpenAI" in clip.warnings[0] or "the server" in clip.warnings[0] for clip in found)
    assert len(service.requests) == 1


def test_speaking_ahead_keeps_to_the_limit(service, store):
    service.slow = 0.05
    with Speaker({"*": openai_voice(service, at_once="3")}, store) as speaker:
        speaker.prefetch(SEGMENTS)
        found = [speaker.clip(segment) for segment in SEGMENTS]
    assert 2 <= service.most_inside <= 3
    assert Counter(service.texts()) == Counter(SENTENCES)
    assert not any(clip.cached for clip in found)


def test_several_runs_share_what_is_paid_for(service, store):
    voice = openai_voice(service, at_once="2")
    with Speaker({"*": voice}, store) as speaker, ThreadPoolExecutor(4) as pool:
        list(pool.map(speaker.clip, SEGMENTS * 2))
    assert set(service.texts()) == set(SENTENCES)
    assert service.most_inside <= 2


def test_context_is_told_and_changes_the_key(service, store):
    voice = elevenlabs_voice(service, context="true")
    with Speaker({"*": voice}, store) as speaker:
        alone = speaker.key(SEGMENTS[1])
        speaker.attend(SEGMENTS[:3])
        clip = speaker.clip(make_segment(SENTENCES[1], id_="s0002"))
    assert clip.key != alone
    assert service.requests[0]["previous_text"] == SENTENCES[0]
    assert service.requests[0]["next_text"] == SENTENCES[2]
    with Speaker({"*": elevenlabs_voice(service)}, store) as speaker:
        speaker.attend(SEGMENTS[:3])
        speaker.clip(SEGMENTS[1])
    assert "previous_text" not in service.requests[1]


def test_polly_is_told_the_sounds_of_words(service, store):
    written = "Kyiv & Lviv said <so>."
    tokens = [
        make_token(written, "Kyiv", "ˈkiːjɪv", TokenKind.PHONEMES),
        *(make_token(written, word, word) for word in ("Lviv", "said", "so")),
    ]
    with Speaker({"*": polly_voice(service)}, store) as speaker:
        clip = speaker.clip(make_segment(written, tokens))
    sound, marks = service.requests
    assert sound["TextType"] == "ssml"
    assert sound["Text"].startswith('<speak><phoneme alphabet="ipa" ph="ˈkiːjɪv">Kyiv</phoneme> ')
    assert marks["SpeechMarkTypes"] == ["word"]
    assert clip.exact
    assert [written[word.first : word.last] for word in clip.words] == ["Kyiv", "Lviv", "said", "so"]
    with Speaker({"*": polly_voice(service, marks="false")}, store) as speaker:
        assert not speaker.clip(SEGMENTS[0]).exact
    assert len(service.requests) == 3


def test_kokoro_is_asked_for_captions_and_not_to_normalise(service):
    engine = open_engine("openai")
    voice = openai_voice(service, captions="kokoro-fastapi", extra='{"lang_code": "b"}', key="")
    sound = engine.speak(Prompt("It's done, said Ann."), voice)
    asked = service.requests[0]
    assert asked["normalization_options"] == {"normalize": False}
    assert (asked["stream"], asked["lang_code"]) == (False, "b")
    assert sound.exact

    def without(change):
        def misdeed(handler, body):
            told = json.loads(kokoro(json.loads(body)))
            change(told)
            handler.send(200, "application/json", json.dumps(told).encode())

        return misdeed

    service.will(without(lambda told: told.update(timestamps=None)))
    bare = engine.speak(Prompt("It's done, said Ann."), voice)
    assert (bare.exact, bare.words) == (False, ())
    assert bare.pcm == sound.pcm
    for change in (
        lambda told: told.update(audio=told["audio"][:-7]),
        lambda told: told["timestamps"][1].update(start_time=99.0, end_time=99.5),
        lambda told: told.pop("audio"),
    ):
        service.will(without(change))
        with pytest.raises(SpeechFailedError):
            engine.speak(Prompt("It's done, said Ann."), voice)
    engine.close()


def test_a_long_text_goes_in_pieces(service):
    text = "The committee said that nothing would change. " * 100
    engine = open_engine("openai")
    sound = engine.speak(Prompt(text), openai_voice(service, captions="kokoro-fastapi"))
    engine.close()
    assert len(service.requests) == 2
    assert "".join(service.texts()) == text
    assert all(len(piece) <= openai.LONGEST for piece in service.texts())
    last = sound.words[-1]
    assert text[last.first : last.last] == "change"
    assert last.end > 0.99 * sound.duration
    assert last.first > len(text) - 20


def test_pieces_at_different_rates_are_not_joined(service):
    def slower(sound):
        return encoded(replace(sound, rate=16_000), "wav")

    engine = open_engine("openai")
    service.will(sends(slower))
    with pytest.raises(SpeechFailedError, match="different rates"):
        engine.speak(Prompt("The committee said that nothing would change. " * 100), openai_voice(service))
    engine.close()


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("openai", {"model": ""}),
        ("openai", {"format": "aac"}),
        ("openai", {"extra": "[1]"}),
        ("openai", {"at_once": "0"}),
        ("openai", {"captions": "yes"}),
        ("elevenlabs", {"stability": "2"}),
        ("elevenlabs", {"format": "ulaw_8000"}),
        ("elevenlabs", {"context": "maybe"}),
        ("polly", {"engine": "best"}),
        ("polly", {"lexicons": "a b c d e f"}),
        ("polly", {"sample_rate": "fast"}),
    ],
)
def test_a_wrong_option_is_told_before_anything_is_asked(service, name, wrong):
    voice = VOICES[name](service, **wrong)
    engine = open_engine(name)
    assert engine.problems(voice)
    with pytest.raises(VoiceError):
        engine.speak(Prompt("One."), voice)
    assert service.requests == []


def test_shipped_profiles_are_right():
    folders = voice_folders()
    shipped = [load_voice(name, folders) for name in voice_names(folders)]
    ours = [voice for voice in shipped if voice.engine in VOICES]
    assert {voice.engine for voice in ours} == set(VOICES)
    for voice in ours:
        assert open_engine(voice.engine).problems(voice) is None, voice.name
        near = "localhost" in voice.options.get("base", "")
        assert near or (voice.price and voice.price_source), voice.name
        assert voice.digital_source_type.endswith("/trainedAlgorithmicMedia")
        told = MappingProxyType({key: text for key, text in voice.options.items() if "KEY" in text})
        assert not told or voice.engine == "openai"
