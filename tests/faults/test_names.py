"""File names and titles of all kinds: every article gets an episode of its own, on every file system."""

from __future__ import annotations

import unicodedata

from articleaudio.publish.slugs import SAFE

NAMES = [
    "Ferry.md",
    "ferry.md",
    "FERRY.MD",
    unicodedata.normalize("NFC", "café.md"),
    unicodedata.normalize("NFD", "café.md"),
    "Паром.md",
    "渡船.md",
    "🚢.md",
    "-rf.md",
    "--out=elsewhere.md",
    "a b\tc.md",
    "two\nlines.md",
    "quo'te\".md",
    "$(touch x).md",
    "con.md",
    "aux .md",
    "trailing. .md",
    f"{'long' * 62}.md",
    "%2e%2e%2fup.md",
    "İstanbul.md",
    "ǅ.md",
    b"broken\xff.md".decode("utf-8", "surrogateescape"),
]
"""All of them may lie in one folder on Linux."""

TITLES = ["The Ferry", "the ferry", "THE FERRY", "Thé Ferry", "../../etc/passwd", "🚢", "", "nul", "x" * 500]


def test_names_never_clash(horses, fresh):
    for path in fresh.articles.glob("*"):
        path.unlink()
    for name in NAMES:
        fresh.write(name, "It sails.\n")
    for number, title in enumerate(TITLES):
        fresh.write(f"title{number}.md", f"---\ntitle: {title!r}\n---\n\nIt sails.\n")
    ran = horses.run(fresh.arguments("--json"), fresh.root)
    assert ran.code == 0, ran.talk
    folders = [path.parent.name for path in fresh.out.glob("episodes/*/episode.json")]
    assert len(folders) == len(NAMES) + len(TITLES)
    assert len({unicodedata.normalize("NFKC", name).casefold() for name in folders}) == len(folders)
    assert all(SAFE.fullmatch(name) for name in folders)
    assert sorted(path.name for path in fresh.root.iterdir() if not path.name.startswith(".")) == [
        "articles",
        "out",
        "state",
    ]
    assert not fresh.findings()
    before = fresh.tree()
    assert horses.run(fresh.arguments(), fresh.root).code == 0
    assert fresh.tree() == before
