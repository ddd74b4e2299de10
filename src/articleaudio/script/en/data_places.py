"""What tells a street from a saint, a state from a word, a point of the compass from an initial."""

from __future__ import annotations

from articleaudio.script.words import words

SAINTS = words("""
    Petersburg Louis Paul Peter John Johns Mary Marys James George Georges Andrew Andrews Albans Alban Helens
    Helena Helier Lucia Lucie Kitts Vincent Lawrence Patrick Patricks Nicholas Joseph Thomas Michael Francis
    Clair Clare Cloud Croix Denis Germain Martin Matthew Mark Luke Stephen Stephens Bernard Bernadette Anne
    Ann Agnes Augustine Barts Bartholomew Basil Benedict Bede Bonaventure Catherine Catharines Cecilia Charles
    Christopher Columba Cyril David Davids Dominic Edmund Edward Elizabeth Elmo Etienne Gallen Giles Gregory
    Ignatius Ives Jerome Jude Kilda Laurent Leo Leonard Luce Margaret Marie Maarten Moritz Nazaire Olaf Olave
    Pancras Philip Pierre Pölten Regis Sebastian Sepulchre Simon Sophia Swithin Teresa Theresa Tropez Valentine
    Vitus Veronica Xavier Bonnet Brides Brieuc Malo Ouen Simons Austell Asaph Cyr Genevieve Rose Hill Barnabas
    Hilda Hugh Clement Clements Dunstan Saviour Saviours
""")
"""Names that "Saint" stands before, in towns and churches too."""

NOT_STREETS = words("""
    Mont Mount Port Fort Lake Great Bay Cape Isle Sault Mt. Ft. Pt. Cardinal Bishop Cathedral Church Basilica Old
    Saint East North South West
""")
"""Capitalised words before "St." that name no street."""

STREET_STARTS = words("""
    the a an in on at of to from near for with and or but as by since while when after before visit today
    downtown central outside inside around
""")
"""Words that may open a sentence before a saint."""

MAYBE_STREETS = words("dr pl ct sq pk ter terr cir apt ste rte bldg av trl xing aly plz sts")
"""Street words that are other things too: without a period they need a house number."""

HOUSE_PARTS = words("apt ste bldg")
"""What a number follows inside an address."""

COMPASS_PLACES = {
    "N": words("Korea Korean Koreans Carolina Dakota Ireland Macedonia Africa America Vietnam Yemen Sea Mex Dak Car"),
    "S": words("Korea Korean Koreans Carolina Dakota Africa African America Sudan Ossetia Vietnam Dak Car Asia"),
    "E": words("Germany Timor Jerusalem Africa Europe Ukraine Asia Berlin Coast"),
    "W": words("Virginia Va Bank Africa Germany Berlin Europe Coast"),
}
"""Places whose names begin with a point of the compass, by its letter."""

NO_STATE = words("Me. Mo. Cal. Penn.")
"""Shortened states that only a town before them makes one."""

STATE_NEEDS_PLACE = words("La. Miss. Del. Mass. Md. Ark. Ill.")
"""Of the others, those that "in" before them is not enough for."""

STATE_NOUNS = words("""
    gov governor state tech sen sens rep reps senate house supreme river post legislature republicans
    republican democrats democrat democratic university atty attorney lt county police national turnpike ag gop
    lawmakers voters officials court department dept secretary sec
""")
"""What a state stands before, besides any lower-case word."""
