"""Sentences by which the level of a voice is found. Never change one: the levels of all voices hang on them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

SENTENCES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "en": (
            "The council met on Tuesday evening to decide what should become of the old harbor.",
            "Three of its members wanted to keep the sea wall as it was, and four did not.",
            "After two hours nobody had been persuaded of anything, so they went home and slept on it.",
            "“We have time,” the mayor said, “but the sea has more of it than we do.”",
            "By the end of the week a letter had arrived from the people who live below the wall.",
            "They asked for pumps, for a road that stays dry in winter, and for an answer before the spring.",
        ),
        "uk": (
            "У вівторок увечері рада зібралася, щоб вирішити долю старої гавані.",
            "Троє депутатів хотіли залишити мур таким, як він є, а четверо були проти.",
            "За дві години ніхто нікого не переконав, тож усі розійшлися по домівках.",
            "«Ми маємо час, — сказала голова громади, — але море має його більше».",
            "Наприкінці тижня надійшов лист від людей, які живуть під муром.",
            "Вони просили насоси, дорогу, сухої взимку, і відповідь до весни.",
        ),
        "de": (
            "Am Dienstagabend kam der Rat zusammen, um über den alten Hafen zu entscheiden.",
            "Drei Mitglieder wollten die Mauer lassen, wie sie ist, vier wollten das nicht.",
            "Nach zwei Stunden hatte niemand seine Meinung geändert, und alle gingen nach Hause.",
            "„Wir haben Zeit“, sagte die Bürgermeisterin, „aber das Meer hat mehr davon.“",
            "Am Ende der Woche kam ein Brief von den Leuten, die unterhalb der Mauer wohnen.",
            "Sie baten um Pumpen, um eine im Winter trockene Straße und um eine Antwort vor dem Frühling.",
        ),
        "fr": (
            "Le conseil s'est réuni mardi soir pour décider du sort du vieux port.",
            "Trois de ses membres voulaient garder la digue telle quelle, quatre ne le voulaient pas.",
            "Au bout de deux heures, personne n'avait changé d'avis, et chacun est rentré chez soi.",
            "« Nous avons le temps, a dit la maire, mais la mer en a plus que nous. »",
            "À la fin de la semaine est arrivée une lettre des gens qui vivent au pied de la digue.",
            "Ils demandaient des pompes, une route sèche en hiver et une réponse avant le printemps.",
        ),
        "es": (
            "El consejo se reunió el martes por la noche para decidir el futuro del viejo puerto.",
            "Tres de sus miembros querían dejar el muro como está, y cuatro no.",
            "Dos horas después nadie había cambiado de opinión, y todos se fueron a casa.",
            "«Tenemos tiempo», dijo la alcaldesa, «pero el mar tiene más que nosotros».",
            "Al final de la semana llegó una carta de la gente que vive al pie del muro.",
            "Pedían bombas, una carretera seca en invierno y una respuesta antes de la primavera.",
        ),
        "pl": (
            "We wtorek wieczorem rada zebrała się, by zdecydować o losie starego portu.",
            "Trzech radnych chciało zostawić mur takim, jaki jest, czterech było przeciw.",
            "Po dwóch godzinach nikt nikogo nie przekonał, więc wszyscy poszli do domu.",
            "„Mamy czas”, powiedziała pani burmistrz, „ale morze ma go więcej niż my”.",
            "Pod koniec tygodnia przyszedł list od ludzi, którzy mieszkają pod murem.",
            "Prosili o pompy, o drogę suchą zimą i o odpowiedź przed wiosną.",
        ),
    }
)
"""Sentences for each language; the others are measured by the English ones, for loudness is a matter of the voice."""


def sentences(language: str) -> tuple[str, ...]:
    """The sentences for a language."""
    return SENTENCES.get(language.lower().partition("-")[0], SENTENCES["en"])
