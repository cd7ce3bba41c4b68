"""What came and was not read yet, when a backup takes the place of the database."""

from contextlib import nullcontext

from otn_studio.runtime.keeping import restoring
from otn_studio.storage.engine import webhooks
from otn_studio.storage.tables import contact
from tests.runtime.far_end import PAGE, Shop, webhook
from tests.runtime.keeping.restoring.hands import GREETING, back_up, confirm, rows


def keep_unread(shop: Shop, person: str) -> None:
    now = shop.clock.now()
    body = webhook("message", {"message": {"text": "hi"}}, person, now, person)
    with shop.database.writing() as connection:
        webhooks.keep(connection, PAGE, [body], now)


def test_it_is_not_lost_and_read_once(shop, file):
    """One waits in the backup and in the database, one only in the database."""
    shop.publish(GREETING)
    shop.engine.stop()
    keep_unread(shop, "ann")
    back_up(shop, file)
    keep_unread(shop, "ben")
    shop.clock.advance(seconds=2)
    restoring.restore(file, shop.database.file, shop.page, shop.clock.now(), nullcontext)
    shop.start()
    confirm(shop)
    assert sorted(rows(shop, contact.c.person_id)) == [("ann",), ("ben",)]
    assert shop.far_end.texts() == ["Hello", "Hello"]


def test_where_the_database_is_gone_it_is_kept_and_not_answered_any_more(shop, file):
    shop.publish(GREETING)
    shop.engine.stop()
    keep_unread(shop, "ann")
    back_up(shop, file)
    shop.database.close()
    for left in shop.database.file.parent.glob("shop.db*"):
        left.unlink()
    restoring.restore(file, shop.database.file, shop.page, shop.clock.now(), nullcontext)
    shop.start()
    confirm(shop)
    assert rows(shop, contact.c.person_id) == [("ann",)]
    assert shop.far_end.texts() == []
