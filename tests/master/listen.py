"""Play an MP3 in headless Chromium and tell, as JSON, what it says of it. Run as a program of its own.

Usage: listen.py CHROMIUM FILE.mp3 SECOND…    Tells {"duration": s, "seeked": [s, …], "decoded": samples at 44,100 Hz}.
"""

from __future__ import annotations

import http.server
import json
import re
import sys
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright

PAGE = b"<!doctype html><title>listen</title><audio preload=auto src=a.mp3></audio>"

SCRIPT = """async seconds => {
  const audio = document.querySelector('audio');
  const once = name => new Promise(done => audio.addEventListener(name, done, {once: true}));
  if (audio.readyState < 1) await once('loadedmetadata');
  const seeked = [];
  for (const second of seconds) {
    const done = once('seeked');
    audio.currentTime = second;
    await done;
    seeked.push(audio.currentTime);
  }
  const data = await (await fetch('a.mp3')).arrayBuffer();
  const buffer = await new OfflineAudioContext(1, 44100, 44100).decodeAudioData(data);
  return {duration: audio.duration, seeked, decoded: buffer.length};
}"""


def handler(mp3: bytes) -> type[http.server.BaseHTTPRequestHandler]:
    """A server of one page and one file, the latter by ranges."""

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            body = mp3 if self.path == "/a.mp3" else PAGE
            wanted = re.match(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
            first = int(wanted[1]) if wanted else 0
            last = min(int(wanted[2] or len(body) - 1) if wanted else len(body) - 1, len(body) - 1)
            self.send_response(206 if wanted else 200)
            self.send_header("Content-Type", "audio/mpeg" if body is mp3 else "text/html")
            self.send_header("Accept-Ranges", "bytes")
            if wanted:
                self.send_header("Content-Range", f"bytes {first}-{last}/{len(body)}")
            self.send_header("Content-Length", str(last - first + 1))
            self.end_headers()
            self.wfile.write(body[first : last + 1])

        def log_message(self, *_):
            pass

    return Handler


def main(chromium: str, path: str, *seconds: str) -> None:
    """Serve, play, tell."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler(Path(path).read_bytes()))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        told = page.evaluate(SCRIPT, [float(second) for second in seconds])
        sys.stdout.write(json.dumps(told))
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    main(*sys.argv[1:])
