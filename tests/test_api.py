"""The Python interface, used as a program would."""

from __future__ import annotations

import pytest

import articleaudio
from articleaudio import config, events
from articleaudio.errors import NoArticleError, SourceError
from articleaudio.model import Article, Block, BlockKind, Episode, Failure
from articleaudio.read.source import Source


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_a_file_becomes_an_episode(tmp_path):
    (tmp_path / "a.md").write_text("# Ferry returns\n\nThe ferry is back.\n")
    seen = []
    episode = articleaudio.convert("a.md", emit=seen.append)
    assert episode.title == "Ferry returns"
    assert episode.audio.is_file()
    assert episode.audio.is_relative_to(tmp_path / "public")
    assert any(isinstance(event, events.SegmentReady) for event in seen)
    assert (tmp_path / "public" / "index.html").is_file()
    assert articleaudio.convert("a.md").changed is False


def test_bytes_are_a_source():
    source = Source(name="from the desk", data=b"# Ferry returns\n\nThe ferry is back.\n", relative="desk/1.md")
    assert articleaudio.convert(source).slug == "ferry-returns"


def test_an_article_made_by_a_program_is_spoken():
    block = Block(BlockKind.PARAGRAPH, "The ferry is back.")
    article = Article(
        id="9b2f0c1e-0000-4000-8000-000000000001", aliases=("cms:1",), title="Ferry", language="en", blocks=(block,)
    )
    episode = articleaudio.convert(article, out="elsewhere")
    assert episode.id == article.id
    assert episode.audio.is_file()


def test_what_cannot_be_read_is_raised(tmp_path):
    with pytest.raises(SourceError):
        articleaudio.convert("none.html")
    (tmp_path / "draft.md").write_text("---\ndraft: true\n---\n# Ferry\n\nNot yet.\n")
    with pytest.raises(NoArticleError):
        articleaudio.convert("draft.md")


def test_many_sources_give_results_as_values(tmp_path):
    (tmp_path / "a.md").write_text("# Ferry returns\n\nThe ferry is back.\n")
    (tmp_path / "b.md").write_text("")
    good, bad = articleaudio.convert_many(["a.md", "b.md"], config.load_house(), out="public")
    assert isinstance(good, Episode)
    assert isinstance(bad, Failure)
    assert (tmp_path / "public" / "index.html").is_file()
