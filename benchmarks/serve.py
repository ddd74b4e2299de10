"""Requests a second of the preview server, beside Starlette's plain StaticFiles, in one run.

Usage: python benchmarks/serve.py [SECONDS]
"""

from __future__ import annotations

import http.client
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

OURS = """
import sys
from pathlib import Path
from articleaudio.site.server import serve
serve(Path(sys.argv[1]), "127.0.0.1", 0, lambda address: print(address.split(":")[2][:-1], flush=True))
"""
PLAIN = """
import socket, sys, uvicorn
from starlette.staticfiles import StaticFiles
listener = socket.create_server(("127.0.0.1", 0))
listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
print(listener.getsockname()[1], flush=True)
settings = uvicorn.Config(StaticFiles(directory=sys.argv[1]), lifespan="off", log_config=None, access_log=False)
uvicorn.Server(settings).run(sockets=[listener])
"""
CASES = {"episode.json, 20 kB": ("small.json", {}), "range of 256 kB": ("long.mp3", {"Range": "bytes=4000000-4262143"})}
READERS = 8


def rate(port: int, name: str, headers: dict[str, str], seconds: float) -> float:
    """Requests a second of eight readers, each on a connection of its own."""
    counts = []
    end = time.monotonic() + seconds

    def read() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        count = 0
        while time.monotonic() < end:
            connection.request("GET", f"/{name}", headers=headers)
            answer = connection.getresponse()
            assert answer.status in {200, 206}
            answer.read()
            count += 1
        connection.close()
        counts.append(count)

    readers = [threading.Thread(target=read) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return sum(counts) / seconds


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 3.0
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "index.html").write_text("<!doctype html><title>x</title>")
        (Path(folder) / "small.json").write_bytes(b"x" * 20_000)
        (Path(folder) / "long.mp3").write_bytes(b"x" * 30_000_000)
        for server, program in {"articleaudio serve": OURS, "StaticFiles": PLAIN}.items():
            command = [sys.executable, "-c", program, folder]
            with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
                port = int(process.stdout.readline())
                try:
                    for case, (name, headers) in CASES.items():
                        rate(port, name, headers, 0.3)
                        print(f"{server:20} {case:22} {rate(port, name, headers, seconds):8,.0f} requests/s")
                finally:
                    process.terminate()


if __name__ == "__main__":
    main()
