"""Sound that comes within JSON."""

from __future__ import annotations

import base64
import binascii
import json

from articleaudio.errors import SpeechFailedError
from articleaudio.speak.decode import quoted


def read_json(body: bytes) -> dict[str, object]:
    """Read an answer that is a JSON object. Raises SpeechFailedError."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise SpeechFailedError(f"the service's answer breaks off, or is not what was asked for: “{quoted(body)}”")
    return told


def read_base64(told: object) -> bytes:
    """Read the sound in such an answer. Raises SpeechFailedError."""
    try:
        return base64.b64decode(told if isinstance(told, str) else "", validate=True)
    except (binascii.Error, ValueError):
        raise SpeechFailedError("the sound in the service's answer breaks off") from None
