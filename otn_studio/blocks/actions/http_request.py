import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Annotated, Final, Literal

from otn_studio.blocks import asking, json_path
from otn_studio.blocks.asking import Header, SentValue
from otn_studio.blocks.block import Block, Group, Kind, Option, Part, Port, Role
from otn_studio.blocks.effect import Fetches, field_subject
from otn_studio.blocks.event import Fetched
from otn_studio.blocks.finding import Finding, error
from otn_studio.blocks.json_path import BrokenPath
from otn_studio.blocks.lookup import Lookup
from otn_studio.blocks.turn import Request, SetField, Step, Turn
from otn_studio.blocks.words import Words

SUCCESS: Final = Port("success", Words("Success"), Role.BRANCH)
FAILURE: Final = Port("failure", Words("Failure"), Role.BRANCH)
NO_ANSWER: Final = Port("no_answer", Words("No answer in time"), Role.BRANCH)
METHODS: Final = {method: method for method in ("GET", "POST", "PUT", "PATCH", "DELETE")}
WAYS_TO_SEND: Final = {
    "query": "Values in the address",
    "form": "Values as a form",
    "json": "Values as JSON",
    "text": "A text",
}
_SOME_TIME: Final = datetime(2026, 1, 1, tzinfo=UTC)


class KeptValue(Part):
    """A value of the answer, and the field that keeps it."""

    called = "Value to keep"

    path: Annotated[
        str, Option("Value", help="Such as $.order.status", required=True, limit=json_path.LONGEST)
    ] = ""
    field: Annotated[str, Option("Field", required=True, refers_to="field")] = ""


class HttpRequest(Block):
    """Asks another program over the web, such as your shop, and keeps what it answers in fields.

    A value of the answer is named by its way from the outside in: in {"order": {"status": "sent"}}
    the way to “sent” is $.order.status, and $.items[0].name is the name of the first item.

    *Success* is an answer that says so (a status from 200 to 299), *Failure* any other. Keys and
    passwords belong into secrets, kept by this computer and never by the flow: {{ secret.shop_key }}.
    A call that changes something, and breaks off, is not made again if that might do it twice.

    >>> block = HttpRequest(url="https://shop.example/orders")
    >>> str(block.summary()), [port.id for port in block.ports()]
    ('GET shop.example', ['success', 'failure', 'no_answer'])
    """

    kind = Kind(
        "http_request",
        title="HTTP request",
        group=Group.ACTION,
        icon="globe",
        ports=(SUCCESS, FAILURE, NO_ANSWER),
    )

    method: Annotated[
        Literal["GET", "POST", "PUT", "PATCH", "DELETE"], Option("Method", called=METHODS)
    ] = "GET"
    url: Annotated[
        str,
        Option("Address", limit=asking.LONGEST_URL, liquid=True, secrets=True, required=True),
    ] = ""
    headers: Annotated[tuple[Header, ...], Option("Headers")] = ()
    sends: Annotated[
        Literal["nothing", "query", "form", "json", "text"],
        Option("Send along", called=WAYS_TO_SEND),
    ] = "nothing"
    values: Annotated[
        tuple[SentValue, ...], Option("Values", given=("sends", "query", "form", "json"))
    ] = ()
    body: Annotated[
        str,
        Option(
            "Text to send",
            help="In JSON, write {{ contact.size | json }}",
            limit=asking.LONGEST_BODY,
            liquid=True,
            secrets=True,
            given=("sends", "text"),
        ),
    ] = ""
    time_limit: Annotated[int, Option("Seconds to wait for an answer")] = 10
    answer: Annotated[tuple[KeptValue, ...], Option("Keep of the answer")] = ()

    def step(self, turn: Turn) -> Step:
        url = turn.render(self.url, asking.LONGEST_URL, secrets=True).strip()
        headers = tuple(header.sent(turn) for header in self.headers)
        body, type = "", ""
        match self.sends:
            case "query":
                url = asking.with_query(url, self._values(turn))
            case "form":
                body, type = asking.as_form(self._values(turn)), asking.FORM
            case "json":
                body, type = asking.as_json(self._values(turn)), asking.JSON
            case "text":
                body = turn.render(self.body, asking.LONGEST_BODY, secrets=True)
                type = asking.type_of(body)
        headers = asking.with_type(headers, type)
        return turn.fetch(Request(self.method, url, headers, body, self._patience))

    def told(self, turn: Turn, what: Fetched) -> Step:
        if what.status is None:
            turn.notes.append(asking.why_not(what.problem))
            return turn.go("no_answer" if what.late else "failure")
        turn.notes.append(Words("It was answered with status {status}", status=what.status))
        if not 200 <= what.status < 300:
            return turn.go("failure")
        return turn.go("success", *self._kept(turn, what.body))

    def effect(self) -> Fetches:
        outcomes = {
            "success": Fetched(_SOME_TIME, 0, status=200),
            "failure": Fetched(_SOME_TIME, 0, status=500),
            "no_answer": Fetched(_SOME_TIME, 0, problem=asking.TOO_SLOW, late=True),
        }
        fields = frozenset(field_subject(kept.field) for kept in self.answer)
        return Fetches(outcomes, self._patience, fields)

    def summary(self) -> Words:
        place = re.sub(r"^https?://", "", self.url).partition("/")[0]
        if not place or "{" in place:
            return Words("HTTP request")
        return Words("{method} {place}", method=self.method, place=place)

    def findings(self, lookup: Lookup) -> Iterator[Finding]:
        yield from asking.wrong_address(self.url, "url")
        if not 1 <= self.time_limit <= asking.LONGEST_WAIT:
            sentence = Words(
                "An answer is waited for between 1 and {n} seconds. Choose a number between.",
                n=asking.LONGEST_WAIT,
            )
            yield error("patience_out_of_range", sentence, "time_limit")
        for index, header in enumerate(self.headers):
            yield from header.findings(f"headers.{index}.")
        for index, kept in enumerate(self.answer):
            try:
                json_path.read(kept.path)
            except BrokenPath as problem:
                sentence = Words(
                    "“{path}” leads to no value: {problem}. Write a path such as $.order.status.",
                    path=kept.path,
                    problem=problem.words,
                )
                if kept.path.strip():
                    yield error("broken_path", sentence, f"answer.{index}.path")

    @property
    def _patience(self) -> timedelta:
        return timedelta(seconds=min(max(self.time_limit, 1), asking.LONGEST_WAIT))

    def _values(self, turn: Turn) -> asking.Pairs:
        return tuple(value.sent(turn) for value in self.values)

    def _kept(self, turn: Turn, body: str) -> Iterator[SetField]:
        if not self.answer:
            return
        try:
            document = json_path.parsed(body)
        except ValueError:
            turn.notes.append(Words("The answer is not JSON, so nothing of it is kept"))
            return
        for kept in self.answer:
            text = json_path.found(document, kept.path)
            if text is None:
                turn.notes.append(Words("The answer has nothing at {path}", path=kept.path))
            elif (value := turn.fitting_value(kept.field, text)) is not None:
                yield SetField(kept.field, value or None)
