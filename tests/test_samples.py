"""The samples are the demo and the golden input: what is read, what is left out, what is said, line by line."""

import difflib
import struct
from dataclasses import dataclass
from pathlib import Path

import pytest

from articleaudio.config import load_house
from articleaudio.model import Article, BlockKind, Role, Script
from articleaudio.plan import closed
from articleaudio.read import read_articles
from articleaudio.read.discover import Skipped, discover
from articleaudio.script import AcronymStyle, Style, text_view, write_script

GOLDEN = Path(__file__).parent / "golden"
SAMPLES = Path(__file__).parent.parent / "samples"


@dataclass(frozen=True)
class Sample:
    file: str
    title: str
    authors: tuple[str, ...]
    published: str
    url: str
    headings: tuple[str, ...]
    noise: tuple[tuple[str, str], ...]
    """Reason in the ledger (empty where several would do), and a phrase of what is dropped for it."""

    @property
    def name(self) -> str:
        return Path(self.file).stem


ALL = (
    Sample(
        "strike.html",
        "Velmora downs 2 Su-34 jets after Karsk fires ICBM at port city",
        ("Katya Holm", "Daniel Oyelaran"),
        "2026-02-04T08:20:41+00:00",
        "https://example.org/velmora-downs-2-su-34-jets-after-karsk-fires-icbm/",
        (),
        (
            ("caption", "Firefighters work at a damaged substation"),
            ("caption", "A map of the Velmoran coast"),
            ("player", "This audio is created with AI assistance"),
            ("related", "How Lindava learned to live underground"),
            ("related", "a metro station became a school"),
            ("plea", "I wrote this story after a night without power"),
            ("", "4 min read"),
            ("", "What an ICBM is, and what it is not"),
            ("", "Karsk parliament extends draft"),
            ("", "Only 1 in 300 pays"),
            ("", "We have no owner with a yacht"),
            ("", "Three grain ships leave Lindava"),
            ("", "The week at the front in ten minutes"),
            ("", "Get the morning briefing"),
            ("", "Sign in"),
        ),
    ),
    Sample(
        "harbor.html",
        "Port Ansel clears the way for a $48 million harbor rebuild",
        ("Tomas Reyes-Lind", "Claire Okafor"),
        "2026-03-17T05:40:00-04:00",
        "https://example.org/2026/03/17/port-ansel-harbor-rebuild/",
        ("A wall built for 1962", "Who pays", "Doubts on the docks"),
        (
            ("caption", "Waves break over the Port Ansel seawall"),
            ("related", "Storm tide floods 140 homes"),
            ("related", "Goat returns to school"),
            ("share", "E-mail this story"),
            ("signup", "Local news from Port Ansel in your inbox"),
            ("comments", "My basement has had fish in it twice"),
            ("", "We use cookies"),
            ("", "covers the coast for The Meridian Daily"),
            ("", "All rights reserved"),
        ),
    ),
    Sample(
        "longread.html",
        "The ship that mends the internet",
        ("Nadia Ferreira",),
        "2026-05-09T06:00:00+02:00",
        "https://example.org/magazine/the-ship-that-mends-the-internet/",
        (
            "A hair of glass",
            "What kills a cable",
            "Fifty-eight people and a dog",
            "What the ship carries",
            "The hunt for the ends",
            "The splice",
            "Who else is listening",
            "The green square",
        ),
        (
            ("caption", "at her berth in Halden in April"),
            ("caption", "where talking is not allowed"),
            ("", "9 min read"),
            ("", "is a staff writer for the magazine"),
            ("", "He has been told to leave four times"),
            ("plea", "please consider a subscription"),
        ),
    ),
    Sample(
        "budget.md",
        "What the $4.2 billion state budget means for you",
        ("Miriam Castellanos",),
        "2026-06-30T00:00:00",
        "https://example.org/2026/06/30/what-the-state-budget-means/",
        ("Schools get the most", "What changes at home", "Roads, water and a late train", "What was left out"),
        (("footnote", "The count is from the May estimate"),),
    ),
    Sample("council.txt", "Buses, Bees and a Clock That Runs Backward", (), "", "", (), ()),
    Sample(
        "energy-uk.html",
        "Вербівка переходить на сонце: громада за рік встановила 1200 панелей",
        ("Олена Гринчук",),
        "2026-04-21T12:30:00+03:00",
        "https://example.org/uk/2026/04/21/verbivka-soniachni-paneli/",
        ("Скільки це коштувало", "Що далі"),
        (
            ("caption", "Сонячні панелі на даху лікарні у Вербівці"),
            ("related", "Як Яструбине опалює школу соломою"),
            ("signup", "Головне за тиждень щосуботи"),
            ("", "енергетика, громади"),
            ("", "У Залісцях відкрили міст"),
        ),
    ),
    Sample(
        "quarterly.html",
        "K&T Freight lifts outlook after Q3 profit climbs 12.5%",
        ("Ada Quill",),
        "2026-10-22T13:04:00+00:00",
        "https://example.org/business/2026/10/22/kt-freight-third-quarter/",
        ("A better Q4", "Costs ahead"),
        (
            ("caption", "K&T runs 14,600 trucks"),
            ("related", "Why diesel got cheap"),
            ("", "10-yr 4.12%"),
            ("", "editing by Sam Orr"),
            ("", "Write to Ada Quill"),
            ("", "All Rights Reserved"),
            ("", "The day in markets, in your inbox"),
            ("", "Railroads court small shippers"),
        ),
    ),
    Sample(
        "ghost-post.json",
        "Night ferry returns to the strait, without cars & without haste",
        ("Ida Berg",),
        "2026-08-25T05:30:00+00:00",
        "https://example.org/night-ferry-returns/",
        ("Why at night", "What can go wrong", "Can I take my dog?"),
        (
            ("caption", "The strait, seen"),
            ("player", "Listen to this article"),
            ("related", "The last ferry"),
            ("plea", "our sea chart"),
        ),
    ),
    Sample(
        "mixed.md",
        "A choir of three villages learns one word a week",
        ("Anna Halloran",),
        "2026-08-19T00:00:00",
        "https://example.org/2026/08/19/a-choir-of-three-villages/",
        ("A word for evenings",),
        (),
    ),
)

MANY = {
    "small-news.json": (("Town clock takes a day off",), ()),
    "desk.json": (("Ice cream van changes its tune",), ()),
    "ghost-export.json": (
        ("A light goes out after 164 years",),
        ("The quay", "Who owns the harbor", "Harbor news, week 29"),
    ),
    "wordpress-post.json": (
        ("Baker counts the holes in his bread & finds 4,317",),
        ("Protected: What our readers said about bread",),
    ),
    "wordpress-export.xml": (
        ("The library that lends out umbrellas & ladders", "A goose holds up the 8:15"),
        ("Mayor to open the new footbridge, perhaps", "Minutes of the umbrella committee"),
    ),
    "feed.xml": (("Lighthouse keeper retires, again", "Why the fog horn now plays in F"), ()),
    "library.docx": (("The library that lends out ladders",), ()),
    "sorrel-bay.epub": (("1. The Clock on the Pier", "2. Salt"), ()),
}
"""Other shapes of sources: the titles of what they hold for everybody, and of what is skipped."""

every_sample = pytest.mark.parametrize("sample", ALL, ids=lambda sample: sample.name)


def read(sample: Sample) -> Article:
    (source,) = discover([str(SAMPLES / sample.file)])
    (article,) = read_articles(source)
    return article


def script(article: Article) -> Script:
    return write_script(article, Style(disclosure=load_house(SAMPLES / "articleaudio.toml").disclosure))


@every_sample
def test_says_what_a_newsreader_would_say(sample):
    expected = (SAMPLES / f"{sample.name}.script").read_text("utf-8").splitlines()
    said = text_view(script(read(sample))).splitlines()

    diff = list(difflib.unified_diff(expected, said, f"{sample.name}.script", "said", lineterm="", n=0))

    if diff:
        pytest.fail("\n".join(diff), pytrace=False)


@every_sample
def test_knows_what_the_article_is(sample):
    article = read(sample)

    assert article.title == sample.title
    assert article.authors == sample.authors
    assert (article.published.isoformat() if article.published else "") == sample.published
    assert article.url == sample.url
    assert tuple(block.text for block in article.blocks if block.kind is BlockKind.HEADING) == sample.headings


@every_sample
def test_says_none_of_the_noise_and_lists_all_of_it(sample):
    article = read(sample)
    spoken = " ".join(s.written for s in script(article).segments if s.role is not Role.DISCLOSURE)

    for reason, phrase in sample.noise:
        reasons = {dropped.reason for dropped in article.dropped if phrase in dropped.text}
        assert reasons, f"{phrase!r} is not in the ledger"
        assert not reason or reason in reasons, f"{phrase!r} was dropped as {reasons}, not as {reason}"
        assert phrase not in spoken


@pytest.mark.parametrize("file", MANY)
def test_reads_every_shape_and_skips_what_is_not_public(file):
    (source,) = discover([str(SAMPLES / file)])
    articles = [item for item in read_articles(source) if isinstance(item, Article)]
    public = [article for article in articles if not closed(article)]
    private = [article for article in articles if closed(article)]
    expected = (SAMPLES / f"{Path(file).stem}.script").read_text("utf-8")

    assert (tuple(a.title for a in public), tuple(a.title for a in private)) == MANY[file]
    assert "\n".join(text_view(script(article)) for article in public) == expected


def test_words_of_other_languages_are_left_to_their_voices():
    segments = script(read(next(sample for sample in ALL if sample.name == "mixed"))).segments
    found = [(one.written[cut.start : cut.end], cut.language) for one in segments for cut in one.switches]

    assert found == [
        ("à couper le souffle", "fr"), ("Олена Гринчук", "uk"), ("Вербівка", "uk"), ("тиша", "uk"),
        ("Feierabend", "de"), ("Lied vom späten Licht", "de"),
    ]  # fmt: skip


def test_a_pull_quote_is_said_once():
    article = read(next(sample for sample in ALL if sample.name == "longread"))
    phrase = "The sea does not need a villain."

    assert sum(block.text.count(phrase) for block in article.blocks) == 1
    assert any(phrase in dropped.text for dropped in article.dropped)


def test_a_correction_is_kept_and_said_last():
    spoken = script(read(next(sample for sample in ALL if sample.name == "longread"))).segments

    assert [segment.role for segment in spoken[-2:]] == [Role.NOTE, Role.NOTE]
    assert spoken[-2].written.startswith("Correction, May 11, 2026:")


def test_the_wire_story_has_the_length_that_the_demo_needs():
    """500 words are over two minutes at any rate a newsreader speaks at, so its chapters come from paragraphs."""
    article = read(ALL[0])

    assert 500 <= sum(len(block.text.split()) for block in article.blocks) <= 650
    assert {block.kind for block in article.blocks} == {BlockKind.PARAGRAPH}


def test_every_article_of_the_folder_has_its_script():
    sources = {Path(found.name).name for found in discover([str(SAMPLES)]) if not isinstance(found, Skipped)}

    assert sources == {sample.file for sample in ALL} | set(MANY)
    assert {path.stem for path in SAMPLES.glob("*.script")} == {Path(source).stem for source in sources}


def test_the_house_file_and_its_cover_are_fit_for_a_podcast_directory():
    show = load_house(SAMPLES / "articleaudio.toml").show
    cover = show.image.read_bytes()
    width, height = struct.unpack(">II", cover[16:24])

    assert show.base_url == "https://audio.example.org"
    assert show.owner_email
    assert cover.startswith(b"\x89PNG")
    assert width == height
    assert 1400 <= width <= 3000
    assert len(cover) < 300_000


@pytest.mark.parametrize("acronyms", [AcronymStyle.EXPAND_FIRST, AcronymStyle.ALWAYS_EXPAND])
def test_the_wire_story_in_the_other_house_styles(acronyms):
    article = read(next(sample for sample in ALL if sample.name == "strike"))
    disclosure = load_house(SAMPLES / "articleaudio.toml").disclosure
    expected = (GOLDEN / f"strike.{acronyms}.script").read_text("utf-8").splitlines()
    assert text_view(write_script(article, Style(disclosure=disclosure, acronyms=acronyms))).splitlines() == expected
