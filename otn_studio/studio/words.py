"""Texts on the screen, in the person's language."""

import gettext
from typing import Any

from otn_studio import shipped
from otn_studio.blocks.words import Words

_TRANSLATOR = gettext.translation(
    "otn_studio", localedir=shipped.path("resources/translations"), fallback=True
)


def shown(words: Words) -> str:
    return words.translated(_TRANSLATOR)


def verbatim(text: str) -> str:
    """A text without values: braces in it are meant as they are."""
    return _TRANSLATOR.gettext(text)


def _(text: str, /, **values: Any) -> str:
    """A text of the screen, by its English form, with its values.

    >>> _("{count} of {limit}", count=3, limit=65)
    '3 of 65'
    """
    return shown(Words(text, **values))
