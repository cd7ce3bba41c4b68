"""Instants in the database: whole microseconds since 1970 in UTC, the same on every database.

Many rows share one instant, that of their transaction, so what it was turned into is kept a while.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger
from sqlalchemy.types import TypeDecorator

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Instant(TypeDecorator[datetime]):
    """An aware ``datetime``; a naive one is a mistake of the caller and raises ``TypeError``."""

    impl = BigInteger
    cache_ok = True

    def bind_processor(self, dialect: Any) -> Callable[[datetime | None], int | None]:
        return _number

    def result_processor(
        self, dialect: Any, coltype: object
    ) -> Callable[[int | None], datetime | None]:
        return _instant


@lru_cache(maxsize=1_000)
def _number(at: datetime | None) -> int | None:
    return None if at is None else (at - _EPOCH) // _MICROSECOND


@lru_cache(maxsize=1_000)
def _instant(number: int | None) -> datetime | None:
    return None if number is None else _EPOCH + timedelta(microseconds=number)
