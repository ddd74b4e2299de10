"""Entry point of `articleaudio` and `python -m articleaudio`."""

from __future__ import annotations

import sys

INTERRUPTED = 130
"""Exit code of what was told to stop before it had begun, as shells give it."""


def main() -> None:
    """Run the command line."""
    try:
        from articleaudio.cli import cli  # noqa: PLC0415 -- an interrupt may come while it is imported

        cli(prog_name="articleaudio")
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
