"""Posts as WordPress's interface (`/wp-json/wp/v2/posts`) gives them: one, or a list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from articleaudio.errors import SourceError
from articleaudio.model import Article, Failure
from articleaudio.read.decode import decode
from articleaudio.read.jsondata import id_of, load, mapping, records, text_of
from articleaudio.read.post import Post, article_of, articles_of
from articleaudio.read.source import Source
from articleaudio.read.wordpress.access import access_of_meta, status_of, stricter
from articleaudio.read.wordpress.content import Content, content_of
from articleaudio.read.wordpress.facts import cms_id, is_section, moment, own_words

_HINT = "give what /wp-json/wp/v2/posts?_embed answers: a post, or a list of posts"


def articles(source: Source, data: bytes) -> Iterator[Article | Failure]:
    """The articles in an answer of the interface. Raises SourceError when it is none."""
    answer = load(decode(data, source.name, source.charset), source.name)
    if isinstance(answer, dict) and "code" in answer and "message" in answer:
        raise SourceError(
            f"{source.name} is a refusal by WordPress: {str(answer['message'])[:200]} ({str(answer['code'])[:80]})",
            hint="check the address, and whether the post is public",
        )
    if isinstance(answer, dict):
        yield article_of(post_of(answer, source), source)
        return
    posts = records(answer)
    if not posts:
        raise SourceError(f"{source.name} holds no post", hint=_HINT)
    yield from articles_of((post_of(item, source) for item in posts), source)


def post_of(item: Mapping[str, Any], source: Source) -> Post:
    """What the interface says of one post; whatever is missing or of another type counts as not said."""
    embedded, head = mapping(item.get("_embedded")), mapping(item.get("yoast_head_json"))
    content = _content(item)
    link = text_of(item.get("link")) or text_of(head.get("canonical"))
    guarded = mapping(item.get("content")).get("protected") is True or bool(text_of(item.get("password")))
    meta = access_of_meta(text_of(mapping(item.get("meta")).get("_jetpack_newsletter_access")))
    return Post(
        title=_rendered(item.get("title")) or text_of(head.get("title")),
        html=content.html,
        cms=cms_id(link, _self(item) or source.url, id_of(item.get("id"))),
        url=link,
        dek="" if guarded else _dek(item, head, content.html),
        authors=_authors(embedded, head),
        published=moment(item.get("date_gmt"), item.get("date")),
        updated=moment(item.get("modified_gmt"), item.get("modified")),
        language=text_of(head.get("og_locale"))
        or text_of(_article(head).get("inLanguage"))
        or text_of(item.get("lang")),
        site=text_of(head.get("og_site_name")),
        section=_section(embedded, head),
        image=_image(embedded, head),
        status=status_of(text_of(item.get("status"))),
        visibility="password" if guarded else stricter(content.visibility, meta),
        slug=text_of(item.get("slug")),
        dropped=content.dropped,
    )


def _content(item: Mapping[str, Any]) -> Content:
    """The body: as it is shown where that is told, else made of what is stored."""
    content = item.get("content")
    shown = content if isinstance(content, str) else text_of(mapping(content).get("rendered"))
    stored = text_of(mapping(content).get("raw"))
    if not stored:
        return Content(shown)
    made = content_of(stored)
    return Content(shown, made.visibility) if shown.strip() else made


def _dek(item: Mapping[str, Any], head: Mapping[str, Any], body: str) -> str:
    excerpt = mapping(item.get("excerpt"))
    written = text_of(excerpt.get("raw")) if "raw" in excerpt else own_words(_rendered(item.get("excerpt")), body)
    return written or own_words(text_of(head.get("description")) or text_of(head.get("og_description")), body)


def _authors(embedded: Mapping[str, Any], head: Mapping[str, Any]) -> tuple[str, ...]:
    names = tuple(name for author in records(embedded.get("author")) if (name := text_of(author.get("name"))))
    return names or tuple(
        filter(None, [text_of(head.get("author")) or text_of(mapping(_article(head).get("author")).get("name"))])
    )


def _section(embedded: Mapping[str, Any], head: Mapping[str, Any]) -> str:
    groups = embedded.get("wp:term")
    for term in [term for group in (groups if isinstance(groups, list) else []) for term in records(group)]:
        if term.get("taxonomy") == "category" and is_section(text_of(term.get("slug"))) and text_of(term.get("name")):
            return text_of(term.get("name"))
    told = _article(head).get("articleSection")
    return next((section for section in map(text_of, told if isinstance(told, list) else [told]) if section), "")


def _image(embedded: Mapping[str, Any], head: Mapping[str, Any]) -> str:
    for picture in [*records(embedded.get("wp:featuredmedia")), *records(head.get("og_image"))]:
        address = text_of(picture.get("source_url")) or text_of(picture.get("url"))
        if address:
            return address
    return ""


def _article(head: Mapping[str, Any]) -> Mapping[str, Any]:
    """The part of the search plug-in's graph that tells of the article."""
    for part in records(mapping(head.get("schema")).get("@graph")):
        kinds = part.get("@type")
        if any("Article" in kind for kind in map(text_of, kinds if isinstance(kinds, list) else [kinds])):
            return part
    return {}


def _self(item: Mapping[str, Any]) -> str:
    return next((text_of(link.get("href")) for link in records(mapping(item.get("_links")).get("self"))), "")


def _rendered(value: object) -> str:
    """A field that is text, or text as shown and as stored."""
    return text_of(value) or text_of(mapping(value).get("rendered")) or text_of(mapping(value).get("raw"))
