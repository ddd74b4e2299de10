"""Articles in our own form, as `articleaudio read --format json` prints them: one, a list, or one after the other."""

from __future__ import annotations

from collections.abc import Iterator

from articleaudio.errors import SourceError
from articleaudio.model import Article, Failure
from articleaudio.read.jsondata import load_all, mapping, outline, text_of
from articleaudio.read.post import item_name
from articleaudio.read.schema import article_of
from articleaudio.read.source import Source

_FIELDS = frozenset(Article.__dataclass_fields__)
_OTHERS = frozenset(
    {"content", "content_html", "content_text", "db", "excerpt", "feature_image", "guid", "html", "items", "lexical"}
    | {"link", "mobiledoc", "plaintext", "posts", "uuid", "@context", "@type"}
)
"""Fields of other systems' articles."""


class ArticleReader:
    """Reads articles in our own form."""

    name = "article"
    extensions = (".json", ".jsonl", ".ndjson")
    binary = False

    def accepts(self, source_name: str, head: bytes) -> bool:
        """Take objects that have blocks, or a title and mostly fields of an article."""
        del source_name
        keys = {key.removeprefix("[].") for key in outline(head)}
        keys = {key for key in keys if "." not in key and "[" not in key}
        if keys & _OTHERS:
            return False
        return "blocks" in keys or ("title" in keys and 2 * len(keys & _FIELDS) > len(keys))

    def read(self, source: Source, text: str) -> Iterator[Article | Failure]:
        """Give the articles in their order. Raises SourceError, naming the place of a mistake in the JSON."""
        documents = list(load_all(text, source.name))
        listed = len(documents) == 1 and isinstance(documents[0], list)
        items = documents[0] if isinstance(documents[0], list) and listed else documents
        if not listed and len(items) == 1:
            yield article_of(items[0], source)
            return
        for number, item in enumerate(items, start=1):
            where = f"$[{number - 1}]" if listed else "$"
            try:
                yield article_of(item, source, number, where)
            except SourceError as error:
                name = item_name(source, text_of(mapping(item).get("slug")), number)
                yield Failure(name, error.message, error.hint, error.exit_code)


READER = ArticleReader()
"""The reader for articles in our own form."""
