"""The library: the episodes of one output, and the state that knows them again.

State folder: `receipts/ID.json`, and three maps of small files: `slugs/` (who has a slug), `ids/` (an article's slug)
and `aliases/` (who is known by an alias). The receipts are the truth; the maps make looking up quick and claims atomic.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from articleaudio.files import write
from articleaudio.model import Article, Episode
from articleaudio.publish.claims import Claims
from articleaudio.publish.entry import entry_of
from articleaudio.publish.receipt import Receipt, read_receipt, receipt_bytes
from articleaudio.publish.slugs import SAFE, slug_of, with_digits

OWN = ("cms:", "id:")
"""Kinds of alias that a newsroom gives on purpose: articles that differ in one are two, whatever they share."""


class _Last:
    """The receipt that was read or written last: a run asks for an article's several times in a row."""

    def __init__(self) -> None:
        self._known: tuple[tuple[object, ...], Receipt] | None = None

    def read(self, path: Path) -> Receipt:
        """Give a receipt, from memory while its file is the same. Raises as `read_receipt` does."""
        state, known = _state(path), self._known
        if known is None or known[0] != state:
            known = self._known = (state, read_receipt(path))
        return known[1]

    def take(self, path: Path, receipt: Receipt) -> None:
        """Remember what was just written."""
        with contextlib.suppress(OSError):
            self._known = (_state(path), receipt)


_LAST = _Last()
"""One for all libraries: planning, publishing and pruning each open their own."""


def _state(path: Path) -> tuple[object, ...]:
    told = path.stat()
    return path, told.st_ino, told.st_mtime_ns, told.st_size


class Library:
    """The episodes of one output folder. Safe to use from several processes at once."""

    def __init__(self, out: Path, state: Path) -> None:
        """Take the output folder and this output's own state folder; nothing is read or made yet."""
        self.out = out
        self.state = state
        self._slugs = Claims(state / "slugs")
        self._ids = Claims(state / "ids")
        self._aliases = Claims(state / "aliases")
        self._warnings: dict[Path, str] = {}

    @property
    def warnings(self) -> tuple[str, ...]:
        """Receipts that could not be read so far and are treated as missing, each with what is wrong."""
        return tuple(self._warnings.values())

    def folder(self, slug: str) -> Path:
        """Where the public files of an episode lie. Raises ValueError for what is no slug."""
        if not SAFE.fullmatch(slug):
            raise ValueError(f"not a slug: {slug!r}")
        return self.out / "episodes" / slug

    def receipts(self) -> tuple[Receipt, ...]:
        """All receipts that can be read, by id."""
        found = (self._read(path) for path in sorted((self.state / "receipts").glob("*.json")))
        return tuple(receipt for receipt in found if receipt is not None)

    def receipt(self, article_id: str) -> Receipt | None:
        """The receipt of an article, by id."""
        return self._read(self.path(article_id))

    def owner(self, slug: str) -> str:
        """Id of the article that a slug was claimed for; empty where nobody knows."""
        return self._slugs.get(slug) or self._published(slug)

    def find(self, aliases: Sequence[str], other: Callable[[Receipt], bool] | None = None) -> Receipt | None:
        """The episode that an article with these aliases already has, strongest alias first.

        Aliases that the receipt lacked are added to it, old ones stay. An article whose own id (`cms:`, `id:`) differs
        from a receipt's is another article, even when it was read from the same path; and so is one of which `other`
        says so.
        """
        for receipt in self._holders(aliases):
            if not (other and other(receipt)) and (known := self.known_as(receipt, aliases)):
                return known
        return None

    def known_as(self, receipt: Receipt, aliases: Sequence[str]) -> Receipt | None:
        """A receipt with the aliases that it lacked, kept; None where they are another article's."""
        if _differ(receipt.aliases, aliases):
            return None
        fresh = tuple(alias for alias in dict.fromkeys(aliases) if alias not in receipt.aliases)
        free = tuple(alias for alias in fresh if self._holder(alias) is None)
        if not free:
            return receipt
        known = dataclasses.replace(receipt, aliases=receipt.aliases + free)
        self.keep(known)
        return known

    def reserve_slug(self, article: Article) -> str:
        """The slug of an article: what it was first given, else one made of its slug or title and claimed for good.

        Raises OutputError when the state folder cannot be written.
        """
        if not self._ids.folder.is_dir():
            self._adopt()
        known = self._ids.get(article.id)
        if not SAFE.fullmatch(known):
            receipt = self.receipt(article.id)
            known = receipt.slug if receipt and SAFE.fullmatch(receipt.slug) else ""
        if known and self._take(known, article.id):
            return known
        base = slug_of(article.slug, article.id, language=article.language) if article.slug.strip("/ ") else ""
        base = base or slug_of(article.title, article.id, language=article.language)
        tries = (base, *(with_digits(base, article.id, count) for count in (6, 12, 32)))
        slug = next(slug for slug in tries if self._claim(slug, article.id))
        self._ids.put(article.id, slug)
        return slug

    def keep(self, receipt: Receipt) -> None:
        """Write a receipt, and let its aliases lead to it. Raises OutputError."""
        for alias in receipt.aliases:
            if self._aliases.get(alias) != receipt.id and self._holder(alias) is None:
                self._aliases.put(alias, receipt.id)
        path = self.path(receipt.id)
        write(path, receipt_bytes(receipt))
        _LAST.take(path, receipt)
        self._warnings.pop(path, None)

    def up_to_date(self, receipt: Receipt, inputs: str, source_hash: str) -> bool:
        """Whether nothing changed since the receipt was written, and all public files are there with the right size."""
        return SAFE.fullmatch(receipt.slug) is not None and entry_of(receipt).up_to_date(
            str(self.folder(receipt.slug)), inputs, source_hash
        )

    def episode(self, receipt: Receipt) -> Episode:
        """The published bundle that a receipt speaks of, unchanged."""
        return entry_of(receipt).episode(self.folder(receipt.slug))

    def path(self, article_id: str) -> Path:
        """Where the receipt of an article lies, or would lie."""
        return self.state / "receipts" / f"{re.sub(r'[^0-9A-Za-z-]', '_', article_id)[:80]}.json"

    def _read(self, path: Path) -> Receipt | None:
        try:
            return _LAST.read(path)
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            self._warnings[path] = f"receipt {path} cannot be read and is treated as missing: {error}"
            return None

    def _holder(self, alias: str) -> Receipt | None:
        """The receipt that holds an alias, by the map."""
        holder = self._aliases.get(alias)
        receipt = self.receipt(holder) if holder else None
        return receipt if receipt and alias in receipt.aliases else None

    def _holders(self, aliases: Sequence[str]) -> Iterator[Receipt]:
        """Receipts that share an alias, strongest alias first; where there is no map yet, all receipts are asked."""
        if not self._aliases.folder.is_dir():
            receipts = self.receipts()
            for receipt in receipts:
                self.keep(receipt)
            yield from (receipt for alias in aliases for receipt in receipts if alias in receipt.aliases)
            return
        yield from (receipt for receipt in map(self._holder, aliases) if receipt)

    def _adopt(self) -> None:
        """Give the episodes of an output whose state was lost their own slugs back."""
        for path in sorted(self.out.glob("episodes/*/episode.json")):
            slug = path.parent.name
            holder = self._published(slug) if SAFE.fullmatch(slug) else ""
            if holder:
                self._ids.take(holder, slug)

    def _claim(self, slug: str, article_id: str) -> bool:
        """Claim a slug, unless it is another article's by the map or by what lies in the output."""
        published = self._published(slug)
        if published not in {"", article_id}:
            return False
        return self._take(slug, article_id)

    def _take(self, slug: str, article_id: str) -> bool:
        """Claim a slug; what lies in the output settles whose it is where the map was damaged."""
        if self._slugs.take(slug, article_id) == article_id:
            return True
        if self._published(slug) != article_id:
            return False
        self._slugs.put(slug, article_id)
        return True

    def _published(self, slug: str) -> str:
        """Id of the episode that lies under a slug, so that a lost state folder does not cost anyone an episode."""
        with contextlib.suppress(OSError, ValueError, RecursionError):
            value = json.loads((self.folder(slug) / "episode.json").read_bytes())
            return str(value.get("id", "")) if isinstance(value, dict) else ""
        return ""


def _differ(known: Sequence[str], asked: Sequence[str]) -> bool:
    """Whether the newsroom's own ids say that these are two articles."""
    for kind in OWN:
        ours = {alias for alias in known if alias.startswith(kind)}
        theirs = {alias for alias in asked if alias.startswith(kind)}
        if ours & theirs:
            return False
        if ours and theirs:
            return True
    return False
