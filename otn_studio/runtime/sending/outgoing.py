"""What goes out of a Page: within Messenger's limit of 24 hours, and not while the Page is stopped."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from otn_studio.runtime.page import Page
from otn_studio.runtime.permissions import ledger
from otn_studio.runtime.sending import delivery, stops
from otn_studio.runtime.sending.budget import Budget
from otn_studio.runtime.sending.delivery import Claimed
from otn_studio.runtime.sending.pacing import WINDOW, Room
from otn_studio.storage.sending import sends


class Outgoing:
    """For whoever sends for the Page; one at a time does."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._budget = Budget(page.id)

    def take_over(self, connection: Connection, now: datetime) -> int:
        """Go on where the last one stopped. Answers how many calls it made within the last second."""
        ledger.take_up_rules(connection, self._page)
        lately = sends.count_lately(connection, self._page.id, now - timedelta(seconds=WINDOW))
        stops.begin(connection, self._page.id)
        delivery.recover(connection, self._page, now)
        delivery.clock_was_set_back(connection, self._page, now)
        return lately

    def claim(self, connection: Connection, room: Room, now: datetime) -> list[Claimed]:
        """See `delivery.claim`."""
        room = self._budget.narrowed(connection, room, now)
        claimed = delivery.claim(connection, self._page, now, room)
        self._budget.spend(len(claimed))
        return claimed

    def opens_at(self, connection: Connection, now: datetime) -> datetime:
        """When more may go, where something holds up what is due; else far away."""
        return min(stops.opens_at(connection, self._page.id, now), self._budget.opens_at())
