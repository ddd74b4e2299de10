"""The rules, for people and for `off`."""

from __future__ import annotations

from articleaudio.script.language import LANGUAGES, language
from articleaudio.script.rule import RuleInfo


def rules() -> tuple[RuleInfo, ...]:
    """Every language's rules, in the order they are asked."""
    return tuple(
        RuleInfo(rule.name, tag, rule.about, *rule.example) for tag in LANGUAGES for rule in language(tag).rules
    )
