"""Sources and the errors that a user meets."""

from __future__ import annotations

from pathlib import Path

import pytest

from articleaudio.errors import NoArticleError, SourceError, TooLongError
from articleaudio.read import MAX_CHARACTERS, Source, read_articles
from articleaudio.read.source import MAX_BYTES, title_of_file


def article_error(data: bytes, name: str = "page.html") -> SourceError:
    with pytest.raises(SourceError) as caught:
        list(read_articles(Source(name=name, data=data, relative=name)))
    assert name in caught.value.message
    assert caught.value.hint
    assert caught.value.exit_code == 3
    return caught.value


def file_error(path: Path) -> SourceError:
    with pytest.raises(SourceError) as caught:
        list(read_articles(Source(name=str(path), path=path)))
    return caught.value


def test_missing(tmp_path: Path) -> None:
    assert "does not exist" in file_error(tmp_path / "gone.html").message


def test_a_folder(tmp_path: Path) -> None:
    assert "is a folder" in file_error(tmp_path).message


def test_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "empty.html").write_bytes(b"")
    assert "is empty" in file_error(tmp_path / "empty.html").message


def test_unreadable(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    assert "cannot read" in file_error(tmp_path / "a.txt" / "b.html").message


def test_a_huge_file_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    assert isinstance(file_error(path), TooLongError)


def test_white_space_only() -> None:
    assert "is empty" in article_error(b" \n\t ").message


def test_binary() -> None:
    assert "binary" in article_error(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "photo.html").message


@pytest.mark.parametrize(
    "page",
    [
        "<nav><a href='/'>Home</a> <a href='/news'>News</a></nav>",
        "<body><ul><li><a href='/a'>One story</a></li><li><a href='/b'>Another story</a></li></ul></body>",
        "<html><body><h1>A heading and nothing else</h1></body></html>",
        "<html><head><title>Nothing</title></head><body></body></html>",
        "<!-- only a comment -->",
        "<script>var x = 'A long enough sentence to be mistaken for an article by somebody.'</script>",
    ],
    ids=["navigation", "links", "heading", "no body", "comment", "script"],
)
def test_pages_without_an_article(page: str) -> None:
    assert isinstance(article_error(page.encode()), NoArticleError)


@pytest.mark.parametrize(("name", "text"), [("a.md", "# Only a heading\n"), ("a.txt", "---\n")])
def test_files_without_an_article(name: str, text: str) -> None:
    assert isinstance(article_error(text.encode(), name), NoArticleError)


PARAGRAPH = "The council met on Monday, and it agreed on nothing at all, as it has done on every Monday of the year. "


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("long.txt", (PARAGRAPH * 6 + "\n\n") * 8200),
        ("long.md", "".join(f"{n}: {PARAGRAPH * 6}\n\n" for n in range(1800))),
        ("long.html", "<article>" + "".join(f"<p>{n} {PARAGRAPH * 6}</p>" for n in range(8200))),
    ],
)
def test_too_long(name: str, data: str) -> None:
    assert len(data) > MAX_CHARACTERS
    assert isinstance(article_error(data.encode(), name), TooLongError)


def test_deeply_nested() -> None:
    text = f"<p>{PARAGRAPH * 3}</p>"
    data = "<html><body>" + "<div>" * 30_000 + text + "</div>" * 30_000 + text + "</body></html>"
    assert "deep" in article_error(data.encode()).message


def test_unclosed_without_end() -> None:
    page = "<html><title>Unclosed</title><body>" + "".join(f"<div><b>{n} {PARAGRAPH}" for n in range(900))
    (article,) = read_articles(Source(name="x.html", data=page.encode()))
    assert len(article.blocks) == 900


def test_many_attributes() -> None:
    attributes = " ".join(f"a{n}='{n}'" for n in range(200_000))
    (article,) = read_articles(Source(name="x.html", data=f"<article {attributes}><p>{PARAGRAPH}</p>".encode()))
    assert article.blocks[0].text == PARAGRAPH.strip()


def test_the_source_is_kept_as_named() -> None:
    (article,) = read_articles(Source(name="-", data=b"Rain\n\nIt rained."))
    assert article.source == "-"


@pytest.mark.parametrize(
    ("name", "title"),
    [("rain-in-may.html", "Rain in may"), ("a/b/the_end.md", "The end"), ("-", "Untitled")],
)
def test_a_title_from_the_name(name: str, title: str) -> None:
    assert title_of_file(Source(name=name)) == title
