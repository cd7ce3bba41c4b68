"""What the web page says, in the language of whoever looks at it.

Its sentences stand in its own files, in English: as texts and labels of the document, and in its
scripts' calls of ``say``.
"""

import gettext
import html
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from otn_studio import shipped

FOLDER: Final = shipped.path("resources/emulator")
ENGLISH: Final = "en"
_NAME: Final = "otn_studio"
_TRANSLATIONS: Final = shipped.path("resources/translations")
_SHOWN: Final = re.compile(
    r'(?P<before>>\s*|(?:placeholder|aria-label|title)=")(?P<text>[^<>"\s][^<>"]*?)(?P<after>\s*<|")'
)
_SAID: Final = re.compile(r'\bsay\(("(?:[^"\\]|\\.)*")')


def language(accepted: str) -> str:
    """The first that is spoken here of those that a browser asks for; else English.

    >>> language("fr;q=0.9, de-AT"), language("en-GB, de;q=0.8"), language("")
    ('de', 'en', 'en')
    """
    codes = (_code(part) for part in sorted(accepted.split(","), key=_weight, reverse=True))
    return next((code for code in codes if code == ENGLISH or _catalogue(code)), ENGLISH)


def document(language: str) -> str:
    """The page's document in a language."""
    translated = _translations(language).gettext

    def put(found: re.Match[str]) -> str:
        text = html.escape(translated(html.unescape(found["text"])))
        return found["before"] + text + found["after"]

    text = _document().replace(f'lang="{ENGLISH}"', f'lang="{language}"', 1)
    return _SHOWN.sub(put, text)


def words(language: str) -> dict[str, str]:
    """What the scripts say, each by its English form."""
    translated = _translations(language).gettext
    return {text: translated(text) for file, text in sentences() if file.suffix == ".js"}


def sentences() -> Iterator[tuple[Path, str]]:
    """Every sentence of the page, with its file."""
    for found in _SHOWN.finditer(_document()):
        if not found["text"].startswith("http"):
            yield FOLDER / "index.html", html.unescape(found["text"])
    for file in sorted(FOLDER.glob("*.js")):
        for text in _SAID.findall(file.read_text(encoding="utf-8")):
            yield file, json.loads(text)


def _document() -> str:
    return (FOLDER / "index.html").read_text(encoding="utf-8")


def _code(part: str) -> str:
    return part.partition(";")[0].partition("-")[0].strip().lower()


def _weight(part: str) -> float:
    found = re.search(r";\s*q=(\d(?:\.\d+)?)", part)
    return float(found[1]) if found else 1.0


@cache
def _translations(language: str) -> gettext.NullTranslations:
    return gettext.translation(_NAME, _TRANSLATIONS, [language], fallback=True)


def _catalogue(code: str) -> bool:
    return code.isalpha() and gettext.find(_NAME, _TRANSLATIONS, [code]) is not None
