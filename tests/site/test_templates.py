"""Templates of a house in the place of ours."""

from __future__ import annotations

from pathlib import Path

import pytest

import newsroom
from articleaudio.errors import ConfigError


@pytest.fixture
def house(tmp_path) -> Path:
    folder = tmp_path / "house"
    folder.mkdir()
    return folder


def files(out: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}


def test_a_house_can_override_one_template(site, house):
    newsroom.publish(site.library, newsroom.article())
    (house / "footer.html").write_text("<footer>Ours, {{ show.author }}</footer>")
    site.build(templates=house)
    assert "<footer>Ours, The Harbour Post</footer>" in (site.out / "index.html").read_text("utf-8")
    page = next(site.out.glob("episodes/*/index.html")).read_text("utf-8")
    assert "<footer>Ours, The Harbour Post</footer>" in page
    assert "<article-audio" in page


def test_what_articles_say_stays_text_in_templates_of_a_house(site, house):
    newsroom.publish(site.library, newsroom.article(title=newsroom.HOSTILE))
    (house / "card.html").write_text("<h3>{{ episode.title }}</h3>")
    site.build(templates=house)
    index = (site.out / "index.html").read_text("utf-8")
    assert "<h3>&lt;script&gt;" in index
    assert "<script>" not in index


@pytest.mark.parametrize(
    ("name", "text", "line", "reason"),
    [
        ("footer.html", "<p>\n{% if %}\n</p>", 2, "Expected an expression"),
        ("footer.html", "<p>\n\n{{ show.titel }}</p>", 3, "no attribute 'titel'"),
        ("footer.html", "{% include 'nowhere.html' %}", 1, "there is no template nowhere.html"),
        ("episode.html", "{{ episode.title }}\n{{ episode.published.year }}", 2, "no attribute 'year'"),
        ("embed.html", "\n\n\n{{ 1 // 0 }}", 4, "division"),
        ("archive.html", "{{ chunk.nothing() }}", 1, "nothing"),
    ],
)
def test_a_template_that_does_not_work_is_named_and_nothing_is_written(site, house, name, text, line, reason):
    newsroom.publish(site.library, newsroom.article())
    before = files(site.out)
    (house / name).write_text(text)
    with pytest.raises(ConfigError, match=reason) as raised:
        site.build(templates=house)
    assert raised.value.message.startswith(f"{house / name}, line {line}: ")
    assert "docs/templates.md" in raised.value.hint
    assert files(site.out) == before


def test_a_template_that_is_no_text_is_named(site, house):
    (house / "footer.html").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="utf-8"):
        site.build(templates=house)


def test_a_template_put_right_is_used_in_the_same_process(site, house):
    newsroom.publish(site.library, newsroom.article())
    (house / "footer.html").write_text("{% if %}")
    with pytest.raises(ConfigError):
        site.build(templates=house)
    (house / "footer.html").write_text("<footer>Right.</footer>")
    site.build(templates=house)
    assert "<footer>Right.</footer>" in (site.out / "index.html").read_text("utf-8")
