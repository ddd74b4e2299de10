"""How the player looks, how it is read out, what it weighs, and what the manual says of it."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playerbuild import built
from playerstage import Stage, picture

import newsroom
from articleaudio.site import player

PARTS = {
    path.stem: path.read_text("utf-8") for path in Path(player.__file__).parent.glob("*.js") if path != player.BUILT
}
SOURCE = "\n".join(PARTS.values())
MANUAL = (Path(__file__).parents[2] / "docs" / "player.md").read_text("utf-8")
PHONE = {"width": 360, "height": 740}
DESK = {"width": 760, "height": 620}


@pytest.fixture
def stage(tmp_path, show_folder, serving, browser):
    stage = Stage(tmp_path, next(show_folder.glob("episodes/island-*")), serving, browser)
    entries = [{"title": f"Episode {n}", "src": f"{stage.story}/episode.json?{n}", "duration": 60} for n in (1, 2)]
    stage.put("playlist.json", json.dumps({"episodes": entries}))
    yield stage
    stage.close()


def listening(stage, attributes="", **settings):
    """A page on which the player has been used."""
    page = stage.open(f'playlist="playlist.json" {attributes}', **settings)
    page.locator("article-audio .player .play").click()
    page.evaluate("document.querySelector('audio').currentTime = 30")
    page.wait_for_function(
        "document.querySelector('article-audio').shadowRoot.querySelector('.now').textContent >= '0:30'"
    )
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "panel", ["", "Chapters", "Transcript", "Playlist"], ids=["closed", "chapters", "transcript", "playlist"]
)
def test_accessibility_rules_find_nothing(stage, scheme, panel):
    page = listening(
        stage, "mini", color_scheme=scheme, viewport=DESK, below="<h1>Story</h1><div style='height: 3000px'></div>"
    )
    if panel:
        page.get_by_role("button", name=panel, exact=True).click()
    picture(page, f"{scheme}-{panel.lower() or 'closed'}")
    found = Axe().run(page).response
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found["violations"]] == []
    page.evaluate("scrollTo(0, 2000)")
    page.locator("article-audio .mini").wait_for()
    picture(page, f"{scheme}-mini")
    assert [one["id"] for one in Axe().run(page, context="article-audio").response["violations"]] == []


@pytest.mark.parametrize(
    ("name", "settings"), [("phone", {"viewport": PHONE}), ("narrow", {"viewport": {"width": 240, "height": 700}})]
)
@pytest.mark.parametrize("language", ["en", "uk", "de"])
def test_nothing_is_wider_than_the_screen(stage, name, settings, language):
    title = newsroom.HOSTILE + " Donaudampfschifffahrtsgesellschaftskapitänsmützenfabrik" * 9
    page = listening(stage, root=f'lang="{language}"', src=stage.episode(title=title), **settings)
    assert page.evaluate("document.documentElement.scrollWidth") <= settings["viewport"]["width"]
    box = page.locator("article-audio .player").bounding_box()
    for part in page.locator("article-audio .player .button:visible").all():
        inner = part.bounding_box()
        assert box["x"] <= inner["x"]
        assert inner["x"] + inner["width"] <= box["x"] + box["width"] + 1
    picture(page, f"{name}-{language}")


def test_right_to_left_everything_is_mirrored(stage):
    page = listening(stage, root='lang="he" dir="rtl"', viewport=DESK)
    picture(page, "rtl")
    place = {
        part: page.locator(f"article-audio .player .{part}").bounding_box()["x"]
        for part in ("play", "title", "now", "total", "back", "share")
    }
    assert place["play"] > place["title"]
    assert place["now"] > place["total"]
    assert place["back"] > place["share"]
    marks = [one.bounding_box()["x"] for one in page.locator("article-audio .chapter-mark").all()]
    assert marks == sorted(marks, reverse=True)
    for part in ("back", "speed"):  # signs and figures: "15−" and "×1" would be read as something else
        direction = page.locator(f"article-audio .{part}").evaluate("element => getComputedStyle(element).direction")
        assert direction == "ltr", part
    assert page.locator("article-audio .now").first.inner_text() >= "0:30"
    page.locator("article-audio .share").focus()
    page.evaluate("document.querySelector('audio').pause()")
    before = page.evaluate("document.querySelector('audio').currentTime")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.querySelector('audio').currentTime") == pytest.approx(before + 5, abs=0.1)


def test_forced_colours_leave_icons_to_be_seen(stage):
    page = listening(stage, forced_colors="active", viewport=DESK)
    picture(page, "forced")
    for part in ("play", "mute"):
        colours = page.evaluate(
            """part => {
                const icon = document.querySelector("article-audio").shadowRoot.querySelector(part);
                return [getComputedStyle(icon, "::before"), getComputedStyle(document.body)].map((style) =>
                    style.getPropertyValue(style.content === "normal" ? "background-color" : "border-top-color"));
            }""",
            f".{part}",
        )
        assert colours[0] != colours[1]


def test_it_stays_light_on_a_page_that_is_light(stage):
    page = stage.open(root='lang="en" style="color-scheme: only light"', color_scheme="dark")
    colour = page.evaluate(
        "getComputedStyle(document.querySelector('article-audio').shadowRoot.querySelector('.player')).backgroundColor"
    )
    assert colour == "rgb(255, 255, 255)"


def test_on_paper_stands_what_it_is_and_where(stage):
    page = stage.open("mini", viewport=DESK)
    page.emulate_media(media="print")
    picture(page, "print")
    seen = page.evaluate("document.querySelector('article-audio').shadowRoot.querySelector('.player').innerText").split(
        "\n"
    )
    told = [line for line in seen if line.strip()]
    assert told == [stage.document["title"], f"AI{newsroom.DISCLOSURE}", stage.document["url"]]


def test_nothing_moves_by_itself():
    assert not re.search(r"transition|animation|scroll-behavior|behavior:", SOURCE)


def test_a_house_gives_it_its_own_colours_and_parts(stage):
    colours = "--aa-accent: rgb(0, 90, 0); --aa-surface: rgb(250, 250, 240)"
    style = f"article-audio {{ {colours} }} article-audio::part(title) {{ font-size: 30px }}"
    page = stage.open(head=f"<style>{style}</style>")
    root = "document.querySelector('article-audio').shadowRoot"
    read = f"([part, name]) => getComputedStyle({root}.querySelector(part))[name]"
    assert page.evaluate(read, [".play", "backgroundColor"]) == "rgb(0, 90, 0)"
    assert page.evaluate(read, [".player", "backgroundColor"]) == "rgb(250, 250, 240)"
    assert page.evaluate(read, [".title", "fontSize"]) == "30px"


def test_the_script_is_made_from_its_parts():
    assert player.player_bytes() == built(), "run `make player`"


def test_the_script_stays_small():
    data = player.player_bytes()
    assert len(gzip.compress(data, 9, mtime=0)) <= 10_000
    assert not re.search(rb"https?://", data)


# ── the manual ──────────────────────────────────────────────────────────────────────────────────────────────────────


def rows(heading: str) -> set[str]:
    """The names in the first column of a table of the manual."""
    section = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", MANUAL, re.MULTILINE | re.DOTALL)[1]
    return {
        name for row in re.findall(r"^\| (`.*?) \|", section, re.MULTILINE) for name in re.findall(r"`([\w-]+)", row)
    }


def test_the_manual_names_every_attribute():
    observed = re.search(r"observedAttributes = (\[.*?\])", PARTS["element"])[1]
    used = (
        set(json.loads(observed))
        | set(re.findall(r'(?:get|has)Attribute\("([a-z]+)"\)', SOURCE))
        | set(re.findall(r":host\(\[(\w+)", SOURCE))
    )
    assert rows("Attributes") == used - {"hidden"}


def test_the_manual_names_every_variable():
    assert rows("Colours and shape") == set(re.findall(r"--aa-[a-z-]+", SOURCE))


def test_the_manual_names_every_event():
    assert rows("Events") == set(re.findall(r'tell\("(\w+)"', SOURCE)) | set(
        re.search(r'"([a-z ]+)", \(name\) => this.tell', SOURCE)[1].split()
    )


def test_the_manual_names_every_part(stage):
    voice = {"name": "x", "attribution": "Ada"}
    page = stage.open('playlist="playlist.json"', src=stage.episode(voice=voice))
    parts = page.evaluate(
        """[...document.querySelector("article-audio").shadowRoot.querySelectorAll("[part]")]
        .flatMap((one) => [...one.part])"""
    )
    assert rows("Parts") == {re.sub("^role-.*", "role-heading", part) for part in parts}
