"""Which language a text is in: what the source claims, checked against the text itself."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

_TAG = re.compile(r"^([A-Za-z]{2,3})(?:[-_]([A-Za-z0-9]{2,8}))*$")
_WORD = re.compile(r"[^\W\d_]+")

_SCRIPT_OF = {
    **dict.fromkeys(["uk", "ru", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg"], "CYRILLIC"),
    **dict.fromkeys(["ar", "fa", "ur", "ps"], "ARABIC"),
    **dict.fromkeys(["he", "yi"], "HEBREW"),
    "el": "GREEK",
    **dict.fromkeys(["hi", "mr", "ne"], "DEVANAGARI"),
    "zh": "CJK",
    "ja": "CJK",
    "ko": "HANGUL",
    "ka": "GEORGIAN",
    "hy": "ARMENIAN",
    "th": "THAI",
}
"""Scripts of the languages that are not written in Latin letters."""
_USUAL = {"ARABIC": "ar", "HEBREW": "he", "GREEK": "el", "DEVANAGARI": "hi", "HANGUL": "ko", "GEORGIAN": "ka"}
_USUAL |= {"ARMENIAN": "hy", "THAI": "th", "CJK": "zh", "LATIN": "en", "CYRILLIC": "ru"}
"""The language a script means when nothing else tells."""

_COMMON = {
    "en": "the of and to in is that for was on with as it he his by at from are this have not be they but had",
    "de": "der die und das den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus",
    "fr": "le la les des et un une du en est que qui dans pour pas sur au par ce il elle avec sont plus mais",
    "es": "el la los las de del que y en un una por con para es se no su al lo como más pero sus fue",
    "it": "il di che la e un una per è in del della le con non i si da gli sono dei nel alla più anche",
    "pt": "o de que e a do da em um uma para com não os as no na por mais se dos foi ao como das",
    "nl": "de het een en van is in dat op te zijn voor met die niet aan er om ook als maar bij nog",
    "pl": "w i na z się nie do to że jest o za po od jak dla przez przy ale są tym był czy tego",
    "sv": "och att det som en på är av för med till den har inte om ett var de jag han från vi kan",
    "cs": "a v se na je že to s z do o k i by za jako pro jsem ale jsou byl které od při také",
    "uk": "і в не на що з до у та за як від це його про для був або але також які після було ще років",
    "ru": "и в не на что с по как это к из у за от его для о но также были после только или уже лет",
    "bg": "и на да за се от не в че са по с като ще но това който след е до при",
    "sr": "и у је да се на за не од су са као то који али ће из бити није",
    "be": "і ў на не з што у да гэта як па за але ад ён для было таксама",
}
"""The commonest words of languages, enough to tell them apart over a few sentences."""
_COMMON_WORDS = {language: frozenset(words.split()) for language, words in _COMMON.items()}


_STRANGE = {
    "uk": "ыэъёў",
    "ru": "іїєґўјћђ",
    "be": "иїєґщъ",
    "bg": "ыэёіїєґ",
    "sr": "ыэъёіїєґщ",
}
"""Letters that a language does without; a text that has them is in another one."""


def settle(claimed: str, text: str) -> str:
    """The BCP 47 tag for a text: the claimed one, unless the text's script or its commonest words say otherwise."""
    tag = tidy_tag(claimed)
    primary = tag.partition("-")[0]
    sample = text[:20_000]
    script = _script(sample)
    if not script:
        return tag or "en"
    scores = _scores(sample, script)
    best = max(scores, key=lambda language: scores[language], default="")
    if primary and _SCRIPT_OF.get(primary, "LATIN") == script:
        rival = best and scores[best] > 0.08 and scores[best] > 3 * scores.get(primary, 0.0)
        return best if rival and primary in _COMMON else tag
    if best and scores[best] > 0.05:
        return best
    return "ja" if script == "CJK" and re.search("[\u3040-\u30ff]", sample) else _USUAL.get(script, tag or "en")


def tidy_tag(tag: str) -> str:
    """A tag as BCP 47 writes it, lower-case with hyphens; empty when it is none."""
    tag = tag.strip().split(",")[0].split(".")[0].strip()
    return tag.replace("_", "-").lower() if _TAG.match(tag) else ""


def _script(text: str) -> str:
    """The script most letters are in; empty when there are no letters."""
    counts: Counter[str] = Counter()
    letters = Counter(character for character in text if character.isalpha())
    for letter, count in letters.items():
        name = unicodedata.name(letter, "").split(" ", 1)[0].split("-", 1)[0]
        counts["CJK" if name in {"HIRAGANA", "KATAKANA"} else name] += count
    return counts.most_common(1)[0][0] if counts else ""


def _is_strange(text: str, language: str) -> bool:
    strange = sum(text.count(letter) for letter in _STRANGE.get(language, ""))
    return strange > len(text) / 200


def _scores(text: str, script: str) -> dict[str, float]:
    """For each known language of the script, which share of the words are among its commonest."""
    words = [word.lower() for word in _WORD.findall(text)]
    return {
        language: sum(word in common for word in words) / max(1, len(words))
        for language, common in _COMMON_WORDS.items()
        if _SCRIPT_OF.get(language, "LATIN") == script and not _is_strange(text, language)
    }
