"""Web servers for tests, started on the configuration that docs/serving.md shows, word for word."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

MANUAL = (Path(__file__).parents[2] / "docs/serving.md").read_text("utf-8")
SERVE = """
import sys
from pathlib import Path
from articleaudio.site.server import serve
serve(Path(sys.argv[1]), "127.0.0.1", 0, lambda address: print(address, flush=True))
"""


def shown(language: str, holding: str = "") -> str:
    """The block of code in the manual that is marked with a language."""
    blocks = re.findall(rf"```{language}\n(.*?)```", MANUAL, re.DOTALL)
    return next(block for block in blocks if holding in block)


def program(name: str) -> str:
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")
    if found is None:
        pytest.skip(f"needs {name}")
    return found


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


@contextlib.contextmanager
def running(command: list[str], port: int) -> Iterator[str]:
    """Run a server until the block ends; gives its address once it takes connections."""
    process = subprocess.Popen(command)
    try:
        for _ in range(500):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            assert process.poll() is None, "the server ended"
            time.sleep(0.02)
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait(10)


@contextlib.contextmanager
def ours(folder: Path, work: Path, *before: str) -> Iterator[str]:
    """Our server; `before` is a program that starts it."""
    process = subprocess.Popen([*before, sys.executable, "-c", SERVE, str(folder)], stdout=subprocess.PIPE, text=True)
    yield process.stdout.readline().strip()
    process.terminate()
    process.communicate(timeout=10)


@contextlib.contextmanager
def nginx(folder: Path, work: Path) -> Iterator[str]:
    port = free_port()
    block = shown("nginx").replace("listen 80;", f"listen 127.0.0.1:{port};").replace("/srv/audio/public", str(folder))
    temporary = "".join(
        f"{what}_temp_path {work}/{what};" for what in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.geteuid() == 0 else ""  # what pytest makes belongs to whoever runs it
    (work / "nginx.conf").write_text(
        f"{user} daemon off; worker_processes 1; pid {work}/pid; error_log {work}/errors;\n"
        f"events {{}} http {{ access_log off; {temporary}\n{block}\n}}"
    )
    with running([program("nginx"), "-p", str(work), "-e", f"{work}/errors", "-c", f"{work}/nginx.conf"], port) as at:
        yield at


class Client:
    """Asks a server; gives status, headers and body."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self.host, self.port = parts.hostname, parts.port

    def __call__(self, target: str, method: str = "GET", **headers: str):
        connection = http.client.HTTPConnection(self.host, self.port, timeout=20)
        connection.request(
            method, f"/{target}", headers={name.replace("_", "-"): text for name, text in headers.items()}
        )
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, answer.headers, body

    def raw(self, request: bytes) -> bytes:
        """Send bytes as they are; gives all that comes until the server closes."""
        with socket.create_connection((self.host, self.port), 20) as connection:
            connection.sendall(request)
            return b"".join(iter(lambda: connection.recv(65536), b""))
