from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

import newsroom
from articleaudio.model import Block, BlockKind
from articleaudio.publish.library import Library
from articleaudio.site import build_site

SERVE = """
import sys
from pathlib import Path
from articleaudio.site.server import serve
serve(Path(sys.argv[1]), "127.0.0.1", 0, lambda address: print(address, flush=True))
"""
UKRAINIAN = "Це аудіо створено за допомогою штучного інтелекту."


@dataclass
class Site:
    """A library and what building its site says."""

    library: Library

    @property
    def out(self) -> Path:
        return self.library.out

    def build(self, show=newsroom.SHOW, **settings):
        self.warnings = []
        self.report = build_site(self.out, show, on_warning=self.warnings.append, **settings)
        return self.report


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(Library(tmp_path / "out", tmp_path / "state"))


@pytest.fixture(scope="session")
def show_folder(tmp_path_factory) -> Path:
    """A built site with the ferry story, one in Ukrainian, one in Hebrew and one with a hostile title; read only."""
    base = tmp_path_factory.mktemp("show")
    library = Library(base / "out", base / "state")
    newsroom.publish(library, newsroom.article())
    ukrainian = newsroom.article(
        2,
        language="uk",
        title="Пором знову ходить до островів",
        dek="",
        authors=("Марія Коваль",),
        section="Острови",
        blocks=(Block(BlockKind.PARAGRAPH, "Пором вийде в море в понеділок."),),
    )
    script = newsroom.script_of(ukrainian, disclosure=UKRAINIAN)
    newsroom.publish(library, ukrainian, script=script, disclosure=UKRAINIAN)
    hebrew = newsroom.article(
        3,
        language="he",
        title="מעבורת האיים חוזרת להפליג",
        blocks=(Block(BlockKind.PARAGRAPH, "המעבורת תצא שוב ביום שני."), Block(BlockKind.HEADING, "זמנים", 2)),
    )
    newsroom.publish(library, hebrew)
    newsroom.publish(library, newsroom.article(4, title=newsroom.HOSTILE, authors=(), dek="", section="", site=""))
    build_site(library.out, newsroom.SHOW, on_warning=lambda text: None)
    return library.out


@pytest.fixture(scope="session")
def serving():
    """Start preview servers in processes of their own; gives a function of folder to address."""
    started = []

    def start(folder: Path) -> str:
        process = subprocess.Popen([sys.executable, "-c", SERVE, str(folder)], stdout=subprocess.PIPE, text=True)
        started.append(process)
        return process.stdout.readline().strip()

    yield start
    for process in started:
        process.terminate()
        process.wait(10)
        process.stdout.close()


@pytest.fixture(scope="session")
def address(serving, show_folder) -> str:
    return serving(show_folder)


@pytest.fixture(scope="session")
def browser():
    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    if executable is None:
        pytest.skip("needs chromium")

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser):
    """A page that fails the test when a script fails on it or in its frames."""
    context = browser.new_context()
    page = context.new_page()
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert faults == []


@pytest.fixture(scope="session")
def look():
    """Keep a screenshot of a page as `NAME.png`, for people, in the folder that $ARTICLEAUDIO_SCREENSHOTS names."""
    folder = os.environ.get("ARTICLEAUDIO_SCREENSHOTS", "")

    def keep(page, name: str) -> None:
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

    return keep


@pytest.fixture(scope="session")
def barriers():
    """What axe-core finds wrong with an open page: rule and element of each violation."""

    def found(page) -> list[str]:
        violations = Axe().run(page).response["violations"]
        return [f"{rule['id']}: {node['html'][:200]}" for rule in violations for node in rule["nodes"]]

    return found
