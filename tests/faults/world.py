"""A small newsroom in a folder: articles, a house file, a warm cache; and runs that may be disturbed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from stable import Ran
from wholeness import differences, findings, leftovers, receipt_findings, tree

BASE = "https://audio.example/listen/"
"""Where the output is served."""

EPOCH = "1790000000"
"""The moment of all runs, so that all their files can be the same."""

NOTHING: Mapping[str, str] = {}

FERRY = """---
title: The ferry sails again
url: https://harbour.example/ferry
author: Mara Lindqvist
date: 2026-03-01
---

The ferry sails again.

## Two sailings

It leaves at noon.
"""

EDITED = FERRY.replace("at noon", "at ten")
"""The same article after an edit."""


@dataclass(frozen=True, slots=True)
class World:
    """One output with its state; the cache may be another world's."""

    root: Path
    """Where everything lies."""
    cache: Path
    """The cache."""

    @property
    def articles(self) -> Path:
        """The source folder."""
        return self.root / "articles"

    @property
    def out(self) -> Path:
        """What is public."""
        return self.root / "out"

    @property
    def state(self) -> Path:
        """The state of this output alone."""
        return next((self.root / "state").glob("out-*"), self.root / "state" / "none")

    def write(self, name: str, text: str) -> None:
        """Put an article in place."""
        self.articles.mkdir(parents=True, exist_ok=True)
        (self.articles / name).write_text(text)

    def arguments(self, *more: str, jobs: int = 1) -> list[str]:
        """What `articleaudio` is called with. Relative, so that receipts of all worlds are the same."""
        folders = ["--out", "out", "--state", "state", "--cache", os.path.relpath(self.cache, self.root)]
        return ["convert", "articles", *folders, "--base-url", BASE, "--jobs", str(jobs), *more]

    def convert(
        self,
        *more: str,
        jobs: int = 1,
        env: Mapping[str, str] = NOTHING,
        before: tuple[str, ...] = (),
        patience: float | None = 300.0,
    ) -> Ran:
        """Run the command in a process of its own; `before` stands before it, as `prlimit` does.

        What takes longer than `patience` seconds hangs; None waits for ever.
        """
        done = subprocess.run(
            [*before, sys.executable, "-m", "articleaudio", *self.arguments(*more, jobs=jobs)],
            cwd=self.root,
            env=os.environ | {"SOURCE_DATE_EPOCH": EPOCH} | dict(env),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=patience,
            check=False,
        )
        return Ran(done.returncode, done.stderr + done.stdout)

    def copy(self, root: Path) -> World:
        """The same world elsewhere, with the same cache."""
        shutil.copytree(self.root, root, ignore=shutil.ignore_patterns(self.cache.name), copy_function=shutil.copy2)
        return World(root, self.cache)

    def tree(self) -> dict[str, bytes]:
        """Everything public, and the state."""
        return tree(self.out, self.state)

    def findings(self) -> list[str]:
        """What a visitor must not see, and what receipts must not say."""
        return findings(self.out, BASE) + receipt_findings(self.state, self.out)

    def leftovers(self) -> list[str]:
        """What no finished run leaves."""
        return leftovers(self.out, self.root / "state")

    def unlike(self, other: World) -> list[str]:
        """Files that differ from another world's, but for the name of the state folder."""
        return differences(_same_name(self.tree()), _same_name(other.tree()))


def _same_name(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name if name.startswith("out/") else name.partition("/")[2]: data for name, data in files.items()}
