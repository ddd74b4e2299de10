from __future__ import annotations

import json
import multiprocessing
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

import newsroom
from articleaudio.errors import OutputError
from articleaudio.publish.library import Library


def test_an_article_is_known_again_by_any_alias(library):
    item = newsroom.article(aliases=("cms:ghost:1", "url:https://harbour.example/a", "path:a.html"))
    newsroom.publish(library, item)
    for alias in item.aliases:
        assert library.find([alias]).id == item.id
    assert library.find(["path:b.html"]) is None
    assert library.find([]) is None


def test_new_aliases_are_added_and_old_ones_kept(library):
    newsroom.publish(library, newsroom.article(aliases=("url:https://h.example/a", "path:a.html")))
    library.find(["url:https://h.example/new", "path:a.html"])
    found = library.find(["url:https://h.example/new"])
    assert found.aliases == ("url:https://h.example/a", "path:a.html", "url:https://h.example/new")
    assert library.find(["url:https://h.example/a"]).id == found.id


def test_the_newsrooms_own_ids_tell_articles_apart(library):
    first = newsroom.article(1, aliases=("cms:ghost:1", "path:index.html"))
    second = newsroom.article(2, aliases=("cms:ghost:2", "path:index.html"))
    newsroom.publish(library, first)
    assert library.find(second.aliases) is None
    newsroom.publish(library, second)
    assert library.find(["path:index.html"]).id == first.id, "an alias stays with whom it led to"
    assert library.find(["cms:ghost:2"]).id == second.id


def test_a_new_headline_moves_nothing(library):
    item = newsroom.article()
    before = newsroom.publish(library, item)
    after = newsroom.publish(library, replace(item, title="Aurora is back"))
    assert (after.slug, after.id, after.folder) == (before.slug, before.id, before.folder)
    assert after.title == "Aurora is back"
    assert (after.version, after.changed) == (2, True)


def test_two_articles_with_one_title_get_two_folders(library):
    first, second = (newsroom.publish(library, newsroom.article(number)) for number in (1, 2))
    assert second.slug == f"{first.slug}-{second.id[:6]}"
    again = newsroom.publish(library, newsroom.article(2))
    assert again.slug == second.slug


def test_the_slug_a_source_asks_for_wins_over_the_title(library):
    assert library.reserve_slug(newsroom.article(slug="/Ferry-Back/")) == "ferry-back"


def test_a_slug_is_fixed_before_anything_is_published(library):
    item = newsroom.article()
    slug = library.reserve_slug(item)
    assert Library(library.out, library.state).reserve_slug(replace(item, title="Another")) == slug


def test_a_lost_state_folder_costs_nobody_an_episode(library):
    item = newsroom.article()
    before = newsroom.publish(library, item)
    other = newsroom.article(2)
    shutil.rmtree(library.state)
    fresh = Library(library.out, library.state)
    assert fresh.reserve_slug(other) != before.slug
    after = newsroom.publish(fresh, replace(item, title="New headline"))
    assert after.slug == before.slug
    assert after.version == 2


def test_a_lost_alias_map_is_made_again(library):
    item = newsroom.article()
    newsroom.publish(library, item)
    shutil.rmtree(library.state / "aliases")
    assert library.find(item.aliases[1:]).id == item.id
    assert (library.state / "aliases").is_dir()


@pytest.mark.parametrize(
    "broken", [b"", b"{", b"[]", b"\xff\xfe", b'{"format": "articleaudio/receipt/1"}', b"[" * 100_000]
)
def test_a_broken_receipt_counts_as_missing_and_is_reported(library, broken):
    item = newsroom.article()
    newsroom.publish(library, item)
    path = next((library.state / "receipts").iterdir())
    path.write_bytes(broken)
    assert library.find(item.aliases) is None
    assert library.receipts() == ()
    assert len(library.warnings) == 1
    assert path.name in library.warnings[0]
    episode = newsroom.publish(library, item)
    assert episode.slug == "island-ferry-sails-again-after-41-days"
    assert episode.version == 1
    assert library.warnings == ()


def test_a_receipt_comes_back_as_it_went(library):
    item = newsroom.article()
    newsroom.publish(library, item)
    receipt = library.receipt(item.id)
    assert receipt == library.receipts()[0]
    assert receipt.dropped == item.dropped
    assert receipt.source == "/home/editor/secret/ferry-1.html"
    assert receipt.segments[4].tokens[0].say == "Engineers"
    assert receipt.timeline[0].start == 0
    library.keep(receipt)
    assert library.receipt(item.id) == receipt


def test_up_to_date_means_same_inputs_same_source_and_whole_files(library):
    item = newsroom.article()
    episode = newsroom.publish(library, item)
    receipt = library.receipt(item.id)
    inputs, source = receipt.inputs, receipt.source_hash
    assert library.up_to_date(receipt, inputs, source)
    assert not library.up_to_date(receipt, "other voice", source)
    assert not library.up_to_date(receipt, inputs, "other text")
    assert not library.up_to_date(replace(receipt, status="retracted"), inputs, source)
    assert not library.up_to_date(replace(receipt, slug="../.."), inputs, source)
    for name in ("captions.vtt", "chapters.json", "transcript.json", "episode.json", episode.audio.name):
        path = episode.folder / name
        data = path.read_bytes()
        path.write_bytes(data[:-1])
        assert not library.up_to_date(receipt, inputs, source), name
        path.unlink()
        assert not library.up_to_date(receipt, inputs, source), name
        path.write_bytes(data)
        assert library.up_to_date(receipt, inputs, source), name


def test_an_episode_can_be_told_from_its_receipt(library):
    made = newsroom.publish(library, newsroom.article())
    told = library.episode(library.receipt(made.id))
    assert told == replace(made, changed=False, spoken_now=0)


def test_no_slug_leads_out_of_the_output(library):
    for slug in ("..", "../x", "/etc", "a/b", "", "A", "a" * 81, "con."):
        with pytest.raises(ValueError, match="not a slug"):
            library.folder(slug)


def test_state_that_cannot_be_written_is_one_clear_error(tmp_path):
    (tmp_path / "state").write_text("a file, where a folder should be")
    with pytest.raises(OutputError, match="state") as caught:
        Library(tmp_path / "out", tmp_path / "state").reserve_slug(newsroom.article())
    assert caught.value.hint


def test_nothing_private_lies_in_the_output(library):
    episode = newsroom.publish(library, newsroom.article())
    public = b"".join(path.read_bytes() for path in episode.folder.iterdir() if path.suffix != ".mp3")
    for secret in (b"secret", b"newsletter", b"plain", library.receipt(episode.id).segments[0].key.encode()):
        assert secret not in public


def _reserve(job: tuple[Path, Path, int]) -> str:
    out, state, number = job
    return Library(out, state).reserve_slug(newsroom.article(number))


def test_one_slug_is_never_given_to_two_processes(tmp_path):
    jobs = [(tmp_path / "out", tmp_path / "state", number) for number in range(12)]
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        slugs = pool.map(_reserve, jobs, chunksize=1)
    assert len(set(slugs)) == len(slugs)
    assert "island-ferry-sails-again-after-41-days" in slugs


def test_receipts_are_plain_json(library):
    item = newsroom.article(title="Broken \ud800 surrogate")
    newsroom.publish(library, item)
    value = json.loads(next((library.state / "receipts").iterdir()).read_text("utf-8"))
    assert value["format"] == "articleaudio/receipt/1"
    assert library.receipt(item.id).title == item.title
