"""The engine `kokoro`: the voices of the Kokoro model, on this machine, through the package kokoro-onnx.

`engine` keeps the engine contract → `model` opens a voice's files and speaks phonemes.
"""

from __future__ import annotations

from articleaudio.speak.contract import Engine


def open_engine() -> Engine:
    """Open the engine; neither kokoro-onnx nor a model is loaded before something is spoken."""
    from articleaudio.speak.kokoro.engine import KokoroEngine  # noqa: PLC0415 -- for those who use it

    return KokoroEngine()
