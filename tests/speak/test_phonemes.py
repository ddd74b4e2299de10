"""IPA on its way to eSpeak NG: what is fed, what is heard, and that an article's brackets stay text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articleaudio.config import load_voice, voice_folders
from articleaudio.model import TokenKind
from articleaudio.speak import Prompt, Speaker
from articleaudio.speak.contract import WordEvent
from articleaudio.speak.espeak.binding import transcribe
from articleaudio.speak.espeak.engine import EspeakEngine
from articleaudio.speak.espeak.installation import find_installation
from articleaudio.speak.espeak.phonemes import feed, mnemonics
from speak.making import make_segment, make_token

ENGLISH = load_voice("en-us", voice_folders())
UKRAINIAN = load_voice("uk", voice_folders())


def speak(text, *phonemes, voice=ENGLISH):
    return EspeakEngine().speak(Prompt(text, (), phonemes), voice)


@pytest.mark.parametrize(
    ("ipa", "said"),
    [
        ("ˈkiːv", "k'i:v"),
        ("zəˈlɛnski", "z@l'Enski"),
        ("ˈkɑːɹkɪv", "k'A@kIv"),
        ("kəˈɹoʊnə", "k@r'oUn@"),
        ("ˈmɑːɹə", "m'A:r@"),
        ("ˌɛɹdoʊˈɑːn", ",e@doU'A:n"),
        ("ˈt͡ʃɛn.nɛ", "tS'EnnE"),
        ("ɹɛd", "r'Ed"),
        ("lə ˈmɔːnd", "l@ m'O:nd"),
        ("ɛkˈspoɹt", "Eksp'O@t"),
        ("ˈhɛroʊ", "h'EroU"),
        ("ˈkɑːrpɪt", "k'A@pIt"),
        ("ˈʘa", ""),
        ("", ""),
    ],
)
def test_ipa_in_mnemonics(ipa, said):
    assert mnemonics(ipa, "en-us") == said


def test_a_voice_of_another_language_is_told_nothing():
    assert mnemonics("ˈkiːv", "uk") == ""
    assert feed("Київ", ((0, 4, "ˈkiːv"),), "uk").text == "Київ"


@pytest.mark.parametrize(
    ("sentence", "word", "one", "other"),
    [
        ("They read it.", "read", "ɹiːd", "ɹɛd"),
        ("The lead was thin.", "lead", "liːd", "lɛd"),
        ("The wind turned.", "wind", "wɪnd", "waɪnd"),
        ("A live show.", "live", "laɪv", "lɪv"),
    ],
)
def test_heteronyms_sound_different(sentence, word, one, other):
    first = sentence.index(word)
    takes = [speak(sentence, (first, first + len(word), ipa)) for ipa in (one, other)]
    assert takes[0].pcm != takes[1].pcm
    assert all(word in {sentence[w.first : w.last] for w in take.words} for take in takes)


def test_phonemes_sound_as_the_word_that_is_spelled_so():
    assert speak("They red it.").pcm == speak("They read it.", (5, 9, "ɹɛd")).pcm


def test_word_events_are_in_the_prompts_characters():
    text = "He said Kyiv was calm, and Kyiv's mayor agreed."
    words = speak(text, (8, 12, "ˈkiːv"), (27, 33, "ˈkiːvz")).words
    assert [text[word.first : word.last] for word in words] == (
        ["He", "said", "Kyiv", "was", "calm", "and", "Kyiv's", "mayor", "agreed"]
    )


def test_a_name_of_two_words_is_one_word_to_the_captions():
    written = "He met Xi Jinping today."
    tokens = [make_token(written, word, word) for word in ("He", "met", "today")]
    tokens.insert(2, make_token(written, "Xi Jinping", "ˈʃiː dʒɪnˈpɪŋ", TokenKind.PHONEMES))
    with Speaker({"en": ENGLISH}, None) as speaker:
        words = speaker.clip(make_segment(written, tokens)).words
    assert [written[word.first : word.last] for word in words] == ["He", "met", "Xi Jinping", "today"]
    assert all(0.1 < word.end - word.start < 1 for word in words)


def test_a_word_behind_a_hyphen_is_told_too():
    text = "an anti-Kyiv stance"
    words = speak(text, (8, 12, "ˈkiːv")).words
    assert "Kyiv" in [text[word.first : word.last] for word in words]


def test_an_articles_brackets_stay_text():
    assert feed("[[a]] b", ((6, 7, "biː"),), "en-us").text == "  a   [[b'i:]]"
    spoken = speak("It [[l'Ed]] so Kyiv", (15, 19, "kiːv"))
    as_text = speak("It   l'Ed   so keev")
    assert spoken.duration == pytest.approx(as_text.duration, abs=0.1)


def test_the_key_of_a_clip_knows_the_sound():
    written = "They read it."
    plain = [make_token(written, word, word) for word in ("They", "read", "it")]
    keys = set()
    with Speaker({"en": ENGLISH}, None) as speaker:
        keys.add(speaker.key(make_segment(written, plain)))
        for ipa in ("ɹiːd", "ɹɛd"):
            tokens = [plain[0], make_token(written, "read", ipa, TokenKind.PHONEMES), plain[2]]
            keys.add(speaker.key(make_segment(written, tokens)))
    assert len(keys) == 3


@given(st.text("ab-[] ", max_size=20), st.text("ab-[] ", max_size=20))
def test_only_our_own_brackets_are_phonemes_and_places_come_back(before, after):
    text = f"{before}Kyiv{after}"
    at = len(before)
    fed = feed(text, ((at, at + 4, "kiːv"),), "en")
    assert fed.text.count("[[") == fed.text.count("]]") == 1
    start = fed.text.index("[[")
    assert fed.in_prompt(WordEvent(0, 1, start, start + 8)).first == at
    for place in (*range(at), *range(at + 4, len(text))):
        moved = place if place < at else place + len(fed.text) - len(text)
        event = fed.in_prompt(WordEvent(0, 1, moved, moved + 1))
        assert (event.first, event.last) == (place, place + 1)


def test_the_library_tells_how_words_sound():
    found = find_installation()
    voice = found.voice("en-us")
    assert transcribe(found, voice, ["red", "", "one. two", "\0"]) == ["ɹˈɛd", "", "wˈʌn tˈuː", ""]
