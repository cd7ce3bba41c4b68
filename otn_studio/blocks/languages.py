"""The languages that a flow can speak: which one fits a person, and the texts of a block in it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from otn_studio.blocks.block import Block, Option, Part
from otn_studio.blocks.element import Element

LANGUAGE_PATTERN: Final = r"^[a-z]{2,3}(_[A-Z]{2})?$"
NAMES: Final = {
    "ar": "العربية",
    "bg": "Български",
    "bn": "বাংলা",
    "cs": "Čeština",
    "da": "Dansk",
    "de": "Deutsch",
    "el": "Ελληνικά",
    "en": "English",
    "es": "Español",
    "et": "Eesti",
    "fa": "فارسی",
    "fi": "Suomi",
    "fr": "Français",
    "he": "עברית",
    "hi": "हिन्दी",
    "hr": "Hrvatski",
    "hu": "Magyar",
    "id": "Bahasa Indonesia",
    "it": "Italiano",
    "ja": "日本語",
    "ko": "한국어",
    "lt": "Lietuvių",
    "lv": "Latviešu",
    "ms": "Bahasa Melayu",
    "nb": "Norsk",
    "nl": "Nederlands",
    "pl": "Polski",
    "pt_BR": "Português (Brasil)",
    "pt_PT": "Português (Portugal)",
    "ro": "Română",
    "ru": "Русский",
    "sk": "Slovenčina",
    "sl": "Slovenščina",
    "sq": "Shqip",
    "sr": "Српски",
    "sv": "Svenska",
    "sw": "Kiswahili",
    "ta": "தமிழ்",
    "th": "ไทย",
    "tl": "Filipino",
    "tr": "Türkçe",
    "uk": "Українська",
    "ur": "اردو",
    "vi": "Tiếng Việt",
    "zh_CN": "简体中文",
    "zh_TW": "繁體中文",
}
"""Languages by their codes, each called as its speakers call it."""

Texts = Mapping[str, str]
"""Texts of a block by the ways to them."""
P = TypeVar("P", bound=Part)


def language_name(code: str) -> str:
    """What a language is called; one that is not known is called by its code.

    >>> language_name("de"), language_name("de_AT"), language_name("xx")
    ('Deutsch', 'Deutsch (AT)', 'xx')
    """
    language, _, country = code.partition("_")
    name = NAMES.get(code, NAMES.get(language, code))
    return f"{name} ({country})" if country and language in NAMES and code not in NAMES else name


def best(spoken: Iterable[str], *wanted: str) -> str:
    """Of the languages spoken, the one for who wants these, the first one first; empty: none fits.

    A country's own is better than the language, and that is better than another country's.

    >>> best(["en", "pt_BR"], "pt_PT", "en_US"), best(["en"], "fr_FR", "")
    ('pt_BR', '')
    """
    spoken = [code for code in spoken if code]
    for locale in filter(None, wanted):
        near = [code for code in spoken if _language(code) == _language(locale)]
        if near:
            return min(near, key=lambda code: (_plain(code) != _plain(locale), "_" in code, code))
    return ""


def _plain(code: str) -> str:
    return code.replace("-", "_").lower()


def _language(code: str) -> str:
    return _plain(code).partition("_")[0]


@dataclass(frozen=True, slots=True)
class Said:
    """A text that the person reads. ``way`` leads to it by ids, whatever is moved around it;
    ``field`` as things stand. It ``has_use`` where the other options leave it a meaning.
    """

    way: str
    field: str
    option: Option
    text: str
    has_use: bool

    @property
    def needs_words(self) -> bool:
        """Whether it is to be read by somebody, so that it wants a translation."""
        return self.has_use and bool(self.text.strip())


def said(block: Block) -> Iterator[Said]:
    """The texts of a block that the person reads: the Liquid of its elements, and options that are
    declared so. They may be empty.
    """
    return _said(block, "", "", in_message=False)


def _said(part: Part, way: str, path: str, in_message: bool) -> Iterator[Said]:
    for name, option in _read_by_people(part, in_message):
        text, has_use = getattr(part, name), part.has_use_for(option)
        yield Said(way + name, path + name, option, text, has_use)
    for name, inner in _inner_parts(part):
        for index, entry in enumerate(inner):
            yield from _said(
                entry,
                f"{way}{entry.id}.",
                f"{path}{name}.{index}.",
                in_message or isinstance(entry, Element),
            )


def in_words(part: P, texts: Texts, way: str = "", in_message: bool = False) -> P:
    """The same block with these texts instead of its own, where it has such."""
    changed: dict[str, Any] = {
        name: text
        for name, _ in _read_by_people(part, in_message)
        if (text := texts.get(way + name)) and getattr(part, name).strip()
    }
    for name, inner in _inner_parts(part):
        changed[name] = tuple(
            in_words(entry, texts, f"{way}{entry.id}.", in_message or isinstance(entry, Element))
            for entry in inner
        )
    return part.model_copy(update=changed) if changed else part


def _read_by_people(part: Part, in_message: bool) -> Iterator[tuple[str, Option]]:
    for name, option in part.options().items():
        is_read = option.said or (in_message and option.liquid)
        if is_read and isinstance(getattr(part, name), str):
            yield name, option


def _inner_parts(part: Part) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """The parts within that have ids."""
    for name in type(part).model_fields:
        value = getattr(part, name)
        if isinstance(value, tuple) and value and all(hasattr(entry, "id") for entry in value):
            yield name, value
