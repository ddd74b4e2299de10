"""Engines by name, ours and brought ones."""

import subprocess
import sys

import pytest

from articleaudio.errors import EngineError
from articleaudio.speak import engine_names, open_engine


def test_our_own_engines_are_there():
    assert "pyttsx3" in engine_names()
    assert open_engine("pyttsx3").name == "pyttsx3"


@pytest.mark.usefixtures("brought")
def test_a_brought_engine_is_found_by_its_entry_point_without_being_imported():
    sys.modules.pop("speak.tone", None)
    assert {"bad", "broken", "pyttsx3", "tone"} <= set(engine_names())
    assert "speak.tone" not in sys.modules
    assert open_engine("tone").name == "tone"


def test_an_unknown_name_is_one_clear_error():
    with pytest.raises(EngineError, match="there is no engine 'pytsx3'") as caught:
        open_engine("pytsx3")
    assert "did you mean 'pyttsx3'" in caught.value.hint
    assert caught.value.exit_code == 4


@pytest.mark.usefixtures("brought")
def test_one_that_does_not_load_is_told_with_its_package():
    with pytest.raises(EngineError, match=r"'broken' cannot be loaded.*no_such_module") as caught:
        open_engine("broken")
    assert "no_such_module" in caught.value.hint


def test_importing_the_stage_loads_nothing_heavy():
    heavy = {"ctypes", "pyttsx3", "numpy", "espeakng_loader", "importlib.metadata"}
    code = f"import sys, articleaudio.speak; print(*sorted({heavy!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
