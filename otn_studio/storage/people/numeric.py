"""A text as a number, where it is one: each database says it in its own way."""

from typing import Any

from sqlalchemy import ColumnElement, Float
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class as_number(FunctionElement[float]):  # noqa: N801  in SQL it is a function
    """The number that a text is; nothing where it is none, or no text."""

    type = Float()
    name = "as_number"
    inherit_cache = True

    def __init__(self, text: ColumnElement[str]) -> None:
        super().__init__(text)


@compiles(as_number, "sqlite")
def _on_sqlite(element: as_number, compiler: SQLCompiler, **more: Any) -> str:
    """One as it is kept comes back as it was; a pattern would cost several times as much."""
    text = compiler.process(element.clauses, **more)
    is_number = f"CAST(CAST({text} AS NUMERIC) AS TEXT) = {text}"
    return f"CASE WHEN {is_number} THEN CAST({text} AS REAL) END"


@compiles(as_number, "postgresql")
def _on_postgresql(element: as_number, compiler: SQLCompiler, **more: Any) -> str:
    text = compiler.process(element.clauses, **more)
    return f"CASE WHEN {text} ~ '^-?[0-9]{{1,30}}(\\.[0-9]{{1,30}})?$' THEN ({text})::float END"
