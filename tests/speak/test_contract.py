"""The contract that plug-in authors inherit, kept by an engine that another package brings."""

import pytest

from articleaudio.testing import EngineContract
from speak.making import make_voice


@pytest.mark.usefixtures("brought")
class TestTone(EngineContract):
    voice = make_voice("tone")
