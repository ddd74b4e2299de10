"""Pages made to break a reader: a result or a clear error, in bounded memory."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from articleaudio.errors import NoArticleError
from articleaudio.read import Source, read_one

MEMORY = 900 * 1024 * 1024
"""Bytes of address space that a child may take, the interpreter and its libraries (about 350 MB) among them."""
CHILD = """
import json, sys
from articleaudio.errors import ArticleAudioError
from articleaudio.read import Source, read_one
try:
    article = read_one(Source(name="page.html", data=sys.stdin.buffer.read()))
    told = {"blocks": [block.text for block in article.blocks][:20], "authors": article.authors}
except ArticleAudioError as error:
    told = {"error": type(error).__name__, "message": error.message, "hint": error.hint}
print(json.dumps(told))
"""
TEXT = "".join(
    f"<p>Paragraph {number} says that it rained on Monday, and that the roof of the hall leaked.</p>"
    for number in range(3)
)
STARTS = [
    f"Paragraph {number} says that it rained on Monday, and that the roof of the hall leaked." for number in range(3)
]
TOP = "<!doctype html><html lang='en'><head><title>Rain</title></head><body><h1>Rain in the hall</h1>"


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (30, 30))


def read(page: str) -> dict[str, object]:
    """What a child with little memory and thirty seconds of processor time makes of a page."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD],
        input=page.encode("utf-8", "replace"),
        capture_output=True,
        preexec_fn=_limit,
        check=False,
        cwd=Path(__file__).parent,
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    told: dict[str, object] = json.loads(done.stdout)
    return told


@pytest.mark.parametrize(
    "page",
    [
        TOP + TEXT + "<a href=x>y" * 800_000,
        TOP + "<div>" * 2_000_000 + TEXT,
        TOP + TEXT + "<li>x" * 500_000,
        TOP + TEXT + "<table><tr><td>" * 40_000,
        TOP + "<b>x" * 100_000 + TEXT,
    ],
    ids=["links", "divs", "items", "tables", "bold"],
)
def test_pages_without_end_are_refused(page: str) -> None:
    told = read(page)
    assert told["error"] == "SourceError"
    assert "page.html" in str(told["message"])
    assert told["hint"]


@pytest.mark.parametrize(
    "page",
    [
        TOP + "<div>" * 1900 + TEXT,
        TOP + "<article " + " ".join(f"a{number}=1" for number in range(200_000)) + ">" + TEXT,
        TOP + TEXT + "<p>" + "<span>" * 1800 + "</span>" * 1800 + "</p>",
        "<html><head>" + "<meta name='author' content='Ada Quill'>" * 60_000 + "</head><body>" + TEXT,
        TOP + "<script type='application/ld+json'>" + "[" * 1_000_000 + "</script>" + TEXT,
        TOP + "<script type='application/ld+json'>" + '{"@graph":[' * 50_000 + "</script>" + TEXT,
        TOP + "<script>" + "a<b;" * 300_000 + "</script>" + TEXT,
        TOP + "<!--" + "<p>x" * 50_000 + "-->" + TEXT,
    ],
    ids=["depth", "attributes", "spans", "metas", "JSON", "graph", "script", "comment"],
)
def test_articles_are_found_among_it(page: str) -> None:
    assert read(page).get("blocks") == STARTS


@pytest.mark.parametrize("body", ["", "<body></body>", "<!-- x -->", "<p> </p>", "<body>" + "&nbsp;" * 99])
def test_nothing_is_no_article(body: str) -> None:
    with pytest.raises(NoArticleError, match=r"page\.html"):
        read_one(Source(name="page.html", data=f"<!doctype html><html>{body}</html>".encode()))


def test_signs_that_no_text_has_are_told() -> None:
    told = read(TOP.replace("<title>", "\x00<title>\x00") + TEXT.replace("rained", "rai\x00ned"))
    assert told["error"] == "SourceError"
    assert "binary file" in str(told["message"])


def test_words_without_end() -> None:
    told = read(f"{TOP}{TEXT}<p>{'a' * 1_000_000}</p>")
    assert told["error"] == "TooLongError"
    blocks = read(f"{TOP}{TEXT}<p>{'a' * 500_000}</p>")["blocks"]
    assert isinstance(blocks, list)
    assert blocks[:3] == STARTS
