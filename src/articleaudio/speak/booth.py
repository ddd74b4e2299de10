"""Where speaking happens: a supervised worker process, replaced when it crashes or hangs."""

from __future__ import annotations

from articleaudio.errors import ArticleAudioError, SpeechFailedError
from articleaudio.speak.spending import FREE, Charge
from articleaudio.speak.worker import READY, TARGET, Request
from articleaudio.workers import Child, WorkerDied, WorkerHung

MOST_LOST = 10
"""How many workers may be lost for one text, whosever fault it was."""

_FROM_OTHERS = frozenset({-1, -2, -9, -15})  # HUP, INT, KILL, TERM: sent by an operator, or a system out of memory


class Booth:
    """Asks the worker, and asks again. For one thread at a time; any thread may close it."""

    def __init__(self, attempts: int, deadline: float, deadline_per_character: float) -> None:
        """Take how often a text is tried, and how many seconds it may take: so many, and more for each character."""
        self.attempts = attempts
        self.deadline = deadline
        self.deadline_per_character = deadline_per_character
        self.child = Child(TARGET)
        self._begun = False

    def speak(self, request: Request, patience: float = 1.0, charge: Charge = FREE) -> bytes:
        """Give the sound as a cache entry. It may take `patience` times as long as usual; each try is charged.

        A text that crashes or hangs its worker, or gives no sound, is tried again; then SpeechFailedError
        tells why. A worker that somebody kills, or that dies before it could begin, does not count against the text.
        EngineError and VoiceError are raised at once.
        """
        failure: Exception | None = None
        tries = lost = 0
        while tries < self.attempts and lost < MOST_LOST:
            charge.pay()
            try:
                return self._ask(request, patience)
            except WorkerDied as error:
                failure, lost = error, lost + 1
                tries += self._begun and error.returncode not in _FROM_OTHERS
            except (WorkerHung, SpeechFailedError) as error:
                failure, tries = error, tries + 1
            except ArticleAudioError:
                charge.give_back()
                raise
            except Exception as error:  # noqa: BLE001 -- a fault of the engine, whoever wrote it
                failure, tries = error, tries + 1
        raise SpeechFailedError(f"{failure}; tried {max(tries, lost)} times") from failure

    def close(self) -> None:
        """End the worker; it does not start again."""
        self.child.close()

    def _ask(self, request: Request, patience: float) -> bytes:
        self._begun = self._begun and self.child.alive
        deadline = self.deadline + self.deadline_per_character * len(request.prompt.text)
        entry = self.child.call(request, deadline=deadline * patience, on_message=self._note)
        assert isinstance(entry, bytes)  # noqa: S101 -- our own worker gave it
        return entry

    def _note(self, message: object) -> None:
        self._begun = self._begun or message == READY
