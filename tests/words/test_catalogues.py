"""Every language that is shipped says every sentence, with its values and in all its numbers."""

import gettext
import re
from io import BytesIO

import pytest
from babel.messages.mofile import read_mo

from otn_studio.blocks.words import Words
from tests.words.catalogues import catalogues, compiled, read, untranslated

STRAIGHT = re.compile(r"[\w}”]'[^\W\d_]")
"""An apostrophe as it is typed."""
VALUES = re.compile(r"(?<!\{)\{(\w+)\}(?!\})")


def strings(value) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def values(*texts: str) -> set[str]:
    return {name for text in texts for name in VALUES.findall(text)}


def translated(file):
    """Its sentences with their translations, but for those that wait for one."""
    return [m for m in read(file) if m.id and all(strings(m.string))]


def fills(text: str) -> bool:
    try:
        return bool(text.format(**dict.fromkeys(values(text), "1")))
    except (KeyError, ValueError, IndexError, AttributeError):
        return False


@pytest.fixture(params=catalogues(), ids=lambda file: file.parents[1].name)
def file(request):
    return request.param


def test_german_is_shipped():
    assert "de" in {file.parents[1].name for file in catalogues()}


def test_every_sentence_is_translated(file):
    assert untranslated(file) == [], "translate these in its otn_studio.po, then: make words"


def test_every_translation_keeps_the_values(file):
    lost = [
        message.id
        for message in translated(file)
        if values(*strings(message.id)) != values(*strings(message.string))
    ]
    assert lost == []


def test_what_can_be_filled_in_still_can(file):
    """Help that is shown as it is written has braces of its own."""
    broken = [
        message.id
        for message in translated(file)
        if all(map(fills, strings(message.id))) and not all(map(fills, strings(message.string)))
    ]
    assert broken == []


def test_an_apostrophe_is_printed_as_a_typographer_would(file):
    typed = [
        text
        for message in read(file)
        for text in (*strings(message.id), *strings(message.string))
        if STRAIGHT.search(text)
    ]
    assert typed == []


def test_what_counts_has_a_form_for_each_number(file):
    catalogue = read(file)
    wrong = [
        message.id
        for message in catalogue
        if not isinstance(message.id, str) and len(message.string) != catalogue.num_plurals
    ]
    assert wrong == []


def test_spaces_at_the_ends_stay(file):
    """Such as those before what is typed after a question."""
    moved = [
        message.id
        for message in translated(file)
        if isinstance(message.id, str) and message.id[-1].isspace() != message.string[-1:].isspace()
    ]
    assert moved == []


def test_the_compiled_catalogue_is_that_of_the_translators(file):
    kept = file.with_suffix(".mo").read_bytes()
    assert sentences(kept) == sentences(compiled(file)), "make words"


def sentences(mo: bytes) -> dict:
    """What a compiled catalogue says; its heading tells when, and by what, it was made."""
    read = [message for message in read_mo(BytesIO(mo)) if message.id]
    return {strings(message.id): strings(message.string) for message in read}


def test_the_program_reads_it(file):
    with file.with_suffix(".mo").open("rb") as opened:
        german = gettext.GNUTranslations(opened)
    words = Words("{n} day", plural="{n} days", n=3)
    assert words.translated(german) != str(words)
