"""Corrections, clarifications and editor's notes: what a reader must never lose."""

from __future__ import annotations

import re

_OPENINGS = (
    # English
    r"(?:a\s+)?corrections?\b\s*(?:[:.—–-]|\(|\d|and clarif|on |added|appended|to this|,\s[\w.,:\s]{3,40}:)",
    r"clarifications?\b\s*(?:[:.—–(-]|,\s[\w.,:\s]{3,40}:)",
    (
        r"update\b[\w.,:\s]{0,40}:\s+(?:this|the)\s+(?:article|story|report|post|column|piece)\s+(?:has\s+been|was)\b"
        r".{0,90}\b(?:updated|corrected|amended)\s+(?:to|because)\b"
    ),
    r"(?:the\s+)?editor[’'s]*s?[’']?\s+note\b",
    r"(?:an?\s+)?(?:earlier|previous|original|prior|initial)\s+versions?\s+of\s+(?:this|the)\s+(?:article|story|report|post|column|headline|caption)",
    (
        r"(?:this|the)\s+(?:article|story|report|post|column|piece|headline)\s+(?:has\s+been|was|is)\s+(?:since\s+)?(?:updated|corrected|amended|changed|revised|edited)\s+(?:on\s.{3,40}\s)?(?:to|because|after|since|with)\b"
        r"(?!\s+(?:(?:additional|more|new|further|the\s+latest|extra|breaking|fresh|other)\s|comments?\s|quotes?\s|reaction))"
    ),
    r"(?:this|the)\s+(?:article|story|report|post|column|piece|headline)\s+(?:has\s+been|was)\s+(?:corrected|amended)\b",
    r"(?:corrects|clarifies)\s[^.]{3,80}\b(?:paragraphs?|headlines?|leads?|spelling|names?|to\s+(?:show|say|reflect|read|clarify|make))\b",
    r"disclosure\s*:",
    r"publisher[’']s\s+note\b",
    # German, French, Spanish, Portuguese, Italian, Dutch, Polish, Ukrainian, Russian
    r"(?:korrektur|berichtigung|(?:anmerkung|hinweis) der redaktion|transparenzhinweis|in einer früheren version)\b",
    r"in (?:einer|der) (?:vorherigen|ersten) (?:version|fassung) (?:dieses|des) (?:artikels|textes|beitrags)\b",
    r"(?:rectificatif|correction|précision|erratum|note de la rédaction)\s*(?:[:.—–(-]|(?:le|du|apporté)\s)",
    r"(?:dans )?une (?:première|précédente) version de (?:cet|notre) article\b",
    r"aclaración\s*[:.—–(-]",
    r"(?:en una versión anterior|una versión anterior de est[ea])\b",
    r"(?:corrección|rectificación|fe de err(?:atas|ores)|nota del editor|nota de la redacción)\b",
    r"en una (?:primera|anterior) versión de est[ea]\b",
    r"(?:errata|correção|retificação|nota d[ao] (?:redação|editor))\s*[:.—–(-]",
    r"(?:na|numa|em uma) versão (?:anterior|inicial|original) dest[ea]\b",
    r"(?:rettifica|precisazione|errata corrige|nota (?:della redazione|del direttore|dell[’']editore))\s*[:.—–(-]",
    r"in una (?:precedente|prima) versione d(?:i questo|ell[’'])\s?articolo\b",
    r"(?:correctie|rectificatie|verbetering|noot van de redactie)\s*[:.—–(-]",
    r"in een (?:eerdere|vorige|oorspronkelijke) versie van (?:dit|het) (?:artikel|bericht|stuk|verhaal)\b",
    r"(?:sprostowanie|od redakcji|errata|w (?:poprzedniej|pierwotnej|wcześniejszej) wersji (?:tekstu|artykułu))\b",
    r"(?:виправлення|уточнення|від редакції|примітка редакції|спростування)\s*[:.—–(-]",
    r"у (?:попередній|першій|початковій) версії (?:цього|цієї|матеріалу|новини|статті|тексту)\b",
    r"(?:исправление|уточнение|от редакции|примечание редакции)\s*[:.—–(-]",
)
_NOTE = re.compile(rf"^[\[(*\s“\"•]*(?:{'|'.join(_OPENINGS)})", re.IGNORECASE)


def is_note(text: str) -> bool:
    """Whether a block opens as a correction, clarification or editor's note does."""
    return bool(_NOTE.match(text))
