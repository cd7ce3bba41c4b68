"""Changes to the languages of a flow and to what it says in them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from otn_studio.blocks.block import Block
from otn_studio.blocks.languages import LANGUAGE_PATTERN, Texts, said
from otn_studio.flow.change import Change, Impossible, refuse_missing, with_entry
from otn_studio.flow.document import Flow


@dataclass(frozen=True)
class SetLanguage(Change):
    """Says which language the flow is written in; one that it has translations into can't be it."""

    language: str

    def apply(self, flow: Flow) -> tuple[Flow, Change]:
        if self.language:
            _speakable(self.language)
        if self.language in flow.translations:
            raise Impossible(f"“{self.language}” is one of the languages it is translated into.")
        return replace(flow, language=self.language), SetLanguage(flow.language)


@dataclass(frozen=True)
class SetTranslations(Change):
    """Gives a further language all of its texts, by block; ``texts=None`` takes the language away."""

    language: str
    texts: Mapping[str, Texts] | None = field(default_factory=dict)

    def apply(self, flow: Flow) -> tuple[Flow, Change]:
        _speakable(self.language)
        for block in self.texts or {}:
            refuse_missing(flow.blocks, block)
        if self.language == flow.language:
            raise Impossible(f"“{self.language}” is the language that the flow is written in.")
        inverse = SetTranslations(self.language, flow.translations.get(self.language))
        translations = with_entry(flow.translations, self.language, self.texts)
        return replace(flow, translations=translations), inverse


@dataclass(frozen=True)
class Translate(Change):
    """Writes one text in a further language; ``text=None`` takes it away."""

    language: str
    block: str
    way: str
    text: str | None

    def apply(self, flow: Flow) -> tuple[Flow, Change]:
        refuse_missing(flow.blocks, self.block)
        blocks = flow.translations.get(self.language)
        if blocks is None:
            raise Impossible(f"The flow has no language “{self.language}”.")
        before = blocks.get(self.block, {})
        texts = with_entry(before, self.way, self.text)
        changed = with_entry(blocks, self.block, texts or None)
        translations = {**flow.translations, self.language: changed}
        inverse = Translate(self.language, self.block, self.way, before.get(self.way))
        return replace(flow, translations=translations), inverse

    def replaces(self, before: Change) -> bool:
        here = self.language, self.block, self.way
        return isinstance(before, Translate) and here == (before.language, before.block, before.way)


def forgotten(flow: Flow, id: str, block: Block) -> Iterator[Translate]:
    """Takes away what translates a text that stands in a block now, and not in the new one."""
    if id not in flow.blocks or not flow.translations:
        return
    gone = {text.way for text in said(flow.blocks[id])} - {text.way for text in said(block)}
    for language, texts in flow.texts_of(id).items():
        yield from (Translate(language, id, way, None) for way in texts if way in gone)


def _speakable(language: str) -> None:
    if not re.fullmatch(LANGUAGE_PATTERN, language):
        raise Impossible(f"“{language}” is not a language.")
