"""How a recording came to be, in IPTC's words, where several voices and sounds were at work.

Source: https://cv.iptc.org/newscodes/digitalsourcetype/
"""

from __future__ import annotations

from collections.abc import Iterable

_AT = "http://cv.iptc.org/newscodes/digitalsourcetype/"

TRAINED_ALONE = f"{_AT}trainedAlgorithmicMedia"
"""All of it was made by a model that learnt from recordings."""
TRAINED_WITH_OTHERS = f"{_AT}compositeWithTrainedAlgorithmicMedia"
"""Some of it was made by such a model."""
SYNTHETIC_WITH_OTHERS = f"{_AT}compositeSynthetic"
"""Some of it was made by a program, none of it by a model that learnt."""
MIXED = f"{_AT}composite"
"""Put together from several kinds, none known to be synthetic; also what a sound of unknown origin counts as."""

_TRAINED = frozenset({TRAINED_ALONE, TRAINED_WITH_OTHERS})
_SYNTHETIC = frozenset({f"{_AT}algorithmicMedia", SYNTHETIC_WITH_OTHERS, f"{_AT}dataDrivenMedia"})


def combined(kinds: Iterable[str]) -> str:
    """Give the one source type that is true of the whole; empty where there is nothing to go by.

    One kind is itself. Of several, the strongest decides which composite it is: a model that learnt from recordings,
    then any other program, then none.
    """
    several = frozenset(kinds)
    if len(several) < 2:
        return next(iter(several), "")
    if several & _TRAINED:
        return TRAINED_WITH_OTHERS
    return SYNTHETIC_WITH_OTHERS if several & _SYNTHETIC else MIXED
