from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articleaudio.publish.letters import RESERVED
from articleaudio.publish.slugs import LIMIT, SAFE, slug_of, with_digits

ID = "0f0cb3aa-1111-5222-8333-444444444444"


@pytest.mark.parametrize(
    ("title", "language", "slug"),
    [
        ("Island ferry sails again", "en", "island-ferry-sails-again"),
        ("Ukraine’s ICBM: a 15,000 km story", "en", "ukraines-icbm-a-15-000-km-story"),
        ("Щастя, її Єнакієве та Київ — згода", "uk", "shchastia-yii-yenakiieve-ta-kyiv-zhoda"),
        ("Зв'язок із Гельсінкі", "uk", "zviazok-iz-helsinki"),
        ("Москва и Ёлка", "ru", "moskva-i-elka"),
        ("Über Größe", "de", "ueber-groesse"),
        ("Über Größe", "en", "uber-grosse"),
        ("Łódź, Øresund and Þingvellir", "en", "lodz-oresund-and-thingvellir"),
        ("Αθήνα: τα νέα", "el", "athina-ta-nea"),
        ("ﬁne ½ ① Ａ", "en", "fine-1-2-1-a"),
        ("%D0%BF%D1%80%D0%B8%D0%B2%D1%96%D1%82", "uk", "pryvit"),
        ("../../etc/passwd", "en", "etc-passwd"),
        ("C:\\Windows\\system32", "en", "c-windows-system32"),
        ("CON", "en", "article-con"),
        ("lpt1", "en", "article-lpt1"),
        ("😀🎉", "en", "article-0f0cb3"),
        ("北京", "zh", "article-0f0cb3"),
        ("", "en", "article-0f0cb3"),
        ("news 😀 desk", "en", "news-desk"),
        ("x" * 200, "en", "x" * 80),
        ("one two " * 30, "en", ("one-two-" * 30)[:79]),
    ],
)
def test_titles_become_slugs(title, language, slug):
    assert slug_of(title, ID, language=language) == slug


@given(st.text(max_size=300), st.sampled_from(["en", "uk", "de", "el", "tr", "he"]))
def test_any_title_gives_a_safe_name(title, language):
    slug = slug_of(title, ID, language=language)
    assert SAFE.fullmatch(slug)
    assert len(slug.encode()) <= LIMIT
    assert slug not in RESERVED
    clash = with_digits(slug, ID)
    assert SAFE.fullmatch(clash)
    assert len(clash) <= LIMIT
    assert clash.endswith("-0f0cb3")


@given(st.text(max_size=120))
def test_a_slug_is_its_own_slug(title):
    slug = slug_of(title, ID)
    assert slug_of(slug, ID) == slug
