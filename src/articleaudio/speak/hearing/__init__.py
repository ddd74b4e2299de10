"""Hearing what was spoken: speech recognition, and how what it heard compares with what was to be said.

Optional, and never on the way of an article: a recogniser errs more often than an engine, so it points, and a person
decides. `open_recogniser` gives one, `compare` tells what was not heard and what was heard too much.
"""

from articleaudio.speak.hearing.compare import Comparison, Missed, compare
from articleaudio.speak.hearing.contract import Heard, Recogniser, open_recogniser

__all__ = ["Comparison", "Heard", "Missed", "Recogniser", "compare", "open_recogniser"]
