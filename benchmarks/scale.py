"""What many articles cost: an archive looked through again, and a run of thousands.

`python benchmarks/scale.py again 100000 [FOLDER]` builds an archive of so many one-paragraph articles with their
finished episodes (one is made, the others are made of it; the sounds are links to one file), brings its site up to date
once, and then measures runs of the real program over it: nothing changed, and one article more. FOLDER is kept and used
again.

`python benchmarks/scale.py run 2000 [JOBS]` makes so many articles for real with the tone engine of the tests, whose
sound costs nearly nothing, so that what is left is the cost of everything around the speaking; then again, unchanged.

Seconds of wall and of CPU with all child processes, peak memory of the parent, articles a second.
"""

import hashlib
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path

from articleaudio import config
from articleaudio.batch import convert_many
from articleaudio.catalogue import Catalogue, Held
from articleaudio.catalogue.sources import name_of
from articleaudio.plan import digest_of, fingerprint, reading, state_folder
from articleaudio.publish.library import Library
from articleaudio.publish.receipt import Receipt, receipt_bytes
from articleaudio.read import read_articles
from articleaudio.read.discover import discover
from articleaudio.read.source import Source
from articleaudio.task import Setting

TESTS = Path(__file__).resolve().parent.parent / "tests"
LINKS = 50_000
HOUSE = '[show]\ntitle = "The archive"\nbase_url = "https://audio.example.org"\n'


def main() -> None:
    command, count = sys.argv[1], int(sys.argv[2])
    if command == "again":
        again(count, Path(sys.argv[3]) if len(sys.argv) > 3 else Path(tempfile.mkdtemp()))
    else:
        run(count, sys.argv[3] if len(sys.argv) > 3 else "2")


# ── an archive, looked through again ────────────────────────────────────────────────────────────────────────────────


def again(count: int, base: Path) -> None:
    if not (base / "built").exists():
        build(count, base)
        told("site, first time", *convert(base))
    told("nothing changed", *convert(base))
    name, today = f"extra-{time.time_ns()}", time.strftime("%Y-%m-%d")
    (base / "articles" / f"{name}.md").write_text(article(name, today))
    told("one article more", *convert(base))
    told("nothing changed", *convert(base))


def build(count: int, base: Path) -> None:
    articles = base / "articles"
    articles.mkdir(parents=True, exist_ok=True)
    (base / "articleaudio.toml").write_text(HOUSE)
    (articles / "0000000.md").write_text(article("0"))
    house = config.load_house(folder=base)
    out = base / "public"
    list(convert_many(discover([str(articles)], reading(house)), Setting(house, out)))
    library = Library(out, state_folder(house, out))
    (receipt,) = library.receipts()
    public = json.loads((library.folder(receipt.slug) / "episode.json").read_bytes())
    inputs = fingerprint(house)
    with Catalogue(out, library.state) as catalogue:
        for number in range(1, count):
            path = articles / f"{number:07}.md"
            path.write_text(article(str(number)))
            source = Source(name=str(path), path=path, relative=path.name, settings=reading_settings(house))
            source_hash, id_ = copied(library, receipt, public, source, number)
            held = Held(hashlib.sha256(path.read_bytes()).hexdigest(), inputs, ((id_, source_hash),))
            catalogue.keep(name_of(source), held)
            if number % 10_000 == 0:
                print(f"{number} built", file=sys.stderr)
    (base / "built").touch()


def copied(library: Library, receipt: Receipt, public: dict, source: Source, number: int) -> tuple[str, str]:
    """Publish a copy of an episode as another article's, the way publishing would have left it."""
    (made,) = read_articles(source.opened())
    slug = f"story-number-{number}"
    folder = library.folder(slug)
    folder.mkdir(parents=True)
    first = number // LINKS * LINKS  # a file may have 65,000 links
    old, put = library.folder(f"story-number-{first}"), os.link
    if number == first:
        old, put = library.folder(receipt.slug), shutil.copy
    files = []
    for file in receipt.files:
        name = file.name.replace(receipt.slug, slug)
        if file.name != "episode.json":
            there = next(
                path for path in (old / file.name, old / file.name.replace(receipt.slug, old.name)) if path.exists()
            )
            put(there, folder / name)
            files.append(replace(file, name=name))
    audio = receipt.audio.replace(receipt.slug, slug)
    day = f"2025-{1 + number % 12:02}-{1 + number % 28:02}T{number % 24:02}:{number % 60:02}:00+00:00"
    own = {"id": made.id, "slug": slug, "title": made.title, "published": day}
    data = json.dumps(public | own | {"audio": public["audio"] | {"file": audio}}).encode()
    (folder / "episode.json").write_bytes(data)
    files.append(
        replace(receipt.files[-1], name="episode.json", size=len(data), sha256=hashlib.sha256(data).hexdigest())
    )
    digest = digest_of(made)
    mine = replace(receipt, id=made.id, slug=slug, title=made.title, aliases=made.aliases, source=source.name)
    mine = replace(mine, source_hash=digest, audio=audio, files=tuple(files))
    path = library.state / "receipts" / f"{made.id}.json"
    path.write_bytes(receipt_bytes(mine))
    return digest, made.id


def article(name: str, day: str = "2025-01-01") -> str:
    head = f"---\nid: a{name}\ndate: {day}\n---\n"
    return f"{head}# Story number {name}\n\nThe ferry met the council on day {name}.\n"


_SETTINGS: dict = {}


def reading_settings(house):
    return _SETTINGS.setdefault("reading", reading(house))


# ── a real run ──────────────────────────────────────────────────────────────────────────────────────────────────────


def run(count: int, jobs: str) -> None:
    base = Path(tempfile.mkdtemp())
    try:
        (base / "articles").mkdir()
        (base / "voices").mkdir()
        (base / "articleaudio.toml").write_text(HOUSE + '[voices]\nen = "beep"\n')
        (base / "voices" / "beep.toml").write_text('engine = "tone"\nlanguage = "en"\nlicence = "none"\ngain = 0\n')
        for number in range(count):
            (base / "articles" / f"{number:07}.md").write_text(article(str(number)))
        info = base / "site" / "tone_engine-1.0.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: tone-engine\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text("[articleaudio.engines]\ntone = speak.tone:open_engine\n")
        path = os.pathsep.join((str(base / "site"), str(TESTS)))
        told(f"{count} made, {jobs} jobs", *convert(base, path, "--jobs", jobs))
        told("nothing changed", *convert(base, path, "--jobs", jobs))
    finally:
        shutil.rmtree(base, ignore_errors=True)


# ── measuring ───────────────────────────────────────────────────────────────────────────────────────────────────────


def convert(base: Path, path: str = "", *more: str) -> tuple[int, float, float, int]:
    """Run the program over a folder; gives how many articles, wall and CPU seconds, and the parent's peak in MB."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    command = [sys.executable, "-m", "articleaudio", "convert", "articles", "--out", "public", *more]
    environment = os.environ | {"PYTHONPATH": path, "XDG_CACHE_HOME": str(base / "cache")}
    process = subprocess.Popen(command, cwd=base, env=environment, stdout=subprocess.PIPE, text=True)
    peak = [0]
    watcher = threading.Thread(target=watch, args=(process.pid, peak), daemon=True)
    watcher.start()
    last = (process.communicate()[0].strip().splitlines() or [""])[-1]
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(last, file=sys.stderr)
    count = sum(1 for _ in (base / "articles").iterdir())
    return count, wall, cpu, peak[0]


def watch(pid: int, peak: list[int]) -> None:
    """Follow the peak memory of a process, its children not counted."""
    while True:
        try:
            lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        except OSError:
            return
        found = [int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")]
        if not found:
            return
        peak[0] = max(peak[0], found[0])
        time.sleep(0.2)


def told(what: str, count: int, wall: float, cpu: float, peak: int) -> None:
    figures = f"{wall:8.1f} s  {cpu:8.1f} CPU s  {wall / count * 1000:8.2f} ms each  {peak:>5} MB"
    print(f"{what:24} {count:>7} articles  {figures}   load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
