from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace

import pytest

import newsroom
from articleaudio.errors import OutputError
from articleaudio.site import SiteReport


def test_the_second_build_writes_nothing(site):
    newsroom.publish(site.library, newsroom.article())
    first = site.build()
    assert (first.episodes, first.feed) == (1, True)
    assert first.written >= len(list(site.out.glob("*.*"))) + 1
    before = {path: path.stat().st_mtime_ns for path in site.out.rglob("*")}
    assert site.build() == SiteReport(episodes=1, written=0, feed=True)
    assert {path: path.stat().st_mtime_ns for path in site.out.rglob("*")} == before
    assert site.warnings == []


def test_all_files_of_the_contract_are_there(site):
    episode = newsroom.publish(site.library, newsroom.article())
    site.build()
    names = {path.name for path in site.out.iterdir()}
    assert {"index.html", "feed.xml", "article-audio.js", "article-audio.css", "playlist.json", "episodes"} <= names
    (versioned,) = site.out.glob("article-audio.*.js")
    assert versioned.read_bytes() == (site.out / "article-audio.js").read_bytes()
    assert (episode.folder / "index.html").is_file()
    (playlist,) = json.loads((site.out / "playlist.json").read_text("utf-8"))["episodes"]
    assert (site.out / playlist["src"]).is_file()
    assert (site.out / playlist["page"]).is_file()
    assert playlist["title"] == newsroom.article().title


@pytest.mark.parametrize("base", ["", "audio.example.com", "javascript:x", "/srv/www"])
def test_without_a_base_url_everything_is_made_but_the_feed(site, base):
    episode = newsroom.publish(site.library, newsroom.article())
    report = site.build(replace(newsroom.SHOW, base_url=base))
    assert (report.episodes, report.feed) == (1, False)
    assert not (site.out / "feed.xml").exists()
    assert len(site.warnings) == 1
    assert "base_url" in site.warnings[0]
    assert "--base-url" in site.warnings[0]
    page = (episode.folder / "index.html").read_text("utf-8")
    assert "rss" not in page
    assert "og:audio" not in page


def test_one_broken_episode_does_not_stop_the_others(site):
    newsroom.publish(site.library, newsroom.article(1))
    broken = newsroom.publish(site.library, newsroom.article(2))
    (broken.folder / "episode.json").write_text("{")
    (site.out / "episodes" / "foreign").mkdir()
    (site.out / "episodes" / "foreign" / "episode.json").write_text('{"title": "not ours"}')
    assert site.build().episodes == 1
    assert len(site.warnings) == 2


def test_a_folder_that_cannot_be_written_is_one_clear_error(tmp_path, site):
    site.out.parent.mkdir(exist_ok=True)
    site.out.write_text("a file")
    with pytest.raises(OutputError, match="out"):
        site.build()


def test_the_stage_is_not_heavy_until_it_is_used():
    code = "import sys, articleaudio.site; print([m for m in ('uvicorn', 'starlette', 'lxml') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_feeds_outlive_a_forgotten_base_url_and_are_named(site):
    newsroom.publish(site.library, newsroom.article())
    site.build()
    feed = (site.out / "feed.xml").read_bytes()
    site.build(replace(newsroom.SHOW, base_url=""))
    assert (site.out / "feed.xml").read_bytes() == feed
    assert any(text.startswith("feed.xml of an earlier run") for text in site.warnings)
    assert "feed.xml" not in (site.out / "index.html").read_text("utf-8")


def test_what_was_withdrawn_is_on_no_page(site):
    gone = newsroom.publish(site.library, newsroom.article(1, title="To be withdrawn"))
    newsroom.publish(site.library, newsroom.article(2))
    site.build()
    document = gone.folder / "episode.json"
    kept = {key: json.loads(document.read_text("utf-8"))[key] for key in ("schema", "id", "slug")}
    document.write_text(json.dumps(kept | {"status": "retracted", "updated": "2026-03-15T00:00:00Z"}))
    assert site.build().episodes == 1
    for name in ("index.html", "playlist.json", "feed.xml"):
        assert "To be withdrawn" not in (site.out / name).read_text("utf-8")
