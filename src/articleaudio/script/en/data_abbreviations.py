"""Abbreviations with a period (or without), and how they end sentences. The splitter and the rules share them."""

from __future__ import annotations

from articleaudio.script.words import words

TITLES = {
    "Mr": "Mister", "Mrs": "Missus", "Ms": "Miz", "Mme": "Madame", "Mlle": "Mademoiselle", "Dr": "Doctor",
    "Drs": "Doctors", "Prof": "Professor", "Profs": "Professors", "Rev": "Reverend", "Rt": "Right", "Ret": "Retired",
    "Revs": "Reverends", "Fr": "Father", "Hon": "Honorable", "Sen": "Senator", "Sens": "Senators",
    "Rep": "Representative", "Reps": "Representatives", "Gov": "Governor", "Govs": "Governors", "Pres": "President",
    "Amb": "Ambassador", "Atty": "Attorney", "Supt": "Superintendent", "Insp": "Inspector", "Det": "Detective",
    "Gen": "General", "Gens": "Generals", "Col": "Colonel", "Cols": "Colonels", "Maj": "Major", "Capt": "Captain",
    "Capts": "Captains", "Lt": "Lieutenant", "Lts": "Lieutenants", "Sgt": "Sergeant", "Sgts": "Sergeants",
    "Cpl": "Corporal", "Pvt": "Private", "Pfc": "Private first class", "Spc": "Specialist", "Adm": "Admiral",
    "Cmdr": "Commander", "Cdr": "Commander", "Comdr": "Commander", "Brig": "Brigadier", "Ens": "Ensign",
    "Cpt": "Captain", "Commr": "Commissioner", "Msgr": "Monsignor", "Bp": "Bishop", "Archbp": "Archbishop",
    "Sr": "Sister", "Br": "Brother", "Del": "Delegate", "Dep": "Deputy", "Asst": "Assistant", "Sec": "Secretary",
    "Treas": "Treasurer", "Sgt.-Maj": "Sergeant Major", "Maj.-Gen": "Major General", "Lt.-Col": "Lieutenant Colonel",
    "Lt.-Gen": "Lieutenant General", "1st Lt": "First Lieutenant", "Vice Adm": "Vice Admiral", "Hon'ble": "Honorable",
    "Ald": "Alderman", "Cllr": "Councillor", "Justc": "Justice", "Mmes": "Mesdames",
    "Lieut": "Lieutenant", "Serjt": "Serjeant", "Sergt": "Sergeant", "Comdt": "Commandant", "Ofc": "Officer",
    "Sra": "Señora", "Dist": "District",
}  # fmt: skip
"""Titles and ranks before a name; they never end a sentence."""

ALWAYS_TITLES = words("""
    Mr Mrs Ms Mme Mlle Dr Drs Prof Profs Sen Sens Reps Gov Govs Gens Cols Maj Capt Capts Lt Lts Sgt Sgts Cpl
    Pvt Pfc Adm Cmdr Cdr Brig Msgr Supt Insp Revs Cllr Rev Hon Rt Atty Amb Commr Comdr Lieut Serjt
""")  # fmt: skip
"""Titles that are read as such even with no name behind them, and without a period."""

WORDS = {
    "vs": "versus", "approx": "approximately", "est": "established", "dept": "department", "depts": "departments",
    "univ": "university", "assn": "association", "assoc": "association", "govt": "government", "gov't": "government",
    "intl": "international", "int'l": "international", "natl": "national", "nat'l": "national",
    "mfg": "manufacturing", "bros": "brothers", "corp": "corporation", "inc": "incorporated", "co": "company",
    "cos": "companies", "ltd": "limited", "jr": "junior", "sr": "senior", "esq": "esquire", "mt": "mount",
    "mts": "mountains", "mtn": "mountain", "mtns": "mountains", "ft": "fort", "pt": "point", "ste": "sainte",
    "no": "number", "nos": "numbers", "vol": "volume", "vols": "volumes", "ed": "editor", "eds": "editors",
    "fig": "figure", "figs": "figures", "sec": "section", "secs": "sections", "ch": "chapter", "chap": "chapter",
    "chs": "chapters", "art": "article", "arts": "articles", "p": "page", "pp": "pages", "pg": "page", "pgs": "pages",
    "para": "paragraph", "par": "paragraph", "op": "opus", "ex": "example", "exh": "exhibit", "app": "appendix",
    "div": "division", "batt": "battalion", "bn": "battalion", "regt": "regiment", "reg": "regulation",
    "sched": "schedule", "tel": "telephone", "ext": "extension", "misc": "miscellaneous", "max": "maximum",
    "min": "minimum", "avg": "average", "ave": "avenue", "temp": "temperature", "tech": "technology",
    "sci": "science", "ca": "circa", "c": "circa", "cf": "compare", "viz": "namely", "al": "al", "etc": "et cetera",
    "incl": "including", "excl": "excluding", "resp": "respectively", "alt": "altitude", "pop": "population",
    "rel": "relative", "hrs": "hours", "acct": "account", "amt": "amount", "bldg": "building", "apt": "apartment",
    "rm": "room", "fl": "floor", "blvd": "boulevard", "rd": "road", "hwy": "highway", "pkwy": "parkway",
    "expy": "expressway", "rte": "route", "sq": "square", "ctr": "center", "cntr": "center", "hosp": "hospital",
    "inst": "institute", "acad": "academy", "comm": "committee", "cmte": "committee", "admin": "administration",
    "mgmt": "management", "mgr": "manager", "dir": "director", "exec": "executive", "info": "information",
    "lib": "library", "museum": "museum", "secy": "secretary", "gen": "general", "vocab": "vocabulary",
    "orig": "original", "prev": "previous", "anon": "anonymous", "trans": "translated", "illus": "illustrated",
    "rev": "revised", "repr": "reprinted", "pub": "published", "publ": "published", "lit": "literally",
    "ms": "manuscript", "mss": "manuscripts", "st": "street", "sgd": "signed", "mi": "miles", "cont": "continued",
    "cont'd": "continued", "contd": "continued", "wt": "weight", "ht": "height", "yrs": "years", "mos": "months",
    "wks": "weeks", "b": "born", "d": "died", "n": "note", "nn": "notes", "v": "versus", "r": "reigned",
    "attn": "attention", "ref": "reference", "refs": "references", "quot": "quotation", "seq": "following",
    "ibid": "ibidem", "prof": "professor", "amb": "ambassador", "geo": "geography", "hist": "history",
    "cent": "century", "cap": "capital", "capt": "captain", "cat": "category", "eq": "equation", "cl": "clause",
    "ver": "version",
}  # fmt: skip
"""What an abbreviation stands for; which of them are read, and where, is told by the sets below."""

READ_ALWAYS = words("""
    vs approx dept depts univ assn govt gov't intl int'l natl nat'l bros corp inc ltd jr hwy blvd pkwy expy
    mtn mtns regt viz etc incl excl cont'd mfg hon asst
""")  # fmt: skip
"""With a period or without, wherever they stand (those of companies and persons: capitalised)."""

WITHOUT_PERIOD = words("""
    vs govt gov't intl int'l natl nat'l inc ltd jr hwy blvd pkwy expy corp bros dept approx etc cont'd assn mt
""")
"""Of these, the ones that are read without a period too."""

PERIOD_ONLY = words("""
    cf incl mss ibid illus repr publ orig misc chap pop approx bldg hosp inst admin mgmt cmte exh acct avg
""")
"""Read wherever they stand with a period that does not end the sentence."""

BEFORE_NUMBER = words("""
    no nos vol vols fig figs sec secs ch chap chs art arts p pp pg pgs para par op ex exh app div sched tel
    ext ca c pt apt rm rte hwy reg bldg n nn v b d r ste max min est cat eq cl ver fl
""")  # fmt: skip
"""Read only with a period and a number (or a Roman numeral, or a letter) behind them."""

PLURAL_BEFORE_NUMBER = {"p": "page", "pp": "pages"}
"""Page references."""

NEEDS_CAPITAL = words("cat fl inc corp co cos ltd jr sr bros mt mts ft ste pt mtn assn univ")
"""Read only when written with a capital."""

DOTTED = {
    "i.e.": "that is", "e.g.": "for example", "a.k.a.": "also known as", "p.s.": "P.S.", "n.b.": "note well",
    "et al.": "et al", "et seq.": "and following", "q.v.": "which see", "c.f.": "compare", "y/y": "year on year",
    "m/m": "month on month", "q/q": "quarter on quarter", "w/w": "week on week", "y-o-y": "year on year",
    "j.g.": "junior grade", "w/o": "without", "w/": "with", "b/c": "because", "c/o": "care of",
    "n/a": "not applicable", "R.I.P.": "R.I.P.", "op. cit.": "in the work cited", "viz.": "namely",
    "v.v.": "vice versa", "i.e": "that is", "e.g": "for example", "ie.": "that is", "eg.": "for example",
    "St. Petersburg": "Saint Petersburg", "d/b/a": "D.B.A.", "w/out": "without", "Ph.D.": "P.H.D.",
    "Ph.Ds": "P.H.D.'s", "B.Sc.": "B.S.C.", "M.Sc.": "M.S.C.", "D.Phil.": "D. Phil", "LL.B.": "L.L.B.",
    "Ed.D.": "E.D.D.", "LL.D.": "L.L.D.", "LL.M.": "L.L.M.", "D.Sc.": "D.S.C.",
}  # fmt: skip
"""Shortened phrases with periods or slashes inside."""

NEVER_END = frozenset(
    {name.lower() for name in TITLES if " " not in name}
    | words("messrs st mt ft vs v approx fig figs no nos sec vol pp p ca c cf viz i.e e.g incl ch art op esp al")
    | words("ste pt mts sts cat eq ver ofc wm jas geo chas thos robt jos edw benj saml danl fredk richd jno")
) - {"sr", "br", "fr"}
"""Abbreviations whose period does not end a sentence when anything but clear evidence follows."""

SOFT = words("""
    inc corp co cos ltd jr sr esq bros etc al ave blvd rd st dr hwy dept assn univ jan feb mar apr aug sept
    sep oct nov dec mon tue tues wed thu thur thurs fri sat sun a.m p.m ph.d m.d b.c a.d u.s u.k u.n e.u d.c
    est ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla
    ore pa tenn tex vt va wash wis wyo n.y n.j n.c s.c n.h n.m n.d s.d r.i w.va cal penn hr hrs min sec lb lbs
    oz ft in mi yd sq cu gal tsp tbsp yr yrs mph pct ed eds trans gen rev hon ext tel jun jul
""")
"""Abbreviations that may end a sentence: what follows decides."""

CLOCK = words("a.m p.m")
"""Clock times end a sentence unless one of the following words goes on."""
AFTER_CLOCK = words("""
Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Tues Wed Thu Thurs Fri Sat Sun January February
March April May June July August September October November December Jan Feb Mar Apr Aug Sept Sep Oct Nov Dec ET EST
EDT CT CST CDT MT MST MDT PT PST PDT GMT UTC BST CET CEST EET EEST MSK Eastern Central Mountain Pacific Greenwich
Kyiv Moscow London Paris Berlin Tokyo Beijing Jerusalem Tehran Baghdad Standard Daylight Local New Christmas Easter
Mass
""")
"""Words that go on a clock time."""
STARTERS = words("""
    The A An He She It They We I You In On At But And Or So If When While As After Before Since For From With
    Without By This That These Those There Then His Her Its Their Our My Your Who What Where Why How No Not
    Now Some Many Most Several All Both Each Every One Two Three Yes According Although Though Because However
    Meanwhile Moreover Instead Also Only Even Under Over During Among Earlier Later Last Next Today Yesterday
    Tomorrow Officials Police Authorities Another Other Here Once Until Despite Such Nor Still Just
""")
"""Words that begin a sentence far more often than they follow an abbreviation with a capital."""

ST_AFTER_NAME = words("and at near between in on where corner intersection , . ; :")
"""What follows "St." when it is a street."""

GIVEN = {
    "wm": "William", "jas": "James", "geo": "George", "chas": "Charles", "thos": "Thomas", "robt": "Robert",
    "jos": "Joseph", "edw": "Edward", "benj": "Benjamin", "saml": "Samuel", "danl": "Daniel", "fredk": "Frederick",
    "richd": "Richard", "jno": "John", "nathl": "Nathaniel", "edwd": "Edward",
}  # fmt: skip
"""Given names as old prose shortens them, before a surname."""

ALONE = {
    "sr": "senior", "rev": "reverend", "gen": "general", "mt": "mount", "mts": "mountains", "ft": "fort",
    "st": "saint", "yr": "year", "hr": "hour", "lb": "pound", "oz": "ounce", "sq": "square", "lt": "lieutenant",
    "sgt": "sergeant", "maj": "major", "col": "colonel", "cpl": "corporal", "pvt": "private", "gov": "governor",
    "sen": "senator", "rep": "representative", "dem": "Democrat", "mph": "miles per hour", "dr": "doctor",
    "mr": "mister", "mrs": "missus", "adm": "admiral", "cmdr": "commander", "pres": "president", "esq": "esquire",
    "dir": "director", "mmes": "mesdames", "messrs": "messieurs", "univ": "university", "co": "company",
    "sec": "section", "min": "minimum", "mi": "miles", "in": "", "no": "", "art": "", "fig": "figure",
}  # fmt: skip
"""What a shortened word says when it is the whole text; an empty entry is left alone."""

ALONE_WITHOUT_PERIOD = words("jr sr ltd mph corp inc bros esq")
"""Of these, and of the others, the ones that need no period for it."""
