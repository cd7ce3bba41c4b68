"""Comparing what people write, in any script."""

import re
from functools import cache, lru_cache
from typing import Final
from unicodedata import category, normalize

_UNSEEN: Final = "[\u00ad\u034f\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff]"
"""What has no shape of its own: soft hyphens, joiners, marks of direction, variants of emoji."""

_UNSPACED: Final = (
    "[\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff"  # Burmese, Khmer
    "\u3040-\u30ff\u31f0-\u31ff"  # Japanese
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"  # Chinese characters
)
"""Scripts that put no space between two words, so that any letter may begin one."""


_TYPED: Final = str.maketrans("‘’ʼ“”„«»", "'''" + 5 * '"')
"""Phones put other apostrophes and quotation marks in place of those that are typed."""


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """A text without regard to case, width, spacing, kinds of quotation marks and what can't be seen.

    The dotted and the dotless i are one letter here, since in Turkish each has the other's capital.

    >>> folded("  Back   IN stock ") == folded("back in stock")
    True
    >>> folded("STRASSE") == folded("Straße")
    True
    >>> folded("I can’t") == folded("I can't")
    True
    """
    text = normalize("NFKC", normalize("NFKC", _read(_UNSEEN).sub("", text)).casefold())
    plain = text.replace("i\u0307", "i").replace("ı", "i").translate(_TYPED)
    return " ".join(plain.split())


def has_words(text: str, words: str) -> bool:
    """Whether these words stand in a text, both folded: whole words where the script has spaces.

    >>> has_words("is it back in stock?", "stock"), has_words("stockings", "stock")
    (True, False)
    >>> has_words("サイズはありますか", "サイズ")
    True
    """
    at = text.find(words)
    while at >= 0:
        if _is_edge(text, at) and _is_edge(text, at + len(words)):
            return True
        at = text.find(words, at + 1)
    return False


def begins_with_words(text: str, words: str) -> bool:
    """Whether a text begins with these words, both folded.

    >>> begins_with_words("order 66", "order"), begins_with_words("orders", "order")
    (True, False)
    """
    return text.startswith(words) and _is_edge(text, len(words))


def is_unspaced(text: str) -> bool:
    """Whether a script stands in it that puts no space between two words.

    >>> is_unspaced("Für dich"), is_unspaced("こんにちは")
    (False, True)
    """
    return bool(_read(_UNSPACED).search(text))


def _is_edge(text: str, at: int) -> bool:
    """Whether a word may begin or end there: never before a mark that belongs to the letter."""
    if at in (0, len(text)):
        return True
    before, after = text[at - 1], text[at]
    if _is_mark(after):
        return not _is_word(before)
    if not (_is_word(before) and _is_word(after)):
        return True
    unspaced = _read(_UNSPACED)
    return bool(unspaced.match(before) or unspaced.match(after))


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_" or _is_mark(character)


def _is_mark(character: str) -> bool:
    return category(character).startswith("M")


_read = cache(re.compile)
"""Such patterns are worth reading only where one is asked for."""
