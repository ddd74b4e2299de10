"""Voices in whole runs: who stands in for whom, what it costs, and what is kept of it."""

import json
from collections import Counter
from dataclasses import replace

import pytest
from mutagen.id3 import ID3

from articleaudio import api, events
from articleaudio.config import load_house, load_voice, voice_folders
from articleaudio.errors import BudgetError
from articleaudio.master import PODCAST, SHAPING
from articleaudio.master.keys import layout, piece_key
from articleaudio.master.pieces import PieceMaker
from articleaudio.model import Episode, Failure
from articleaudio.pipeline import Studio
from articleaudio.plan import state_folder
from articleaudio.publish.library import Library
from articleaudio.speak import Speaker
from articleaudio.speak.spending import Ledger, cost
from articleaudio.store import Store
from speak.making import make_segment, make_voice

ENGLISH = replace(load_voice("en-us", voice_folders()), name="english")
TRAINED = ENGLISH.digital_source_type.replace("algorithmicMedia", "trainedAlgorithmicMedia")
KIND = ENGLISH.digital_source_type.replace("algorithmicMedia", "compositeWithTrainedAlgorithmicMedia")
PAGE = "# The ferry is back\n\nIt sails at noon. {more}\n\nTickets are cheap.\n"


@pytest.fixture
def house(tmp_path):
    return replace(load_house(folder=tmp_path), voices={"*": ENGLISH}, cache=tmp_path / "cache", disclosure={})


def write(folder, name="ferry", more="The pier is old."):
    path = folder / f"{name}.md"
    path.write_text(PAGE.format(more=more))
    return path


def receipt(house, out, episode):
    return Library(out, state_folder(house, out)).receipt(episode.id)


def kinds(house):
    return Counter(entry.kind for entry in Store(house.cache).entries())


def test_the_receipt_says_who_spoke_and_a_stand_in_is_a_flag(brought, house, tmp_path):
    bad = replace(make_voice("bad"), name="bad", fallback="english", digital_source_type=TRAINED)
    house, out = replace(house, voices={"*": bad}, cast={"english": ENGLISH}), tmp_path / "out"
    source = write(tmp_path, more="There is silence now.")
    episode = api.convert(source, house, out=out)
    kept = receipt(house, out, episode)
    voices = {segment.written: segment.voice for segment in kept.segments}
    assert voices.pop("There is silence now.") == "english"
    assert set(voices.values()) == {"bad"}
    assert {segment.exact for segment in kept.segments} == {True}
    assert any("spoken by 'english' instead of 'bad'" in flag.message for flag in episode.flags)
    document = json.loads((episode.folder / "episode.json").read_bytes())
    assert document["digital_source_type"] == kept.digital_source_type == KIND  # the stand-in is of another kind
    assert str(ID3(episode.audio)["TXXX:DigitalSourceType"]) == KIND
    unchanged = api.convert(source, house, out=out)
    assert not unchanged.changed
    assert unchanged.flags == episode.flags
    again = api.convert(write(tmp_path, "other", more="There is silence now."), house, out=out)
    other = {segment.written: segment.voice for segment in receipt(house, out, again).segments}
    assert other["There is silence now."] == "english"
    assert set(other.values()) == {"english", "bad"}  # kept pieces name the voice that they are in


def test_a_stand_ins_piece_never_takes_the_place_of_the_voice_proper(brought, tmp_path):
    bad = replace(make_voice("bad"), name="bad", fallback="english")
    segment, store = make_segment("There is silence now."), Store(tmp_path / "cache")
    with Speaker({"*": bad}, store, cast={"english": ENGLISH}) as speaker:
        maker = PieceMaker(speaker, PODCAST, SHAPING, store)
        piece, key, spoken = maker.piece(segment)
        assert (piece.voice, spoken) == ("english", True)
        assert key != speaker.key(segment)
        words = layout(segment)
        assert not store.has("piece", piece_key(speaker.key(segment), PODCAST, SHAPING, words))
        assert store.has("piece", piece_key(key, PODCAST, replace(SHAPING, gain=ENGLISH.gain), words))
        assert maker.missing([segment]) == [segment]
        assert maker.piece(segment) == (piece, key, False)
    with Speaker({"*": ENGLISH}, store) as speaker:
        own = PieceMaker(speaker, PODCAST, SHAPING, store).piece(segment)
        assert own == (replace(piece, voice="", warnings=()), key, False)


def test_only_what_is_missing_is_asked_for_ahead(tmp_path):
    segments = [make_segment(f"Sentence number {i}.", id_=f"s{i:04}") for i in range(5)]
    store = Store(tmp_path / "cache")
    with Speaker({"*": ENGLISH}, store, keep_clips=False) as speaker:
        maker = PieceMaker(speaker, PODCAST, SHAPING, store)
        assert maker.missing(segments) == segments
        for segment in segments[1:4]:
            maker.piece(segment)
        assert maker.missing(segments) == [segments[0], segments[4]]
        assert PieceMaker(speaker, PODCAST, SHAPING, None).missing(segments) == segments
    assert {entry.kind for entry in store.entries()} == {"piece"}


def test_clips_held_for_a_moment_are_those_that_would_have_been_kept(tmp_path):
    segments = [make_segment(f"Sentence number {i % 12}.", id_=f"s{i:04}") for i in range(16)]
    clips = {}
    for keep in (True, False):
        with Speaker({"*": ENGLISH}, Store(tmp_path / str(keep)), keep_clips=keep) as speaker:
            speaker.prefetch(segments)
            clips[keep] = [replace(speaker.clip(segment), cached=False) for segment in segments]
    assert clips[True] == clips[False]
    assert list(Store(tmp_path / "False").entries()) == []


def test_cheap_clips_are_kept_only_where_the_house_says_so(house, tmp_path):
    source = write(tmp_path)
    first = api.convert(source, house, out=tmp_path / "one")
    assert set(kinds(house)) == {"piece"}
    with_clips = replace(house, cache=tmp_path / "more", keep_clips=True)
    second = api.convert(source, with_clips, out=tmp_path / "two")
    assert kinds(with_clips)["clip"] == kinds(with_clips)["piece"]
    assert first.audio.read_bytes() == second.audio.read_bytes()


def convert(house, out, *names, jobs=1):
    told = []
    results = list(api.convert_many(names, house, out=out, jobs=jobs, emit=told.append))
    return results, [event for event in told if isinstance(event, events.MoneySpent)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_a_run_spends_is_told_and_kept(house, tmp_path, jobs):
    dear = replace(ENGLISH, price=15.0)
    house, out = replace(house, voices={"*": dear}), tmp_path / "out"
    sources = [write(tmp_path, name, f"This is story {name}.") for name in ("one", "two", "three")]
    results, (spent,) = convert(house, out, *sources, jobs=jobs)
    assert all(isinstance(result, Episode) for result in results)
    (voice,) = spent.voices
    assert (voice.voice, voice.characters, voice.dollars) == ("english", spent.characters, spent.dollars)
    assert spent.dollars == pytest.approx(cost("x" * spent.characters, dear))
    said = {segment.spoken for result in results for segment in receipt(house, out, result).segments}
    assert spent.characters >= sum(map(len, said)) * 0.9
    (line,) = (state_folder(house, out) / "expenses.jsonl").read_text().splitlines()
    assert json.loads(line)["voices"][0]["voice"] == "english"
    assert list((state_folder(house, out) / "work").glob("*")) == []
    assert convert(house, out, *sources, jobs=jobs)[1] == []
    assert kinds(house)["clip"] == kinds(house)["piece"]  # what was paid for is always kept


@pytest.mark.parametrize("jobs", [1, 2])
def test_no_run_spends_more_than_it_may(house, tmp_path, jobs):
    dear = replace(ENGLISH, price=10_000.0)
    house = replace(house, voices={"*": dear}, max_cost=0.4)
    sources = [write(tmp_path, name, f"This is story {name}.") for name in ("one", "two")]
    results, (spent,) = convert(house, tmp_path / "out", *sources, jobs=jobs)
    failed = [result for result in results if isinstance(result, Failure)]
    assert failed
    assert all("would cost more than 0.4 US dollars" in one.message for one in failed)
    assert all(one.exit_code == BudgetError.exit_code for one in failed)
    assert 0 < spent.dollars <= 0.4


def test_one_article_has_its_account_too(house, tmp_path):
    told = []
    house = replace(house, voices={"*": replace(ENGLISH, price=15.0)})
    api.convert(write(tmp_path), house, out=tmp_path / "out", emit=told.append)
    assert [event.voices[0].voice for event in told if isinstance(event, events.MoneySpent)] == ["english"]


def test_a_bill_is_by_voice(tmp_path):
    ledger = Ledger(tmp_path / "run.spent", 0.0)
    assert ledger.bill() == ()
    for name, price, text in (("a", 10.0, "x" * 10), ("b", 100.0, "x" * 5), ("a", 10.0, "x" * 20), ("c", 0.0, "x")):
        ledger.spend(text, replace(ENGLISH, name=name, price=price))
    assert [(one.voice, one.characters) for one in ledger.bill()] == [("b", 5), ("a", 30)]
    assert sum(one.dollars for one in ledger.bill()) == pytest.approx(ledger.spent()) == pytest.approx(8e-4)


def test_by_force_everything_is_spoken_and_kept_for_later(house, tmp_path):
    source = write(tmp_path)
    first = api.convert(source, house, out=tmp_path / "out")
    before = first.audio.read_bytes()
    with (
        api.Planner(house, tmp_path / "out", force=True) as planner,
        Studio(house, tmp_path / "out", force=True) as studio,
    ):
        (job,) = planner.plan(api._source(source, house))
        forced = studio.make(job)
        assert studio.store.hits == 0
    assert forced.spoken_now == forced.segments
    assert forced.audio.read_bytes() == before
    assert not forced.changed


def test_the_same_sound_written_in_another_way_keeps_its_words_in_place(tmp_path):
    plain = make_segment("We will rebuild everything in twelve days.")
    quoted = make_segment('"We will rebuild everything" in 12 days.')
    quoted = replace(quoted, tokens=tuple(replace(t, say="twelve") if t.say == "12" else t for t in quoted.tokens))
    store = Store(tmp_path / "cache")
    with Speaker({"*": ENGLISH}, store) as speaker:
        assert speaker.key(plain) == speaker.key(quoted)
        maker = PieceMaker(speaker, PODCAST, SHAPING, store)
        for segment in (plain, quoted, plain, quoted):
            piece, _, _ = maker.piece(segment)
            told = [segment.written[word.first : word.last] for word in piece.words]
            assert told == [segment.written[token.start : token.end] for token in segment.tokens]
        assert Counter(entry.kind for entry in store.entries()) == {"clip": 1, "piece": 2}
