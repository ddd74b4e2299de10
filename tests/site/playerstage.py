"""A stage for the player: a site of its own with one real episode, onto which tests put pages."""

from __future__ import annotations

import copy
import json
import os
import shutil
from pathlib import Path

from articleaudio.site.player import player_bytes

TOLD = """
window.told = [];
addEventListener("article-audio", ({ detail }) => told.push(detail));
"""


class Stage:
    """Pages with a player; whatever fails in a script of theirs is kept in `faults`."""

    def __init__(self, folder: Path, story: Path, serving, browser):
        self.folder, self.story, self.browser = folder, story.name, browser
        shutil.copytree(story, folder / story.name)
        (folder / "index.html").write_text("<title>Home</title>")
        (folder / "article-audio.js").write_bytes(player_bytes())
        self.document = json.loads((story / "episode.json").read_text("utf-8"))
        self.address = serving(folder)
        self.audio = f"{story.name}/{self.document['audio']['file']}"
        self.faults: list[str] = []
        self.contexts = []
        self.number = 0

    def close(self) -> None:
        for context in self.contexts:
            context.close()
        self.contexts.clear()
        assert self.faults == []

    def episode(self, **changes) -> str:
        """An episode.json that differs from the real one; gives its path. Members set to None are left out."""
        value = copy.deepcopy(self.document) | changes
        value = {key: member for key, member in value.items() if member is not None}
        return self.put(f"{self.story}/changed-{self.number}.json", json.dumps(value))

    def put(self, path: str, text: str) -> str:
        """A file on the site; gives its path."""
        self.number += 1
        (self.folder / path).write_text(text, "utf-8")
        return path

    def page(
        self, html: str, *, ready: bool = True, address: str = "", head: str = "", root: str = 'lang="en"', **settings
    ):
        """Open a page; `ready` waits for the player."""
        scheme = '<meta name="color-scheme" content="light dark"><meta name="viewport" content="width=device-width">'
        script = '<script src="article-audio.js"></script>'
        name = f"page-{self.number}.html"
        self.put(
            name, f'<!doctype html><html {root}><meta charset="utf-8">{scheme}{head}<title>Page</title>{script}{html}'
        )
        context = self.browser.new_context(**settings)
        self.contexts.append(context)
        page = context.new_page()
        page.add_init_script(TOLD)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("dialog", lambda dialog: self.faults.append(f"a script ran: {dialog.message}"))
        page.goto(f"{self.address}{name}{address}")
        if ready:
            page.wait_for_selector("article-audio[data-ready]", state="attached")
            page.wait_for_function("document.querySelector('audio').readyState > 0")
        return page

    def player(self, attributes: str = "", src: str = "", inside: str = "") -> str:
        """The element as publishers write it."""
        return f'<article-audio src="{src or self.story + "/episode.json"}" {attributes}>{inside}</article-audio>'

    def open(self, attributes: str = "", src: str = "", inside: str = "", below: str = "", **settings):
        """A page with one player."""
        return self.page(f"<main>{self.player(attributes, src, inside)}{below}</main>", **settings)


def told(page, name: str) -> list[dict]:
    """What the events of a name have told so far."""
    return page.evaluate("name => told.filter((detail) => detail.name === name)", name)


def wait_told(page, name: str, count: int = 1) -> list[dict]:
    """The same, once there are enough of them."""
    page.wait_for_function(
        "([name, count]) => told.filter((one) => one.name === name).length >= count", arg=[name, count]
    )
    return told(page, name)


def seconds(page) -> float:
    return page.evaluate("document.querySelector('audio').currentTime")


def seek(page, to: float) -> None:
    """Move the sound itself, and wait until it is there."""
    page.evaluate(
        "to => new Promise((done) => { const audio = document.querySelector('audio');"
        "audio.addEventListener('seeked', done, { once: true }); audio.currentTime = to; })",
        to,
    )


def paused(page) -> bool:
    return page.evaluate("document.querySelector('audio').paused")


def picture(page, name: str) -> None:
    """Keep a screenshot where `ARTICLEAUDIO_SCREENSHOTS` says, for a person to look at."""
    folder = os.environ.get("ARTICLEAUDIO_SCREENSHOTS")
    if folder:
        page.screenshot(path=str(Path(folder) / f"player-{name}.png"))
