"""The README does not lie: every command and option in it exists, and so does every file it links to."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from articleaudio import errors
from articleaudio.cli import COMMANDS, cli
from articleaudio.config import load_house
from articleaudio.script import spoken_form

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
LINES = [line.removeprefix("$ ") for block in BLOCKS for line in block.splitlines() if line.startswith("$ ")]
CALLS = sorted({line for line in LINES if line.startswith("articleaudio ")})


@pytest.mark.parametrize("call", CALLS)
def test_every_call_is_one_that_the_command_knows(call):
    words = shlex.split(call)[1:]
    told = CliRunner().invoke(cli, [words[0], "--help"])

    assert told.exit_code == 0, told.output
    for option in (word.partition("=")[0] for word in words[1:] if word.startswith("-") and word != "-"):
        assert re.search(rf"(^|\s){option}[\s,]", told.output, re.MULTILINE), f"{words[0]} has no {option}"


def test_every_command_is_shown():
    assert {call.split()[1] for call in CALLS} | set(re.findall(r"`articleaudio (\w+)", README)) >= set(COMMANDS)


def test_every_make_target_exists():
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)

    assert {line.split()[1] for line in LINES if line.startswith("make ")} <= set(targets)


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "ARCHITECTURE.md"])
def test_every_link_to_a_file_leads_somewhere(page):
    text = (ROOT / page).read_text("utf-8")
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", text)

    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_exit_codes_are_those_of_the_errors():
    documented = {int(code) for code in re.findall(r"^\| (\d+) \|", README, re.MULTILINE)}
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Exception)]

    assert documented == {0, 130} | {kind.exit_code for kind in kinds}


def test_the_script_shown_is_the_script_of_the_sample():
    shown = README.partition("$ articleaudio script samples/strike.html\n")[2].partition("…")[0]

    assert shown
    assert (ROOT / "samples" / "strike.script").read_text("utf-8").startswith(shown)


def test_the_python_shown_does_what_it_says():
    written, said = re.search(r'spoken_form\("(.*?)"\)  # \'(.*?)\'', README).groups()

    assert spoken_form(written) == said


def test_the_house_file_shown_is_one(tmp_path):
    (tmp_path / "cover.png").write_bytes((ROOT / "samples" / "cover.png").read_bytes())
    file = tmp_path / "articleaudio.toml"
    file.write_text(re.search(r"```toml\n(.*?)```", README, re.DOTALL).group(1), "utf-8")

    assert load_house(file).show.base_url == "https://audio.example.org"
