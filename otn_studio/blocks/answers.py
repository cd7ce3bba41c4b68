"""What people answer to questions, and how it is kept."""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Final

from otn_studio.blocks import field
from otn_studio.blocks.addresses import is_web_address
from otn_studio.blocks.field import FieldType
from otn_studio.blocks.folding import folded
from otn_studio.blocks.liquid import VALUE_LIMIT
from otn_studio.blocks.outgoing import Detail
from otn_studio.blocks.turn import Heard, Turn


class AnswerKind(StrEnum):
    """What a question takes for an answer."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    YES_NO = "yes_no"
    CHOICE = "choice"
    EMAIL = "email"
    PHONE = "phone"
    FILE = "file"
    PATTERN = "pattern"


FITTING: Final[Mapping[AnswerKind, str]] = {
    AnswerKind.TEXT: "Yes",
    AnswerKind.NUMBER: "42",
    AnswerKind.DATE: "2027-03-15",
    AnswerKind.TIME: "09:30",
    AnswerKind.YES_NO: "yes",
    AnswerKind.EMAIL: "ann@example.com",
    AnswerKind.PHONE: "+49 30 901820",
    AnswerKind.FILE: "https://example.com/photo.jpg",
}
"""An answer that fits, where that does not hang on the question."""


def kept(kind: AnswerKind, heard: Heard, turn: Turn) -> str | None:
    """An answer as it is kept; none where it does not fit. Choices and patterns are for `chosen` and
    `patterns.matches`.
    """
    if kind is AnswerKind.FILE:
        urls = (url for url in (*heard.files, heard.text.strip()) if len(url) <= VALUE_LIMIT)
        return next((url for url in urls if is_web_address(url)), None)
    text = heard.text.strip()[:VALUE_LIMIT]
    return _READERS[kind](text, turn) if text else None


def own(detail: Detail, text: str, turn: Turn) -> str | None:
    """The person's own number or address as it is kept; none where the text is none."""
    kind = AnswerKind.PHONE if detail is Detail.PHONE else AnswerKind.EMAIL
    return kept(kind, Heard(text), turn)


def chosen(text: str, titles: Iterable[str]) -> str | None:
    """Which of these was meant, upper or lower case.

    >>> chosen(" BLUE", ["Red", "Blue"])
    'Blue'
    """
    if len(text) > VALUE_LIMIT:
        return None
    meant = folded(text)
    return next((title for title in titles if folded(title) == meant), None)


def _email(text: str, turn: Turn) -> str | None:
    from email_validator import EmailNotValidError, validate_email  # takes its time to load

    try:
        return validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError:
        return None


def _phone(text: str, turn: Turn) -> str | None:
    """A number without a country is one of the Page's country."""
    import phonenumbers  # takes its time to load

    try:
        number = phonenumbers.parse(text, turn.page.country or None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _typed(type: FieldType) -> Callable[[str, Turn], str | None]:
    return lambda text, turn: field.kept(text, type, turn.page.zone)


_READERS: Final[Mapping[AnswerKind, Callable[[str, Turn], str | None]]] = {
    AnswerKind.TEXT: lambda text, turn: text,
    AnswerKind.NUMBER: _typed(FieldType.NUMBER),
    AnswerKind.DATE: _typed(FieldType.DATE),
    AnswerKind.TIME: _typed(FieldType.TIME),
    AnswerKind.YES_NO: _typed(FieldType.YES_NO),
    AnswerKind.EMAIL: _email,
    AnswerKind.PHONE: _phone,
}
