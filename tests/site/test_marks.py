from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

import newsroom
from articleaudio.site.marks import SOURCES, json_ld
from articleaudio.site.shelved import Part, Passage, Shelved

VOCABULARY = json.loads((Path(__file__).parent / "schemaorg.json").read_text("utf-8"))
IPTC = "http://cv.iptc.org/newscodes/digitalsourcetype/"
PAGE = "https://audio.example/episodes/ferry/"
FULL = Shelved(
    id="1",
    slug="ferry",
    folder=Path("ferry"),
    language="en",
    title="Ferry sails",
    summary="It sails.",
    dek="It sails.",
    authors=("Mara Lindqvist", "Tom Okafor"),
    site="The Harbour Post",
    section="Islands",
    url="https://harbour.example/ferry",
    image="https://harbour.example/ferry.jpg",
    published=newsroom.NOW,
    updated=newsroom.LATER,
    generated=newsroom.LATER,
    disclosure="Made with AI.",
    disclosure_language="",
    source_type=f"{IPTC}algorithmicMedia",
    audio="ferry.0123.mp3",
    size=4711,
    sha256="ab" * 32,
    duration=61.5,
    bitrate=96000,
    chapters=(Part("Ferry sails", 0.0, ""),),
    passages=(Passage("s0001", "body", 0, 0.0, 1.0, "It sails."), Passage("s0002", "body", 0, 1.0, 2.0, "Again.")),
    version=1,
    voice="en-us",
    attribution="Voice: CC BY, Somebody",
    alternates=(),
)
BARE = replace(
    FULL, summary="", authors=(), site="", section="", url="", image="", published=None, updated=None, disclosure="",
    source_type="", sha256="", attribution="", passages=(),
)  # fmt: skip


def ancestors(kind: str) -> set[str]:
    return {kind} | (ancestors(VOCABULARY["types"][kind]) if VOCABULARY["types"][kind] else set())


def right(value, kind: str) -> bool:
    """Whether a value is of a type of schema.org."""
    if isinstance(value, dict):
        return kind in ancestors(value["@type"])
    if not isinstance(value, str):
        return False
    if kind in VOCABULARY["members"]:
        return value.removeprefix("https://schema.org/") in VOCABULARY["members"][kind]
    if kind in {"Date", "DateTime"}:
        return datetime.fromisoformat(value).tzinfo is not None
    if kind == "Duration":
        return bool(re.fullmatch(r"P(T(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?", value))
    if kind == "URL":
        return bool(re.fullmatch(r"https?://[^\s]+|[\w.-]+", value))
    return kind == "Text"


def faults(node: dict) -> list[str]:
    """What schema.org does not know, or knows otherwise."""
    found = []
    for name, values in node.items():
        if name.startswith("@"):
            continue
        term = VOCABULARY["properties"].get(name)
        if term is None or not ancestors(node["@type"]) & set(term["domains"]):
            found.append(f"{node['@type']} has no {name}")
            continue
        for value in values if isinstance(values, list) else [values]:
            if not any(right(value, kind) for kind in term["ranges"]):
                found.append(f"{name} is {value!r}")
            if isinstance(value, dict):
                found += faults(value)
    return found


@pytest.mark.parametrize("episode", [FULL, BARE], ids=["full", "bare"])
@pytest.mark.parametrize("page", [PAGE, ""], ids=["placed", "relative"])
def test_every_term_is_one_of_schema_org(episode, page):
    assert faults(json_ld(episode, page)) == []


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        ("transcript", {"transcript": "of an article"}),
        ("audio", {"audio": {"@type": "Person"}}),
        ("duration", {"audio": {"@type": "AudioObject", "duration": "61 s"}}),
        ("digitalSourceType", {"audio": {"@type": "AudioObject", "digitalSourceType": "https://schema.org/Magic"}}),
        ("voice", {"voice": "en-us"}),
    ],
)
def test_the_check_finds_what_is_wrong(path, wrong):
    (fault, *_) = faults(json_ld(FULL, PAGE) | wrong)
    assert path in fault


def test_the_audio_tells_where_it_comes_from():
    audio = json_ld(FULL, PAGE)["audio"]
    assert audio["contentUrl"] == f"{PAGE}ferry.0123.mp3"
    assert audio["embedUrl"] == f"{PAGE}embed.html"
    assert audio["isBasedOn"] == FULL.url
    assert audio["transcript"] == "It sails. Again."
    assert audio["creditText"] == "Made with AI. Voice: CC BY, Somebody"
    assert audio["digitalSourceType"] == "https://schema.org/AlgorithmicMediaDigitalSource"
    assert "transcript" in audio["accessibilityFeature"]


def test_all_source_types_have_a_name_there():
    told = {
        json_ld(replace(FULL, source_type=IPTC + name), PAGE)["audio"]["digitalSourceType"].rpartition("/")[2]
        for name in SOURCES
    }
    assert told == set(VOCABULARY["members"]["IPTCDigitalSourceEnumeration"])
    for unknown in ("madeUp", "", "humanEdits"):
        assert "digitalSourceType" not in json_ld(replace(FULL, source_type=IPTC + unknown), PAGE)["audio"]


def test_what_is_not_known_is_not_told():
    told = json_ld(BARE, "")
    assert not {"author", "url", "datePublished", "image", "publisher", "articleSection"} & set(told)
    assert "isBasedOn" not in told["audio"]
