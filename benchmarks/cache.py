"""What the cache costs: a hit against speaking, and what keeping clips beside pieces takes and saves.

`python benchmarks/cache.py [SENTENCES]` prints two tables; CPU seconds of this process and its children, best of three.
The bar: a hit costs less than 1 % of speaking what it holds.
"""

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from articleaudio.master import PODCAST, SHAPING
from articleaudio.master.pieces import PieceMaker
from articleaudio.model import Segment
from articleaudio.speak import Speaker
from articleaudio.store import Store
from speak import VOICE, segments, sentences

RUNS = 3


def cpu() -> float:
    """CPU seconds so far, of children that have ended too."""
    return sum(
        used.ru_utime + used.ru_stime
        for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def cost(work: Callable[[], object]) -> float:
    """CPU seconds of the best of several runs."""
    best = float("inf")
    for _ in range(RUNS):
        before = cpu()
        work()
        best = min(best, cpu() - before)
    return best


def spoken(said: list[Segment], store: Store | None) -> None:
    """Clips alone."""
    with Speaker({"*": VOICE}, store) as speaker:
        for segment in said:
            speaker.clip(segment)


def made(said: list[Segment], store: Store, *, keep_clips: bool) -> None:
    """Pieces, as an article's."""
    with Speaker({"*": VOICE}, store, keep_clips=keep_clips) as speaker:
        maker = PieceMaker(speaker, PODCAST, SHAPING, store)
        speaker.prefetch(maker.missing(said))
        for segment in said:
            maker.piece(segment)


def entries(store: Store) -> dict[str, list[str]]:
    """The keys that lie in a store, by kind."""
    found: dict[str, list[str]] = {}
    for entry in store.entries():
        found.setdefault(entry.kind, []).append(entry.key)
    return found


def main() -> None:
    said = list(segments(sentences(int(sys.argv[1]) if len(sys.argv) > 1 else 200)))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        kept = Store(folder / "both")
        made(said[:3], Store(folder / "warm"), keep_clips=True)  # imports
        made(said, kept, keep_clips=True)
        keys = entries(kept)
        bytes_of = {size.kind: size.size for size in kept.sizes()}
        times = iter(range(1000))
        speaking = cost(lambda: spoken(said, None))
        making = cost(lambda: made(said, Store(folder / f"m{next(times)}"), keep_clips=False))
        print(f"{len(said)} sentences; CPU of one, in milliseconds")
        for kind, beside, against in (("clip", speaking, "speaking"), ("piece", making, "speaking and encoding")):
            hit = cost(lambda kind=kind: [kept.get(kind, key) for key in keys[kind]])
            each = 1000 / len(keys[kind])
            size = bytes_of[kind] / len(keys[kind]) / 1000
            print(
                f"hit of a {kind:6} {hit * each:7.3f} ({size:5.0f} kB)   {against:22} {beside * each:7.2f}   "
                f"{hit / beside:7.2%}"
            )
        print("\nall of them, made for the first time")
        for keep in (True, False):
            start = time.perf_counter()
            seconds = cost(lambda keep=keep: made(said, Store(folder / f"k{next(times)}"), keep_clips=keep))
            wall = (time.perf_counter() - start) / RUNS
            size = sum(one.size for one in kept.sizes() if keep or one.kind == "piece") / 1e6
            what = "clips and pieces" if keep else "pieces alone"
            print(f"{what:18} CPU {seconds:6.2f} s   wall {wall:6.2f} s   {size:6.1f} MB")
        print("\nall of them, made anew by another shaping or profile")
        other = Store(folder / "both")
        again = cost(lambda: spoken(said, other))
        print(f"clips kept         CPU {again:6.2f} s for the clips")
        print(f"pieces alone       CPU {speaking:6.2f} s; encoding takes {making - speaking:.2f} s either way")


if __name__ == "__main__":
    main()
