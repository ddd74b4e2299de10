"""What styles are called: by Word in its own file, and by programs that translate the names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

_NAMES = {
    "title": "title headline titel titre título titolo tytuł назва заголовок_статті название rubrik_artikel",
    "dek": (
        "subtitle dek deck standfirst sous-titre untertitel subtítulo sottotitolo podtytuł підзаголовок подзаголовок"
    ),
    "quote": (
        "quote intense_quote block_quote blockquote block_text quotations quotation zitat intensives_zitat citation "
        "citation_intense cita cita_destacada citazione citazione_intensa cytat cytat_intensywny цитата "
        "насичена_цитата виділена_цитата выделенная_цитата"
    ),
    "caption": (
        "caption image_caption photo_caption table_caption figure_caption figure illustration cutline beschriftung "
        "bildunterschrift légende légende_de_l'image descripción epígrafe didascalia legenda назва_об'єкта підпис "
        "название_объекта подпись"
    ),
    "list": (
        "list_bullet list_number aufzählungszeichen listennummer liste_à_puces liste_à_numéros lista_con_viñetas "
        "маркований_список нумерований_список маркированный_список нумерованный_список"
    ),
    "contents": (
        "toc_heading contents_heading table_of_figures table_of_contents inhaltsverzeichnis "
        "inhaltsverzeichnisüberschrift зміст заголовок_змісту оглавление"
    ),
    "byline": "byline author authors autor auteur autore автор",
    "date": "date dateline_date datum fecha дата",
}
_ROLES: Mapping[str, str] = MappingProxyType(
    {name.replace("_", " "): role for role, names in _NAMES.items() for name in names.split()}
)
_HEADING = re.compile(r"^(?:heading|ü?berschrift|titre|título|titolo|nagłówek|kop|rubrik|заголовок)[ _]?([1-9])$")
_CONTENTS = re.compile(r"^(?:toc|verzeichnis|зміст|оглавление|tm|tdc)[ _]?[1-9]$")
_LIST = re.compile(r"^(?:list bullet|list number|aufzählungszeichen|listennummer)[ _]?\d$")


def role_of_name(name: str) -> str:
    """What a style's name, or its id, says that its paragraphs are; empty when it says nothing.

    `title`, `dek`, `h1`…`h6`, `quote`, `caption`, `list`, `contents`, `byline` or `date`.
    """
    plain = " ".join(name.casefold().replace("’", "'").replace("ʼ", "'").split())
    plain = plain.partition(" char")[0] if plain.endswith(" char") else plain
    if _CONTENTS.match(plain):
        return "contents"
    if heading := _HEADING.match(plain):
        return f"h{min(6, int(heading[1]))}"
    if _LIST.match(plain):
        return "list"
    return _ROLES.get(plain, "")


def role_of_id(style: str) -> str:
    """As `role_of_name`, for an id: a name without its spaces ("IntenseQuote", "Heading1")."""
    spaced = re.sub(r"(?<=[a-zа-яїієґ])(?=[A-ZА-ЯЇІЄҐ])", " ", style)
    return role_of_name(spaced)
