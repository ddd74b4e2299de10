"""Bad input from outside: one clear message each, the documented code, the others finished, nothing half-written."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

GOOD = "# Ferry returns\n\nThe ferry is back. It sails at noon.\n"


def convert(folder, *arguments, **settings):
    command = [sys.executable, "-m", "articleaudio", "convert", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, timeout=300, check=False, **settings)


def nothing_half_written(folder):
    assert not [path for path in folder.rglob("*") if ".tmp" in path.name]


CASES = {
    "missing": (None, "does not exist"),
    "empty": (b"", "empty"),
    "white": (b" \n\t\n", "empty"),
    "binary": (bytes(range(256)) * 40, "binary"),
    "navigation": (b"<html><body><nav><a href='/a'>Home</a> <a href='/b'>News</a></nav></body></html>", "no article"),
    "headline": (b"<html><body><article><h1>Only a headline</h1></article></body></html>", "no article"),
    "long": (b"<html><body><article><h1>Long</h1>" + b"<p>" + b"Word after word, and so on. " * 50_000, "characters"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_bad_source_gets_one_clear_message(tmp_path, case):
    data, told = CASES[case]
    if data is not None:
        (tmp_path / "bad.html").write_bytes(data)
    done = convert(tmp_path, "bad.html", "--out", "out")
    assert done.returncode == 3, done.stderr
    assert done.stderr.count("failed") == 1
    assert told in done.stderr.lower()
    assert "hint:" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out" / "episodes").exists() or not any((tmp_path / "out" / "episodes").iterdir())


def test_the_others_are_finished(tmp_path):
    articles = tmp_path / "articles"
    articles.mkdir()
    for case, (data, _) in CASES.items():
        if data is not None:
            (articles / f"{case}.html").write_bytes(data)
    (articles / "good.md").write_text(GOOD)
    (articles / "notes.xyz").write_text("?")
    done = convert(tmp_path, "articles", "nowhere.html", "--out", "out", "--json")
    assert done.returncode == 1, done.stderr
    events = [json.loads(line) for line in done.stdout.splitlines()]
    failed = {Path(event["source"]).stem for event in events if event["event"] == "ArticleFailed"}
    assert failed == (set(CASES) - {"missing"}) | {"nowhere"}
    assert [event["slug"] for event in events if event["event"] == "EpisodeReady"] == ["ferry-returns"]
    assert [Path(event["source"]).name for event in events if event["event"] == "SourceSkipped"] == ["notes.xyz"]
    nothing_half_written(tmp_path)


def test_a_declared_encoding_is_believed_and_a_wrong_one_survived(tmp_path):
    (tmp_path / "cp1251.html").write_bytes(
        '<html lang="uk"><meta charset="windows-1251"><body><article><h1>Пором повернувся</h1>'
        "<p>Пором повернувся до міста після ремонту, і перші пасажири вже зійшли на берег.</p></article>".encode(
            "cp1251"
        )
    )
    (tmp_path / "wrong.html").write_bytes(
        '<html><meta charset="utf-8"><body><article><h1>Café reopens</h1>'
        "<p>The café on the corner reopened today after a long repair, and guests came at once.</p></article>".encode(
            "cp1252"
        )
    )
    done = convert(tmp_path, "cp1251.html", "wrong.html", "--out", "out", "--json")
    assert done.returncode == 0, done.stderr
    titles = {json.loads(path.read_text())["title"] for path in (tmp_path / "out").rglob("episode.json")}
    assert titles == {"Пором повернувся", "Café reopens"}


def test_an_unknown_voice(tmp_path):
    (tmp_path / "a.md").write_text(GOOD)
    done = convert(tmp_path, "a.md", "--out", "out", "--voice", "nobody")
    assert done.returncode == 4
    assert "there is no voice 'nobody'" in done.stderr
    assert "en-us" in done.stderr


def test_a_voice_its_engine_does_not_have(tmp_path):
    (tmp_path / "voices").mkdir()
    (tmp_path / "voices" / "martian.toml").write_text(
        'engine = "pyttsx3"\nlanguage = "en"\n[options]\nvoice = "martian"\n'
    )
    (tmp_path / "a.md").write_text(GOOD)
    done = convert(tmp_path, "a.md", "--out", "out", "--voice", "martian")
    assert done.returncode == 4
    assert "martian" in done.stderr
    nothing_half_written(tmp_path)


def test_a_language_without_a_voice(tmp_path):
    (tmp_path / "a.md").write_text("---\nlang: xx\ntitle: Ferry\n---\nThe ferry is back.\n")
    done = convert(tmp_path, "a.md", "--out", "out")
    assert done.returncode == 4
    assert "no voice for the language 'xx'" in done.stderr


@pytest.mark.parametrize("what", ["file", "read-only"])
def test_an_output_that_cannot_be_written(tmp_path, what):
    (tmp_path / "a.md").write_text(GOOD)
    out = tmp_path / "out"
    if what == "file":
        out.write_text("I am a file")
    elif not _read_only(out):
        pytest.skip("needs a user or a file system that can refuse writing")
    done = convert(tmp_path, "a.md", "--out", "out")
    _writable_again(out)
    assert done.returncode == 5, done.stderr
    assert "cannot write" in done.stderr
    assert "out" in done.stderr
    assert "Traceback" not in done.stderr


def _read_only(folder):
    """Make a folder nobody may write in; for root that takes a read-only mount."""
    folder.mkdir()
    folder.chmod(0o555)
    if os.access(folder, os.W_OK):
        mount = shutil.which("mount")
        if mount is None:
            return False
        return subprocess.run([mount, "-t", "tmpfs", "-o", "ro", "tmpfs", folder], check=False).returncode == 0
    return True


def _writable_again(folder):
    if folder.is_dir():
        subprocess.run(["umount", folder], check=False, capture_output=True)
        folder.chmod(0o755)


def test_two_articles_with_one_title(tmp_path):
    (tmp_path / "a.md").write_text(GOOD)
    (tmp_path / "b.md").write_text(GOOD)
    for _ in range(2):
        done = convert(tmp_path, "a.md", "b.md", "--out", "out", "--json")
        assert done.returncode == 0, done.stderr
        slugs = sorted(path.name for path in (tmp_path / "out" / "episodes").iterdir())
        assert len(slugs) == 2
        assert slugs[0] == "ferry-returns"
        assert slugs[1].startswith("ferry-returns-")


def test_one_article_twice_is_said_and_made_once(tmp_path):
    text = "---\nurl: https://a.example/ferry\n---\n" + GOOD
    (tmp_path / "a.md").write_text(text)
    (tmp_path / "b.md").write_text(text)
    done = convert(tmp_path, "a.md", "b.md", "--out", "out")
    assert done.returncode == 1
    assert "same article as a.md" in done.stderr
    assert len(list((tmp_path / "out" / "episodes").iterdir())) == 1


@pytest.mark.parametrize("title", ["🚢🌊", "../../etc/passwd", "CON", "a" * 5000, "<script>alert(1)</script>", "…"])
def test_no_title_leads_out_of_the_folder(tmp_path, title):
    (tmp_path / "a.md").write_text(f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\n---\nThe ferry is back.\n")
    done = convert(tmp_path, "a.md", "--out", "inner/out")
    assert done.returncode == 0, done.stderr
    (folder,) = (tmp_path / "inner" / "out" / "episodes").iterdir()
    assert json.loads((folder / "episode.json").read_text())["title"]
    assert len(folder.name.encode()) <= 80
    assert sorted(path.name for path in tmp_path.iterdir()) == [".articleaudio", "a.md", "inner"]


def test_a_draft_is_not_published(tmp_path):
    (tmp_path / "a.md").write_text("---\ndraft: true\n---\n" + GOOD)
    (tmp_path / "b.md").write_text(GOOD.replace("Ferry", "Train"))
    done = convert(tmp_path, "a.md", "b.md", "--out", "out")
    assert done.returncode == 0
    assert "not public: draft" in done.stderr
    assert [path.name for path in (tmp_path / "out" / "episodes").iterdir()] == ["train-returns"]


def test_a_misspelt_setting(tmp_path):
    (tmp_path / "articleaudio.toml").write_text("[show]\ntittle = 'x'\n")
    (tmp_path / "a.md").write_text(GOOD)
    done = convert(tmp_path, "a.md", "--out", "out")
    assert done.returncode == 2
    assert "line 2" in done.stderr
    assert "did you mean 'title'" in done.stderr
