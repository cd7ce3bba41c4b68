"""What a text looks like: a pattern of one's own, or something that is written in many ways."""

from functools import lru_cache
from typing import Any, Final

from otn_studio.blocks.liquid import VALUE_LIMIT

EMAIL: Final = r"[\pL\pN][-+.%\w\pL\pN]*@[\pL\pN][-\pL\pN]*(\.[\pL\pN][-\pL\pN]*)+"
LINK: Final = r"\bhttps?://[^\s/]|\bwww\.[-\pL\pN]+\.\pL"
LONGEST: Final = 500


class BrokenPattern(Exception):
    """A pattern that can't be read; the message says what is wrong with it."""


def matches(text: str, pattern: str) -> bool:
    """Whether the whole text is as the pattern says, and no longer than a field holds. No pattern
    takes long, since RE2 never goes back.

    >>> matches("AB-123", "[A-Z]{2}-[0-9]+"), matches("AB-123, please", "[A-Z]{2}-[0-9]+")
    (True, False)

    Raises:
        BrokenPattern: the pattern can't be read.
    """
    whole = text.strip()
    return len(whole) <= VALUE_LIMIT and _compiled(pattern).fullmatch(whole) is not None


def is_within(text: str, pattern: str) -> bool:
    """Whether a part of the text is as the pattern says, upper or lower case; ``^`` and ``$`` are the
    beginning and the end of a line.

    >>> is_within("It is AB-123, please", "[a-z]{2}-[0-9]+"), is_within("42nd", "^[0-9]+$")
    (True, False)

    Raises:
        BrokenPattern: the pattern can't be read.
    """
    read = _compiled(pattern.strip(), "(?im)")
    return len(text) <= VALUE_LIMIT and read.search(text.strip()) is not None


def has_email(text: str, country: str = "") -> bool:
    """
    >>> has_email("Write to ann@example.com, please"), has_email("See you @ eight.")
    (True, False)
    """
    return is_within(text, EMAIL)


def has_link(text: str, country: str = "") -> bool:
    """
    >>> has_link("See https://shop.example"), has_link("Look at WWW.shop.example/42"), has_link("www")
    (True, True, False)
    """
    return is_within(text, LINK)


def has_phone(text: str, country: str) -> bool:
    """Whether there is a number in it that can be called; one without a country is of this one.

    >>> has_phone("Call 030 901820!", "DE"), has_phone("Call 030 901820!", ""), has_phone("42", "DE")
    (True, False, False)
    """
    if len(text) > VALUE_LIMIT:
        return False
    from phonenumbers import Leniency, PhoneNumberMatcher  # takes its time to load

    return PhoneNumberMatcher(text, country or None, Leniency.VALID).has_next()


@lru_cache(maxsize=2_000)
def _compiled(pattern: str, how: str = "") -> Any:
    if len(pattern) > LONGEST:
        raise BrokenPattern(f"it has more than {LONGEST} characters")
    import re2  # takes its time to load

    quietly = re2.Options()
    quietly.log_errors = False
    try:
        return re2.compile(how + pattern, quietly)
    except re2.error as problem:
        raise BrokenPattern(problem.args[0].decode()) from None
