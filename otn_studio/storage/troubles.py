"""What goes wrong with a database, in sentences that say what to do about it."""

import sqlite3
from typing import Final

from sqlalchemy import ExceptionContext
from sqlalchemy.exc import DBAPIError

from otn_studio.blocks.words import Problem, Words


class DatabaseProblem(Problem):
    """The database can't be used. ``damaged``: not before a backup has been brought back."""

    def __init__(self, text: str, /, *, damaged: bool = False, **values: object) -> None:
        super().__init__(text, **values)
        self.damaged = damaged


DAMAGED: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_SENTENCES: Final = {
    sqlite3.SQLITE_FULL: Words(
        "The disk with the database {where} is full. Nothing is lost; make room, and it goes on."
    ),
    sqlite3.SQLITE_BUSY: Words(
        "Another program has held the database {where} for too long (database is locked)."
        " End that program, or try again."
    ),
    sqlite3.SQLITE_READONLY: Words(
        "The database {where} can’t be written: it or its folder is read-only. Let yourself write"
        " there, or choose another place in OTN_STUDIO_DATABASE_URL."
    ),
    sqlite3.SQLITE_CANTOPEN: Words(
        "The database {where} can’t be opened: its folder is not there, is read-only, or is not"
        " yours to use."
    ),
    sqlite3.SQLITE_CORRUPT: Words(
        "The database {where} is damaged. Bring back a backup: otn-studio restore FILE"
    ),
    sqlite3.SQLITE_NOTADB: Words("{where} can’t be opened: it is no database."),
    sqlite3.SQLITE_IOERR: Words(
        "The disk with the database {where} does not read or write as it should: {reason}."
    ),
}


def code_of(error: BaseException) -> int:
    """SQLite's number of what went wrong; 0 where it was not SQLite."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def is_damage(error: BaseException | None) -> bool:
    """Whether it says that the file is not whole, or no database."""
    return error is not None and code_of(error) in DAMAGED


def problem(error: DBAPIError | sqlite3.Error | OSError, where: object) -> DatabaseProblem:
    """The sentence for what a database, or the system below it, has said."""
    reason = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    code = code_of(reason)
    if code in _SENTENCES:
        text = _SENTENCES[code].text
        return DatabaseProblem(text, where=where, reason=reason, damaged=code in DAMAGED)
    return DatabaseProblem(
        "The database {where} can’t be used: {reason}.",
        where=where,
        reason=" ".join(str(reason).split()),
    )


def damage(where: object) -> DatabaseProblem:
    """The sentence for a file that is not whole."""
    return DatabaseProblem(_SENTENCES[sqlite3.SQLITE_CORRUPT].text, where=where, damaged=True)


def leave_out_values(context: ExceptionContext) -> None:
    """Let no error quote the row that it is about, as PostgreSQL does: it may hold a permission."""
    for error in (context.original_exception, context.sqlalchemy_exception):
        if error is not None and error.args:
            first = str(error.args[0]).partition("\nDETAIL:")[0]
            error.args = (first, *error.args[1:])
