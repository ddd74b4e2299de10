"""Acronyms: which are words, which are ordinary words in capitals, and what well-known ones stand for."""

from __future__ import annotations

from articleaudio.script.words import words

WORDS = {
    "NATO": "Nato", "HIMARS": "Himars", "ATACMS": "Atacms", "NASAMS": "Nasams", "OPEC": "Opec", "NASA": "Nasa",
    "UNESCO": "Unesco", "UNICEF": "Unicef", "FIFA": "Fifa", "UEFA": "Uefa", "FEMA": "Fema", "OSHA": "Osha",
    "NASCAR": "Nascar", "NASDAQ": "Nasdaq", "ASEAN": "Asean", "BRICS": "Brics", "AUKUS": "Aukus", "AIDS": "Aids",
    "SARS": "Sars", "MERS": "Mers", "COVID": "Covid", "LASER": "laser", "RADAR": "radar", "SONAR": "sonar",
    "SCUBA": "scuba", "SWAT": "swat", "SWIFT": "Swift", "NORAD": "Norad", "INTERPOL": "Interpol",
    "EUROPOL": "Europol", "FRONTEX": "Frontex", "HAMAS": "Hamas", "MAGA": "Maga", "DACA": "Daca", "PISA": "Pisa",
    "NAFTA": "Nafta", "GOES": "Goes", "NOAA": "Noaa", "SCOTUS": "Scotus", "POTUS": "Potus", "FLOTUS": "Flotus",
    "SEAL": "Seal", "SEALs": "Seals", "AWACS": "Awacs", "CAESAR": "Caesar", "PATRIOT": "Patriot", "JASSM": "Jassm",
    "JDAM": "J-dam", "JDAMs": "J-dams", "MANPADS": "Manpads", "MANPAD": "Manpad", "NABU": "Nabu", "SAPO": "Sapo",
    "HUR": "Hur", "NIMBY": "Nimby", "YIMBY": "Yimby", "ZIP": "zip", "PIN": "pin", "PINs": "pins", "SIM": "sim",
    "RAM": "ram", "ROM": "rom", "GIF": "gif", "GIFs": "gifs", "JPEG": "jay-peg", "NAND": "Nand", "CERN": "Cern",
    "ESPRIT": "Esprit", "UNIX": "Unix", "COBOL": "Cobol", "BASIC": "Basic", "FOMO": "fomo", "YOLO": "yolo",
    "LIBOR": "Libor", "SOFR": "sofer", "FICO": "Fico", "FANUC": "Fanuc", "IKEA": "Ikea", "LEGO": "Lego",
    "SONY": "Sony", "NIKE": "Nike", "VISA": "Visa", "TASS": "Tass", "RIA": "Ria", "PETA": "Peta", "RICO": "Rico",
    "CENTCOM": "Centcom", "SOCOM": "Socom", "EUCOM": "Eucom", "AFRICOM": "Africom", "PACOM": "Pacom",
    "INDOPACOM": "Indopacom", "STRATCOM": "Stratcom", "GUAM": "Guam", "UNCTAD": "Unctad", "UNAIDS": "U.N. Aids",
    "USAID": "U.S. A.I.D.", "UNIFIL": "Unifil", "UNRWA": "Unrwa", "CARE": "Care", "OFAC": "Ofac",
    "NAACP": "N. double A.C.P.", "AARP": "A.A.R.P.", "IEEE": "I triple E", "CAPTCHA": "captcha", "WASP": "wasp",
    "LIV": "Liv", "TRIPS": "Trips", "GATT": "Gatt", "SALT": "Salt", "START": "Start", "CIS": "C.I.S.",
    "ECOWAS": "Ecowas", "COMESA": "Comesa", "MERCOSUR": "Mercosur", "CARICOM": "Caricom", "CITES": "Cites",
    "SAARC": "Sark", "APEC": "Apec", "QUAD": "Quad", "AMLO": "Amlo", "ANZAC": "Anzac", "RADA": "Rada", "UNOS": "Unos",
    "MOSSAD": "Mossad", "SIPRI": "Sipri", "ACLED": "Acled", "COVAX": "Covax", "UNHCR": "U.N.H.C.R.", "UNGA": "Unga",
    "CHIPS": "Chips", "EBITDA": "ebit-da", "NIOSH": "Niosh", "MENSA": "Mensa", "SEAT": "Seat", "FIAT": "Fiat",
    "SAAB": "Saab", "NAFO": "Nafo", "NEET": "neet", "DARPA": "Darpa", "IARPA": "Iarpa", "BARDA": "Barda",
    "NICE": "Nice", "OFCOM": "Ofcom", "DEFRA": "Defra", "ACAS": "Acas", "STEM": "Stem", "AIPAC": "Aipac",
    "PAC": "pac", "PACs": "pacs", "UKIP": "Ukip", "HEPA": "Hepa", "TAURUS": "Taurus", "GLONASS": "Glonass",
    "OLED": "O-led", "OLEDs": "O-leds", "LIDAR": "lidar", "MIDI": "midi", "RAND": "Rand", "REUTERS": "Reuters",
    "BILD": "Bild", "WWII": "World War Two", "WWI": "World War One", "WW2": "World War Two", "WW1": "World War One",
    "DOGE": "Doge", "ICBMs": "", "GPU": "", "HAWK": "Hawk", "IRIS": "Iris", "AMRAAM": "Amraam", "NASAMs": "Nasams",
    "UNIAN": "Unian", "SAG": "Sag", "AFTRA": "Aftra", "GRU": "", "OK": "okay", "ISIS": "Isis", "BART": "Bart",
    "COBRA": "Cobra", "CHEKA": "Cheka", "UNSCOM": "Unscom", "SARTRE": "Sartre", "SPAN": "Span", "ITAR": "Itar",
    "HUD": "Hud", "FISA": "Fisa", "WADA": "Wada", "FINRA": "Finra", "FERPA": "Ferpa", "HIPAA": "Hipaa",
    "SNAP": "Snap", "FARC": "Farc", "DAESH": "Daesh", "SEATO": "Seato", "BAFTA": "Bafta", "BAFTAs": "Baftas",
    "TASER": "taser", "UNIDO": "Unido", "FIDE": "Fide", "WIPO": "Wipo", "AFSCME": "Afscme", "UNEP": "Unep",
    "PEPFAR": "Pepfar", "SEIU": "", "UNITA": "Unita", "FRELIMO": "Frelimo", "RENAMO": "Renamo", "SWAPO": "Swapo",
    "ISAF": "Isaf", "UNAMA": "Unama", "MONUSCO": "Monusco", "AMISOM": "Amisom", "ICE": "",
    "USMCA": "U.S.M.C.A.", "MSNBC": "M.S.N.B.C.", "LGBTQ": "L.G.B.T.Q.", "HTTPS": "H.T.T.P.S.", "CPSU": "C.P.S.U.",
    "USAAF": "U.S.A.A.F.", "NCIS": "N.C.I.S.", "UNSCR": "U.N.S.C.R.", "UNDOF": "Undof", "UNCLOS": "Unclos",
    "MAX": "Max", "WWIII": "World War Three",
}  # fmt: skip
"""Acronyms said as words; an empty say leaves the decision to the rule."""

PLAIN = words("""
DEAR VOTE VOTES SWIM CLICK STATE RESULTS FULL HALF BABY BALL BANK BASE BLUE BODY BOOK BORN CALLS CAME CARE CASE CITY
COLD COME COOK COOL COST DARK DATA DEAL DEEP DOOR DROP DUTY EASY EAST EDGE FACE FAIR FALL FARM FAST FEAR FEEL FILM
FIND FISH FOOD FOOT FORM FUND GAME GIFT GIRL GIVE GOAL GOLD GONE GROW HALL HAND HARD HEAD HEAR HELD HERO HIGH HILL
HOLD HOME HOUR IDEA JOIN JUMP KIDS KING LAND LATE LEAD LEFT LINE LIST LOOK LOSE LOST LUCK MAIN MEET MIND MISS MOON
MOVE NAME NEAR NIGHT NORTH ONES PAGE PARK PAST PLAN PLAY PLUS POOL POOR PORT POST PULL PUSH RACE RAIN RATE RIDE RISE
RISK ROAD ROCK ROOM RULE SAFE SALE SEAT SEEN SELL SEND SHIP SHOW SHUT SICK SIDE SIGN SNOW SOFT SONG SOON SOUL SOUTH
STAR STAY STEP SURE TALK TEAM TEST TOWN TREE TRIP TURN TYPE UNIT WAIT WALK WALL WARM WARN WEEK WEST WIDE WIFE WILD
WIND WINE WINS WISE WISH WORD WORE ZONE VISIT SPEND STAFF CHEER HAPPY LIGHT WHITE BLACK GREEN WATER A I AN AND ARE
AS AT BE BUT BY DO FOR FROM GO HAD HAS HAVE HE HER HIM HIS HOW IF IN IS ITS ME MY NEW NO NOT NOW OF ON ONE OR OUR
OUT OVER SHE SO THAN THAT THE THEIR THEM THEN THERE THESE THEY THIS THOSE TO TOO TWO UP VERY WAS WE WERE WHAT WHEN
WHERE WHICH WHILE WHY WILL WITH WOULD YES YOU YOUR ALL ALWAYS ANY AFTER AGAIN ALSO BACK BAD BEEN BEFORE BEST BIG
BREAKING CAN CANNOT COULD DAY DID DOES DONE DOWN EACH EVEN EVER EVERY EXCLUSIVE FIRST FIVE FOUR FREE GET GOOD GREAT
HERE HOT INTO JUST KILL KNOW LAST LESS LIFE LIKE LIVE LONG LOT MADE MAKE MAN MANY MAY MEN MORE MOST MUCH MUST NEED
NEVER NEWS NEXT NICE OFF OLD ONLY OPEN OTHER OWN PART PEOPLE PLEASE PUT READ REAL RED RIGHT SAD SAID SAME SAY SEE
SHOULD SOME STILL STOP SUCH TAKE TELL THEN THINK THREE TIME TODAY TOP TRUE UNDER UNTIL UPDATE UPDATED URGENT USE
VIDEO WANT WAR WATCH WAY WELL WENT WHOSE WIN WITHOUT WORK WORLD WORST YEAR YEARS YET DEAD DEATH FAKE HOAX HUGE BAN
SAVE HELP HOPE LOVE HATE EVIL PEACE FIRE EXIT KEEP CALM WOW HEY OH AH HA OKAY CORRECTION CLARIFICATION NOTE EDITOR
ANALYSIS OPINION EXPLAINER INTERVIEW INVESTIGATION FACT CHECK BOTH BEING BETTER BECAUSE ABOUT AGAINST AMERICA
AMERICAN UKRAINE RUSSIA KYIV MOSCOW LONDON PARIS WASHINGTON BRUSSELS BERLIN WARSAW GENEVA BEIJING TOKYO JERUSALEM
GAZA CAIRO ONCE ELSE NOTHING SOMETHING EVERYTHING SECOND THIRD ZERO NONE EVERYONE NOBODY ALIVE WANTED MISSING SOLD
PAID CLOSED OPENED NAVY ARMY NULL MIX MILD CIVIL AM PM TEXT KARS ICE ALERT ALERTS FORCE FORCES FLEET MARINES
GUARD SPACE POLICE COAST AIR LAND SEA GOV DIM
""")
"""Ordinary words: written in capitals they are shouted, not spelled."""

AMBIGUOUS = words("""
    US IT WHO AM PM AI AS OR IN HE ER ID OK PA MA LA ME HI OH MAY ALL AID ACT ARM CAN CAT DOE ICE POW SAM PET
    WAR SO
""")
"""Read as letters in a sentence of ordinary case; in a shouted one they are words."""

LETTERS_AMBIGUOUS = words("US IT WHO AI ER ID PA MA POW DOE ICE SAM AM PM UN EU UK CIA FBI")
"""Of the ordinary words, those that are letters unless the sentence shouts."""

EXPANSIONS = {
    "ICBM": "intercontinental ballistic missile", "UAV": "unmanned aerial vehicle",
    "IAEA": "International Atomic Energy Agency", "OSCE": "Organization for Security and Co-operation in Europe",
    "ISW": "Institute for the Study of War", "IMF": "International Monetary Fund", "WHO": "World Health Organization",
    "EU": "European Union", "UN": "United Nations", "US": "United States", "UK": "United Kingdom",
    "SBU": "Security Service of Ukraine", "MFA": "Ministry of Foreign Affairs", "FPV": "first-person view",
    "AFP": "Agence France-Presse", "AP": "Associated Press", "WSJ": "Wall Street Journal",
    "CNN": "Cable News Network", "BBC": "British Broadcasting Corporation", "FBI": "Federal Bureau of Investigation",
    "CIA": "Central Intelligence Agency", "NSA": "National Security Agency", "POW": "prisoner of war",
    "CEO": "chief executive officer", "CFO": "chief financial officer", "GDP": "gross domestic product",
    "NGO": "non-governmental organization", "ICC": "International Criminal Court",
    "ICJ": "International Court of Justice", "ECB": "European Central Bank", "WTO": "World Trade Organization",
    "IDP": "internally displaced person", "LNG": "liquefied natural gas", "EV": "electric vehicle",
    "AI": "artificial intelligence", "IPO": "initial public offering", "FSB": "Federal Security Service",
    "GRU": "main intelligence directorate", "HUR": "military intelligence", "PM": "prime minister",
    "MP": "member of parliament", "NABU": "National Anti-Corruption Bureau",
    "SAPO": "Specialized Anti-Corruption Prosecutor's Office", "EEZ": "exclusive economic zone",
    "NATO": "North Atlantic Treaty Organization", "OPEC": "Organization of the Petroleum Exporting Countries",
    "EPA": "Environmental Protection Agency", "FDA": "Food and Drug Administration",
    "CDC": "Centers for Disease Control and Prevention", "DOJ": "Department of Justice",
    "SEC": "Securities and Exchange Commission", "USAID": "United States Agency for International Development",
    "UNHCR": "U.N. refugee agency", "ZNPP": "Zaporizhzhia nuclear power plant",
}  # fmt: skip
"""What well-known acronyms stand for, for the styles that expand."""

LOWER_LETTERS = {
    "tv": "TV", "tvs": "TVs", "pcs": "", "dvd": "DVD", "cd": "CD", "cds": "CDs", "gps": "GPS", "lgbt": "LGBT",
    "lgbtq": "LGBTQ", "usa": "USA", "uk": "UK", "ceo": "CEO", "ngo": "NGO", "ngos": "NGOs", "suvs": "SUVs",
    "suv": "SUV", "phd": "PhD", "html": "HTML", "pdf": "PDF", "faq": "FAQ", "mp3": "",
}  # fmt: skip
"""Acronyms that are also written in lower case."""

MIXED = {
    "PhD": "PHD", "PhDs": "PHDs", "MoD": "MOD", "DoD": "DOD", "DoJ": "DOJ", "DoE": "DOE", "MoU": "MOU",
    "MoUs": "MOUs", "IoT": "IOT", "LGBTQ": "LGBTQ", "mRNA": "MRNA", "tRNA": "TRNA", "eBPF": "EBPF", "MSc": "MSC",
    "BSc": "BSC", "YoY": "", "GHz": "", "LGBTQIA": "LGBTQIA", "DPhil": "", "kWh": "", "PoW": "POW", "PoWs": "POWs",
    "AfD": "AFD", "BfV": "BFV", "IfW": "IFW", "CoE": "COE", "GoP": "GOP", "RoI": "ROI", "RoE": "ROE", "AFCON": "",
    "xAI": "XAI", "iOS": "IOS", "macOS": "", "SoC": "SOC", "GmbH": "GMBH",
}  # fmt: skip
"""Mixed-case short forms said as letters; an empty entry is left as it is written."""
