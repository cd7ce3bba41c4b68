"""What the Insights page is told, from the database of an engine that has worked for a while."""

from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta

import pytest

from otn_studio.blocks.elements.text import Text
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.cli.services.insights import PageInsights
from otn_studio.runtime.engine import Engine
from otn_studio.runtime.keeping import restoring
from otn_studio.runtime.page import in_plain_values
from otn_studio.storage import pages
from otn_studio.storage.keeping import backups
from otn_studio.studio.services.insight import IN_CONVERSATION, Choice, Figures
from tests.builders import START, a_flow, ask
from tests.runtime.far_end import PAGE, Shop

LATER = SendMessage(elements=(Text(id="text", text="They are back!"),), by_topic="shoes")
FLOW = a_flow(
    {"start": START, "ask": ask(), "later": LATER}, "start > ask", "ask.card.opted_in > later"
)
DAY = timedelta(days=1)


@pytest.fixture
def shop(tmp_path):
    shop = Shop(f"sqlite:///{tmp_path / 'shop.db'}", Engine)
    shop.publish(FLOW)
    yield shop
    shop.close()


@pytest.fixture
def service(shop):
    return PageInsights(shop.database, PAGE, shop.clock, pause=0)


def look(service: PageInsights, **chosen):
    service.count(lambda _events: None)
    today = service.choices().today
    return service.look(Choice(**{"first": today - 9 * DAY, "last": today, **chosen}))


def test_there_is_nothing_before_anybody_came(service):
    assert not service.choices().ever
    assert service.choices().flows == {"shop": "Shop"}
    assert not look(service).any


def test_the_funnel_of_topics_flows_and_the_conversation(shop, service):
    for person in ("ann", "ben"):
        shop.write("hello", person)
    shop.advance(minutes=5)
    shop.opts_in("token", "ann")
    asked = Figures(asked=2, opted_in=1, sent=1)
    insight = look(service)
    assert insight.total == asked
    assert insight.topics == [("Shoes", asked)]
    assert insight.flows == [("Shop", asked)]
    assert sum(figures.sent for figures in insight.hours) == 1
    assert len(insight.days) == 10
    talk = look(service, topic=IN_CONVERSATION)
    assert talk.total == Figures(sent=2, delivered=1, read=1, answered=1)
    assert not look(service, flow="other").total.any
    blocks = service.of_flow("shop", 30)
    assert blocks.blocks["ask"] == replace(talk.total, asked=2, opted_in=1)
    assert blocks.ways["ask", "card.opted_in"] == 1


def test_permissions_by_day_and_to_come(shop, service):
    for person in ("ann", "ben", "eve"):
        shop.write("hello", person)
        shop.arrives("optin", {"optin": yes(shop, person)}, person)
    today = service.choices().today
    insight = look(service)
    assert (insight.permissions[today].gained, insight.permissions[today].used) == (3, 3)
    assert insight.forecast.held == 0
    shop.opts_in("one more", "ann", reply=shop.card().replace("card.opted_in", "nowhere"))
    forecast = look(service).forecast
    assert forecast.held == 1
    assert forecast.runs_out is not None
    assert forecast.left[today] == 1


def yes(shop: Shop, person: str) -> dict[str, str]:
    kind = {"type": "one_time_notif_req", "payload": shop.card()}
    return {**kind, "one_time_notif_token": f"token of {person}"}


def test_since_ever_begins_with_the_first_yes_or_message(shop, service):
    shop.write("hello")
    shop.advance(days=30)
    shop.write("hello", "ben")
    insight = look(service, first=None, topic=IN_CONVERSATION)
    assert len(insight.days) == 31
    assert insight.total.sent == 2


def test_days_are_those_of_the_page(shop, service):
    with shop.database.writing() as connection:
        zone = in_plain_values(shop.page.rules) | {"zone": "Pacific/Kiritimati"}
        pages.set_rules(connection, PAGE, zone)
    assert service.choices().today == shop.clock.now().date() + (
        DAY if shop.clock.now().hour >= 10 else 0 * DAY
    )


def test_a_restored_backup_keeps_what_was_counted_since(shop, service, tmp_path):
    shop.write("hello")
    file = tmp_path / "backup.db"
    backups.copy(shop.database.file, file)
    shop.write("hello", "ben")
    before = look(service, topic=IN_CONVERSATION).total
    ways = service.of_flow("shop", 30)
    live, now = shop.database.file, shop.clock.now()
    shop.engine.stop()
    restoring.restore(file, live, shop.page, now, nullcontext)
    shop.start()
    shop.settle()
    assert look(service, topic=IN_CONVERSATION).total == before == Figures(sent=2)
    assert service.of_flow("shop", 30) == ways
