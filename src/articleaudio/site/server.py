"""The preview server: an output folder as a web server should serve it, on this machine only unless told otherwise.

Each answer is made from one opened file, whose state is read from that very file: one that is replaced meanwhile
never lends its bytes to the answer about the other.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import ipaddress
import os
import secrets
import socket
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

import uvicorn
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from articleaudio.errors import UsageError
from articleaudio.site.conditions import State, same, settled
from articleaudio.site.headers import CORS, FOR_GOOD, METHODS, PREFLIGHT, cache_control, content_type
from articleaudio.site.ranges import Unsatisfiable, content_range, multipart, wanted

CHUNK = 64 * 1024
"""Bytes that are read at a time."""

REVALIDATE = "no-cache"
"""Cache-Control of whatever is not under a name of its own: who previews a change wants to see it."""

_OPEN = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)  # a pipe must not make us wait


class Streamed(Response):
    """Bytes and ranges of an opened file, one after the other. The file is closed whatever becomes of the client."""

    def __init__(
        self, file: io.FileIO, parts: Sequence[bytes | range], status: int, headers: Mapping[str, str]
    ) -> None:
        super().__init__(status_code=status, headers=headers)
        self.file, self.parts = file, parts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 -- ASGI's signature
        """Send it, as long as there is somebody to take it."""
        leaving = asyncio.ensure_future(_left(receive))
        with self.file:
            try:
                await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
                for data in self._bytes():
                    await send({"type": "http.response.body", "body": data, "more_body": True})
                    await asyncio.sleep(0)  # whoever else waits is served, and whoever left is noticed
                    if leaving.done():
                        return
                if self.whole:
                    await send({"type": "http.response.body", "body": b"", "more_body": False})
            finally:
                leaving.cancel()

    def _bytes(self) -> Iterator[bytes]:
        """Copy the parts. Where the file is written over meanwhile it ends early, and the client sees that it did."""
        self.whole = False
        state = State.of(os.fstat(self.file.fileno()))
        for part in self.parts:
            if isinstance(part, bytes):
                yield part
                continue
            self.file.seek(part.start)
            left = len(part)
            while left and (data := self.file.read(min(CHUNK, left))):
                if State.of(os.fstat(self.file.fileno())) != state:
                    return
                left -= len(data)
                yield data
            if left:
                return
        self.whole = True


async def _left(receive: Receive) -> None:
    """Wait until the client goes away."""
    while (await receive())["type"] != "http.disconnect":
        pass


class PublicFolder:
    """An ASGI application that answers for the files below a folder: nothing hidden, nothing outside of it."""

    def __init__(self, folder: Path) -> None:
        self.root = os.path.realpath(folder)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        answer = self.answer(scope["method"], scope["path"], Headers(scope=scope), scope["query_string"])
        await answer(scope, receive, send)

    def answer(self, method: str, path: str, headers: Mapping[str, str], query: bytes = b"") -> Response:
        """The answer to a request for a path, which is decoded already."""
        if method == "OPTIONS":
            return Response(status_code=204, headers={**CORS, **PREFLIGHT, "Allow": ", ".join(METHODS)})
        if method not in METHODS:
            return _refusal(405, f"{method[:20]} is not possible here", {"Allow": ", ".join(METHODS)})
        try:
            place = self._place(path)
            if place and os.path.isdir(place):  # noqa: PTH112 -- a Path would drop the slash at the end
                if not os.path.isfile(os.path.join(place, "index.html")):  # noqa: PTH113, PTH118 -- as above
                    place = None
                elif not path.endswith("/"):
                    return _to_the_slash(path, query)
                else:
                    place = self._place(path + "index.html")
            file = _opened(place) if place else None
        except PermissionError:
            return _refusal(403, "this file cannot be read")
        except (OSError, ValueError):  # no such file, a name too long, a loop of links, a NUL
            file = None
        if file is None or place is None:
            return _refusal(404, "there is no such file")
        return _delivered(file, os.path.basename(place), method, headers)  # noqa: PTH119 -- a string, as above

    def _place(self, path: str) -> str | None:
        """Where a path lies on the disk; None for what is not public. Raises OSError where there is nothing."""
        *folders, name = path.removeprefix("/").split("/")
        parts = [*folders, name] if name else folders
        if any(not part or part.startswith(".") or "\\" in part for part in parts):
            return None
        place = os.path.realpath(os.path.join(self.root, *parts), strict=True)  # noqa: PTH118 -- pathlib's raises otherwise
        if any(part.startswith(".") for part in Path(os.path.relpath(place, self.root)).parts):
            return None  # a link out of the folder, or to something hidden
        return None if not name and os.path.isfile(place) else place  # noqa: PTH113 -- as above


def _opened(place: str) -> io.FileIO | None:
    """A regular file, opened; None for folders, pipes and devices."""
    handle = os.open(place, _OPEN)
    if stat.S_ISREG(os.fstat(handle).st_mode):
        return io.FileIO(handle)
    os.close(handle)
    return None


def _delivered(file: io.FileIO, name: str, method: str, headers: Mapping[str, str]) -> Response:
    """The answer that is made of a file: all of it, ranges, or only what is known of it."""
    stats = os.fstat(file.fileno())
    state, size, kind = State.of(stats), stats.st_size, content_type(name)
    kept = cache_control(name)
    told = {
        **CORS,
        **state.headers,
        "Accept-Ranges": "bytes",
        "Cache-Control": kept if kept == FOR_GOOD else REVALIDATE,
    }
    status = settled(state, headers)
    pieces = None
    try:
        if status is None and method == "GET" and "range" in headers and same(state, headers.get("if-range")):
            pieces = wanted(headers["range"], size)
    except Unsatisfiable:
        status, told["Content-Range"] = 416, f"bytes */{size}"
    if status is not None or method == "HEAD":
        file.close()
        if status == 304:
            return Response(status_code=304, headers=told)
        if status is not None:
            return _refusal(status, "the file has no such bytes" if status == 416 else "the file has changed", told)
        return Response(headers={**told, "Content-Type": kind, "Content-Length": str(size)})
    if pieces is None:
        return Streamed(file, [range(size)], 200, {**told, "Content-Type": kind, "Content-Length": str(size)})
    if len(pieces) == 1:
        told |= {"Content-Type": kind, "Content-Range": content_range(pieces[0], size)}
        return Streamed(file, pieces, 206, {**told, "Content-Length": str(len(pieces[0]))})
    boundary = secrets.token_hex(16)
    parts, length = multipart(pieces, size, kind, boundary)
    told |= {"Content-Type": f"multipart/byteranges; boundary={boundary}", "Content-Length": str(length)}
    return Streamed(file, parts, 206, told)


def _refusal(status: int, text: str, headers: Mapping[str, str] = CORS) -> Response:
    """An answer that says why there is no file. Players on other sites may read why."""
    return Response(f"{text}\n", status, {"Cache-Control": REVALIDATE, **CORS, **headers}, "text/plain")


def _to_the_slash(path: str, query: bytes) -> Response:
    """Lead to a folder's own address, seen from here: in front of us may stand another host, port or path."""
    name = quote(path.rpartition("/")[2])
    after = "?" + quote(query, safe="=&%+/:;,@!$'()*~?") if query else ""
    return _refusal(307, "the folder's address ends in a slash", {"Location": f"./{name}/{after}"})


def app(folder: Path) -> PublicFolder:
    """An ASGI application that serves an output folder.

    Raises UsageError when the folder is missing or was not made by `convert`.
    """
    if not folder.is_dir():
        raise UsageError(f"there is no folder {folder}", hint="name the folder that `convert --out` wrote to")
    if not (folder / "index.html").is_file():
        raise UsageError(f"{folder} holds no index.html", hint=f"run `articleaudio convert … --out {folder}` first")
    return PublicFolder(folder)


def only_here(host: str) -> bool:
    """Whether an address to listen on can be reached from this machine alone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class _Server(uvicorn.Server):
    """Tells when it can be reached and interrupted, and stops at once: paused players stay connected for hours."""

    def __init__(self, settings: uvicorn.Config, on_start: Callable[[], None]) -> None:
        super().__init__(settings)
        self.on_start = on_start

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.on_start()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for connection in list(self.server_state.connections):
            if isinstance(transport := getattr(connection, "transport", None), asyncio.WriteTransport):
                transport.abort()
        await super().shutdown(sockets)


def serve(folder: Path, host: str, port: int, on_start: Callable[[str], None]) -> None:
    """Serve an output folder until interrupted; `on_start` is given the address once it can be opened.

    Port 0 takes any free one. Raises UsageError when the port is taken or the folder is none of ours.
    """
    application = app(folder)
    if not 0 <= port <= 65_535:
        raise UsageError(f"cannot serve on port {port}", hint="ports are numbers from 1 to 65535; 0 takes a free one")
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.create_server((host, port), family=family)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(
            f"cannot serve on {host} port {port}: {reason}",
            hint="choose another one with --port, or 0 for any that is free",
        ) from error
    settings = uvicorn.Config(
        application, lifespan="off", ws="none", log_config=None, access_log=False, server_header=False
    )
    with listener, contextlib.suppress(KeyboardInterrupt):
        # Else each body waits 40 ms, until its head's receipt is acknowledged.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        shown = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 -- to be opened, not to listen on
        shown = f"[{shown}]" if ":" in shown else shown
        address = f"http://{shown}:{listener.getsockname()[1]}/"
        _Server(settings, lambda: on_start(address)).run(sockets=[listener])
