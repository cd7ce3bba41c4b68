"""What is sent along with a request to another program over the web, and why it may fail."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Final
from urllib.parse import quote, quote_plus

from otn_studio.blocks import secret
from otn_studio.blocks.block import Option, Part
from otn_studio.blocks.finding import Finding, error, warning
from otn_studio.blocks.turn import Turn
from otn_studio.blocks.words import Words

LONGEST_URL: Final = 2_000
LONGEST_VALUE: Final = 2_000
LONGEST_BODY: Final = 20_000
LONGEST_WAIT: Final = 20
"""Seconds. A person should not wait longer than 30 for what the bot says."""
JSON: Final = "application/json"
FORM: Final = "application/x-www-form-urlencoded"

NOT_REACHED, PRIVATE, BROKE_OFF = "not_reached", "private", "broke_off"
TOO_SLOW, TOO_LONG, ELSEWHERE = "too_slow", "too_long", "elsewhere"
NO_SECRET, BAD_ADDRESS, NOT_REPEATED = "no_secret", "bad_address", "not_repeated"
WHY: Final[Mapping[str, Words]] = {
    NOT_REACHED: Words("The other program could not be reached"),
    PRIVATE: Words("The address is not a public one on the web, so it was not called"),
    BROKE_OFF: Words("The connection broke before the answer was there"),
    TOO_SLOW: Words("There was no answer in time"),
    TOO_LONG: Words("The answer was too long to be read"),
    ELSEWHERE: Words("The other program pointed to another one, which was not called"),
    NO_SECRET: Words("A secret that the request needs is not set, so nothing was called"),
    BAD_ADDRESS: Words("The address or a header can’t be used as it was filled in"),
    NOT_REPEATED: Words(
        "The engine ended during the request. It was not made again, since it may have been"
        " carried out."
    ),
}

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_OURS: Final = frozenset(
    {"host", "content-length", "transfer-encoding", "connection", "accept-encoding"}
)
_SAME_FOR_ALL = re.compile(r"https?://[^\s/?#{}@]+(?:[/?#]|$)|\{\{-?\s*secret\.")
_NOT_ENCODED = re.compile(r"\{\{[^}]*\bcontact\.(?![^}]*\burl_encode\b)[^}]*\}\}")


class Header(Part):
    """A line that goes before the content, such as Authorization."""

    name: Annotated[str, Option("Name", required=True, limit=100)] = ""
    value: Annotated[
        str, Option("Value", required=True, limit=LONGEST_VALUE, liquid=True, secrets=True)
    ] = ""

    def sent(self, turn: Turn) -> tuple[str, str]:
        value = turn.render(self.value, LONGEST_VALUE, secrets=True)
        return self.name.strip(), " ".join(value.split())

    def findings(self, path: str) -> Iterator[Finding]:
        name = self.name.strip()
        if name and not _NAME.fullmatch(name):
            words = Words("“{name}” can’t be the name of a header. Use letters and -.", name=name)
            yield error("bad_header", words, f"{path}name")
        elif name.lower() in _OURS:
            words = Words("The header {name} is set by itself. Remove it here.", name=name)
            yield error("bad_header", words, f"{path}name")


class SentValue(Part):
    """A value with the name by which the other program knows it."""

    called = "Value"

    name: Annotated[str, Option("Name", required=True, limit=100)] = ""
    value: Annotated[str, Option("Value", limit=LONGEST_VALUE, liquid=True, secrets=True)] = ""

    def sent(self, turn: Turn) -> tuple[str, str]:
        return self.name, turn.render(self.value, LONGEST_VALUE, secrets=True)


Pairs = tuple[tuple[str, str], ...]


def as_form(values: Pairs) -> str:
    """Values as a form on a web page sends them.

    >>> as_form((("size", "42 ½"), ("colour", "blue&white")))
    'size=42+%C2%BD&colour=blue%26white'
    """
    return "&".join(f"{_in_form(name)}={_in_form(value)}" for name, value in values)


def with_query(url: str, values: Pairs) -> str:
    """An address with values in it, before a part of the page that it may point to."""
    page, mark, part = url.partition("#")
    query = as_form(values)
    joint = "" if not query else "&" if "?" in page else "?"
    return f"{page}{joint}{query}{mark}{part}"


def as_json(values: Pairs) -> str:
    """Values as programs mostly send them.

    >>> print(as_json((("name", 'Ann "A"'),)))
    {"name": "Ann \\"A\\""}
    """
    return json.dumps(dict(values), ensure_ascii=False)


def type_of(text: str) -> str:
    """What a text that is sent is called, if nobody says otherwise."""
    return JSON if text.lstrip()[:1] in ("{", "[") else "text/plain; charset=utf-8"


def with_type(headers: Pairs, type: str) -> Pairs:
    """Headers that say what is sent, unless they do so already."""
    if not type or any(name.lower() == "content-type" for name, _ in headers):
        return headers
    return (*headers, ("Content-Type", type))


def why_not(problem: str) -> Words:
    """What became of a request that got no answer."""
    return WHY.get(problem) or Words("{problem}", problem=problem)


def wrong_address(url: str, field: str) -> Iterator[Finding]:
    """Addresses that lead who knows where: their beginning has to be the same for everybody."""
    if url.strip() and not is_one_address(url):
        sentence = Words(
            "The address has to begin with https:// and the name of the other program’s computer,"
            " the same for everybody, such as https://shop.example/orders."
        )
        yield error("not_one_address", sentence, field)
    elif _NOT_ENCODED.search(url):
        sentence = Words(
            "What people write could change where this address leads. Add | url_encode within the"
            " {{{{ }}}}."
        )
        yield warning("not_encoded", sentence, field)


def is_one_address(url: str) -> bool:
    """Whether it leads everybody to the same computer; a secret may be the whole of it.

    >>> is_one_address("https://shop.example/{{ contact.size }}")
    True
    >>> is_one_address("https://{{ contact.shop }}/")
    False
    """
    return _SAME_FOR_ALL.match(url.strip()) is not None


def filled_in(text: str, type: str, secrets: Mapping[str, str]) -> str:
    """A text of a request with the values of its secrets, as its type writes them.

    Raises:
        KeyError: one of them is not there.
    """
    how = {
        JSON: lambda value: json.dumps(value, ensure_ascii=False)[1:-1],
        FORM: quote_plus,
    }.get(type.partition(";")[0].strip().lower(), str)
    return secret.put_in(text, lambda name: how(secrets[name]))


def _in_form(text: str) -> str:
    return secret.around_marks(text, quote_plus)


def in_address(secrets: Mapping[str, str]) -> Mapping[str, str]:
    """Secrets as they stand in an address: what has a meaning there keeps it."""
    return {name: quote(value, safe="/:?&=@+,;%~") for name, value in secrets.items()}
