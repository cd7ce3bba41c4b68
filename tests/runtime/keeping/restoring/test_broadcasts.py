"""Broadcasts that were under way when a backup takes the place of the database."""

from datetime import datetime, timedelta

from otn_studio.runtime.broadcasting import broadcasts, reporting
from otn_studio.runtime.broadcasting.broadcasts import Draft
from tests.runtime.far_end import PAGE, Shop
from tests.runtime.keeping.restoring.hands import back_up, confirm, damage, restore, restore_damaged
from tests.runtime.permissions import recurring


def test_a_broadcast_goes_on_where_it_was_and_tells_nobody_again(shop, file):
    """At the backup it waits for the next week; by the time of the restore it has gone."""
    recurring.say_yes(shop)
    assert recurring.announce(shop) == 1
    number = broadcast(shop)
    back_up(shop, file)
    shop.advance(days=8)
    assert shop.far_end.texts() == ["News!", "More news!"]
    restore(shop, file)
    confirm(shop)
    shop.advance(days=8)
    assert shop.far_end.texts() == []
    assert reporting.report(shop.database, PAGE, number, shop.clock.now()).sent == 1


def test_a_broadcast_that_still_waits_goes_on_waiting(shop, file):
    recurring.say_yes(shop)
    back_up(shop, file)
    assert recurring.announce(shop) == 1
    broadcast(shop)
    restore(shop, file)
    confirm(shop)
    assert shop.far_end.texts() == ["News!"]
    shop.advance(days=8)
    assert shop.far_end.texts() == ["More news!"]


def test_a_broadcast_ends_where_nobody_knows_who_has_got_it(shop, file):
    recurring.say_yes(shop)
    assert recurring.announce(shop) == 1
    shop.far_end.texts()
    number = broadcast(shop)
    later = broadcast(shop, at=shop.clock.now() + timedelta(days=20))
    back_up(shop, file)
    shop.engine.stop()
    damage(shop)
    restore_damaged(shop, file)
    shop.start()
    confirm(shop)
    shop.advance(days=8)
    assert shop.far_end.texts() == []
    found = reporting.report(shop.database, PAGE, number, shop.clock.now())
    assert found.left_out == {"cancelled": 1}
    assert broadcasts.numbered(shop.database, PAGE, later).state == "planned"


def broadcast(shop: Shop, at: datetime | None = None) -> int:
    """To whoever has to wait as well."""
    draft = Draft(recurring.NEWS, "More news!", at=at)
    number = broadcasts.plan(shop.database, PAGE, draft, shop.clock.now())
    shop.ring()
    shop.settle()
    return number
