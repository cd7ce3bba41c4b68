"""The API for the shop's own systems, over real HTTP."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import requests
import uvicorn
from starlette.applications import Starlette

from otn_studio.blocks.words import Problem
from otn_studio.flow.audience import About, Audience, How, Rule
from otn_studio.runtime.api import keys, routes
from otn_studio.runtime.api.limits import Limit
from otn_studio.runtime.api.routes import Api
from otn_studio.runtime.receiving.serving import listen
from otn_studio.storage.people import segments
from otn_studio.storage.tables import announcement, api_key
from tests.interpreter.flows import ASKING, TOPIC
from tests.runtime.far_end import PAGE, Shop

PEOPLE = ("ann", "bob", "cem")


class Caller:
    """One of the shop's systems, with its key."""

    def __init__(self, url: str, key: str) -> None:
        self.url, self.key = url, key
        self.session = requests.Session()
        self.session.trust_env = False

    def announce(self, body, once: str = "1", topic: str = TOPIC, **headers) -> requests.Response:
        known = {"Authorization": f"Bearer {self.key}", "Idempotency-Key": once}
        sent = {name: value for name, value in (known | headers).items() if value is not None}
        way = {"data": body} if isinstance(body, bytes) else {"json": body}
        url = f"{self.url}/api/topics/{topic}/announcements"
        return self.session.post(url, headers=sent, timeout=10, **way)

    def get(self, path: str) -> requests.Response:
        headers = {"Authorization": f"Bearer {self.key}"}
        return self.session.get(self.url + path, headers=headers, timeout=10)


@pytest.fixture
def waiting(shop) -> Shop:
    shop.publish(ASKING)
    for person in PEOPLE:
        shop.write("restock", person)
        shop.opts_in(f"t-{person}", person)
    shop.far_end.texts()
    return shop


@pytest.fixture
def api(waiting) -> Api:
    return Api(waiting.database, PAGE, waiting.clock.now)


@pytest.fixture
def caller(waiting, api):
    app = Starlette(routes=api.routes())
    with listen("127.0.0.1", 0) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off"))
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        made = keys.make(waiting.database, PAGE, "Stock system", waiting.clock.now())
        caller = Caller(f"http://127.0.0.1:{listener.getsockname()[1]}", made.key)
        yield caller
        caller.session.close()
        server.should_exit = True
        thread.join()


def made(shop: Shop) -> int:
    with shop.database.reading() as connection:
        return len(connection.execute(announcement.select()).all())


def told(shop: Shop) -> int:
    shop.ring()
    shop.settle()
    return len(shop.far_end.texts())


def test_a_text_is_announced_to_everybody_and_how_it_goes_can_be_asked(caller, waiting):
    answer = caller.announce({"text": "It is back"})
    assert answer.status_code == 202
    taken = answer.json()
    assert (taken["topic"], taken["text"], taken["flow"]) == (TOPIC, "It is back", None)
    assert told(waiting) == 3
    report = caller.get(f"/api/announcements/{taken['id']}").json()
    assert (report["people"], report["sent"], report["failed"]) == (3, 3, {})


def test_the_same_key_gets_the_same_answer_and_tells_nobody_twice(caller, waiting):
    first = caller.announce({"text": "It is back"}, "order-7")
    assert told(waiting) == 3
    waiting.advance(days=1)
    again = caller.announce({"text": "It is back"}, "order-7")
    assert (again.status_code, again.json()) == (first.status_code, first.json())
    assert told(waiting) == 0
    assert made(waiting) == 1


def test_the_same_call_many_times_at_once_is_one_announcement(caller, waiting):
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: caller.announce({"text": "Back"}, "x"), range(8)))
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert told(waiting) == 3


def test_another_call_with_the_same_key_is_refused(caller, waiting):
    caller.announce({"text": "It is back"})
    answer = caller.announce({"text": "It is gone"})
    assert answer.status_code == 409
    assert "was used for another announcement" in answer.json()["errors"]["call"]
    assert told(waiting) == 3


def test_after_a_while_the_same_key_is_a_new_one(caller, waiting):
    caller.announce({"text": "It is back"})
    waiting.advance(days=routes.KEEP_KEYS.days, seconds=1)
    caller.announce({"text": "It is back"})
    assert made(waiting) == 2


def test_two_systems_may_choose_the_same_key(caller, waiting):
    caller.announce({"text": "It is back"})
    other = keys.make(waiting.database, PAGE, "Newsletter", waiting.clock.now())
    assert Caller(caller.url, other.key).announce({"text": "Hello"}).status_code == 202


def test_a_flow_a_time_and_a_segment_can_be_given(caller, waiting):
    with waiting.database.writing() as connection:
        audience = Audience(rules=(Rule(About.TAG, How.YES, "vip"),))
        segments.add(connection, PAGE, "VIPs", audience, waiting.clock.now())
    at = waiting.clock.now() + timedelta(hours=1)
    body = {"flow": ASKING.id, "at": at.isoformat(), "segment": "VIPs", "waits": False}
    answer = caller.announce(body)
    assert answer.status_code == 202
    assert answer.json() == caller.announce(body).json()
    assert answer.json()["begins_at"] == at.isoformat().replace("+00:00", "Z")


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ({}, {"text": "Give either a text or a flow."}),
        ({"text": "a", "flow": "b"}, {"text": "Give either a text or a flow."}),
        ({"text": 7}, {"text": "This has to be a text."}),
        ({"text": " "}, {"text": "The text is empty."}),
        ({"text": "x" * 2001}, {"text": "The text has 2001 characters; Messenger takes 2000."}),
        (
            {"flow": "none"},
            {
                "flow": "The flow is not published, or does not start with “You"
                " announce” for this topic."
            },
        ),
        ({"text": "a", "color": "red"}, {"color": "There is no such field."}),
        ({"text": "a", "waits": "yes"}, {"waits": "This has to be true or false."}),
        ({"text": "a", "segment": "none"}, {"segment": "There is no segment “none”."}),
        (
            {"text": "a", "at": "tomorrow"},
            {"at": "This has to be a time, such as 2027-01-31T09:00:00+01:00."},
        ),
        (
            {"text": "a", "at": "2027-01-31T09:00:00"},
            {"at": "The time needs its zone, such as 2027-01-31T09:00:00+01:00."},
        ),
        ([], {"call": "The body has to be a JSON object."}),
        (b"{", {"call": "The body has to be a JSON object."}),
    ],
)
def test_each_field_that_can_not_be_used_has_its_sentence(caller, waiting, body, errors):
    answer = caller.announce(body)
    assert (answer.status_code, answer.json()) == (422, {"errors": errors})
    assert made(waiting) == 0


def test_what_is_wrong_with_a_whole_call_is_told(caller, waiting):
    assert caller.announce({"text": "a"}, topic="none").status_code == 404
    assert caller.announce({"text": "a"}, once=None).status_code == 400
    assert caller.announce({"text": "a"}, once="x" * 256).status_code == 400
    assert caller.announce(b" " * (routes.LONGEST_BODY + 1)).status_code == 413
    assert caller.get("/api/announcements/7").status_code == 404
    assert made(waiting) == 0


@pytest.mark.parametrize("change", ["", "x", None])
def test_without_a_good_key_nothing_can_be_done(caller, waiting, change):
    caller.key = caller.key[:-1] + change if change is not None else "otn_99_" + "a" * 43
    assert caller.announce({"text": "a"}).status_code == 401
    assert caller.announce({"text": "a"}, Authorization=None).status_code == 401
    assert made(waiting) == 0


def test_a_key_that_was_withdrawn_is_good_for_nothing(caller, waiting):
    (key,) = keys.listed(waiting.database, PAGE)
    keys.withdraw(waiting.database, PAGE, key.id, waiting.clock.now())
    assert caller.announce({"text": "a"}).status_code == 401
    assert keys.listed(waiting.database, PAGE) == []


def test_a_key_is_of_one_page_only(caller, waiting):
    assert keys.known(waiting.database, "2", caller.key) is None


def test_the_key_itself_is_nowhere_in_the_database(caller, waiting):
    secret = caller.key.rpartition("_")[2]
    with waiting.database.reading() as connection:
        rows = connection.execute(api_key.select()).all()
    assert secret not in repr(rows)
    with pytest.raises(Problem, match="A key needs a name"):
        keys.make(waiting.database, PAGE, " ", waiting.clock.now())


def test_who_calls_too_often_is_told_when_to_call_again(caller, api):
    for _ in range(routes.CALLS_A_MINUTE):
        caller.get("/api/announcements/7")
    answer = caller.get("/api/announcements/7")
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 60


def test_so_many_calls_in_any_minute():
    now = 0.0
    limit = Limit(2, lambda: now)
    assert [limit.wait("a") for _ in range(3)] == [0.0, 0.0, 60.0]
    assert limit.wait("b") == 0.0
    now = 59.0
    assert limit.wait("a") == 1.0
    now = 60.0
    assert limit.wait("a") == 0.0


def test_the_description_is_complete_and_has_a_page(caller):
    described = caller.session.get(f"{caller.url}/api/openapi.json", timeout=10).json()
    call = described["paths"]["/api/topics/{id}/announcements"]["post"]
    assert {"202", "400", "401", "404", "409", "413", "422", "429"} == call["responses"].keys()
    place = call["requestBody"]["content"]["application/json"]["schema"]["$ref"]
    fields = described["components"]["schemas"][place.rpartition("/")[2]]["properties"]
    assert fields.keys() == {"text", "flow", "at", "segment", "waits"}
    page = caller.session.get(f"{caller.url}/api", timeout=10).text
    assert "POST /api/topics/{id}/announcements" in page
    assert "Idempotency-Key" in page
