"""A prompt as SSML for Amazon Polly, and where its bytes stand in the prompt's text."""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from itertools import accumulate

from articleaudio.speak.contract import Prompt

_ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;"}


@dataclass(frozen=True, slots=True)
class Fed:
    """What the service is fed for a prompt."""

    text: str
    """The text, or a document of SSML."""
    is_ssml: bool
    """Whether it is SSML."""
    places: tuple[int, ...]
    """For each character of `text` the place in the prompt's text that it stands for."""
    bytes_at: tuple[int, ...]
    """For each character of `text` the byte where it begins in UTF-8, and the length in bytes at last."""

    def place(self, byte: int) -> int:
        """The place in the prompt's text of a byte; of the end, one past the last character."""
        at = bisect.bisect_left(self.bytes_at, byte)
        return self.places[at] if at < len(self.places) else self.places[-1] + 1 if self.places else 0


def feed(prompt: Prompt, speed: float) -> Fed:
    """Make text of a prompt where that will do, else SSML: everything that is not ours is escaped."""
    if not prompt.phonemes and speed == 1:
        return _fed(prompt.text, list(range(len(prompt.text))), is_ssml=False)
    parts: list[str] = []
    places: list[int] = []

    def tag(text: str, place: int) -> None:
        parts.append(text)
        places.extend([place] * len(text))

    def plain(first: int, last: int) -> None:
        for place in range(first, last):
            tag(_ESCAPED.get(prompt.text[place], prompt.text[place]), place)

    tag(f'<speak><prosody rate="{speed:.0%}">' if speed != 1 else "<speak>", 0)
    at = 0
    for first, last, ipa in prompt.phonemes:
        plain(at, first)
        tag(f'<phoneme alphabet="ipa" ph="{"".join(_ESCAPED.get(sign, sign) for sign in ipa)}">', first)
        plain(first, last)
        tag("</phoneme>", last)
        at = last
    plain(at, len(prompt.text))
    tag("</prosody></speak>" if speed != 1 else "</speak>", len(prompt.text))
    return _fed("".join(parts), places, is_ssml=True)


def _fed(text: str, places: list[int], *, is_ssml: bool) -> Fed:
    sizes = (len(character.encode()) for character in text)
    return Fed(text, is_ssml, tuple(places), tuple(accumulate(sizes, initial=0)))
