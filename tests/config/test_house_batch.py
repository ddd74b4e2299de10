"""What a house settles about runs: sources, output, cluster, voices by section; and what it must not hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from articleaudio import config
from articleaudio.config.reference import KEYS, keys_of
from articleaudio.errors import ArticleAudioError, ConfigError, VoiceError

ROOT = Path(__file__).parents[2]


def house_file(folder, text):
    path = folder / "articleaudio.toml"
    path.write_text(text, "utf-8")
    return path


def refused(tmp_path, text):
    with pytest.raises(ArticleAudioError) as caught:
        config.load_house(house_file(tmp_path, text))
    assert caught.value.hint
    return caught.value.message


def test_paths_are_the_house_folders_and_addresses_stay(tmp_path):
    text = (
        '[sources]\nfrom = ["articles", "https://news.example/feed.xml", "/srv/list.txt"]\n'
        '[output]\nfolder = "public"\n[cluster]\naddress = "tcp://10.0.0.1:8786"\n'
    )
    house = config.load_house(house_file(tmp_path, text))
    assert house.sources == (str(tmp_path / "articles"), "https://news.example/feed.xml", "/srv/list.txt")
    assert house.output == str(tmp_path / "public")
    assert house.cluster == "tcp://10.0.0.1:8786"
    stored = config.load_house(house_file(tmp_path, '[output]\nfolder = "s3://bucket/audio"\n'))
    assert stored.output == "s3://bucket/audio"


def test_a_section_has_voices_of_its_own(tmp_path):
    text = (
        '[voices]\nen = "en-us"\n[voices.sections.Opinion]\nen = "en-gb"\n[voices.sections."World  News"]\nuk = "uk"\n'
    )
    house = config.load_house(house_file(tmp_path, text))
    assert house.voices["en"].name == "en-us"
    assert house.voices_for("Opinion")["en"].name == "en-gb"
    assert house.voices_for(" OPINION ")["uk"].name == "uk"
    assert "en-gb" not in house.voices_for("opinion"), "a language that is settled is settled for its regions"
    assert house.voices_for("world news")["en"].name == "en-us"
    assert house.voices_for("Sport") is house.voices
    assert house.voices_for("") is house.voices
    assert "en-gb" in house.cast, "whoever asks for a voice by its name finds it"


def test_a_voice_that_was_asked_for_speaks_every_section(tmp_path):
    text = '[voices.sections.Opinion]\nen = "en-gb"\n'
    house = config.load_house(house_file(tmp_path, text), voice="en-us")
    assert house.voices_for("Opinion")["*"].name == "en-us"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[sources]\nfrom = "articles"\n', "line 2: from must be a list of texts"),
        ('[sources]\nform = ["articles"]\n', "line 2: unknown key 'form' in [sources]; did you mean 'from'?"),
        ('[output]\nfoldr = "x"\n', "line 2: unknown key 'foldr' in [output]; did you mean 'folder'?"),
        ("[output]\nfolder = 3\n", "line 2: folder must be a text in quotes"),
        ('[cluster]\nadress = "x"\n', "line 2: unknown key 'adress' in [cluster]; did you mean 'address'?"),
        ('[cluster]\naddress = "10.0.0.1"\n', "line 2: address '10.0.0.1' in [cluster] is no address: tcp://host:8786"),
        ('source = ["x"]\n', "line 1: unknown key 'source'; did you mean 'sources'?"),
        ('[voices]\nenglish = "en-us"\n', "line 2: 'english' in [voices] is no language tag"),
        ('[voices]\n\nen = "en-uss"\n', "line 3: there is no voice 'en-uss'"),
        ('[voices.sections]\nOpinion = "en-gb"\n', "line 2: Opinion in [voices.sections] must be a table"),
        ('[voices.sections.Opinion]\nen = "en-bg"\n', "line 2: there is no voice 'en-bg'"),
        ('[voices]\nen = "uk"\n[voices.sections.A]\nen = "en-gb"\n[voices.sections.B]\nen = "no"\n', "line 6: there"),
        ('[disclosure]\nenglish = "x"\n', "line 2: 'english' in [disclosure] is no language tag"),
        ('[cache]\nlimt = "1 GB"\n', "line 2: unknown key 'limt' in [cache]; did you mean 'limit'?"),
        ('[fetch]\ndealy = 1\n', "line 2: unknown key 'dealy' in [fetch]; did you mean 'delay'?"),
        ('[reading]\nacronym_style = "x"\n', "line 2: unknown key 'acronym_style' in [reading]; did you mean 'acronym"),
        ('[audio]\nprofil = "web"\n', "line 2: unknown key 'profil' in [audio]; did you mean 'profile'?"),
        ('[signing]\ncertficate = "x"\n', "line 2: unknown key 'certficate' in [signing]; did you mean 'certificate'?"),
        ('[show.owner]\nmail = "x"\n', "line 2: unknown key 'mail' in [show.owner]; did you mean 'email'?"),
        ('[fetch]\ncontact = "x"\n[show]\ncontact = "x"\n', "line 4: unknown key 'contact' in [show]"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_line_and_what_was_meant(tmp_path, text, told):
    assert told in refused(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('api_key = "x"\n', 1),
        ('[output]\naws_secret_access_key = "x"\n', 2),
        ('[output]\nfolder = "x"\nsecretAccessKey = "x"\n', 3),
        ('[fetch]\npassword = ""\n', 2),
        ('[cluster]\ntoken = "x"\n', 2),
        ('[sources]\nfrom = ["a", "https://me:hush@news.example/feed.xml"]\n', 2),
        ('[output]\nfolder = "s3://key:hush@bucket/x"\n', 2),
    ],
)
def test_secrets_are_refused_and_shown_where_they_belong(tmp_path, text, line):
    message = refused(tmp_path, text)
    assert f"line {line}:" in message
    assert "environment" in message
    assert "hush" not in message


def test_names_that_a_house_gives_are_no_secrets(tmp_path):
    text = '[reading.acronym]\nPASS = "letters"\n[voices.sections.Secret]\nen = "en-gb"\n'
    house = config.load_house(house_file(tmp_path, text))
    assert house.acronym_styles == {"PASS": "letters"}
    assert house.voices_for("secret")["en"].name == "en-gb"


def test_the_documents_name_every_key_as_it_is_accepted():
    text = (ROOT / "docs" / "house.md").read_text("utf-8")
    rows = re.findall(r"^\| `([^`]+)` \| ([^|]+) \| ([^|]+) \| (.+) \|$", text, re.MULTILINE)
    assert [(name, kind, default.strip("`"), meaning) for name, kind, default, meaning in rows] == [
        tuple(key) for key in KEYS
    ]


VALUES = {
    "number": "10", "switch": "true", "list": "[]", "text": '"x"', "text or switch": '"x"', "switch or list": "true",
    "language": '"en"', "e-mail": '"a@b.example"', "address": '"https://a.example"', "voice": '"en-us"',
    "size": '"1 GB"', "folder or address": '"x"', "folder": '"folder"', "file": '"file.wav"', "choice": "",
}  # fmt: skip
TAKEN = {"LANGUAGE": "en", "SECTION": "Opinion", "KEY": "byline_one", "ACRONYM": "NATO"}


def written(key):
    """A house file that sets one key, and what it cannot do without."""
    above, _, name = ".".join(TAKEN.get(part, part) for part in key.name.split(".")).rpartition(".")
    choice = {"chapters": '"none"', "profile": '"web"', "algorithm": '"es384"'}.get(name, '"letters"')
    value = {
        "keep": '["p"]',
        "bed_level": "-20",
        "command": '["sign"]',
        "byline_one": '"By {authors}"',
        "closing": "true",
    }
    text = f"{name} = {value.get(name) or VALUES[key.kind] or choice}\n"
    if above == "site":
        return "[[site]]\n" + ("" if name == "host" else "host = '*'\n") + text
    if above == "signing":
        needs = {"certificate": 'certificate = "c.pem"\n', "key": 'key = "k.pem"\n'}
        needs.pop(name, None)
        if name == "command":
            needs.pop("key")
        return "[signing]\n" + "".join(needs.values()) + text
    return f"[{above}]\n{text}" if above else text


@pytest.mark.parametrize("key", KEYS, ids=[key.name for key in KEYS])
def test_every_key_is_accepted(tmp_path, key):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file.wav").write_bytes(b"x")
    config.load_house(house_file(tmp_path, written(key)))


@pytest.mark.parametrize("table", ["", "show", "show.owner", "sources", "output", "fetch", "site", "cache", "cluster",
                                   "audio", "signing", "reading", "spoken"])  # fmt: skip
def test_no_other_key_is(tmp_path, table):
    head = {"": "", "site": "[[site]]\nhost = '*'\n"}.get(table, f"[{table}]\n")
    message = refused(tmp_path, f"{head}zzz = 1\n")
    assert "'zzz'" in message
    for name in keys_of(table):
        assert f"{name}" in message or table in {"", "site"}


def test_the_first_error_of_a_voice_is_one_of_voices(tmp_path):
    with pytest.raises(VoiceError):
        config.load_house(house_file(tmp_path, '[voices]\nen = "zz"\n'))
    with pytest.raises(ConfigError):
        config.load_house(house_file(tmp_path, "[voices]\nen = 3\n"))
