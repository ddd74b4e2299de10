"""Episodes against their articles as they are read now: nothing is left out, and nothing was changed since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from articleaudio.checking.findings import Finding, Severity, some
from articleaudio.errors import ArticleAudioError
from articleaudio.knowing import digest_of
from articleaudio.model import Article, House
from articleaudio.publish.receipt import Receipt
from articleaudio.read import read_articles
from articleaudio.read.source import Settings, Source, files_meant

_AGAIN = "convert it again"


@dataclass(frozen=True)
class Sources:
    """Where the articles of a house lie."""

    house: House
    """The house."""

    @cached_property
    def _settings(self) -> Settings:
        return Settings(sites=self.house.sites)  # nothing is fetched

    def file(self, receipt: Receipt) -> Path | None:
        """The file that an episode's article was read from; None for an address, or for what lies nowhere near."""
        for name in files_meant(receipt.source):
            for path in (Path(name), self.house.root / name):
                try:
                    if name not in {"", "-"} and path.is_file():
                        return path
                except (OSError, ValueError):  # too long for a name, or none
                    continue
        return None

    def findings(self, receipt: Receipt, episode: dict[str, Any]) -> Iterator[Finding]:
        """Whether the article is still as it was, and every block of it is spoken."""
        path = self.file(receipt)
        if path is None:
            if not receipt.source.startswith(("http://", "https://")) and receipt.source not in {"", "-"}:
                hint = "withdraw the episode (`articleaudio retract`), or check where the articles lie"
                what = "its source is gone: the article cannot be held against it"
                yield Finding("source", what, receipt.source, severity=Severity.NOTE, hint=hint)
            return
        try:
            article = self._read(path, receipt)
        except (ArticleAudioError, OSError) as error:
            what = f"its source cannot be read any more: {error}"
            yield Finding("source", what, receipt.source, severity=Severity.NOTE, hint="look at the file")
            return
        if article is None:
            what = "its source does not hold the article any more"
            yield Finding("source", what, receipt.source, hint="withdraw the episode, or put the article back")
        elif digest_of(article) != receipt.source_hash:
            yield Finding("source", _changed(article, episode), receipt.source, hint=_AGAIN)
        else:
            yield from some(coverage_findings(article, episode))

    def _read(self, path: Path, receipt: Receipt) -> Article | None:
        """The article of a receipt: the one with its content, else one that is known by the same."""
        near: Article | None = None
        told = [alias.removeprefix("path:").partition("#")[0] for alias in receipt.aliases if alias.startswith("path:")]
        for relative in dict.fromkeys([*told, path.name]):
            source = Source(receipt.source, path, relative=relative, settings=self._settings)
            for item in read_articles(source):
                if not isinstance(item, Article):
                    continue
                if digest_of(item) == receipt.source_hash:
                    return item
                if set(item.aliases) & set(receipt.aliases):
                    near = near or item
        return near


def coverage_findings(article: Article, episode: dict[str, Any]) -> Iterator[Finding]:
    """Blocks of an article that an episode does not say, or does not say whole, each with the second it belongs to."""
    said: dict[int, list[str]] = {}
    starts: dict[int, float] = {}
    second = 0.0
    for segment in episode["segments"]:
        if segment["block"] is not None:
            said.setdefault(segment["block"], []).append(segment["written"])
            starts.setdefault(segment["block"], segment["start"])
    for number, block in enumerate(article.blocks):
        second = starts.get(number, second)
        if _bare("".join(said.pop(number, ()))) != _bare(block.text):
            how = "not said" if number not in starts else "not said whole"
            what = f"block {number + 1} of the article is {how}: “{_short(block.text)}”"
            yield Finding(
                "coverage", what, "episode.json", second, hint=f"{_AGAIN} with --force; if it stays, report it"
            )
    for number in sorted(said):
        what = f"it says a block {number + 1}, which the article does not have"
        yield Finding("coverage", what, "episode.json", starts[number], hint=_AGAIN)


def _changed(article: Article, episode: dict[str, Any]) -> str:
    """What differs between an article and its episode, in a few words."""
    blocks = {_bare(block.text) for block in article.blocks}
    said: dict[int, str] = {}
    for segment in episode["segments"]:
        if segment["block"] is not None:
            said[segment["block"]] = said.get(segment["block"], "") + segment["written"]
    gone = sum(_bare(text) not in blocks for text in said.values())
    fresh = len(blocks - {_bare(text) for text in said.values()})
    told = f": {fresh} of its blocks are not said, {gone} that are said are not in it" if fresh or gone else ""
    return f"the article was changed after the episode was made{told}"


def _bare(text: str) -> str:
    """A text without its white space: segments are cut at spaces."""
    return "".join(text.split())


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
