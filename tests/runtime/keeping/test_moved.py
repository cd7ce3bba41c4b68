"""An engine that is started with the file although everything was moved to PostgreSQL."""

from otn_studio.storage import pages
from otn_studio.storage.database import Database
from otn_studio.storage.keeping import moving
from otn_studio.storage.pages import MOVED
from tests.interpreter.flows import flow, keyword, says
from tests.postgres import fresh_database
from tests.runtime.far_end import PAGE, Shop

GREETING = flow({"s": keyword("hi"), "m": says("Hello")}, "s.next > m", id="greeting")


def test_nothing_is_sent_from_the_file_and_everything_from_the_new_place(tmp_path):
    url = fresh_database()
    shop = Shop(f"sqlite:///{tmp_path / 'shop.db'}")
    shop.publish(GREETING)
    shop.engine.stop()
    target = Database.open(url)
    moving.move(shop.database, target)
    target.close()
    shop.start()
    shop.write("hi")
    shop.advance(days=1)
    assert shop.far_end.texts() == []
    with shop.database.reading() as connection:
        assert pages.stop(connection, PAGE).kind == MOVED
    shop.close()

    moved = Shop(url)
    moved.write("hi", person="eve")
    assert moved.far_end.texts() == ["Hello"]
    moved.close()
