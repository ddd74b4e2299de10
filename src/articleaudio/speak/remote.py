"""Speaking by a service: here, in this process, several prompts at once. A service keeps its own deadlines."""

from __future__ import annotations

import threading

from articleaudio.errors import ArticleAudioError, SpeechFailedError
from articleaudio.speak.contract import Engine
from articleaudio.speak.spending import FREE, Charge, LateError, RefusedError
from articleaudio.speak.worker import Request, spoken


class Line:
    """The way to one service. For several threads; at most `at_once` are let through."""

    def __init__(self, engine: Engine, at_once: int, attempts: int) -> None:
        """Take the engine, how many prompts it may have at a time, and how often one is tried."""
        self._engine = engine
        self._gate = threading.BoundedSemaphore(max(1, at_once))
        self._attempts = attempts

    def speak(self, request: Request, charge: Charge = FREE) -> bytes:
        """Give the sound as a cache entry; each try that may be billed is charged. Raises as `Booth.speak` does."""
        failure: Exception | None = None
        with self._gate:
            for _ in range(self._attempts):
                charge.pay()
                try:
                    return spoken(self._engine, request)
                except RefusedError:
                    charge.give_back()
                    raise
                except SpeechFailedError as error:
                    failure = error
                except LateError:
                    raise
                except ArticleAudioError:
                    charge.give_back()
                    raise
                except Exception as error:  # noqa: BLE001 -- a fault of the engine, whoever wrote it
                    failure = error
        raise SpeechFailedError(f"{failure}; tried {self._attempts} times") from failure

    def close(self) -> None:
        """End the connections, where the engine has any."""
        end = getattr(self._engine, "close", None)
        if end is not None:
            end()
