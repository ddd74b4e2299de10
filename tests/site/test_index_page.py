"""The index, its archive and its search."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import lxml.html
import pytest

import newsroom
from articleaudio.site import build_site
from articleaudio.site.archive import CHUNK, NEWEST, chunk_count, chunks
from shelves import fill


def parsed(path: Path) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(path.read_bytes().decode("utf-8"))


def build(out: Path) -> None:
    build_site(out, newsroom.SHOW, on_warning=pytest.fail)


def titles(page) -> list[str]:
    return [link.text_content() for link in page.xpath("//h3/a | //ul/li/a[not(@type)]")]


@pytest.fixture(scope="session")
def many(tmp_path_factory) -> Path:
    """A built site of 160 episodes: an index, a full page of archive and one with ten; read only."""
    out = fill(tmp_path_factory.mktemp("many"), 160)
    build(out)
    return out


def test_every_episode_is_on_one_page_newest_first(many):
    pages = [many / "index.html", *sorted(many.glob("archive/*.html"), reverse=True)]
    assert [path.name for path in pages] == ["index.html", "0002.html", "0001.html"]
    found = [titles(parsed(path)) for path in pages]
    assert [len(each) for each in found] == [NEWEST, 10, CHUNK]
    assert [title for each in found for title in each] == [f"Story {n} of the harbour" for n in range(160, 0, -1)]


def test_pages_lead_to_each_other(many):
    at, seen = many / "index.html", []
    while link := parsed(at).xpath('//a[@rel="next"]/@href'):
        at = (at.parent / link[0]).resolve()
        seen.append(at.name)
    assert seen == ["0002.html", "0001.html"]
    while link := parsed(at).xpath('//a[@rel="prev"]/@href'):
        at = (at.parent / link[0]).resolve()
        seen.append(at.name)
    assert seen[2:] == ["0002.html", "index.html"]


def test_the_search_knows_what_the_pages_show(many):
    for path in many.glob("archive/*.json"):
        known = json.loads(path.read_text("utf-8"))["episodes"]
        assert [each["title"] for each in known] == titles(parsed(path.with_suffix(".html")))
        assert all((many / "episodes" / each["slug"] / "index.html").is_file() for each in known)
        assert {(each["language"], each["duration"]) for each in known} == {("en", 56)}


def test_the_playlist_is_the_newest_twenty(many):
    listed = json.loads((many / "playlist.json").read_text("utf-8"))["episodes"]
    assert [each["title"] for each in listed] == [f"Story {n} of the harbour" for n in range(160, 140, -1)]


def test_each_language_of_several_has_a_playlist_of_its_own(show_folder, tmp_path):
    out = tmp_path / "out"
    shutil.copytree(show_folder, out)
    listed = {path.name: json.loads(path.read_text("utf-8"))["episodes"] for path in out.glob("playlist*.json")}
    assert {name: {each["language"] for each in episodes} for name, episodes in listed.items()} == {
        "playlist.json": {"en", "uk", "he"},
        "playlist.en.json": {"en"},
        "playlist.uk.json": {"uk"},
        "playlist.he.json": {"he"},
    }
    asked = {
        page.xpath("string(/html/@lang)"): page.xpath("string(//article-audio/@playlist)")
        for page in map(parsed, out.glob("episodes/*/index.html"))
    }
    assert asked == {"en": "../../playlist.en.json", "uk": "", "he": ""}, "nothing follows the only one of its language"
    for path in out.glob("episodes/*/index.html"):
        if parsed(path).get("lang") != "en":
            shutil.rmtree(path.parent)
    build(out)
    assert [path.name for path in out.glob("playlist*.json")] == ["playlist.json"]


def test_a_new_episode_changes_the_index_and_the_last_page_alone(many, tmp_path):
    out = tmp_path / "out"
    shutil.copytree(many, out)
    before = {path: path.read_bytes() for path in out.rglob("*.*")}
    fill(tmp_path, 1, first=161)
    build(out)
    changed = {path.relative_to(out).as_posix() for path, data in before.items() if path.read_bytes() != data}
    assert {name for name in changed if "feed" not in name} == {
        "index.html",
        "playlist.json",
        "archive/0002.html",
        "archive/0002.json",
    }


def test_pages_that_are_no_longer_there_are_removed_and_nothing_else(many, tmp_path):
    out = tmp_path / "out"
    shutil.copytree(many, out)
    (out / "archive" / "0002-notes.html").write_text("of the house")
    (out / "archive" / "2026.css").write_text("")
    for number in range(100, 161):
        shutil.rmtree(out / "episodes" / f"story-{number:05}")
    build(out)
    assert sorted(path.name for path in (out / "archive").iterdir()) == [
        "0001.html",
        "0001.json",
        "0002-notes.html",
        "2026.css",
    ]
    assert len(titles(parsed(out / "archive" / "0001.html"))) == 49


@pytest.mark.parametrize("total", [0, 1, 50, 51, 149, 150, 151, 250, 251, 2000])
def test_no_episode_is_lost_or_twice(total):
    numbers = list(range(total))  # stand for episodes, newest first
    cut = list(chunks(numbers))
    assert len(cut) == chunk_count(total)
    assert numbers[:NEWEST] + [number for chunk in reversed(cut) for number in chunk.episodes] == numbers
    assert all(len(chunk.episodes) == CHUNK for chunk in cut[:-1])


@pytest.fixture
def page(page, serving, many):
    """The index, opened."""
    page.set_viewport_size({"width": 1000, "height": 900})
    page.goto(serving(many))
    return page


def shown(page) -> list[str]:
    return page.locator(".shelf h3 a:visible, .found a:visible").all_inner_texts()


def test_titles_are_searched_on_the_page_and_in_the_archive(page):
    page.get_by_role("searchbox").fill("HÁRBOUR  story 11")
    page.get_by_text("Found: 11").wait_for()
    assert shown(page) == [f"Story {n} of the harbour" for n in range(160, 0, -1) if "11" in str(n)]
    page.get_by_role("searchbox").fill("no such thing")
    page.get_by_text("Nothing found.").wait_for()
    assert shown(page) == []
    page.get_by_role("searchbox").fill("")
    page.locator(".card").nth(NEWEST - 1).wait_for()
    assert len(shown(page)) == NEWEST
    page.get_by_role("searchbox").fill("story 11 of")
    page.get_by_role("link", name="Story 11 of the harbour").click()
    page.wait_for_url("**/story-00011/index.html")


def test_sections_filter_and_can_be_linked_to(page):
    page.get_by_role("link", name="Culture & more", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_text("Found: 40").wait_for()
    expected = [f"Story {n} of the harbour" for n in range(160, 0, -1) if n % 4 == 2]
    assert shown(page) == expected
    assert page.evaluate("document.activeElement.textContent") == "Culture & more"
    assert page.locator(".sections [aria-current]").all_inner_texts() == ["Culture & more"]
    page.reload()
    page.get_by_text("Found: 40").wait_for()
    page.get_by_role("searchbox").fill("story 10")
    page.get_by_text("Found: 4").wait_for()
    page.get_by_role("link", name="All", exact=True).click()
    page.get_by_text("Found: 12").wait_for()
    assert page.get_by_role("searchbox").input_value() == "story 10"


def test_what_an_address_asks_for_is_text(page):
    page.goto(page.url + "#section=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&q=%3Cb%3E")
    page.get_by_text("Nothing found.").wait_for()
    assert page.locator("main img, main [onerror]").count() == 0
    assert page.get_by_role("searchbox").input_value() == "<b>"


def test_without_its_archive_the_search_finds_what_is_shown(browser, many):
    context = browser.new_context()
    page = context.new_page()
    page.goto((many / "index.html").as_uri())  # from a disk, where nothing can be fetched
    page.get_by_role("searchbox").fill("story 160")
    page.get_by_text("Found: 1").wait_for()
    assert shown(page) == ["Story 160 of the harbour"]
    context.close()


def test_one_episode_plays_at_a_time(page):
    first, second = page.locator("audio").nth(0), page.locator("audio").nth(1)
    for audio in (first, second):
        audio.evaluate("audio => { audio.muted = true; return audio.play(); }")
    page.wait_for_function("document.querySelectorAll('audio')[0].paused")
    assert not second.evaluate("audio => audio.paused")
    assert page.locator("audio[preload=metadata]").count() == 3


def test_without_scripts_there_is_no_search_but_all_episodes(browser, serving, many):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(serving(many))
    assert not page.get_by_role("search").is_visible()
    assert len(shown(page)) == NEWEST
    page.get_by_role("link", name="Older episodes").click()
    assert page.locator("h1").inner_text().lower() == "archive, page 2"
    context.close()
