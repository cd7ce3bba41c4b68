"""Names: how they compare, and readable ones for what has none of its own."""

import re
from collections.abc import Container
from enum import Enum
from typing import Any
from unicodedata import normalize

from otn_studio.blocks.block import Option, Part
from otn_studio.blocks.known import SYSTEM_FIELDS
from otn_studio.studio.words import _, shown, verbatim


def compared(name: str) -> str:
    """A name as names are compared: without regard to case, width and spacing.

    >>> compared("Blue  Sneakers ") == compared("blue sneakers")
    True
    """
    return " ".join(normalize("NFKC", normalize("NFKC", name).casefold()).split())


def readable(value: str) -> str:
    """A name from the code as a person reads it.

    >>> readable("is_not"), readable("QuickReply"), readable("messenger")
    ('Is not', 'Quick reply', 'Messenger')
    """
    return catalogued(spelled(value))


def value_name(option: Option, value: Enum | str) -> str:
    """What people call a value that they can choose.

    >>> value_name(Option("Send along", called={"json": "As JSON"}), "json")
    'As JSON'
    """
    plain = str(value.value if isinstance(value, Enum) else value)
    return catalogued(option.called.get(plain) or spelled(plain))


def spelled(value: str) -> str:
    """A name from the code in English, as it stands in the catalogues."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", value).replace("_", " ")
    return spaced[:1].upper() + spaced[1:].lower()


def catalogued(text: str) -> str:
    """A text of a declaration in the person's language."""
    return verbatim(text)


def part_name(part: type[Part]) -> str:
    """What people call a part: the title of its declaration, else its class.

    >>> from otn_studio.blocks.logic.condition import FieldTest
    >>> part_name(FieldTest)
    'Field test'
    """
    return catalogued(title_of(part))


def part_within(part: type[Part]) -> str:
    """The same within a sentence; a text of its own, since not all languages write it small.

    >>> from otn_studio.blocks.logic.condition import FieldTest
    >>> part_within(FieldTest)
    'field test'
    """
    return catalogued(title_of(part).lower())


def title_of(part: type[Part]) -> str:
    """The English name of a part, as it stands in the catalogues."""
    kind = getattr(part, "kind", None)
    return kind.title if kind else part.called or spelled(part.__name__)


def first_words(part: Part) -> str:
    """What a part says, in the person's own words: its first text, else its first value.

    >>> from otn_studio.blocks.elements.text import Text
    >>> first_words(Text(id="hi", text="Hi {{ contact.first_name | upcase }}!"))
    'Hi {First name}!'
    >>> first_words(Text(id="cost", text="It costs {{ page.price_now }} €."))
    'It costs {price now} €.'
    """
    texts = [
        (not option.liquid, value.strip())
        for name, option in part.options().items()
        if isinstance(value := getattr(part, name), str) and value.strip() and not option.refers_to
        if not isinstance(value, Enum)
    ]
    first = min(texts, key=lambda text: text[0])[1] if texts else ""
    return re.sub(r"\{\{\s*(?:contact|page)\.(\w+).*?\}\}", _in_braces, first)


def _in_braces(mention: re.Match[str]) -> str:
    known = SYSTEM_FIELDS.get(mention[1])
    return "{" + (shown(known[0]) if known else mention[1].replace("_", " ")) + "}"


def new_key(name: str, taken: Container[str]) -> str:
    """A key for a new field, such as texts can use.

    >>> new_key("Größe (EU)", {"grosse_eu"}), new_key("43", set()), new_key("尺寸", set())
    ('grosse_eu_2', 'field_43', 'field')
    """
    plain = normalize("NFKD", name.replace("ß", "ss")).encode("ascii", "ignore").decode().lower()
    key = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:40]
    if not key[:1].isalpha():
        key = f"field_{key}".rstrip("_")
    number, wanted = 1, key
    while wanted in taken:
        number += 1
        wanted = f"{key}_{number}"
    return wanted


def first_sentence(help: str) -> str:
    """The beginning of a help page.

    >>> first_sentence("Works for an m.me link\\nof yours. And more.\\n\\nNext.")
    'Works for an m.me link of yours.'
    """
    paragraph = " ".join(help.partition("\n\n")[0].split())
    found = re.match(r".+?[.!?](?=\s|$)", paragraph)
    return found[0] if found else paragraph


def unmarked(help: str) -> str:
    """A help text where no marks can be shown: names stand in quotes.

    >>> unmarked("Where *Go to flow* comes in.")
    'Where “Go to flow” comes in.'
    """
    return re.sub(r"\*(.+?)\*", lambda found: _("“{text}”", text=found[1]), help)


def resembles(name: str, typed: str) -> bool:
    """Whether a name contains what was typed, or half of its words.

    >>> resembles("Blue sneakers", "sneak"), resembles("Blue sneakers", "blue sneakers 43")
    (True, True)
    >>> resembles("Weekly deals", "blue deals, kids")
    False
    """
    name, typed = compared(name), compared(typed)
    words = typed.split()
    return typed in name or sum(word in name for word in words) * 2 >= len(words)


def rank(name: str, typed: str) -> int:
    """Where a name that resembles what was typed stands: itself, then what contains it."""
    name, typed = compared(name), compared(typed)
    return 0 if name == typed else 1 if typed in name else 2


def for_menu(text: Any) -> str:
    """A text in which ``&`` is a letter, not the mark of a shortcut."""
    return str(text).replace("&", "&&")
