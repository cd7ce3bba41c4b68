"""The sentences of the page on which a bot is tried in a browser."""

from collections.abc import Iterator

from otn_studio.emulator.page_words import sentences
from tests.words.calls import ROOT, Said


def said_on_the_page() -> Iterator[Said]:
    """Every sentence of its document and of its scripts."""
    for file, text in sentences():
        yield Said(file.relative_to(ROOT).as_posix(), text)
