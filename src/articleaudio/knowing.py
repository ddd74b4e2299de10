"""Knowing an article again whatever route leads to it, and telling two apart that are called alike.

An article that brings neither id nor address is known by its path below the source folder. Which folder that is depends
on how it was named: a file is `ferry.md` below `news`, but `news/ferry.md` in a list, and two files of two folders are
both `index.md` when each is named alone. So the file itself is asked, too: by its path from the house's folder, which
the receipt keeps.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from articleaudio.catalogue import Catalogue
from articleaudio.model import Article
from articleaudio.plain import dump
from articleaudio.publish.library import Library
from articleaudio.publish.receipt import Receipt
from articleaudio.read.identity import article_id
from articleaudio.read.source import Source, files_meant

PATH = "path:"
"""How an alias begins that is a path below a source folder."""


def digest_of(article: Article) -> str:
    """Hash everything of an article that can be heard or shown; not the ledger, nor what it is known by."""
    shown = replace(article, id="", aliases=(), source="", dropped=())
    return hashlib.sha256(dump(shown).encode()).hexdigest()


def file_of(source: Source, article: Article, root: Path) -> str:
    """The file that an article is known by, with `#…` for one of several in it; empty where it is known by none.

    It is told from the house's folder `root` where it lies there, so that a house may be moved; else in full.
    """
    if source.path is None or not source.relative:
        return ""
    named = f"{PATH}{source.relative}"
    own = next((alias for alias in article.aliases if alias.startswith(named)), "")
    if not own:
        return ""
    path, home = source.path.resolve(), root.resolve()
    return f"{(path.relative_to(home) if path.is_relative_to(home) else path).as_posix()}{own.removeprefix(named)}"


def known_again(library: Library, catalogue: Catalogue, article: Article, file: str, root: Path) -> Receipt | None:
    """The receipt of an article: by what it is known by, else by its file; None of one that was not seen before."""
    known = library.find(article.aliases, lambda receipt: _is_another(receipt, article, file, root))
    if known is None and file and (entry := catalogue.at(file)):
        receipt = library.receipt(entry.id)
        known = library.known_as(receipt, article.aliases) if receipt else None
    if known and file and known.file != file:
        known = replace(known, file=file)
        library.keep(known)
    return known


def told_apart(library: Library, article: Article, file: str, root: Path) -> Article:
    """A new article with an id of its own: one that is called as another is takes more of its folders into its name."""
    if not file or not article.aliases[0].startswith(PATH) or library.receipt(article.id) is None:
        return article
    parts = (root / file).resolve().parts
    for depth in range(article.aliases[0].count("/") + 2, len(parts) + 1):
        named = (f"{PATH}{'/'.join(parts[-depth:])}",)
        if library.receipt(article_id(named)) is None and library.find(named) is None:
            return replace(article, id=article_id(named), aliases=named)
    return article


def _is_another(receipt: Receipt, article: Article, file: str, root: Path) -> bool:
    """Whether a receipt that is called alike is another article's: its file is there still, and another headline."""
    if not (file and receipt.file) or receipt.file == file or receipt.title == article.title:
        return False
    shared = set(receipt.aliases) & set(article.aliases)
    by_path = all(alias.startswith(PATH) for alias in shared)
    return by_path and any((root / name).exists() for name in files_meant(receipt.file))
