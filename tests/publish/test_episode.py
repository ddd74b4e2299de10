from __future__ import annotations

import gzip
import hashlib
import json
import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import jsonschema
import pytest

import newsroom
from articleaudio.disclosure import Disclosed
from articleaudio.errors import OutputError
from articleaudio.model import Block, BlockKind, Segment
from articleaudio.publish import publish_episode
from articleaudio.publish.document import Marks
from articleaudio.publish.invariants import coverage_findings, findings

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "episode.schema.json").read_text("utf-8"))
VALID = jsonschema.Draft202012Validator(SCHEMA)


def tree(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in sorted(folder.iterdir())}


def test_the_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_what_is_published_fits_the_schema_and_keeps_every_promise(library, read_json):
    item = newsroom.article()
    episode = newsroom.publish(library, item)
    document = read_json(episode.folder / "episode.json")
    assert not list(VALID.iter_errors(document))
    assert findings(document) == []
    assert coverage_findings(document, len(item.blocks)) == []
    assert episode.flags == ()
    assert sorted(path.name for path in episode.folder.iterdir()) == [
        "captions.srt",
        "captions.vtt",
        "chapters.json",
        "episode.json",
        episode.audio.name,
        "transcript.html",
        "transcript.json",
    ]


def test_the_document_tells_the_facts(library, read_json):
    item = newsroom.article(image="https://harbour.example/aurora.jpg")
    episode = newsroom.publish(library, item)
    document = read_json(episode.folder / "episode.json")
    assert {
        key: document[key] for key in ("title", "dek", "section", "site", "url", "image", "authors", "language")
    } == {
        "title": item.title,
        "dek": item.dek,
        "section": "Islands",
        "site": "The Harbour Post",
        "url": item.url,
        "image": item.image,
        "authors": ["Mara Lindqvist", "Tom Okafor"],
        "language": "en",
    }
    data = episode.audio.read_bytes()
    assert document["audio"] == {
        "file": f"{episode.slug}.{hashlib.sha256(data).hexdigest()[:8]}.mp3",
        "type": "audio/mpeg",
        "bytes": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
        "duration": round(episode.duration, 3),
        "bitrate": 96000,
    }
    assert document["disclosure"] == newsroom.DISCLOSURE
    assert document["generated"] == "2026-03-14T09:26:53+00:00"
    assert document["voice"] == {"name": "en-us", "engine": "pyttsx3", "attribution": ""}


def test_words_are_counted_as_javascript_counts(library, read_json):
    text = "Fans 🎉🎉 paid 15,000 👩‍🚀 at 𝒳 Corp."
    item = newsroom.article(blocks=(Block(BlockKind.PARAGRAPH, text),))
    episode = newsroom.publish(library, item)
    segment = read_json(episode.folder / "episode.json")["segments"][-1]
    units = segment["written"].encode("utf-16-le")
    said = [units[2 * first : 2 * last].decode("utf-16-le") for _, _, first, last in segment["words"]]
    assert said == ["Fans", "paid", "15,000", "at", "𝒳", "Corp"]
    assert [(first, last) for _, _, first, last in segment["words"]] == [
        (0, 4),
        (10, 14),
        (15, 21),
        (28, 30),
        (31, 33),
        (34, 38),
    ]


def test_a_run_with_nothing_new_writes_nothing(library):
    item = newsroom.article()
    first = newsroom.publish(library, item)
    before = tree(first.folder), tree(library.state / "receipts")
    again = newsroom.publish(library, item, now=newsroom.LATER)
    assert not again.changed
    assert again.version == 1
    assert (tree(first.folder), tree(library.state / "receipts")) == before


def test_a_change_raises_the_version_and_keeps_the_former_sound(library, read_json):
    item = newsroom.article()
    first = newsroom.publish(library, item)
    edited = replace(item, blocks=(Block(BlockKind.PARAGRAPH, "The ferry sails on Tuesday."), *item.blocks[1:]))
    second = newsroom.publish(library, edited, now=newsroom.LATER)
    document = read_json(second.folder / "episode.json")
    assert (second.version, second.changed, document["version"]) == (2, True, 2)
    assert document["generated"] == newsroom.LATER.isoformat()
    assert first.audio.is_file()
    assert second.audio.is_file()
    assert first.audio != second.audio
    receipt = library.receipt(item.id)
    assert [(former.name, former.at) for former in receipt.superseded] == [(first.audio.name, newsroom.LATER)]
    back = newsroom.publish(library, item, now=newsroom.LATER)
    assert back.version == 3
    assert [former.name for former in library.receipt(item.id).superseded] == [second.audio.name]


def test_an_edit_is_noted_where_the_article_does_not_say_when_it_was_updated(library, read_json):
    item = newsroom.article(updated=None)
    first = newsroom.publish(library, item)
    told = first.folder / "episode.json"
    assert read_json(told)["updated"] is None
    backup = told.read_bytes()
    edited = replace(item, blocks=(Block(BlockKind.PARAGRAPH, "The ferry sails on Tuesday."), *item.blocks[1:]))
    newsroom.publish(library, edited, now=newsroom.LATER)
    assert read_json(told)["updated"] == newsroom.LATER.isoformat()
    second = told.read_bytes()
    told.unlink()
    assert newsroom.publish(library, edited, now=newsroom.LATER + timedelta(days=1)).version == 2
    assert told.read_bytes() == second
    told.write_bytes(backup)
    newsroom.publish(library, edited, now=newsroom.LATER + timedelta(days=2))
    assert told.read_bytes() == second
    path = library.path(item.id)
    path.unlink()
    newsroom.publish(library, edited, now=newsroom.LATER + timedelta(days=3))
    assert told.read_bytes() == second
    newsroom.publish(library, edited, inputs="voice 2", disclosure="By a machine.", now=newsroom.LATER)
    document = read_json(told)
    assert (document["version"], document["updated"]) == (3, newsroom.LATER.isoformat()), "no edit of the article"
    newsroom.publish(library, replace(edited, updated=newsroom.NOW), inputs="voice 2", disclosure="By a machine.")
    assert read_json(told)["updated"] == newsroom.NOW.isoformat(), "what the article says counts"


def test_facts_alone_raise_the_version_too(library):
    item = newsroom.article()
    newsroom.publish(library, item)
    assert newsroom.publish(library, replace(item, section="Travel")).version == 2
    assert newsroom.publish(library, replace(item, section="Travel"), disclosure="Read by a machine.").version == 3


def test_what_only_the_receipt_knows_raises_no_version(library):
    item = newsroom.article()
    newsroom.publish(library, item, inputs="voice 1")
    again = newsroom.publish(library, replace(item, source="/elsewhere/a.html"), inputs="software 2")
    assert (again.version, again.changed) == (1, False)
    assert library.receipt(item.id).inputs == "software 2"
    assert library.receipt(item.id).source == "/elsewhere/a.html"


def test_a_lost_file_is_put_back_without_a_new_version(library):
    item = newsroom.article()
    episode = newsroom.publish(library, item)
    before = (episode.folder / "captions.vtt").read_bytes()
    (episode.folder / "captions.vtt").unlink()
    episode.audio.unlink()
    again = newsroom.publish(library, item, now=newsroom.LATER)
    assert (again.version, again.changed) == (1, True)
    assert (episode.folder / "captions.vtt").read_bytes() == before
    assert episode.audio.is_file()


def test_a_damaged_mp3_is_replaced(library):
    item = newsroom.article()
    episode = newsroom.publish(library, item)
    good = episode.audio.read_bytes()
    episode.audio.write_bytes(bytes(len(good)))
    newsroom.publish(library, item)
    assert episode.audio.read_bytes() == good


def test_a_withdrawn_episode_comes_back_as_a_new_version(library):
    item = newsroom.article()
    episode = newsroom.publish(library, item)
    tombstone = {"schema": "articleaudio/episode/1", "id": item.id, "slug": episode.slug, "status": "retracted"}
    tombstone["updated"] = newsroom.LATER.isoformat()
    assert not list(VALID.iter_errors(tombstone))
    assert list(VALID.iter_errors(tombstone | {"title": "still told"}))
    (episode.folder / "episode.json").write_text(json.dumps(tombstone))
    assert newsroom.publish(library, item).version == 2


@pytest.mark.parametrize("broken", ["", "{", "[1]", '{"version": "x"}'])
def test_a_broken_episode_json_is_made_again(library, read_json, broken):
    item = newsroom.article()
    episode = newsroom.publish(library, item)
    (episode.folder / "episode.json").write_text(broken)
    newsroom.publish(library, item)
    assert not list(VALID.iter_errors(read_json(episode.folder / "episode.json")))


def test_addresses_that_are_no_web_pages_are_not_published(library, read_json):
    item = newsroom.article(url="javascript:alert(1)", image="file:///etc/passwd", aliases=("path:x",))
    document = read_json(newsroom.publish(library, item).folder / "episode.json")
    assert document["url"] == document["image"] == ""
    assert all("url" not in chapter for chapter in document["chapters"])


@pytest.mark.parametrize(
    "title",
    ["<script>alert(1)</script> ]]>", "../../etc/passwd", "🚢", "CON", "x" * 10_000, "שלום", "lone \ud800", "a\x00b"],
)
def test_any_title_can_be_published(library, read_json, title):
    episode = newsroom.publish(library, newsroom.article(title=title))
    document = read_json(episode.folder / "episode.json")
    assert document["title"] == title
    assert episode.folder.parent == library.out / "episodes"
    assert not list(VALID.iter_errors(document))
    assert (episode.folder / "captions.vtt").read_text("utf-8").startswith("WEBVTT\n")


def test_a_word_mark_past_the_end_of_its_sound_is_held_in(library, read_json, tmp_path):
    item = newsroom.article()
    script = newsroom.script_of(item)
    recording = newsroom.recording_of(item, script, tmp_path / "work.mp3")
    timed = recording.segments[3]
    late = replace(timed.words[-1], end=timed.end + 0.2)
    segments = list(recording.segments)
    segments[3] = replace(timed, words=(*timed.words[:-1], late))
    episode = publish(library, item, script, replace(recording, segments=tuple(segments)))
    assert findings(read_json(episode.folder / "episode.json")) == []
    assert episode.flags == ()


def test_a_broken_timeline_is_flagged_and_not_hidden(library, tmp_path):
    item = newsroom.article()
    script = newsroom.script_of(item)
    recording = newsroom.recording_of(item, script, tmp_path / "work.mp3")
    episode = publish(
        library, item, script, replace(recording, timeline=recording.timeline[:-1], warnings=("too loud",))
    )
    assert [flag.message for flag in episode.flags] == ["too loud", "timeline: +0.4000 s at end"]


def test_the_recording_moves_and_leaves_nothing_behind(library, tmp_path):
    item = newsroom.article()
    script = newsroom.script_of(item)
    for _ in range(2):
        recording = newsroom.recording_of(item, script, tmp_path / "work.mp3")
        episode = publish(library, item, script, recording)
        assert not recording.path.exists()
        assert not [path for path in episode.folder.iterdir() if path.name.startswith(".")]
    kept = publish(library, item, script, replace(recording, path=episode.audio))
    assert not kept.changed
    assert episode.audio.is_file()


def test_an_output_that_cannot_be_written_is_one_clear_error(library, tmp_path):
    item = newsroom.article()
    script = newsroom.script_of(item)
    recording = newsroom.recording_of(item, script, tmp_path / "work.mp3")
    library.out.mkdir()
    (library.out / "episodes").write_text("a file, where a folder should be")
    with pytest.raises(OutputError, match="episodes"):
        publish(library, item, script, recording)
    assert library.receipts() == ()


def test_the_same_article_gives_the_same_bytes_elsewhere(tmp_path):
    item = newsroom.article()
    folders = []
    for name in ("one", "two"):
        library = newsroom.Library(tmp_path / name / "out", tmp_path / name / "state")
        folders.append(newsroom.publish(library, item).folder)
    one, two = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in folders)
    assert one == two


def test_an_article_of_800_words_stays_below_60_kb(library):
    words = random.Random(1).choices(
        ["harbour", "ferry", "said", "island", "county", "engineers", "Monday", "41", "million", "because"], k=800
    )
    blocks = tuple(Block(BlockKind.PARAGRAPH, f"{' '.join(words[at : at + 20])}.") for at in range(0, 800, 20))
    item = newsroom.article(blocks=blocks)
    episode = newsroom.publish(library, item, timing={"word": 0.347})
    data = (episode.folder / "episode.json").read_bytes()
    assert data.count(b"],[") > 700
    assert len(gzip.compress(data, 9)) < 60_000


def test_segments_say_which_block_they_read(library, read_json):
    item = newsroom.article()
    segments = read_json(newsroom.publish(library, item).folder / "episode.json")["segments"]
    assert [segment["block"] for segment in segments] == [None, None, None, 0, 1, 1, 2, 3, 4, 5, 6, 7, 8]
    assert {segment["role"] for segment in segments[:3]} == {"disclosure", "headline", "byline"}
    assert isinstance(newsroom.script_of(item).segments[0], Segment)


def publish(library, item, script, recording):
    return publish_episode(
        item,
        script,
        recording,
        library=library,
        show=newsroom.SHOW,
        voice=newsroom.VOICE,
        marks=newsroom.MARKS,
        inputs="voice 1",
        source_hash="0",
        now=newsroom.NOW,
    )


def test_an_episode_of_before_is_valid_and_gets_what_it_lacks_once(library, read_json):
    item = newsroom.article()
    episode = newsroom.publish(library, item)
    path = episode.folder / "episode.json"
    document = read_json(path)
    for name in ("disclosure_language", "subtitles", "transcript_page"):
        del document[name]
    del document["voice"]["attribution"]
    assert not list(VALID.iter_errors(document))
    path.write_text(json.dumps(document))
    for name in ("captions.srt", "transcript.html"):
        (episode.folder / name).unlink()

    later = newsroom.publish(library, item, now=newsroom.LATER)
    assert (later.version, later.changed, later.audio) == (2, True, episode.audio)
    assert (episode.folder / "captions.srt").is_file()
    assert (episode.folder / "transcript.html").is_file()
    again = newsroom.publish(library, item, now=newsroom.LATER + timedelta(days=1))
    assert (again.version, again.changed) == (2, False)


def test_marks_reach_document_page_and_receipt(library, read_json):
    marks = Marks(Disclosed("Від машини.", "uk"), "http://example.org/kind", "Ada; Tom")
    episode = newsroom.publish(library, newsroom.article(), marks=marks)
    document = read_json(episode.folder / "episode.json")
    assert not list(VALID.iter_errors(document))
    assert (document["disclosure"], document["disclosure_language"]) == ("Від машини.", "uk")
    assert document["digital_source_type"] == "http://example.org/kind"
    assert document["voice"] == {"name": "en-us", "engine": "pyttsx3", "attribution": "Ada; Tom"}
    receipt = library.receipt(episode.id)
    assert (receipt.disclosure, receipt.digital_source_type) == ("Від машини.", "http://example.org/kind")
    assert {"captions.srt", "transcript.html"} <= {file.name for file in receipt.files}
