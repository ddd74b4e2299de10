import subprocess
import sys

import pytest
from click.testing import CliRunner

from articleaudio.cli import COMMANDS, cli


def test_help_lists_every_command():
    result = CliRunner().invoke(cli, ["--help"])
    assert result.exit_code == 0
    for name, line in COMMANDS.items():
        assert name in result.output
        assert line in result.output


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_shows_an_example(name):
    result = CliRunner().invoke(cli, [name, "--help"])
    assert result.exit_code == 0, result.output
    assert "Example:" in result.output
    assert f"articleaudio {name}" in result.output


def test_help_imports_no_stage_and_nothing_heavy():
    code = (
        "import sys\n"
        "from articleaudio.cli import cli\n"
        "try:\n    cli(['--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'numpy', 'lxml', 'trafilatura', 'rich', 'pydub', 'mutagen', 'jinja2', 'starlette', 'pyttsx3'}\n"
        "ours = {name for name in sys.modules if name.startswith('articleaudio.')}\n"
        "print(sorted(heavy & set(sys.modules)), sorted(ours), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[] ['articleaudio.cli', 'articleaudio.errors']"


def test_an_unknown_command_is_a_usage_error():
    assert CliRunner().invoke(cli, ["convrt"]).exit_code == 2


def test_the_module_runs_too():
    done = subprocess.run(
        [sys.executable, "-m", "articleaudio", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("articleaudio, version ")
