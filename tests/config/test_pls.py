"""W3C pronunciation lexicons, in and out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articleaudio.config import load_lexicon
from articleaudio.config.lexicons import toml_text
from articleaudio.config.pls import pls_text, read_pls
from articleaudio.errors import ConfigError
from articleaudio.model import Say
from articleaudio.script import Entry

# After the examples of the recommendation, sections 4.6 to 4.9.
W3C = """<?xml version="1.0" encoding="UTF-8"?>
<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon"
      xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" alphabet="ipa" xml:lang="en-US">
  <meta name="author" content="a desk"/>
  <lexeme>
    <grapheme>theater</grapheme>
    <grapheme>theatre</grapheme>
    <phoneme>ˈθɪətər</phoneme>
    <example>The theater is old.</example>
  </lexeme>
  <lexeme><grapheme>huge</grapheme><phoneme prefer="true">hjuːdʒ</phoneme><phoneme>juːdʒ</phoneme></lexeme>
  <lexeme><grapheme>newton</grapheme><phoneme>ˈnuːtən</phoneme><phoneme prefer="true">ˈnjuːtən</phoneme></lexeme>
  <lexeme><grapheme>W3C</grapheme><alias>World Wide Web Consortium</alias></lexeme>
  <lexeme><grapheme>NABU</grapheme><alias>N.A.B.U.</alias></lexeme>
  <lexeme><grapheme>SAPO</grapheme><alias>Sapo</alias></lexeme>
  <lexeme><grapheme>odd</grapheme><phoneme alphabet="x-sampa">Qd</phoneme><alias>od</alias></lexeme>
</lexeme_placeholder>""".replace("</lexeme_placeholder>", "</lexicon>")


def write(path, text):
    path.write_text(text, "utf-8")
    return path


def test_reads_what_the_recommendation_shows(tmp_path):
    assert read_pls(write(tmp_path / "a.pls", W3C)) == (
        Entry("theater", "ˈθɪətər", Say.IPA, language="en"),
        Entry("theatre", "ˈθɪətər", Say.IPA, language="en"),
        Entry("huge", "hjuːdʒ", Say.IPA, language="en"),
        Entry("newton", "ˈnjuːtən", Say.IPA, language="en"),
        Entry("W3C", "World Wide Web Consortium", language="en"),
        Entry("NABU", "", Say.LETTERS, language="en"),
        Entry("SAPO", "", Say.WORD, language="en"),
        Entry("odd", "od", language="en"),
    )


HEAD = '<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa" xml:lang="en">'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('<!DOCTYPE lexicon [<!ENTITY a "b">]>\n' + HEAD + "</lexicon>", "a document type .* is not accepted"),
        ('<!DOCTYPE lexicon SYSTEM "file:///etc/passwd">\n' + HEAD + "</lexicon>", "a document type"),
        (HEAD + "<lexeme><grapheme>&a;</grapheme></lexeme></lexicon>", "a.pls, line 1: not well-formed"),
        (HEAD + "\n<lexeme>", "a.pls, line 2: not well-formed XML"),
        ("<speak/>", "this is no pronunciation lexicon: it begins with <speak>"),
        (HEAD + "\n\n<lexeme><phoneme>a</phoneme></lexeme></lexicon>", "line 3: a lexeme has no grapheme"),
        (HEAD + "<lexeme><grapheme>a</grapheme></lexeme></lexicon>", "neither an alias nor a phoneme in IPA"),
        (
            HEAD + '<lexeme><grapheme>a</grapheme><phoneme alphabet="x-sampa">A</phoneme></lexeme></lexicon>',
            "alphabets here: x-sampa",
        ),
        ("", "not well-formed XML"),
    ],
)
def test_refuses_what_is_wrong_or_dangerous(tmp_path, text, message):
    with pytest.raises(ConfigError, match=message):
        read_pls(write(tmp_path / "a.pls", text))


def test_there_and_back(tmp_path):
    entries = (
        Entry("Kyiv", "ˈkiːv", Say.IPA, language="en"),
        Entry("AT&T <b>", "A and B", language="en"),
        Entry("NABU", "", Say.LETTERS, language="en"),
        Entry("SAPO", "", Say.WORD, language="en"),
    )
    assert read_pls(write(tmp_path / "a.pls", pls_text(entries, "en"))) == entries


def test_any_case_is_written_out(tmp_path):
    text = pls_text([Entry("covid", "Covid", cased=False)], "en")
    assert [entry.written for entry in read_pls(write(tmp_path / "a.pls", text))] == ["covid", "Covid", "COVID"]


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20).filter(lambda text: text.strip())


@given(st.lists(st.tuples(TEXT, TEXT, TEXT, st.booleans()), max_size=5))
def test_a_lexicon_is_read_as_it_was_written(tmp_path_factory, rows):
    entries = tuple(
        Entry(written.strip(), say.strip(), kind, cased, "uk", note)
        for written, say, note, cased in rows
        for kind in Say
        if kind is not Say.WORD
    )
    path = tmp_path_factory.mktemp("lexicon") / "a.toml"
    path.write_bytes(toml_text(entries).encode())
    assert load_lexicon(path) == entries
