"""Roman numerals, designators, and where they are found."""

from __future__ import annotations

from articleaudio.script.words import words

REGNAL = words("""
    Henry Charles George James William Edward Richard Elizabeth Mary Louis Philip Philippe Felipe Juan Carlos
    Alfonso Fernando Ferdinand Frederick Frederik Friedrich Wilhelm Napoleon Nicholas Nicolas Nikolai
    Alexander Alexis Catherine Peter Paul Ivan Pius Leo Benedict John Gregory Innocent Clement Urban Sixtus
    Boniface Julius Adrian Celestine Martin Eugene Francis Franz Joseph Leopold Albert Baudouin Christian
    Gustav Carl Karl Haakon Harald Olav Oscar Margrethe Victor Emmanuel Umberto Otto Henri Malcolm_ David
    Robert Stephen Edgar Harold Canute Cnut Abdullah Hussein Mohammed Muhammad Hassan Faisal Farouk
    Fuad Mehmed Mehmet Murad Selim Suleiman Bayezid Abdulhamid Shapur Darius Xerxes Cyrus Artaxerxes Ptolemy
    Cleopatra Ramses Ramesses Seti Amenhotep Thutmose Antiochus Seleucus Rama Akihito Pedro Joao João Manuel
    Afonso Maria Maximilian Rudolf Sigismund Ladislaus Casimir Stanislaw Sigmund August Augustus Vasily Basil
    Feodor Fyodor Theodore Constantine Justinian Leo Michael Carol Ferdinand Simeon Boris Zog Kamehameha
    Moctezuma Atahualpa Menelik Haile Willem Wilhelmina Juliana Beatrix Bartholomew Kirill Shenouda Tawadros
    Alexy Filaret Theodoros Aretha Hakon Magnus Eric Erik Sverker Valdemar Matthias Bela Béla Geza Géza Andrew
    Stefan Danylo Yaroslav Sviatoslav Volodymyr Vsevolod Iziaslav Clovis Childeric Pepin Lothair Hugh Conrad
    Adolf Tiberius Theodosius Valentinian Mieszko Boleslaw Zygmunt Jan Lorenzo Cosimo Ranavalona Radama Tupou
    Letsie Mswati Sobhuza Moshoeshoe Hamad Isa Salman Qaboos Tupac Thutmosis Nebuchadnezzar Tiglath-Pileser
    Sargon Ashurbanipal Shalmaneser Edmund Ethelred Æthelred Alfonso Sancho Pedro Ramiro Garcia Sebastian
    Isabel Isabella Joan Anne Gustaf Gustavus Adolphus Haakon Sigurd Jean Rainier Honoré Honore Alois
    Hans-Adam Franz Prince King Queen Pope Emperor Tsar Czar Sultan Shah Kaiser Khedive Patriarch Duke
    Archduke Grand Selassie
""")
"""Names and titles after which a single I, V or X is an ordinal."""

PARTS = words("""
    chapter part phase article act scene section title book volume vol vol. type class level stage category
    division tier grade mark mk schedule appendix annex table figure fig fig. episode apollo saturn camp plate
    war bowl wrestlemania vatican olympiad protocol group zone area region unit schedule clause amendment
    psalm corps factor angiotensin interferon photosystem rule step round module generation gen series army
    block lot item paragraph exhibit note canto sonnet symphony concerto sonata opus fantasy quest rocky rambo
    gate final wars trident minuteman polaris poseidon titan delta diabetes leopard_ abrams_ soyuz salyut
    explorer rover falcon henry_ basel lisbon minsk geneva schengen star superbowl ufc_ iteration version
    sample room suite hall pier canal terminal platform line lane
""")
"""Words after which a Roman numeral counts ("Chapter IV")."""

PARTS_I = words("""
    chapter part phase article act scene section title book volume type class level stage category division
    tier grade war bowl episode apollo vatican schedule appendix annex protocol minsk stage mark corps
    photosystem group step round
""")
"""Of these, the ones after which a bare capital "I" is one; they must be capitalised themselves."""

MANY_PARTS = words("""
    chapter part phase act scene section title book volume type class level stage division tier grade schedule
    article zone figure table category appendice group
""")
"""Words whose plural goes before a row of numerals ("parts II and III")."""

PRONOUN_VERBS = words("""
    am was have had think thought would will know knew want could can said say do did saw played wrote read made
    like love loved felt feel got went took came found believe remember see should must may might never just also
    didn't don't can't couldn't wouldn't haven't hadn't wasn't
""")
"""Verbs that make the "I" before them the writer."""

THINGS = words("""
    gemini hague euro start salt gun auto league artemis horizon artemis athena voyager mariner pioneer viking
    galileo block code stalag diablo warcraft starcraft civilization battlefield uncharted elder gladiator
    terminator jaws creed predator halo doom quake dune saw frozen deadpool shrek avatar
    top theft league city fighter kombat effect souls club team group vessel ship telescope probe
""")
"""Names of things that are numbered, not ordered."""

NOT_ROMAN = words("""
    MIX CIV DIV LIV MI DI DC MD CD CV MC MM MDI DVI CC XL DIM MILD LIVID CIVIC VIM MID LID XXX
""")
"""Roman by letters, but said otherwise in news."""

WORD_PREFIXES = {
    "COVID": "Covid", "Covid": "Covid", "COP": "Cop", "SARS": "Sars", "MERS": "Mers", "HIMARS": "Himars",
    "SCUD": "Scud", "GERAN": "Geran", "MiG": "Mig", "MIG": "Mig", "Mig": "Mig", "YAK": "Yak", "STEM": "Stem",
    "NATO": "Nato", "NASA": "Nasa", "GLONASS": "Glonass", "SPF": "S.P.F.", "ATACMS": "Atacms", "NASAMS": "Nasams",
    "PAC": "Pac", "SALT": "Salt", "START": "Start", "LIGO": "Ligo", "CAESAR": "Caesar", "PISA": "Pisa",
    "OPEC": "Opec", "VAR": "V.A.R.", "Kh": "K.H.", "KH": "K.H.", "Kn": "K.N.", "KN": "K.N.", "OPCW": "O.P.C.W.",
}  # fmt: skip
"""Letters of designators that are said as a word (or, dotted, as letters though they look like one)."""

STREETS = {
    "st": "Street", "ave": "Avenue", "av": "Avenue", "blvd": "Boulevard", "rd": "Road", "dr": "Drive", "ln": "Lane",
    "ct": "Court", "pl": "Place", "sq": "Square", "hwy": "Highway", "pkwy": "Parkway", "expy": "Expressway",
    "expwy": "Expressway", "fwy": "Freeway", "ter": "Terrace", "terr": "Terrace", "cir": "Circle", "trl": "Trail",
    "tpke": "Turnpike", "pk": "Park", "bldg": "Building", "apt": "Apartment", "ste": "Suite", "rte": "Route",
    "sts": "Streets", "xing": "Crossing", "aly": "Alley", "plz": "Plaza",
}  # fmt: skip
"""Street words by their abbreviation, lower case, without period."""

COMPASS = {
    "N": "North", "S": "South", "E": "East", "W": "West", "NE": "Northeast", "NW": "Northwest", "SE": "Southeast",
    "SW": "Southwest",
}  # fmt: skip
"""Points of the compass."""

STATES = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado",
    "CT": "Connecticut", "DE": "Delaware", "FL": "Florida", "GA": "Georgia", "HI": "Hawaii", "ID": "Idaho",
    "IL": "Illinois", "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky", "LA": "Louisiana",
    "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota", "MS": "Mississippi",
    "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada", "NH": "New Hampshire", "NJ": "New Jersey",
    "NM": "New Mexico", "NY": "New York", "NC": "North Carolina", "ND": "North Dakota", "OH": "Ohio",
    "OK": "Oklahoma", "OR": "Oregon", "PA": "Pennsylvania", "RI": "Rhode Island", "SC": "South Carolina",
    "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont", "VA": "Virginia",
    "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming", "DC": "D.C.", "PR": "Puerto Rico",
    "GU": "Guam",
}  # fmt: skip
"""Postal codes of states."""

AP_STATES = {
    "Ala.": "AL", "Ariz.": "AZ", "Ark.": "AR", "Calif.": "CA", "Cal.": "CA", "Colo.": "CO", "Conn.": "CT",
    "Del.": "DE", "Fla.": "FL", "Ga.": "GA", "Ill.": "IL", "Ind.": "IN", "Kan.": "KS", "Kans.": "KS", "Ky.": "KY",
    "La.": "LA", "Md.": "MD", "Mass.": "MA", "Mich.": "MI", "Minn.": "MN", "Miss.": "MS", "Mo.": "MO", "Mont.": "MT",
    "Neb.": "NE", "Nebr.": "NE", "Nev.": "NV", "N.H.": "NH", "N.J.": "NJ", "N.M.": "NM", "N.Y.": "NY", "N.C.": "NC",
    "N.D.": "ND", "Okla.": "OK", "Ore.": "OR", "Pa.": "PA", "Penn.": "PA", "R.I.": "RI", "S.C.": "SC", "S.D.": "SD",
    "Tenn.": "TN", "Tex.": "TX", "Vt.": "VT", "Va.": "VA", "Wash.": "WA", "W.Va.": "WV", "Wis.": "WI", "Wisc.": "WI",
    "Wyo.": "WY", "D.C.": "DC", "P.R.": "PR",
}  # fmt: skip
"""States as the Associated Press shortens them."""

SURE_STATES = words("""
    Ala. Ariz. Calif. Colo. Conn. Fla. Kan. Mich. Minn. Neb. Okla. Tenn. Wis. Wyo. Mont. Nev. W.Va. Ky. Vt. Ga.
""")
"""Of these, the ones that need no comma before them."""

PARTIES = {"D": "Democrat", "R": "Republican", "I": "independent", "L": "Libertarian", "G": "Green"}
"""Parties in tags such as "(R-Texas)"."""
