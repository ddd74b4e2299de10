"""Draws events: progress on a terminal, plain lines in a log, JSON lines for machines, one table at the end.

stdout gets data (the table, JSON lines), stderr gets talk (progress, warnings, failures).
"""

from __future__ import annotations

from articleaudio.terminal.downloads import Downloads
from articleaudio.terminal.lines import JsonLines
from articleaudio.terminal.screen import Screen
from articleaudio.terminal.words import WIDTH_IN_A_PIPE, clock, megabytes

__all__ = ["WIDTH_IN_A_PIPE", "Downloads", "JsonLines", "Screen", "clock", "megabytes"]
