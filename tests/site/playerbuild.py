"""Makes `article-audio.js` from its parts: `make player`."""

from __future__ import annotations

import minify

from articleaudio.site import player


def built() -> bytes:
    """The file that readers get."""
    text = player.source()
    return player.first_line(text) + minify.string("application/javascript", text).encode() + b"\n"


if __name__ == "__main__":
    player.BUILT.write_bytes(built())
