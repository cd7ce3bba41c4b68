"""Texts of Typebot: rich ones as plain ones, with the fields that its variables become."""

import html
import re
from collections.abc import Iterator
from typing import Any, Final

from otn_studio.blocks.words import Words
from otn_studio.exchange.making import Making, as_text
from otn_studio.exchange.typebot.bot import Bot

_CODE: Final = re.compile(r"\{\{=.*?=\}\}", re.DOTALL)
_VARIABLE: Final = re.compile(r"\{\{\s*([^{}|]+?)\s*\}\}")
_TAG: Final = re.compile(r"<[^<>]*>")
_BREAK: Final = re.compile(r"</(?:div|p|li)>|<br\s*/?>", re.IGNORECASE)
_SUM: Final = re.compile(
    r"\s*\{\{\s*([^{}|]+?)\s*\}\}\s*([-+*/])\s*(?:(-?\d+(?:\.\d+)?)|\{\{\s*([^{}|]+?)\s*\}\})\s*"
)
_FILTERS: Final = {"+": "plus", "-": "minus", "*": "times", "/": "divided_by"}
_PROGRAM: Final = re.compile(r"=>|\breturn\b|;|[\w\])]\s*\(|\?.*:|===|&&|\|\||\bnew\b|\w\.\w+\(")
_QUOTED: Final = re.compile(r"\s*([\"'`])(.*)\1\s*", re.DOTALL)
_BLOCKS: Final = frozenset({"p", "li", "lic", "ul", "ol", "blockquote", "h1", "h2", "h3"})


class Texts:
    """Brings the texts of one bot into ours, and its variables along as fields."""

    def __init__(self, bot: Bot, making: Making) -> None:
        self._making = making
        self._by_id = {id: self.field(name) for id, name in bot.variables.items() if name}

    def field(self, name: str) -> str:
        """The field that a variable of that name becomes."""
        return self._making.field(name, name)

    def variable(self, id: Any) -> str:
        """The field of a variable by its id; empty where there is none."""
        return self._by_id.get(as_text(id), "")

    def rich(self, content: Any, notes: list[Words]) -> str:
        """What a text bubble says."""
        if not isinstance(content, dict):
            return ""
        if isinstance(content.get("richText"), list):
            plain = "\n".join(_lines(content["richText"]))
        else:
            plain = as_text(content.get("plainText")) or _without_tags(as_text(content.get("html")))
        return self.ours(plain, notes)

    def ours(self, text: str, notes: list[Words]) -> str:
        """A plain text for us; what is not quite the same goes to ``notes``."""
        if _CODE.search(text):
            notes.append(Words("A small program within a text says nothing here."))
        pieces, end = [], 0
        text = _CODE.sub("", text)
        for found in _VARIABLE.finditer(text):
            pieces += [_literal(text[end : found.start()])]
            pieces += ["{{ contact." + self.field(found[1]) + " }}"]
            end = found.end()
        return "".join([*pieces, _literal(text[end:])]).strip()

    def value(self, expression: str, is_code: bool, notes: list[Words]) -> str | None:
        """What a variable is set to; nothing where it takes a program to find out."""
        if found := _SUM.fullmatch(expression):
            first, sign, number, second = found.groups()
            other = number or f"contact.{self.field(second)}"
            return "{{ contact." + f"{self.field(first)} | {_FILTERS[sign]}: {other}" + " }}"
        quoted = _QUOTED.fullmatch(expression)
        plain = quoted[2] if quoted else expression
        if not quoted and (is_code or _PROGRAM.search(_VARIABLE.sub("x", expression))):
            return None
        return self.ours(plain, notes)


def _literal(text: str) -> str:
    """A text in which nothing is filled in."""
    return re.sub(r"\{(?=[{%])", '{{ "{" }}', text)


def _lines(elements: list[Any]) -> Iterator[str]:
    for element in elements:
        if not isinstance(element, dict):
            continue
        children = element.get("children")
        inner = children if isinstance(children, list) else []
        if any(isinstance(one, dict) and as_text(one.get("type")) in _BLOCKS for one in inner):
            yield from _lines(inner)
        else:
            yield "".join(_inline(element))


def _inline(element: dict[str, Any]) -> Iterator[str]:
    yield as_text(element.get("text"))
    children = element.get("children")
    said = [
        "".join(_inline(child))
        for child in (children if isinstance(children, list) else [])
        if isinstance(child, dict)
    ]
    yield from said
    url = as_text(element.get("url"))
    if url and url != "".join(said):
        yield f" ({url})"


def _without_tags(text: str) -> str:
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", text))).strip()
