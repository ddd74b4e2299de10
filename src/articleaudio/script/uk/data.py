"""Ukrainian words the rules know: prepositions and their cases, units, currencies, months, abbreviations, acronyms."""

from __future__ import annotations

from typing import NamedTuple

from articleaudio.script.uk.numbers import CASES
from articleaudio.script.words import words


class Noun(NamedTuple):
    """A noun, declined."""

    gender: str
    """m, f or n."""
    singular: dict[str, str]
    """Forms by case."""
    plural: dict[str, str]
    """Forms by case."""


def _forms(text: str) -> dict[str, str]:
    return dict(zip(CASES, text.split(), strict=True))


def masculine(stem: str) -> Noun:
    """Hard masculine: метр."""
    return Noun(
        "m",
        _forms(f"{stem} {stem}а {stem}у {stem} {stem}ом {stem}і"),
        _forms(f"{stem}и {stem}ів {stem}ам {stem}и {stem}ами {stem}ах"),
    )


def measured(stem: str) -> Noun:
    """A masculine unit whose genitive plural has no ending: сто ват."""
    noun = masculine(stem)
    return noun._replace(plural=noun.plural | {"g": stem})


def feminine(stem: str, genitive_plural: str = "") -> Noun:
    """Hard feminine: тонна, година."""
    return Noun(
        "f",
        _forms(f"{stem}а {stem}и {stem}і {stem}у {stem}ою {stem}і"),
        _forms(f"{stem}и {genitive_plural or stem} {stem}ам {stem}и {stem}ами {stem}ах"),
    )


def soft_feminine(stem: str, genitive_plural: str) -> Noun:
    """Soft feminine: гривня."""
    return Noun(
        "f",
        _forms(f"{stem}я {stem}і {stem}і {stem}ю {stem}ею {stem}і"),
        _forms(f"{stem}і {genitive_plural} {stem}ям {stem}і {stem}ями {stem}ях"),
    )


def fixed(word: str, gender: str = "m") -> Noun:
    """A noun that does not change: євро."""
    forms = dict.fromkeys(CASES, word)
    return Noun(gender, forms, forms)


def with_tail(noun: Noun, tail: str) -> Noun:
    """A noun with words behind it that stay: кілометр на годину."""
    return Noun(
        noun.gender,
        {case: f"{form} {tail}" for case, form in noun.singular.items()},
        {case: f"{form} {tail}" for case, form in noun.plural.items()},
    )


def with_head(stem: str, noun: Noun) -> Noun:
    """A masculine or feminine noun with a declined adjective before it: квадратний кілометр."""
    ends = {"m": "ий ого ому ий им ому", "f": "а ої ій у ою ій", "n": "е ого ому е им ому"}[noun.gender]
    singular, plural = _forms(ends), _forms("і их им і ими их")
    return Noun(
        noun.gender,
        {case: f"{stem}{singular[case]} {form}" for case, form in noun.singular.items()},
        {case: f"{stem}{plural[case]} {form}" for case, form in noun.plural.items()},
    )


METER, KILOMETER, GRAM, TON = masculine("метр"), masculine("кілометр"), masculine("грам"), feminine("тонн", "тонн")
HOUR, MINUTE, SECOND = feminine("годин"), feminine("хвилин"), feminine("секунд")
PERCENT = Noun(
    "m",
    _forms("відсоток відсотка відсотку відсоток відсотком відсотку"),
    _forms("відсотки відсотків відсоткам відсотки відсотками відсотках"),
)
DOLLAR, EURO = masculine("долар"), fixed("євро")
HRYVNIA = soft_feminine("гривн", "гривень")
KOPECK = Noun(
    "f",
    _forms("копійка копійки копійці копійку копійкою копійці"),
    _forms("копійки копійок копійкам копійки копійками копійках"),
)
CENT = masculine("цент")
THOUSAND = Noun(
    "f", _forms("тисяча тисячі тисячі тисячу тисячею тисячі"), _forms("тисячі тисяч тисячам тисячі тисячами тисячах")
)
MILLION, BILLION, TRILLION = masculine("мільйон"), masculine("мільярд"), masculine("трильйон")
YEAR = Noun("m", _forms("рік року року рік роком році"), _forms("роки років рокам роки роками роках"))
DAY = Noun("m", _forms("день дня дню день днем дні"), _forms("дні днів дням дні днями днях"))
PERSON = Noun(
    "f", _forms("людина людини людині людину людиною людині"), _forms("людини людей людям людей людьми людях")
)
DEGREE = masculine("градус")

MAGNITUDES = {
    "тис": THOUSAND, "тис.": THOUSAND, "млн": MILLION, "млн.": MILLION, "млрд": BILLION, "млрд.": BILLION,
    "трлн": TRILLION, "трлн.": TRILLION, "мільйона": MILLION, "bn": BILLION, "k": THOUSAND, "K": THOUSAND, "m": MILLION,
}  # fmt: skip
"""Magnitudes behind a number."""

UNITS = {
    "км": KILOMETER, "м": METER, "см": masculine("сантиметр"), "мм": masculine("міліметр"),
    "кг": masculine("кілограм"), "г": GRAM, "мг": masculine("міліграм"), "т": TON, "ц": masculine("центнер"),
    "л": masculine("літр"), "мл": masculine("мілілітр"), "га": masculine("гектар"), "год": HOUR, "год.": HOUR,
    "хв": MINUTE, "хв.": MINUTE, "с": SECOND, "сек": SECOND, "сек.": SECOND, "кВт": measured("кіловат"),
    "МВт": measured("мегават"), "ГВт": measured("гігават"), "Вт": measured("ват"),
    "кВт·год": with_head("", measured("кіловат")), "ГБ": masculine("гігабайт"), "МБ": masculine("мегабайт"),
    "ТБ": masculine("терабайт"), "Гц": measured("герц"), "МГц": measured("мегагерц"), "ГГц": measured("гігагерц"),
    "В": measured("вольт"), "кВ": measured("кіловольт"), "грн": HRYVNIA, "грн.": HRYVNIA, "гривень": HRYVNIA,
    "коп": KOPECK, "коп.": KOPECK, "дол": DOLLAR, "дол.": DOLLAR, "USD": DOLLAR, "EUR": EURO, "UAH": HRYVNIA,
    "руб": masculine("рубл"), "чол": PERSON, "чол.": PERSON, "р.": YEAR,
    "км²": with_head("квадратн", KILOMETER), "кв.км": with_head("квадратн", KILOMETER),
    "кв. км": with_head("квадратн", KILOMETER), "кв км": with_head("квадратн", KILOMETER),
    "кв. м": with_head("квадратн", METER), "кв.м": with_head("квадратн", METER), "м²": with_head("квадратн", METER),
    "м2": with_head("квадратн", METER), "км2": with_head("квадратн", KILOMETER), "м³": with_head("кубічн", METER),
    "м3": with_head("кубічн", METER), "куб. м": with_head("кубічн", METER), "куб.м": with_head("кубічн", METER),
    "км/год": with_tail(KILOMETER, "на годину"), "км/ч": with_tail(KILOMETER, "на годину"),
    "м/с": with_tail(METER, "на секунду"), "км/с": with_tail(KILOMETER, "на секунду"),
    "г/км": with_tail(GRAM, "на кілометр"), "мг/л": with_tail(masculine("міліграм"), "на літр"),
    "Мбіт/с": with_tail(masculine("мегабіт"), "на секунду"), "Гбіт/с": with_tail(masculine("гігабіт"), "на секунду"),
    "л/100 км": with_tail(masculine("літр"), "на сто кілометрів"), "°C": with_tail(DEGREE, "Цельсія"),
    "°С": with_tail(DEGREE, "Цельсія"), "°": DEGREE, "° C": with_tail(DEGREE, "Цельсія"),
    "° С": with_tail(DEGREE, "Цельсія"),
    "%": PERCENT, "₴": HRYVNIA, "$": DOLLAR, "€": EURO, "£": masculine("фунт"), "₽": masculine("рубл"),
    "¥": fixed("єна"),
    "млн т": with_tail(MILLION, "тонн"), "барелів": masculine("барел"), "дБ": masculine("децибел"),
    "кДж": masculine("кілоджоуль"), "ккал": soft_feminine("кілокалорі", "кілокалорій"),
    "хв/км": with_tail(MINUTE, "на кілометр"), "миль": soft_feminine("мил", "миль"), "мкг": masculine("мікрограм"),
    "кт": masculine("кілотонн"), "атм": feminine("атмосфер"),
}  # fmt: skip
"""Units, currencies and signs behind a number."""


def _of_energy(stem: str) -> Noun:
    """Кіловат-година: both halves count, the second one is declined with the first."""
    return Noun(
        "f",
        {case: f"{stem}-{form}" for case, form in HOUR.singular.items()},
        {case: f"{stem}-{form}" for case, form in HOUR.plural.items()},
    )


for _prefix, _stem in (("к", "кіловат"), ("М", "мегават"), ("Г", "гігават"), ("Т", "терават")):
    for _form in ("Вт·год", "Вт*год", "Вт-год", "Вт/год", "Вт год", "Вт∙год", "Вт⋅год"):
        UNITS[_prefix + _form] = _of_energy(_stem)
UNITS["руб"] = UNITS["руб."] = UNITS["₽"] = Noun(
    "m", _forms("рубль рубля рублю рубль рублем рублі"), _forms("рублі рублів рублям рублі рублями рублях")
)
UNITS["к.с."] = UNITS["к. с."] = with_head(
    "кінськ", Noun("f", _forms("сила сили силі силу силою силі"), _forms("сили сил силам сили силами силах"))
)
UNITS["ст. л."] = UNITS["ст.л."] = with_head(
    "столов", feminine("ложк", "ложок")._replace(singular=_forms("ложка ложки ложці ложку ложкою ложці"))
)
UNITS["ч. л."] = UNITS["ч.л."] = with_head(
    "чайн", feminine("ложк", "ложок")._replace(singular=_forms("ложка ложки ложці ложку ложкою ложці"))
)
UNITS["в.п."] = UNITS["в. п."] = UNITS["п.п."] = UNITS["п. п."] = with_head("відсотков", masculine("пункт"))

SIGNS = {
    "$": DOLLAR, "US$": DOLLAR, "€": EURO, "£": masculine("фунт"), "₴": HRYVNIA, "₽": UNITS["₽"], "¥": feminine("єн"),
    "zł": masculine("злот"), "C$": with_head("канадськ", DOLLAR), "A$": with_head("австралійськ", DOLLAR),
}  # fmt: skip
"""Signs before an amount."""
SIGNS["zł"] = Noun(
    "m", _forms("злотий злотого злотому злотий злотим злотому"), _forms("злоті злотих злотим злоті злотими злотих")
)
UNITS["zł"] = SIGNS["zł"]
CENTS = {"гривня": KOPECK, "долар": CENT, "євро": CENT, "фунт": masculine("пенс"), "рубль": KOPECK}
"""Hundredths by currency (its nominative)."""

MONTHS = {
    "січня": "січня", "лютого": "лютого", "березня": "березня", "квітня": "квітня", "травня": "травня",
    "червня": "червня", "липня": "липня", "серпня": "серпня", "вересня": "вересня", "жовтня": "жовтня",
    "листопада": "листопада", "грудня": "грудня", "січ.": "січня", "лют.": "лютого", "бер.": "березня",
    "квіт.": "квітня", "трав.": "травня", "черв.": "червня", "лип.": "липня", "серп.": "серпня", "вер.": "вересня",
    "жовт.": "жовтня", "лист.": "листопада", "груд.": "грудня",
}  # fmt: skip
"""Months behind a day."""
MONTH_LIST = tuple(dict.fromkeys(MONTHS.values()))

PREPOSITIONS = {
    **dict.fromkeys(words("""
до від од без для після біля близько бл протягом упродовж впродовж серед проти замість крім окрім поблизу навколо
довкола щодо стосовно внаслідок з із зі зо з-понад неподалік коло поза напередодні станом більше менше досяг досягла
досягло досягли досягне досягає досягають сягала сягало сягали сягатиме досягнула сягає сягла сягнув сягнуло
сягнула вище нижче позбавив стосується
вимагає потребує торкнулися торкнулась торкнулася стосуються позбулися сягнули бракує з-під із-за
"""), "g"),
    **dict.fromkeys(words("завдяки всупереч назустріч наперекір"), "d"),
    **dict.fromkeys(words("між перед над поміж межи"), "i"),
    **dict.fromkeys(words("через про понад під крізь на в у за по рівно усі всі кожні раз"), "a"),
    **dict.fromkeys(words("о об при"), "l"),
}  # fmt: skip
"""Cases that prepositions (and some verbs) ask of a number behind them."""

FEMININE = words("""
ракет людин жінк дівчин бригад годин хвилин секунд гривн копійк тонн тисяч машин будівл област країн шкіл школ
лікарн квартир книг атак доб справ команд перемог поразк станці громад установк гармат бомб мін кул вулиц шахт веж
секці сторон парті фракці заяв позиці систем умов модел сторінк частин половин третин чверт зірк пожеж вантажівк
смуг ліні річниц хвил платформ програм компані угод резолюці сесі операці груп рот дивізі армі одиниц копі точк місі
поїздк зустріч спроб тварин коров кішк курк риб особ дитин фігур медал нагород бочк діжк бронемашин підстанці тривог
вод миль мил крапк літер букв цифр ділянк пар голов кав сім'ї родин черг зон пенсі посад палат кімнат реакці
ініціатив ідей проб пляшк рук ніг стать статт скарг петиці декад рупор камер гауби гаубиц цистерн батаре субмарин
шхун барж яхт баз колон сутичк ставк церкв облад купюр монет карт картк посилк доз вакцин хвороб смерт страт жертв
втрат відпустк зарплат премі субсиді пільг послуг мереж аптек крамниц фабрик бібліотек теплиц ферм
""")
"""Stems of feminine nouns whose plural does not show it."""
NEUTER = words("""
порушення місце відділення поранення рішення питання засідання місто село речення дерево слово вікно лікарняне озеро
море поле рік_ число яйце крісло ліжко підприємство товариство агентство посольство військо обличчя життя століття
десятиліття покоління вбивство звинувачення повідомлення звернення обстеження випробування голосування завдання
приміщення влучання зіткнення затримання очко тіло авто таксі метро кафе
""")
"""Neuter nouns."""
MASCULINE_U = words("""
випадку будинку рахунку підрахунку напрямку ринку ставку уламку відсотку провулку списку банку полку парку року кроку
пункту району літаку танку дзвінку острову пакету разу виїзду
""")
"""Masculine nouns in -у, in the cases but the nominative."""
MASCULINE_KY = words("парки полки новачки значки гачки бички будиночки турки роки кроки урки замки")
"""Masculine plurals that look like feminine ones."""
MASCULINE_A = words("суддя воєвода колега староста собака голова")
"""Masculine nouns in -а."""
GENITIVE_PLURALS = words(
    """
людей дітей осіб жінок дівчат військових поранених загиблих полонених цивільних учнів хворих постраждалих працівників
гостей коней грошей років
"""
)
"""Forms that are genitive plurals."""
