"""Units of measurement: written form, singular, plural."""

from __future__ import annotations

from typing import NamedTuple

from articleaudio.script.words import words


class Unit(NamedTuple):
    """How a unit is said."""

    one: str
    """Singular: "kilometer"."""
    many: str
    """Plural: "kilometers"."""


def _table(text: str) -> dict[str, Unit]:
    """Rows of `forms = singular, plural`; a missing plural adds an s."""
    found = {}
    for row in text.strip().splitlines():
        forms, _, names = row.partition("=")
        one, _, many = (name.strip() for name in names.partition(","))
        found.update(dict.fromkeys(forms.split(), Unit(one, many or one + "s")))
    return found


UNITS = _table("""
km kms KM Km = kilometer
cm cms = centimeter
mm MM = millimeter
nm = nanometer
µm μm um = micrometer
dm = decimeter
ft ft. feet foot = foot, feet
yd yds yd. = yard
mi mi. = mile
nmi NM = nautical mile
km2 km² km^2 sqkm = square kilometer
cm2 cm² cm^2 = square centimeter
mm2 mm² = square millimeter
m2 m² m^2 sqm = square meter
m3 m³ m^3 cbm = cubic meter
km3 km³ = cubic kilometer
cm3 cm³ = cubic centimeter
mm3 mm³ = cubic millimeter
dm3 dm³ = cubic decimeter
ft2 ft² sqft = square foot, square feet
ft3 ft³ = cubic foot, cubic feet
in2 in² = square inch, square inches
mi2 mi² = square mile
m4 = meter to the fourth, meters to the fourth
ha HA = hectare
kg KG Kg kgs = kilogram
mg = milligram
µg μg ug mcg = microgram
lb lbs lb. lbs. LB = pound
oz oz. OZ = ounce
st. = stone, stone
cwt = hundredweight, hundredweight
ml mL ML = milliliter
cl cL = centiliter
dl dL = deciliter
hl hL = hectoliter
gal gal. = gallon
pt. = pint
pts pts. = point
qt qt. qts = quart
tbsp tbsp. = tablespoon
tsp tsp. = teaspoon
mph MPH mph. = mile per hour, miles per hour
kph KPH kmh kmph = kilometer per hour, kilometers per hour
kt kts kn = knot
mpg MPG = mile per gallon, miles per gallon
fps FPS = frame per second, frames per second
rpm RPM = revolution per minute, revolutions per minute
bpm BPM = beat per minute, beats per minute
ppm = part per million, parts per million
ppb = part per billion, parts per billion
bcm Bcm BCM = billion cubic meters, billion cubic meters
mcm Mcm MCM = million cubic meters, million cubic meters
tcm = trillion cubic meters, trillion cubic meters
bcf Bcf = billion cubic feet, billion cubic feet
tcf Tcf = trillion cubic feet, trillion cubic feet
bpd b/d = barrel per day, barrels per day
mbpd mb/d = million barrels per day, million barrels per day
bbl bbls = barrel
boe = barrel of oil equivalent, barrels of oil equivalent
MW = megawatt
kW KW = kilowatt
GW = gigawatt
TW = terawatt
mW = milliwatt
kWh KWh KWH kwh kW·h = kilowatt hour
MWh MWH MW·h = megawatt hour
GWh GWH = gigawatt hour
TWh TWH = terawatt hour
Wh = watt hour
kV KV = kilovolt
mV = millivolt
kVA = kilovolt ampere
mA = milliampere
mAh = milliampere hour
Ah = ampere hour
Hz = hertz, hertz
kHz KHz khz = kilohertz, kilohertz
MHz mhz = megahertz, megahertz
GHz ghz = gigahertz, gigahertz
THz = terahertz, terahertz
Pa = pascal
kPa = kilopascal
hPa = hectopascal
MPa = megapascal
mbar mb = millibar
psi PSI = pound per square inch, pounds per square inch
mmHg = millimeter of mercury, millimeters of mercury
dB = decibel
dBA dB(A) = decibel
kB KB kb = kilobyte
MB = megabyte
GB gb = gigabyte
TB tb = terabyte
PB = petabyte
EB = exabyte
Kbit kbit = kilobit
Mbit mbit = megabit
Gbit gbit = gigabit
kbps Kbps kb/s = kilobit per second, kilobits per second
mbps Mbps MBPS Mb/s Mbit/s = megabit per second, megabits per second
gbps Gbps Gb/s Gbit/s = gigabit per second, gigabits per second
MB/s MBps = megabyte per second, megabytes per second
GB/s = gigabyte per second, gigabytes per second
MP = megapixel
px = pixel
dpi = dot per inch, dots per inch
Mt MT = megaton
Gt = gigaton
kJ = kilojoule
MJ = megajoule
GJ = gigajoule
kcal = kilocalorie
cal = calorie
eV = electron volt
keV = kiloelectron volt
MeV = megaelectron volt
kN = kilonewton
Nm N·m = newton meter
hp HP bhp = horsepower, horsepower
cc CC = cubic centimeter
cd = candela, candela
lm = lumen
lx = lux, lux
mol = mole
mSv = millisievert
µSv μSv = microsievert
Sv = sievert
Bq = becquerel
Gy = gray
rad = radian
Ω = ohm
kΩ = kilohm
MΩ = megohm
AU = astronomical unit
ly = light year
yr yrs yr. yrs. = year
mo. mos mos. = month
wk wks wk. wks. = week
hr hrs hr. hrs. = hour
min mins min. mins. = minute
sec secs sec. secs. = second
ms = millisecond
µs μs = microsecond
ns = nanosecond
bp bps bps. bp. = basis point
pp pps p.p. ppt = percentage point
pct pct. = percent, percent
mpg. = mile per gallon, miles per gallon
m/s = meter per second, meters per second
m/s2 m/s² m/s^2 = meter per second squared, meters per second squared
mm/h = millimeter per hour, millimeters per hour
Mtoe = million tons of oil equivalent, million tons of oil equivalent
MtCO2e MtCO2 = million tons of C O two, million tons of C O two
TEU = T.E.U., T.E.U.s
Mach = Mach, Mach
hz HZ = hertz, hertz
mg/L mg/l = milligram per liter, milligrams per liter
""")
"""Units that may follow a number with or without a space."""

TIGHT = _table("""
m = meter
g = gram
l L = liter
t = ton
h = hour
s = second
W = watt
V = volt
A = ampere
J = joule
N = newton
K = kelvin, kelvins
B = byte
" = inch, inches
″ = inch, inches
″ = inch, inches
′ = foot, feet
in in. = inch, inches
c = cup
x X × = time, times
d = day
nm = nanometer
""")
"""One-letter units and other risky ones: they need a number right before them and a check of what follows."""

SPACED = _table("""
sq.km sq.m = square kilometer
""") | {
    f"{prefix} {form}": unit
    for prefix, word in (("sq", "square"), ("sq.", "square"), ("square", "square"), ("cu", "cubic"), ("cu.", "cubic"))
    for form, unit in {
        name: Unit(f"{word} {one}", f"{word} {many}")
        for name, one, many in (
            ("km", "kilometer", "kilometers"), ("m", "meter", "meters"), ("cm", "centimeter", "centimeters"),
            ("mi", "mile", "miles"), ("ft", "foot", "feet"), ("ft.", "foot", "feet"), ("in", "inch", "inches"),
            ("in.", "inch", "inches"), ("yd", "yard", "yards"), ("miles", "mile", "miles"), ("feet", "foot", "feet"),
            ("meters", "meter", "meters"), ("yards", "yard", "yards"), ("inches", "inch", "inches"),
            ("mm", "millimeter", "millimeters"),
        )
    }.items()
}  # fmt: skip
"""Units of two written words."""
SPACED["sq.km"] = Unit("square kilometer", "square kilometers")
SPACED["sq.m"] = Unit("square meter", "square meters")
SPACED |= {
    "mm Hg": Unit("millimeter of mercury", "millimeters of mercury"),
    "fl oz": Unit("fluid ounce", "fluid ounces"),
    "fl. oz.": Unit("fluid ounce", "fluid ounces"),
    "nautical mi": Unit("nautical mile", "nautical miles"),
    "MW h": Unit("megawatt hour", "megawatt hours"),
    "kW h": Unit("kilowatt hour", "kilowatt hours"),
}

PER = {
    "h": "hour", "hr": "hour", "hour": "hour", "s": "second", "sec": "second", "second": "second", "min": "minute",
    "d": "day", "day": "day", "wk": "week", "week": "week", "mo": "month", "month": "month", "yr": "year",
    "y": "year", "year": "year", "km": "kilometer", "m": "meter", "mi": "mile", "mile": "mile", "cm": "centimeter",
    "mm": "millimeter", "m2": "square meter", "m²": "square meter", "m3": "cubic meter", "m³": "cubic meter",
    "cm3": "cubic centimeter", "cm³": "cubic centimeter", "km2": "square kilometer", "km²": "square kilometer",
    "ft2": "square foot", "sq": "square", "kg": "kilogram", "g": "gram", "mg": "milligram", "lb": "pound",
    "oz": "ounce", "l": "liter", "L": "liter", "dL": "deciliter", "dl": "deciliter", "ml": "milliliter",
    "mL": "milliliter", "gal": "gallon", "t": "ton", "ha": "hectare", "acre": "acre", "in": "inch", "ft": "foot",
    "kWh": "kilowatt hour", "s2": "second squared", "s²": "second squared", "100km": "one hundred kilometers",
    "person": "person", "capita": "capita", "mol": "mole", "100": "one hundred",
}  # fmt: skip
"""What may stand behind "/" in a compound unit."""

TEMPERATURES = {
    "C": "Celsius", "F": "Fahrenheit", "K": "kelvin", "Celsius": "Celsius", "Fahrenheit": "Fahrenheit",
    "c": "Celsius", "f": "Fahrenheit",
}  # fmt: skip
"""Scales of temperature."""

CALIBERS = words("""
    caliber calibre cal cal. magnum rifle pistol revolver handgun gun handguns rounds round bullet bullets acp
    automatic special carbine ammunition cartridge cartridges shells semiautomatic
""")
"""What makes ".45" before it "forty-five"."""
