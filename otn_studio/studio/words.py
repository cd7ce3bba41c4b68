"""Texts on the screen, in the person's language."""

import gettext
from typing import Any

from otn_studio import shipped
from otn_studio.blocks.words import Words
from otn_studio.studio.written import in_sentence

_NAME = "otn_studio"
_FOLDER = shipped.path("resources/translations")
_TRANSLATOR = gettext.translation(_NAME, localedir=_FOLDER, fallback=True)
_LANGUAGE = "en"


def languages() -> tuple[str, ...]:
    """The languages that the program speaks, English first."""
    return "en", *sorted(file.parts[-3] for file in _FOLDER.glob(f"*/LC_MESSAGES/{_NAME}.mo"))


def speak(language: str) -> None:
    """Say everything in a language from now on; what stands on the screen stays as it is."""
    global _TRANSLATOR, _LANGUAGE
    _TRANSLATOR = gettext.translation(_NAME, _FOLDER, languages=[language], fallback=True)
    _LANGUAGE = language


def spoken() -> str:
    """The language in which everything is said."""
    return _LANGUAGE


def shown(words: Words) -> str:
    return words.translated(_TRANSLATOR, in_sentence)


def verbatim(text: str) -> str:
    """A text without values: braces in it are meant as they are."""
    return _TRANSLATOR.gettext(text)


def _(text: str, /, **values: Any) -> str:
    """A text of the screen, by its English form, with its values.

    >>> _("{count} of {limit}", count=3, limit=65)
    '3 of 65'
    """
    return shown(Words(text, **values))
