"""Our preview server and the servers of docs/serving.md, set up as it says, are asked the same questions."""

from __future__ import annotations

import random
import re
from email import message_from_bytes
from email.utils import formatdate
from pathlib import Path

import pytest
import webservers

from articleaudio.site.headers import EXPOSED, cache_control, content_type

SERVERS = {"ours": webservers.ours, "nginx": webservers.nginx}
AUDIO = "episodes/ferry/ferry.0a1b2c3d.mp3"
DATA = random.Random(7).randbytes(300_000)
SIZE = len(DATA)
FILES = (
    "index.html",
    "feed.xml",
    "feed.uk.xml",
    "feed-islands.xml",
    "feed-islands.uk.xml",
    "article-audio.js",
    "article-audio.0a1b2c3d.js",
    "article-audio.css",
    "article-audio-page.js",
    "article-audio.svg",
    "cover.0a1b2c3d.png",
    "cover.0a1b2c3d.jpg",
    "playlist.json",
    AUDIO,
    "episodes/ferry/ferry.0a1b2c3d.flac",
    *(f"episodes/ferry/{name}.json" for name in ("episode", "chapters", "transcript", "oembed")),
    *(f"episodes/ferry/{name}.html" for name in ("index", "embed", "transcript")),
    *(f"episodes/ferry/captions.{ending}" for ending in ("vtt", "srt")),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("served") / "out"
    for name in FILES:
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(DATA if name.endswith("mp3") else f"{name} Пором\n".encode() * 100)
    (out / "empty.txt").touch()
    (out / ".half.tmp").write_text("half")
    (out / ".git").mkdir()
    (out / ".git/config").write_text("secret")
    out.with_name("secret.txt").write_text("secret")
    return out


@pytest.fixture(scope="module", params=SERVERS)
def server(request, folder, tmp_path_factory):
    with SERVERS[request.param](folder, tmp_path_factory.mktemp(request.param)) as address:
        yield request.param, webservers.Client(address)


@pytest.fixture
def ask(server):
    return server[1]


@pytest.fixture
def is_ours(server):
    return server[0] == "ours"


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("name", FILES)
def test_every_file_by_the_table(ask, is_ours, folder, name, method):
    status, headers, body = ask(name, method)
    data = (folder / name).read_bytes()
    assert (status, body) == (200, data if method == "GET" else b"")
    assert headers["content-type"] == content_type(name)
    assert headers["content-length"] == str(len(data))
    assert headers["accept-ranges"] == "bytes"
    assert re.fullmatch(r'"[!#-~]+"', headers["etag"])  # strong, or If-Range would not be heard
    assert headers["last-modified"] == formatdate((folder / name).stat().st_mtime, usegmt=True)
    kept = cache_control(name)
    assert headers["cache-control"] == ("no-cache" if is_ours and "immutable" not in kept else kept)
    others_may_read(headers)


def others_may_read(headers):
    assert headers.get_all("access-control-allow-origin") == ["*"]
    assert set(headers["access-control-expose-headers"].split(", ")) == set(EXPOSED)


@pytest.mark.parametrize(
    ("asked", "piece"),
    [
        ("0-", range(SIZE)),
        ("0-0", range(1)),
        ("0-1", range(2)),
        ("0-99", range(100)),
        ("1000-70000", range(1000, 70_001)),
        ("299999-", range(SIZE - 1, SIZE)),
        ("100000-", range(100_000, SIZE)),
        ("299990-400000", range(299_990, SIZE)),
        ("-1", range(SIZE - 1, SIZE)),
        ("-5000", range(SIZE - 5000, SIZE)),
        ("-400000", range(SIZE)),
    ],
)
def test_one_range(ask, asked, piece):
    status, headers, body = ask(AUDIO, Range=f"bytes={asked}")
    assert (status, body) == (206, DATA[piece.start : piece.stop])
    assert headers["content-range"] == f"bytes {piece.start}-{piece.stop - 1}/{SIZE}"
    assert headers["content-length"] == str(len(piece))
    assert headers["content-type"] == "audio/mpeg"
    assert headers["etag"] == ask(AUDIO, "HEAD")[1]["etag"]
    others_may_read(headers)


@pytest.mark.parametrize("asked", ["0-9,100-109", "0-0,-1", "200-299, 0-99", "5-6,1000-90000,99000-99001"])
def test_several_ranges(ask, asked):
    status, headers, body = ask(AUDIO, Range=f"bytes={asked}")
    assert status == 206
    assert headers["content-length"] == str(len(body))
    wanted = [slice_of(spec) for spec in asked.replace(" ", "").split(",") if spec]
    assert [(told, data) for told, data in parts(headers, body)] == wanted
    others_may_read(headers)


def slice_of(spec):
    first, last = spec.split("-")
    start, stop = (int(first), int(last) + 1) if first else (SIZE - int(last), SIZE)
    return f"bytes {start}-{stop - 1}/{SIZE}", DATA[start:stop]


def parts(headers, body):
    """Content-Range and bytes of each part, as the standard library's reader of MIME finds them."""
    head = f"Content-Type: {headers['content-type']}\r\n\r\n".encode()
    boundary = message_from_bytes(head).get_param("boundary").encode()
    assert headers["content-type"].startswith("multipart/byteranges; boundary=")
    pieces = body.split(b"--" + boundary)
    assert (pieces[0].strip(), pieces[-1].strip()) == (b"", b"--")
    for piece in pieces[1:-1]:
        head, _, data = piece.partition(b"\r\n\r\n")
        fields = message_from_bytes(head.lstrip())
        assert fields["content-type"] == "audio/mpeg"
        yield fields["content-range"], data.removesuffix(b"\r\n")


def test_ranges_that_overlap_give_all_that_was_asked(ask):
    status, headers, body = ask(AUDIO, Range="bytes=0-99,50-149")
    assert status == 206
    if headers["content-type"] == "audio/mpeg":
        assert (headers["content-range"], body) == (f"bytes 0-149/{SIZE}", DATA[:150])
    else:
        assert [data for _, data in parts(headers, body)] == [DATA[:100], DATA[50:150]]


@pytest.mark.parametrize("asked", ["300000-", "999999-1000000", "-0", "400000-,500000-"])
def test_no_such_bytes(ask, asked):
    status, headers, _ = ask(AUDIO, Range=f"bytes={asked}")
    assert (status, headers["content-range"]) == (416, f"bytes */{SIZE}")
    others_may_read(headers)


@pytest.mark.parametrize(
    "asked", ["bytes=9-5", "bytes=a-b", "bytes=", "bytes=-", "bytes", "seconds=0-9", "bytes=0-9;5-6"]
)
def test_a_malformed_range_is_ignored_or_refused(ask, is_ours, asked):
    status, _, body = ask(AUDIO, Range=asked)
    assert (status, body) == (200, DATA) if is_ours else status in {200, 416}


def test_a_range_of_a_head_changes_no_length(ask, is_ours):
    status, headers, body = ask(AUDIO, "HEAD", Range="bytes=0-9")
    assert body == b""
    expected = (
        (200, SIZE) if is_ours or status == 200 else (206, 10)
    )  # RFC 9110 knows ranges of GET alone; others differ
    assert (status, int(headers["content-length"])) == expected


def test_if_range(ask):
    headers = ask(AUDIO, "HEAD")[1]
    etag, date = headers["etag"], headers["last-modified"]
    for same in (etag, date):
        assert ask(AUDIO, Range="bytes=5-9", If_Range=same)[::2] == (206, DATA[5:10]), same
    for other in ('"other"', f"W/{etag}", formatdate(0, usegmt=True), "garbage"):
        assert ask(AUDIO, Range="bytes=5-9", If_Range=other)[::2] == (200, DATA), other
    assert ask(AUDIO, Range=f"bytes={SIZE}-", If_Range='"other"')[::2] == (
        200,
        DATA,
    )  # not 416: the file is new to them


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_unchanged_is_not_sent_again(ask, is_ours, method):
    headers = ask(AUDIO, "HEAD")[1]
    etag, date = headers["etag"], headers["last-modified"]
    old, late = formatdate(0, usegmt=True), formatdate(4e9, usegmt=True)
    unchanged = [{"If_None_Match": tag} for tag in (etag, f'"a", {etag}', f"W/{etag}", "*")]
    unchanged += [{"If_Modified_Since": date}, {"If_None_Match": etag, "Range": "bytes=0-9"}]
    unchanged += [{"If_None_Match": etag, "If_Modified_Since": old}] if is_ours else []  # nginx wants both to hold
    for condition in unchanged:
        status, told, body = ask(AUDIO, method, **condition)
        assert (status, told["etag"], body) == (304, etag, b""), condition
        others_may_read(told)
    changed = [{"If_None_Match": '"a"'}, {"If_None_Match": '"a"', "If_Modified_Since": late}]
    changed += [{"If_Modified_Since": old}, {"If_Modified_Since": "yesterday"}]
    for condition in changed:
        assert ask(AUDIO, method, **condition)[0] == 200, condition
    assert ask(AUDIO, method, If_Match='"a"')[0] == 412
    assert ask(AUDIO, method, If_Unmodified_Since=old)[0] == 412
    assert ask(AUDIO, method, If_Match=etag)[0] == 200


def test_another_site_may_ask_beforehand(ask):
    asked = {"Access_Control_Request_Method": "GET", "Access_Control_Request_Headers": "range,if-range"}
    for target in (AUDIO, "", "nothing.mp3"):
        status, headers, body = ask(target, "OPTIONS", Origin="null", **asked)
        assert (status, body) == (204, b"")
        others_may_read(headers)
        assert {"GET", "HEAD"} <= set(headers["access-control-allow-methods"].split(", "))
        assert {"range", "if-range"} <= set(headers["access-control-allow-headers"].lower().split(", "))
        assert headers["access-control-max-age"] == "86400"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "PROPFIND", "BREW"])
def test_only_reading_is_possible(ask, method):
    status, headers, _ = ask(AUDIO, method)
    assert (status, headers["allow"]) == (405, "GET, HEAD, OPTIONS")
    others_may_read(headers)


@pytest.mark.parametrize(
    "target",
    [
        "nothing",
        "nothing.0a1b2c3d.mp3",
        ".half.tmp",
        ".git/config",
        ".git/",
        "%2egit/config",
        "../secret.txt",
        "..%2fsecret.txt",
        "%2e%2e/secret.txt",
        "%2e%2e%2fsecret.txt",
        "%252e%252e%252fsecret.txt",
        "..%5csecret.txt",
        "episodes/..%2f..%2fsecret.txt",
        "episodes/%00",
        "feed.xml/",
        "feed.xml/index.html",
        "x" * 300,
        "x/" * 3000,
        "%FF%FE",
    ],
)
def test_nothing_outside_and_nothing_hidden(ask, is_ours, target):
    for method in ("GET", "HEAD"):
        status, headers, body = ask(target, method)
        assert status == 404 if is_ours else status in {400, 404, 414}, target
        assert b"secret" not in body
        if is_ours:
            others_may_read(headers)
            assert headers["cache-control"] == "no-cache"
    if not is_ours:
        assert "immutable" not in (headers["cache-control"] or "")


def test_folders(ask):
    assert ask("")[2] == ask("index.html")[2]
    assert ask("episodes/ferry/")[2] == ask("episodes/ferry/index.html")[2]
    status, headers, _ = ask("episodes/ferry?from=mail", Host="desk.example:4242")
    assert status in {301, 302, 307, 308}
    assert headers["location"] in {"./ferry/?from=mail", "/episodes/ferry/?from=mail"}
    assert ask("episodes/")[0] in {403, 404}
    assert ask("episodes/ferry/?x=1")[0] == 200


def test_an_empty_file(ask):
    status, headers, body = ask("empty.txt")
    assert (status, headers["content-length"], body) == (200, "0", b"")
    assert ask("empty.txt", Range="bytes=0-")[0] in {200, 416}


def test_audio_is_never_compressed(ask):
    _, headers, body = ask(AUDIO, Accept_Encoding="gzip, br, deflate")
    assert (headers["content-encoding"], body) == (None, DATA)
    status, headers, body = ask(AUDIO, Accept_Encoding="gzip", Range="bytes=0-9")
    assert (status, headers["content-encoding"], body) == (206, None, DATA[:10])
    status, headers, body = ask("feed.xml", Accept_Encoding="identity;q=1, *;q=0", Range="bytes=0-9")
    assert (status, headers["content-encoding"], body) == (206, None, b"feed.xml \xd0")


def test_one_connection_serves_many_requests(ask):
    head = f"GET /{AUDIO} HTTP/1.1\r\nHost: here\r\nRange: bytes=".encode()
    answers = ask.raw(head + b"0-4\r\n\r\n" + head + b"-5\r\nConnection: close\r\n\r\n")
    assert answers.count(b"HTTP/1.1 206") == 2
    assert DATA[:5] in answers
    assert answers.endswith(DATA[-5:])


def test_nginx_below_a_path_of_another_site(folder, tmp_path):
    with webservers.nginx(folder.parent, tmp_path) as address:
        ask = webservers.Client(address)
        for name in FILES:
            status, headers, _ = ask(f"out/{name}", "HEAD")
            assert (status, headers["content-type"]) == (200, content_type(name)), name
            assert headers["cache-control"] == cache_control(name), name
            others_may_read(headers)
        assert ask("out/.git/config")[0] == 404
        assert ask("out/episodes/ferry")[1]["location"] == "/out/episodes/ferry/"


def test_the_manual_repeats_the_table():
    table = re.findall(r"^\| (`[^|]+) \| (`[^|]+`) \| `(public[^`]*)` \|$", webservers.MANUAL, re.MULTILINE)
    assert len(table) == 12
    for names, kinds, kept in table:
        for at, shown in enumerate(re.findall("`([^`]+)`", names)):
            name = shown.replace("HASH", "0a1b2c3d").replace("VERSION", "0a1b2c3d").replace("*", "page")
            told = re.findall("`([^`]+)`", kinds)
            assert (told[at % len(told)], kept) == (content_type(name), cache_control(name)), name
