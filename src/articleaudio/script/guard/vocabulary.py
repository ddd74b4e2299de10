"""What the guard expects to hear for short forms and beside number words. Nothing comes from the rules' tables."""

from __future__ import annotations

from articleaudio.script.words import words

SHORT = {
    "jan": "January", "feb": "February", "mar": "March", "apr": "April", "may": "May", "jun": "June", "jul": "July",
    "aug": "August", "sep": "September", "sept": "September", "oct": "October", "nov": "November", "dec": "December",
    "mon": "Monday", "tue": "Tuesday", "tues": "Tuesday", "wed": "Wednesday", "thu": "Thursday", "thur": "Thursday",
    "thurs": "Thursday", "fri": "Friday", "mbps": "megabits? per second", "gbps": "gigabits? per second",
    "kbps": "kilobits? per second", "mph": "miles? per hour", "kph": "kilometers? per hour", "lbs": "pounds?",
    "lb": "pounds?", "oz": "ounces?", "ft": "f(?:ee|oo)t|fort", "cf": "compare", "cp": "compare", "yd": "yards?",
    "yds": "yards", "hrs": "hours", "hr": "hours?|hryvnias?|kopecks", "mins": "minutes", "secs": "seconds",
    "yrs": "years", "mos": "months", "km": "kilometers?", "kg": "kilograms?", "cm": "centimeters?",
    "mg": "milligrams?", "ml": "milliliters?", "kwh": "kilowatt hours?", "mwh": "megawatt hours?",
    "bcm": "billion cubic", "tcm": "trillion cubic", "bps": "basis|bits?", "pts": "points", "bbl": "barrels?",
    "ppm": "parts? per million", "ppb": "parts? per billion", "fps": "frames?|feet", "mln": "million",
    "mn": "million", "bn": "billion", "bln": "billion", "tn": "trillion|tennessee", "trn": "trillion", "pct": "percent",
    "pp": "percentage points?|pages", "usd": "dollars?|cents?", "eur": "euros?|cents?", "gbp": "pounds?|pence",
    "uah": "hryvnias?|kopecks", "rub": "rubles?|kopecks", "chf": "francs?", "jpy": "yen", "cny": "yuan",
    "rmb": "yuan|renminbi", "ghz": "gigahertz", "khz": "kilohertz", "mhz": "megahertz", "hz": "hertz",
    "gb": "gigabytes?|great britain", "mb": "megabytes?|million barrels", "tb": "terabytes?", "kb": "kilobytes?",
    "mw": "megawatts?", "gw": "gigawatts?", "kw": "kilowatts?", "brig": "brigadiers?", "gen": "generals?",
    "lt": "lieutenants?", "col": "colonels?", "maj": "majors?", "capt": "captains?", "sgt": "sergeants?",
    "cpl": "corporals?", "adm": "admirals?", "pvt": "privates?", "rep": "representatives?", "reps": "representatives",
    "sen": "senators?", "sens": "senators", "gov": "governors?", "govs": "governors", "pres": "presidents?",
    "prof": "professors?", "profs": "professors", "rev": "reverend", "hon": "hono(?:u)?rable", "msgr": "monsignor",
    "atty": "attorneys?", "dr": "doctors?|drive", "drs": "doctors", "mr": "mister", "mrs": "missus",
    "ms": "miz|mississippi", "jr": "junior", "st": "saint|street|first", "ave": "avenue", "blvd": "boulevard",
    "hwy": "highway",
    "expy": "expressway", "rd": "road|third", "inc": "incorporated|including", "corp": "corporation",
    "co": "company|companies|colorado", "ltd": "limited", "vs": "versus", "vol": "volume", "vols": "volumes",
    "fig": "figures?", "figs": "figures", "approx": "approximately", "dept": "department",
    "est": "established|estimated", "incl": "including", "apt": "apartment", "nos": "numbers", "no": "number",
    "calif": "california", "fla": "florida", "minn": "minnesota", "mass": "massachusetts", "wash": "washington",
    "ill": "illinois", "conn": "connecticut", "mich": "michigan", "wis": "wisconsin", "tenn": "tennessee",
    "рр": r"рок\w{1,3}|років", "ст": r"століт\w{1,3}|старш\w{1,3}|стат\w{1,3}|столов\w{1,3}",
    "тис": r"тисяч\w{0,3}", "млн": r"мільйон\w{0,3}", "млрд": r"мільярд\w{0,3}", "трлн": r"трильйон\w{0,3}",
    "грн": r"грив(?:ень|н(?:я|і|ю|ею|ям|ями|ях))", "коп": r"копі(?:йок|йц?к?\w{1,3})", "год": r"годин\w{0,3}",
    "хв": r"хвилин\w{0,3}", "сек": r"секунд\w{0,3}", "км": r"кілометр\w{0,3}", "кг": r"кілограм\w{0,3}",
    "см": r"сантиметр\w{0,3}", "мм": r"міліметр\w{0,3}", "га": r"гектар\w{0,3}", "мвт": r"мегават\w{0,3}",
    "квт": r"кіловат\w{0,3}", "гвт": r"гігават\w{0,3}", "вул": r"вулиц\w{1,3}", "обл": r"обла(?:ст|сн)\w{1,4}",
    "просп": r"проспект\w{0,3}", "ген": r"генерал\w{0,3}", "проф": r"професор\w{0,3}", "акад": r"академік\w{0,3}",
    "полк": r"полковник\w{0,3}", "кв": r"квадратн\w{1,3}|квартир\w{1,3}|квартал\w{0,3}", "куб": r"кубічн\w{1,3}",
}  # fmt: skip
"""Short form, in lower case → the words one of which must be heard (a regular expression)."""

HEARD_BESIDE = words("""
point to and per of by plus minus times divided than more less about at the a an out over on from in hundred oh slash
dot dash underscore squared cubed square cubic negative equals degree degrees fahrenheit celsius kelvin north south east
west half halves quarter quarters third thirds noon midnight o'clock time standard daylight eastern central pacific
mountain greenwich hour hours minute minutes second seconds day days
week weeks month months year years fiscal quarter percent percentage points basis version
dollar dollars cent cents euro euros pound pounds sterling penny pence shilling shillings yen yuan renminbi hryvnia
hryvnias kopeck kopecks ruble rubles rupee rupees paise paisa won real reais peso pesos centavos franc francs krona
kronor krone kroner koruna korunas zloty zlotys lira liras shekel shekels rand rands dirham dirhams riyal riyals rial
rials dinar dinars baht ringgit rupiah naira cedi cedis lei leu lev leva forint forints lari tenge bitcoin bitcoins
canadian australian brazilian mexican swiss swedish norwegian danish czech polish hong kong new zealand singapore
taiwan turkish israeli russian ukrainian chinese indian u s nigerian kenyan
kilometer kilometers meter meters centimeter centimeters millimeter millimeters micrometer micrometers nanometer
nanometers mile miles nautical foot feet inch inches yard yards acre acres hectare hectares knot knots
kilogram kilograms gram grams milligram milligrams microgram micrograms ton tons metric tonne tonnes ounce ounces stone
liter liters milliliter milliliters deciliter deciliters hectoliter hectoliters gallon gallons pint pints quart quarts
barrel barrels bushel bushels watt watts kilowatt kilowatts megawatt megawatts gigawatt gigawatts terawatt terawatts
volt volts kilovolt kilovolts ampere amperes amp amps milliampere milliamperes joule joules kilojoule kilojoules
megajoule megajoules calorie calories kilocalorie kilocalories hertz kilohertz megahertz gigahertz byte bytes kilobyte
kilobytes megabyte megabytes gigabyte gigabytes terabyte terabytes petabyte petabytes bit bits kilobit kilobits megabit
megabits gigabit gigabits pixel pixels megapixel megapixels frame frames part parts pascal pascals hectopascal
hectopascals kilopascal kilopascals bar millibar millibars decibel decibels newton newtons newtonmeter becquerel
sievert sieverts millisievert millisieverts microsievert microsieverts horsepower carat carats people
january february march april may june july august september october november december
one's first
""")
"""Words that may be heard beside number words where figures are written: English."""

_STEMS = words("""
кілометр метр сантиметр міліметр кілограм грам міліграм центнер літр мілілітр гектар ват кіловат мегават гігават вольт
кіловольт ампер герц кілогерц мегагерц гігагерц байт кілобайт мегабайт гігабайт терабайт біт мегабіт гігабіт градус
відсот відсотк долар цент фунт рубл пенс франк злот юан єн крон рок рік пункт барел вузол вузл фут дюйм ярд акр
квадратн кубічн відсотков кінськ морськ сил мил тон тонн хвилин годин секунд день дн тижн тижд тиждень місяц місяць
гривень гривн копійк копійок копієк раз джоул калорі кілокалорі децибел паскал бар ціл дюжин швейцарськ шведськ
канадськ австралійськ американськ британськ унці унцій єв столітт років половин чверт доб міс інш мілісекунд
столов чайн ложк ложок
кіловатгодин мегаватгодин китайськ польськ російськ українськ
""")
_SUFFIXES = words("""
а у і ом ові и ів ам ами ах о я ю ем єм єві еві ї ям ями ях ею ою ей ь ий ого ому им их ими ої ій ня ні ню ень е є ець
""") | {""}
UKRAINIAN_BESIDE = frozenset(stem + ending for stem in _STEMS for ending in _SUFFIXES) | words("""
на за по до від з із і й та мінус плюс кома крапка градусів цельсія фаренгейта рівно половиною пів півтора півтори
опівночі опівдні ранку вечора ночі дня проти або року рік роки років році роком відсоток євро дріб тире слеш більше
менше понад не близько приблизно нуль січня лютого березня квітня травня червня липня серпня вересня жовтня листопада
грудня дюймів тисяча фаренгейтом цельсієм
""")
"""The same for Ukrainian, in every form."""
