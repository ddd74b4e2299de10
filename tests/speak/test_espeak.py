"""eSpeak NG through pyttsx3: the contract, and what is its own."""

from articleaudio.config import load_voice, voice_folders
from articleaudio.testing import EngineContract

FOLDERS = voice_folders()


class TestEnglish(EngineContract):
    voice = load_voice("en-us", FOLDERS)
    long_text = "The committee said on Tuesday that nothing would change before the summer. " * 300


class TestVariant(EngineContract):
    voice = load_voice("en-us-f3", FOLDERS)


class TestUkrainian(EngineContract):
    voice = load_voice("uk", FOLDERS)
    sentence = "Комітет повідомив у вівторок, що до літа нічого не зміниться."
    long_text = "Комітет повідомив у вівторок, що до літа нічого не зміниться. " * 20
