"""Cutting blocks into sentences."""

import pytest

from articleaudio.script.language import language
from articleaudio.script.sentences import sentences

PAIRS = [
    "Dr. Smith met Sen. Jones. | They spoke.",
    "He lives in the U.S. | The visa expired.",
    "It began at 5 p.m. Tuesday. | It ended at 6 p.m. | The crowd left.",
    "J. D. Tippit was there. | He fell.",
    "On Feb. 4 he left. | No. 10 was silent.",
    "“We won.” | He smiled.",
    "“Why?” he asked.",
    "He said no. | Then he left.",
    "Apple Inc. rose 4%. | Exxon fell.",
    "Brig. Gen. Oleh Romanenko spoke. | What next?",
    "Wait... | What?",
    "The U.N. Security Council met. | It voted.",
    "Maj. Gen. Edwin A. Walker, Jr. was shot. | He lived.",
    "See p. 5 and Fig. 3. | Then stop!",
    "He works for Smith & Co. | He likes it.",
    "In the reign of Henry VIII. a new penalty was devised.",
]


@pytest.mark.parametrize("pair", PAIRS)
def test_sentences(pair: str) -> None:
    text = pair.replace(" | ", " ")
    found = [text[start:end] for start, end in sentences(text, language("en").stops)]
    assert " | ".join(found) == pair
