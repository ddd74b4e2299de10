"""The tag, read back by mutagen as any player would."""

import re
import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutagen.id3 import ID3

from articleaudio.errors import ConfigError, OutputError
from articleaudio.master import PODCAST, TagFacts, make_recording
from articleaudio.master.cover import KEPT_BYTES, MOST_BYTES, MOST_PIXELS, SIDE, tag_cover
from articleaudio.master.languages import THREE_LETTERS, three_letters
from articleaudio.master.tags import check_tag, make_tag, words, written_transcript
from articleaudio.master.tags.text import LONGEST_CHAPTER, cut
from articleaudio.model import Boundary, Chapter, ChapterMark, Script
from master.making import NoiseSource, Shelf, png, probe, script, segment, sentences

FULL = TagFacts(
    title="Уряд погодив бюджет 2027 року",
    artist="Ada Writer, Олена Автор",
    publisher="The Example",
    album="Articles, read aloud",
    date=datetime(2026, 11, 3, 7, 5, tzinfo=UTC),
    language="uk",
    url="https://example.org/новини?id=5#top",
    cover=png(),
    disclosure="This audio is created with AI assistance",
    digital_source_type="http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia",
    comment="Recorded twice",
)
CHAPTERS = [
    Chapter("A much longer first title than the others have", 0.0, 60.0, 0, "https://example.org/a"),
    Chapter("Середня", 60.0, 120.0, 5, "https://example.org/a#середня"),
    Chapter("Z", 120.0, 180.0004, 9),
]


def read(tmp_path, facts=FULL, chapters=CHAPTERS, transcript="Written text.\n\nДруга."):
    path = tmp_path / "tag.mp3"
    path.write_bytes(
        make_tag(
            facts,
            chapters,
            180.0004,
            encoder="LAME 4.0",
            transcript=transcript,
            cover=facts.cover and tag_cover(facts.cover),
        )
    )
    return ID3(path, translate=False)


def test_everything_is_there(tmp_path):
    tag = read(tmp_path)
    assert tag.version == (2, 3, 0)
    texts = {name: str(tag[name]) for name in tag if name[0] == "T" and ":" not in name}
    assert texts == {
        "TIT2": "Уряд погодив бюджет 2027 року",
        "TPE1": "Ada Writer, Олена Автор",
        "TPE2": "The Example",
        "TALB": "Articles, read aloud",
        "TPUB": "The Example",
        "TCON": "Podcast",
        "TYER": "2026",
        "TDAT": "0311",
        "TIME": "0705",
        "TLAN": "ukr",
        "TLEN": "180000",
        "TENC": "articleaudio",
        "TSSE": "LAME 4.0",
    }
    assert tag["WOAF"].url == "https://example.org/%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B8?id=5#top"
    assert str(tag["TXXX:Disclosure"]) == FULL.disclosure
    assert str(tag["TXXX:DigitalSourceType"]) == FULL.digital_source_type
    assert str(tag["COMM::ukr"]) == "This audio is created with AI assistance\nRecorded twice"
    assert tag["USLT::ukr"].text == "Written text.\n\nДруга."
    assert (tag["APIC:"].mime, tag["APIC:"].type, tag["APIC:"].data) == ("image/png", 3, png())


def test_chapters_lie_in_the_order_of_time(tmp_path):
    tag = read(tmp_path)
    chapters = [frame for frame in tag.values() if frame.FrameID == "CHAP"]
    assert [(c.element_id, c.start_time, c.end_time, str(c.sub_frames["TIT2"])) for c in chapters] == [
        ("chp0", 0, 60_000, "A much longer first title than the others have"),
        ("chp1", 60_000, 120_000, "Середня"),
        ("chp2", 120_000, 180_000, "Z"),
    ]
    assert [[f.url for f in c.sub_frames.getall("WXXX")] for c in chapters] == [
        ["https://example.org/a"],
        ["https://example.org/a#%D1%81%D0%B5%D1%80%D0%B5%D0%B4%D0%BD%D1%8F"],
        [],
    ]
    table = tag["CTOC:toc"]
    assert int(table.flags) == 3
    assert table.child_element_ids == ["chp0", "chp1", "chp2"]
    assert str(table.sub_frames["TIT2"]) == FULL.title


def test_more_chapters_than_a_table_can_count(tmp_path):
    many = [Chapter(f"Chapter {i}", i * 1.0, i + 1.0, i) for i in range(600)]
    tag = read(tmp_path, chapters=many)
    table = tag["CTOC:toc"]
    assert table.child_element_ids == ["toc1", "toc2", "toc3"]
    inner = [tag[f"CTOC:{name}"] for name in table.child_element_ids]
    assert [int(t.flags) for t in inner] == [2, 2, 2]
    assert [name for t in inner for name in t.child_element_ids] == [f"chp{i}" for i in range(600)]
    assert [f.element_id for f in tag.values() if f.FrameID == "CHAP"] == [f"chp{i}" for i in range(600)]


def test_what_nobody_knows_is_left_out(tmp_path):
    tag = read(tmp_path, TagFacts("T"), [Chapter("T", 0.0, 180.0, 0)], "")
    assert list(tag) == ["TIT2", "TCON", "TLEN", "TENC", "TSSE", "CTOC:toc", "CHAP:chp0"]


def test_a_day_without_a_time(tmp_path):
    tag = read(tmp_path, TagFacts("T", date=date(987, 1, 2)))
    assert (str(tag["TYER"]), str(tag["TDAT"]), "TIME" in tag) == ("0987", "0201", False)


def test_text_that_no_tag_can_hold(tmp_path):
    facts = TagFacts("A\0B \ud83d\n🎙 C\x1b", disclosure="a\0b", language="xx-private", url="https://e.org/a b\0")
    tag = read(tmp_path, facts, [Chapter("\ud800", 0.0, 1.0, 0), Chapter("x" * 5000, 1.0, 2.0, 1)], "one\0\x07 two")
    assert str(tag["TIT2"]) == "AB \ufffd 🎙 C"
    assert str(tag["COMM::und"]) == "ab"
    assert tag["WOAF"].url == "https://e.org/a%20b"
    assert tag["USLT::und"].text == "one two"
    assert [str(tag[f"CHAP:chp{i}"].sub_frames["TIT2"]) for i in (0, 1)] == ["\ufffd", "x" * 199 + "…"]


def test_the_same_facts_give_the_same_bytes():
    made = [make_tag(FULL, CHAPTERS, 180.0, encoder="e", transcript="t") for _ in range(2)]
    assert made[0] == made[1]


def test_a_cover_that_is_none_is_refused():
    with pytest.raises(ConfigError):
        tag_cover(b"<html>")


def test_the_transcript_is_written_text_in_paragraphs():
    made = Script(
        "id",
        "en",
        (
            segment(0, "Headline", boundary=Boundary.HEADLINE, block=None),
            segment(1, "By Ada.", boundary=Boundary.HEADLINE, block=None),
            segment(2, "In 2026,", boundary=Boundary.CLAUSE, block=0, offset=0),
            segment(3, "it rose 5%.", block=0, offset=9),
            segment(4, "天気。", boundary=Boundary.SENTENCE, block=1, offset=0),
            segment(5, "晴れ。", block=1, offset=3),
        ),
        (),
    )
    made = Script("id", "en", tuple(made.segments), ())
    assert written_transcript(made) == "Headline\n\nBy Ada.\n\nIn 2026, it rose 5%.\n\n天気。晴れ。"


@pytest.mark.parametrize(
    ("tag", "code"), [("en", "eng"), ("en-GB", "eng"), ("uk", "ukr"), ("UK_ua", "ukr"), ("yue", "yue"), ("", "und")]
)
def test_language_codes(tag, code):
    assert three_letters(tag) == code


def test_the_language_table_is_whole():
    assert len(THREE_LETTERS) == 184
    assert len(set(THREE_LETTERS.values())) == 184
    assert all(len(two) == 2 and len(three) == 3 for two, three in THREE_LETTERS.items())


def test_a_finished_file_that_was_changed_is_found_out(tmp_path):
    path = tmp_path / "a.mp3"
    made = make_recording(script(*sentences(2)), NoiseSource(), path, tags=TagFacts("T"), profile=PODCAST)
    whole = path.read_bytes()
    tag = whole[: whole.index(b"\xff\xfb")]
    check_tag(path, tag, made.duration)
    for wrong, changed in (
        ("tag differs", whole.replace(b"articleaudio", b"articleradio")),
        ("lasts", whole.replace(b"Info\0\0\0\x0f\0\0", b"Info\0\0\0\x0f\0\1")),
        ("read back", whole[: len(tag)]),
    ):
        assert changed != whole
        path.write_bytes(changed)
        with pytest.raises(OutputError, match=wrong):
            check_tag(path, tag, made.duration)


HOSTILE = {
    "right to left": "מעבורת האיים חוזרת להפליג (2026)",
    "arabic with marks": "الْعَبَّارَةُ تُبْحِرُ مُجَدَّدًا",
    "override": "abc \u202egnp.exe\u202c end",
    "emoji": "👩‍👩‍👧‍👦 🇺🇦 👍🏽",
    "controls": "one\0two\x1b[31m\x9b three\r\nfour\u2028five\x0bsix",
    "surrogates": "\ud83d half \udc4d",
    "byte order marks": "\ufefftitle\ufffe\uffff",
    "hangul": "제목입니다",
    "spaces": " \t\u00a0\u3000a  b ",
}


@pytest.mark.parametrize("title", HOSTILE.values(), ids=HOSTILE)
def test_hostile_titles_are_read_alike_by_all(tmp_path, title):
    said = replace(script(*sentences(3)), chapters=(ChapterMark(title, 0),))
    made = make_recording(said, NoiseSource(), tmp_path / "a.mp3", tags=TagFacts(title, album=title))
    told = probe(made.path)
    tag = ID3(made.path, translate=False)
    shown = str(tag["TIT2"])
    assert shown == " ".join(shown.split()) != ""
    assert not any(unicodedata.category(character) in {"Cc", "Cs"} for character in shown)
    assert told["format"]["tags"]["title"] == told["format"]["tags"]["album"] == shown
    assert [chapter["tags"]["title"] for chapter in told["chapters"]] == [str(tag["CHAP:chp0"].sub_frames["TIT2"])]
    assert str(tag["CHAP:chp0"].sub_frames["TIT2"]) == str(tag["CTOC:toc"].sub_frames["TIT2"]) == shown


def test_ffprobe_reads_every_text(tmp_path):
    facts = replace(FULL, subtitle="Підзаголовок", copyright="© The Example", publisher_url="https://example.org/")
    made = make_recording(
        script(*sentences(30), chapters=(10, 20)), NoiseSource(), tmp_path / "a.mp3", tags=facts, store=Shelf()
    )
    told = {name.lower(): text for name, text in probe(made.path)["format"]["tags"].items()}
    expected = {
        "title": facts.title,
        "tit3": facts.subtitle,
        "artist": facts.artist,
        "album_artist": facts.publisher,
        "publisher": facts.publisher,
        "album": facts.album,
        "genre": "Podcast",
        "date": "2026-11-03 07:05",
        "language": "ukr",
        "copyright": "2026 The Example",
        "encoded_by": "articleaudio",
        "disclosure": facts.disclosure,
        "digitalsourcetype": facts.digital_source_type,
    }
    assert {name: told.get(name) for name in expected} == expected


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Copyright © 2024 The Example", "2024 The Example"),
        ("© The Example", "2026 The Example"),
        ("(c) 2019–2026 The Example", "2019–2026 The Example"),
        ("The Example. All rights reserved", "2026 The Example. All rights reserved"),
        ("Copyrighted works Ltd", "2026 Copyrighted works Ltd"),
        ("©", None),
    ],
)
def test_the_copyright_line_begins_with_a_year(tmp_path, line, told):
    tag = read(tmp_path, replace(FULL, copyright=line))
    assert (str(tag["TCOP"]) if "TCOP" in tag else None) == told


@given(st.text(st.sampled_from("ab e\u0301\u200d👩👍🏽🇺🇦й,"), max_size=60), st.integers(2, 20))
def test_titles_are_cut_between_letters(text, longest):
    title = cut(text, longest)
    if len(text) <= longest:
        assert title == text
        return
    assert len(title) <= longest
    kept = title.removesuffix("…")
    assert title.endswith("…")
    assert text.startswith(kept)
    if len(kept) > 1:
        rest = text[len(kept) :]
        assert not kept.endswith("\u200d")
        assert rest.lstrip("\u200d")[0] not in "\u0301🏽"
        assert not re.match("\u200d[^ ,\u200d]", rest), "a joined emoji is parted"


def test_the_page_on_tags_names_every_frame_in_its_order(tmp_path, request):
    page = (request.config.rootpath / "docs" / "tags.md").read_text("utf-8")
    named = re.findall(r"^\| `([A-Z0-9]{4})` \|", page, re.MULTILINE)
    facts = replace(FULL, subtitle="S", copyright="C", publisher_url="https://example.org/")
    tag = make_tag(
        facts, CHAPTERS, 180.0, encoder="e", transcript="t", cover=tag_cover(facts.cover), words=[("t", 0), (" u", 9)]
    )
    path = tmp_path / "tag.mp3"
    path.write_bytes(tag)
    assert list(dict.fromkeys(frame.FrameID for frame in ID3(path, translate=False).values())) == named
    left_out = re.findall(r"`([A-Z]{4})`", page.partition("## What is left out")[2].partition("## How")[0])
    assert {"PCST", "WFED", "TGID", "TCAT", "TKWD", "TDES", "TRCK", "TDRC"} <= set(left_out)
    for number in (SIDE, KEPT_BYTES // 1000, LONGEST_CHAPTER, MOST_PIXELS // 10**6, MOST_BYTES >> 20):
        assert str(number) in page
    assert f"Beyond {words.MOST_BYTES >> 20} MB" in page


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_disk_that_is_full_while_tagging_spoils_nothing(tmp_path):
    made = make_recording(script(*sentences(2)), NoiseSource(), tmp_path / "before.mp3", tags=TagFacts("T"))
    before = made.path.read_bytes()
    (tmp_path / "a.mp3").symlink_to("/dev/full")  # tag, Info frame and sound are written here, in this order
    with pytest.raises(OutputError, match="No space left"):
        make_recording(script(*sentences(2)), NoiseSource(), tmp_path / "a.mp3", tags=TagFacts("T", cover=png()))
    assert [path.name for path in tmp_path.iterdir()] == ["before.mp3"]
    assert made.path.read_bytes() == before
