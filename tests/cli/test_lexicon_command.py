"""`articleaudio lexicon` and `articleaudio names`, run as a user runs them."""

import json

import pytest
from click.testing import CliRunner

from articleaudio.cli import cli
from articleaudio.config import lexicon_folders

GOOD = '[[entry]]\nwritten = "Kyiv"\nipa = "ˈkiːv"\nlanguage = "en"\n'


def invoke(*arguments):
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


@pytest.fixture
def desk(tmp_path):
    path = tmp_path / "desk.toml"
    path.write_text(GOOD, "utf-8")
    return path


def test_a_good_lexicon_passes(desk):
    result = invoke("lexicon", "check", desk)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "1 entries spoken: 0 wrong, 0 as a guess, 0 needless\n"


def test_what_is_wrong_is_told(desk):
    desk.write_text(
        GOOD
        + '[[entry]]\nwritten = "Odd"\nipa = "ʘʘ"\n'
        + '[[entry]]\nwritten = "cat"\nsay = "cat"\n'
        + '[[entry]]\nwritten = "!?"\nsay = "x"\n'
        + '[[entry]]\nwritten = "Київ"\nipa = "ˈkɪjiu"\nlanguage = "uk"\n'
        + GOOD,
        "utf-8",
    )
    result = invoke("lexicon", "check", desk, "--json")
    rows = {row["written"]: row for row in map(json.loads, result.stdout.splitlines())}
    assert result.exit_code == 1
    assert rows["Kyiv"]["findings"] == ["it is there 2 times; the last one holds"]
    assert "no sound of the voice" in rows["Odd"]["findings"][0]
    assert rows["Odd"]["guess"]
    assert rows["cat"] == {"written": "cat", "language": "en", "findings": [], "guess": False, "needless": True}
    assert (rows["Київ"]["guess"], rows["Київ"]["findings"]) == (True, [])
    assert "6 entries spoken: 4 wrong, 2 as a guess, 1 needless" in result.stderr


def test_every_shipped_entry_is_spoken_and_changes_what_is_heard():
    files = sorted(lexicon_folders()[0].glob("*.toml"))
    result = invoke("lexicon", "check", *files, "--json")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert len(rows) >= 150
    assert not [row for row in rows if row["guess"] or row["findings"]]
    assert [row["written"] for row in rows if row["needless"]] == ["Niger Delta", "Niger River", "Niger State"]


def test_export_and_import_give_the_same_lexicon(desk, tmp_path):
    pls, back = tmp_path / "desk.pls", tmp_path / "back.toml"
    assert invoke("lexicon", "export", desk, "-o", pls).exit_code == 0
    assert invoke("lexicon", "import", pls, "-o", back).exit_code == 0
    assert back.read_text("utf-8") == GOOD
    assert invoke("lexicon", "check", pls).exit_code == 0


def test_export_tells_what_is_left_out(desk, tmp_path):
    desk.write_text(GOOD + '[[entry]]\nwritten = "Рада"\nsay = "рада"\nlanguage = "uk"\n', "utf-8")
    result = invoke("lexicon", "export", desk, "-o", tmp_path / "a.pls", "--language", "uk")
    assert "1 entries in uk" in result.stdout
    assert "left out: 1 entries" in result.stderr


def test_a_bad_file_is_a_configuration_error(tmp_path):
    assert invoke("lexicon", "check", tmp_path / "none.toml").exit_code == 2
    assert invoke("lexicon", "import", tmp_path / "none.pls", "-o", tmp_path / "x").exit_code == 2
    assert not (tmp_path / "x").exists()


@pytest.fixture
def archive(tmp_path):
    for place, text in enumerate(
        ["In the north Zybrel's men met Karsk and the BRUPO.", "They saw Zybrel again. In May Łukasz saw Kyiv."]
    ):
        (tmp_path / f"{place}.txt").write_text(f"A headline about Nothing\n\n{text} The rest is plain.\n", "utf-8")
    return tmp_path


def test_names_ranks_what_nothing_settles(archive):
    rows = [json.loads(line) for line in invoke("names", archive, "--json").stdout.splitlines()]
    assert [(row["written"], row["kind"], row["count"], row["articles"]) for row in rows] == [
        ("Zybrel", "name", 2, 2),
        ("BRUPO", "acronym", 1, 1),
        ("Karsk", "name", 1, 1),
        ("Łukasz", "foreign", 1, 1),
    ]
    assert (rows[1]["guess"], rows[1]["sound"]) == ("Brupo", "bɹˈuːpoʊ")
    assert rows[0]["example"].startswith("In the north Zybrel's men")


def test_a_lexicon_settles_names(archive):
    (archive / "articleaudio.toml").write_text("")
    (archive / "lexicons").mkdir()
    (archive / "lexicons" / "own.toml").write_text('[[entry]]\nwritten = "Zybrel"\nsay = "zibrell"\n')
    result = invoke("names", archive, "--config", archive / "articleaudio.toml", "--limit", "1")
    assert "Zybrel" not in result.stdout
    assert result.stdout.split() == ["1", "BRUPO", "acronym", "Brupo", "/bɹˈuːpoʊ/"]
    assert "2 more" in result.stderr
