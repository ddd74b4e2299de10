"""Each small command, run as a user runs it."""

from __future__ import annotations

import contextlib
import json
import re
import signal
import subprocess
import sys
import urllib.request
import wave

import pytest
from click.testing import CliRunner
from mutagen.mp3 import MP3

from articleaudio.audition import _wav
from articleaudio.cli import cli
from articleaudio.config import load_house
from articleaudio.model import Boundary, Role, Script, Segment, Token, TokenKind
from articleaudio.speak import Speaker

PAGE = """<html lang="en"><body><nav>Home News</nav><article><h1>Ferry returns</h1><p class="byline">By Ann Lee</p>
<p>The ferry is back after 15,000 hours of work, and it sails at noon from the old pier.</p>
<h2>Tickets</h2><p>Tickets cost $2.4 million less than planned, the ICBM museum said on Feb. 4.</p>
<figure><img src="x.jpg"><figcaption>The ferry. Photo: Bo Ek</figcaption></figure></article></body></html>"""


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(PAGE)
    return path


def invoke(*arguments, **settings):
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], **settings)


def test_read_gives_the_body_alone(page):
    result = invoke("read", page)
    assert result.exit_code == 0
    assert result.output == (
        "The ferry is back after 15,000 hours of work, and it sails at noon from the old pier.\n# Tickets\n"
        "Tickets cost $2.4 million less than planned, the ICBM museum said on Feb. 4.\n"
    )


def test_read_with_title_puts_the_headline_first(page):
    assert invoke("read", page, "--with-title").output.startswith("# Ferry returns\nBy Ann Lee\n")


def test_read_as_json_shows_the_ledger(page):
    article = json.loads(invoke("read", page, "--format", "json", "--url", "https://a.example/ferry").output)
    assert article["title"] == "Ferry returns"
    assert article["url"] == "https://a.example/ferry"
    assert "caption" in {piece["reason"] for piece in article["dropped"]}


def test_script_says_one_segment_a_line(page):
    lines = invoke("script", page).output.splitlines()
    assert lines[1:3] == ["Ferry returns", "By Ann Lee."]
    assert any("fifteen thousand hours" in line for line in lines)
    assert any("I.C.B.M. museum said on February fourth" in line for line in lines)


def test_script_explains_and_speaks_json(page):
    assert re.search(r"15,000.*fifteen thousand", invoke("script", page, "--explain").output)
    script = json.loads(invoke("script", page, "--format", "json").output)
    assert script["segments"][0]["role"] == "disclosure"


@pytest.mark.parametrize("command", ["read", "script"])
def test_a_missing_source_has_its_exit_code(command, tmp_path):
    result = invoke(command, tmp_path / "none.html")
    assert result.exit_code == 3
    assert "hint:" in result.output


def test_say_writes_a_wave_and_an_mp3(tmp_path):
    for name in ("line.wav", "line.mp3"):
        result = invoke("say", "-o", tmp_path / name, "It cost $5.")
        assert result.exit_code == 0, result.output
        assert "five dollars" in result.output
    with wave.open(str(tmp_path / "line.wav")) as sound:
        assert (sound.getnchannels(), sound.getsampwidth()) == (1, 2)
        assert 0.5 < sound.getnframes() / sound.getframerate() < 4
    assert 0.5 < MP3(tmp_path / "line.mp3").info.length < 4


@pytest.fixture
def halves(tmp_path):
    """A house whose German voice is a program with another rate, and which cannot be told Cyrillic letters."""
    speaks = "import sys; sys.stdout.buffer.write(sys.stdin.buffer.read().count(b'a') * 4000 * b'\\0\\x20\\0\\xe0')"
    command = json.dumps([sys.executable, "-c", speaks])
    (tmp_path / "voices").mkdir()
    options = f"[options]\ncommand = {command}\nraw = 8000\nencoding = 'latin-1'\n"
    (tmp_path / "voices" / "half.toml").write_text(f"engine = 'command'\nlanguage = 'de'\n{options}")
    house = tmp_path / "articleaudio.toml"
    house.write_text("[voices]\nde = 'half'\n")
    return house


def test_say_plays_voices_of_different_rates_at_their_own_pace(halves, tmp_path):

    def segment(text, language):
        tokens = (Token(0, len(text), TokenKind.WORDS, text, "plain"),)
        return Segment(language, Role.BODY, text, tokens, Boundary.SENTENCE, language)

    script = Script("x", "en", (segment("One two three.", "en"), segment("aaaa", "de")), ())
    with Speaker(load_house(halves).voices, None) as speaker:
        clips = [speaker.clip(one) for one in script.segments]
        pauses = sum(map(speaker.pause, script.segments))
        seconds, _ = _wav(script, speaker, tmp_path / "x.wav")
    assert [clip.rate for clip in clips] == [22_050, 8_000]
    assert seconds == pytest.approx(sum(clip.duration for clip in clips) + pauses, abs=0.01)
    with wave.open(str(tmp_path / "x.wav")) as sound:
        assert sound.getnframes() / sound.getframerate() == pytest.approx(seconds, abs=1e-4)


def test_say_tells_what_is_left_out_and_what_fails(halves, tmp_path):
    told = invoke("say", "--config", halves, "--voice", "half", "-o", tmp_path / "x.wav", "aaa Я aaa")
    assert told.exit_code == 0, told.output
    assert "warning  the program cannot be told 'Я'" in told.stderr
    failed = invoke("say", "--config", halves, "--voice", "half", "-o", tmp_path / "y.wav", "Я")
    assert isinstance(failed.exception, SystemExit), failed.exception
    assert failed.exit_code == 1
    assert "cannot be told" in failed.output
    assert not (tmp_path / "y.wav").exists()


def test_preview_tells_the_gain_that_a_paid_voice_lacks(halves, tmp_path):
    profile = halves.parent / "voices" / "half.toml"
    profile.write_text("price = 1\nprice_source = 'a contract'\n" + profile.read_text())
    asked = ("voices", "preview", "half", "--config", halves, "--cache", tmp_path / "cache", "--text", "aaa")
    told = invoke(*asked, "-o", tmp_path / "x.wav")
    assert told.exit_code == 0, told.output
    gain = re.search(r"note  `gain = (-?[0-9.]+)` in its profile", told.stderr)[1]
    profile.write_text(f"gain = {gain}\n" + profile.read_text())
    again = invoke(*asked, "-o", tmp_path / "x.mp3")
    assert again.exit_code == 0, again.output
    assert "gain" not in again.stderr


def test_say_takes_text_that_looks_like_an_option(tmp_path):
    result = invoke("say", "-o", tmp_path / "line.wav", "--", "-fsecret.txt")
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize(("arguments", "code"), [(("  ",), 2), (("...",), 2), (("Hello", "-o", "line.ogg"), 2)])
def test_say_refuses_what_it_cannot_do(arguments, code):
    assert invoke("say", *arguments).exit_code == code


def test_doctor_finds_the_default_voice():
    result = invoke("doctor", "--json")
    assert result.exit_code == 0, result.output
    findings = [json.loads(line) for line in result.output.splitlines()]
    assert {finding["what"]: finding["good"] for finding in findings}["voice en-us"] is True
    assert invoke("doctor").exit_code == 0


def test_feed_rebuilds_what_was_deleted(page, tmp_path):
    out = tmp_path / "out"
    made = invoke("convert", page, "--out", out, "--base-url", "https://a.example/audio", "--state", tmp_path / "state")
    assert made.exit_code == 0, made.output
    before = (out / "feed.xml").read_bytes()
    (out / "feed.xml").unlink()
    (out / "index.html").unlink()
    result = invoke("feed", out, "--base-url", "https://a.example/audio")
    assert result.exit_code == 0
    assert "1 episodes" in result.output
    assert (out / "feed.xml").read_bytes() == before
    assert (out / "index.html").is_file()


def test_feed_of_no_folder_is_a_usage_error(tmp_path):
    assert invoke("feed", tmp_path / "none").exit_code == 2


def test_serve_answers_byte_ranges(page, tmp_path):
    out = tmp_path / "out"
    assert invoke("convert", page, "--out", out, "--state", tmp_path / "state").exit_code == 0
    (mp3,) = out.rglob("*.mp3")
    command = [sys.executable, "-u", "-m", "articleaudio", "serve", out, "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            address = re.search(r"http://\S+", server.stdout.readline()).group().rstrip("/")
            request = urllib.request.Request(
                f"{address}/{mp3.relative_to(out)}", headers={"Range": "bytes=100-199", "Origin": "https://a.example"}
            )
            with contextlib.closing(urllib.request.urlopen(request, timeout=60)) as answer:
                assert answer.status == 206
                assert answer.headers["Content-Type"] == "audio/mpeg"
                assert answer.headers["Access-Control-Allow-Origin"] == "*"
                assert answer.read() == mp3.read_bytes()[100:200]
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(120)


def test_script_as_a_page_shows_what_was_left_out(page):
    html = invoke("script", page, "--format", "html").output
    assert html.startswith("<!doctype html>")
    assert "<del>The ferry. Photo: Bo Ek</del>" in html
