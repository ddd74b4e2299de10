"""Parsing a page into a tree that can be walked: complete, of bounded depth, without what is never text."""

from __future__ import annotations

import re
from typing import TypeAlias

import lxml.etree
import lxml.html

from articleaudio.errors import NoArticleError, SourceError
from articleaudio.read.html.data import words

DEPTH = 160
"""Elements nested deeper are unwrapped: real pages stay below 60, broken ones (unclosed tags) reach thousands."""
_OTHERS = 40
"""The same for elements that are no wrappers, nested in each other: real pages stay below 15."""
_WRAPPERS = frozenset(words("elements", "wrappers"))
_SILENT = frozenset(words("elements", "silent"))
_MOST_TAGS = 80_000
"""Tags above which a page is not read: of 128 news pages the fullest has 5,200, and each costs time and memory."""
_SCRIPTS = re.compile(r"<(script|style|svg|textarea)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_BLOATED = re.compile(r"<([a-zA-Z][\w-]*)\s[^<>]{20000,}>")
"""A tag of more than 20,000 characters."""
Element: TypeAlias = lxml.html.HtmlElement
"""An element of the tree, as lxml gives it."""


def parse(text: str, name: str) -> Element:
    """The page's root element. Raises NoArticleError when there is none, SourceError when there is no end of them."""
    if text.count("<") > _MOST_TAGS and _SCRIPTS.sub("", text).count("<") > _MOST_TAGS:
        raise SourceError(
            f"{name} has over {_MOST_TAGS:,} tags, far more than an article can have",
            hint="give the article's page alone, as the browser saves it",
        )
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    data = _BLOATED.sub(_without_attributes, text.replace("\x00", "")).encode("utf-8", "replace")
    try:
        root = lxml.html.document_fromstring(data, parser=parser)
    except lxml.etree.ParserError as error:
        raise NoArticleError(f"there is no article in {name}", hint="give a page with text in it") from error
    if any(entry.type == lxml.etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise SourceError(  # the parser would leave out the rest without a word
            f"{name} nests its elements more than 2,000 deep", hint="give the page as the browser saves it"
        )
    _flatten(root)
    return root


def _without_attributes(tag: re.Match[str]) -> str:
    """A tag with a thousand attributes loses them: the parser's time grows with their square."""
    return f"<{tag[1]}>" if len(tag[0].split()) > 1000 else tag[0]


def _flatten(root: Element) -> None:
    """Bring what is nested too deep up to the limit, so that everything after this may recurse."""
    depth = others = 0
    deep: list[Element] = []
    for event, element in lxml.etree.iterwalk(root, events=("start", "end")):
        step = 1 if event == "start" else -1
        wrapper = element.tag in _WRAPPERS
        depth += step
        others += 0 if wrapper else step
        beyond = depth > DEPTH if wrapper else others > _OTHERS and element.tag not in _SILENT
        if event == "start" and beyond:
            deep.append(element)
    for element in deep:  # outer ones first: each then has few children to hand on
        parent = element.getparent()
        last = parent is not None and element.getnext() is None and not (element.tail or "").strip()
        if last and parent.getparent() is not None and not (parent.tail or "").strip():
            parent.addnext(element)  # what was never closed is a sibling
            continue
        if element.tag == "p":  # where it was, a paragraph ends all the same
            for _ in range(2):
                element.addprevious(lxml.html.Element("br"))
        element.drop_tag()


def body_of(root: Element) -> Element:
    """The page's body, or the root when there is none."""
    found = root.find("body")
    return root if found is None else found
