"""How well read-along keeps up with the sound, and what it costs to find an article on its page, in Chromium.

`python benchmarks/readalong.py EPISODE [SECONDS]` plays an episode that `convert` made ("public/episodes/SLUG") on a
page of its own paragraphs, at single and at double speed, and looks at every animation frame.

- "lag": how long a word is being heard before it is lit: the position of the sound at the first frame that shows
  it, less the start of the word, in seconds of listening (half the recording's time at double speed). The bar: 50 ms.
- "matching": from making the read-along to its report, for pages of 1,000 to 100,000 words of which one paragraph in
  five is not in the audio; median of 5. The bar: 50 ms for 10,000 words.
"""

import html
import json
import shutil
import statistics
import sys
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from articleaudio.site.player import player_bytes
from articleaudio.site.server import serve

SIZES = (1_000, 10_000, 100_000)
SPEEDS = (1, 2)
PLAYING = """
async ([speed, seconds, words]) => {
  const player = document.querySelector("article-audio");
  const { audio } = player;
  const [late, frames] = [[], []];
  let shown;
  audio.playbackRate = speed;
  audio.currentTime = words[0][0];
  await audio.play();
  const until = performance.now() + seconds * 1000;
  while (performance.now() < until && !audio.ended) {
    frames.push(await new Promise(requestAnimationFrame));
    // Looked at after the player's own frame, which was asked for earlier.
    const [range] = CSS.highlights.get("article-audio-word") ?? [];
    const now = audio.currentTime;
    if (range && range !== shown) {
      const word = words.findLast(([start]) => start <= now + 0.01);
      if (shown && word && String(range) === word[1]) late.push((now - word[0]) / speed);
      else if (shown) late.push(NaN);
    }
    shown = range;
  }
  audio.pause();
  return [late, frames.slice(1).map((at, i) => at - frames[i])];
}
"""
MATCHING = """
async () => {
  const player = document.querySelector("article-audio");
  const took = [];
  for (let turn = 0; turn < 5; turn++) {
    player.reading.close();
    const start = performance.now();
    player.reading = new player.reading.constructor(player, "main");
    took.push(performance.now() - start);
  }
  return [took, player.reading.matched];
}
"""


def page_of(paragraphs: list[str]) -> str:
    """A page with a player that is bound to these paragraphs."""
    text = "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs)
    player = '<article-audio src="episode.json" bind="main"></article-audio><script src="article-audio.js"></script>'
    return f'<!DOCTYPE html><meta charset="utf-8"><title>Page</title><main>{text}</main>{player}'


def lags(page: Page, episode: dict, seconds: float) -> None:
    """Print how late words are lit, at each speed."""
    words = [
        (word[0], segment["written"].encode("utf-16-le")[word[2] * 2 : word[3] * 2].decode("utf-16-le"))
        for segment in episode["segments"]
        for word in segment["words"]
    ]
    for speed in SPEEDS:
        seen, frames = page.evaluate(PLAYING, [speed, seconds, words])
        late = sorted(one for one in seen if one == one)
        median, most = statistics.median(late), late[int(len(late) * 0.95)]
        print(
            f"lag at {speed}x: {len(late)} words, median {median * 1000:.0f} ms, 95 % {most * 1000:.0f} ms, "
            f"max {late[-1] * 1000:.0f} ms; other words {len(seen) - len(late)}; "
            f"frames {statistics.median(frames):.1f} ms, longest {max(frames):.0f} ms"
        )


def story(words: int) -> list[str]:
    """Paragraphs of about 50 words, some sentences of which repeat."""
    count = words // 50
    filler = (
        "the harbour office said on day {0} that ferry {0} would sail again from pier {1} after repairs to shaft {2}"
    )
    lines = []
    for at in range(count):
        first = filler.format(at, at % 9, at * 7919 % 1000).capitalize()
        lines.append(f"{first}. Nobody was hurt. {first.replace('ferry', 'boat')}, and the price is {at} euros a head.")
    return lines


def main() -> None:
    """Serve pages from a folder of their own, and measure."""
    source = Path(sys.argv[1])
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 40
    episode = json.loads((source / "episode.json").read_text("utf-8"))
    addresses: list[str] = []
    ready = threading.Event()

    def announce(address: str) -> None:
        addresses.append(address)
        ready.set()

    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        (folder / "index.html").touch()
        threading.Thread(target=serve, args=(folder, "127.0.0.1", 0, announce), daemon=True).start()
        ready.wait()
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page()

        def show(paragraphs: list[str], shown: dict) -> None:
            (folder / "article-audio.js").write_bytes(player_bytes())
            (folder / "episode.json").write_text(json.dumps(shown), "utf-8")
            (folder / "index.html").write_text(page_of(paragraphs), "utf-8")
            page.goto(addresses[0])
            page.wait_for_function("document.querySelector('article-audio').reading?.matched > 0")

        shutil.copy(source / episode["audio"]["file"], folder)
        show([segment["written"] for segment in episode["segments"]], episode)
        lags(page, episode, seconds)
        for words in SIZES:
            paragraphs = story(words)
            spoken = [text for at, text in enumerate(paragraphs) if at % 5]
            rows = [
                {"id": f"s{at}", "role": "body", "block": at, "start": at, "end": at + 1, "written": text, "words": []}
                for at, text in enumerate(spoken)
            ]
            show(paragraphs, episode | {"segments": rows})
            took, matched = page.evaluate(MATCHING)
            print(f"matching {words:,} words: {statistics.median(took):.0f} ms, {matched} of {len(spoken)} paragraphs")
        browser.close()


if __name__ == "__main__":
    main()
