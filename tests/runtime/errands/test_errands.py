"""Errands of flows: other programs are asked, colleagues told, conversations passed on."""

import json

import pytest
from sqlalchemy import func, select, update

from otn_studio.blocks.actions.hand_over import HandOver
from otn_studio.blocks.actions.http_request import HttpRequest, KeptValue
from otn_studio.blocks.actions.notify import Notify
from otn_studio.blocks.actions.stop_topic import StopTopic
from otn_studio.blocks.actions.take_back import TakeBack
from otn_studio.blocks.asking import Header, SentValue
from otn_studio.blocks.logic.wait import Wait
from otn_studio.blocks.start.stopped import Stopped
from otn_studio.runtime.errands.hands import INBOX
from otn_studio.runtime.server import metrics
from otn_studio.storage.people import erasing
from otn_studio.storage.tables import contact, errand, metadata, permission
from tests.interpreter.flows import ASKING, TOPIC, flow, keyword, says
from tests.runtime.errands.other_program import OtherProgram, hangs_up, trickles
from tests.runtime.errands.other_program import says as answers
from tests.runtime.far_end import PAGE, refused

SECRET = "hush-hush-4711"


@pytest.fixture
def program():
    program = OtherProgram()
    yield program
    program.close()


def asking(url: str, **more: object):
    block = HttpRequest(url=url, answer=[KeptValue(path="$.size", field="size")], **more)
    return flow(
        {
            "s": keyword("ask"),
            "r": block,
            "ok": says("Size {{ contact.size }}"),
            "bad": says("Failed"),
            "late": says("No answer"),
        },
        *("s.next > r", "r.success > ok", "r.failure > bad", "r.no_answer > late"),
        id="asking",
    )


def open_errands(shop) -> int:
    with shop.database.reading() as connection:
        return connection.scalar(select(func.count()).select_from(errand))


def test_another_program_is_asked_and_its_answer_kept(shop, program):
    program.answers["/a"] = answers('{"size": 42}')
    shop.publish(asking(program.url + "/a"))
    shop.write("ask")
    assert shop.far_end.texts() == ["Size 42"]
    assert "It was answered with status 200" in shop.notes()
    assert open_errands(shop) == 0


@pytest.mark.parametrize(
    ("answer", "text", "note"),
    [
        (answers('{"size": 42}', 500), "Failed", "It was answered with status 500"),
        (trickles(b""), "No answer", "There was no answer in time"),
        (hangs_up, "Failed", "The connection broke before the answer was there"),
    ],
)
def test_other_ways_out(shop, program, answer, text, note):
    program.answers["/a"] = answer
    shop.publish(asking(program.url + "/a", time_limit=1))
    shop.write("ask")
    assert shop.far_end.texts() == [text]
    assert note in shop.notes()


def test_a_secret_goes_to_the_other_program_and_nowhere_else(shop, program, caplog):
    caplog.set_level("DEBUG")
    shop.secrets["shop_key"] = SECRET
    program.answers["/a"] = answers('{"size": 42}')
    shop.publish(
        asking(
            program.url + "/a?key={{ secret.shop_key }}",
            method="POST",
            headers=[Header(name="Authorization", value="Bearer {{ secret.shop_key }}")],
            sends="json",
            values=[SentValue(name="key", value="{{ secret.shop_key }}")],
        )
    )
    shop.write("ask")
    (asked,) = program.asked
    assert asked.headers["Authorization"] == f"Bearer {SECRET}"
    assert json.loads(asked.body) == {"key": SECRET}
    assert asked.path == f"/a?key={SECRET}"
    assert SECRET not in everything(shop)
    assert SECRET not in caplog.text


def everything(shop) -> str:
    with shop.database.reading() as connection:
        return "".join(
            str(row)
            for table in metadata.sorted_tables
            for row in connection.execute(table.select())
        )


def test_without_its_secret_nothing_is_called(shop, program):
    shop.publish(asking(program.url + "/{{ secret.shop_key }}"))
    shop.write("ask")
    assert program.asked == []
    assert shop.far_end.texts() == ["Failed"]
    assert "A secret that the request needs is not set, so nothing was called" in shop.notes()


@pytest.mark.parametrize(("method", "text"), [("GET", "Size 42"), ("POST", "No answer")])
def test_what_was_under_way_when_the_engine_ended(shop, program, method, text):
    """What may be repeated is, under the same key; anything else goes on as if unanswered."""
    program.answers["/a"] = answers('{"size": 42}')
    shop.publish(asking(program.url + "/a", method=method))
    _leave_under_way(shop)
    shop.start()
    shop.settle()
    assert shop.far_end.texts() == [text]
    assert [asked.headers["Idempotency-Key"] for asked in program.asked] == (
        [KEY] if method == "GET" else []
    )


KEY = "the same"


def _leave_under_way(shop) -> None:
    """As if the engine had ended right after it had claimed the errand."""
    with shop.database.writing() as connection:
        connection.exec_driver_sql("UPDATE page SET stopped_kind = 'moved', stopped_why = 'x'")
    shop.ring()
    shop.write("ask", settle=False)
    shop.wait_until(lambda: open_errands(shop) == 1)
    shop.engine.stop()
    with shop.database.writing() as connection:
        connection.execute(update(errand).values(state="doing", due_at=None, attempts=1, key=KEY))
        connection.exec_driver_sql("UPDATE page SET stopped_kind = NULL, stopped_why = NULL")


def test_a_colleague_is_told_by_a_webhook_until_it_works(shop, program):
    notify = Notify(to=program.url + "/hook", subject="{{ contact.size }}", text="Help")
    shop.publish(flow({"s": keyword("help"), "n": notify, "m": says("Soon")}, *NEXT, id="help"))
    shop.write("help")
    assert shop.far_end.texts() == ["Soon"]
    program.answers["/hook"] = answers("")
    shop.advance(minutes=1)
    assert [json.loads(asked.body)["text"] for asked in program.asked] == ["Help", "Help"]
    assert len({asked.headers["Idempotency-Key"] for asked in program.asked}) == 1
    shop.advance(days=1)
    assert len(program.asked) == 2
    assert open_errands(shop) == 0


NEXT = ("s.next > n", "n.next > m")


def test_whoever_can_not_be_told_shows_in_the_timeline(shop, program):
    notify = Notify(to=program.url + "/hook", text="Help")
    shop.publish(flow({"s": keyword("help"), "n": notify, "m": says("Soon")}, *NEXT, id="help"))
    shop.write("help")
    for _ in range(6):
        shop.advance(hours=3)
    assert len(program.asked) == 5
    told = "A colleague could not be notified: It was answered with status 404"
    assert told in shop.notes()
    assert open_errands(shop) == 0


HANDS_OVER = flow(
    {
        "s": keyword("human"),
        "h": HandOver(longest="4 hours"),
        "hi": keyword("hi"),
        "m": says("Hello"),
        "back": keyword("bot"),
        "t": TakeBack(),
    },
    *("s.next > h", "hi.next > m", "back.next > t"),
    id="hands-over",
)


def test_the_bot_is_quiet_from_handing_over_until_it_is_given_back(shop):
    shop.publish(HANDS_OVER)
    shop.write("human")
    assert shop.far_end.moved == [("pass", "ann", INBOX)]
    shop.advance(hours=3)
    shop.write("hi")
    assert shop.far_end.texts() == []
    shop.arrives("handover", {"pass_thread_control": {"new_owner_app_id": "1"}})
    shop.write("hi")
    assert shop.far_end.texts() == ["Hello"]
    shop.advance(hours=3)
    assert len(shop.far_end.moved) == 1, "nothing is left to be taken back"


def test_a_conversation_that_nobody_gives_back_is_taken_back(shop):
    shop.publish(HANDS_OVER)
    shop.write("human")
    shop.advance(hours=4)
    assert shop.far_end.moved == [("pass", "ann", INBOX), ("take", "ann")]
    shop.write("hi")
    assert shop.far_end.texts() == ["Hello"]


def test_what_messenger_did_not_do_is_tried_again_and_shown_in_the_end(shop):
    shop.publish(HANDS_OVER)
    shop.far_end.moves = False
    shop.write("human")
    for _ in range(4):
        shop.advance(hours=3)
    failed = "The conversation could not be handed over in Messenger: Another app leads"
    assert sum(note.startswith(failed) for note in shop.notes()) == 1
    assert [how for how, *_ in shop.far_end.moved].count("pass") == 5


def test_a_flow_takes_the_conversation_back(shop):
    shop.publish(HANDS_OVER, takes_back_later())
    shop.write("later")
    shop.write("human")
    shop.advance(hours=1)
    assert [how for how, *_ in shop.far_end.moved] == ["pass", "take"]
    shop.write("hi")
    assert shop.far_end.texts() == ["Back", "Hello"]
    shop.advance(hours=8)
    assert len(shop.far_end.moved) == 2


def takes_back_later():
    blocks = {"s": keyword("later"), "w": Wait(for_="1 hour"), "t": TakeBack(), "m": says("Back")}
    return flow(blocks, "s.next > w", "w.next > t", "t.next > m", id="later")


def test_taking_back_what_nobody_has_does_nothing(shop):
    shop.publish(HANDS_OVER)
    shop.write("bot")
    assert shop.far_end.moved == []


STOPS = flow(
    {
        "s": keyword("enough"),
        "x": StopTopic(topic=TOPIC),
        "gone": Stopped(topic=TOPIC),
        "m": says("Bye"),
        "use": keyword("use"),
        "t": says("News", by_topic=TOPIC),
        "no": says("Could not"),
    },
    *("s.next > x", "gone.next > m", "use.next > t", "t.could_not_send > no"),
    id="stops",
)


def test_a_topic_is_stopped_as_if_the_person_had_stopped_it(shop):
    shop.publish(ASKING, STOPS)
    shop.write("restock")
    shop.opts_in("token-1")
    shop.far_end.texts()
    shop.write("enough")
    assert shop.far_end.texts() == ["Bye"]
    shop.write("enough")
    assert shop.far_end.texts() == [], "there is nothing to stop any more"
    shop.write("use")
    assert shop.far_end.texts() == ["Could not"]
    assert "Not sent: the person has stopped this topic" in shop.notes()
    with shop.database.reading() as connection:
        row = connection.execute(select(permission)).one()
    assert (row.token, row.next_allowed_at is not None) == ("token-1", True), "it is kept"


def test_a_new_yes_counts_again(shop):
    shop.publish(ASKING, STOPS)
    for token in ("token-1", "token-2"):
        shop.write("enough")
        shop.write("restock")
        shop.opts_in(token)
    shop.far_end.texts()
    shop.write("use")
    assert shop.far_end.texts() == ["News"]


def test_who_is_forgotten_takes_their_errands_along(shop, program):
    notify = Notify(to=program.url + "/hook", text="Help")
    shop.publish(flow({"s": keyword("help"), "n": notify}, "s.next > n", id="help"))
    shop.write("help")
    assert open_errands(shop) == 1
    with shop.database.writing() as connection:
        assert erasing.forget(connection, "1", "ann")
    assert open_errands(shop) == 0
    with shop.database.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(contact)) == 0


def test_while_the_page_is_stopped_no_errand_is_done(shop, program):
    program.answers["/a"] = answers('{"size": 42}')
    shop.publish(
        asking(program.url + "/a"), flow({"s": keyword("hi"), "m": says("Hi")}, "s.next > m")
    )
    shop.far_end.will_answer(refused(190))
    shop.write("hi")
    shop.write("ask")
    assert program.asked == []
    assert shop.engine.health()["errands_waiting"] == 1
    waiting = metrics.waiting(shop.database, PAGE, shop.clock.now())
    figures = metrics.shown({PAGE: waiting}).decode()
    assert f'\notn_errands_waiting{{page="{PAGE}"}} 1.0\n' in figures
