"""Play an MP3 in headless Chromium, off our own preview server, and tell, as JSON, what is heard: a program of its own.

Usage: listen.py CHROMIUM FILE.mp3 RATE SECOND…
Tells {"duration": s, "seeked": [s, …], "decoded": samples at 44,100 Hz, "heard": [[sample, …], …]}, the last being what
sounds first after each seek, at RATE: that of the file, for a resampler would keep sound from before the seek.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

SERVE = """
import sys
from pathlib import Path
from articleaudio.site.server import serve
serve(Path(sys.argv[1]), "127.0.0.1", 0, lambda address: print(address, flush=True))
"""
PAGE = "<!doctype html><title>listen</title><audio preload=auto src={}></audio>"

TAP = """registerProcessor('tap', class extends AudioWorkletProcessor {
  constructor() {
    super();
    this.port.onmessage = message => { this.enough = message.data; this.heard = []; };
  }
  process([[samples]]) {
    if (!this.heard || !samples) return true;
    for (const sample of samples)
      if (this.heard.length || Math.abs(sample) > 1e-3) this.heard.push(sample);
    if (this.heard.length >= this.enough) { this.port.postMessage(this.heard); this.heard = null; }
    return true;
  }
})"""

SCRIPT = """async ([seconds, rate, enough, tapping]) => {
  const audio = document.querySelector('audio');
  const once = name => new Promise(done => audio.addEventListener(name, done, {once: true}));
  if (audio.readyState < 1) await once('loadedmetadata');
  const context = new AudioContext({sampleRate: rate});
  await context.audioWorklet.addModule(URL.createObjectURL(new Blob([tapping], {type: 'text/javascript'})));
  const tap = new AudioWorkletNode(context, 'tap', {channelCount: 1, channelCountMode: 'explicit'});
  context.createMediaElementSource(audio).connect(tap).connect(context.destination);
  await context.resume();
  const told = {duration: audio.duration, seeked: [], heard: []};
  for (const second of seconds) {
    const done = once('seeked');
    audio.currentTime = second;
    await done;
    told.seeked.push(audio.currentTime);
    const heard = new Promise(done => { tap.port.onmessage = message => done(message.data) });
    tap.port.postMessage(enough);
    await audio.play();
    told.heard.push((await heard).slice(0, enough));
    audio.pause();
  }
  const data = await (await fetch(audio.src)).arrayBuffer();
  told.decoded = (await new OfflineAudioContext(1, 44100, 44100).decodeAudioData(data)).length;
  return told;
}"""
ENOUGH = 6000


def main(chromium: str, path: str, rate: str, *seconds: str) -> None:
    """Serve, play, tell."""
    mp3 = Path(path)
    mp3.with_name("index.html").write_text(PAGE.format(mp3.name))
    server = subprocess.Popen([sys.executable, "-c", SERVE, mp3.parent], stdout=subprocess.PIPE, text=True)
    try:
        address = server.stdout.readline().strip()
        with sync_playwright() as playwright:
            arguments = ["--no-sandbox", "--autoplay-policy=no-user-gesture-required"]
            browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
            page = browser.new_page()
            page.goto(address)
            told = page.evaluate(SCRIPT, [[float(second) for second in seconds], int(rate), ENOUGH, TAP])
            sys.stdout.write(json.dumps(told))
            browser.close()
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
