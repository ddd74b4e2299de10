"""Every key that the house file may hold: the one list that is accepted, and that docs/house.md prints."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple


class Key(NamedTuple):
    """A key of the house file."""

    name: str
    """Its whole name; parts in capitals stand for names that the house gives (`LANGUAGE`, `SECTION`)."""
    kind: str
    """What its value is."""
    default: str
    """What holds without it, as it would be written; a dash for nothing."""
    meaning: str
    """What it does."""


KEYS = tuple(
    Key(*row)
    for row in (
        ("chapters", "choice", '"auto"', 'where chapters come from: `"auto"`, `"headings"` or `"none"`'),
        ("keep_days", "number", "7", "days that a replaced MP3, cover or player stays for those who have its address"),
        ("max_cost", "number", "0", "US dollars that a run may spend on services; 0 for no limit"),
        ("disclosure", "text or switch", "true", "the line that says how the audio was made; `false` silences it"),
        ("disclosure.LANGUAGE", "text", "ours", 'the line in one language: `[disclosure]`, `en = "…"`'),
        ("lexicons", "list", "all", "names of lexicons, or paths of .toml files, the strongest last"),
        ("rules_off", "list", "[]", "names of reading rules that are switched off"),
        ("sites", "list", "[]", "files with rules for the pages of single hosts"),
        ("templates", "folder", "–", "page templates that take the place of ours"),
        ("show.title", "text", '"Articles, read aloud"', "name of the show"),
        ("show.link", "address", "–", "home page of the publication"),
        ("show.base_url", "address", "–", "where the output will be served; without it there is no feed"),
        ("show.description", "text", "–", "what the show is"),
        ("show.language", "language", '"en"', "language of the show; others get a feed of their own"),
        ("show.author", "text", "–", "the publisher's name"),
        ("show.owner.name", "text", "–", "who owns the feed"),
        ("show.owner.email", "e-mail", "–", "where directories write to, to see that the show is yours"),
        ("show.image", "file", "–", "cover: a square JPEG or PNG of 1400 to 3000 pixels"),
        ("show.category", "text", '"News"', "category of Apple Podcasts"),
        ("show.explicit", "switch", "false", "Apple's content flag"),
        ("show.locked", "switch", "true", "tells other podcast hosts not to import the feed"),
        ("show.enclosure_prefix", "address", "–", "a download counter's address, put before those of the MP3s"),
        ("show.copyright", "text", "–", "copyright line"),
        ("show.guid", "text", "made", "podcast:guid of the main feed, when the show has one already"),
        ("show.sections", "list", "[]", "sections that have a feed of their own"),
        ("show.feed_items", "number", "100", "episodes that a feed holds at least; older ones are paged"),
        (
            "sources.from",
            "list",
            "[]",
            "what `convert` reads when no SOURCE is named: folders, files, feeds, addresses",
        ),
        ("output.folder", "folder or address", "–", "where `convert` writes without --out: a folder, or `s3://…`"),
        ("voices.LANGUAGE", "voice", "ours", "voice for a language, or for that of one region (`en-gb`)"),
        ("voices.sections.SECTION.LANGUAGE", "voice", "–", "voice for articles of one section"),
        ("spoken.order", "list", '["disclosure", "headline", "byline"]', "what is said before the body, in order"),
        ("spoken.closing", "switch or list", "false", "lines that are said after the body; `true` takes ours"),
        ("spoken.LANGUAGE.KEY", "text", "ours", "templates of one language; docs/spoken.md has the keys"),
        ("reading.acronyms", "choice", '"letters"', '`"letters"`, `"expand-first"` or `"always-expand"`'),
        ("reading.acronym.ACRONYM", "choice", "–", "the same for a single acronym"),
        ("fetch.contact", "text", "–", "address or page that a site's owner can write to; told with every request"),
        ("fetch.delay", "number", "1.0", "seconds between two requests to one host, 0 to 60"),
        ("fetch.own_sites", "list", "[]", "hosts of the house itself: robots.txt and delay are not asked for"),
        ("site.host", "text", "needed", "`[[site]]`: the host that the rule is for; `*` for all"),
        ("site.keep", "list", "[]", "CSS selectors of what is spoken"),
        ("site.drop", "list", "[]", "CSS selectors of what is not spoken"),
        ("site.note", "list", "[]", "CSS selectors of corrections: spoken last"),
        ("site.body", "text", "found", "CSS selector of what holds the article"),
        ("site.title", "text", "found", "CSS selector of the headline"),
        ("cache.where", "folder or address", "~/.cache/articleaudio", "where sound is kept: a folder, or `s3://…`"),
        ("cache.limit", "size", "no limit", 'what it may take: `"20 GB"`'),
        ("cache.keep_clips", "switch", "false", "keep sound as it was spoken, too, where speaking is cheap"),
        (
            "cluster.address",
            "address",
            "–",
            "scheduler that `convert` works with, as with --cluster: `tcp://host:8786`",
        ),
        ("audio.profile", "choice", '"podcast"', 'form of the MP3: `"podcast"` or `"web"`'),
        ("audio.alternates", "list", "[]", 'further forms: `"web"`, `"archive"`'),
        ("audio.intro", "file", "–", "sound that is heard first"),
        ("audio.jingle", "file", "–", "sound before the body"),
        ("audio.outro", "file", "–", "sound that is heard last"),
        ("audio.bed", "file", "–", "music under the headline"),
        ("audio.bed_level", "number", "-18.0", "LU by which the bed is quieter than the voice, -40 to -6"),
        ("signing.certificate", "file", "needed", "PEM: the signer's certificate, then those above it"),
        ("signing.key", "file", "–", "PEM: the private key; or `command`"),
        ("signing.command", "list", "–", "command that signs, and keeps the key to itself"),
        ("signing.algorithm", "choice", '"es256"', "how it is signed"),
        ("signing.tsa_url", "address", "–", "authority that witnesses when it was signed"),
        ("signing.anchors", "file", "–", "PEM: the authorities that checks trust"),
    )
)
"""All of them, by table."""


@cache
def keys_of(table: str) -> tuple[str, ...]:
    """Names of the keys and tables that may stand in a table (`""`: the top), those that the house gives left out."""
    start = f"{table}." if table else ""
    found = (key.name.removeprefix(start).partition(".")[0] for key in KEYS if key.name.startswith(start))
    return tuple(dict.fromkeys(name for name in found if not name.isupper()))
