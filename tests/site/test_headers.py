"""The table of how public files are delivered knows every file that we write."""

from __future__ import annotations

import pytest

from articleaudio.site.headers import FOR_A_MOMENT, FOR_AN_HOUR, FOR_GOOD, UNKNOWN, cache_control, content_type

RSS = "application/rss+xml; charset=utf-8"
HTML = "text/html; charset=utf-8"
SCRIPT = "text/javascript; charset=utf-8"


@pytest.mark.parametrize(
    ("name", "kind", "kept"),
    [
        ("episodes/harbour/harbour.0a1b2c3d.mp3", "audio/mpeg", FOR_GOOD),
        ("harbour.0a1b2c3d.flac", "audio/flac", FOR_GOOD),
        ("line.mp3", "audio/mpeg", FOR_A_MOMENT),
        ("article-audio.0a1b2c3d.js", SCRIPT, FOR_GOOD),
        ("article-audio.js", SCRIPT, FOR_AN_HOUR),
        ("article-audio.css", "text/css; charset=utf-8", FOR_AN_HOUR),
        ("article-audio-page.js", SCRIPT, FOR_AN_HOUR),
        ("article-audio.svg", "image/svg+xml", FOR_AN_HOUR),
        ("cover.0a1b2c3d.png", "image/png", FOR_GOOD),
        ("cover.0a1b2c3d.jpg", "image/jpeg", FOR_GOOD),
        ("feed.xml", RSS, FOR_A_MOMENT),
        ("feed.uk.xml", RSS, FOR_A_MOMENT),
        ("feed-islands.uk.xml", RSS, FOR_A_MOMENT),
        ("feed.deadbeef.xml", RSS, FOR_A_MOMENT),  # a section may be called like a hash
        ("sitemap.xml", "application/xml; charset=utf-8", FOR_A_MOMENT),
        ("chapters.json", "application/json+chapters", FOR_A_MOMENT),
        ("oembed.json", "application/json", FOR_A_MOMENT),
        ("episodes/feed.xml/episode.json", "application/json", FOR_A_MOMENT),
        ("captions.vtt", "text/vtt; charset=utf-8", FOR_A_MOMENT),
        ("captions.srt", "application/x-subrip; charset=utf-8", FOR_A_MOMENT),
        ("transcript.html", HTML, FOR_A_MOMENT),
        ("INDEX.HTML", HTML, FOR_A_MOMENT),
        ("notes", UNKNOWN, FOR_A_MOMENT),
        ("tool.exe", UNKNOWN, FOR_A_MOMENT),
    ],
)
def test_types_and_times(name, kind, kept):
    assert (content_type(name), cache_control(name)) == (kind, kept)


def test_every_file_of_a_built_site_has_a_type(show_folder):
    files = [path for path in show_folder.rglob("*") if path.is_file()]
    assert len(files) > 20
    assert [path.name for path in files if content_type(path.name) == UNKNOWN and path.name[0] != "."] == []


def test_audio_and_versioned_player_of_a_built_site_are_kept_for_good(show_folder):
    kept = {path.suffix for path in show_folder.rglob("*") if cache_control(path.name) == FOR_GOOD}
    assert {".mp3", ".js"} <= kept <= {".mp3", ".js", ".png", ".jpg"}
