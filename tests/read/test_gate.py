"""Pages that hold only the beginning of their article, and pages that hold none."""

from __future__ import annotations

import pytest

from articleaudio.model import Article
from articleaudio.read import Source, read_articles

SENTENCE = "The council of Velmora voted on Monday to close the old harbour bridge for repairs until late October. "
FLAG = '{"@type":"NewsArticle","headline":"Bridge to close","isAccessibleForFree":%s%s}'
PART = ',"hasPart":{"@type":"WebPageElement","isAccessibleForFree":"False","cssSelector":".gated"}'
WALL = "<div class='paywall-box'><p>To continue reading this article, subscribe now.</p></div>"
ASK = "<div class='paywall-box'><p>Already a subscriber? Log in</p></div>"
SIGNUP = "<div class='newsletter'><p>Subscribe to our newsletter</p></div>"


def paragraphs(count: int, *, last: str = "") -> str:
    return "".join(f"<p>{number}. {SENTENCE * 3}</p>" for number in range(count)) + last


def page(body: str, data: str = "", after: str = "", lang: str = "en", title: str = "Bridge to close") -> bytes:
    script = f'<script type="application/ld+json">{data}</script>' if data else ""
    return (
        f"<!doctype html><html lang='{lang}'><head><title>{title}</title>{script}</head><body><nav><a href='/login'>"
        f"Log in</a></nav><article><h1>{title}</h1>{body}</article>{after}<footer><p>Subscribe to continue</p></footer>"
        "</body></html>"
    ).encode()


def read(data: bytes) -> Article:
    (article,) = read_articles(Source(name="page.html", data=data))
    assert isinstance(article, Article)
    return article


@pytest.mark.parametrize(
    "data",
    [
        page(paragraphs(2) + WALL),
        page(paragraphs(2), after=WALL),
        page(paragraphs(2) + "<p>This article is for subscribers only.</p>"),
        page(paragraphs(1, last="<p>On Tuesday the engineers who looked at the piers found that …</p>") + ASK),
        page(paragraphs(2) + ASK, FLAG % ("false", PART)),
        page(paragraphs(1) + "<div class='gated'></div>", FLAG % ('"False"', PART + ',"wordCount":900')),
        page(paragraphs(2), FLAG % ("false", ',"wordCount":"1200"')),
        page(paragraphs(9) + WALL, FLAG % ("false", PART)),
        page(paragraphs(9, last="<p>On Tuesday the engineers who looked at the piers found that …</p>") + WALL),
    ],
    ids=["wall", "wall behind", "plain words", "dots", "part", "empty part", "count", "long and gated", "long, dots"],
)
def test_the_beginning_of_an_article_is_marked(data: bytes) -> None:
    article = read(data)
    assert article.cut
    assert article.blocks[0].text.startswith("0. The council of Velmora")


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("de", "Dieser Artikel ist nur für Abonnenten. Jetzt Abo abschließen und weiterlesen."),
        ("fr", "Cet article est réservé aux abonnés. Il vous reste 80 % à lire."),
        ("es", "Para seguir leyendo, suscríbete."),
        ("pl", "Dalsza część artykułu jest dostępna tylko dla prenumeratorów. Zaloguj się."),
        ("uk", "Щоб читати далі, оформіть передплату. Повний текст доступний лише для передплатників."),
    ],
)
def test_walls_speak_many_languages(lang: str, words: str) -> None:
    assert read(page(paragraphs(2) + f"<div class='paywall'><p>{words}</p></div>", lang=lang)).cut


@pytest.mark.parametrize(
    "data",
    [
        page(paragraphs(8), FLAG % ("false", PART)),
        page(f"<div class='gated'>{paragraphs(8)}</div>{SIGNUP}", FLAG % ("false", PART)),
        page(f"<div class='gated'>{paragraphs(2)}</div>", FLAG % ("false", PART)),
        page(paragraphs(8) + ASK, FLAG % ("false", "")),
        page(paragraphs(3) + ASK),
        page(paragraphs(8) + SIGNUP, FLAG % ("false", ',"wordCount":450')),
        page(paragraphs(3) + f"<div hidden>{WALL}</div>"),
        page(paragraphs(3) + f"<div style='display:none'>{WALL}</div>", FLAG % ("true", "")),
        page(paragraphs(2) + WALL + "".join(f"<p>{n}. Later {SENTENCE * 2}</p>" for n in range(5))),
        page(paragraphs(1, last="<p>“And then,” she said, “the bridge was gone…”</p>")),
    ],
    ids=[
        "flag, no part",
        "flag and part",
        "short and whole",
        "asks below",
        "asks only",
        "counted",
        "hidden",
        "not shown",
        "text goes on",
        "ends in dots",
    ],
)
def test_whole_articles_are_not_marked(data: bytes) -> None:
    assert read(data).cut == ""


def test_an_article_about_paywalls_is_whole() -> None:
    body = (
        "<p>The publisher said that readers must subscribe to continue reading its stories from next month on.</p>"
        "<p>“This article is for subscribers only” is what visitors will see from the third story on, it said.</p>"
        f"{paragraphs(3)}<p>You have reached your limit of free articles, the notice on the old site used to say.</p>"
    )
    article = read(page(body, title="Paper puts up a paywall"))
    assert article.cut == ""
    assert "You have reached your limit" in article.blocks[-1].text
