"""Contract tests that plug-in authors, and our own plug-ins, inherit.

They are plain classes with `test_…` methods for pytest, which this package does not import.
"""

from articleaudio.testing.engines import AWKWARD, EngineContract
from articleaudio.testing.readers import ReaderContract

__all__ = ["AWKWARD", "EngineContract", "ReaderContract"]
