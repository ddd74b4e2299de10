"""The preview server: byte ranges, HEAD, ETag, CORS and the right types, loopback unless told otherwise."""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from articleaudio.errors import UsageError

TYPES = {
    ".mp3": "audio/mpeg",
    ".flac": "audio/flac",
    ".vtt": "text/vtt; charset=utf-8",
    ".srt": "application/x-subrip; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    "chapters.json": "application/json+chapters",
    "feed.xml": "application/rss+xml; charset=utf-8",
}
"""Content types by how a name ends, later ones first; the system's table decides the others."""

EXPOSED = ["Accept-Ranges", "Content-Length", "Content-Range", "ETag"]
"""Headers that a player on another site may read."""


class PublicFiles(StaticFiles):
    """Static files with our content types. Hidden files, such as half-written ones, are not served."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Serve a path below the folder, or answer 404."""
        if any(part.startswith(".") and part != "." for part in Path(path).parts):
            return Response("Not Found", status_code=404, media_type="text/plain")
        return await super().get_response(path, scope)

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """Give a file its type, and let browsers ask each time whether it changed: this is a preview."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        kind = content_type(Path(full_path).name)
        if kind and response.status_code != 304:
            response.headers["content-type"] = kind
        response.headers["cache-control"] = "no-cache"
        return response


def content_type(name: str) -> str:
    """Content type of a file by its name; empty where the system's table is good enough."""
    if name.startswith("feed.") and name.endswith(".xml"):
        return TYPES["feed.xml"]
    return next((kind for end, kind in reversed(TYPES.items()) if name.endswith(end)), "")


def app(folder: Path) -> Starlette:
    """An ASGI application that serves an output folder.

    Raises UsageError when the folder is missing or was not made by `convert`.
    """
    if not folder.is_dir():
        raise UsageError(f"there is no folder {folder}", hint="name the folder that `convert --out` wrote to")
    if not (folder / "index.html").is_file():
        raise UsageError(f"{folder} holds no index.html", hint=f"run `articleaudio convert … --out {folder}` first")
    cors = Middleware(
        CORSMiddleware, allow_origins=["*"], allow_methods=["GET", "HEAD"], allow_headers=["*"], expose_headers=EXPOSED
    )
    return Starlette(routes=[Mount("/", PublicFiles(directory=folder, html=True))], middleware=[cors])


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
    except OSError as error:
        reason = error.strerror or error
        raise UsageError(
            f"cannot serve on {host} port {port}: {reason}",
            hint="choose another one with --port, or 0 for any that is free",
        ) from error
    with listener:
        shown = f"[{host}]" if ":" in host else host
        on_start(f"http://{shown}:{listener.getsockname()[1]}/")
        settings = uvicorn.Config(application, lifespan="off", log_config=None, access_log=False, server_header=False)
        with contextlib.suppress(KeyboardInterrupt):
            uvicorn.Server(settings).run(sockets=[listener])
