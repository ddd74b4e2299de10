"""A house's readings: lexicon files, acronym styles, rules that are off."""

import pytest

from articleaudio.config import house_style, lexicon_folders, load_house, load_lexicon
from articleaudio.errors import ConfigError
from articleaudio.model import Article, Block, BlockKind, Say
from articleaudio.plan import fingerprint
from articleaudio.script import Entry, text_view, write_script

GOOD = """language = "en"

[[entry]]
written = "Kyiv"
ipa = "ˈkiːv"
note = "the city's own name"

[[entry]]
written = "SAPO"
word = true

[[entry]]
written = "NABU"
letters = true

[[entry]]
written = "NBU"
expansion = "the National Bank of Ukraine"
cased = false
language = "en-GB"

[[entry]]
written = "hryvnia"
say = "hrivnya"
language = ""
"""


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def said(house, text):
    article = Article("", (), "", "en", (Block(BlockKind.PARAGRAPH, text),))
    style = house_style(house)
    segments = text_view(write_script(article, style)).splitlines()
    return segments[-1]


def test_a_file_says_what_its_hand_wrote(tmp_path):
    assert load_lexicon(write(tmp_path / "l.toml", GOOD)) == (
        Entry("Kyiv", "ˈkiːv", Say.IPA, True, "en", "the city's own name"),
        Entry("SAPO", "", Say.WORD, True, "en"),
        Entry("NABU", "", Say.LETTERS, True, "en"),
        Entry("NBU", "the National Bank of Ukraine", Say.EXPANSION, False, "en"),
        Entry("hryvnia", "hrivnya"),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[entry]]\nwritten = "A"\nsay = "B"\n\n[[entry]]\nsay = "x"\n', "l.toml, line 5: the entry has no `written`"),
        ('[[entry]]\nwritten = "A"\n', "line 1: the entry “A” needs exactly one of .* none"),
        ('[[entry]]\nwritten = "A"\nsay = "B"\nipa = "b"\n', "exactly one of .* it has say, ipa"),
        ('[[entry]]\nwritten = "A"\nsay = ""\n', "`say` of “A” must be a text in quotes"),
        ('[[entry]]\nwritten = "A"\nsay = 5\n', "`say` of “A” must be a text"),
        ('[[entry]]\nwritten = "A"\nsays = "B"\n', "line 1: unknown key 'says'"),
        ('[[entry]]\nwritten = "A"\nsay = "B"\ncased = "no"\n', "`cased` of “A” must be true or false"),
        ('[[entry]]\nwritten = "A"\nsay = "B"\nlanguage = 5\n', "must be texts in quotes"),
        ('[entry]\nwritten = "A"\n', r"entries are written \[\[entry\]\]"),
        ("entry = [1]\n", "an entry must be a table"),
        ('entries = "x"\n', "line 1: unknown key 'entries'; did you mean 'entry'"),
        ("[[entry]\n", "is not valid TOML"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path, text, message):
    with pytest.raises(ConfigError, match=message):
        load_lexicon(write(tmp_path / "l.toml", text))


def test_a_house_uses_the_shipped_lexicons_and_its_own_which_win(tmp_path):
    write(tmp_path / "lexicons" / "desk.toml", '[[entry]]\nwritten = "Velmora"\nsay = "vel mora"\n')
    house = load_house(folder=tmp_path)
    assert house.lexicon[-1] == Entry("Velmora", "vel mora")
    assert len(house.lexicon) > 150
    assert said(house, "In Velmora it rained.") == "In vel mora it rained."


def test_a_house_may_name_its_lexicons(tmp_path):
    write(tmp_path / "lexicons" / "desk.toml", '[[entry]]\nwritten = "Velmora"\nsay = "one"\n')
    write(tmp_path / "more" / "x.toml", '[[entry]]\nwritten = "Velmora"\nsay = "two"\n')
    path = write(tmp_path / "articleaudio.toml", 'lexicons = ["desk", "more/x.toml"]\n')
    assert [entry.say for entry in load_house(path).lexicon] == ["one", "two"]
    assert said(load_house(path), "In Velmora it rained.") == "In two it rained."
    write(path, "lexicons = []\n")
    assert load_house(path).lexicon == ()
    write(path, 'lexicons = ["nosuch"]\n')
    with pytest.raises(ConfigError, match=r"line 1: there is no lexicon 'nosuch'; .*desk"):
        load_house(path)


TEXT = "The intercontinental ballistic missile (ICBM) flew. One ICBM hit."


def test_acronyms_are_said_as_the_house_wants(tmp_path):
    path = write(tmp_path / "articleaudio.toml", '[reading]\nacronyms = "letters"\n')
    assert said(load_house(path), TEXT) == "One I.C.B.M. hit."
    write(path, '[reading]\nacronyms = "always-expand"\n')
    assert said(load_house(path), TEXT) == "One intercontinental ballistic missile hit."
    write(path, '[reading.acronym]\nICBM = "always-expand"\n')
    assert said(load_house(path), TEXT) == "One intercontinental ballistic missile hit."


def test_rules_can_be_switched_off(tmp_path):
    path = write(tmp_path / "articleaudio.toml", 'rules_off = ["acronym"]\n')
    assert said(load_house(path), "The ICBM flew.") == "The ICBM flew."


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[reading]\nacronyms = "loud"\n', "line 2: acronyms must be one of letters, expand-first, always-expand"),
        ('[reading.acronym]\nICBM = "loud"\n', "line 2: ICBM must be one of"),
        ("[reading]\nacronym = 5\n", "acronym in .reading. must be a table"),
        ('[reading]\nstyle = "x"\n', "unknown key 'style' in .reading."),
        ('rules_off = ["nosuch"]\n', "line 1: there is no rule 'nosuch'; rules: .*acronym"),
        ('rules_off = "acronym"\n', "rules_off must be a list of names"),
    ],
)
def test_wrong_settings_are_refused(tmp_path, text, message):
    with pytest.raises(ConfigError, match=message):
        load_house(write(tmp_path / "articleaudio.toml", text))


def test_a_change_of_readings_makes_articles_anew(tmp_path):
    path = write(tmp_path / "articleaudio.toml", "")
    prints = {fingerprint(load_house(path))}
    write(path, 'rules_off = ["acronym"]\n')
    prints.add(fingerprint(load_house(path)))
    write(path, '[reading]\nacronyms = "always-expand"\n')
    prints.add(fingerprint(load_house(path)))
    write(path, "")
    lexicon = write(tmp_path / "lexicons" / "desk.toml", '[[entry]]\nwritten = "Velmora"\nsay = "one"\n')
    prints.add(fingerprint(load_house(path)))
    write(lexicon, '[[entry]]\nwritten = "Velmora"\nsay = "two"\n')
    prints.add(fingerprint(load_house(path)))
    assert len(prints) == 5


def test_every_shipped_lexicon_can_be_read_and_says_nothing_twice():
    (shipped,) = lexicon_folders()[:1]
    entries = [entry for path in sorted(shipped.glob("*.toml")) for entry in load_lexicon(path)]
    assert len(entries) >= 150
    keys = [(entry.written, entry.language) for entry in entries]
    assert len(keys) == len(set(keys))
