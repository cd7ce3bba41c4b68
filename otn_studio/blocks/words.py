"""Sentences as data: a message id with its values, put into a language only where it is shown."""

import gettext
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol


class Translator(Protocol):
    """What ``gettext`` offers, so that any catalogue serves."""

    def gettext(self, message: str) -> str: ...

    def ngettext(self, one: str, many: str, n: int) -> str: ...


ENGLISH: Translator = gettext.NullTranslations()


def _plainly(value: int | datetime) -> str:
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else str(value)


@dataclass(frozen=True)
class Words:
    """A sentence by its English text, which is also its key in the catalogues.

    >>> str(Words("“{name}” is free", name="Ann"))
    '“Ann” is free'
    """

    text: str
    values: dict[str, Any] = field(default_factory=dict)
    plural: str = ""
    n: int = 1

    def __init__(self, text: str, /, *, plural: str = "", n: int = 1, **values: Any) -> None:
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "plural", plural)
        object.__setattr__(self, "n", n)
        object.__setattr__(self, "values", values)

    def __hash__(self) -> int:
        return hash((self.text, self.n))

    def translated(
        self, translator: Translator, written: Callable[[int | datetime], str] = _plainly
    ) -> str:
        """The sentence in the translator's language, with its values filled in; counts and instants
        as they are ``written`` there.
        """
        if self.plural:
            pattern = translator.ngettext(self.text, self.plural, self.n)
        else:
            pattern = translator.gettext(self.text)
        if "{" not in pattern and "}" not in pattern:
            return pattern
        values: dict[str, Any] = {"n": written(self.n)} if "{n" in pattern else {}
        for name, value in self.values.items():
            match value:
                case Words():
                    value = value.translated(translator, written)
                case datetime():
                    value = written(value)
            values[name] = value
        return pattern.format(**values)

    def __str__(self) -> str:
        return self.translated(ENGLISH)


def quoted(texts: Sequence[str]) -> Words:
    """Each text in the quotation marks of the language in which it is shown.

    >>> str(quoted(("hello", "hi", "good day")))
    '“hello”, “hi”, “good day”'
    """
    if len(texts) == 1:
        return Words("“{text}”", text=texts[0])
    half = len(texts) // 2
    return Words("{some}, {more}", some=quoted(texts[:half]), more=quoted(texts[half:]))


class Problem(Exception):
    """Something that a person has to know of and can mend, in one full sentence."""

    def __init__(self, text: str, /, **values: Any) -> None:
        self.words = Words(text, **values)
        super().__init__(str(self.words))
