"""By which names the fields, flows and languages of a container are known here."""

import re
from dataclasses import dataclass, field
from typing import Final

from babel.core import get_global

from otn_studio.blocks.field import Field, FieldType
from otn_studio.blocks.known import SYSTEM_FIELDS
from otn_studio.exchange.drawing import free
from otn_studio.exchange.source import Part

TYPES: Final = {"numeric": FieldType.NUMBER, "datetime": FieldType.DATE_TIME}
NO_LANGUAGE: Final = ("", "base", "und", "mul")
_KEY: Final = re.compile(r"[a-z0-9_]{1,60}")
_ANY: Final = re.compile(r"results\.(\w+)(?:\.(\w+))?", re.I)
_PARENT: Final = re.compile(r"parent\.(?:run\.)?results\.(\w+)(?:\.(\w+))?", re.I)
_INPUT: Final = re.compile(r"@\(?[^@]*?\binput\b")


def snake(name: str) -> str:
    """A result's name as expressions write it.

    >>> snake("Shop Again!")
    'shop_again'
    """
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_") or "result"


def language(code: str) -> str:
    """A language of three letters as it is known here; empty: nobody has said it.

    >>> language("spa"), language("base"), language("eng")
    ('es', '', 'en')
    """
    if code in NO_LANGUAGE:
        return ""
    code = code.strip().lower()
    short = get_global("language_aliases").get(code, code)
    return short if re.fullmatch(r"[a-z]{2,3}", short) else ""


def asks_for_input(text: str) -> bool:
    """Whether a text asks for what the person wrote."""
    return bool(_INPUT.search(text))


class Aspect:
    """What is kept of a result."""

    VALUE, CATEGORY, INPUT = "", "category", "input"


ASPECTS: Final = {
    "category": Aspect.CATEGORY,
    "category_localized": Aspect.CATEGORY,
    "input": Aspect.INPUT,
    "text": Aspect.INPUT,
}


@dataclass
class Names:
    """The keys of all fields, over all flows: of contacts, of results of each flow, and of the Page.

    ``read`` are the results, by name and aspect, that any text or test reads; ``from_parent`` those
    that a flow reads of the one that led to it, by the flow.
    """

    fields: dict[str, Field] = field(default_factory=dict)
    read: set[tuple[str, str]] = field(default_factory=set)
    from_parent: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    results: dict[str, dict[str, str]] = field(default_factory=dict)
    reads_input: bool = False
    _keys: dict[tuple[str, ...], str] = field(default_factory=dict)
    _flow_names: dict[str, str] = field(default_factory=dict)

    def learn(self, flow: Part, templates: list[str], results: dict[str, str]) -> None:
        """Take note of what a flow sets and reads."""
        uuid = flow.text("uuid")
        self._flow_names[uuid] = flow.text("name")
        self.results[uuid] = results
        for text in templates:
            for found in _ANY.finditer(text):
                self.read.add((snake(found[1]), ASPECTS.get((found[2] or "").lower(), "")))
            for found in _PARENT.finditer(text):
                aspect = ASPECTS.get((found[2] or "").lower(), "")
                self.from_parent.setdefault(uuid, set()).add((snake(found[1]), aspect))

    def declare(self, key: str, name: str, type: str) -> None:
        """A field of contacts, as the container lists it."""
        mine = self.contact_field(key, name)
        self.fields[mine] = Field(name or key, TYPES.get(type, FieldType.TEXT))

    def contact_field(self, key: str, name: str = "") -> str:
        plain = snake(key)[:60]
        wanted = plain if _KEY.fullmatch(plain) else "field"
        return self._key(("field", key.lower()), wanted, name or key)

    def knows(self, key: str) -> bool:
        """Whether contacts have such a field."""
        return ("field", key.lower()) in self._keys

    def page_value(self, key: str) -> str:
        return self._key(("global", key), snake(key)[:60], key, of_page=True)

    def answer(self) -> str:
        """The field that holds what the person wrote last."""
        return self._key(("answer",), "answer", "Answer")

    def scratch(self) -> str:
        """The field that holds what a split looks at, where that is put together of several."""
        return self._key(("split",), "split_by", "Split by")

    def webhook(self, path: str) -> str:
        """The field that holds a value of what another program answered."""
        return self._key(("webhook", path), f"webhook_{snake(path)}"[:60], f"Webhook {path}")

    def result(self, flow: str, name: str, aspect: str = Aspect.VALUE) -> str:
        """The field that holds a result of a flow."""
        shown = self.results.get(flow, {}).get(name, name)
        if sum(name in others for others in self.results.values()) > 1:
            shown = f"{shown} ({self._flow_names.get(flow, '')})"
        return self._of_result(("result", flow), f"result_{name}", shown, aspect)

    def handed_over(self, flow: str, name: str, aspect: str = Aspect.VALUE) -> str:
        """The field by which a flow learns a result of the one that led to it."""
        return self._of_result(("parent", flow), f"parent_{name}", name, aspect)

    def _of_result(self, whose: tuple[str, ...], name: str, shown: str, aspect: str) -> str:
        key = f"{snake(name)}_{aspect}" if aspect else snake(name)
        shown = f"{shown}, {aspect}" if aspect else shown
        return self._key((*whose, snake(name), aspect), key[:54], shown)

    def _key(self, what: tuple[str, ...], wanted: str, name: str, of_page: bool = False) -> str:
        if what not in self._keys:
            taken = set(self._keys.values()) | SYSTEM_FIELDS.keys()
            key = free(wanted, taken)
            self._keys[what] = key
            self.fields.setdefault(key, Field(name[:100] or key, of_page=of_page))
        return self._keys[what]
