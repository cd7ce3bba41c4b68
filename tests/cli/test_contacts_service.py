"""What the studio is told of people, from a real database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from gettext import translation

import pytest

from otn_studio import shipped
from otn_studio.blocks.field import Field, FieldType
from otn_studio.blocks.words import Problem, Words
from otn_studio.cli.services.contacts import PageContacts
from otn_studio.flow import writing
from otn_studio.flow.audience import EVERYBODY, About, Audience, How, Rule
from otn_studio.flow.document import Flow
from otn_studio.interpreter import reasons
from otn_studio.interpreter.reply import Reply
from otn_studio.policy.calendar import Frequency
from otn_studio.runtime.conversing.colleagues import keeps_quiet
from otn_studio.runtime.noting import note_body
from otn_studio.runtime.page import Page
from otn_studio.storage import pages, versions
from otn_studio.storage.database import Database
from otn_studio.storage.engine import inbox
from otn_studio.storage.engine.inbox import Happening
from otn_studio.storage.people import contacts, timeline
from otn_studio.storage.permissions import permissions, topics
from otn_studio.storage.sending import sends
from otn_studio.storage.tables import contact
from otn_studio.studio.services.people import Status
from tests.postgres import fresh_database
from tests.runtime.far_end import HandClock

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
PAGE = "1"


class Hands:
    """The service over a database with a person, Ann."""

    def __init__(self, database: Database, **page) -> None:
        self.database = database
        self.clock = HandClock(NOW)
        self.contacts = PageContacts(database, Page(PAGE, **page), self.clock)
        with database.writing() as connection:
            pages.ensure(connection, PAGE)
            topics.add(connection, PAGE, "t", "Blue sneakers", NOW)
            topics.add(connection, PAGE, "w", "Deals", NOW, Frequency.WEEKLY)
            self.ann = inbox.contacts_of(connection, PAGE, ["ann"], NOW)["ann"]
            fields = {"first_name": "Ann", "last_name": "Lee", "size": "42"}
            contacts.know(connection, PAGE, self.ann, fields, ["vip"])

    def happens(self, kind: str, minutes: int = 0, **body) -> None:
        at = NOW + timedelta(minutes=minutes)
        with self.database.writing() as connection:
            happening = Happening(kind, self.ann, at, body, to_read=False)
            inbox.add(connection, PAGE, [happening], at)

    def told(self) -> list[str]:
        """The timeline as sentences, the first at the top."""
        moments, rest = self.contacts.timeline(self.ann)
        assert rest is None
        said = []
        for one in reversed(moments):
            parts = (f"{one.side}: {one.words}", one.text, one.outcome and str(one.outcome))
            said.append(" | ".join(filter(None, parts)))
        return said


@pytest.fixture(params=["sqlite", "postgresql"])
def hands(request, tmp_path):
    is_file = request.param == "sqlite"
    database = Database.open(f"sqlite:///{tmp_path / 'a.db'}" if is_file else fresh_database())
    yield Hands(database)
    database.close()


def test_who_is_there_and_what_they_can_be_looked_for_by(hands):
    (ids,) = hands.contacts.ids(EVERYBODY)
    assert ids == [hands.ann]
    row = hands.contacts.rows(ids)[hands.ann]
    assert (row.name, row.person_id, row.tags, row.topics) == ("Ann Lee", "ann", ("vip",), ())
    known = hands.contacts.known()
    assert known.tags == ("vip",)
    assert known.topics == {"t": "Blue sneakers", "w": "Deals"}
    assert known.now == NOW
    assert list(known.fields) == ["first_name", "last_name", "locale", "time_zone"]


def test_fields_are_of_their_kind(hands):
    size = {"size": Field("Size", FieldType.NUMBER), "motto": Field("Motto", of_page=True)}
    shop = replace(Flow("shop", "Shop"), fields=size)
    with hands.database.writing() as connection:
        versions.publish(connection, PAGE, "shop", "Shop", writing.to_text(shop), NOW)
    hands.contacts.set_field(hands.ann, "size", " 42,50 ")
    fields = {key: (name, value) for key, name, value in hands.contacts.person(hands.ann).fields}
    assert fields["size"] == ("Size", "42.5")
    with pytest.raises(Problem, match="“Size” has to be a number"):
        hands.contacts.set_field(hands.ann, "size", "large")
    assert "motto" not in hands.contacts.known().fields


def test_a_person_with_their_permissions(hands):
    week = timedelta(days=7)
    with hands.database.writing() as connection:
        permissions.keep(connection, PAGE, hands.ann, "t", "1", NOW, NOW + week)
        permissions.keep(connection, PAGE, hands.ann, "t", "2", NOW, NOW)
        permissions.keep(connection, PAGE, hands.ann, "gone", "3", NOW, NOW + week)
        used = permissions.with_token(connection, PAGE, "3")
        permissions.change(connection, used.id, next_allowed_at=None)
        for token, values in {
            "4": {},
            "5": {"next_allowed_at": NOW + week},
            "6": {"next_allowed_at": None},
            "7": {"stopped_at": NOW},
        }.items():
            lasting = {"frequency": Frequency.WEEKLY.value}
            permissions.keep(connection, PAGE, hands.ann, "w", token, NOW, None, **lasting)
            row = permissions.with_token(connection, PAGE, token)
            permissions.change(connection, row.id, **{"stopped_at": None} | values)
    person = hands.contacts.person(hands.ann)
    assert [(one.topic, one.status) for one in person.permissions] == [
        ("Deals", Status.STOPPED),
        ("Deals", Status.TAKEN),
        ("Deals", Status.WAITS),
        ("Deals", Status.USABLE),
        ("gone", Status.USED),
        ("Blue sneakers", Status.ENDED),
        ("Blue sneakers", Status.USABLE),
    ]
    assert person.permissions[2].usable_from == NOW + week
    assert person.row.topics == ("Deals", "Blue sneakers")
    take_back = hands.contacts.remove_permission(hands.ann, person.permissions[-1].id)
    assert hands.contacts.person(hands.ann).permissions[-1].status is Status.ENDED
    take_back()
    assert hands.contacts.person(hands.ann) == person


def test_how_long_a_person_can_be_answered(hands):
    assert hands.contacts.person(hands.ann).by_hand_ends is None
    with hands.database.writing() as connection:
        connection.execute(contact.update().values(last_action_at=NOW))
    person = hands.contacts.person(hands.ann)
    assert person.window_ends == person.by_hand_ends == NOW + timedelta(hours=24)
    agent = PageContacts(hands.database, Page(PAGE, human_agent=True), hands.clock)
    assert agent.person(hands.ann).by_hand_ends == NOW + timedelta(days=7)
    hands.contacts.write(hands.ann, "Bea here")
    assert hands.contacts.person(hands.ann).quiet_until == NOW + timedelta(hours=1)
    assert hands.contacts.person(999) is None


def test_the_timeline_tells_what_came_and_what_was_decided(hands):
    optin = {"type": "one_time_notif_req", "payload": str(Reply("f", 1, "b", "p", "t"))}
    hands.happens("message", 0, message={"text": "hi"})
    hands.happens("message", 1, message={"text": "42", "quick_reply": {"payload": "x"}})
    hands.happens("message", 2, message={"attachments": [{"type": "image"}]})
    hands.happens("postback", 3, postback={"payload": "GET_STARTED"})
    hands.happens("postback", 4, postback={"payload": "x", "title": "More"})
    hands.happens("referral", 5, referral={"ref": "poster"})
    hands.happens("reaction", 6, reaction={"action": "react", "emoji": "❤"})
    hands.happens("optin", 7, optin={**optin, "one_time_notif_token": "secret"})
    hands.happens("echo", 8, message={"is_echo": True, "text": "Bea here"})
    hands.happens("echo", 9, message={"is_echo": True, "text": "ours", "metadata": "3"})
    hands.happens("announced", 10, topic="t", flow="f")
    hands.happens("woke", 11, ticket=1)
    hands.happens("note", 12, text="“{flow}” started", values={"flow": "Shop"})
    comment = {"item": "comment", "verb": "add", "comment_id": "9", "message": "Nice!"}
    hands.happens("change", 13, field="feed", value=comment)
    hands.happens("change", 14, field="feed", value={"item": "like", "verb": "add"})
    hands.happens("delivery", 15)
    assert hands.told() == [
        "person: Wrote | hi",
        "person: Tapped | 42",
        "person: Sent a picture",
        "person: Pressed Get Started",
        "person: Tapped | More",
        "person: Came by a link | poster",
        "person: Reacted to a message | ❤",
        "person: Said yes to “Blue sneakers”",
        "page: A colleague answered | Bea here",
        "bot: “Blue sneakers” was announced",
        "bot: A wait was over",
        "bot: “Shop” started",
        "person: Commented below a post | Nice!",
    ]


GERMAN = translation("otn_studio", shipped.path("resources/translations"), ["de"])
OUTCOMES = [
    ("sent", None, ""),
    ("sent", "presumed", " | came through, as far as can be told"),
    ("due", None, " | waits to be sent"),
    ("due", "quiet", " | waits: a colleague answers by hand"),
    ("sending", None, " | is being sent"),
    ("unknown", None, " | nobody knows whether it came through"),
    ("failed", "unreachable", " | not sent: the person can’t be reached: they blocked the Page"),
]


def test_a_note_is_put_into_the_language_of_whoever_reads_it(hands):
    hands.happens("note", **note_body(keeps_quiet(NOW)))
    too_late = Words("Not sent: {reason}", reason=reasons.words("expired"))
    hands.happens("note", 1, **note_body(too_late))
    moments, _ = hands.contacts.timeline(hands.ann)
    assert [one.words.translated(GERMAN, "<{}>".format) for one in moments] == [
        "Nicht gesendet: die Erlaubnis war abgelaufen",
        f"Jemand aus dem Team antwortet von Hand: Der Bot schweigt bis <{NOW}>",
    ]


@pytest.mark.parametrize(("state", "reason", "outcome"), OUTCOMES)
def test_a_message_stands_there_with_its_state_and_reason(hands, state, reason, outcome):
    with hands.database.writing() as connection:
        sends.put_by_hand(connection, PAGE, hands.ann, {"text": "Hello"}, NOW)
        sends.change(connection, 1, state=state, reason=reason)
    (told,) = hands.told()
    assert told.startswith(f"page: Written by hand | Hello{outcome}")
    (moment,), _ = hands.contacts.timeline(hands.ann)
    assert moment.failed == (state in ("unknown", "failed"))


def test_a_long_timeline_comes_page_by_page_and_misses_nothing(hands, monkeypatch):
    for number in range(70):
        hands.happens("message", number // 7, message={"text": f"m{number}"})
        at = NOW + timedelta(minutes=number // 5)
        with hands.database.writing() as connection:
            sends.put_by_hand(connection, PAGE, hands.ann, {"text": f"s{number}"}, at)
    found, rest, rounds = [], None, 0
    while rounds == 0 or rest is not None:
        moments, rest = hands.contacts.timeline(hands.ann, rest)
        assert len(moments) <= timeline.AT_ONCE
        found += moments
        rounds += 1
    assert rounds == 3
    assert sorted(one.text for one in found) == sorted(
        f"{kind}{number}" for kind in "ms" for number in range(70)
    )
    assert [one.at for one in found] == sorted((one.at for one in found), reverse=True)


def test_what_is_done_with_a_person_is_done(hands, tmp_path):
    hands.contacts.set_field(hands.ann, "size", "43")
    hands.contacts.add_tag(hands.ann, "late")
    hands.contacts.remove_tag(hands.ann, "vip")
    person = hands.contacts.person(hands.ann)
    assert {key: value for key, _, value in person.fields}["size"] == "43"
    assert person.row.tags == ("late",)
    late = Audience((Rule(About.TAG, How.YES, "late"),))
    id = hands.contacts.keep_segment("Late ones", late)
    assert hands.contacts.known().segments[0].audience == late
    assert hands.contacts.export(late, tmp_path / "late.json", lambda done: None) == 1
    hands.contacts.remove_segment(id)
    assert hands.contacts.known().segments == ()


def test_a_person_is_forgotten_for_good(hands):
    hands.happens("message", message={"text": "hi"})
    hands.contacts.forget(hands.ann)
    assert list(hands.contacts.ids(EVERYBODY)) == [[]]
    with pytest.raises(Problem, match="not there any more"):
        hands.contacts.forget(hands.ann)
