"""What the commands say, in the person's language."""

import gettext
import sys
from typing import Any

from otn_studio import shipped
from otn_studio.blocks.words import Words

_TRANSLATOR = gettext.translation(
    "otn_studio", localedir=shipped.path("resources/translations"), fallback=True
)


def shown(words: Words) -> str:
    return words.translated(_TRANSLATOR)


def say(text: str | Words, /, **values: Any) -> None:
    """Say it on standard output, now."""
    print(shown(text if isinstance(text, Words) else Words(text, **values)), flush=True)


def complain(words: Words) -> None:
    """Say it on standard error."""
    print(shown(words), file=sys.stderr, flush=True)
