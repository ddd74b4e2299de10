"""Abbreviations: "обл.", "вул.", "ім.", "р.", "т. д.", titles, "№"."""

from __future__ import annotations

import re

from articleaudio.script.line import Line
from articleaudio.script.rule import Reading, said
from articleaudio.script.uk.grammar import asked
from articleaudio.script.words import listed, words

LETTER_FORM = re.compile(r"([А-Яа-яЄєІіЇїҐґ]+(?:-[а-яіїє]+)?)(\.?)")
PHRASES = {
    "т. д.": "так далі", "т.д.": "так далі", "т. п.": "тому подібне", "т.п.": "тому подібне", "т. ін.": "таке інше",
    "т.ін.": "таке інше", "т. зв.": "так званий", "т.зв.": "так званий", "н. е.": "нашої ери", "н.е.": "нашої ери",
    "в. о.": "виконувач обов'язків", "в.о.": "виконувач обов'язків", "т. з.": "так званий", "та ін.": "та інше",
    "і ін.": "і інше", "й ін.": "й інше", "с. г.": "сільське господарство", "п. п.": "пункти", "див.": "дивись",
    "напр.": "наприклад", "ін.": "інше", "тощо.": "тощо", "т. ч.": "тому числі", "т.ч.": "тому числі",
    "о. п.": "оперативний простір",
}  # fmt: skip
PHRASE = re.compile("|".join(re.escape(form) for form in sorted(PHRASES, key=len, reverse=True)))
PLACES = {
    "вул": "вулиця вулиці вулиці вулицю вулицею вулиці",
    "просп": "проспект проспекту проспекту проспект проспектом проспекті",
    "пр-т": "проспект проспекту проспекту проспект проспектом проспекті",
    "пр": "проспект проспекту проспекту проспект проспектом проспекті",
    "бул": "бульвар бульвару бульвару бульвар бульваром бульварі",
    "бульв": "бульвар бульвару бульвару бульвар бульваром бульварі", "пл": "площа площі площі площу площею площі",
    "пров": "провулок провулка провулку провулок провулком провулку",
    "наб": "набережна набережної набережній набережну набережною набережній",
    "м": "місто міста місту місто містом місті", "с": "село села селу село селом селі",
    "смт": "селище селища селищу селище селищем селищі", "сел": "селище селища селищу селище селищем селищі",
    "о": "острів острова острову острів островом острові", "оз": "озеро озера озеру озеро озером озері",
    "р": "річка річки річці річку річкою річці", "р-н": "район району району район районом районі",
    "обл": "область області області область областю області", "г": "гора гори горі гору горою горі",
    "мкрн": "мікрорайон мікрорайону мікрорайону мікрорайон мікрорайоном мікрорайоні",
    "х": "хутір хутора хутору хутір хутором хуторі", "ст": "станція станції станції станцію станцією станції",
}  # fmt: skip
"""Places before (or behind) a name, in six cases."""
ORDER = "ngdail"
TITLES = {
    "проф": "професор", "акад": "академік", "доц": "доцент", "ген": "генерал", "полк": "полковник",
    "підполк": "підполковник", "кап": "капітан", "лейт": "лейтенант", "серж": "сержант", "св": "святий",
    "гр": "громадянин", "гр-н": "громадянин", "гр-ка": "громадянка",
    "д-р": "доктор", "п": "пан", "о": "отець", "інж": "інженер", "деп": "депутат",
    "зав": "завідувач", "заст": "заступник", "дир": "директор", "ред": "редактор", "мол": "молодший", "ст": "старший",
    "адм": "адмірал", "канд": "кандидат", "чл": "член", "кн": "князь",
}  # fmt: skip
"""Titles before a name."""
BEFORE_NUMBER = {
    "ст": "стаття", "стор": "сторінка", "с": "сторінка", "п": "пункт", "пп": "підпункт", "ч": "частина",
    "буд": "будинок", "кв": "квартира", "кім": "кімната", "рис": "рисунок", "табл": "таблиця", "розд": "розділ",
    "гл": "глава", "т": "том", "вип": "випуск", "корп": "корпус", "оф": "офіс", "тел": "телефон", "каб": "кабінет",
    "під": "під", "абз": "абзац", "д": "дім", "прим": "примітка",
}  # fmt: skip
CASED = {
    "ст": "стаття статті статті статтю статтею статті", "п": "пункт пункту пункту пункт пунктом пункті",
    "ч": "частина частини частині частину частиною частині",
    "с": "сторінка сторінки сторінці сторінку сторінкою сторінці",
    "стор": "сторінка сторінки сторінці сторінку сторінкою сторінці",
    "табл": "таблиця таблиці таблиці таблицю таблицею таблиці", "гл": "глава глави главі главу главою главі",
    "розд": "розділ розділу розділу розділ розділом розділі",
}  # fmt: skip
OTHER = {
    "ім": "імені", "тис": "тисяч", "млн": "мільйонів", "млрд": "мільярдів", "грн": "гривень", "коп": "копійок",
    "хв": "хвилин", "год": "годин", "укр": "українською", "англ": "англійською", "нар": "народився", "пом": "помер",
    "бл": "близько", "прибл": "приблизно", "макс": "максимум", "мін": "мінімум", "ред": "редакція", "вид": "видання",
    "б-ка": "бібліотека", "ун-т": "університет", "ін-т": "інститут", "з-д": "завод", "ф-ка": "фабрика",
    "м-н": "магазин", "к-сть": "кількість", "стол": "століття", "р-ну": "району", "р-ні": "районі", "обл": "область",
    "тов": "товариш", "мед": "медичний", "держ": "державний", "заг": "загальний", "додат": "додатково",
    "пор": "порівняй", "інш": "інше", "пр-ті": "проспекті", "пр-ту": "проспекту",
    "пр-том": "проспектом", "гр-н": "громадянин",
    "гр-ка": "громадянка", "дол": "доларів", "п-ів": "півострів", "о-в": "острів", "вкл": "включно",
    "див": "дивись", "напр": "наприклад",
    "зокр": "зокрема", "рр": "роки",
}  # fmt: skip
ADJECTIVE_ENDS = (
    (("ській", "цькій", "зькій", "ькій"), "l"),
    (("ської", "цької", "зької", "ької"), "g"),
    (("ську", "цьку", "зьку"), "a"),
    (("ською", "цькою", "зькою"), "i"),
    (("ському", "цькому", "зькому"), "l"),
    (("ського", "цького", "зького"), "g"),
    (("ським", "цьким", "зьким"), "i"),
    (("ська", "цька", "зька", "ький"), "n"),
)
"""Endings of the adjectives of places, and their cases."""
NAMES = words("""
Василь Василя Іван Івана Микола Миколай Миколи Михайло Михайла Андрій Андрія Петро Петра Павло Павла Степан Степана
Юрій Юрія Олексій Сергій Богдан Тарас Роман Володимир Олег Григорій Антоній Феодосій Йосиф Ігор Дмитро Максим Віктор
Євген Ярослав
""")
"""Names of priests: "о." before them is "отець"."""
WITHOUT_PERIOD = words("смт вул тис млн млрд грн обл")
"""Abbreviations that are read without a period too."""
PER_UNIT = {"кг": "кілограм", "л": "літр", "т": "тонну", "км": "кілометр", "м": "метр", "год": "годину", "шт": "штуку"}
"""Units alone behind "за": "45 грн за кг"."""
RANKS = ("лейт", "серж", "солд", "науков", "інсп", "викл", "слід", "викон")
NUMBER_FORMS = listed("номер номера номеру номер номером номері")
NUMBER_SIGN = re.compile(r"№+ ?(?=[0-9])|№")


REGIONAL = re.compile(r"(?:держ)?(?:рад|адміністраці|лікарн|організаці|прокуратур|поліці)(\w{1,2})(?!\w)")
BODY_ENDS = {
    "а": "а",
    "и": "ої",
    "і": "ій",
    "у": "у",
    "ою": "ою",
    "я": "а",
    "ї": "ої",
    "ю": "у",
    "єю": "ою",
    "ею": "ою",
}
"""Endings of "обласний" by those of the body behind it."""


def phrase(line: Line, at: int) -> Reading | None:
    """Short phrases: "т. д.", "н. е.", "та ін."."""
    found = PHRASE.match(line.text, at)
    if not found or (at and line.text[at - 1].isalnum()) or line.text[found.end() : found.end() + 1].isalnum():
        return None
    say = PHRASES[found[0]]
    if say.endswith("інше") and (noun := line.word_after(found.end())):
        if noun.endswith(("ів", "їв", "ей", "их")):
            say = say[:-1] + "их"
        elif noun.endswith(("и", "і", "ї")):
            say = say[:-1] + "і"
    return said(at, line.stop(found.end()), say)


def short(line: Line, at: int) -> Reading | None:
    """Any other abbreviation, by what stands around it."""
    text = line.text
    found = LETTER_FORM.match(text, at)
    if not found or (at and text[at - 1] in ".-"):
        return None
    word, period = found[1].lower(), found[2]
    following = text[found.end() : found.end() + 40].lstrip(" \u00a0")
    if word in PER_UNIT and line.word_before(at) == "за" and not following[:1].isupper():
        return said(at, line.stop(found.end()), PER_UNIT[word])
    if not period and "-" not in word and word not in WITHOUT_PERIOD:
        return None
    end = line.stop(found.end())
    if word in ("обл", "р-н"):
        body = REGIONAL.match(following) if word == "обл" else None
        return said(at, end, f"обласн{BODY_ENDS[body[1]]}" if body else _behind_adjective(line, at, word))
    if following[:1].isdecimal() and word in BEFORE_NUMBER and period:
        return said(at, end, _numbered(line, at, word))
    if word in ("ст", "мол", "гол") and following.startswith(RANKS):
        return said(at, end, {"ст": "старший", "мол": "молодший", "гол": "головний"}[word])
    if following[:1].isupper() or following[:1] in '«"':
        named = _named(line, at, found[1], following)
        if named is not None:
            return said(at, end, named) if named else None
    if word in ("вул", "просп", "бул", "пл", "пров") and following[:1].isdecimal():
        return said(at, end, _place(line, at, word, found[1]))
    if word == "смт":
        return said(at, end, _place(line, at, word, found[1]) + " міського типу")
    return said(at, end, OTHER[word]) if word in OTHER else None


def _numbered(line: Line, at: int, word: str) -> str:
    """A part of a law or book before its number, in the case that is asked for."""
    forms = CASED.get(word)
    if not forms:
        return BEFORE_NUMBER[word]
    before = line.word_before(at)
    case = {"за": "i", "див": "a", "дивись": "a"}.get(before) or asked(line, at) or "n"
    if line.before(at).isdecimal():
        case = "g"
    return forms.split()[ORDER.index(case)]


def _named(line: Line, at: int, written: str, following: str) -> str | None:
    """A place or a title before a name; an empty string for an initial; None where it is neither."""
    word = written.lower()
    name = (following.split() or [""])[0].strip(",.")
    if len(written) == 1 and written.isupper() and not (word == "о" and name in NAMES):
        return ""
    if word == "о" and (asked(line, at) not in ("a", "g", "l") or name in NAMES):
        return "Отець" if written[0].isupper() else "отець"
    if word == "смт":
        return _place(line, at, word, written) + " міського типу"
    if word in PLACES and word not in ("обл", "р-н"):
        return _place(line, at, word, written)
    if word in TITLES:
        return TITLES[word].capitalize() if written[0].isupper() else TITLES[word]
    return None


def _place(line: Line, at: int, word: str, written: str) -> str:
    """A place word in the case that stands before it."""
    before = line.word_before(at)
    case = asked(line, at) or "n"
    if before in ("у", "в", "на", "по", "о"):
        case = "l"
    elif before in ("з", "із", "зі"):
        case = "g"
    elif before in ("за", "під", "над", "перед", "між"):
        case = "i"
    elif not before and word in ("вул", "просп"):
        case = "n"
    form = PLACES[word].split()[ORDER.index(case)]
    return form.capitalize() if written[0].isupper() and at == 0 else form


def _behind_adjective(line: Line, at: int, word: str) -> str:
    """A place behind its adjective ("Сумській обл."), in the adjective's case."""
    forms = PLACES[word].split()
    before = line.word_before(at)
    for endings, case in ADJECTIVE_ENDS:
        if before.endswith(endings):
            return forms[ORDER.index(case)]
    return forms[0]


def number_sign(line: Line, at: int) -> Reading | None:
    """The sign №: "№ 5"."""
    found = NUMBER_SIGN.match(line.text, at)
    if not found:
        return None
    case = asked(line, at)
    say = "номери" if found[0].startswith("№№") else NUMBER_FORMS[ORDER.index(case if case in ("i", "l") else "n")]
    space = found[0].endswith(" ")
    end = found.end() - space
    return said(at, end, say if space or line.text[end : end + 1] == " " else f"{say} ")


def initial(line: Line, at: int) -> Reading | None:
    """A single initial: "Т. Шевченко"."""
    text = line.text
    if text[at + 1 : at + 2] == "." and text[at].isupper() and text[at + 2 : at + 4].strip()[:1].isupper():
        return said(at, at + 1, text[at])
    return None
