"""What can go wrong, as a user sees it: what happened, what to do next, and an exit code.

Exit codes: 0 done, 1 some article failed or a check found something, 2 usage or configuration, 3 source cannot be
read, 4 engine or voice missing, 5 output cannot be written, 130 interrupted.
"""

from __future__ import annotations

from typing import ClassVar


class ArticleAudioError(Exception):
    """Base of every error that a user can do something about."""

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[object, ...]:
        """Survive the trip from a worker process with the hint intact."""
        return (_rebuild, (type(self), self.message, self.hint))


def _rebuild(kind: type[ArticleAudioError], message: str, hint: str) -> ArticleAudioError:
    return kind(message, hint=hint)


class UsageError(ArticleAudioError):
    """The command was called in a way that cannot work."""

    exit_code = 2


class ConfigError(ArticleAudioError):
    """A house file, voice profile or lexicon is wrong."""

    exit_code = 2


class SourceError(ArticleAudioError):
    """A source is missing, is not text, or cannot be decoded."""

    exit_code = 3


class NoArticleError(SourceError):
    """A source was read, but holds nothing that can be spoken."""


class CutShortError(SourceError):
    """A source holds only the beginning of an article: a paywall, a log-in or an excerpt."""


class FetchError(SourceError):
    """An address cannot be fetched, or must not be."""


class NotPublicError(FetchError):
    """An address holds no page that everybody may read: it is gone, withheld, or behind a log-in."""


class TooLongError(SourceError):
    """An article is longer than one recording may be."""


class EngineError(ArticleAudioError):
    """An engine is missing or failed on a segment, after retries."""

    exit_code = 4


class VoiceError(EngineError):
    """A voice is unknown, or its engine does not have it."""


class SpeechFailedError(EngineError):
    """A segment could not be spoken although the engine is there: it crashed, hung or gave no sound."""

    exit_code = 1


class BudgetError(EngineError):
    """Speaking on would cost more than the run may spend."""

    exit_code = 1


class OutputError(ArticleAudioError):
    """An output folder, the cache or the state cannot be written."""

    exit_code = 5


class ClusterError(ArticleAudioError):
    """A cluster cannot be used as it is: nobody answers, nobody works there, or its machines do not agree with us."""

    exit_code = 2


class ClusterLostError(ArticleAudioError):
    """A cluster went away in the middle of a run."""

    exit_code = 1
