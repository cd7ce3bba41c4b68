"""The pages say what is so: their links lead somewhere, and the screen says what they say it says."""

import re
from functools import cache

import pytest
from babel.messages.pofile import read_po
from PySide6.QtGui import QKeySequence

from otn_studio.blocks.finding import error
from otn_studio.blocks.words import Words
from otn_studio.interpreter import reasons
from otn_studio.runtime.broadcasting import reasons as of_broadcasts
from otn_studio.runtime.sending.stops import WORDS as STOPS
from otn_studio.studio import words
from otn_studio.studio.canvas.keymap import KEYS
from otn_studio.studio.help import blocks, library, places
from otn_studio.studio.help.subjects import SUBJECT_OF
from otn_studio.studio.window import actions
from otn_studio.studio.window.actions import Declaration
from tests.checks.test_check import CASES, ELSEWHERE
from tests.help.reading import (
    BLOCKS,
    HELP,
    codes,
    fences,
    links,
    said_by_screens,
    without_code,
    written,
)
from tests.words.catalogues import read
from tests.words.template import TEMPLATE
from tests.words.test_catalogues import STRAIGHT

PAGES = written()
KEY = re.compile(r"(?:(?:Ctrl|Alt|Shift)\+\S+|F\d+|Home|[A-Z/.])")


def name(path):
    return str(path.relative_to(HELP.parents[1]))


def language_of(page) -> str:
    return page.parent.name if page.parent.parent == HELP else "en"


@cache
def on_screens(language: str) -> frozenset[str]:
    """All that the program says in a language."""
    if language == "en":
        catalogue = read_po(TEMPLATE.read_bytes().splitlines())
        texts = [m.id for m in catalogue if m.id]
    else:
        file = TEMPLATE.parent / language / "LC_MESSAGES/otn_studio.po"
        texts = [m.string for m in read(file) if m.id]
    return frozenset(
        one for text in texts for one in (text if isinstance(text, (tuple, list)) else (text,))
    )


@cache
def beginnings(language: str) -> str:
    """Every sentence on a line of its own."""
    return "\n" + "\n".join(sorted(on_screens(language)))


def is_on_a_screen(said: str, language: str) -> bool:
    """Whole, or a name that goes on with …, or the first sentence of several."""
    known = on_screens(language)
    if {said, f"{said}…", bare(said)} & known:
        return True
    return said.endswith(".") and f"\n{said} " in beginnings(language)


def bare(said: str) -> str:
    """With the place of a value instead of what stands between quotation marks."""
    return re.sub("(?<=[“„])[^”“]+(?=[”“])", "{name}", said)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_what_a_screen_is_said_to_say_it_says(page):
    language = language_of(page)
    wrong = [said for said in said_by_screens(page) if not is_on_a_screen(said, language)]
    assert wrong == []


@pytest.mark.parametrize("page", sorted(HELP.rglob("*.md")), ids=name)
def test_an_apostrophe_is_printed_as_a_typographer_would(page):
    assert STRAIGHT.findall(without_code(page)) == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page):
    lost = []
    for link in links(page):
        to, _, part = link.to.partition("#")
        target = (page.parent / to).resolve() if to else page
        if to.startswith("https://"):
            continue
        if not target.is_file() or (part and part not in slugs(target)):
            lost.append(link.to)
    assert lost == []


def slugs(page) -> set[str]:
    return {library.slug(heading) for heading in library.headings(page.read_text("utf-8"))}


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_keys_do_what_is_said(page):
    declared = {d.keys for d in vars(actions).values() if isinstance(d, Declaration)}
    known = {QKeySequence(keys).toString() for keys in {*KEYS, *declared}}
    pressed = [code for code in codes(page) if KEY.fullmatch(code)]
    assert [keys for keys in pressed if QKeySequence(keys).toString() not in known] == []


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_contents_hold_every_page_once_by_its_title(language):
    folder = HELP if language == "en" else HELP / language
    listed = {library.bare_name(link.to): link for link in links(folder / library.CONTENTS)}
    assert len(listed) == len(links(folder / library.CONTENTS))
    assert {page.name for page in HELP.glob("*.md")} - {library.CONTENTS} <= set(listed)
    for name, link in listed.items():
        if (folder / name).is_file():
            assert link.words == library.page(name, language).title


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_reason_is_explained_in_the_words_of_the_timeline(language):
    try:
        words.speak(language)
        text = library.page(places.NOT_SENT, language).text
        anchors = {library.slug(heading) for heading in library.headings(text)}
        known = reasons.WORDS
        assert len(known) > 10
        missing = [key for key in known if library.slug(places.heading_of(key)) not in anchors]
        short = [words.shown(said) for said in of_broadcasts.WORDS.values()]
        missing += [said for said in short if f"*{said}*" not in text]
        whole = [words.shown(said).partition(". ")[0] for said in STOPS.values()]
        missing += [said for said in whole if f"*{said}" not in text]
    finally:
        words.speak("en")
    assert missing == []


@pytest.mark.parametrize("language", ["en", "de"])
def test_everything_that_is_found_in_a_flow_has_its_part_of_the_help(language):
    codes = {case.code for case in CASES} | ELSEWHERE
    assert codes >= SUBJECT_OF.keys()
    try:
        words.speak(language)
        pages = {
            name: library.page(name, language).text for name in (places.NOT_SENT, places.FOUND)
        }
        anchors = {
            name: {library.slug(heading) for heading in library.headings(text)}
            for name, text in pages.items()
        }
        led = {code: places.of_finding(error(code, Words("It"))).partition("#") for code in codes}
    finally:
        words.speak("en")
    lost = [code for code, (page, _hash, part) in led.items() if part not in anchors[page]]
    assert lost == []


@pytest.mark.parametrize("page", blocks.pages(), ids=lambda page: page.name)
def test_the_page_of_a_block_is_that_of_its_declaration(page):
    assert (HELP / page.name).read_text("utf-8") == page.text, "make help"


def test_no_block_has_a_page_and_is_gone():
    assert {f"{blocks.FOLDER}{page.name}" for page in BLOCKS.glob("*.md")} == {
        page.name for page in blocks.pages()
    }


@pytest.mark.parametrize("page", sorted(BLOCKS.glob("*.md")), ids=name)
def test_links_of_blocks_lead_somewhere(page):
    assert [
        link.to for link in links(page) if not (page.parent / link.to).resolve().is_file()
    ] == []


def test_blocks_of_code_say_what_they_are():
    known = {"sh", "yaml", "http", "python", "caddy"}
    assert {fence.language for page in PAGES for fence in fences(page)} <= known
