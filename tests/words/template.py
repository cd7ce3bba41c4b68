"""The template of all translations, in gettext's format."""

import re
from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from tests.words.calls import ROOT, said_in_calls
from tests.words.declared import said_in_declarations
from tests.words.web_page import said_on_the_page

TEMPLATE = ROOT / "resources/translations/otn_studio.pot"
_OF_A_TRANSLATION = ("POT-", "PO-", "Report-", "Last-", "Language-", "Generated-")


def template() -> str:
    """The template as it has to be: every text once, with the files that say it."""
    catalog = Catalog(project="OTN Studio", version="1", header_comment="", fuzzy=False)
    said = {*said_in_calls(), *said_in_declarations(), *said_on_the_page()}
    for file, one, many in sorted(said):
        if is_for_translators(one):
            catalog.add((one, many) if many else one, locations=[(file, 0)])
    written = BytesIO()
    write_po(written, catalog, include_lineno=False, width=100)
    lines = written.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if not line[1:].startswith(_OF_A_TRANSLATION)).lstrip()


def is_for_translators(text: str) -> bool:
    """Whether there are words in it besides its values, or marks that each language has its own of."""
    return re.search(r"[\w“]", re.sub(r"\{\w*\}", "", text)) is not None
