"""Who wrote it: JSON-LD, meta tags and the page's own by-line, weighed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from articleaudio.read.html.boxes import kind_of
from articleaudio.read.html.data import table, words
from articleaudio.read.html.jsonld import texts
from articleaudio.read.html.page import Element
from articleaudio.read.html.walk import Piece
from articleaudio.read.names import is_byline, names
from articleaudio.read.rich import clean

_TAGS = words("metadata", "authors")
_LINES = frozenset(words("metadata", "bylines"))
_CLASS = "translate(@class, 'AUTHOR', 'author')"
_QUERIES = (
    ".//*[@itemprop='author']//*[@itemprop='name']",
    ".//*[@itemprop='author']",
    ".//a[@rel='author']",
    ".//*[contains(@class, 'author-name')]",
    ".//*[contains(@class, 'byline')]//a",
    ".//*[contains(@class, 'byline')]",
    f".//*[contains({_CLASS}, 'author')]//a",
    f".//*[contains({_CLASS}, 'autor') or contains({_CLASS}, 'auteur')]//a",
    ".//*[contains(@class, 'author')]//*[@class='fn']",
)
"""Where a page names its author, the most telling place first."""
_LONGEST = 120
"""A by-line with more characters is something else."""
_QUOTED = re.compile(r"quot|cita|zitat|cytat", re.IGNORECASE)
"""Names of quotations."""
_AROUND = 6
"""A reader's name stands in a box for comments, with no more elements between them."""
_FILLERS = re.compile(r"\W+|\bthe\b")
_ADDRESS = re.compile(r"^(?:https?://)?(?:www\.)?|\.(?:com|org|net|info|[a-z]{2}|co\.[a-z]{2}|com\.[a-z]{2})/?$")
_PROFILE = re.compile(
    r"/(?:authors?|profiles?|people|person|staff|contributors?|by|bio|users?|writers?|journalists?|reporters?|columnists?|"
    r"team|autore?n?|auteurs?|autores|redakteur|autor(?:ka)?|avtor|member)s?(?:[/_?=-]|$)",
    re.IGNORECASE,
)
_TOPIC = re.compile(r"/(?:tags?|categor(?:y|ies|ia)|topics?|sections?|subjects?)/|#|comment|^mailto:", re.IGNORECASE)
_AGENCIES = frozenset(name.strip() for name in str(table("metadata")["agencies"]).split(","))
_DESKS = frozenset({"admin", "editor", "staff"})
_BREAKS = frozenset({"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6"})


def authors_of(
    root: Element, pieces: list[Piece], meta: Mapping[str, str], data: Mapping[str, Any], site: str
) -> tuple[str, ...]:
    """Names of the authors, in order. The site itself counts only when nobody else is named."""
    stated = names(*texts(data.get("author"), "name"))
    tagged = names(*(meta[key] for key in _TAGS if key in meta and not meta[key].startswith("http")))
    houses = _plain_houses([site, meta.get("og:site_name", ""), *texts(data.get("publisher"), "name")])
    shown = (*_shown(root), _first_line(pieces), _named(_ending_in_author(root), root)[:5])
    named = (stated, tagged, *shown)
    sources = [people for found in named if (people := _people(found, houses))]
    if not sources:
        return next((found for found in named if found), ())
    people = sources[0]
    # Machine-readable data often names the first author alone; whoever names them and others in one place knows more:
    # of two tags, one may name a publisher.
    lists = [_people(found, houses) for found in (*(names(meta[key]) for key in _TAGS if key in meta), *shown)]
    return next((other for other in lists if len(people) < len(other) < 6 and _more(people, other)), people)


def _more(few: tuple[str, ...], many: tuple[str, ...]) -> bool:
    """Whether the longer list holds the shorter one and, beside it, nothing but full names."""
    known = {name.casefold() for name in few}
    return known <= {name.casefold() for name in many} and all(
        " " in name for name in many if name.casefold() not in known
    )


def _people(found: tuple[str, ...], houses: set[str]) -> tuple[str, ...]:
    """Those of the names that are no publisher's, no agency's beside a person's, and no part of a longer one."""
    people = [name for whole in found if not _is_house(name := _alone(whole, houses), houses)]
    persons = [name for name in people if name.casefold() not in _AGENCIES and not _is_short_for_house(name, houses)]
    words = [set(name.split()) for name in persons]
    return tuple(
        dict.fromkeys(
            name
            for name in (persons or people)
            if " " in name or not any(name in other and len(other) > 1 for other in words)
        )
    )


def _alone(name: str, houses: set[str]) -> str:
    """A name without the publisher's before or after it ("Ada Quill The Ledger")."""
    words = name.split()
    for end in range(len(words) - 2, 0, -1):
        if _plain(" ".join(words[:end])) in houses:
            return " ".join(words[end:])
    for start in range(2, len(words)):
        if _plain(" ".join(words[start:])) in houses:
            return " ".join(words[:start]).removesuffix(" The")
    return name


def _plain_houses(names_of_it: list[str]) -> set[str]:
    """Names of the site and the publisher, as `_is_house` compares them; of an address, what it is called by."""
    return {plain for house in names_of_it if (plain := _plain(house))} | _DESKS


def _plain(name: str) -> str:
    return _FILLERS.sub("", _ADDRESS.sub("", name.casefold()))


def _is_house(name: str, houses: set[str]) -> bool:
    """Whether a name is the site's or the publisher's, or begins with it ("CNN Business")."""
    plain = _plain(name)
    return plain in houses or any(len(house) > 2 and plain.startswith(house) for house in houses - _DESKS)


def _is_short_for_house(name: str, houses: set[str]) -> bool:
    plain = _plain(name)
    return len(plain) > 7 and any(house.startswith(plain) for house in houses)


def _shown(root: Element) -> Iterator[tuple[str, ...]]:
    """Names in elements that are marked as the author."""
    for found_there in (*(root.xpath(query)[:12] for query in _QUERIES), _called_author(root)):
        elements = [element for element in found_there if not _is_comment(element)]
        links = [element for element in elements if element.tag == "a"]
        # By-lines link to sections and comments too.
        people = [element for element in links if _PROFILE.search(element.get("href") or "")]
        others = [element for element in elements if element.tag != "a" or not _TOPIC.search(element.get("href") or "")]
        found = _named(people, root) or _named(others, root)
        if found:
            yield found[:5]


def _is_comment(element: Element) -> bool:
    """Whether an element stands among what readers wrote."""
    around = (element, *islice(element.iterancestors(), _AROUND))
    return any(kind.strong and kind.reason == "comments" for kind in map(kind_of, around))


def _called_author(root: Element) -> list[Element]:
    """Elements whose class is a word for the author in some language."""
    return [element for element in _with_class(root) if _LINES.intersection(element.get("class").split())][:12]


def _ending_in_author(root: Element) -> list[Element]:
    """Elements whose class ends in such a word: but for people who are quoted, and readers."""
    called = (element for element in _with_class(root) if _LINES.intersection(_last_words(element.get("class"))))
    return [element for element in islice(called, 12) if not _is_comment(element) and not _is_quoted(element)]


def _is_quoted(element: Element) -> bool:
    """Whether an element names whom a quotation is from."""
    around = (element, *islice(element.iterancestors(), _AROUND))
    quoted = any(other.tag == "blockquote" or _QUOTED.search(other.get("class") or "") for other in around)
    return quoted or clean(element.text_content()).startswith("The ")


def _with_class(root: Element) -> list[Element]:
    return [element for element in root.iter("p", "div", "span", "address") if (element.get("class") or "").strip()]


def _last_words(names_of_it: str) -> set[str]:
    """The last word of every class name: "author" of "story__author"."""
    return {re.split(r"[-_]", name.lower())[-1] for name in names_of_it.split()}


def _named(elements: list[Element], root: Element) -> tuple[str, ...]:
    """The names in elements, as far as they stand in one by-line."""
    found: tuple[str, ...] = ()
    home: Element | None = None
    for element in elements[:6]:
        line = _line(element)
        parts = [_line(part) for part in element if part.tag != "a"]
        people = names(line) or names(*parts) if 0 < len(line) < _LONGEST else ()
        if found and people and not (_near(element, root) and _together(element, home)):
            break
        if people and home is None:
            home = element
        linked = element.tag == "a" and not _PROFILE.search(element.get("href") or "")
        found += tuple(name for name in people if name not in found and (not linked or " " in name or name.isupper()))
    return found


def _together(element: Element, home: Element | None) -> bool:
    """Whether two elements stand in one by-line: not in a list of writers further down."""
    if home is None:
        return True
    around = list(home.iterancestors())[:3]
    return any(ancestor in around for ancestor in list(element.iterancestors())[:3])


def _line(element: Element) -> str:
    """The text of an element, its lines parted by semicolons."""
    parts = [element.text or ""]
    for child in element.iterdescendants():
        parts += ["; " if child.tag in _BREAKS else " ", child.text or "" if isinstance(child.tag, str) else ""]
        parts += ["; " if child.tag in _BREAKS else " ", child.tail or ""] if child.tail else []
    return clean("".join(parts)).strip("; ")


def _near(element: Element, root: Element) -> bool:
    """Whether an element that names somebody stands in the article's head, not among other articles."""
    return (
        not any(ancestor.tag in {"aside", "nav", "footer", "li", "section"} for ancestor in element.iterancestors())
        or element.getparent() is root
    )


def _first_line(pieces: list[Piece]) -> tuple[str, ...]:
    """Names in the first line of the page that begins with "By"."""
    for piece in pieces:
        if is_byline(piece.text) and len(piece.text) < _LONGEST:
            found = names(piece.text)
            if found and " " in found[0]:
                return tuple(name for name in found if " " in name)
    return ()
