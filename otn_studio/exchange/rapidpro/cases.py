"""The tests of a split as tests of a condition."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from otn_studio.blocks.actions.tag import TAG_LIMIT
from otn_studio.blocks.comparing import Operator
from otn_studio.blocks.logic.condition import TagTest
from otn_studio.blocks.testing import ConditionTest
from otn_studio.blocks.testing_fields import FieldTest
from otn_studio.blocks.words import Words
from otn_studio.exchange.rapidpro.sheet import Sheet
from otn_studio.exchange.source import Part

NO_SUCH_TEST: Final = Words("There is no such test here, so nobody goes this way.")
CASE_MATTERS: Final = Words("Upper and lower case make no difference here.")
WHOLE_ANSWER: Final = Words("The whole answer has to be a number here, not a part of it.")
WITH_TIME: Final = Words("Dates are compared with their time of day here.")
PAGES_COUNTRY: Final = Words("A number without a country is one of the Page’s country here.")
TIME_BY_PATTERN: Final = Words("A time of day is found by a pattern here.")
TIME: Final = r"\b\d{1,2}:\d{2}|\b\d{1,2} ?[ap]\.?m\b"
FAR_BELOW: Final = "-1000000000000"
LONG_AGO: Final = "0001-01-01"
_WORDS: Final = re.compile(r"\w+|\S")


@dataclass(frozen=True, slots=True)
class Tests:
    """What has to be so: all of it, or any one."""

    tests: tuple[ConditionTest, ...]
    all: bool = False
    why: Words | None = None


def tests_of(sheet: Sheet, case: Part, key: str) -> list[Tests]:
    """What a case asks of the field of that key, in each language: what people write is in any of
    them. Empty: there is nothing like it here.
    """
    kind = case.text("type")
    if kind == "has_group":
        return _in_group(sheet, case)
    made = []
    for texts in (case, *(texts for _, texts in sheet.localized(case.text("uuid")))):
        filled = [sheet.liquid(text) for text in texts.texts("arguments")]
        tests = _made(kind, key, [text for text, _ in filled])
        if tests is not None and tests.tests:
            why = next((why for _, why in filled if why is not None), tests.why)
            made.append(Tests(tests.tests, tests.all, why))
    return made


def _made(kind: str, key: str, arguments: list[str]) -> Tests | None:
    make = _MAKERS.get(kind)
    return None if make is None or len(arguments) < _NEEDED.get(kind, 0) else make(key, arguments)


def _in_group(sheet: Sheet, case: Part) -> list[Tests]:
    uuid, *rest = [*case.texts("arguments"), ""]
    name = sheet.container.groups.get(uuid, "") or rest[0]
    return [Tests((TagTest(tag=" ".join(name.split())[:TAG_LIMIT]),))] if name else []


def words_in(text: str) -> list[str]:
    """The words and signs that RapidPro sees in a text.

    >>> words_in("yes, sure 👍!")
    ['yes', 'sure', '👍']
    """
    found = _WORDS.findall(text)
    return [word for word in found if word[0].isalnum() or word[0] == "_" or _is_sign(word)]


def _is_sign(word: str) -> bool:
    return unicodedata.category(word[0]).startswith(("S", "M"))


def _each(operator: Operator) -> Callable[[str, Iterable[str]], tuple[FieldTest, ...]]:
    return lambda key, values: tuple(
        FieldTest(field=key, operator=operator, value=value)
        for value in dict.fromkeys(values)
        if value.strip()
    )


_has, _is = _each(Operator.HAS_WORDS), _each(Operator.IS)
_starts, _at_least = _each(Operator.STARTS_WITH), _each(Operator.AT_LEAST)
_at_most, _more, _less = (
    _each(operator) for operator in (Operator.AT_MOST, Operator.MORE_THAN, Operator.LESS_THAN)
)
_before, _after = _each(Operator.BEFORE), _each(Operator.AFTER)
_set = _each(Operator.IS_SET)
_pattern = _each(Operator.HAS_PATTERN)


def _any_word(key: str, arguments: list[str]) -> Tests:
    return Tests(_has(key, (word for text in arguments for word in _words_or_liquid(text))))


def _all_words(key: str, arguments: list[str]) -> Tests:
    return Tests(_has(key, _words_or_liquid(arguments[0])), all=True)


def _phrase(key: str, arguments: list[str]) -> Tests:
    return Tests(_has(key, (" ".join(_words_or_liquid(text)) for text in arguments)))


def _only(key: str, arguments: list[str]) -> Tests:
    return Tests(_is(key, arguments))


def _only_text(key: str, arguments: list[str]) -> Tests:
    shouts = any(text.lower() != text for text in arguments)
    return Tests(_is(key, arguments), why=CASE_MATTERS if shouts else None)


def _words_or_liquid(text: str) -> list[str]:
    return [text] if "{" in text else words_in(text)


def _number(
    make: Callable[[str, Iterable[str]], tuple[FieldTest, ...]],
) -> Callable[[str, list[str]], Tests]:
    return lambda key, arguments: Tests(make(key, arguments[:1]), why=WHOLE_ANSWER)


def _between(key: str, arguments: list[str]) -> Tests:
    tests = (*_at_least(key, arguments[:1]), *_at_most(key, arguments[1:2]))
    return Tests(tests, all=True, why=WHOLE_ANSWER)


def _equal(key: str, arguments: list[str]) -> Tests:
    return _between(key, [arguments[0], arguments[0]])


def _phone(key: str, arguments: list[str]) -> Tests:
    asks_for_country = any(text.strip() for text in arguments)
    test = FieldTest(field=key, operator=Operator.HAS_PHONE)
    return Tests((test,), why=PAGES_COUNTRY if asks_for_country else None)


def _date(
    make: Callable[[str, Iterable[str]], tuple[FieldTest, ...]],
) -> Callable[[str, list[str]], Tests]:
    return lambda key, arguments: Tests(make(key, arguments[:1]), why=WITH_TIME)


_MAKERS: Final[dict[str, Callable[[str, list[str]], Tests]]] = {
    "has_any_word": _any_word,
    "has_all_words": _all_words,
    "has_phrase": _phrase,
    "has_only_phrase": _only,
    "has_only_text": _only_text,
    "is_text_eq": _only_text,
    "has_category": _only,
    "has_beginning": lambda key, arguments: Tests(_starts(key, arguments)),
    "has_text": lambda key, _: Tests(_set(key, ["-"])),
    "has_value": lambda key, _: Tests(_set(key, ["-"])),
    "has_number": lambda key, _: Tests(_at_least(key, [FAR_BELOW]), why=WHOLE_ANSWER),
    "has_number_between": _between,
    "has_number_eq": _equal,
    "has_number_lt": _number(_less),
    "has_number_lte": _number(_at_most),
    "has_number_gt": _number(_more),
    "has_number_gte": _number(_at_least),
    "has_date": lambda key, _: Tests(_after(key, [LONG_AGO]), why=WITH_TIME),
    "has_date_lt": _date(_before),
    "has_date_eq": _date(_is),
    "has_date_gt": _date(_after),
    "has_time": lambda key, _: Tests(_pattern(key, [TIME]), why=TIME_BY_PATTERN),
    "has_email": lambda key, _: Tests((FieldTest(field=key, operator=Operator.HAS_EMAIL),)),
    "has_phone": _phone,
    "has_pattern": lambda key, arguments: Tests(_pattern(key, arguments[:1])),
}
_NEEDED: Final = {
    **dict.fromkeys(
        (
            *("has_any_word", "has_all_words", "has_phrase", "has_only_phrase", "has_only_text"),
            *("is_text_eq", "has_category", "has_beginning", "has_number_eq", "has_number_lt"),
            *("has_number_lte", "has_number_gt", "has_number_gte"),
            *("has_date_lt", "has_date_eq", "has_date_gt", "has_pattern"),
        ),
        1,
    ),
    "has_number_between": 2,
}
