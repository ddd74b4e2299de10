"""Entry point of `articleaudio` and `python -m articleaudio`."""

from __future__ import annotations

from articleaudio.cli import cli


def main() -> None:
    """Run the command line."""
    cli(prog_name="articleaudio")


if __name__ == "__main__":
    main()
