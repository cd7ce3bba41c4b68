"""The languages that the program speaks besides English, each a catalogue in gettext's format."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tests.words.template import TEMPLATE


def catalogues() -> list[Path]:
    """The file of each language."""
    return sorted(TEMPLATE.parent.glob("*/LC_MESSAGES/otn_studio.po"))


def read(file: Path) -> Catalog:
    """A catalogue; its language is that of its folder."""
    with file.open("rb") as opened:
        return read_po(opened, locale=file.parents[1].name)


def brought_up_to_date(file: Path) -> str:
    """The catalogue with exactly the sentences of the template; new ones wait for a translation."""
    with TEMPLATE.open("rb") as opened:
        template = read_po(opened)
    catalogue = read(file)
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    written = BytesIO()
    write_po(written, catalogue, no_location=True, omit_header=True, width=100)
    return _heading(catalogue) + written.getvalue().decode()


def compiled(file: Path) -> bytes:
    """What the program reads."""
    catalogue = read(file)
    made = Catalog(catalogue.locale, header_comment="", charset="utf-8")
    for message in _translated(catalogue):
        made.add(message.id, message.string)
    made.mime_headers = [("Content-Type", "text/plain; charset=utf-8"), _plurals(catalogue)]
    written = BytesIO()
    write_mo(written, made)
    return written.getvalue()


def untranslated(file: Path) -> list[str]:
    """The sentences that still wait for a translation, in whole or in part."""
    translated = {_first(message) for message in _translated(read(file))}
    with TEMPLATE.open("rb") as opened:
        return [first for m in read_po(opened) if (first := _first(m)) not in translated | {""}]


def _translated(catalogue: Catalog) -> Iterator:
    for message in catalogue:
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id and all(strings) and not message.fuzzy:
            yield message


def _first(message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _plurals(catalogue: Catalog) -> tuple[str, str]:
    return "Plural-Forms", f"nplurals={catalogue.num_plurals}; plural={catalogue.plural_expr};"


def _heading(catalogue: Catalog) -> str:
    headers = (("Content-Type", "text/plain; charset=utf-8"), _plurals(catalogue))
    lines = "".join(f'"{name}: {value}\\n"\n' for name, value in headers)
    return f'msgid ""\nmsgstr ""\n{lines}\n'
