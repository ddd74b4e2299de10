"""Bytes to samples, for whoever gives files: services, programs, the voices of the system.

`sniff` finds out what bytes are, whatever anybody says they are, and decodes them (`wav`, `mp3`), where they are whole
(`whole`); `quote` shows what was a text.
"""

from articleaudio.speak.decode.quote import quoted
from articleaudio.speak.decode.sniff import Heard, hear

__all__ = ["Heard", "hear", "quoted"]
