"""What a run would do, told before it does it: which articles, what is spoken, what it costs, how long it takes.

Read in this order: `outlook` (the nouns), `needs` (one article: which of its sound is not in the cache), `pace` (how
quick this machine was so far), `run` (all sources of a run).
"""

from __future__ import annotations

from articleaudio.forecast.outlook import Outlook, Totals, VoiceNeed, What, Why
from articleaudio.forecast.run import Forecast

__all__ = ["Forecast", "Outlook", "Totals", "VoiceNeed", "What", "Why"]
