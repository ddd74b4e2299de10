"""A sentence of each language to try a voice with: a name, a number, and what makes the language hard.

Said as a newsreader would; all of it is fiction.
"""

from __future__ import annotations

from types import MappingProxyType

SAMPLES = MappingProxyType(
    {
        "bg": "Елена Петрова каза в София, че 14 училища ще отворят отново в четвъртък.",
        "cs": "Jana Dvořáková v Praze oznámila, že 14 škol se ve čtvrtek znovu otevře.",
        "da": "Mette Sørensen sagde i København, at 14 skoler åbner igen på torsdag.",
        "de": "Jutta Müller sagte in Köln, dass 14 Schulen am Donnerstag wieder öffnen.",
        "el": "Η Ελένη Παππά είπε στην Αθήνα ότι 14 σχολεία ανοίγουν ξανά την Πέμπτη.",
        "en": "Olivia Hughes said in Manchester that 14 schools will open again on Thursday.",
        "es": "Lucía Núñez dijo en Málaga que 14 escuelas volverán a abrir el jueves.",
        "fi": "Aino Mäkelä sanoi Jyväskylässä, että 14 koulua avataan uudelleen torstaina.",
        "fr": "Hélène Lefèvre a annoncé à Nîmes que 14 écoles rouvriront jeudi.",
        "hu": "Kovács Zsófia azt mondta Győrben, hogy 14 iskola csütörtökön újra kinyit.",
        "it": "Chiara Rossi ha detto a Perugia che 14 scuole riapriranno giovedì.",
        "lt": "Rūta Kazlauskienė Vilniuje sakė, kad 14 mokyklų vėl atsidarys ketvirtadienį.",
        "nb": "Ingrid Bjørnstad sa i Tromsø at 14 skoler åpner igjen på torsdag.",
        "nl": "Anneke de Vries zei in Nijmegen dat 14 scholen donderdag weer opengaan.",
        "pl": "Małgorzata Wiśniewska powiedziała w Łodzi, że 14 szkół zostanie otwartych w czwartek.",
        "pt": "Inês Gonçalves disse em Coimbra que 14 escolas vão reabrir na quinta-feira.",
        "ro": "Ștefania Ionescu a spus la Iași că 14 școli se vor redeschide joi.",
        "sk": "Zuzana Horváthová v Žiline oznámila, že 14 škôl sa vo štvrtok znovu otvorí.",
        "sv": "Åsa Lindström sade i Göteborg att 14 skolor öppnar igen på torsdag.",
        "tr": "Ayşe Yıldız, İzmir’de 14 okulun perşembe günü yeniden açılacağını söyledi.",
        "uk": "Олена Кравчук повідомила у Львові, що 14 шкіл знову відчиняться в четвер.",
    }
)
"""By primary language subtag."""


def sample(language: str) -> str:
    """Give the sentence for a language tag; empty where we have none."""
    return SAMPLES.get(language.lower().partition("-")[0], "")
