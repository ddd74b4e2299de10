"""The text in the tag, and the times of its words: SYLT, read back by a reader of our own."""

import struct
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutagen.id3 import ID3

from articleaudio.master import TagFacts, make_recording
from articleaudio.master.tags import check_tag, make_tag, timed_words, written_transcript
from articleaudio.master.tags import words as words_module
from articleaudio.master.tags.words import synced_size
from articleaudio.model import Boundary, Chapter, Script, TimedSegment, WordTime
from master.making import NoiseSource, Same, Shelf, script, segment, sentences

UKRAINIAN = TagFacts("T", language="uk")


def timed(*said: tuple[str, list[str]], boundary=Boundary.SENTENCE, blocks=None) -> list[TimedSegment]:
    """Segments of a second each: what is written, and those of its words that have a time."""
    made = []
    for index, (written, words) in enumerate(said):
        at, spans = 0, []
        for number, word in enumerate(words):
            at = written.index(word, at)
            spans.append(WordTime(index + number / 10, index + number / 10 + 0.1, at, at + len(word)))
            at += len(word)
        one = segment(index, written, block=blocks[index] if blocks else 0, offset=index * 1000, boundary=boundary)
        made.append(TimedSegment(one, float(index), index + 1.0, 0, tuple(spans), "key"))
    return made


def frames(tag: bytes) -> list[tuple[str, bytes]]:
    """The frames of a tag, as ID3v2.3.0 lays them out."""
    assert tag[:6] == b"ID3\x03\0\0"
    found, at = [], 10
    while at < len(tag):
        size = int.from_bytes(tag[at + 4 : at + 8], "big")
        assert tag[at + 8 : at + 10] == b"\0\0"
        found.append((tag[at : at + 4].decode("ascii"), tag[at + 10 : at + 10 + size]))
        at += 10 + size
    assert at == len(tag)
    return found


def sylt(body: bytes) -> tuple[str, str, list[tuple[str, int]]]:
    """Language, description and entries of a SYLT frame; milliseconds and lyrics, or it is none of ours."""
    wide = body[0] == 1
    step, end, codec = (2, b"\0\0", "utf-16") if wide else (1, b"\0", "latin-1")
    assert body[4:6] == b"\x02\x01"

    def text(at: int) -> tuple[str, int]:
        to = at
        while body[to : to + step] != end:
            to += step
        assert not wide or body[at : at + 2] == b"\xff\xfe"
        return body[at:to].decode(codec), to + step

    description, at = text(6)
    entries = []
    while at < len(body):
        word, at = text(at)
        entries.append((word, struct.unpack(">I", body[at : at + 4])[0]))
        at += 4
    return body[1:4].decode("ascii"), description, entries


def test_punctuation_stays_with_its_word_and_a_space_stands_before_the_next():
    words = timed_words(timed(('"No," he said — twice-told (9 kg).', ["No", "he", "said", "twice", "told", "9", "kg"])))
    assert words == [
        ('"No,"', 0),
        (" he", 100),
        (" said —", 200),
        (" twice-", 300),
        ("told", 400),
        (" (9", 500),
        (" kg).", 600),
    ]


def test_a_sentence_is_a_line_and_a_clause_is_none():
    said = [("One.", ["One"]), ("Two.", ["Two"])]
    assert [text for text, _ in timed_words(timed(*said))] == ["One.", "\nTwo."]
    assert [text for text, _ in timed_words(timed(*said, boundary=Boundary.CLAUSE))] == ["One.", " Two."]
    parted = timed(*said, boundary=Boundary.CLAUSE, blocks=[0, 1])
    assert [text for text, _ in timed_words(parted)] == ["One.", "\n\nTwo."]


def test_a_segment_without_word_times_is_one_entry():
    assert timed_words(timed(("🎙", []), ("Then.", ["Then"]))) == [("🎙", 0), ("\nThen.", 1000)]


def test_times_never_go_back():
    one = segment(0, "a b c", block=0)
    words = (WordTime(2.0, 2.1, 0, 1), WordTime(1.0, 1.2, 2, 3), WordTime(3.0, 3.2, 4, 5))
    assert [at for _, at in timed_words([TimedSegment(one, 0.0, 4.0, 0, words, "k")])] == [2000, 2000, 3000]


TEXT = st.text(st.characters(codec="utf-8") | st.sampled_from("ab  .,\0\ud800\ufeffйא🎙\u202e"), min_size=1, max_size=40)


@given(st.lists(TEXT, min_size=1, max_size=5))
def test_entries_in_a_row_are_the_transcript(texts):
    said = timed(*((text, text.split()) for text in texts))
    made = Script("id", "en", tuple(one.segment for one in said), ())
    tag = make_tag(
        TagFacts("T"),
        [Chapter("T", 0.0, 9.0, 0)],
        9.0,
        encoder="e",
        transcript=written_transcript(made),
        words=timed_words(said),
    )
    found = dict(frames(tag))
    if "SYLT" not in found:
        assert "USLT" not in found
        return
    entries = sylt(found["SYLT"])[2]
    whole = "".join(text for text, _ in entries)
    shown = found.get("USLT", b"\0xxx\0")
    text = shown[8:].decode("utf-16") if shown[0] else shown[5:].decode("latin-1")  # an empty description lies before
    text = text.removesuffix("\0")
    assert "".join(whole.split()) == "".join(text.split())
    assert [at for _, at in entries] == sorted(at for _, at in entries)


def test_a_recording_times_its_words_where_they_are_heard(tmp_path):
    made = make_recording(
        script(*sentences(4), "Середа о 5 годині."),
        NoiseSource(),
        tmp_path / "a.mp3",
        tags=TagFacts("T", language="uk"),
    )
    raw = (tmp_path / "a.mp3").read_bytes()
    size = int.from_bytes(bytes([0]), "big")
    for byte in raw[6:10]:
        size = size << 7 | byte
    language, description, entries = sylt(dict(frames(raw[: 10 + size]))["SYLT"])
    assert (language, description) == ("ukr", "words")
    words = [word for one in made.segments for word in one.words]
    assert [at for _, at in entries] == [round(word.start * 1000) for word in words]
    assert [text.strip() for text, _ in entries[-4:]] == ["Середа", "о", "5", "годині."]
    (read,) = ID3(tmp_path / "a.mp3", translate=False).getall("SYLT")
    assert (read.text, read.desc, read.lang, read.format, read.type) == (entries, "words", "ukr", 2, 1)


@pytest.mark.parametrize(("word", "most"), [("plain", 2_500), ("слово", 4_000)])
def test_a_minute_of_word_times_takes_little(word, most):
    spoken = timed((" ".join([word] * 165), [word] * 165))
    assert synced_size(timed_words(spoken)) <= most


def long(hours: float) -> list[TimedSegment]:
    """Sentences of ten Ukrainian words, 160 words a minute."""
    written = " ".join(["слово"] * 10)
    words = tuple((at * 6, at * 6 + 5) for at in range(10))
    count = round(hours * 60 * 16)
    return [
        TimedSegment(
            segment(index, written),
            index * 3.75,
            index * 3.75 + 3.7,
            0,
            tuple(WordTime(index * 3.75 + n * 0.37, index * 3.75 + n * 0.37 + 0.3, *w) for n, w in enumerate(words)),
            "k",
        )
        for index in range(count)
    ]


def test_five_hours_fit_in_little_memory():
    said = long(5)
    tracemalloc.start()
    words = timed_words(said)
    made = Script("id", "uk", tuple(one.segment for one in said), ())
    tag = make_tag(
        TagFacts("T"), [Chapter("T", 0.0, 18e3, 0)], 18e3, encoder="e", transcript=written_transcript(made), words=words
    )
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(words) == 48_000
    assert len(tag) < 2_000_000
    assert peak < 40_000_000


def test_days_of_sound_are_timed_by_sentences(monkeypatch):
    said = long(0.1)
    monkeypatch.setattr(words_module, "MOST_BYTES", synced_size(timed_words(said)) - 1)
    words = timed_words(said)
    assert len(words) == len(said)
    assert words[1] == ("\n" + said[1].segment.written, 3750)


def test_a_long_recording_is_read_back(tmp_path):
    path = tmp_path / "a.mp3"
    made = make_recording(script(*sentences(400)), Same(), path, tags=TagFacts("T"), store=Shelf())
    raw = path.read_bytes()
    tag = raw[: raw.index(b"\xff\xfb")]
    check_tag(path, tag, made.duration)
    assert len(sylt(dict(frames(tag))["SYLT"])[2]) == sum(len(one.words) for one in made.segments) > 400
