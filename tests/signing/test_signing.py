"""Signed files: believed, unchanged in sound, and no longer believed after any edit."""

import hashlib
import http.server
import json
import shutil
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.x509.oid import ExtendedKeyUsageOID
from hypothesis import given
from hypothesis import strategies as st
from mutagen.id3 import ID3, TIT2

from articleaudio import signing
from articleaudio.config.profile import SOURCE_TYPES, SOURCE_TYPES_AT
from articleaudio.errors import ArticleAudioError, ConfigError, OutputError
from articleaudio.master import TagFacts, make_recording
from articleaudio.master.tags.text import cut_to_bytes
from articleaudio.model import Boundary, Signing
from articleaudio.signing import Signature, State
from articleaudio.signing.keys import signer_by_command
from articleaudio.signing.kinds import MIXED, combined
from master.making import NoiseSource, need, png, probe, script, sentences
from signing.authority import DAY, Authority, key_pem, new_key

TITLE = "Заголовок, дещо довший за інші"
LONG = "Надзвичайно довга назва розділу, якої не показує цілою жоден програвач, бо місця на екрані для неї нема " * 2
ALGORITHMIC = f"{SOURCE_TYPES_AT}algorithmicMedia"
TRAINED = f"{SOURCE_TYPES_AT}trainedAlgorithmicMedia"
TSA = """[tsa]
default_tsa = one
[one]
serial = serial
signer_cert = tsa.pem
signer_key = key.pem
certs = chain.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""
"""How openssl answers as a time stamp's authority."""
PAUSES = {Boundary.HEADLINE: 0.9, Boundary.SENTENCE: 0.3, Boundary.PARAGRAPH: 0.7}


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def unsigned(tmp_path_factory):
    """A recording with a cover, and chapters whose titles are long, Cyrillic and both."""
    made = script(*sentences(24), chapters=(6, 12, 18), headline=TITLE)
    marks = [replace(mark, title=f"{index}. {LONG}") if index else mark for index, mark in enumerate(made.chapters)]
    made = replace(made, chapters=tuple(marks))
    tags = TagFacts(TITLE, album="Show", language="uk", url="https://example.org/a", cover=png())
    path = tmp_path_factory.mktemp("unsigned") / "a.mp3"
    clips = NoiseSource(pauses=PAUSES)
    return make_recording(made, clips, path, tags=tags, article_url="https://example.org/a", compact_chapters=True)


@pytest.fixture(scope="module")
def signed(tmp_path_factory, unsigned, authority):
    path = tmp_path_factory.mktemp("signed") / "a.mp3"
    shutil.copyfile(unsigned.path, path)
    signing.open_sealer(authority.issue(name="module")).sign(path, TITLE, [ALGORITHMIC])
    return path


@pytest.fixture
def path(tmp_path, unsigned):
    """An unsigned file to work on."""
    return Path(shutil.copyfile(unsigned.path, tmp_path / "a.mp3"))


def pcm(path) -> str:
    command = [need("ffmpeg"), "-v", "error", "-i", path, "-f", "s16le", "-"]
    return hashlib.sha256(subprocess.run(command, capture_output=True, check=True).stdout).hexdigest()


def tag_size(path) -> int:
    head = path.read_bytes()[:10]
    return 10 + sum(byte << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=True))


# ── what a reader makes of it ───────────────────────────────────────────────────────────────────────────────────────


def test_a_signed_file_is_trusted_by_those_who_trust_the_authority(signed, authority):
    trusted = Signature(State.TRUSTED, "The Harbour Post", ALGORITHMIC)
    assert signing.state(signed, authority.anchors) == trusted


def test_elsewhere_it_is_valid_and_says_why_it_is_not_trusted(signed, tmp_path):
    (tmp_path / "other").mkdir()
    stranger = Authority(tmp_path / "other")
    for anchors in (None, stranger.anchors):
        told = signing.state(signed, anchors)
        assert told.state is State.VALID
        assert told.problems == ("the certificate leads to none of the authorities that are trusted here",)


def test_an_unsigned_file_has_no_signature(unsigned, authority):
    assert signing.state(unsigned.path, authority.anchors) == Signature(State.NONE)


def flip(path, at):
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


def retag(path):
    tags = ID3(path)
    tags["TIT2"] = TIT2(encoding=3, text=["Something else"])
    tags.save(path)


EDITS = {
    "a bit of the sound": lambda path: flip(path, tag_size(path) + 5000),
    "the last byte": lambda path: flip(path, -1),
    "a letter of the title": lambda path: flip(path, path.read_bytes().index("Заголовок".encode())),
    "a new title": retag,
    "an old tag at the end": lambda path: path.write_bytes(path.read_bytes() + b"TAG" + bytes(125)),
    "half of it": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2 + tag_size(path) // 2]),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_after_any_edit_it_is_invalid(signed, authority, tmp_path, edit):
    copy = Path(shutil.copyfile(signed, tmp_path / "a.mp3"))
    edit(copy)
    told = signing.state(copy, authority.anchors)
    assert told.state is State.INVALID
    assert "the file was changed after it was signed" in told.problems


def test_a_manifest_in_shreds_is_invalid_and_not_a_crash(signed, authority, tmp_path):
    data = signed.read_bytes()
    at = data.index(b"application/c2pa")
    copy = tmp_path / "a.mp3"
    copy.write_bytes(data[: at + 60] + bytes(400) + data[at + 460 :])
    told = signing.state(copy, authority.anchors)
    assert told.state is State.INVALID
    assert told.problems


def test_what_ffmpeg_copies_is_no_longer_signed(signed, tmp_path):
    copy = tmp_path / "a.mp3"
    subprocess.run([need("ffmpeg"), "-v", "error", "-i", signed, "-c", "copy", copy], check=True)
    assert signing.state(copy).state is State.NONE


def test_what_cannot_be_read_is_told(tmp_path, signed):
    with pytest.raises(OutputError, match=r"cannot read .*none\.mp3"):
        signing.state(tmp_path / "none.mp3")
    (tmp_path / "anchors.pem").write_text("none")
    with pytest.raises(ConfigError, match="holds no certificate"):
        signing.state(signed, tmp_path / "anchors.pem")


# ── what signing leaves as it was ───────────────────────────────────────────────────────────────────────────────────


def test_the_sound_is_the_same(signed, unsigned):
    assert pcm(signed) == pcm(unsigned.path)
    assert signed.read_bytes()[tag_size(signed) :] == unsigned.path.read_bytes()[tag_size(unsigned.path) :]


def test_ffprobe_lists_every_chapter_in_order(signed, unsigned):
    told = probe(signed)
    assert told["format"]["tags"]["title"] == TITLE
    assert told["format"]["duration"] == probe(unsigned.path)["format"]["duration"]
    seen = [(one["tags"]["title"], float(one["start_time"]), float(one["end_time"])) for one in told["chapters"]]
    assert len(seen) == len(unsigned.chapters) == 4
    for (title, *times), chapter in zip(seen, unsigned.chapters, strict=True):
        assert times == pytest.approx([chapter.start, chapter.end], abs=0.001)
        assert chapter.title.startswith(title.removesuffix("…"))
        assert len(title.encode()) <= 120
    assert all(title.endswith("…") for title, *_ in seen[1:])


def test_long_links_do_not_cost_a_chapter(tmp_path, authority):
    made = script(*sentences(8), chapters=(4,), headline=TITLE)
    path = tmp_path / "a.mp3"
    url = "https://example.org/" + "very-" * 60
    make_recording(made, NoiseSource(), path, tags=TagFacts(TITLE), article_url=url, compact_chapters=True)
    signing.open_sealer(authority.issue()).sign(path, TITLE, [TRAINED])
    assert [one["tags"]["title"] for one in probe(path)["chapters"]] == [TITLE, "Part 4"]


def test_every_frame_of_the_tag_is_still_there(signed, unsigned):
    before, after = ID3(unsigned.path, translate=False), ID3(signed, translate=False)
    assert after.version == (2, 4, 0)
    kept = {key: frame for key, frame in after.items() if not key.startswith("GEOB")}
    assert set(before) - set(kept) == {"SYLT:words:ukr"}  # see below
    for key, frame in before.items():
        if key[:4] in {"TIT2", "TALB", "COMM", "USLT", "WOAF", "TXXX", "TLAN", "TLEN"}:
            assert str(kept[key]) == str(frame), key
    assert after["APIC:"].data == before["APIC:"].data
    children = [frame.child_element_ids for frame in after.getall("CTOC")]
    assert children == [frame.child_element_ids for frame in before.getall("CTOC")]


def test_the_times_of_words_are_there_with_a_byte_that_the_library_adds(signed, unsigned):
    """mutagen skips the frame for that byte; docs/signing.md says so."""
    before, after = unsigned.path.read_bytes(), signed.read_bytes()
    start = before.index(b"SYLT")
    words = before[start + 10 : start + 10 + int.from_bytes(before[start + 4 : start + 8], "big")]
    start = after.index(b"SYLT") + 10
    assert after[start : start + len(words) + 5] == words + b"\0GEOB"


def test_chromium_plays_and_seeks_it(signed, unsigned):
    seconds = [unsigned.duration * part for part in (0.9, 0.1)]
    listen = Path(__file__).parent.parent / "master" / "listen.py"
    command = [sys.executable, listen, need("chromium"), signed, str(unsigned.rate), *map(str, seconds)]
    told = json.loads(subprocess.run(command, capture_output=True, check=True, timeout=120).stdout)
    assert told["duration"] == pytest.approx(unsigned.duration, abs=0.06)
    assert told["seeked"] == pytest.approx(seconds, abs=0.001)
    assert told["decoded"] == pytest.approx(unsigned.duration * 44_100, abs=0.06 * 44_100)
    assert all(max(map(abs, heard)) > 0.01 for heard in told["heard"])


@given(st.text(max_size=200), st.integers(8, 130))
def test_a_line_cut_to_bytes_fits_and_says_nothing_else(text, most):
    shown = cut_to_bytes(text.encode("utf-8", "replace").decode(), most)
    assert len(shown.encode()) <= most
    assert shown == text or shown.endswith("…")


# ── ways to sign ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("algorithm", ["es256", "es384", "es512", "ps256", "ps384", "ps512", "ed25519"])
def test_every_algorithm_signs(path, authority, algorithm):
    signing.open_sealer(authority.issue(algorithm)).sign(path, TITLE, [TRAINED])
    assert signing.state(path, authority.anchors) == Signature(State.TRUSTED, "The Harbour Post", TRAINED)


def test_a_command_signs(path, authority):
    given = authority.issue(name="command")
    command = (need("openssl"), "dgst", "-sha256", "-sign", given.key.name)
    by_command = replace(given, key=None, command=command)
    sealer = signing.open_sealer(by_command)
    sealer.try_out()
    sealer.sign(path, TITLE, [TRAINED])
    assert signing.state(path, authority.anchors).state is State.TRUSTED


def test_the_manuals_commands_make_a_certificate_that_signs(path, tmp_path):
    need("openssl")
    manual = (Path(__file__).parents[2] / "docs" / "signing.md").read_text("utf-8")
    commands = manual.split("```sh\n")[1].split("```")[0]
    subprocess.run(["sh", "-e", "-c", commands], cwd=tmp_path, check=True, capture_output=True)
    keys = tmp_path / "keys"
    signing.open_sealer(Signing(keys / "chain.pem", keys / "key.pem")).sign(path, TITLE, [TRAINED])
    assert signing.state(path, keys / "ca.pem") == Signature(State.TRUSTED, "The Harbour Post", TRAINED)


def test_signing_again_takes_the_place_of_the_signature(path, authority):
    sealer = signing.open_sealer(authority.issue())
    sealer.sign(path, TITLE, [TRAINED])
    once = path.stat().st_size
    sealer.sign(path, TITLE, [ALGORITHMIC])
    assert signing.state(path, authority.anchors) == Signature(State.TRUSTED, "The Harbour Post", ALGORITHMIC)
    assert abs(path.stat().st_size - once) < 100


class _TimeStamps(http.server.BaseHTTPRequestHandler):
    """An RFC 3161 authority: openssl answers."""

    def do_POST(self):
        asked = self.rfile.read(int(self.headers["Content-Length"]))
        folder = self.server.folder
        (folder / "asked.tsq").write_bytes(asked)
        command = ["openssl", "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "asked.tsq"]
        done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
        self.send_response(200 if done.returncode == 0 else 500)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.end_headers()
        self.wfile.write(done.stdout)

    def log_message(self, *told):
        pass


@pytest.fixture
def time_stamps(tmp_path, authority):
    folder = tmp_path / "tsa"
    folder.mkdir()
    key = new_key("ps256")
    (folder / "key.pem").write_bytes(key_pem(key))
    (folder / "tsa.pem").write_bytes(authority.leaf(key, purpose=ExtendedKeyUsageOID.TIME_STAMPING))
    (folder / "chain.pem").write_bytes(authority.pem)
    (folder / "serial").write_text("01")
    (folder / "tsa.cnf").write_text(TSA)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _TimeStamps)
    server.folder = folder
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_time_stamp_tells_when_it_was_signed(path, authority, time_stamps):
    need("openssl")
    before = datetime.now(UTC).replace(microsecond=0)
    signing.open_sealer(replace(authority.issue(), tsa_url=time_stamps)).sign(path, TITLE, [TRAINED])
    told = signing.state(path, authority.anchors)
    assert told.state is State.TRUSTED
    assert before <= told.time <= datetime.now(UTC)


# ── what cannot sign ────────────────────────────────────────────────────────────────────────────────────────────────


def refused(given, what) -> ArticleAudioError:
    with pytest.raises(ConfigError, match=what) as raised:
        signing.open_sealer(given)
    assert raised.value.hint
    if given.key and given.key.is_file():
        secret = [line for line in given.key.read_text("latin-1").splitlines() if line and not line.startswith("-")]
        assert not any(line in raised.value.message + raised.value.hint for line in secret)
    return raised.value


def test_a_wrong_pair_is_refused(authority):
    one, other = authority.issue(name="one"), authority.issue(name="other")
    refused(replace(one, key=other.key), "is not the certificate's")
    refused(replace(one, key=authority.issue("ps256").key), "is not the certificate's")


def test_a_certificate_out_of_its_time_is_refused(authority):
    refused(authority.issue(name="old", since=-3 * DAY, until=-DAY), r"expired \d{4}-\d\d-\d\d")
    refused(authority.issue(name="new", since=DAY), "is not valid before")


def test_an_algorithm_that_is_not_the_keys_is_refused(authority):
    refused(replace(authority.issue(), algorithm="ps256"), "does not sign by ps256")
    refused(replace(authority.issue("es384"), algorithm="es256"), "does not sign by es256")


def test_chains_in_disorder_are_refused(authority, tmp_path):
    given = authority.issue(name="disorder")
    leaf, _, rest = given.certificate.read_bytes().partition(b"-----END CERTIFICATE-----\n")
    given.certificate.write_bytes(rest + leaf + b"-----END CERTIFICATE-----\n")
    refused(given, "is an authority's, not a signer's")
    (tmp_path / "other").mkdir()
    given.certificate.write_bytes(leaf + b"-----END CERTIFICATE-----\n" + Authority(tmp_path / "other").pem)
    refused(given, "certificate 1 in .* is not issued by the one after it")


@pytest.mark.parametrize("content", [b"", b"none", b"\xff" * 100], ids=["empty", "text", "bytes"])
def test_files_that_hold_something_else_are_refused(authority, content):
    given = authority.issue(name="broken")
    chain = given.certificate.read_bytes()
    given.certificate.write_bytes(content)
    refused(given, "holds no certificate")
    given.certificate.write_bytes(chain)
    given.key.write_bytes(content)
    refused(replace(given), "holds no private key")


def test_files_that_are_not_there_or_huge_are_refused(authority, tmp_path):
    given = authority.issue()
    refused(replace(given, key=tmp_path / "none.pem"), "cannot read the key, .*none.pem")
    refused(replace(given, certificate=tmp_path), "cannot read the certificate")
    huge = tmp_path / "huge.pem"
    huge.write_bytes(bytes((1 << 20) + 1))
    refused(replace(given, key=huge), "larger than a megabyte")


def test_a_locked_key_is_refused(authority):
    given = authority.issue(name="locked")
    given.key.write_bytes(key_pem(new_key(), b"secret"))
    refused(given, "locked with a passphrase")


COMMANDS = {
    "fails": (("false",), OutputError, r"\(false\) failed with exit code 1"),
    "missing": (("/no/such/command",), ConfigError, r"\(command\) does not start"),
    "says something else": (("echo", "hello"), ConfigError, r"\(echo\) gave is no es256 signature"),
    "says nothing": (("true",), ConfigError, r"\(true\) gave is no es256 signature"),
}


@pytest.mark.parametrize(("command", "error", "what"), COMMANDS.values(), ids=COMMANDS)
def test_a_command_that_does_not_sign_leaves_the_file_as_it_was(path, authority, command, error, what):
    before = path.read_bytes()
    sealer = signing.open_sealer(replace(authority.issue(), key=None, command=command))
    with pytest.raises(error, match=what):
        sealer.sign(path, TITLE, [TRAINED])
    with pytest.raises(error, match=what):
        sealer.try_out()
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_a_command_with_another_key_is_told(path, authority):
    command = (need("openssl"), "dgst", "-sha256", "-sign", str(authority.issue(name="another").key))
    sealer = signing.open_sealer(replace(authority.issue(), key=None, command=command))
    with pytest.raises(ConfigError, match="no es256 signature by the certificate's key"):
        sealer.sign(path, TITLE, [TRAINED])


def test_a_command_that_hangs_is_ended(authority, tmp_path, monkeypatch):
    monkeypatch.setattr("articleaudio.signing.keys.PATIENCE", 0.2)
    chain = signing.open_sealer(authority.issue()).chain
    with pytest.raises(OutputError, match="no signature within"):
        signer_by_command(("sleep", "30"), chain, "es256", tmp_path)(b"x")


def test_no_time_stamp_no_signature(path, authority):
    before = path.read_bytes()
    sealer = signing.open_sealer(replace(authority.issue(), tsa_url="http://127.0.0.1:9/"))
    with pytest.raises(OutputError, match=r"with time stamps by http://127\.0\.0\.1:9/"):
        sealer.sign(path, TITLE, [TRAINED])
    assert path.read_bytes() == before


def test_a_certificate_for_something_else_is_told_before_anything_is_published(path, authority, tmp_path):
    key = new_key()
    given = authority.issue(name="web")
    given.key.write_bytes(key_pem(key))
    command = [need("openssl"), "req", "-x509", "-key", given.key, "-subj", "/CN=web", "-out", tmp_path / "w.pem"]
    command += ["-addext", "basicConstraints=critical,CA:FALSE", "-addext", "extendedKeyUsage=serverAuth"]
    subprocess.run(command, check=True, capture_output=True)
    before = path.read_bytes()
    sealer = signing.open_sealer(replace(given, certificate=tmp_path / "w.pem"))
    with pytest.raises(OutputError):
        sealer.sign(path, TITLE, [TRAINED])
    assert path.read_bytes() == before


def test_without_a_source_type_nothing_is_signed(path, authority):
    with pytest.raises(ConfigError, match="how its sound came to be"):
        signing.open_sealer(authority.issue()).sign(path, TITLE, [])


def test_without_the_library_the_hint_installs_it(monkeypatch, authority, unsigned):
    monkeypatch.setitem(sys.modules, "c2pa", None)
    error = refused(authority.issue(), "c2pa-python")
    assert "articleaudio[c2pa]" in error.hint
    with pytest.raises(ConfigError, match="c2pa-python"):
        signing.state(unsigned.path)


def test_nobody_else_loads_the_library():
    code = (
        "import sys, articleaudio.cli, articleaudio.batch, articleaudio.checkup;"
        "sys.exit(any(name in sys.modules for name in ('c2pa', 'cryptography')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# ── source types and seals ──────────────────────────────────────────────────────────────────────────────────────────

NAMES = [SOURCE_TYPES_AT + name for name in SOURCE_TYPES]
CAPTURE = f"{SOURCE_TYPES_AT}digitalCapture"
COMBINED = [
    ([], ""),
    ([TRAINED, TRAINED], TRAINED),
    ([TRAINED, ALGORITHMIC], f"{SOURCE_TYPES_AT}compositeWithTrainedAlgorithmicMedia"),
    ([CAPTURE, TRAINED], f"{SOURCE_TYPES_AT}compositeWithTrainedAlgorithmicMedia"),
    ([ALGORITHMIC, CAPTURE], f"{SOURCE_TYPES_AT}compositeSynthetic"),
    ([ALGORITHMIC, MIXED], f"{SOURCE_TYPES_AT}compositeSynthetic"),
    ([CAPTURE, f"{SOURCE_TYPES_AT}digitalCreation"], MIXED),
]


@pytest.mark.parametrize(("kinds", "whole"), COMBINED)
def test_several_kinds_are_one_composite(kinds, whole):
    assert combined(kinds) == whole


@given(st.lists(st.sampled_from(NAMES), min_size=1), st.randoms())
def test_the_whole_never_hides_a_synthetic_part(kinds, random):
    shuffled = random.sample(kinds, len(kinds))
    assert combined(shuffled) == combined(kinds) in NAMES
    if any("lgorithmicMedia" in kind for kind in kinds):
        assert "lgorithmicMedia" in combined(kinds) or combined(kinds).endswith("compositeSynthetic")


def test_a_seal_tells_all_that_a_signature_says(authority):
    given = authority.issue(name="seal")
    seal = signing.open_sealer(given).seal("a" * 64, [TRAINED])
    again = signing.open_sealer(replace(given, key=None, command=("true",), anchors=None))
    assert again.seal("a" * 64, [TRAINED]) == seal
    assert len({seal, again.seal("b" * 64, [TRAINED]), again.seal("a" * 64, [ALGORITHMIC])}) == 3
    assert signing.open_sealer(replace(given, tsa_url="http://tsa.example")).seal("a" * 64, [TRAINED]) != seal
    assert signing.open_sealer(authority.issue(name="renewed")).seal("a" * 64, [TRAINED]) != seal
