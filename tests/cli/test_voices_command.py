"""`articleaudio voices`, run as a user runs it."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import wave

import pytest
from click.testing import CliRunner

from articleaudio import config
from articleaudio.cli import cli
from articleaudio.voicebox.samples import SAMPLES, sample
from read.web.site import Site, answer
from speak.tinyvoice import make_piper

NAMES = config.voice_names(config.voice_folders())


def invoke(*arguments):
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


@pytest.fixture(autouse=True)
def house(tmp_path, monkeypatch):
    """A house folder to work in, with no voice installed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    (tmp_path / "articleaudio.toml").write_text("", "utf-8")
    (tmp_path / "voices").mkdir()
    return tmp_path


def profile(house, name, text):
    (house / "voices" / f"{name}.toml").write_text(text, "utf-8")


def needy(house, site, name="desk", digest=""):
    """A profile whose one file lies on a server of ours."""
    profile(
        house,
        name,
        'engine = "piper"\nlanguage = "en-us"\nlicence = "CC BY 4.0"\nattribution = "A. Speaker"\n'
        f'[[files]]\nurl = "{site.url("/a.onnx")}"\nsha256 = "{digest}"\n',
    )


def test_without_a_command_all_voices_are_listed():
    result = invoke("voices")
    assert result.exit_code == 0
    assert result.stdout == invoke("voices", "list").stdout
    for name in NAMES:
        assert f" {name} " in result.stdout


def test_the_list_is_narrowed_by_language_and_use(house):
    profile(house, "odd", 'engine = "nonesuch"\nlanguage = "uk"\n')
    both = invoke("voices", "list", "--language", "UK", "--json")
    found = {one["name"]: one for one in map(json.loads, both.stdout.splitlines())}
    assert {"uk", "odd"} <= set(found)
    assert {one["language"] for one in found.values()} == {"uk"}
    assert (found["uk"]["usable"], found["uk"]["problem"]) == (True, "")
    assert found["odd"]["usable"] is False
    assert "there is no engine 'nonesuch'" in found["odd"]["problem"]
    usable = invoke("voices", "list", "--language", "uk", "--usable").stdout
    assert " uk " in usable
    assert "odd" not in usable
    british = invoke("voices", "list", "--language", "en-gb", "--json").stdout.splitlines()
    assert {json.loads(line)["language"] for line in british} == {"en-gb"}


def test_a_profile_that_is_wrong_does_not_hide_the_others(house):
    profile(house, "wrong", 'engine = "pyttsx3"\nlanguage = "en"\nrat = 1\n')
    result = invoke("voices", "list")
    assert result.exit_code == 0
    assert "line 3: unknown key 'rat'; did you mean 'rate'?" in result.stdout
    assert " en-us " in result.stdout


def test_what_is_missing_comes_with_the_command_that_mends_it(house):
    profile(house, "desk", 'engine = "piper"\nlanguage = "en"\n[[files]]\nurl = "https://a.example/a.onnx"\n')
    found = invoke("voices", "list", "--json").stdout.splitlines()
    desk = next(one for one in map(json.loads, found) if one["name"] == "desk")
    assert desk["mend"].endswith("articleaudio voices install desk")
    assert "→ " in invoke("voices", "list").stdout


def test_listing_loads_no_model_and_nothing_heavy():
    code = (
        "import sys\nfrom articleaudio.cli import cli\n"
        "cli(['voices', 'list'], standalone_mode=False)\n"
        "heavy = {'numpy', 'soundfile', 'onnxruntime', 'onnx', 'piper', 'kokoro_onnx', 'lxml', 'trafilatura'}\n"
        "sys.stderr.write('loaded: ' + repr(sorted(heavy & set(sys.modules))))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.endswith("loaded: []")


def test_show_tells_everything(house):
    with Site({}) as site:
        needy(house, site, digest="0" * 64)
        text = (house / "voices" / "desk.toml").read_text("utf-8")
        profile(
            house,
            "desk",
            'price = 15\nprice_source = "its page, 1 March 2026"\nfallback = "en-us"\n'
            + text
            + "size = 2_500_000\n[roles]\nheadline = 'en-gb'\n[options]\nspeaker = 3\n",
        )
        shown = invoke("voices", "show", "desk").stdout
        facts = json.loads(invoke("voices", "show", "desk", "--json").stdout)
    for part in (
        "usable        no: ",
        "mend          articleaudio voices install desk",
        "option        speaker = 3",
        "role          headline: en-gb",
        "fallback      en-us",
        "licence       CC BY 4.0",
        "attribution   A. Speaker",
        "price         $15 for a million characters (its page, 1 March 2026)",
        f"file          a.onnx, not installed, 2.50 MB, SHA-256 {'0' * 64}",
        site.url("/a.onnx"),
        str(house / "data" / "articleaudio" / "voices" / "desk"),
    ):
        assert part in shown
    assert (facts["name"], facts["price"], facts["usable"]) == ("desk", 15.0, False)


@pytest.mark.parametrize("command", ["show", "preview", "install"])
def test_an_unknown_voice_is_no_voice(command):
    result = invoke("voices", command, "en-uss")
    assert result.exit_code == 4
    assert "did you mean 'en-us'?" in result.stderr


def test_preview_speaks_a_sentence_of_the_language(house):
    result = invoke("voices", "preview", "uk")
    assert result.exit_code == 0, result.stderr
    assert "чотирнадцять шкіл" in result.stdout
    with wave.open(str(house / "uk.wav")) as sound:
        assert 3 < sound.getnframes() / sound.getframerate() < 15


def test_preview_says_what_it_is_told_into_the_file_it_is_told(house):
    result = invoke("voices", "preview", "en-gb", "-o", "x.mp3", "--text", "It cost £5.")
    assert result.exit_code == 0, result.stderr
    assert "five pounds" in result.stdout
    assert (house / "x.mp3").stat().st_size > 5000


def test_preview_of_a_language_without_a_sentence_asks_for_one(house):
    profile(house, "desk", 'engine = "pyttsx3"\nlanguage = "eo"\n')
    result = invoke("voices", "preview", "desk")
    assert (result.exit_code, '--text "…"' in result.stderr) == (2, True)
    assert invoke("voices", "preview", "desk", "--text", "Saluton.").exit_code == 0


def test_every_sample_has_a_number_and_a_name():
    for language, sentence in SAMPLES.items():
        assert "14" in sentence, language
        assert len(sentence.split()) >= 9, language
        assert sentence.endswith("."), language
    assert sample("en-GB") == sample("en")
    assert sample("xx") == ""


def test_install_shows_the_licence_and_brings_the_file(house):
    data = b"a model" * 1000
    with Site({"/a.onnx": answer(data, kind="application/octet-stream")}) as site:
        needy(house, site)
        refused = invoke("voices", "install", "desk")
        assert (refused.exit_code, "--allow-private" in refused.stderr) == (3, True)
        result = invoke("voices", "install", "desk", "--allow-private")
        assert result.exit_code == 0, result.stderr
        assert "licence: CC BY 4.0" in result.stderr
        assert "to be named where it is heard: A. Speaker" in result.stderr
        assert "nobody tells the hash of a.onnx" in result.stderr
        assert "it cannot be used yet" in result.stderr  # a real Piper voice has a configuration beside its model
        again = invoke("voices", "install", "desk", "--allow-private")
        assert again.stdout.startswith("desk  is installed in ")
        assert site.paths == ["/a.onnx"]
    folder = house / "data" / "articleaudio" / "voices" / "desk"
    assert (folder / "a.onnx").read_bytes() == data
    assert "installed" in invoke("voices", "show", "desk").stdout


def test_install_refuses_what_is_not_the_right_file(house):
    with Site({"/a.onnx": answer(b"evil", kind="application/octet-stream")}) as site:
        needy(house, site, digest=hashlib.sha256(b"good").hexdigest())
        result = invoke("voices", "install", "desk", "--allow-private")
    assert result.exit_code == 3
    assert "it is not installed" in result.stderr
    assert not (house / "data" / "articleaudio" / "voices" / "desk").exists()


def test_a_voice_that_needs_nothing_is_installed_at_once():
    result = invoke("voices", "install", "en-us")
    assert (result.exit_code, result.stdout) == (0, "en-us  nothing is to be fetched for it\n")


def test_a_neural_voice_is_installed_and_speaks(house):
    made = house / "made"
    made.mkdir()
    make_piper(made)
    routes = {f"/{path.name}": answer(path.read_bytes(), kind="application/octet-stream") for path in made.iterdir()}
    with Site(routes) as site:
        files = "".join(f'[[files]]\nurl = "{site.url(name)}"\n' for name in sorted(routes))
        profile(house, "desk", f'engine = "piper"\nlanguage = "en-us"\n{files}')
        profile(house, "evening", 'extends = "desk"\nrate = 150\n')
        assert invoke("voices", "install", "desk", "--allow-private").exit_code == 0
        assert invoke("voices", "install", "evening", "--allow-private").exit_code == 0
        assert sorted(site.paths) == sorted(routes), "what one voice has fetched, another takes over"
    found = {one["name"]: one for one in map(json.loads, invoke("voices", "list", "--json").stdout.splitlines())}
    assert (found["desk"]["problem"], found["evening"]["usable"]) == ("", True)
    result = invoke("voices", "preview", "evening", "--text", "Good morning.")
    assert result.exit_code == 0, result.stderr
    assert (house / "evening.wav").stat().st_size > 5000
