"""How well and how fast written text is read: us beside the readers that install from the package index.

`python benchmarks/reading.py [--peer-python PATH] [--cases FILE.jsonl …]` prints a table for each set: how many cases
of each category are read right, and sentences a second (CPU time of one core, the best of three processes, each of
which reads every sentence once). Without `--cases` the project's own cases (tests/cases/*.md) are read; a file of cases
has a line of JSON for each: {"id", "category", "written", "spoken": [accepted, …]}. Readings are compared in the fair
form (peers_reading/fair.py). A reader that is not installed is named, and how to install it. `--hostile` prints instead
what 25,000, 50,000 and 100,000 characters of hostile text cost us: CPU that doubles with the text is as it should be.
"""

import argparse
import datetime as dt
import json
import os
import platform
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))  # run as a program or loaded by a test

from peers_reading.fair import same
from peers_reading.worker import READERS

HERE = Path(__file__).parent
OURS = HERE.parent / "tests" / "cases"
RUNS = 3
HOSTILE = (
    "a.",
    "a@",
    "7",
    "1,",
    "1.",
    "1-",
    "$1 ",
    "U.S. ",
    "http://",
    "(",
    "No. ",
    "ABC ",
    "XIV ",
    "5 km ",
    "¼",
    "word ",
)
PACE = "normt2s"
"""The reader whose speed is the measure: the fastest peer that reads more than digits."""


class Case(NamedTuple):
    category: str
    language: str
    written: str
    spoken: tuple[str, ...]


class Result(NamedTuple):
    version: str
    spoken: list[str]
    rate: float
    """Sentences a second."""
    start: float
    """CPU seconds of import and first set-up."""


def own_cases(folder: Path = OURS) -> list[Case]:
    """The rows of the project's tables."""
    found = []
    for path in sorted(folder.glob("*.md")):
        language = "uk" if path.stem.startswith("uk-") else "en"
        for line in [line for line in path.read_text("utf-8").splitlines() if line.startswith("| ")][2:]:
            written, said = (cell.strip() for cell in line.strip("|").split(" | "))
            found.append(Case(path.stem, language, written, (said,)))
    return found


def file_cases(path: Path) -> list[Case]:
    """The cases of a file, a line of JSON each."""
    found = []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        spoken = row.get("spoken", row["written"])
        accepted = (spoken,) if isinstance(spoken, str) else tuple(spoken)
        language = row.get("language") or ("uk" if row["id"].startswith("uk") or "_uk" in path.stem else "en")
        found.append(Case(row.get("category", path.stem), language, row["written"], accepted))
    return found


def run(name: str, language: str, texts: list[str], python: str) -> Result | str:
    """What one reader says, in a process of its own; a word on why it cannot."""
    best: Result | None = None
    for _ in range(RUNS):
        done = subprocess.run(
            [python, HERE / "peers_reading" / "worker.py", name, language],
            input=json.dumps(texts),
            capture_output=True,
            text=True,
            check=False,
            env=os.environ | {"PYTHONWARNINGS": "ignore", "PYTHONIOENCODING": "utf-8"},
        )
        if done.returncode:
            return f"failed: {done.stderr.strip().splitlines()[-1:]}"
        answer = json.loads(done.stdout)
        if "missing" in answer:
            return f"not installed: pip install '{READERS[name][1]}'"
        rate = len(texts) / max(answer["seconds"], 1e-9)
        if best is None or rate > best.rate:
            best = Result(answer["version"], answer["spoken"], rate, answer["start"])
        if rate < 500:  # a slow one is measured well enough by one run
            break
    return best or "no answer"


def row(name: str, cells: list[str]) -> str:
    return f"| {name} | {' | '.join(cells)} |"


def table(title: str, cases: list[Case], peer_python: str, fails: dict[str, list[str]]) -> None:
    """Print one table: a row for each category, a column for each reader."""
    language = cases[0].language
    texts = [case.written for case in cases]
    results: dict[str, Result] = {}
    print(f"\n### {title}: {len(cases)} cases, {language}\n")
    for name, (_, _, languages) in READERS.items():
        if language not in languages:
            continue
        python = sys.executable if name == "articleaudio" else peer_python
        result = run(name, language, texts, python)
        if isinstance(result, str):
            print(f"{name}: {result}")
        else:
            results[name] = result
    good = {
        name: [same(said, case.spoken) for case, said in zip(cases, result.spoken, strict=True)]
        for name, result in results.items()
    }
    places: dict[str, list[int]] = defaultdict(list)
    for place, case in enumerate(cases):
        places[case.category].append(place)
    print("\n" + row("category", ["cases", *(f"{name} {result.version}" for name, result in results.items())]))
    print(row("---", ["---:"] * (len(results) + 1)))
    for category, rows in sorted(places.items()):
        print(row(category, [str(len(rows)), *(str(sum(good[name][at] for at in rows)) for name in results)]))
    print(row("right, %", [str(len(cases)), *(f"{100 * sum(good[name]) / len(cases):.1f}" for name in results)]))
    print(row("sentences/s", ["", *(f"{result.rate:,.0f}" for result in results.values())]))
    if PACE in results:
        pace = results[PACE].rate
        print(row(f"ratio to {PACE}", ["", *(f"{result.rate / pace:.3f}" for result in results.values())]))
    print(row("import, CPU s", ["", *(f"{result.start:.2f}" for result in results.values())]))
    if "articleaudio" in results:
        ours = zip(cases, results["articleaudio"].spoken, good["articleaudio"], strict=True)
        fails[title] = [
            f"{case.written}\n    {said}\n    wanted: {' / '.join(case.spoken)}" for case, said, ok in ours if not ok
        ]


def hostile() -> None:
    """Print what long runs of nasty pieces cost."""
    from articleaudio.script import spoken_form  # noqa: PLC0415 - the tables above run it in processes of their own

    spoken_form("On May 4 it cost $5.")
    print("\n| piece | 25,000 | 50,000 | 100,000 characters, CPU s | ratio |\n| --- | ---: | ---: | ---: | ---: |")
    for piece in HOSTILE:
        costs = []
        for size in (25_000, 50_000, 100_000):
            text = piece * (size // len(piece))
            before = time.process_time()
            spoken_form(text)
            costs.append(time.process_time() - before)
        print(row(f"`{piece}`", [*(f"{cost:.2f}" for cost in costs), f"{costs[2] / max(costs[1], 1e-3):.1f}"]))


def machine() -> str:
    """The date and the class of machine."""
    chip = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        models = [line.partition(":")[2].strip() for line in info.read_text().splitlines() if "model name" in line]
        chip = models[0] if models else chip
    day = dt.datetime.now(dt.UTC).date()
    return f"{day}, {chip}, {os.cpu_count()} cores, Python {platform.python_version()}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peer-python", default=sys.executable, help="the Python that has the peers installed")
    parser.add_argument("--cases", type=Path, action="append", default=[], help="a file of cases in JSON lines")
    parser.add_argument("--fails", action="store_true", help="show what we read wrong")
    parser.add_argument("--hostile", action="store_true", help="measure long hostile text instead")
    options = parser.parse_args()
    fails: dict[str, list[str]] = {}
    print(machine())
    if options.hostile:
        hostile()
        return
    sets = [(path.stem, file_cases(path)) for path in options.cases] or [("our own cases", own_cases())]
    for title, cases in sets:
        for language in sorted({case.language for case in cases}):
            some = [case for case in cases if case.language == language]
            table(f"{title} ({language})", some, options.peer_python, fails)
    if options.fails:
        for title, rows in fails.items():
            print(f"\n{title}: {len(rows)} read wrong", *rows, sep="\n")


if __name__ == "__main__":
    main()
