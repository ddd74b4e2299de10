"""The ordered table of Ukrainian rules."""

from __future__ import annotations

from articleaudio.script import signs
from articleaudio.script.language import Language, Stops
from articleaudio.script.rule import Rule, Trigger
from articleaudio.script.uk import calendar, contact, names, order, quantities, short, symbols
from articleaudio.script.words import words

DIGIT, CAPS, JOINED = (Trigger.DIGIT,), (Trigger.CAPS,), (Trigger.JOINED,)
SHORT_WORDS = frozenset(
    {form.split("-")[0] for form in (*short.PLACES, *short.TITLES, *short.BEFORE_NUMBER, *short.OTHER)}
    | {"кг", "км", "л", "т", "шт", "год", "р", "б", "ун", "ін", "з", "ф", "м", "к", "д", "пр", "п"}
)
PHRASE_WORDS = frozenset(form.split(".")[0].split()[0] for form in short.PHRASES)

RULES = (
    Rule("footnote", signs.footnote, "Виноски", ("Так.[1]", "Так."), signs="["),
    Rule("telephone", quantities.phone, "Телефони",
         ("+380 44 123 45 67", "плюс триста вісімдесят, сорок чотири, сто двадцять три, сорок п'ять, шістдесят сім"),
         on=DIGIT, signs="+"),
    Rule("email", contact.email, "Електронні адреси",
         ("info@pravda.com.ua", "інфо равлик правда крапка ком крапка юа"), on=(Trigger.JOINED, Trigger.DIGIT)),
    Rule("url", contact.domain, "Адреси сайтів",
         ("pravda.com.ua", "правда крапка ком крапка юа"), on=JOINED, words=words("http https www")),
    Rule("handle", contact.handle, "Імена в мережах", ("#Київ", "хештег Київ"), signs="@#"),
    Rule("date-in-figures", calendar.figures, "Дати цифрами",
         ("02.03.2026", "друге березня дві тисячі двадцять шостого року"), on=DIGIT),
    Rule("version", quantities.versions, "Числа з кількома крапками",
         ("3.11.4", "три крапка одинадцять крапка чотири"), on=DIGIT),
    Rule("date", calendar.day, "Число місяця", ("14 червня", "чотирнадцятого червня"), on=DIGIT),
    Rule("first-day", calendar.first_day, "Перше з двох чисел місяця",
         ("5, 6 червня", "п'ятого, шостого червня"), on=DIGIT),
    Rule("two-years", order.years, "Два роки з одним словом",
         ("між 2015 і 2019 роками", "між дві тисячі п'ятнадцятим і дві тисячі дев'ятнадцятим роками"), on=DIGIT),
    Rule("century", order.century, "Століття цифрами", ("у 19 ст. тут", "у дев'ятнадцятому столітті тут"), on=DIGIT),
    Rule("place", order.placed, "Порядкові без закінчення", ("на 2 поверсі", "на другому поверсі"), on=DIGIT),
    Rule("year", calendar.years, "Роки", ("у 2013 році", "у дві тисячі тринадцятому році"), on=DIGIT),
    Rule("money", quantities.money, "Гроші зі знаком попереду",
         ("$61 млрд", "шістдесят один мільярд доларів"), signs="$€£₴₽¥", words=words("us c a")),
    Rule("measure", quantities.measure, "Одиниці, валюти, відсотки", ("2–3 км", "два три кілометри"), on=DIGIT),
    Rule("magnitude", quantities.magnitude, "Тисячі й мільйони скорочено",
         ("120 тис. людей", "сто двадцять тисяч людей"), on=DIGIT),
    Rule("time", calendar.time, "Час", ("о 10:15", "о десятій п'ятнадцять"), on=DIGIT),
    Rule("hours", order.hours, "Від години до години",
         ("з 8 до 17 години", "з восьмої до сімнадцятої години"), on=DIGIT),
    Rule("hour", calendar.hours, "Години доби", ("о 7 ранку", "о сьомій ранку"), on=DIGIT),
    Rule("score", quantities.score, "Рахунок", ("0:2", "нуль два"), on=DIGIT),
    Rule("season", calendar.season, "Сезони", ("у 2020/21", "у дві тисячі двадцятому двадцять першому"), on=DIGIT),
    Rule("compound", calendar.compound, "Складні слова", ("17-річного", "сімнадцятирічного"), on=DIGIT),
    Rule("cardinal-ending", order.ending, "Кількісні із закінченням", ("30-ти років", "тридцяти років"), on=DIGIT),
    Rule("mixed-fraction", quantities.mixed, "Ціле з дробом", ("2½ роки", "два з половиною роки"), on=DIGIT),
    Rule("ordinal", calendar.suffixed, "Порядкові із закінченням", ("47-ма бригада", "сорок сьома бригада"), on=DIGIT),
    Rule("fraction", quantities.fractions, "Дроби", ("3/4", "три чверті"), on=DIGIT),
    Rule("vulgar-fraction", quantities.vulgar, "Дроби одним знаком",
         ("½", "половина"), words=frozenset(quantities.HALVES)),
    Rule("bare-year", calendar.bare_year, "Рік без слова «рік»", ("у 2013", "у дві тисячі тринадцятому"), on=DIGIT),
    Rule("model", names.model, "Число з літерою", ("2A4", "два а чотири"), on=DIGIT),
    Rule("range", quantities.ranges, "Проміжки", ("18–24 років", "вісімнадцяти двадцяти чотирьох років"), on=DIGIT),
    Rule("number", quantities.plain, "Решта чисел", ("3 ракети", "три ракети"), on=DIGIT),
    Rule("roman-place", order.roman, "Римські порядкові", ("II квартал", "другий квартал"), on=CAPS,
         words=frozenset("iivхx")),
    Rule("roman", names.roman, "Римські числа", ("Людовик XVI", "Людовик шістнадцятий"), on=CAPS),
    Rule("number-sign", short.number_sign, "Знак номера", ("№ 5", "номер п'ять"), signs="№"),
    Rule("designator", names.designator, "Літери з числом", ("Мі-8", "Мі вісім"), on=JOINED),
    Rule("phrase", short.phrase, "Скорочені вислови", ("ліки та ін. речі", "ліки та інші речі"), words=PHRASE_WORDS),
    Rule("abbreviation", short.short, "Інші скорочення", ("на вул. Шевченка", "на вулиці Шевченка"), words=SHORT_WORDS),
    Rule("initial", short.initial, "Ініціали", ("Т. Шевченко", "Т. Шевченко"), on=CAPS),
    Rule("acronym", names.acronym, "Абревіатури", ("ДБР", "Д.Б.Р."), on=CAPS),
    Rule("mixed-case", names.mixed, "Скорочення з малими літерами", ("БпЛА", "Б.П.Л.А."), words=frozenset(names.MIXED)),
    Rule("latin-letters", names.latin_caps, "Латинські літери", ("FPV", "еф-пе-ві"), on=CAPS),
    Rule("sign-before-amount", symbols.before_amount, "Знаки перед числом",
         ("-5 °C", "мінус п'ять градусів Цельсія"), signs="-~<>±≈+"),
    Rule("dash", signs.dash, "Тире", ("Він — тут", "Він, тут"), signs="–—―"),
    Rule("hyphens", signs.hyphen_minus, "Дефіси замість тире", ("Він -- тут", "Він, тут"), signs="-"),
    Rule("ellipsis", signs.ellipsis, "Три крапки", ("ну ... ні", "ну, ні"), signs=".…"),
    Rule("parenthesis", signs.parenthesis, "Дужки", ("місто (Київ) спить", "місто, Київ, спить"), signs="()"),
    Rule("slash", symbols.slash, "Скісна риска", ("так/ні", "так, ні"), signs="/"),
    Rule("sign", symbols.named, "Знаки з назвою", ("A+", "а плюс"), signs="".join(symbols.NAMED)),
    Rule("silent", signs.silent, "Знаки, яких не вимовляють", ("Назва™", "Назва"), signs="".join(sorted(signs.SILENT))),
)  # fmt: skip

STARTERS = words("""
Він Вона Воно Вони Це Та Ті Той У В На За До Від Про Але А І Й Також Ще Як Коли Де Що Хто Чому Однак Проте Після Під
Через Наразі Зараз Тепер Тоді Там Тут Поліція Влада Президент Міністр Суд Ми Я Ви Ти Усі Всі Кожен Раніше Пізніше
Сьогодні Вчора Учора Завтра Нині Зокрема Крім Окрім Згодом Водночас Натомість Більше Понад Загалом Внаслідок
Унаслідок
""")
NEVER = words("""
вул просп бул бульв пл пров ім проф акад доц ген полк підполк кап лейт св напр див тел стор рис табл зб пор наб гр
заст зав т зв н смт м с о оз пп буд кв бл прибл
""")
SOFT = words("р рр ст тис млн млрд грн коп обл год хв сек ін д п е г ред вид дол кг км")

LANGUAGE = Language(
    tag="uk",
    rules=RULES,
    stops=Stops(never=NEVER, soft=SOFT, starters=STARTERS, numbered=frozenset(short.BEFORE_NUMBER)),
)
