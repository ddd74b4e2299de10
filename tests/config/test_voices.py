"""Voice profiles: what a file may say, what it takes from another, and what is told where it is wrong."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articleaudio import config
from articleaudio.config.profile import SOURCE_TYPES, SOURCE_TYPES_AT, read_profile
from articleaudio.config.tomlfile import TomlFile
from articleaudio.config.voices import cast_of
from articleaudio.errors import ConfigError, VoiceError
from articleaudio.model import WIDER, Boundary, VoiceFile
from articleaudio.script import Lexicon
from articleaudio.voicebox.samples import sample

ROOT = Path(__file__).parents[2]
SHIPPED = config.voice_folders()
NAMES = config.voice_names(SHIPPED)
BASE = 'engine = "pyttsx3"\nlanguage = "en"\n'


@pytest.fixture
def house(tmp_path):
    """Write profiles of a house; give its folders."""

    def make(**texts):
        (tmp_path / "voices").mkdir(exist_ok=True)
        for name, text in texts.items():
            (tmp_path / "voices" / f"{name}.toml").write_text(text, "utf-8")
        return config.voice_folders(tmp_path)

    return make


def test_a_profile_says_everything_it_may(house):
    text = """
engine = "piper"
language = "en-GB"
description = "Ours"
rate = 150
gain = -1.5
price = 15.0
price_source = "the price list of 1 March 2026"
digital_source_type = "trainedAlgorithmicMedia"
licence = "CC BY 4.0"
attribution = "A. Speaker"
fallback = "en-gb"
lexicons = ["news"]

[options]
speaker = "a"
noise = 0.5
steps = 8
whisper = false
chain = ["loud", 3, true]
extra = { a = { b = "ї" } }

[pauses]
sentence = 0.4

[roles]
headline = "en-us"

[[files]]
url = "https://models.example/a%20b.onnx?download=true"
sha256 = "00000000000000000000000000000000000000000000000000000000000000FF"
size = 12

[[files]]
name = "b.json"
url = "https://models.example/c"
"""
    voice = config.load_voice("desk", house(desk=text))
    assert (voice.name, voice.engine, voice.language, voice.rate, voice.gain) == ("desk", "piper", "en-gb", 150, -1.5)
    assert voice.digital_source_type == SOURCE_TYPES_AT + "trainedAlgorithmicMedia"
    assert (voice.licence, voice.attribution, voice.fallback) == ("CC BY 4.0", "A. Speaker", "en-gb")
    assert (voice.price, voice.price_source, voice.lexicons) == (15.0, "the price list of 1 March 2026", ("news",))
    assert dict(voice.options) == {
        "speaker": "a",
        "noise": "0.5",
        "steps": "8",
        "whisper": "false",
        "chain": '["loud", 3, true]',
        "extra": '{"a": {"b": "ї"}}',
    }
    assert dict(voice.pauses) == {Boundary.SENTENCE: 0.4}
    assert dict(voice.roles) == {"headline": "en-us"}
    first = VoiceFile("a b.onnx", "https://models.example/a%20b.onnx?download=true", f"{'0' * 62}ff", 12)
    assert voice.files == (first, VoiceFile("b.json", "https://models.example/c"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('engine = "e"\n', "the voice has no language"),
        ('engine = ""\nlanguage = "en"\n', r"line 1: engine must be a text in quotes"),
        (BASE + "ratee = 1\n", r"line 3: unknown key 'ratee'; did you mean 'rate'\?"),
        (BASE + "rate = 1000\n", r"line 3: rate is 1000 words a minute; it is 40 to 600"),
        (BASE + "rate = 16.5\n", r"line 3: rate must be a whole number"),
        (BASE + "gain = nan\n", r"line 3: gain must be a number that can be counted with"),
        (BASE + "gain = 99\n", r"line 3: gain is 99 decibels"),
        (BASE + "price = -1\n", r"line 3: price is -1; it is US dollars"),
        (BASE + 'language_ = "x"\n', r"line 3: unknown key 'language_'; did you mean 'language'\?"),
        ('engine = "e"\nlanguage = "English"\n', r"line 2: language 'english' is no language tag"),
        ('engine = "e"\nlanguage = "en_GB"\n', r"line 2: language 'en_gb' is no language tag"),
        (BASE + 'digital_source_type = "algorithmic"\n', r"line 3: .* did you mean 'algorithmicMedia'\?"),
        (BASE + 'digital_source_type = "robot"\n', r"line 3: .* none of IPTC's; for synthetic speech: trained"),
        (BASE + "[pauses]\nsentense = 1\n", r"line 4: unknown key 'sentense' in \[pauses\]; did you mean 'sentence'\?"),
        (BASE + "[pauses]\nclause = 1\nend = 31\n", r"line 5: end in \[pauses\] is 31 seconds; it is 0 to 30"),
        (BASE + '[roles]\nheadlines = "x"\n', r"line 4: unknown key 'headlines' in \[roles\]"),
        (BASE + "[options]\nwhen = 2026-01-01\n", r"line 4: when in \[options\] must be a text, a number"),
        (BASE + "[options]\nx = { a = [inf] }\n", r"line 4: x in \[options\]"),
        (BASE + "[options]\nx = [inf]\n", r"line 4: x in \[options\]"),
        (BASE + "options = 3\n", r"line 3: options must be a table"),
        (BASE + "[[options]]\nx = 3\n", r"line 3: options must be a table"),
        (BASE + '[files]\nurl = "https://a.example/a"\n', r"line 3: files must be tables: \[\[files\]\]"),
        (
            BASE + '[[files]]\nurl = "ftp://a.example/a"\n',
            r"line 4: url 'ftp://a.example/a' in \[\[files\]\] is no web",
        ),
        (
            BASE + '[[files]]\nurl = "https://u:p@a.example/a"\n',
            r"line 4: the url of a.example in .* user name or pass",
        ),
        (BASE + '[[files]]\nurl = "https://a.example/"\n', r"line 3: name '' in \[\[files\]\] is no plain file name"),
        (BASE + '[[files]]\nurl = "https://a.example/a"\n[[files]]\nurl = "https://a.example/A"\n', r"line 5: two of"),
        (BASE + '[[files]]\nurl = "https://a.example/a"\nsha256 = "12"\n', r"line 5: sha256 of 'a' is not 64 hex"),
        (BASE + '[[files]]\nurl = "https://a.example/a"\nsize = 1.5\n', r"line 5: size of 'a' must be a whole number"),
        (BASE + '[[files]]\nurl = "https://a.example/a"\nhash = "1"\n', r"line 5: unknown key 'hash' in \[files\]"),
        ('extends = "en-uss"\n', r"line 1: extends names the voice 'en-uss', .* did you mean 'en-us'\?"),
        ("engine = ", "is not valid TOML"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(house, text, message):
    with pytest.raises(ConfigError, match=rf"(?s)desk\.toml.*{message}") as caught:
        config.load_voice("desk", house(desk=text))
    assert caught.value.exit_code == 2
    assert caught.value.hint


@pytest.mark.parametrize(
    "name", ["../a", "/etc/a", "a/b", "CON", "nul.onnx", ".hidden", "installed.json", "a.", "a\\b"]
)
def test_a_file_of_a_voice_lies_in_its_folder(house, name):
    text = BASE + f"[[files]]\nurl = 'https://a.example/a'\nname = '{name}'\n"
    with pytest.raises(ConfigError, match=r"line 5: .* is no plain file name"):
        config.load_voice("desk", house(desk=text))


@given(st.text(max_size=60))
def test_no_text_at_all_breaks_the_reader_of_profiles(text):
    quoted = '"' + "".join(f"\\U{ord(char):08x}" for char in text if not 0xD800 <= ord(char) < 0xE000) + '"'
    source = f"language = {quoted}\ndigital_source_type = {quoted}\n[[files]]\nurl = {quoted}\n"
    with pytest.raises(ConfigError, match=r"desk\.toml, line \d"):
        read_profile(TomlFile(Path("desk.toml"), tomllib.loads(source), source))


def test_a_profile_changes_a_few_keys_of_another(house):
    desk = 'extends = "en-us"\nrate = 150\n[options]\npitch = 40\n[pauses]\nend = 1.0\n'
    night = 'extends = "desk"\ndescription = "At night"\n'
    folders = house(desk=desk, night=night)
    base, voice = config.load_voice("en-us", folders), config.load_voice("night", folders)
    assert (voice.name, voice.engine, voice.rate, voice.description) == ("night", "pyttsx3", 150, "At night")
    assert dict(voice.options) == {**base.options, "pitch": "40"}
    assert dict(voice.pauses) == {**base.pauses, Boundary.END: 1.0}
    assert voice.licence == base.licence


def test_with_another_engine_the_options_of_the_base_stay_behind(house):
    text = 'extends = "en-us"\nengine = "command"\n[options]\na = 1\n'
    voice = config.load_voice("desk", house(desk=text))
    assert dict(voice.options) == {"a": "1"}
    assert voice.pauses == config.load_voice("en-us", SHIPPED).pauses


def test_a_house_may_change_a_shipped_profile_and_nobody_else_s(house):
    folders = house(**{"en-us": 'extends = "en-us"\nrate = 140\n'})
    assert config.load_voice("en-us", folders).rate == 140
    assert config.load_voice("en-us-f3", folders).rate == 165
    assert config.load_house(folder=folders[0].parent).voices["en"].rate == 140


@pytest.mark.parametrize(
    ("profiles", "circle"),
    [
        ({"a": 'extends = "b"', "b": 'extends = "c"', "c": 'extends = "b"'}, "a → b → c → b"),
        ({"a": 'extends = "b"', "b": 'extends = "a"'}, "a → b → a"),
    ],
)
def test_profiles_that_extend_each_other_in_a_circle_are_refused(house, profiles, circle):
    with pytest.raises(ConfigError, match=rf"line 1: these profiles extend each other in a circle: {circle}"):
        config.load_voice("a", house(**profiles))


def test_a_profile_of_the_house_cannot_extend_itself(house):
    with pytest.raises(ConfigError, match="extends names the voice 'desk', which is not there"):
        config.load_voice("desk", house(desk='extends = "desk"\n' + BASE))


def test_roles_and_fallbacks_are_read_with_those_they_name(house):
    folders = house(
        a=BASE + 'fallback = "b"\n[roles]\nquote = "en-gb"\n', b=BASE + 'fallback = "de"\n[roles]\nnote = "uk"\n'
    )
    assert set(cast_of([config.load_voice("a", folders)], folders)) == {"b", "en-gb", "de", "uk"}


def test_a_name_that_leads_nowhere_is_told_with_its_line(house):
    folders = house(
        a=BASE + '[pauses]\nheadline = 1\n[roles]\nheadline = "en-gbb"\n',
        b=BASE + 'fallback = "b"\n',
        c='extends = "b"\n',
        d=BASE + 'fallback = "en-g"\n',
    )
    root = folders[0].parent
    with pytest.raises(ConfigError, match=r"a\.toml, line 6: headline names .*'en-gbb'.* did you mean 'en-gb'\?"):
        config.load_house(folder=root, voice="a")
    with pytest.raises(ConfigError, match=r"b\.toml, line 3: the voice 'b' is its own fallback"):
        config.load_house(folder=root, voice="b")
    with pytest.raises(ConfigError, match=r"b\.toml, line 3: the voice 'b' is its own fallback"):
        config.load_house(folder=root, voice="c")
    with pytest.raises(ConfigError, match=r"d\.toml, line 3: fallback names"):
        config.load_house(folder=root, voice="d")


def test_a_voice_brings_lexicons_for_its_language(house):
    folders = house(desk=BASE + 'lexicons = ["desk"]\n', lost=BASE + 'lexicons = ["dessk"]\n')
    root = folders[0].parent
    (root / "lexicons").mkdir()
    entries = (
        '[[entry]]\nwritten = "Leicester"\nsay = "Lester"\n'
        '[[entry]]\nwritten = "Bath"\nsay = "Barth"\nlanguage = "de"\n'
    )
    (root / "lexicons" / "desk.toml").write_text(entries, "utf-8")
    (root / "articleaudio.toml").write_text('lexicons = []\n[voices]\nen = "desk"\n', "utf-8")
    found = config.load_house(folder=root).lexicon
    assert [(entry.written, entry.say, entry.language) for entry in found] == [("Leicester", "Lester", "en")]
    assert Lexicon(found).find("Leicester", 0, "en").say == "Lester"
    assert Lexicon(found).find("Leicester", 0, "de") is None
    (root / "articleaudio.toml").write_text("lexicons = []\n", "utf-8")
    assert config.load_house(folder=root).lexicon == ()
    with pytest.raises(ConfigError, match="the voice 'lost': there is no lexicon 'dessk'"):
        config.load_house(folder=root, voice="lost")


def test_an_unknown_voice_names_the_nearest():
    with pytest.raises(VoiceError) as caught:
        config.load_voice("en-uss", SHIPPED)
    assert "did you mean 'en-us'?" in caught.value.hint


def test_there_are_voices_enough():
    assert len(NAMES) >= 12


@pytest.mark.parametrize("name", NAMES)
def test_every_shipped_profile_is_complete(name):
    voice = config.load_voice(name, SHIPPED)
    assert voice.description
    assert voice.licence
    assert voice.digital_source_type.removeprefix(SOURCE_TYPES_AT) in SOURCE_TYPES
    assert set(voice.pauses) in (set(), set(Boundary) - set(WIDER)), "all pauses, or none: then the program's hold"
    assert sample(voice.language), "voicebox/samples.py has no sentence for its language"
    assert bool(voice.price) <= bool(voice.price_source)
    assert not voice.price_source or re.search(r"20\d\d", voice.price_source), "a price has a dated source"
    assert all(file.url.startswith("https://") for file in voice.files)
    assert set(cast_of([voice], SHIPPED)) <= set(NAMES)


def table_of_voices():
    """The table in docs/voices.md, as it must be."""
    voices = list(config.each_voice(SHIPPED))
    rows = [f"| `{one.name}` | {one.language} | {one.engine} | {one.description} |" for one in voices]
    return "\n".join(["| voice | language | engine | what it is |", "| --- | --- | --- | --- |", *rows])


def test_the_manual_lists_the_voices_that_are_shipped():
    manual = (ROOT / "docs" / "voices.md").read_text("utf-8")
    found = re.search(r"<!-- voices -->\n(.*?)\n<!-- /voices -->", manual, re.DOTALL)
    assert found
    assert found[1] == table_of_voices(), "write it anew: python tests/config/test_voices.py"


def test_the_worked_example_of_the_manual_loads(house):
    manual = (ROOT / "docs" / "voices.md").read_text("utf-8")
    examples = re.findall(r"```toml\n# voices/([a-z0-9-]+)\.toml\n(.*?)```", manual, re.DOTALL)
    assert len(examples) >= 3
    folders = house(**dict(examples))
    (folders[0].parent / "lexicons").mkdir()
    (folders[0].parent / "lexicons" / "desk.toml").write_text("", "utf-8")
    for name, _ in examples:
        assert config.load_house(folder=folders[0].parent, voice=name).voices["*"].name == name


if __name__ == "__main__":
    path = ROOT / "docs" / "voices.md"
    text = path.read_text("utf-8")
    new = f"<!-- voices -->\n{table_of_voices()}\n<!-- /voices -->"
    path.write_text(re.sub(r"<!-- voices -->\n.*?<!-- /voices -->", lambda _: new, text, flags=re.DOTALL), "utf-8")
