"""The catalogue says what the receipts say, whatever happened to it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

import newsroom
from articleaudio.catalogue import Catalogue, Held
from articleaudio.catalogue.index import FILE
from articleaudio.publish.library import Library
from articleaudio.site.cards import gather


@pytest.fixture
def library(tmp_path) -> Library:
    return Library(tmp_path / "out", tmp_path / "state")


def opened(library) -> Catalogue:
    return Catalogue(library.out, library.state)


def told(library) -> list:
    """What a catalogue made anew from the receipts holds."""
    (library.state / FILE).unlink(missing_ok=True)
    with opened(library) as fresh:
        fresh.sync()
        return [fresh.entry(receipt.id) for receipt in library.receipts()]


def test_it_follows_the_receipts_and_reads_only_what_changed(library):
    first, second = newsroom.article(), newsroom.article(2, language="uk", section="Острови")
    newsroom.publish(library, first)
    newsroom.publish(library, second)
    with opened(library) as catalogue:
        assert catalogue.sync() == 2
        assert catalogue.sync() == 0
        newsroom.publish(library, replace(first, title="Aurora is back"), now=newsroom.LATER)
        assert catalogue.sync() == 1
        assert catalogue.entry(first.id).title == "Aurora is back"
        library.path(second.id).unlink()
        assert catalogue.sync() == 1
        assert catalogue.entry(second.id) is None
        kept = [catalogue.entry(first.id)]
    assert kept == told(library), "followed or made anew: the same"


def test_an_entry_is_what_its_receipt_says(library):
    article = newsroom.article()
    episode = newsroom.publish(library, article)
    receipt = library.receipt(article.id)
    with opened(library) as catalogue:
        catalogue.sync()
        entry = catalogue.entry(article.id)
        assert replace(episode, changed=False, spoken_now=0, source=receipt.source) == entry.episode(episode.folder)
        assert entry.up_to_date(str(episode.folder), receipt.inputs, receipt.source_hash)
        assert not entry.up_to_date(str(episode.folder), receipt.inputs, "other")
        assert not entry.up_to_date(str(episode.folder), "other", receipt.source_hash)
        (episode.folder / "captions.vtt").unlink()
        assert not entry.up_to_date(str(episode.folder), receipt.inputs, receipt.source_hash)
        assert list(catalogue.entries()) == [entry]


def test_cards_follow_what_is_public(library):
    for number, (language, section) in enumerate((("en", "Islands"), ("en-GB", "World"), ("uk", "World")), 1):
        newsroom.publish(library, newsroom.article(number, language=language, section=section))
    with opened(library) as catalogue:
        assert (
            sorted(catalogue.cards(pytest.fail), key=lambda card: card.order) == gather(library.out, pytest.fail).cards
        )
        path = next(library.out.glob("episodes/*/episode.json"))
        path.write_bytes(b"{")
        told = []
        assert len(catalogue.cards(told.append)) == 2
        assert len(catalogue.cards(told.append)) == 2
        assert len(told) == 2, "it is told of on every run"
        path.write_text(
            json.dumps({"schema": "articleaudio/episode/1", "slug": path.parent.name, "status": "retracted"})
        )
        assert len(catalogue.cards(pytest.fail)) == 2
        path.unlink()
        assert len(catalogue.cards(pytest.fail)) == 2


@pytest.mark.parametrize("damage", ["empty", "garbage", "other form", "cut short"])
def test_a_damaged_catalogue_is_made_anew(library, damage):
    newsroom.publish(library, newsroom.article())
    with opened(library) as catalogue:
        catalogue.sync()
    path = library.state / FILE
    data = path.read_bytes()
    other = data[:60] + (99).to_bytes(4, "big") + data[64:]  # user_version lies at byte 60 of the file's header
    made = {
        "empty": b"",
        "garbage": b"no database at all" * 99,
        "other form": other,
        "cut short": data[: len(data) // 2],
    }
    path.write_bytes(made[damage])
    with opened(library) as catalogue:
        catalogue.sync()
        assert [entry.slug for entry in catalogue.entries()] == [library.receipts()[0].slug]


def test_a_broken_receipt_is_told_of_and_missing(library):
    article = newsroom.article()
    newsroom.publish(library, article)
    with opened(library) as catalogue:
        catalogue.sync()
        library.path(article.id).write_text(json.dumps({"format": "articleaudio/receipt/1", "id": article.id}))
        catalogue.sync()
        assert catalogue.entry(article.id) is None
        assert "is treated as missing" in catalogue.warnings[0]


def test_what_need_not_be_done_again_is_remembered_over_runs(library):
    held = Held("digest", "inputs", (("id", "article"),), (("page.html", "not public"),))
    with opened(library) as catalogue:
        catalogue.keep("name", held)
        catalogue.keep("", held)
        catalogue.has_printed("index.html", "this")
    with opened(library) as catalogue:
        assert catalogue.recall("name") == held
        assert catalogue.recall("") is None
        assert catalogue.recall("other") is None
        assert (catalogue.printed("index.html"), catalogue.printed("feed.xml")) == ("this", "")
        catalogue.rebuild()
        assert catalogue.recall("name") is None


def test_an_article_that_moves_to_another_receipt_has_one_entry(library):
    article = newsroom.article()
    newsroom.publish(library, article)
    with opened(library) as catalogue:
        catalogue.sync()
        path = library.path(article.id)
        path.rename(path.with_name("moved.json"))
        catalogue.sync()
        assert len(list(catalogue.entries())) == 1
