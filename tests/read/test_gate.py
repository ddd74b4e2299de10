"""Pages that hold only the beginning of their article, and pages that hold none."""

from __future__ import annotations

import pytest

from articleaudio.errors import SourceError
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
        page(
            paragraphs(1)
            + "<div data-area='paywall'><h2>Weiterlesen mit Plus</h2><p>Diesen Artikel weiterlesen mit Abo</p></div>"
        ),
        page(paragraphs(2) + "<p>This article is for subscribers only.</p>"),
        page(paragraphs(1, last="<p>On Tuesday the engineers who looked at the piers found that …</p>") + ASK),
        page(paragraphs(2) + ASK, FLAG % ("false", PART)),
        page(paragraphs(1) + "<div class='gated'></div>", FLAG % ('"False"', PART + ',"wordCount":900')),
        page(paragraphs(2), FLAG % ("false", ',"wordCount":"1200"')),
        page(paragraphs(9) + WALL, FLAG % ("false", PART)),
        page(paragraphs(9, last="<p>On Tuesday the engineers who looked at the piers found that …</p>") + WALL),
    ],
    ids=[
        "wall",
        "wall behind",
        "wall by data",
        "plain words",
        "dots",
        "part",
        "empty part",
        "count",
        "long and gated",
        "long, dots",
    ],
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
        page(
            paragraphs(1),
            after="<div class='newsletter-box'><p>Sign up to read the full newsletter every week</p></div>",
        ),
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
        "newsletter",
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


def plain(title: str, body: str, head: str = "", names: str = "") -> bytes:
    return (
        f"<!doctype html><html lang='en'><head><title>{title}</title>{head}</head><body class='{names}'>{body}".encode()
    )


FORM = "<form><label>E-mail</label><input><label>Password</label><input type=password><a>Forgot password?</a></form>"
TEASERS = "".join(
    f"<article><h2><a href='/{number}'>The council of Velmora voted on matter {number}</a></h2>"
    f"<p>{number}. The council of Velmora voted on Monday to close the old harbour bridge for repairs.</p></article>"
    for number in range(12)
)
CARDS = "".join(
    f"<div class='card'><h3><a href='/s{number}'>Story {number} of the bridge</a></h3><p>{SENTENCE}</p></div>"
    for number in range(14)
)
CONSENT = (
    "<h1>Before you continue</h1><p>We and our 812 partners store and access information on a device, such as unique "
    "identifiers in cookies, to process personal data and to measure the audience of our pages.</p><p>You may accept "
    "or manage your choices by clicking below, including your right to object where legitimate interest is used.</p>"
    "<button>Accept all</button>"
)


LOGIN = "<p>Please log in to continue reading The Ledger on this device.</p>" + FORM
GONE = (
    "<h1>Page not found</h1><p>The page you are looking for may have been moved or deleted. Try a search instead, or "
    "go back to the front page of The Ledger.</p>"
)
LOST = "<p>Sorry, we couldn't find the page you wanted, but there is much else to read.</p>"
CHECK = (
    "<p>Checking your browser before accessing example.org.</p><p>This takes a few seconds and happens by itself, then "
    "you will be sent on to the page.</p>"
)
DENIED = "<h1>Access Denied</h1><p>You don't have permission to access this page on this server.</p>"
APP = "<noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div>"
WEBSITE = '<meta property="og:type" content="website">'


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(plain("Log in | The Ledger", f"<h1>Log in</h1>{FORM}"), "is a log-in page", id="log-in"),
        pytest.param(plain("The Ledger", LOGIN), "is a log-in page", id="asks for it"),
        pytest.param(plain("Before you continue", CONSENT), "a question for consent", id="consent"),
        pytest.param(plain("404 Not Found", "<h1>Not Found</h1><p>No such file.</p>"), "cannot be found", id="404"),
        pytest.param(plain("Page not found - The Ledger", GONE), "cannot be found", id="gone"),
        pytest.param(plain("Сторінку не знайдено — Вісник", "<p>Такої сторінки немає.</p>"), "cannot be", id="uk"),
        pytest.param(plain("The Ledger", LOST), "cannot be found", id="no title"),
        pytest.param(plain("Just a moment...", CHECK), "a check whether a browser", id="check"),
        pytest.param(plain("Access Denied", DENIED), "a check whether a browser", id="denied"),
        pytest.param(plain("Ledger", "<h1>Error 522</h1><p>Connection timed out.</p>"), "a server's error", id="522"),
        pytest.param(plain("Velmora", CARDS, head=WEBSITE), "is a list of articles", id="cards"),
        pytest.param(plain("The Ledger", APP), "only when scripts run", id="scripts"),
        pytest.param(plain("The Ledger", "<div id=root></div>"), "only a few words", id="empty"),
        pytest.param(plain("The Ledger", TEASERS, names="home blog"), "is a list of articles", id="front page"),
        pytest.param(plain("Weather", f"<main>{TEASERS}</main>", head=WEBSITE), "is a list of", id="section"),
        pytest.param(page(WALL), "shows nothing of the article but", id="wall"),
    ],
)
def test_what_is_no_article_is_refused_by_name(data: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=message) as caught:
        read(data)
    assert "page.html" in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize(
    ("title", "first"),
    [
        ("404 not found: how missing pages became an art", "The page you are looking for does not exist, they say."),
        ("Log in to vote: city tries digital ballots", "Please log in to continue, the new ballot tells its voters."),
        ("Your privacy: what cookies know", "We and our partners store information on a device, most sites tell you."),
        ("Access denied: prisoners without books", "You have to verify that you are human before you may read there."),
        (
            "Please enable JavaScript, said the bank",
            "You need to enable JavaScript, the bank told the blind.",
        ),
    ],
)
def test_articles_about_such_pages_are_read(title: str, first: str) -> None:
    article = read(page(f"<p>{first}</p>{paragraphs(3)}", title=title))
    assert article.title == title
    assert first in [block.text for block in article.blocks]


def test_a_list_whose_entries_are_told_at_length_is_an_article() -> None:
    body = "".join(f"<h2><a href='https://books.example/{n}'>Book {n}</a></h2><p>{SENTENCE * 5}</p>" for n in range(8))
    assert read(page(body, title="Eight books for the summer")).blocks
