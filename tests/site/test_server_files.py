"""The preview server and files that links lead to, that change, that many ask for at once."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import webservers
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articleaudio.site.ranges import content_range

SIZE = 3_000
DATA = bytes(at % 251 for at in range(SIZE))


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("files") / "out"
    out.mkdir()
    (out / "index.html").write_text("<!doctype html><title>x</title>")
    (out / "a.mp3").write_bytes(DATA)
    return out


@pytest.fixture(scope="module")
def ask(folder):
    with webservers.ours(folder, folder) as address:
        yield webservers.Client(address)


NUMBER = st.integers(0, SIZE + 500)
SPEC = st.one_of(
    st.tuples(NUMBER, NUMBER).map(sorted).map(lambda pair: (pair, f"{pair[0]}-{pair[1]}")),
    NUMBER.map(lambda first: ((first, SIZE), f"{first}-")),
    NUMBER.map(lambda last: ((max(SIZE - last, 0), SIZE if last else -1), f"-{last}")),
)


@settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(spec=SPEC)
def test_whatever_range_is_asked_the_answer_is_a_slice(ask, spec):
    (first, last), header = spec
    status, headers, body = ask("a.mp3", Range=f"bytes={header}")
    wanted = range(SIZE)[first : last + 1] if last >= 0 else range(0)
    if wanted:
        assert (status, body) == (206, DATA[wanted.start : wanted.stop])
        assert headers["content-range"] == content_range(wanted, SIZE)
    else:
        assert (status, headers["content-range"]) == (416, f"bytes */{SIZE}")


def test_links_are_followed_inside_and_nowhere_else(ask, folder):
    secret = folder.with_name("secret.mp3")
    secret.write_bytes(b"secret")
    (folder / "way.mp3").symlink_to("a.mp3")
    (folder / "out.mp3").symlink_to(secret)
    (folder / "up").symlink_to(folder.parent)
    (folder / "loop.mp3").symlink_to("loop.mp3")
    (folder / "gone.mp3").symlink_to("nothing.mp3")
    (folder / ".half.mp3").write_bytes(b"half")
    (folder / "half.mp3").symlink_to(".half.mp3")
    os.mkfifo(folder / "pipe.mp3")
    assert ask("way.mp3")[::2] == (200, DATA)
    for name in ("out.mp3", "up/secret.mp3", "up/", "up", "loop.mp3", "gone.mp3", "half.mp3", "pipe.mp3"):
        assert ask(name)[0] == 404, name


def test_what_must_not_be_read_is_told(folder):
    closed = folder / "closed.mp3"
    closed.write_bytes(b"x")
    closed.chmod(0)
    # Root reads everything, unless it gives the right to up.
    plain = ("setpriv", "--bounding-set=-dac_override,-dac_read_search") if os.access(closed, os.R_OK) else ()
    with webservers.ours(folder, folder, *plain) as address:
        assert webservers.Client(address)("closed.mp3")[0] == 403


def test_doubled_slashes_lead_to_no_other_site(ask, folder):
    (folder / "page").mkdir()
    (folder / "page/index.html").write_text("<!doctype html><title>x</title>")
    (folder / "a:b").mkdir()
    (folder / "a:b/index.html").write_text("<!doctype html><title>x</title>")
    assert ask("/elsewhere.example/..")[0] == 404
    assert ask("/page")[0] == 404
    assert ask("page?next=%0d%0aSet-Cookie:x&b=%d1%97")[1]["location"] == "./page/?next=%0d%0aSet-Cookie:x&b=%d1%97"
    odd = ask.raw("GET /page?b=ї HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    assert odd.startswith((b"HTTP/1.1 307", b"HTTP/1.1 400"))
    assert ask("a:b")[1]["location"] == "./a%3Ab/"


def test_a_host_of_any_name_and_none(ask):
    for host in (b"Host: tunnel.example:9999\r\n", b"Host: [::1]:80\r\n"):
        answer = ask.raw(b"GET /a.mp3 HTTP/1.1\r\n" + host + b"Range: bytes=0-9\r\nConnection: close\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 206")
    assert ask.raw(b"GET /a.mp3 HTTP/1.0\r\n\r\n").endswith(DATA)
    assert ask.raw(b"\x16\x03\x01 no http at all\r\n\r\n").startswith(b"HTTP/1.1 400")


def paused(ask, name: str) -> tuple[socket.socket, bytes]:
    """Ask for a file, take the beginning of the answer and no more."""
    connection = socket.create_connection((ask.host, ask.port), 20)
    connection.sendall(f"GET /{name} HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n".encode())
    return connection, connection.recv(1000)


def rest(connection: socket.socket, start: bytes) -> bytes:
    with connection:
        return start + b"".join(iter(lambda: connection.recv(1 << 20), b""))


LONG = 60_000_000
"""More than the buffers between server and client take."""


def test_a_file_that_is_replaced_is_sent_to_its_end(ask, folder):
    (folder / "long.mp3").write_bytes(b"a" * LONG)
    connection, start = paused(ask, "long.mp3")
    (folder / "new").write_bytes(b"b" * LONG)
    (folder / "new").replace(folder / "long.mp3")
    head, _, body = rest(connection, start).partition(b"\r\n\r\n")
    assert body == b"a" * LONG
    etag = head.decode().partition("etag: ")[2].partition("\r\n")[0]
    assert (
        ask("long.mp3", Range="bytes=0-9", If_Range=etag)[2] == b"b" * LONG
    )  # nothing of the new one as the old one's rest
    (folder / "long.mp3").unlink()


def test_a_file_that_is_written_over_ends_early(ask, folder):
    with (folder / "over.mp3").open("wb") as file:
        file.write(b"a" * LONG)
    os.utime(folder / "over.mp3", (1e9, 1e9))
    connection, start = paused(ask, "over.mp3")
    with (folder / "over.mp3").open("r+b") as file:
        file.write(b"b" * LONG)
    body = rest(connection, start).partition(b"\r\n\r\n")[2]
    assert len(body) < LONG
    assert set(body) <= set(b"a")
    (folder / "over.mp3").unlink()


def test_replaced_again_and_again_under_readers(ask, folder):
    size = 400_000
    stop = threading.Event()

    def replace() -> None:
        letter = 0
        while not stop.is_set():
            (folder / "busy.new").write_bytes(bytes([97 + letter % 26]) * (size + letter % 26))
            (folder / "busy.new").replace(folder / "busy.mp3")
            letter += 1

    def read(_: int) -> bool:
        status, headers, body = ask("busy.mp3")
        return (
            status == 200 and len(set(body)) == 1 and len(body) == size + body[0] - 97 == int(headers["content-length"])
        )

    (folder / "busy.mp3").write_bytes(b"a" * size)
    writer = threading.Thread(target=replace)
    writer.start()
    try:
        with ThreadPoolExecutor(8) as pool:
            assert all(pool.map(read, range(100)))
    finally:
        stop.set()
        writer.join()


def test_two_hundred_readers_at_once(ask, folder):
    size = 1_500_000
    (folder / "many.mp3").write_bytes(DATA * (size // SIZE))
    whole = (folder / "many.mp3").read_bytes()
    waiting = [paused(ask, "many.mp3") for _ in range(200)]
    assert all(b"HTTP/1.1 200" in start for _, start in waiting)
    assert ask("a.mp3")[2] == DATA  # whoever comes now is served while two hundred take their time

    with ThreadPoolExecutor(4) as pool:
        sound = pool.map(lambda one: rest(*one).partition(b"\r\n\r\n")[2] == whole, waiting)
        assert all(sound)


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="needs /proc")
def test_readers_who_leave_leave_no_file_open(folder):
    (folder / "left.mp3").write_bytes(b"a" * LONG)
    command = [sys.executable, "-c", webservers.SERVE, str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        ask = webservers.Client(process.stdout.readline().strip())
        handles = Path(f"/proc/{process.pid}/fd")
        assert ask("a.mp3")[2] == DATA
        before = len(list(handles.iterdir()))
        readers = [paused(ask, "left.mp3")[0] for _ in range(50)]
        assert len(list(handles.iterdir())) >= before + 90  # a file and a connection each
        for reader in readers:
            reader.close()
        for _ in range(500):
            if (left := len(list(handles.iterdir()))) <= before:
                break
            time.sleep(0.02)
    finally:
        process.terminate()
        complaints = process.communicate(timeout=20)[1]
    assert left <= before
    assert complaints == ""
