"""Whether what a visitor could fetch is whole: episodes, feed and pages, at any moment of a run's life and death."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree, html

from articleaudio.checking.schema import episode_schema, schema_findings

SIDES = ("captions.vtt", "captions.srt", "chapters.json", "transcript.json", "transcript.html")
"""What lies beside the audio of every episode."""


LAST = ("out", "index.html", "feed.xml")
"""What pages link to that comes after them: on the very first run it may not be there yet."""


def findings(out: Path, base: str) -> list[str]:
    """Everything that a visitor must not see. Files whose name begins with a dot are served by no server."""
    found: list[str] = []
    for path in sorted(out.rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            found += (f"{path.relative_to(out)}: {what}" for what in _wrong(path, out, base))
    return found


def leftovers(*folders: Path) -> list[str]:
    """Temporary files, and folders in which recordings grow."""
    return sorted(
        str(path)
        for folder in folders
        for path in folder.rglob("*")
        if path.name.endswith((".tmp", ".frames", "-journal")) or path.parent.name == "work"
    )


def receipt_findings(state: Path, out: Path) -> list[str]:
    """Receipts that say what is not so: each comes last, when all it names is in place."""
    found = []
    for path in sorted(state.glob("receipts/*.json")):
        try:
            receipt = json.loads(path.read_bytes())
        except ValueError as error:
            found.append(f"{path}: {error}")
            continue
        folder = out / "episodes" / receipt["slug"]
        found += (
            f"{path.name}: {one['name']} is not what it says"
            for one in receipt["files"]
            if not _is(folder / one["name"], one["size"], one["sha256"])
        )
    return found


def _wrong(path: Path, out: Path, base: str) -> list[str]:
    if path.name == "episode.json":
        return _episode(path)
    if path.name.startswith("feed") and path.suffix == ".xml":
        return _feed(path, out, base)
    if path.suffix == ".html":
        return _page(path)
    if path.suffix == ".json":
        return [] if json.loads(path.read_bytes()) else ["it is empty"]
    if path.suffix == ".vtt":
        return [] if path.read_text("utf-8").startswith("WEBVTT\n") else ["it is no WebVTT"]
    return [] if path.stat().st_size else ["it is empty"]


def _episode(path: Path) -> list[str]:
    value = json.loads(path.read_bytes())
    if value["status"] == "retracted":
        return [f"a withdrawn episode still has {name}" for name in SIDES if (path.parent / name).exists()]
    found = list(schema_findings(value, episode_schema(), episode_schema()))
    found += (
        f"{audio['file']} is not what it says"
        for audio in (value["audio"], *value["alternates"])
        if not _is(path.parent / audio["file"], audio["bytes"], audio["sha256"])
    )
    found += (f"{name} is missing" for name in SIDES if not (path.parent / name).is_file())
    return found


def _feed(path: Path, out: Path, base: str) -> list[str]:
    tree = etree.fromstring(path.read_bytes())
    found = [
        f"it names {url}, which is not there"
        for element in tree.iter(etree.Element)
        for name in ("url", "href")
        if (url := element.get(name, "")).startswith(base) and not (out / _local(url, base)).is_file()
    ]
    for enclosure in tree.iter("enclosure"):
        audio = out / _local(enclosure.get("url", ""), base)
        if audio.is_file() and audio.stat().st_size != int(enclosure.get("length", "0")):
            found.append(f"{audio.name} has another length than it says")
    return found


def _local(url: str, base: str) -> str:
    return unquote(urlsplit(url.removeprefix(base).lstrip("/")).path) or "index.html"


def _page(path: Path) -> list[str]:
    text = path.read_bytes()
    if not text.rstrip().endswith(b"</html>"):
        return ["it is cut short"]
    found = []
    for _, name, link, _ in html.fromstring(text.decode()).iterlinks():
        parts = urlsplit(link)
        if name in {"href", "src"} and not parts.scheme and not parts.netloc and parts.path:
            target = (path.parent / unquote(parts.path)).resolve()
            if not (target.is_file() or (target / "index.html").is_file() or target.name in LAST):
                found.append(f"it links to {link}, which is not there")
    return found


def _is(path: Path, size: int, sha256: str) -> bool:
    try:
        data = path.read_bytes()
    except OSError:
        return False
    return len(data) == size and hashlib.sha256(data).hexdigest() == sha256


OWN = re.compile(r"catalogue\.sqlite|(unfinished|running)$|expenses\.jsonl|^report")
"""Files that tell of runs, or hang on what was before: they need not be the same."""


def tree(*folders: Path) -> dict[str, bytes]:
    """All files of folders, but for those that tell of runs."""
    return {
        f"{folder.name}/{path.relative_to(folder)}": path.read_bytes()
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.parent.name != "cached" and not OWN.search(path.name)
    }


def differences(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """Names of the files that two trees do not have in common."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
