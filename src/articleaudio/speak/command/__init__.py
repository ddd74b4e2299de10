"""The engine `command`: any program that turns text into a sound file.

The profile names the program and its arguments as a list; no shell ever sees it, and the text is never an argument, so
nothing that an article says can be taken for an option. `settings` reads the profile → `program` runs it → `plain` puts
text into letters that it knows → `engine` keeps the engine contract.
"""

from __future__ import annotations

from articleaudio.speak.contract import Engine


def open_engine() -> Engine:
    """Open the engine; nothing is run before it is asked for."""
    from articleaudio.speak.command.engine import CommandEngine  # noqa: PLC0415 -- for those who speak

    return CommandEngine()
