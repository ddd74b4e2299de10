"""The AI mark end to end: one setting, and every place where people or machines look for it."""

from __future__ import annotations

import importlib.util
import json
import re
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from xml.etree import ElementTree as ET

import pytest
from lxml import html
from mutagen.id3 import ID3

from articleaudio import api, signing
from articleaudio.config import load_house
from articleaudio.disclosure import Disclosed, disclosed
from articleaudio.errors import ConfigError
from articleaudio.marking import Marking
from articleaudio.model import Article, Block, BlockKind, Boundary, Role, Segment, Sounds, Span, SpanKind, TimedSegment
from articleaudio.plan import state_folder
from articleaudio.publish.library import Library
from articleaudio.publish.receipt import Receipt
from articleaudio.script import Style, write_script

AT = "http://cv.iptc.org/newscodes/digitalsourcetype/"
PODCAST = "{https://podcastindex.org/namespace/1.0}"
ENGLISH = "This audio is created with AI assistance."
HOUSE = '[show]\ntitle = "The Harbour Post"\nbase_url = "https://audio.harbour.example"\nlanguage = "{show}"\n'
PAGE = """---
title: {title}
language: {language}
url: https://harbour.example/news/ferry
---
{text}
"""
TEXTS = {
    "en": ("The ferry is back", "It sails at noon."),
    "uk": ("Пором повернувся", "Він відходить опівдні."),
    "it": (
        "Il traghetto è tornato",
        "La nave è tornata ieri sera nel porto, dopo molti giorni di lavori, e partirà lunedì.",
    ),
}


@dataclass
class Published:
    """One article, published for real, and all that was written about it."""

    out: Path
    folder: Path
    receipt: Receipt

    @property
    def document(self) -> dict:
        return json.loads((self.folder / "episode.json").read_bytes())

    @property
    def said(self) -> list[str]:
        """What is said by the disclosure's own segment."""
        return [segment["written"] for segment in self.document["segments"] if segment["role"] == "disclosure"]

    @property
    def page(self):
        return html.document_fromstring((self.folder / "index.html").read_bytes().decode())

    @property
    def json_ld(self) -> dict:
        (script,) = self.page.xpath("//script[@type='application/ld+json']")
        told = json.loads(script.text)
        parts = told.get("@graph", [told])
        return next(part["audio"] for part in parts if "audio" in part)

    @property
    def tag(self) -> ID3:
        return ID3(next(self.folder.glob("*.mp3")))

    def shown(self, name: str) -> str:
        """What a reader of a page sees."""
        return " ".join(html.document_fromstring((self.folder / name).read_bytes().decode()).text_content().split())

    def feed(self) -> ET.Element:
        return ET.parse(next(self.out.glob("feed*.xml"))).getroot().find("channel")


def published(folder, *, setting="", language="en", show="en", signed=None, **changes) -> Published:
    title, text = TEXTS[language]
    (folder / "articleaudio.toml").write_text(f"{setting}\n{HOUSE.format(show=show)}", "utf-8")
    (folder / "ferry.md").write_text(PAGE.format(title=title, language=language, text=text), "utf-8")
    house = load_house(folder / "articleaudio.toml", cache=folder / "cache")
    house = replace(house, signing=signed, **changes)
    episode = api.convert(folder / "ferry.md", house, out=folder / "out")
    receipt = Library(folder / "out", state_folder(house, folder / "out")).receipt(episode.id)
    return Published(folder / "out", episode.folder, receipt)


def look_everywhere(made: Published, line: str, kind: str) -> None:
    """Find a line and a source type in each place."""
    one_line = " ".join(line.split())
    document = made.document
    assert made.said == [one_line]
    assert document["segments"][0]["end"] > 0.5, "it can be heard"
    assert document["disclosure"] == line
    assert document["digital_source_type"] == AT + kind
    assert one_line in made.shown("index.html")
    assert one_line in made.shown("transcript.html")
    for captions in ("captions.vtt", "captions.srt"):
        first = (made.folder / captions).read_text("utf-8").split("-->")[1].split("\n", 1)[1]
        assert re.sub(r"<[\d:.]+>", "", first).split()[:3] == one_line.split()[:3]
    tag = made.tag
    assert str(tag["TXXX:Disclosure"]) == one_line
    assert str(tag["TXXX:DigitalSourceType"]) == AT + kind
    assert [str(comment) for comment in tag.getall("COMM")] == [line]
    assert (made.receipt.disclosure, made.receipt.digital_source_type) == (line, AT + kind)
    assert made.receipt.segments[0].written == one_line
    assert made.json_ld["digitalSourceType"] == f"https://schema.org/{kind[0].upper()}{kind[1:]}DigitalSource"
    assert made.json_ld["creditText"].startswith(one_line)
    channel = made.feed()
    item = channel.find("item")
    for told in (channel, item):
        assert [(each.get("purpose"), each.text) for each in told.findall(f"{PODCAST}txt")] == [("ai-content", "true")]
    shown = html.fromstring(item.findtext("description")).text_content()
    assert one_line in " ".join(shown.split())


def test_by_default_every_place_tells_it(tmp_path):
    look_everywhere(published(tmp_path), ENGLISH, "algorithmicMedia")


def test_the_houses_words_are_everywhere_and_the_signature_agrees(tmp_path):
    if importlib.util.find_spec("c2pa") is None:
        pytest.skip("needs c2pa-python")
    from signing.authority import Authority  # noqa: PLC0415 -- needs cryptography, which comes with signing

    line = 'Read by a “machine” & its <b>voice</b>; it\'s not "live".'
    (tmp_path / "authority").mkdir()
    authority = Authority(tmp_path / "authority")
    made = published(tmp_path, setting=f"disclosure = '''{line}'''", signed=authority.issue())
    look_everywhere(made, line, "algorithmicMedia")
    found = signing.state(next(made.folder.glob("*.mp3")), authority.anchors)
    assert (found.state, found.source_type) == (signing.State.TRUSTED, f"{AT}algorithmicMedia")
    assert not made.page.xpath("//b"), "the house's words are words"


def test_silence_takes_the_words_and_leaves_the_machines_marks(tmp_path):
    made = published(tmp_path, setting="disclosure = false")
    assert made.said == []
    assert (made.document["disclosure"], made.document["disclosure_language"]) == ("", "")
    assert made.document["digital_source_type"] == made.receipt.digital_source_type == f"{AT}algorithmicMedia"
    assert str(made.tag["TXXX:DigitalSourceType"]) == f"{AT}algorithmicMedia"
    assert not made.tag.getall("TXXX:Disclosure")
    assert not made.tag.getall("COMM")
    assert made.json_ld["digitalSourceType"].endswith("/AlgorithmicMediaDigitalSource")
    assert "creditText" not in made.json_ld
    assert made.feed().findtext(f"item/{PODCAST}txt") == "true"
    assert "AI assistance" not in "".join(path.read_text("utf-8") for path in made.folder.glob("*.html"))


def test_left_out_of_what_is_said_it_is_still_shown_and_tagged(tmp_path):
    made = published(tmp_path, setting='spoken.order = ["headline"]')
    assert made.said == []
    assert made.document["disclosure"] == str(made.tag["TXXX:Disclosure"]) == ENGLISH
    assert ENGLISH in made.shown("index.html")
    assert ENGLISH in made.shown("transcript.html")


@pytest.mark.parametrize(
    ("language", "show", "setting", "line", "told"),
    [
        ("uk", "en", "", "Це аудіо створено за допомогою штучного інтелекту.", "uk"),
        ("it", "uk", "", "Це аудіо створено за допомогою штучного інтелекту.", "uk"),
        ("it", "it", "", ENGLISH, "en"),
        ("it", "it", 'disclosure = "Letto da una macchina."', "Letto da una macchina.", "it"),
        ("en", "uk", 'disclosure = { uk = "Читає машина.", en = "Read by a machine." }', "Read by a machine.", "en"),
    ],
    ids=["its own", "the show's", "English", "the house's", "one of two"],
)
def test_each_article_gets_the_line_of_its_language_or_the_next_best(tmp_path, language, show, setting, line, told):
    made = published(tmp_path, setting=setting, language=language, show=show)
    assert made.said == [made.document["disclosure"]] == [line]
    assert made.document["disclosure_language"] == told
    assert [comment.lang for comment in made.tag.getall("COMM")] == [{"uk": "ukr", "en": "eng", "it": "ita"}[told]]
    voices = {segment.written: segment.voice for segment in made.receipt.segments}
    names = {"uk": "uk", "en": "en-us", "it": "it"}
    assert voices[line] == names[told], "a voice of that language says it"
    assert voices[TEXTS[language][1]] == names[language]
    (shown,) = html.document_fromstring((made.folder / "transcript.html").read_bytes().decode()).xpath("//header/p[1]")
    assert shown.get("lang") == (told if told != language else None)
    (shown,) = made.page.xpath("//p[@class='disclosure']")
    assert (shown.text, shown.get("lang")) == (line, told if told != language else None)


@pytest.mark.parametrize(
    ("lines", "language", "show", "found"),
    [
        ({"de": "Von KI.", "de-at": "Von einer KI."}, "de-AT", "en", Disclosed("Von einer KI.", "de-AT")),
        ({"de": "Von KI.", "en": "By AI."}, "de_CH", "", Disclosed("Von KI.", "de_CH")),
        ({"de": "Von KI.", "en": "By AI."}, "it", "de-ch", Disclosed("Von KI.", "de")),
        ({"de": "Von KI.", "en": "By AI."}, "it", "fr", Disclosed("By AI.", "en")),
        ({"de": "  ", "en": "By AI."}, "de", "de", Disclosed("By AI.", "en")),
        ({"de": "Von KI."}, "it", "fr", Disclosed()),
        ({}, "en", "en", Disclosed()),
    ],
)
def test_one_rule_finds_the_line(lines, language, show, found):
    assert disclosed(lines, language, show) == found


@pytest.mark.parametrize(("voices", "spoken"), [(None, "en"), ({"it", "en"}, "en"), (set(), "en"), ({"it"}, "it")])
def test_a_line_in_another_language_is_read_by_its_rules_where_a_voice_speaks_it(voices, spoken):
    block = Block(BlockKind.PARAGRAPH, "Parte alle 9.")
    article = Article(id="", aliases=(), title="Il traghetto", language="it", blocks=(block,))
    known = None if voices is None else frozenset(voices)
    script = write_script(article, Style(disclosure={"en": "Read by AI since 2024."}, languages=known))
    line, *others = script.segments
    assert (line.role, line.written, line.language) == (Role.DISCLOSURE, "Read by AI since 2024.", spoken)
    assert ("twenty twenty-four" in line.spoken) == (spoken == "en")
    assert {segment.language for segment in others} == {"it"}
    assert [segment.id for segment in script.segments] == ["s0001", "s0002", "s0003"]


def test_voices_of_several_kinds_are_told_by_every_mark(tmp_path):
    plain = load_house(folder=tmp_path).voices["en"]
    trained = replace(plain, name="trained", digital_source_type=f"{AT}trainedAlgorithmicMedia", attribution="By Ada")
    both = replace(plain, roles=MappingProxyType({"headline": "trained"}))
    made = published(tmp_path, voices={"*": both}, cast={"trained": trained})
    look_everywhere(made, ENGLISH, "compositeWithTrainedAlgorithmicMedia")
    assert made.document["voice"]["attribution"] == "By Ada"
    alone = published(tmp_path, voices={"*": trained})
    look_everywhere(alone, ENGLISH, "trainedAlgorithmicMedia")
    assert alone.document["version"] == 2


def test_sounds_of_unknown_origin_make_it_a_composite_and_hide_no_voice(tmp_path):
    house = load_house(folder=tmp_path)
    made = published(tmp_path)
    spoken = [replace(segment_of(made), voice="en-us")]
    music = [Span(SpanKind.SOUND, 0.0, 1.0)]
    marking = Marking(house)
    assert marking.source_type(spoken, []) == f"{AT}algorithmicMedia"
    assert marking.source_type(spoken, music) == f"{AT}compositeSynthetic"
    bed = Marking(replace(house, sounds=Sounds(bed=tmp_path / "bed.mp3")))
    assert bed.source_type(spoken, []) == f"{AT}compositeSynthetic"
    assert marking.source_type([replace(spoken[0], voice="nobody")], music) == "", "nothing is made up"


def segment_of(made: Published):
    one = made.receipt.segments[0]
    segment = Segment(one.id, Role.BODY, one.written, one.tokens, Boundary.SENTENCE, "en")
    return TimedSegment(segment, one.start, one.end, 0, one.words, one.key)


def test_an_empty_line_is_a_mistake_not_silence(tmp_path):
    (tmp_path / "articleaudio.toml").write_text('disclosure = " "\n')
    with pytest.raises(ConfigError, match="`disclosure = false` silences it"):
        load_house(tmp_path / "articleaudio.toml")
