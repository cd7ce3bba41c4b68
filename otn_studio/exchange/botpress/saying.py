"""What a bot of Botpress says, from its content elements."""

import re
from typing import Any, Final

from otn_studio.blocks.element import Element
from otn_studio.blocks.elements.card import Card
from otn_studio.blocks.elements.carousel import Carousel, CarouselCard
from otn_studio.blocks.elements.picture import Picture
from otn_studio.blocks.elements.question import AnswerChoice
from otn_studio.blocks.elements.text import Text
from otn_studio.blocks.words import Words
from otn_studio.exchange.making import Making, as_dict, as_list, as_text, media
from otn_studio.policy import limits

_MUSTACHE: Final = re.compile(r"\{\{\{?\s*([\w.$\[\]'\"-]+?)\s*\}?\}\}")
_NAME: Final = re.compile(r"[\w$-]+")
MEDIA: Final = {"builtin_image": "image", "builtin_video": "video", "builtin_audio": "audio"}
HEARD: Final = "heard"
"""The field that holds what the person wrote last."""


class Saying:
    """``language`` is that of the texts that are brought."""

    def __init__(self, language: str, making: Making) -> None:
        self._language = language
        self._making = making

    def field(self, path: str) -> str:
        """The field that one of its variables becomes, such as ``session.order.size``."""
        names = _NAME.findall(path)
        if names[:2] in (["event", "preview"], ["event", "payload"]):
            return self.heard()
        known = [
            name for name in names if name not in ("event", "state", "user", "session", "temp")
        ]
        name = "_".join(known) or "value"
        return self._making.field(name, name)

    def heard(self) -> str:
        return self._making.field(HEARD, "Heard")

    def ours(self, text: str) -> str:
        """One of its texts for us."""
        pieces, end = [], 0
        for found in _MUSTACHE.finditer(text):
            pieces += [_literal(text[end : found.start()])]
            pieces += ["{{ contact." + self.field(found[1]) + " }}"]
            end = found.end()
        return "".join([*pieces, _literal(text[end:])]).strip()

    def of(self, form: dict[str, Any], name: str) -> Any:
        """One of an element's values, in its language."""
        return form.get(f"{name}${self._language}", form.get(name))

    def text(self, form: dict[str, Any], name: str = "text") -> str:
        return self.ours(as_text(self.of(form, name)))

    def elements(self, form: dict[str, Any], id: str, notes: list[Words]) -> list[Element]:
        """What is shown of an element; nothing where it is of a kind that is not known."""
        kind = as_text(form.get(""))
        if kind in MEDIA:
            url = as_text(self.of(form, MEDIA[kind]))
            notes += (
                [] if url.startswith("http") else [Words("Its file is not on the web; choose it.")]
            )
            return [media(id, url) if kind != "builtin_image" else Picture(id=id, url=url)]
        if kind == "builtin_card":
            return [Card(id=id, **self._card(form))]
        if kind == "builtin_carousel":
            items = as_list(self.of(form, "items"), "items")[: limits.CARDS]
            cards = [self._card(as_dict(item, "items")) for item in items]
            shown = [CarouselCard(id=f"c{n}", **card) for n, card in enumerate(cards, start=1)]
            notes.append(Words("Buttons of its cards are left out; draw them here."))
            return [Carousel(id=id, cards=shown)]
        text = self.text(form)
        return [Text(id=id, text=text)] if text else []

    def _card(self, form: dict[str, Any]) -> dict[str, str]:
        return {
            "title": self.text(form, "title"),
            "subtitle": self.text(form, "subtitle"),
            "picture": as_text(self.of(form, "image")),
        }

    def choices(self, form: dict[str, Any], notes: list[Words]) -> list[tuple[AnswerChoice, str]]:
        """What there is to choose from, each with the value by which the bot knows it."""
        found = []
        entries = as_list(self.of(form, "choices"), "choices")
        for number, entry in enumerate(entries, start=1):
            given = as_dict(entry, "choices")
            said = as_text(given.get("title")).strip() or "…"
            title = said
            if len(said) > limits.QUICK_REPLY_TITLE:
                title = said[: limits.QUICK_REPLY_TITLE - 1].rstrip() + "…"
                sentence = Words(
                    "Answers to tap are shortened to {n} letters.", n=limits.QUICK_REPLY_TITLE
                )
                notes.append(sentence)
            value = as_text(given.get("value")) or said
            found.append((AnswerChoice(id=f"a{number}", title=title, value=value), value))
        return found


def _literal(text: str) -> str:
    """A text in which nothing is filled in."""
    return re.sub(r"\{(?=[{%])", '{{ "{" }}', text)
