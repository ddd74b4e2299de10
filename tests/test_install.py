"""Installing voices from a real server that misbehaves in every way we know of."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import ssl
import subprocess
import sys
import time

import pytest
import trustme
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articleaudio import events
from articleaudio.errors import ConfigError, FetchError, OutputError, UsageError
from articleaudio.model import Voice, VoiceFile
from articleaudio.speak.places import voice_folder
from articleaudio.voicebox.fetch import Downloader
from articleaudio.voicebox.install import install
from articleaudio.voicebox.lock import alone
from read.web.site import Site, answer, dripping, to

DATA = bytes(range(256)) * 400
OTHER = DATA[::-1]


def digest(data):
    return hashlib.sha256(data).hexdigest()


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "data" / "articleaudio" / "voices"


def serving(data, *, tag='"one"', ranges=True, cut=(), more=b""):
    """A route that serves `data` with byte ranges, and breaks off after so many bytes of the first answers."""
    cuts = list(cut)

    def serve(connection, asked, _gone):
        wanted = re.fullmatch(r"bytes=(\d+)-", asked.headers.get("range", ""))
        start = int(wanted[1]) if wanted and ranges and asked.headers.get("if-range", tag) == tag else 0
        if start >= len(data):
            connection.sendall(answer("", "416 Range Not Satisfiable", Content_Range=f"bytes */{len(data)}"))
            return
        place = {"Content_Range": f"bytes {start}-{len(data) - 1}/{len(data)}"} if start else {}
        head = answer(
            data[start:], "206 Partial Content" if start else "200 OK", "application/x-onnx", ETag=tag, **place
        )
        body = head.partition(b"\r\n\r\n")[2] + more
        connection.sendall(head[: len(head) - len(data[start:])])
        connection.sendall(body[: cuts.pop(0)] if cuts else body)

    return serve


def voice(site, *names, name="v", known=True, size=0, data=DATA):
    files = tuple(
        VoiceFile(one, site.url(f"/{one}"), digest(data) if known else "", size) for one in names or ["a.onnx"]
    )
    return Voice(name, "piper", "en-us", files=files)


def downloader(**changes):
    waits = []
    return Downloader(**{"allow_private": True, "silence": 5.0, "sleep": waits.append} | changes)


def fetch(it, **changes):
    force = changes.pop("force", False)
    return install(it, force=force, downloader=downloader(**changes))


def test_a_voice_is_fetched_checked_and_then_left_alone(home):
    seen = []
    with Site({"/a.onnx": serving(DATA), "/a.json": serving(DATA)}) as site:
        it = voice(site, "a.onnx", "a.json")
        done = install(it, downloader=downloader(), emit=seen.append)
        assert (done.folder, done.fetched, done.recorded) == (home / "v", ("a.onnx", "a.json"), ())
        assert fetch(it).fetched == ()
        assert site.paths == ["/a.onnx", "/a.json"]
    assert (home / "v" / "a.onnx").read_bytes() == (home / "v" / "a.json").read_bytes() == DATA
    assert sorted(path.name for path in home.iterdir()) == [".v.lock", "v"]
    assert seen[-1] == events.FileComing("v", "a.json", len(DATA), len(DATA))
    record = json.loads((home / "v" / "installed.json").read_text())
    assert record["files"]["a.onnx"]["sha256"] == digest(DATA)
    assert record["files"]["a.onnx"]["checked"] is True


def test_a_broken_download_goes_on_within_a_run():
    with Site({"/a.onnx": serving(DATA, cut=[30_000, 20_000])}) as site:
        it = voice(site)
        assert fetch(it).fetched == ("a.onnx",)
        assert [asked.headers.get("range") for asked in site.asked] == [None, "bytes=30000-", "bytes=50000-"]
        assert [asked.headers.get("if-range") for asked in site.asked] == [None, '"one"', '"one"']
    assert (voice_folder("v") / "a.onnx").read_bytes() == DATA


def test_a_broken_download_goes_on_in_the_next_run(home):
    route = serving(DATA, cut=[30_000, 0, 0])
    with Site({"/a.onnx": route}) as site:
        it = voice(site, known=False)
        with pytest.raises(FetchError, match="cut off on its way") as caught:
            fetch(it, tries=2)
        assert "goes on where it stopped" in caught.value.hint
        assert not (home / "v").exists()
        asked = len(site.asked)
        fetch(it)
        assert site.asked[asked].headers["range"] == "bytes=30000-"
    assert (home / "v" / "a.onnx").read_bytes() == DATA


def test_a_server_that_ignores_ranges_is_asked_for_all_of_it():
    with Site({"/a.onnx": serving(DATA, ranges=False, cut=[30_000])}) as site:
        fetch(voice(site))
        assert site.asked[1].headers["range"] == "bytes=30000-"
    assert (voice_folder("v") / "a.onnx").read_bytes() == DATA


def test_a_server_without_validators_is_not_believed_where_no_hash_is_known():
    with Site({"/a.onnx": serving(DATA, tag=None, cut=[30_000])}) as site:
        fetch(voice(site, known=False))
        assert "range" not in site.asked[1].headers
    assert (voice_folder("v") / "a.onnx").read_bytes() == DATA


@pytest.mark.parametrize("honest", [True, False])
def test_a_file_that_changes_halfway_is_never_a_mixture(honest):
    grown = OTHER + b"x"
    later = serving(grown, tag='"two"') if honest else serving(grown, tag='"one"')
    with Site({"/a.onnx": serving(DATA, cut=[30_000, 0, 0, 0])}) as site:
        it = voice(site, known=False)
        with pytest.raises(FetchError):
            fetch(it, tries=1)
        site.routes["/a.onnx"] = later
        fetch(it)
    assert (voice_folder("v") / "a.onnx").read_bytes() == grown


def test_a_file_that_is_not_the_right_one_is_thrown_away(home):
    wrong = pytest.raises(FetchError, match="not the file that the profile means")
    with Site({"/a.onnx": serving(OTHER)}) as site, wrong as caught:
        fetch(voice(site))
    assert (caught.value.exit_code, digest(OTHER) in caught.value.message) == (3, True)
    assert not (home / "v").exists()
    assert list((home / ".v.part").iterdir()) == []


def test_a_file_of_another_size_is_thrown_away_before_it_comes(home):
    with Site({"/a.onnx": serving(DATA)}) as site:
        with pytest.raises(FetchError, match=r"is 102400 bytes long, and 5 are expected"):
            fetch(voice(site, size=5))
        with pytest.raises(FetchError, match=r"is 102400 bytes long, and 999999 are expected"):
            fetch(voice(site, size=999_999))
    assert list((home / ".v.part").iterdir()) == []


def test_a_server_that_sends_more_than_it_says_is_not_believed(home):
    wrong = pytest.raises(FetchError, match="longer than its server says")
    with Site({"/a.onnx": serving(DATA, more=b"more")}) as site, wrong:
        fetch(voice(site, known=False))
    assert not (home / "v").exists()


def test_without_a_length_an_end_may_be_a_cut():
    bare = b"HTTP/1.0 200 OK\r\n\r\n" + DATA
    with Site({"/a.onnx": bare}) as site:
        with pytest.raises(FetchError, match="does not say how long it is"):
            fetch(voice(site, known=False))
        assert fetch(voice(site)).fetched == ("a.onnx",)


def test_a_web_page_is_no_voice(home):
    page = answer("<!DOCTYPE html><title>Log in</title>")
    with Site({"/a.onnx": page}) as site, pytest.raises(FetchError, match="gives a web page, and not the file"):
        fetch(voice(site, known=False))
    assert not (home / "v").exists()


def test_a_hash_that_nobody_tells_is_recorded_and_holds_from_then_on(home):
    with Site({"/a.onnx": serving(DATA)}) as site:
        it = voice(site, known=False)
        assert fetch(it).recorded == ("a.onnx",)
        assert fetch(it).recorded == ()
        (home / "v" / "a.onnx").unlink()
        site.routes["/a.onnx"] = serving(OTHER)
        with pytest.raises(FetchError, match="another file than on 20") as caught:
            fetch(it)
        assert "--force" in caught.value.hint
        assert not (home / "v" / "a.onnx").exists()
        assert fetch(it, force=True).recorded == ("a.onnx",)
        assert (home / "v" / "a.onnx").read_bytes() == OTHER
        assert fetch(it).fetched == ()


def test_several_files_come_all_or_none(home):
    with Site({"/a.onnx": serving(DATA)}) as site:
        it = voice(site, "a.onnx", "b.onnx")
        with pytest.raises(FetchError, match="answers 404, there is no such file"):
            fetch(it)
        assert not (home / "v").exists()
        site.routes["/b.onnx"] = serving(DATA)
        assert fetch(it).fetched == ("a.onnx", "b.onnx")
        assert site.paths == ["/a.onnx", "/b.onnx", "/b.onnx"]


def test_a_failed_renewal_leaves_what_was_there(home):
    with Site({"/a.onnx": serving(DATA), "/b.onnx": serving(DATA)}) as site:
        it = voice(site, "a.onnx", "b.onnx")
        fetch(it)
        (home / "v" / "notes.txt").write_text("ours")
        before = {path.name: path.read_bytes() for path in (home / "v").iterdir()}
        site.routes["/b.onnx"] = answer("", "403 Forbidden")
        with pytest.raises(FetchError, match="answers 403"):
            fetch(it, force=True)
        assert {path.name: path.read_bytes() for path in (home / "v").iterdir()} == before
        site.routes["/b.onnx"] = serving(DATA)
        fetch(it, force=True)
        assert (home / "v" / "notes.txt").read_text() == "ours"


def test_a_damaged_file_is_fetched_again(home):
    with Site({"/a.onnx": serving(DATA)}) as site:
        it = voice(site)
        fetch(it)
        (home / "v" / "a.onnx").write_bytes(DATA[:-1])
        assert fetch(it).fetched == ("a.onnx",)
    assert (home / "v" / "a.onnx").read_bytes() == DATA


def test_a_file_that_was_put_there_by_hand_is_taken_if_it_is_right(home):
    (home / "v").mkdir(parents=True)
    (home / "v" / "a.onnx").write_bytes(DATA)
    with Site({}) as site:
        assert fetch(voice(site)).fetched == ()
        assert json.loads((home / "v" / "installed.json").read_text())["files"]["a.onnx"]["url"] == ""
        shutil.rmtree(home / "v")
        (home / "v").mkdir()
        (home / "v" / "a.onnx").write_bytes(OTHER)
        with pytest.raises(UsageError, match="is not the file that the profile means"):
            fetch(voice(site))
        assert site.asked == []
    assert (home / "v" / "a.onnx").read_bytes() == OTHER


def test_what_another_voice_has_is_not_fetched_again(home):
    with Site({"/a.onnx": serving(DATA)}) as site:
        fetch(voice(site, name="v"))
        fetch(voice(site, name="w"))
        assert site.paths == ["/a.onnx"]
    assert (home / "w" / "a.onnx").read_bytes() == DATA


def test_two_runs_do_not_install_one_voice_at_once(home):
    with Site({"/a.onnx": serving(DATA)}) as site, alone(home / ".v.lock", "v"):
        with pytest.raises(OutputError, match="is being installed by another run"):
            fetch(voice(site))
        assert site.asked == []


def test_a_run_that_died_between_two_renamings_is_mended(home):
    with Site({"/a.onnx": serving(DATA)}) as site:
        it = voice(site)
        fetch(it)
        (home / "v").rename(home / ".v.old")
        (home / ".v.new").mkdir()
        assert fetch(it).fetched == ()
    assert sorted(path.name for path in home.iterdir()) == [".v.lock", "v"]


def test_a_damaged_record_is_told_and_mended_by_force(home):
    with Site({"/a.onnx": serving(DATA)}) as site:
        it = voice(site)
        fetch(it)
        (home / "v" / "installed.json").write_text("{")
        with pytest.raises(ConfigError, match=r"installed\.json is damaged"):
            fetch(it)
        fetch(it, force=True)
        assert fetch(it).fetched == ()


def test_redirects_are_followed_and_loops_are_not():
    with Site({"/a.onnx": to("/b"), "/b": serving(DATA), "/c.onnx": to("/c.onnx")}) as site:
        fetch(voice(site))
        with pytest.raises(FetchError, match="leads on and on"):
            fetch(voice(site, "c.onnx", name="w", data=OTHER))


def test_a_failing_server_is_asked_again_and_a_silent_one_is_left():
    def silent(_connection, _asked, gone):
        gone.wait(10)

    with Site({"/a.onnx": [answer("", "502 Bad Gateway"), serving(DATA)], "/s.onnx": silent}) as site:
        fetch(voice(site))
        with pytest.raises(FetchError, match=r"was silent for 0\.2 seconds"):
            fetch(voice(site, "s.onnx", name="w", data=OTHER), silence=0.2, tries=2)


def test_a_server_that_dribbles_does_not_keep_us_for_ever(home):
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 102400\r\n\r\n"
    with Site({"/a.onnx": dripping(DATA, head), "/h.onnx": dripping(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 9999)}) as site:
        with pytest.raises(FetchError, match="comes too slowly"):
            fetch(voice(site), silence=0.3, breaks=2)
        assert len(site.asked) == 2
        with pytest.raises(FetchError, match=r"was silent for 0\.3 seconds"):
            fetch(voice(site, "h.onnx", name="w"), silence=0.3, tries=1)
    assert not (home / "v").exists()


@pytest.mark.parametrize(
    ("private", "host", "address", "why"),
    [
        (False, "models.example", "127.0.0.1", "is not encrypted"),
        (True, "models.example", "93.184.215.14", "would be asked without encryption"),
    ],
)
def test_without_encryption_only_private_networks_are_asked(private, host, address, why):
    it = Voice("v", "piper", "en", files=(VoiceFile("a", f"http://{host}:9/a"),))
    with pytest.raises(FetchError, match=why):
        fetch(it, allow_private=private, resolve=lambda _host, _port: (address,))


def test_private_networks_are_closed_unless_they_are_allowed():
    it = Voice("v", "piper", "en", files=(VoiceFile("a", "https://models.example/a"),))
    with pytest.raises(FetchError, match=r"127\.0\.0\.1 is this machine") as caught:
        fetch(it, allow_private=False, resolve=lambda _host, _port: ("127.0.0.1",))
    assert "--allow-private" in caught.value.hint


def test_https_asks_for_a_trusted_certificate(tmp_path, monkeypatch):
    authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("models.example").configure_cert(context)
    with Site({"/a.onnx": serving(DATA)}, tls=context) as site:
        files = (VoiceFile("a.onnx", site.url("/a.onnx", "models.example"), digest(DATA)),)
        it = Voice("v", "piper", "en", files=files)
        with pytest.raises(FetchError, match=r"certificate of models\.example is not trusted"):
            fetch(it, resolve=lambda _host, _port: ("127.0.0.1",))
        authority.cert_pem.write_to_path(tmp_path / "ca.pem")
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
        assert fetch(it, resolve=lambda _host, _port: ("127.0.0.1",)).fetched == ("a.onnx",)


def test_a_file_that_cannot_fit_is_not_begun(home):
    size = 10**15
    huge = f"HTTP/1.1 200 OK\r\nContent-Length: {size}\r\n\r\n".encode()
    with Site({"/a.onnx": huge}) as site, pytest.raises(OutputError, match="there is no room in"):
        fetch(voice(site, size=size))
    assert not (home / "v").exists()


KILLED = """
import sys
from articleaudio.model import Voice, VoiceFile
from articleaudio.voicebox.fetch import Downloader
from articleaudio.voicebox.install import install
install(Voice("v", "piper", "en", files=(VoiceFile("a.onnx", sys.argv[1]),)), downloader=Downloader(True))
"""


def test_a_run_that_is_killed_is_gone_on_with(home):
    whole = serving(DATA)

    def first_half_then_nothing(connection, asked, gone):
        whole(Half(connection), asked, gone)
        gone.wait(20)

    with Site({"/a.onnx": first_half_then_nothing}) as site:
        running = subprocess.Popen([sys.executable, "-c", KILLED, site.url("/a.onnx")], env=os.environ.copy())
        part = home / ".v.part" / "a.onnx"
        while running.poll() is None and not (part.exists() and part.stat().st_size):
            time.sleep(0.02)
        running.kill()
        running.wait()
        had = part.stat().st_size
        assert 0 < had < len(DATA)
        site.gone.set()
        site.routes["/a.onnx"] = whole
        fetch(voice(site, known=False))
        assert site.asked[-1].headers["range"] == f"bytes={had}-"
    assert (home / "v" / "a.onnx").read_bytes() == DATA


class Half:
    """A connection that sends half of what is long."""

    def __init__(self, connection):
        self.connection = connection

    def sendall(self, data):
        self.connection.sendall(data if len(data) < 2000 else data[: len(data) // 2])


FULL = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
from articleaudio.errors import OutputError
from articleaudio.model import Voice, VoiceFile
from articleaudio.voicebox.fetch import Downloader
from articleaudio.voicebox.install import install
try:
    install(Voice("v", "piper", "en", files=(VoiceFile("a.onnx", sys.argv[1]),)), downloader=Downloader(True))
except OutputError as error:
    print(error.message)
    sys.exit(error.exit_code)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of files are POSIX's")
def test_a_full_disk_is_an_output_error(home):
    with Site({"/a.onnx": serving(DATA)}) as site:
        command = [sys.executable, "-c", FULL, site.url("/a.onnx")]
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ.copy())
    assert (done.returncode, done.stdout.startswith("cannot write")) == (5, True), done.stderr
    assert not (home / "v").exists()


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(data=st.binary(min_size=1, max_size=3000), cuts=st.lists(st.integers(0, 900), max_size=5), ranges=st.booleans())
def test_wherever_it_breaks_the_bytes_are_right(home, data, cuts, ranges):
    shutil.rmtree(home, ignore_errors=True)
    with Site({"/a.bin": serving(data, cut=cuts, ranges=ranges)}) as site:
        fetch(voice(site, "a.bin", known=False), tries=9)
    assert (home / "v" / "a.bin").read_bytes() == data
