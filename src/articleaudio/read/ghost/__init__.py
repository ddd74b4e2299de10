"""Ghost: posts of the Content and Admin API, webhook bodies, and whole exports, as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator

from articleaudio.errors import SourceError
from articleaudio.model import Article, Failure
from articleaudio.read.ghost.posts import post_of, records_of
from articleaudio.read.jsondata import outline, text_of
from articleaudio.read.post import article_of, item_name
from articleaudio.read.source import Source

_BODY = frozenset({"html", "lexical", "mobiledoc", "plaintext"})
"""Fields that hold a post's text."""
_MARKS = _BODY | {
    *("comment_id", "custom_excerpt", "feature_image", "primary_author", "primary_tag", "published_at", "reading_time"),
    *("codeinjection_head", "email_only", "uuid"),
}
"""Fields that posts have here and nowhere else."""
_LISTED = re.compile(r"(?:posts|pages)\[\]\.(\w+)")
_HOOKED = re.compile(r"(?:post|page)\.(?:current|previous|html|lexical|mobiledoc|plaintext)")
_EXPORTED = re.compile(
    r"(?:db\[\]\.)?(?:data\.(?:posts|posts_meta|posts_tags|posts_authors|settings)|meta\.exported_on)|db\[\]"
)
_ALONE = re.compile(r"(?:\[\]\.)?(\w+)")
_OTHERS = frozenset({"blocks", "items", "content_html", "content_text", "rendered", "home_page_url"})
"""Fields of other systems' posts."""


class GhostReader:
    """Reads posts as Ghost gives them."""

    name = "ghost"
    extensions = (".json",)
    binary = False

    def accepts(self, source_name: str, head: bytes) -> bool:
        """Take lists of posts, webhook bodies, exports, and single posts, by their fields."""
        del source_name
        keys = set(outline(head))
        if not keys or any(key.endswith(".rendered") for key in keys):
            return False
        if any(_HOOKED.fullmatch(key) or _EXPORTED.match(key) for key in keys):
            return True
        listed = {match[1] for key in keys if (match := _LISTED.fullmatch(key))}
        if {"posts", "pages"} & keys:
            return not listed or bool(listed & _MARKS)
        alone = {match[1] for key in keys if (match := _ALONE.fullmatch(key))}
        return bool(alone & _BODY) and not alone & _OTHERS

    def read(self, source: Source, text: str) -> Iterator[Article | Failure]:
        """Give the posts in their order, pages too, whatever their status. Raises SourceError, NoArticleError."""
        alone, found = records_of(text, source)
        for number, record in enumerate(found, start=1):
            try:
                yield article_of(post_of(record, source.name), source, None if alone else number)
            except SourceError as error:
                if alone:
                    raise
                name = item_name(source, text_of(record.get("slug")), number)
                yield Failure(name, error.message, error.hint, error.exit_code)


READER = GhostReader()
"""The reader for Ghost."""
