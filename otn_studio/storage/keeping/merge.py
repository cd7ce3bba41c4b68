"""The statements that bring one database into another, in the order of what matters most.

``main`` is the backup's copy, ``old`` the database to replace; the pairs of their rows are in temporary
tables: `who` are contacts, `held` permissions, `sent` messages.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from sqlalchemy import Text

from otn_studio.storage import troubles
from otn_studio.storage.tables import metadata

LARGEST: Final = 2**40
"""A number that no row has yet."""
PATIENCE: Final = 5_000
"""After so many parts that can't be read, the rest of a table is given up."""

OPEN: Final = "(state IN ('due', 'sending') OR state = 'unknown' AND due_at IS NOT NULL)"
_MARGIN: Final = timedelta(days=1) // timedelta(microseconds=1)
_PROCESSES: Final = ("engine_process", "lease")


def doubtful(table: str, which: str) -> str:
    """The statement that marks messages as being sent: the engine settles those as *unknown*."""
    return (
        f"UPDATE {table} SET state = 'sending', due_at = NULL,"
        f" claimed_at = coalesce(claimed_at, created_at) WHERE {which}"
    )


def cancelled(table: str, which: str) -> str:
    """The statement that ends announcements that have begun: nobody knows who has been told since."""
    return (
        f"UPDATE {table} SET state = 'cancelled', look_at = :now, ended_at = :now WHERE {which}"
        " AND state IN ('planned', 'sending', 'paused') AND begins_at <= :now"
    )


def _columns(table: str, **instead: str) -> tuple[str, str]:
    """The columns of a table, and what to put there: those of ``o``, but for what is given."""
    names = [column.name for column in metadata.tables[table].columns]
    names = [name for name in names if instead.get(name) != ""]
    return ", ".join(names), ", ".join(instead.get(name, f"o.{name}") for name in names)


@dataclass(frozen=True)
class Merge:
    """One merge. ``now`` is a number as the database has it; ``damaged``: what was not sent by the old
    database's word may have been sent as well."""

    connection: sqlite3.Connection
    now: int
    damaged: bool
    lost: list[int] = field(default_factory=list)

    def steps(self) -> tuple[Callable[[], None], ...]:
        """What matters most comes first: it is there whatever else can't be read."""
        return (
            self._compare,
            self._pages_and_topics,
            self._people,
            self._permissions,
            self._sends,
            self._announcements,
            self._conversations,
            self._events,
            self._insights,
            self._processes,
        )

    def _do(self, statement: str) -> None:
        if ":low" in statement:
            self._do_in_parts(statement, 0, LARGEST, len(self.lost) + PATIENCE)
        else:
            self.connection.execute(statement, {"now": self.now} if ":now" in statement else {})

    def _do_in_parts(self, statement: str, low: int, high: int, patience: int) -> None:
        """Every row that can be read counts: what can't is narrowed down to single ones."""
        if len(self.lost) >= patience:
            return
        try:
            self.connection.execute(statement, {"now": self.now, "low": low, "high": high})
        except sqlite3.DatabaseError as error:
            if not troubles.is_damage(error):
                raise
            self.lost.append(low)
            if low < high:
                middle = (low + high) // 2
                self._do_in_parts(statement, low, middle, patience)
                self._do_in_parts(statement, middle + 1, high, patience)

    def _old(self, table: str) -> str:
        """The old table as ``o``; in parts, and without its indexes, where it may be damaged."""
        key, *rest = metadata.tables[table].primary_key
        if not self.damaged or rest or isinstance(key.type, Text):
            return f"old.{table} o"
        return f"(SELECT * FROM old.{table} NOT INDEXED WHERE {key.name} BETWEEN :low AND :high) o"

    def _copy(self, verb: str, table: str, source: str, **instead: str) -> None:
        into, values = _columns(table, **instead)
        self._do(
            f"{verb} INTO main.{table} ({into}) SELECT {values} FROM {self._old(table)} {source}"
        )

    def _replace(self, table: str, key: str, source: str, which: str = "1", **instead: str) -> None:
        """Copy the rows that are other ones than those in their place."""
        _, values = _columns(table, **instead)
        there = ", ".join(f"x.{column.name}" for column in metadata.tables[table].columns)
        found = f"LEFT JOIN main.{table} x ON x.{key} = {instead[key]}"
        differ = f"{source} {found} WHERE ({which}) AND ({values}) IS NOT ({there})"
        self._copy("INSERT OR REPLACE", table, differ, **instead)

    def _pair(self, table: str, name: str, same: str) -> None:
        """Which row of one is which row of the other; what is only in the old one gets its own number,
        or a new one where that is taken."""
        for likely in (f"n.id = o.id AND {same}", same):  # mostly they have the same number
            self._do(f"""
                INSERT INTO {name} SELECT o.id, n.id, 0 FROM {self._old(table)}
                JOIN main.{table} n ON {likely} WHERE o.id NOT IN (SELECT old_id FROM {name})""")
        self._do(f"""
            INSERT INTO {name} SELECT o.id,
                iif(EXISTS (SELECT 1 FROM main.{table} n WHERE n.id = o.id),
                    (SELECT max(id) FROM (SELECT max(id) AS id FROM old.{table}
                                          UNION SELECT max(id) FROM main.{table}
                                          UNION SELECT max(new_id) FROM {name}))
                    + row_number() OVER (ORDER BY o.id),
                    o.id), 1
            FROM {self._old(table)} WHERE o.id NOT IN (SELECT old_id FROM {name})""")

    def _compare(self) -> None:
        """Whether the old one is the later one, as it mostly is."""
        self._do("""
            INSERT INTO later SELECT
                max(coalesce((SELECT max(stored_at) FROM old.event), 0),
                    coalesce((SELECT max(came_at) FROM old.webhook), 0)) AS there,
                coalesce((SELECT max(stored_at) FROM main.event), 0) AS here""")

    @property
    def old_is_later(self) -> bool:
        found = self.connection.execute("SELECT there >= here FROM later").fetchone()
        return bool(found and found[0])

    def _pages_and_topics(self) -> None:
        """A topic whose name is another's by now comes in deleted, with all its permissions."""
        self._copy("INSERT OR IGNORE", "page", "")
        self._copy("INSERT OR IGNORE", "topic", "")
        self._copy("INSERT OR IGNORE", "topic", "", deleted_at=str(self.now))
        same = "n.page_id = o.page_id AND n.flow_id = o.flow_id AND n.number = o.number"
        missing = f"WHERE NOT EXISTS (SELECT 1 FROM main.flow_version n WHERE {same})"
        self._copy("INSERT", "flow_version", missing, id="", live="0")
        same = "n.id = o.id AND n.made_at = o.made_at AND n.topic_id = o.topic_id"
        self._pair("announcement", "announced", same)
        paired = "JOIN announced a ON a.old_id = o.id"
        which = "1" if self.old_is_later else "a.came"
        self._replace("announcement", "id", paired, which, id="a.new_id")

    def _people(self) -> None:
        self._pair("contact", "who", "n.page_id = o.page_id AND n.person_id = o.person_id")
        self._copy("INSERT", "contact", "JOIN who w ON w.old_id = o.id WHERE w.came", id="w.new_id")
        came = "JOIN who w ON w.old_id = o.contact_id WHERE w.came"
        self._copy("INSERT OR IGNORE", "contact_word", came, contact_id="w.new_id")
        self._do("""
            UPDATE main.contact AS n SET last_action_at = o.last_action_at
            FROM old.contact o JOIN who w ON w.old_id = o.id
            WHERE w.new_id = n.id AND o.last_action_at > coalesce(n.last_action_at, 0)""")
        if self.old_is_later:
            self._do("""
                UPDATE main.contact AS n SET unreachable_at = o.unreachable_at
                FROM old.contact o JOIN who w ON w.old_id = o.id
                WHERE w.new_id = n.id AND o.unreachable_at IS NOT n.unreachable_at""")
        self._copy("INSERT OR IGNORE", "forgotten", "")

    def _permissions(self) -> None:
        """The later word counts; a use counts whoever knows of it."""
        self._pair("permission", "held", "n.page_id = o.page_id AND n.token = o.token")
        paired = "JOIN held h ON h.old_id = o.id JOIN who w ON w.old_id = o.contact_id"
        mapped = {"id": "h.new_id", "contact_id": "w.new_id"}
        if self.old_is_later:
            self._replace("permission", "id", paired, **mapped)
            return
        self._copy("INSERT", "permission", f"{paired} WHERE h.came", **mapped)
        self._do("""
            UPDATE main.permission AS n SET
                next_allowed_at = iif(n.frequency IS NULL AND o.next_allowed_at IS NULL,
                                      NULL, n.next_allowed_at),
                first_used_at = coalesce(min(n.first_used_at, o.first_used_at),
                                         n.first_used_at, o.first_used_at),
                last_used_at = coalesce(max(n.last_used_at, o.last_used_at),
                                        n.last_used_at, o.last_used_at)
            FROM old.permission o JOIN held h ON h.old_id = o.id WHERE h.new_id = n.id""")

    def _sends(self) -> None:
        """What the old one has not sent yet is still to be sent, unless it can't be trusted."""
        same = "n.id = o.id AND n.created_at = o.created_at AND n.page_id = o.page_id"
        self._pair("send", "sent", same)
        settled = "o.state IN ('sent', 'failed') AND n.state NOT IN ('sent', 'failed')"
        which = "1" if self.old_is_later else f"t.came OR {settled}"
        self._replace(
            "send",
            "id",
            """JOIN sent t ON t.old_id = o.id JOIN who w ON w.old_id = o.contact_id
               LEFT JOIN held h ON h.old_id = o.permission_id
               LEFT JOIN announced a ON a.old_id = o.announcement_id
               LEFT JOIN main.send n ON n.id = t.new_id""",
            which,
            id="t.new_id",
            contact_id="w.new_id",
            permission_id="h.new_id",
            announcement_id="a.new_id",
        )
        unsure = OPEN if self.damaged else f"{OPEN} AND state <> 'due'"
        self._do(doubtful("main.send", f"id IN (SELECT new_id FROM sent) AND {unsure}"))

    def _announcements(self) -> None:
        """To whom they still have to go. Where that can't be known, they go to nobody else."""
        if self.old_is_later:
            which = "announcement_id IN (SELECT new_id FROM announced)"
            self._do(f"DELETE FROM main.recipient WHERE {which}")
        paired = """JOIN announced a ON a.old_id = o.announcement_id
                    JOIN who w ON w.old_id = o.contact_id"""
        mapped = {"announcement_id": "a.new_id", "contact_id": "w.new_id"}
        which = "1" if self.old_is_later else "a.came"
        self._copy("INSERT", "recipient", f"{paired} WHERE {which}", **mapped)
        self._do("""
            DELETE FROM main.recipient AS r WHERE EXISTS (
                SELECT 1 FROM main.send s WHERE s.announcement_id = r.announcement_id
                AND s.contact_id = r.contact_id)""")
        known = "0" if self.damaged else "id IN (SELECT new_id FROM announced)"
        self._do(cancelled("main.announcement", f"NOT ({known})"))

    def _conversations(self) -> None:
        """Where people are in them, and what they wait for: as it was last."""
        which = "1" if self.old_is_later else "w.came"
        paired = "JOIN who w ON w.old_id = o.contact_id"
        self._replace("lane", "contact_id", paired, which, contact_id="w.new_id")
        if self.old_is_later:
            self._do("DELETE FROM main.timer WHERE contact_id IN (SELECT new_id FROM who)")
            self._do("DELETE FROM main.errand WHERE contact_id IN (SELECT new_id FROM who)")
        self._copy("INSERT", "timer", f"{paired} WHERE {which}", id="", contact_id="w.new_id")
        came = {"id": "", "contact_id": "w.new_id"}
        self._copy("INSERT OR IGNORE", "errand", f"{paired} WHERE {which}", **came)
        if self.damaged:  # what was to be done may have been
            self._do("""
                UPDATE main.errand SET state = 'doing', due_at = NULL WHERE state = 'due'
                AND contact_id IN (SELECT new_id FROM who)""")

    def _events(self) -> None:
        """Those that came since, and those that nobody has read; what was read since stays read."""
        since = f"SELECT here - {_MARGIN} FROM later"
        later = f"o.stored_at >= ({since})" if self.old_is_later else "0"
        self._copy(
            "INSERT OR IGNORE",
            "event",
            f"""LEFT JOIN who w ON w.old_id = o.contact_id
                WHERE ({later} OR o.done_at IS NULL) AND NOT EXISTS (
                    SELECT 1 FROM main.event n WHERE n.contact_id IS w.new_id AND n.at = o.at
                    AND n.kind = o.kind AND n.stored_at = o.stored_at AND n.body = o.body)""",
            id="",
            contact_id="w.new_id",
        )
        self._do("""
            UPDATE main.event AS n SET done_at = :now WHERE n.done_at IS NULL AND EXISTS (
                SELECT 1 FROM who w JOIN old.event o ON o.contact_id = w.old_id AND o.at = n.at
                WHERE w.new_id = n.contact_id AND o.kind = n.kind AND o.stored_at = n.stored_at
                AND o.body = n.body AND o.done_at IS NOT NULL)""")
        self._copy("INSERT", "webhook", "", id="")
        self._do("""
            UPDATE main.lane SET woken_at = coalesce(woken_at, :now) WHERE contact_id IN
            (SELECT contact_id FROM main.event WHERE done_at IS NULL)""")

    def _insights(self) -> None:
        """What was counted since stays counted; the events are looked at again, for those that came."""
        if not self.old_is_later:
            return
        paired = "JOIN sent t ON t.old_id = o.send_id JOIN who w ON w.old_id = o.contact_id"
        mapped = {"send_id": "t.new_id", "contact_id": "w.new_id"}
        self._copy("INSERT OR REPLACE", "reach", paired, **mapped)
        for table in ("figure", "block_figure", "way_figure"):
            self._copy("INSERT OR REPLACE", table, "")
        self._do("DELETE FROM main.passage")
        self._copy("INSERT", "passage", "")
        self._do("DELETE FROM main.counted")

    def _processes(self) -> None:
        """Who serves the Page now, goes on doing so."""
        for table in _PROCESSES:
            self._do(f"DELETE FROM main.{table}")
            self._copy("INSERT", table, "")
