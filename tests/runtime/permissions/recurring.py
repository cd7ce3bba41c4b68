"""A shop with a weekly topic, and people who say yes to it, stop it and let it go on."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from otn_studio.blocks.elements.recurring_request import RecurringRequest
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.start.announced import Announced
from otn_studio.blocks.start.opted_in import OptedIn
from otn_studio.blocks.start.resumed import Resumed
from otn_studio.blocks.start.stopped import Stopped
from otn_studio.flow.document import Flow, Topic
from otn_studio.policy.calendar import Frequency
from otn_studio.policy.profiles import Rules
from otn_studio.runtime.broadcasting.announcing import announce_text, people
from otn_studio.runtime.page import Page
from otn_studio.storage.permissions.permissions import PermissionRow
from otn_studio.storage.tables import permission
from tests.interpreter.flows import flow, keyword, says
from tests.runtime.far_end import PAGE, Shop

NEWS = "news"
NEW_YORK = ZoneInfo("America/New_York")


def weekly(blocks, *connections, frequency: Frequency = Frequency.WEEKLY, id: str = "w") -> Flow:
    """A flow with a recurring topic beside the one-time one."""
    made = flow(blocks, *connections, id=id, name=id.capitalize())
    return Flow(
        made.id,
        made.name,
        topics={**made.topics, NEWS: Topic("Bird facts", frequency)},
        fields=made.fields,
        blocks=made.blocks,
        connections=made.connections,
    )


def asks_for_news(title: str = "Bird facts?", topic: str = NEWS) -> SendMessage:
    return SendMessage(elements=[RecurringRequest(id="card", topic=topic, title=title)])


ASKING = weekly(
    {
        "start": keyword("birds"),
        "ask": asks_for_news(),
        "thanks": says("Thank you", by_topic=NEWS),
        "announced": Announced(topic=NEWS),
        "fact": says("Owls can't move their eyes", by_topic=NEWS),
        "sorry": says("Could not"),
    },
    "start.next > ask",
    "ask.card.opted_in > thanks",
    "announced.next > fact",
    id="asking",
)
LISTENING = weekly(
    {
        "yes": OptedIn(topic=NEWS),
        "no": Stopped(topic=NEWS),
        "again": Resumed(topic=NEWS),
    },
    id="listening",
)


def at(local: str) -> datetime:
    """An instant by New York's clocks."""
    return datetime.fromisoformat(local).replace(tzinfo=NEW_YORK).astimezone(UTC)


def opts_in(shop: Shop, token: str = "r-1", person: str = "ann", **more: Any) -> None:
    """Say yes to the newest card of a recurring topic."""
    optin = {"payload": card(shop)["payload"], "title": "Bird facts?"} | more
    told(shop, token, person, **optin)


def told(
    shop: Shop, token: str, person: str = "ann", at: datetime | None = None, **more: Any
) -> None:
    """Whatever Messenger tells of a permission; without an instant, that it happened just now."""
    optin = {
        "type": "notification_messages",
        "notification_messages_token": token,
        "notification_messages_frequency": "WEEKLY",
        "user_token_status": "NOT_REFRESHED",
    }
    shop.arrives("optin", {"optin": optin | more}, person, at)


def stops(shop: Shop, token: str = "r-1", person: str = "ann") -> None:
    told(shop, token, person, notification_messages_status="STOP_NOTIFICATIONS")


def resumes(shop: Shop, token: str = "r-1", person: str = "ann") -> None:
    told(shop, token, person, notification_messages_status="RESUME NOTIFICATIONS")


def card(shop: Shop) -> dict[str, Any]:
    """The newest card that asked for a lasting permission."""
    payloads = [
        call["message"].get("attachment", {}).get("payload", {})
        for call in reversed(shop.far_end.all_calls)
    ]
    return next(p for p in payloads if p.get("template_type") == "notification_messages")


def say_yes(shop: Shop, token: str = "r-1", person: str = "ann", **more: Any) -> None:
    """Ask, and get a yes, with nothing sent by it yet."""
    shop.publish(QUIET, LISTENING)
    shop.write("birds", person)
    opts_in(shop, token, person, **more)
    shop.far_end.texts()


QUIET = weekly(
    {
        "start": keyword("birds"),
        "ask": asks_for_news(),
        "announced": Announced(topic=NEWS),
        "fact": says("Owls can't move their eyes", by_topic=NEWS),
        "sorry": says("Could not"),
    },
    "start.next > ask",
    "announced.next > fact",
    id="quiet",
)


def rows(shop: Shop) -> list[PermissionRow]:
    """All permissions, in order."""
    columns = [permission.c[name] for name in PermissionRow.__slots__]
    with shop.database.reading() as connection:
        found = connection.execute(select(*columns).order_by(permission.c.id))
        return [PermissionRow(*row) for row in found]


def reached(shop) -> int:
    return people(shop.database, PAGE, NEWS, shop.clock.now())


def announce(shop, text: str = "News!") -> int:
    count = announce_text(shop.database, PAGE, NEWS, text, shop.clock.now())
    shop.ring()
    shop.settle()
    return count


def begin_again(shop, rules: Rules) -> None:
    """A new start of the engine, by other rules."""
    shop.engine.stop()
    shop.page = Page(PAGE, rules)
    shop.start()


def move_to(shop, instant: datetime) -> None:
    shop.advance(seconds=(instant - shop.clock.now()).total_seconds())
