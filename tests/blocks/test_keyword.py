import pytest
from hypothesis import given
from hypothesis import strategies as st

from otn_studio.blocks.event import Announced, OpenedLink, PressedGetStarted, Tapped, Wrote
from otn_studio.blocks.start.keyword import Keyword, folded
from tests.builders import NOW


@pytest.mark.parametrize(
    ("keyword", "written"),
    [
        ("restock", "Restock"),
        ("back in stock", "  BACK \t in\n\nstock "),
        ("back in stock", "back\u00a0in\u2003stock"),
        ("straße", "STRASSE"),
        ("ＲＥＳＴＯＣＫ", "restock"),
        ("４２", "42"),
        ("ﾁｮｺ", "チョコ"),
        ("café", "CAFE\u0301"),
        ("cafe\u0301", "CAFÉ"),
        ("Việt Nam", "việt nam"),
        ("indirim", "İNDİRİM"),
        ("ılık", "ILIK"),
        ("ISLAK", "ıslak"),
        ("σοφός", "ΣΟΦΌΣ"),
        ("ПРИВЕТ", "привет"),
        ("ﬁsch", "FISCH"),
        ("سلام", "ﺳﻼﻡ"),
        ("नमस्ते", " नमस्ते "),
        ("👟", "👟 "),
    ],
)
def test_case_width_and_spacing_do_not_matter(keyword, written):
    assert Keyword(keywords=(keyword,)).answers(Wrote(NOW, written))


@pytest.mark.parametrize(
    ("keyword", "written"),
    [
        ("restock", "restock please"),
        ("restock", "re stock"),
        ("restock", "restocks"),
        ("back in stock", "backinstock"),
        ("cafe", "café"),
        ("سلام", "سلامة"),
        ("restock", ""),
        ("", ""),
        ("  ", " "),
    ],
)
def test_it_has_to_be_the_whole_message(keyword, written):
    assert not Keyword(keywords=(keyword,)).answers(Wrote(NOW, written))


@pytest.mark.parametrize(
    "event",
    [
        Tapped(NOW, "restock"),
        OpenedLink(NOW, "restock"),
        PressedGetStarted(NOW, "restock"),
        Announced(NOW, "restock", "restock"),
    ],
)
def test_only_what_a_person_writes_counts(event):
    assert not Keyword(keywords=("restock",)).answers(event)


letters = st.text(
    st.characters(
        categories=("Lu", "Ll", "Lt", "Lo", "Mn", "Nd", "Zs", "So"), exclude_characters="ͅ"
    )
)


@given(letters)
def test_upper_and_lower_case_are_folded_alike(text):
    assert folded(text) == folded(text.upper()) == folded(text.lower())


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert folded(folded(text)) == folded(text)


def test_each_keyword_is_claimed_once_and_an_empty_one_never():
    assert Keyword(keywords=("Restock", "restock ", "", "new")).claims() == {"restock", "new"}


def test_its_summary_quotes_the_keywords():
    assert str(Keyword(keywords=("a", "{b}")).summary()) == "Someone writes “a”, “{b}”"
    assert str(Keyword().summary()) == "Someone writes"
