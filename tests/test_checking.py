"""The proof on finished files, tried on real episodes: good ones pass, and each damage gets its finding."""

import dataclasses
import itertools
import json
import math
import shutil
from pathlib import Path

import jsonschema
import numpy as np
import pytest
import soundfile
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from mutagen import id3

from articleaudio.checking import Asked, Severity, check_each, check_output, clock, report_object
from articleaudio.checking.clicks import clicks
from articleaudio.checking.page import Page
from articleaudio.checking.schema import episode_schema, schema_findings
from articleaudio.checking.sound import listen
from articleaudio.cli import cli
from articleaudio.errors import SourceError, UsageError
from articleaudio.master.loudness import frame_energies, loudness, true_peak
from articleaudio.master.measure import longest_silence
from articleaudio.model import Flag
from articleaudio.publish.library import Library

SHORT = "# Ferry\n\nThe ferry sails again on Monday.\n"
LONG = (
    "# The ferry sails again\n\n"
    "The ferry to the outer islands will sail again on Monday, after 41 days in the yard.\n\n"
    "## Two sailings a day\n\n"
    "The boat leaves at seven and at four. Engineers replaced both shafts, the office said.\n\n"
    "## What it costs\n\nAdults pay nine euros, and children sail free. Nobody was hurt when the shaft broke.\n"
)
LONGER = LONG + "".join(f"\n## Part {n}\n\n" + "The harbour office told us more about the yard. " * 6 for n in range(3))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Three real episodes of several lengths, with feed and receipts."""
    folder = tmp_path_factory.mktemp("made")
    for name, text in (("short", SHORT), ("long", LONG), ("longer", LONGER)):
        (folder / f"{name}.md").write_text(text.replace("# The ferry", f"# {name.title()}: the ferry", 1), "utf-8")
    arguments = ["convert", *map(str, sorted(folder.glob("*.md"))), "--out", str(folder / "out"), "--jobs", "1"]
    settled = ["--state", str(folder / "state"), "--cache", str(folder / "cache"), "--base-url", "https://a.example/"]
    result = CliRunner().invoke(cli, [*arguments, *settled])
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture
def out(made, tmp_path):
    """A copy to be damaged; the state folder stays."""
    shutil.copytree(made / "out", tmp_path / "out")
    return tmp_path / "out"


@pytest.fixture
def state(made):
    (found,) = (made / "state").iterdir()
    return found


def the_long_one(out: Path) -> Path:
    (found,) = out.glob("episodes/long-*")
    return found


def mp3_of(folder: Path) -> Path:
    (found,) = folder.glob("*.mp3")
    return found


def found_in(out, state=None):
    """Findings of the long episode that fail the check, by kind."""
    kinds = {}
    for report in check_output(out, state, episode=the_long_one(out).name):
        for finding in report.findings:
            if finding.severity is Severity.ERROR:
                kinds.setdefault(finding.kind, []).append(finding)
    return kinds


def change(folder, **members):
    path = folder / "episode.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | members), "utf-8")


def spoil(path: Path, how) -> None:
    """Decode an MP3, change its samples, and encode it again."""
    samples, rate = soundfile.read(path, dtype="float32")
    samples = samples.copy()
    how(samples, rate)
    with path.open("wb") as file:
        soundfile.write(file, np.clip(samples, -1, 1), rate, format="MP3")


@pytest.mark.parametrize("with_state", [True, False])
def test_good_episodes_are_good(out, state, with_state):
    reports = check_output(out, state if with_state else None)

    assert len(reports) == 3
    assert [finding for report in reports for finding in report.findings] == []
    assert all(abs(report.measures.integrated + 16) <= 1.5 and report.measures.peak <= -1 for report in reports)


def test_the_receipts_figures_and_those_measured_again_agree(out, state):
    reports = check_output(out, state)

    assert len({round(report.measures.duration) for report in reports}) == 3
    for report in reports:
        assert report.receipt is not None
        assert report.measures.integrated == pytest.approx(report.receipt.integrated, abs=0.1)
        assert report.measures.peak == pytest.approx(report.receipt.peak, abs=0.1)
        assert report.measures.clipped == report.receipt.clipped == 0


def test_blocks_measure_what_the_whole_does(out):
    for path in out.glob("episodes/*/*.mp3"):
        samples, rate = soundfile.read(path, dtype="int16")
        measures = listen(path).measures()
        pcm = samples.astype("<i2").tobytes()
        frame = round(rate / 10)
        assert measures.duration == pytest.approx(len(samples) / rate, abs=1e-4)
        assert measures.integrated == pytest.approx(loudness(frame_energies(pcm, rate, frame), rate, frame), abs=0.01)
        assert measures.peak == pytest.approx(true_peak(pcm, rate), abs=0.1)
        assert measures.silence == pytest.approx(longest_silence(samples, rate), abs=0.001)


def test_a_receipt_that_tells_other_figures_is_found(out, state, tmp_path):
    shutil.copytree(state, tmp_path / "state")
    library = Library(out, tmp_path / "state")
    receipt = library.receipt(json.loads((the_long_one(out) / "episode.json").read_text("utf-8"))["id"])
    told = dataclasses.replace(receipt.loudness, integrated=-15.0, peak=-2.5)
    library.keep(dataclasses.replace(receipt, loudness=told))

    assert len(found_in(out, tmp_path / "state")["receipt"]) == 2


def test_a_truncated_mp3_is_found(out):
    path = mp3_of(the_long_one(out))
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])
    found = found_in(out)

    assert {"file", "duration"} <= set(found)
    assert any("bytes" in finding.what for finding in found["file"])
    document = json.loads((path.parent / "episode.json").read_text("utf-8"))
    assert 0 < found["duration"][0].second < document["audio"]["duration"] - 1
    assert any("not heard" in finding.what for finding in found["silence"])


def test_one_flipped_byte_is_found(out):
    path = mp3_of(the_long_one(out))
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(bytes(data))

    (finding,) = found_in(out)["file"]
    assert "SHA-256" in finding.what


def test_a_file_that_is_no_sound_is_found(out):
    mp3_of(the_long_one(out)).write_bytes(b"<html>not found</html>" * 500)

    assert any("cannot be decoded" in finding.what for finding in found_in(out)["file"])


def test_a_swapped_file_is_found(out):
    (other,) = out.glob("episodes/longer-*/*.mp3")
    shutil.copyfile(other, mp3_of(the_long_one(out)))
    found = found_in(out)

    assert {"file", "duration", "tag"} <= set(found)
    assert any("title" in finding.what for finding in found["tag"])


def test_an_edited_tag_is_found(out):
    path = mp3_of(the_long_one(out))
    tag = id3.ID3(path)
    tag["CHAP:chp1"].start_time += 5_000
    tag["CHAP:chp2"].sub_frames["TIT2"].text = ["Something else"]
    tag.save(path, v2_version=3)
    chapters = json.loads((path.parent / "episode.json").read_text("utf-8"))["chapters"]
    found = found_in(out)

    assert "file" in found
    assert {chapters[1]["start"], chapters[2]["start"]} <= {finding.second for finding in found["tag"]}
    assert any("Something else" in finding.what for finding in found["tag"])


def test_a_tag_that_was_taken_away_is_found(out):
    path = mp3_of(the_long_one(out))
    id3.ID3(path).delete(path)

    assert any("no tag" in finding.what for finding in found_in(out)["tag"])


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda text: text.replace("WEBVTT", "SRT", 1), "WEBVTT"),
        (lambda text: text.replace("ferry", "fairy"), "otherwise"),
        (lambda text: text.replace("s0003\n00:00:", "s0003\n00:01:", 1), "before it starts"),
        (
            lambda text: text.replace("s0003\n00:00:0", "s0003\n00:00:00.100 --> 00:00:0", 1),
            "without times|starts before",
        ),
        (lambda text: "\n\n".join(part for part in text.split("\n\n") if not part.startswith("s0003")), "missing"),
        (lambda text: text + "\nx\n01:00:00.000 --> 01:00:01.000\nToo late\n", "of no|belongs to no"),
    ],
)
def test_wrong_captions_are_found(out, damage, told):
    path = the_long_one(out) / "captions.vtt"
    path.write_text(damage(path.read_text("utf-8")), "utf-8")
    text = " ".join(finding.what for finding in found_in(out)["captions"])

    assert any(part in text for part in told.split("|")), text


def test_captions_that_overlap_are_found_at_their_second(out):
    path = the_long_one(out) / "captions.vtt"
    document = json.loads((path.parent / "episode.json").read_text("utf-8"))
    blocks = path.read_text("utf-8").split("\n\n")
    at = next(number for number, block in enumerate(blocks) if block.startswith("s0003\n"))
    lines = blocks[at].split("\n")
    lines[1] = f"00:00:00.500 --> {lines[1].partition(' --> ')[2]}"
    blocks[at] = "\n".join(lines)
    path.write_text("\n\n".join(blocks), "utf-8")
    told = {finding.second: finding.what for finding in found_in(out)["captions"]}

    assert document["segments"][2]["start"] > 1
    assert 0.5 in told


@pytest.mark.parametrize(
    "name", ["captions.vtt", "captions.srt", "transcript.json", "transcript.html", "chapters.json"]
)
@pytest.mark.parametrize("lost", [True, False])
def test_lost_and_broken_side_files_are_found(out, state, name, lost):
    path = the_long_one(out) / name
    path.unlink() if lost else path.write_bytes(b"\xff{")
    for known in (None, state):
        assert any(one.where == name for found in found_in(out, known).values() for one in found)


def test_words_and_chapters_out_of_place_are_found(out):
    folder = the_long_one(out)
    document = json.loads((folder / "episode.json").read_text("utf-8"))
    document["segments"][3]["words"][0][0] = document["segments"][3]["start"] - 1
    document["chapters"][-1]["end"] -= 1
    change(folder, **document)
    found = found_in(out)["episode"]

    assert document["segments"][3]["start"] in {finding.second for finding in found}
    assert any("last chapter" in finding.what for finding in found)


def test_an_episode_json_of_another_form_is_found(out):
    change(the_long_one(out), authors="nobody", version=0)
    told = [finding.what for finding in found_in(out)["episode"]]

    assert sorted(told) == ["authors: array is needed", "version: too small"]


@pytest.mark.parametrize("text", ["", "[" * 100_000, "[]", "{", '{"schema": NaN}'])
def test_an_episode_json_that_is_none_is_found(out, text):
    folder = the_long_one(out)
    (folder / "episode.json").write_text(text, "utf-8")

    assert "episode" in found_in(out)


def test_a_feed_that_tells_another_length_is_found(out):
    path = out / "feed.xml"
    size = mp3_of(the_long_one(out)).stat().st_size
    path.write_text(path.read_text("utf-8").replace(f'length="{size}" type="audio/mpeg" />', 'length="7" />'), "utf-8")

    assert any("the feed says 7" in finding.what for finding in found_in(out)["feed"])


def test_a_feed_that_leads_nowhere_is_found(out):
    shutil.rmtree(the_long_one(out))
    *_, around = check_output(out)

    assert not around.slug
    assert any("without an episode" in finding.what for finding in around.findings)


def test_a_lost_mp3_is_found_in_folder_and_feed(out):
    mp3_of(the_long_one(out)).unlink()
    found = found_in(out)

    assert {"file", "feed"} <= set(found)
    assert "missing" in found["file"][0].what


def test_temporary_files_are_found(out):
    (the_long_one(out) / ".x.mp3.12.ab.tmp").write_bytes(b"half")

    assert "leftover" in found_in(out)


def test_silence_clicks_clipping_and_level_are_found_with_their_seconds(out):
    path = mp3_of(the_long_one(out))

    def how(samples, rate):
        samples[6 * rate : 9 * rate] = 0
        samples[11 * rate : 13 * rate] *= 6
        loud = np.flatnonzero(np.abs(samples[2 * rate : 5 * rate]) < 0.001)[0] + 2 * rate
        samples[loud] += 0.9
        how.click = loud / rate

    spoil(path, how)
    found = found_in(out)

    assert found["silence"][0].second == pytest.approx(6, abs=1.0)  # the pause before it is silent too
    assert any(finding.second == pytest.approx(how.click, abs=0.05) for finding in found["click"])
    assert 11 <= found["clipped"][0].second <= 13
    assert 11 <= found["peak"][0].second <= 13
    assert "loudness" in found


def test_sound_in_a_pause_is_an_error_where_it_is_known_that_none_is_planned(out, state):
    path = mp3_of(the_long_one(out))
    segments = json.loads((path.parent / "episode.json").read_text("utf-8"))["segments"]
    middle = max(
        ((a["end"] + b["start"]) / 2 for a, b in itertools.pairwise(segments)),
        key=lambda at: min(abs(at - part[side]) for part in segments for side in ("start", "end")),
    )

    def how(samples, rate):
        at = int(middle * rate)
        samples[at - 2000 : at + 2000] = 0.1 * np.sin(np.arange(4000) / 20)

    spoil(path, how)
    assert found_in(out, state)["pause"][0].second == pytest.approx(middle, abs=0.5)
    assert "pause" not in found_in(out)


def test_doubtful_readings_are_notes(out, state, tmp_path):
    shutil.copytree(state, tmp_path / "state")
    library = Library(out, tmp_path / "state")
    receipt = library.receipt(json.loads((the_long_one(out) / "episode.json").read_text("utf-8"))["id"])
    flag = Flag("s0004", "“4/5” may be a date")
    library.keep(dataclasses.replace(receipt, flags=(flag,)))
    (report,) = check_output(out, tmp_path / "state", episode=receipt.slug)

    assert (report.errors, report.notes) == (0, 1)
    assert report.findings[0].second == pytest.approx(receipt.segments[3].start)


def test_an_episode_is_found_by_slug_id_and_address(out):
    folder = the_long_one(out)
    change(folder, url="https://harbour.example/ferry")
    ident = json.loads((folder / "episode.json").read_text("utf-8"))["id"]

    for name in (folder.name, ident, "https://harbour.example/ferry/#top"):
        assert [report.slug for report in check_output(out, episode=name)] == [folder.name]
    with pytest.raises(UsageError):
        check_output(out, episode="no-such")
    with pytest.raises(SourceError):
        check_output(folder)


def test_the_walker_finds_what_a_whole_validator_finds(out):
    document = json.loads((the_long_one(out) / "episode.json").read_text("utf-8"))
    validator = jsonschema.Draft202012Validator(episode_schema())
    broken = [{}, document, document | {"status": "retracted"}, document | {"id": 3}, document | {"published": "now"}]
    broken += [{name: value for name, value in document.items() if name != left} for left in document]
    broken += [document | {name: wrong} for name in document for wrong in (None, -1, "", [], {}, [{}], True)]
    for value in broken:
        told = list(schema_findings(value, episode_schema(), episode_schema()))
        assert told or validator.is_valid(value), value.keys()
    assert not list(schema_findings(document, episode_schema(), episode_schema()))


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 9_999), st.floats(0.1, 0.5), st.sampled_from([16_000, 22_050, 44_100]))
def test_a_jump_in_a_quiet_hum_is_a_click_and_the_hum_is_none(place, height, rate):
    hum = 0.02 * np.sin(np.arange(20_000) * 2 * math.pi * 120 / rate)
    assert clicks(hum, rate) == []
    hum[place + 5_000] += height
    assert any(abs(at - place - 5_000) <= 2 for at, _ in clicks(hum, rate))


def test_infinite_figures_are_null_in_json(out):
    path = mp3_of(the_long_one(out))
    spoil(path, lambda samples, rate: samples.fill(0))
    (report,) = check_output(out, episode=path.parent.name)
    value = json.loads(json.dumps(report_object(report), allow_nan=False))

    assert value["measures"]["integrated"] is None
    assert not value["ok"]
    assert any("no sound" in finding["what"] for finding in value["findings"])


def test_the_page_holds_its_own_and_escapes_what_it_shows(out, tmp_path):
    folder = the_long_one(out)
    change(folder, title="<script>alert(1)</script>")
    with Page(tmp_path / "sub" / "check.html", out) as page:
        for checked in check_each(Asked(out, page=tmp_path / "sub" / "check.html")):
            page.add(checked)
        page.write()
    text = (tmp_path / "sub" / "check.html").read_text("utf-8")

    assert "<script" not in text
    assert "http" not in text.replace("http-equiv", "")
    assert text.count("<svg class=") == 3
    assert f"../out/episodes/{folder.name}/{mp3_of(folder).name}#t=" in text


def test_clock():
    assert [clock(5), clock(65.96, tenths=True), clock(3725), clock(59.97, tenths=True)] == [
        "0:05",
        "1:06.0",
        "1:02:05",
        "1:00.0",
    ]
