from datetime import UTC, datetime

import pytest

from articleaudio import config
from articleaudio.errors import ConfigError, VoiceError
from articleaudio.model import ChapterMode


def house_file(folder, text):
    path = folder / "articleaudio.toml"
    path.write_text(text, "utf-8")
    return path


def test_without_a_file_the_defaults_speak(tmp_path):
    house = config.load_house(folder=tmp_path)
    assert house.root == tmp_path
    assert house.show.base_url == ""
    assert house.chapters is ChapterMode.AUTO
    assert house.voices["en"].name == "en-us"
    assert house.voices["en"].rate == 165
    assert house.voices["uk"].language == "uk"
    assert house.disclosure["en"].startswith("This audio is created with AI assistance")
    assert house.state == tmp_path / ".articleaudio"


def test_the_file_is_found_in_a_parent_folder(tmp_path):
    house_file(tmp_path, '[show]\ntitle = "The Desk"\n')
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    house = config.load_house(folder=inner)
    assert house.show.title == "The Desk"
    assert house.root == tmp_path


def test_everything_a_show_has(tmp_path):
    (tmp_path / "cover.png").write_bytes(b"x")
    path = house_file(
        tmp_path,
        'chapters = "headings"\nkeep_days = 3\n[show]\ntitle = "T"\nbase_url = "https://a.example/x/"\n'
        'image = "cover.png"\nexplicit = true\nlocked = false\nsections = ["World"]\nfeed_items = 50\n'
        'owner = { name = "O", email = "o@a.example" }\n[voices]\nen = "en-gb"\n',
    )
    house = config.load_house(path)
    assert house.show.base_url == "https://a.example/x"
    assert house.show.image == tmp_path / "cover.png"
    assert (house.show.owner_name, house.show.owner_email, house.show.explicit) == ("O", "o@a.example", True)
    assert (house.show.locked, house.show.sections, house.show.feed_items) == (False, ("World",), 50)
    assert (house.chapters, house.keep_days) == (ChapterMode.HEADINGS, 3)
    assert house.voices["en"].name == "en-gb"


def test_the_command_line_wins(tmp_path):
    path = house_file(tmp_path, '[show]\nbase_url = "https://a.example"\n')
    house = config.load_house(
        path, voice="uk", base_url="https://b.example/", cache=tmp_path / "c", state=tmp_path / "s"
    )
    assert house.show.base_url == "https://b.example"
    assert list(house.voices) == ["*"]
    assert (house.cache, house.state) == (tmp_path / "c", tmp_path / "s")


@pytest.mark.parametrize(
    ("setting", "line"),
    [
        ("disclosure = false", None),
        ("disclosure = true", "This audio is created with AI assistance."),
        ('disclosure = "Read by a machine."', "Read by a machine."),
        ('[disclosure]\nen = "By a machine."', "By a machine."),
    ],
)
def test_one_setting_rules_the_disclosure(tmp_path, setting, line):
    assert config.load_house(house_file(tmp_path, setting)).disclosure.get("en") == line


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[show]\ntittle = "x"\n', "line 2: unknown key 'tittle' in [show]; did you mean 'title'?"),
        ("chapter = 1\n", "did you mean 'chapters'?"),
        ('chapters = "some"\n', "chapters must be one of auto, headings, none"),
        ("keep_days = -1\n", "keep_days must be a whole number"),
        ("[show]\ntitle = 3\n", "title must be a text in quotes"),
        ('[show]\nexplicit = "no"\n', "explicit must be true or false"),
        ('[show]\nlocked = "no"\n', "locked must be true or false"),
        ("[show]\nfeed_items = 9\n", "a whole number from 10 to 5000"),
        ('[show]\nsections = "World"\n', "must be a list of section names"),
        ('[show]\nbase_url = "audio.example"\n', "is no web address"),
        ('[show]\nimage = "none.png"\n', "image 'none.png' in [show] is not a file"),
        ('[show]\nowner = "me"\n', "owner in [show] must be a table"),
        ('show = "x"\n', "show must be a table"),
        ("[show\n", "is not valid TOML"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path, text, told):
    with pytest.raises(ConfigError) as caught:
        config.load_house(house_file(tmp_path, text))
    assert told in caught.value.message
    assert "articleaudio.toml" in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[show]\nowner = { name = "x", mail = "y" }\n', "line 2: unknown key 'mail' in [show.owner]; did you mean"),
        ('[show]\ntitle = "x"\n[voices.section.Opinion]\nen = "en-gb"\n', "line 3: 'section' in [voices] is no"),
        ('[voices]\nen = "en-gb"\n[voices.section.Opinion]\nen = "en-gb"\n', "did you mean 'sections'?"),
        ('[show]\n\nlanguage = "english"\n', "line 3: language 'english' in [show] is no language tag"),
        ("\ndisclosure = 3\n", "line 2: disclosure must be a text in quotes, true or false, or a table"),
    ],
)
def test_lines_are_told_wherever_a_key_stands(tmp_path, text, told):
    with pytest.raises(ConfigError) as caught:
        config.load_house(house_file(tmp_path, text))
    assert told in caught.value.message


def test_a_file_as_windows_saves_it(tmp_path):
    path = tmp_path / "articleaudio.toml"
    path.write_bytes(b'\xef\xbb\xbf[show]\r\ntitle = "The Desk"\r\n')
    assert config.load_house(path).show.title == "The Desk"


def test_a_house_file_that_is_not_there(tmp_path):
    with pytest.raises(ConfigError, match="cannot read"):
        config.load_house(tmp_path / "none.toml")


def test_an_unknown_voice_names_the_nearest(tmp_path):
    with pytest.raises(VoiceError) as caught:
        config.load_house(folder=tmp_path, voice="en-uss")
    assert "did you mean 'en-us'" in caught.value.hint
    assert "uk" in caught.value.hint


def test_a_voice_name_is_no_path(tmp_path):
    (tmp_path / "evil.toml").write_text('engine = "x"\nlanguage = "en"\n')
    (tmp_path / "voices").mkdir()
    with pytest.raises(VoiceError):
        config.load_house(folder=tmp_path, voice="../evil")


def test_a_house_brings_its_own_voices(tmp_path):
    (tmp_path / "voices").mkdir()
    profile = tmp_path / "voices" / "desk.toml"
    profile.write_text('engine = "pyttsx3"\nlanguage = "en"\nrate = 150\n[pauses]\nsentence = 0.5\n')
    assert config.load_house(folder=tmp_path, voice="desk").voices["*"].rate == 150
    profile.write_text('engine = "pyttsx3"\nlanguage = "en"\n[pauses]\nsentense = 0.5\n')
    with pytest.raises(ConfigError, match="did you mean 'sentence'"):
        config.load_house(folder=tmp_path, voice="desk")


def test_the_clock_can_be_stopped(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    assert config.now() == datetime(2026, 1, 1, tzinfo=UTC)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    with pytest.raises(ConfigError, match="SOURCE_DATE_EPOCH"):
        config.now()


def test_the_cache_follows_the_desktop_standard(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert config.default_cache() == tmp_path / "articleaudio"
