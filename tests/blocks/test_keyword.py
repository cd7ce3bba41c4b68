import pytest
from hypothesis import given
from hypothesis import strategies as st

from otn_studio.blocks.event import Announced, OpenedLink, PressedGetStarted, Tapped, Wrote
from otn_studio.blocks.folding import folded
from otn_studio.blocks.start.keyword import MATCHES, Keyword
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
        ("❤", "❤\ufe0f"),
        ("می\u200cخواهم", "میخواهم"),
        ("rest\u00adock", "restock"),
        ("I can't", "i can’t"),
        ("“yes”", '"Yes"'),
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
    ("keyword", "written"),
    [
        ("stock", "Is it back in STOCK?"),
        ("back in stock", "is it back  in stock, please"),
        ("größe", "Welche GRÖSSE habt ihr?"),
        ("размер", "Какой размер?"),
        ("مقاس", "ما مقاس؟"),
        ("尺寸", "请问有什么尺寸吗"),
        ("サイズ", "サイズはありますか"),
        ("ขนาด", "มีขนาดไหนบ้าง"),
        ("чек", "чек!"),
        ("재고", "재고 있어요?"),
        ("👟", "new👟soon"),
        ("👍", "great 👍🏽"),
        ("c++", "do you teach c++?"),
        ("stock", "restock, stock"),
        ("iphone", "有iphone吗"),
    ],
)
def test_whole_words_anywhere_in_the_message(keyword, written):
    assert Keyword(match="contains", keywords=("x", keyword)).answers(Wrote(NOW, written))


@pytest.mark.parametrize(
    ("keyword", "written"),
    [
        ("stock", "restock"),
        ("stock", "stockings"),
        ("size", "oversize sizes"),
        ("cafe", "cafe\u0301"),
        ("नमस्त", "नमस्ते"),
        ("ก", "กิน"),
        ("42", "1423"),
        ("размер", "размеры"),
        ("back in stock", "back stock in"),
        ("stock", ""),
    ],
)
def test_letters_within_a_word_are_not_the_word(keyword, written):
    assert not Keyword(match="contains", keywords=(keyword,)).answers(Wrote(NOW, written))


@pytest.mark.parametrize(
    ("keyword", "written", "answers"),
    [
        ("order", "Order 66, please", True),
        ("order", "order", True),
        ("order", "orders", False),
        ("order", "my order", False),
        ("注文", "注文したい", True),
        ("注文", "再注文", False),
    ],
)
def test_words_that_the_message_begins_with(keyword, written, answers):
    start = Keyword(match="starts_with", keywords=(keyword,))
    assert start.answers(Wrote(NOW, written)) == answers


def test_no_keyword_answers_nothing_however_it_is_matched():
    for match in MATCHES:
        assert not Keyword(match=match, keywords=("", " ")).answers(Wrote(NOW, "hello"))


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


sentences = st.lists(
    st.sampled_from(("back", "in", "Größe", "尺寸", "ไทย", "👟", "é", "-")), max_size=5
)


@given(sentences, sentences, st.sampled_from(("", " ")))
def test_what_is_more_exact_catches_no_more(words, keyword, space):
    text, keyword = space.join(words), " ".join(keyword)
    caught = [
        Keyword(match=match, keywords=(keyword,)).answers(Wrote(NOW, text)) for match in MATCHES
    ]
    assert caught == sorted(caught)


@given(sentences, sentences, sentences)
def test_a_keyword_is_found_between_spaces(before, keyword, after):
    start = Keyword(match="contains", keywords=(" ".join(keyword),))
    text = " ".join((*before, " ".join(keyword), *after))
    assert start.answers(Wrote(NOW, text)) == bool(keyword)


def test_the_most_exact_of_several_comes_first():
    starts = [Keyword(match=match) for match in ("contains", "is", "starts_with")]
    ordered = sorted(starts, key=lambda start: start.rank)
    assert [start.match for start in ordered] == ["is", "starts_with", "contains"]


def test_each_keyword_is_claimed_once_and_an_empty_one_never():
    assert Keyword(keywords=("Restock", "restock ", "", "new")).claims() == {"restock", "new"}


def test_its_summary_quotes_the_keywords():
    assert str(Keyword(keywords=("a", "{b}")).summary()) == "Someone writes “a”, “{b}”"
    assert str(Keyword().summary()) == "Someone writes"
    contains, begins = (
        Keyword(match=match, keywords=("a",)) for match in ("contains", "starts_with")
    )
    assert str(contains.summary()) == "Someone writes “a” anywhere"
    assert str(begins.summary()) == "Someone writes “a” first"


class Guillemets:
    """A language with quotation marks of its own."""

    def gettext(self, message: str) -> str:
        return message.replace("“", "«").replace("”", "»")

    def ngettext(self, one: str, many: str, n: int) -> str:
        return self.gettext(one if n == 1 else many)


def test_its_summary_quotes_as_the_language_does_in_which_it_is_shown():
    summary = Keyword(keywords=("one", "two", "three {of} them")).summary()
    assert summary.translated(Guillemets()) == "Someone writes «one», «two», «three {of} them»"
