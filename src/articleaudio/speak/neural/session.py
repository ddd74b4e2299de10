"""Opening models."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from articleaudio.errors import EngineError
from articleaudio.model import Voice

_SEED = 20_000_101  # so that a process that says the same in the same order says it with the same noise
_ERRORS_ONLY = 3
_KEPT = 4

_Model = TypeVar("_Model")


class Models:
    """Open models, the last used few: opening one takes long, and each takes memory."""

    def __init__(self) -> None:
        self._open: dict[object, Any] = {}

    def get(self, key: object, make: Callable[[], _Model]) -> _Model:
        """Give the model under a key, made where it is not open."""
        model: _Model = self._open.pop(key) if key in self._open else make()
        self._open[key] = model
        while len(self._open) > _KEPT:
            del self._open[next(iter(self._open))]
        return model


def open_session(model: Path | bytes, voice: Voice) -> Any:  # noqa: ANN401 -- onnxruntime has no types
    """Open an ONNX model for one thread, on a graphics card where onnxruntime offers that. Raises EngineError.

    One thread a process: several processes at one thread each do more than one at several.
    """
    import onnxruntime  # noqa: PLC0415 -- for those who speak

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = _ERRORS_ONLY
    offered = onnxruntime.get_available_providers()
    providers = [name for name in ("CUDAExecutionProvider", "CPUExecutionProvider") if name in offered]
    onnxruntime.set_seed(_SEED)
    try:
        with contextlib.redirect_stdout(sys.stderr):  # it prints when a graphics card is offered but not there
            source = model if isinstance(model, bytes) else str(model)
            return onnxruntime.InferenceSession(source, sess_options=options, providers=providers)
    except Exception as error:
        raise damaged(voice, "its model", error) from error


def must_take(session: Any, voice: Voice, kind: str, *names: str) -> None:  # noqa: ANN401 -- as above
    """Raise EngineError where an open model does not take the inputs of its kind."""
    try:
        taken = {each.name for each in session.get_inputs()}
    except Exception as error:
        raise damaged(voice, "its model", error) from error
    if not taken.issuperset(names):
        raise damaged(voice, "its model", ValueError(f"it has not the inputs of a {kind}"))


def damaged(voice: Voice, what: str, error: Exception) -> EngineError:
    """What to raise where a file of a voice cannot be used."""
    told = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
    return EngineError(
        f"the voice {voice.name!r} cannot be opened, {what} is damaged or of another kind: {told}",
        hint=f"get it again with `articleaudio voices install {voice.name}`",
    )
