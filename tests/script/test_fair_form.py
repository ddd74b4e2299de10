"""The form in which the scoreboard compares readings forgives what no listener minds, and nothing else."""

import importlib.util
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


def load(path: str):
    spec = importlib.util.spec_from_file_location(Path(path).stem, BENCHMARKS / path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


same = load("peers_reading/fair.py").same


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("Twenty-one, people!", "twenty one people"),
        ("one hundred and five", "one hundred five"),
        ("twelve dollars fifty cents", "twelve dollars and fifty cents"),
        ("nineteen o five", "nineteen oh five"),
        ("nineteen zero five", "nineteen oh five"),
        ("a hundred men", "one hundred men"),
        ("negative five", "minus five"),
        ("the fourth of May", "May fourth"),
        ("the twenty-second of May", "May twenty-second"),
        ("May the fourth", "May fourth"),
        ("May four, twenty twenty", "May fourth, twenty twenty"),
        ("November twenty-two, nineteen sixty-three", "November twenty-second, nineteen sixty-three"),
        ("five per cent", "five percent"),
        ("two kilometres", "two kilometers"),
        ("Mr. Smith", "Mister Smith"),
        ("at five p.m.", "at five PM"),
        ("at five P M", "at five P.M."),
        ("the I.C.B.M.", "the I C B M"),
        ("the E.U.'s", "the E U's"),
        ("the I.C.B.M.", "the ICBM"),
        ("Nato", "NATO"),
        ("he's", "he’s"),
    ],
)
def test_forgiven(said: str, wanted: str) -> None:
    assert same(said, (wanted,))


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("the ICBM", "the I.C.B.M."),
        ("19 people", "nineteen people"),
        ("five %", "five percent"),
        ("$ five", "five dollars"),
        ("five", "minus five"),
        ("May nineteen sixty-three", "May nineteenth sixty-three"),
        ("In May five thousand fled", "In May fifth thousand fled"),
        ("bread butter", "bread and butter"),
        ("one thousand and", "one thousand"),
        ("twenty one", "twenty first"),
        ("kilometer", "kilometers"),
        ("", "word"),
    ],
)
def test_not_forgiven(said: str, wanted: str) -> None:
    assert not same(said, (wanted,))


def test_any_accepted_reading_will_do() -> None:
    assert same("twenty nineteen", ("two thousand nineteen", "twenty nineteen"))


def test_the_scoreboard_reads_our_cases_and_calls_what_is_missing_by_name() -> None:
    reading = load("reading.py")
    cases = reading.own_cases()
    assert len(cases) >= 500
    assert len({case.category for case in cases}) >= 10
    some = [case.written for case in cases if case.language == "en"][:3]
    result = reading.run("articleaudio", "en", some, reading.sys.executable)
    assert len(result.spoken) == 3
    assert all(same(said, case.spoken) for said, case in zip(result.spoken, cases, strict=False))
    assert "pip install 'normt2s'" in reading.run("normt2s", "en", some, reading.sys.executable)
