"""The house's own sounds: intro, jingle and outro, each a piece, and the headline over a bed of music, one piece too.

Read in this order: `files` (an audio file → mono samples), `music` (samples → a piece), `bed` (headline and music),
`row` (what is heard one after the other).
"""

from __future__ import annotations

from articleaudio.master.sounds.files import check_sounds, settled_sounds
from articleaudio.master.sounds.row import hear, row, unspoken

__all__ = ["check_sounds", "hear", "row", "settled_sounds", "unspoken"]
