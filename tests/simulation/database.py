"""A database whose program dies at a commit: just before it takes effect, or just after."""

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

from sqlalchemy import Connection

from otn_studio.storage.database import Database, Writer


class Crash(BaseException):
    """The program is dead. Nobody catches it but whoever plays the computer it ran on."""


class Fuse:
    """Burns down by one with each commit; whoever commits when it is out dies of it."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._left: int | None = None
        self._after = False

    def light(self, commits: int | None) -> None:
        """Let it burn for so many commits; none: for ever."""
        self._left, self._after = commits, self._random.random() < 0.5

    def about_to_commit(self) -> None:
        if self._left is None:
            return
        self._left -= 1
        if self._left == 0 and not self._after:
            raise Crash

    def committed(self) -> None:
        if self._left == 0:
            raise Crash


class FragileDatabase(Database):
    """A database as the engine sees it while its computer is not to be trusted."""

    def __init__(self, database: Database, fuse: Fuse) -> None:
        super().__init__(database.engine)
        self._fuse = fuse

    def writer(self) -> Writer:
        return FragileWriter(self.engine.connect(), self._fuse)


class FragileWriter(Writer):
    """The engine writes by it alone."""

    def __init__(self, connection: Connection, fuse: Fuse) -> None:
        super().__init__(connection)
        self._fuse = fuse

    @contextmanager
    def writing(self, one_statement: bool = False) -> Iterator[Connection]:
        """A statement that is alone is committed as soon as it is done."""
        if one_statement:
            self._fuse.about_to_commit()
        with super().writing(one_statement) as connection:
            yield connection
            if not one_statement:
                self._fuse.about_to_commit()
        self._fuse.committed()
