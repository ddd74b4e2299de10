"""What the feeds, the index and the archive list, over all episodes: kept on disk, so that memory stays flat."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from articleaudio.checking.feed import Item, family, read_feeds
from articleaudio.checking.findings import Finding, some
from articleaudio.checking.links import REBUILD, Site, page_links, slugs_in_list, slugs_in_page

_TABLES = """
CREATE TABLE items (feed TEXT, id TEXT, slug TEXT, file TEXT, length TEXT, duration TEXT, family TEXT);
CREATE INDEX by_id ON items (id);
CREATE TABLE listed (slug TEXT, page TEXT, part TEXT, PRIMARY KEY (slug, page)) WITHOUT ROWID;
CREATE TABLE episodes (slug TEXT PRIMARY KEY, id TEXT, status TEXT) WITHOUT ROWID;
"""


class Lists:
    """Everything that lists episodes, read once; `met` tells of each episode, `findings` come at the end."""

    def __init__(self, out: Path) -> None:
        """Read feeds, index, archive and playlist of an output folder."""
        self._out = out
        self._base = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._base.executescript(f"PRAGMA synchronous=OFF; PRAGMA journal_mode=OFF; {_TABLES}")
        self._found: list[Finding] = []
        self._feeds: set[str] = set()
        for told in read_feeds(out):
            if isinstance(told, Finding):
                self._found.append(told)
            else:
                self._feeds.add(told.feed)
                row = (told.feed, told.id, told.slug, told.file, told.length, told.duration, family(told.feed))
                self._base.execute("INSERT INTO items VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        self._read_pages()

    @property
    def feeds(self) -> tuple[str, ...]:
        """File names of the feeds that hold entries."""
        return tuple(sorted(self._feeds))

    def items(self, article_id: str) -> tuple[Item, ...]:
        """The entries of an episode."""
        rows = self._base.execute(
            "SELECT feed, id, slug, file, length, duration FROM items WHERE id = ? ORDER BY feed", (article_id,)
        )
        return tuple(Item(*row) for row in rows)

    def met(self, slug: str, article_id: str, status: str) -> None:
        """Take note of an episode that lies in the folder; without a status it cannot be read."""
        self._base.execute("INSERT OR REPLACE INTO episodes VALUES (?, ?, ?)", (slug, article_id, status))

    def has_met(self, slug: str) -> bool:
        """Whether an episode lies in the folder, as far as was told."""
        return self._base.execute("SELECT 1 FROM episodes WHERE slug = ?", (slug,)).fetchone() is not None

    def status(self, slug: str) -> str:
        """The status of an episode that lies in the folder, as far as was told."""
        row = self._base.execute("SELECT status FROM episodes WHERE slug = ?", (slug,)).fetchone()
        return str(row[0]) if row else ""

    def findings(self) -> Iterator[Finding]:
        """What is wrong with feeds and lists, once every episode was met."""
        yield from self._found
        yield from some(self._strays(), 200)
        yield from some(self._doubles(), 200)
        yield from some(self._listed_wrongly(), 200)

    def _read_pages(self) -> None:
        site = Site(self._out)
        pages = [self._out / "index.html", *sorted((self._out / "archive").glob("[0-9]*.html"))]
        lists = [*sorted((self._out / "archive").glob("[0-9]*.json")), *sorted(self._out.glob("playlist*.json"))]
        for path in (page for page in pages if page.is_file()):
            name = path.relative_to(self._out).as_posix()
            self._found += some(page_links(site, name))
            self._note(slugs_in_page(path), name, "pages")
        for path in (one for one in lists if one.is_file()):
            name = path.relative_to(self._out).as_posix()
            try:
                self._note(slugs_in_list(path), name, "playlist" if path.parent == self._out else "lists")
            except ValueError as error:
                self._found.append(Finding("list", str(error), name, hint=REBUILD))

    def _note(self, slugs: Iterable[str], page: str, part: str) -> None:
        rows = ((slug, page, part) for slug in slugs)
        self._base.executemany("INSERT OR IGNORE INTO listed VALUES (?, ?, ?)", rows)

    def _strays(self) -> Iterator[Finding]:
        """Entries of feeds and lists without a published episode: it is gone, or was withdrawn."""
        rows = self._base.execute(
            "SELECT feed, slug, file, items.id FROM items WHERE NOT EXISTS"
            " (SELECT 1 FROM episodes WHERE episodes.id = items.id AND status = 'published') ORDER BY feed, slug"
        )
        for feed, slug, file, id_ in rows:
            yield Finding("feed", f"an entry without an episode: {slug or file or id_}", feed, hint=REBUILD)
        rows = self._base.execute(
            "SELECT page, listed.slug, episodes.slug IS NOT NULL FROM listed LEFT JOIN episodes USING (slug)"
            " WHERE status IS NULL OR status = 'retracted' ORDER BY page, listed.slug"
        )
        for page, slug, lies in rows:
            what = "is withdrawn" if lies else "is not there"
            yield Finding("list", f"it lists {slug}, which {what}", page, hint=REBUILD)

    def _doubles(self) -> Iterator[Finding]:
        """Episodes that one podcast has twice, in its feed or its archived pages."""
        rows = self._base.execute(
            "SELECT family, id, group_concat(feed, ', ') FROM items GROUP BY family, id HAVING count(*) > 1"
        )
        for name, id_, feeds in rows:
            what = f"two entries have the guid {id_}: in {', '.join(sorted(feeds.split(', ')))}"
            yield Finding("feed", what, name, hint=REBUILD)

    def _listed_wrongly(self) -> Iterator[Finding]:
        """Published episodes that index and archive, together, do not list once."""
        if not (self._out / "index.html").is_file():
            return
        rows = self._base.execute(
            "SELECT episodes.slug, count(page), group_concat(page, ', ') FROM episodes LEFT JOIN listed"
            " ON listed.slug = episodes.slug AND part = 'pages' WHERE status = 'published'"
            " GROUP BY episodes.slug HAVING count(page) != 1"
        )
        for slug, count, pages in rows:
            what = f"{slug} is listed {count} times: in {pages}" if count else f"{slug} is in neither index nor archive"
            yield Finding("list", what, "index.html", hint=REBUILD)
