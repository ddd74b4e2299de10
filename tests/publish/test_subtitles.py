from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsroom
from articleaudio.checking.readable import subtitle_findings
from articleaudio.model import Boundary, Role, Segment, TimedSegment, WordTime
from articleaudio.publish.captions import LONGEST, captions, cues
from articleaudio.publish.subtitles import JOINER, subtitles

TIMES = re.compile(r"(\d\d:\d\d:\d\d),(\d{3}) --> (\d\d:\d\d:\d\d),(\d{3})")


def timed(text, start=0.0, word=0.3, number=1) -> TimedSegment:
    tokens = newsroom.tokens(text)
    words = tuple(
        WordTime(start + at * word, start + (at + 1) * word - 0.02, token.start, token.end)
        for at, token in enumerate(tokens)
    )
    segment = Segment(f"s{number:04}", Role.BODY, text, tokens, Boundary.SENTENCE, "en")
    return TimedSegment(segment, start, start + max(1, len(tokens)) * word, 0, words, "key")


def read(text: str) -> list[tuple[str, str]]:
    """Read a file back as strictly as any program does; gives times and text of each cue."""
    found = []
    for number, block in enumerate(text.rstrip("\n").split("\n\n"), 1):
        told, times, *lines = block.split("\n")
        assert told == str(number)
        assert TIMES.fullmatch(times)
        assert 1 <= len(lines) <= 2
        assert all(line.strip() for line in lines)
        found.append((times, "\n".join(lines)))
    return found


def test_a_cue_has_its_number_its_times_and_two_lines_at_most():
    text = "The ferry to the outer islands will sail again on Monday, after 41 days in the yard."
    assert subtitles(cues([timed("Good evening."), timed(text, 3661.0, number=2)])) == (
        "1\n00:00:00,000 --> 00:00:00,600\nGood evening.\n\n"
        "2\n01:01:01,000 --> 01:01:06,100\n"
        "The ferry to the outer islands will sail\nagain on Monday, after 41 days in the yard.\n"
    )


def test_long_segments_are_cut_as_the_captions_are():
    segments = [timed("Engineers replaced both shafts of the Aurora, the harbour office said; " * 3)]
    shown = [text.replace("\n", " ") for _, text in read(subtitles(cues(segments)))]
    assert shown == [" ".join(chunk.text for chunk in cue.chunks) for cue in cues(segments)]
    assert len(shown) > 2
    assert max(map(len, shown)) <= LONGEST


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Type <b> for bold", f"Type <{JOINER}b> for bold"),
        ("</script> and <!-- that", f"<{JOINER}/script> and <{JOINER}!-- that"),
        ("In braces {\\an8} too", f"In braces {{{JOINER}\\an8}} too"),
        ("An arrow --> points", f"An arrow --{JOINER}> points"),
        ("A & B, 3 < 4 > 2", "A & B, 3 < 4 > 2"),
    ],
)
def test_what_players_take_for_markup_is_kept_apart(text, shown):
    assert read(subtitles(cues([timed(text)])))[0][1] == shown


def test_without_anything_to_show_there_is_no_cue():
    assert subtitles(cues([])) == ""


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200), min_size=1, max_size=6))
def test_any_text_says_what_the_captions_say(tmp_path_factory, texts):
    written = [" ".join(text.split()) or "x" for text in texts]
    segments = [timed(text, at * 20.0, number=at + 1) for at, text in enumerate(written)]
    folder = tmp_path_factory.getbasetemp()
    (folder / "a.srt").write_bytes(subtitles(cues(segments)).encode())
    (folder / "a.vtt").write_bytes(captions(cues(segments)).encode())
    assert len(read(subtitles(cues(segments)))) == sum(1 for _ in cues(segments))
    assert list(subtitle_findings(folder / "a.srt", folder / "a.vtt")) == []


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda text: text.replace("ferry", "fairy"), "cue 1 differs"),
        (lambda text: text.replace("00:00:00,000", "00:00:00,010", 1), "cue 1 differs"),
        (lambda text: text.replace("1\n", "7\n", 1), "numbered '7'"),
        (lambda text: text + "\n3\n00:01:00,000 --> 00:01:01,000\nToo many\n", "cue 3 differs"),
        (lambda text: text[: text.index("\n2\n")], "cue 2 differs"),
        (lambda text: "\ufeff" + text, "byte order mark"),
    ],
)
def test_a_file_that_says_something_else_is_found(tmp_path, damage, told):
    segments = [timed("The ferry sails."), timed("Nobody was hurt.", 5.0, number=2)]
    (tmp_path / "captions.srt").write_text(damage(subtitles(cues(segments))), "utf-8")
    (tmp_path / "captions.vtt").write_text(captions(cues(segments)), "utf-8")
    found = [finding.what for finding in subtitle_findings(tmp_path / "captions.srt", tmp_path / "captions.vtt")]
    assert any(told in what for what in found), found
