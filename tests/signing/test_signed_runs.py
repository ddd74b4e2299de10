"""Whole runs that sign: what is published, what a second run does, and what is refused."""

import hashlib
import json
import sys
from dataclasses import replace

import pytest

from articleaudio import api, signing
from articleaudio.checking import check_output
from articleaudio.checking.signed import signature_findings
from articleaudio.checkup import examine
from articleaudio.config import load_house, load_voice, voice_folders
from articleaudio.errors import ArticleAudioError, ConfigError
from articleaudio.model import AudioProfile, Failure
from articleaudio.pipeline import Studio
from articleaudio.plan import fingerprint, state_folder
from articleaudio.publish.library import Library
from articleaudio.signing import State
from master.making import probe
from signing.authority import DAY, Authority, key_pem, new_key

ENGLISH = load_voice("en-us", voice_folders())
PAGE = "# The ferry is back\n\nIt sails at noon.\n\n## Prices\n\nTickets are cheap.\n"
TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"


@pytest.fixture
def authority(tmp_path):
    (tmp_path / "authority").mkdir()
    return Authority(tmp_path / "authority")


@pytest.fixture
def house(tmp_path, authority):
    plain = load_house(folder=tmp_path, cache=tmp_path / "cache")
    return replace(plain, voices={"*": ENGLISH}, disclosure={}, signing=authority.issue())


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "ferry.md"
    path.write_text(PAGE)
    return path


def snapshot(folder):
    return {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in folder.rglob("*") if path.is_file()}


def force(house, source, out):
    with api.Planner(house, out, force=True) as planner:
        (job,) = planner.plan(api._source(source, house))
    with Studio(house, out) as studio:
        return studio.make(job)


def test_what_is_published_is_signed_and_described_as_it_is(house, source, tmp_path, authority):
    episode = api.convert(source, house, out=tmp_path / "out")
    told = signing.state(episode.audio, authority.anchors)
    assert (told.state, told.source_type) == (State.TRUSTED, ENGLISH.digital_source_type)
    document = json.loads((episode.audio.parent / "episode.json").read_bytes())
    data = episode.audio.read_bytes()
    assert document["audio"]["sha256"] == hashlib.sha256(data).hexdigest()
    assert document["audio"]["bytes"] == len(data) == episode.size
    assert episode.audio.name.split(".")[1] == document["audio"]["sha256"][:8]
    chapters = [one["tags"]["title"] for one in probe(episode.audio)["chapters"]]
    assert chapters == [chapter["title"] for chapter in document["chapters"]]
    kept = Library(tmp_path / "out", state_folder(house, tmp_path / "out")).receipt(episode.id)
    assert [(file.name, len(file.seal)) for file in kept.files if file.seal] == [(episode.audio.name, 64)]


def test_every_mp3_is_signed_and_a_lossless_file_is_not(house, source, tmp_path, authority):
    out = tmp_path / "out"
    house = replace(house, alternates=(AudioProfile.WEB, AudioProfile.ARCHIVE))
    episode = api.convert(source, house, out=out)
    states = {path.suffix: signing.state(path).state for path in episode.folder.iterdir() if path.suffix == ".flac"}
    mp3s = sorted(episode.folder.glob("*.mp3"))
    assert len(mp3s) == 2
    assert {signing.state(path, authority.anchors).state for path in mp3s} == {State.TRUSTED}
    assert all(len(probe(path)["chapters"]) == episode.chapters for path in mp3s)
    assert states == {".flac": State.NONE}
    before = snapshot(out)
    assert not force(house, source, out).changed
    assert snapshot(out) == before


def test_an_unchanged_run_and_a_forced_one_keep_the_signature(house, source, tmp_path):
    out = tmp_path / "out"
    first = api.convert(source, house, out=out)
    before = snapshot(out)
    assert not api.convert(source, house, out=out).changed
    assert snapshot(out) == before
    forced = force(house, source, out)
    assert not forced.changed
    assert forced.audio == first.audio
    assert snapshot(out) == before


def test_a_signature_that_was_broken_is_made_again(house, source, tmp_path, authority):
    out = tmp_path / "out"
    first = api.convert(source, house, out=out)
    first.audio.write_bytes(first.audio.read_bytes() + b"TAG" + bytes(125))
    assert signing.state(first.audio).state is State.INVALID
    again = force(house, source, out)
    assert signing.state(again.audio, authority.anchors).state is State.TRUSTED


def test_another_certificate_signs_anew_and_another_key_file_does_not(house, source, tmp_path, authority):
    out = tmp_path / "out"
    first = api.convert(source, house, out=out)
    moved = house.signing.key.rename(tmp_path / "moved.pem")
    same = replace(house, signing=replace(house.signing, key=moved))
    assert fingerprint(same) == fingerprint(house)
    assert api.convert(source, same, out=out).audio == first.audio
    renewed = replace(house, signing=authority.issue(name="renewed"))
    assert fingerprint(renewed) != fingerprint(house)
    second = api.convert(source, renewed, out=out)
    assert (second.changed, second.spoken_now) == (True, 0)
    assert second.audio != first.audio


def test_signing_that_is_switched_off_and_on_again_shows_in_the_file(house, source, tmp_path):
    out, plain = tmp_path / "out", replace(house, signing=None)
    assert signing.state(api.convert(source, plain, out=out).audio).state is State.NONE
    assert signing.state(api.convert(source, house, out=out).audio).state is State.VALID
    assert signing.state(api.convert(source, plain, out=out).audio).state is State.NONE


def test_nothing_private_is_kept_or_published(house, source, tmp_path):
    api.convert(source, house, out=tmp_path / "out")
    secret = house.signing.key.read_text().splitlines()[1].encode()
    kept = [*snapshot(tmp_path / "out").values(), *snapshot(house.state).values()]
    assert not any(secret in data or str(house.signing.key).encode() in data for _, data in kept)


def test_two_kinds_of_voice_are_a_composite(house, source, tmp_path):
    trained = replace(ENGLISH, name="trained", digital_source_type=f"{TYPES}trainedAlgorithmicMedia")
    both = replace(ENGLISH, roles={"headline": "trained"})
    house = replace(house, voices={"*": both}, cast={"trained": trained})
    told = signing.state(api.convert(source, house, out=tmp_path / "out").audio)
    assert told.source_type == f"{TYPES}compositeWithTrainedAlgorithmicMedia"


def test_a_voice_of_unknown_kind_is_not_signed_for(house, source, tmp_path):
    house = replace(house, voices={"*": replace(ENGLISH, digital_source_type="")})
    with pytest.raises(ConfigError, match="voice 'en-us' does not say it"):
        api.convert(source, house, out=tmp_path / "out")
    assert not list((tmp_path / "out").rglob("*.mp3"))


def test_what_cannot_sign_leaves_what_is_published(house, source, tmp_path, authority):
    out = tmp_path / "out"
    api.convert(source, house, out=out)
    before = snapshot(out)
    source.write_text(PAGE + "\nAnd children sail free.\n")
    broken = {
        "expired": authority.issue(name="old", since=-3 * DAY, until=-DAY),
        "is not the certificate's": replace(house.signing, key=authority.issue(name="other").key),
        "cannot read the key": replace(house.signing, key=tmp_path / "none.pem"),
        "failed with exit code 1": replace(house.signing, key=None, command=("false",)),
    }
    for what, settings in broken.items():
        with pytest.raises(ArticleAudioError, match=what):
            api.convert(source, replace(house, signing=settings), out=out)
        assert snapshot(out) == before


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_run_of_many_is_refused_before_it_begins(house, source, tmp_path, jobs):
    house = replace(house, signing=replace(house.signing, key=tmp_path / "none.pem"))
    with pytest.raises(ConfigError, match="cannot read the key"):
        list(api.convert_many([source], house, out=tmp_path / "out", jobs=jobs))


def test_workers_sign_as_well(house, source, tmp_path):
    (tmp_path / "other.md").write_text("# The pier is old\n\nIt will be mended.\n")
    made = list(api.convert_many([source, tmp_path / "other.md"], house, out=tmp_path / "out", jobs=2))
    assert len(made) == 2
    assert not any(isinstance(one, Failure) for one in made)
    assert {signing.state(one.audio).state for one in made} == {State.VALID}


# ── the house file, and the doctor ──────────────────────────────────────────────────────────────────────────────────


def house_file(folder, text):
    (folder / "articleaudio.toml").write_text(text)
    return load_house(folder=folder)


def test_the_house_file_settles_it(tmp_path):
    text = '[signing]\ncertificate = "keys/chain.pem"\nkey = "~/key.pem"\nalgorithm = "ES384"\n'
    told = house_file(tmp_path, text + 'tsa_url = "http://tsa.example"\nanchors = "ca.pem"\n').signing
    assert told.certificate == tmp_path / "keys" / "chain.pem"
    assert told.key.name == "key.pem"
    assert told.key.is_absolute()
    assert "~" not in str(told.key)
    assert (told.algorithm, told.tsa_url, told.anchors) == ("es384", "http://tsa.example", tmp_path / "ca.pem")
    assert house_file(tmp_path, "").signing is None
    told = house_file(tmp_path, '[signing]\ncertificate = "c.pem"\ncommand = ["sign", "it"]\n').signing
    assert (told.key, told.command, told.algorithm) == (None, ("sign", "it"), "es256")


WRONG = {
    'key = "k"': "certificate must be a text",
    'certificate = "c"': "neither: give `key`",
    'certificate = "c"\nkey = "k"\ncommand = ["x"]': "both: give `key`",
    'certificate = "c"\nkey = "k"\nalgorithm = "rs256"': "line 4: algorithm 'rs256'",
    'certificate = "c"\nkey = "k"\ntsa_url = "tsa.example"': "line 4: tsa_url",
    'certificate = "c"\nkeys = "k"': "unknown key 'keys' in \\[signing\\]; did you mean 'key'",
    'certificate = "c"\ncommand = "x y"': "command must be a list",
}


@pytest.mark.parametrize(("text", "what"), WRONG.items())
def test_what_is_wrong_in_the_house_file_is_told(tmp_path, text, what):
    with pytest.raises(ConfigError, match=what):
        house_file(tmp_path, f"[signing]\n{text}\n")


def test_the_doctor_tries_it_out(tmp_path, authority, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert not [finding for finding in examine() if finding.what == "signing"]
    given = authority.issue(name="house")
    (tmp_path / "articleaudio.toml").write_text(
        f'[signing]\ncertificate = "{given.certificate}"\nkey = "{given.key}"\n'
    )
    (good,) = [finding for finding in examine() if finding.what == "signing"]
    assert good.good
    assert good.detail.startswith("The Harbour Post, until 20")
    given.key.write_bytes(key_pem(new_key()))
    (bad,) = [finding for finding in examine() if finding.what == "signing"]
    assert (bad.good, bad.needed) == (False, False)
    assert "is not the certificate's" in bad.detail


# ── `articleaudio check` ────────────────────────────────────────────────────────────────────────────────────────────


def found(house, out, anchors=None):
    reports = check_output(out, state_folder(house, out), anchors=anchors)
    return [one.what for report in reports for one in report.findings if one.kind in {"signature", "tag"}]


def said_of(path, anchors=None, *, expected=True):
    return [one.what for one in signature_findings(path, anchors, expected=expected)]


def test_a_check_looks_at_signatures(house, source, tmp_path, authority):
    out = tmp_path / "out"
    source.write_text(f"# The ferry is back\n\nIt sails.\n\n## {'Prices of tickets ' * 8}\n\nTickets are cheap.\n")
    episode = api.convert(source, house, out=out)
    assert found(house, out, authority.anchors) == []
    (tmp_path / "other").mkdir()
    stranger = Authority(tmp_path / "other").anchors
    why = "The Harbour Post signed it: the certificate leads to none of the authorities that are trusted here"
    assert said_of(episode.audio, stranger) == [why]
    assert said_of(episode.audio) == []
    whole = episode.audio.read_bytes()
    episode.audio.write_bytes(whole.replace(b"application/c2pa", b"application/none"))
    assert said_of(episode.audio) == ["it was signed, and is no longer"]
    assert said_of(episode.audio, expected=False) == []
    episode.audio.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    changed = "its signature is not valid: the file was changed after it was signed"
    assert said_of(episode.audio) == found(house, out) == [changed]


def test_a_check_without_the_library_says_that_it_did_not_look(house, source, tmp_path, monkeypatch):
    out = tmp_path / "out"
    api.convert(source, house, out=out)
    monkeypatch.setitem(sys.modules, "c2pa", None)
    (what,) = found(house, out)
    assert what.startswith("its signature was not looked at: signatures need c2pa-python")


def test_a_check_of_unsigned_files_loads_nothing(house, source, tmp_path, monkeypatch):
    out, plain = tmp_path / "out", replace(house, signing=None)
    api.convert(source, plain, out=out)
    monkeypatch.setitem(sys.modules, "c2pa", None)
    assert found(plain, out) == []
