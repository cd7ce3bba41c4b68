"""A world with a clock that stands still, a real server, and an engine's ear for its webhooks."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import requests
from starlette.applications import Starlette
from starlette.types import Receive, Scope
from starlette.types import Send as ASGISend

from otn_studio.emulator import actions
from otn_studio.emulator.app import create_app
from otn_studio.emulator.asking import OptInCard
from otn_studio.emulator.client import EmulatorClient, PersonClient
from otn_studio.emulator.clock import MovableClock
from otn_studio.emulator.contents import Message, Text
from otn_studio.emulator.identity import PageIdentity
from otn_studio.emulator.ids import Ids
from otn_studio.emulator.people import Person
from otn_studio.emulator.sends import Send
from otn_studio.emulator.server import running
from otn_studio.emulator.world import Receipt, World
from tests.emulator.calls import TOKEN
from tests.emulator.receiver import Receiver
from tests.emulator.recurring import Page

START = datetime(2030, 1, 31, 12, 0, 0, 123_456, tzinfo=UTC)
"""When everything begins, with microseconds that a webhook can't carry."""
START_MS = 1_896_091_200_123
"""The same instant in Messenger's milliseconds."""

DAY = timedelta(hours=24)
MICROSECOND = timedelta(microseconds=1)


@pytest.fixture
def page() -> PageIdentity:
    return PageIdentity("109876543210", "Bakery", "right-token", "app-secret", "1517776481860111")


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(base=lambda: START)


@pytest.fixture
def world(page: PageIdentity, clock: MovableClock) -> World:
    return World(page, clock, Ids(seed=1))


@pytest.fixture
def ana(world: World) -> Person:
    return world.add_person("Ana Maria Silva")


@pytest.fixture
def say(world: World) -> Callable[[Person, str], Receipt]:
    """Let the Page write to a person in the conversation."""

    def say(person: Person, text: str = "Hello") -> Receipt:
        return world.receive(Send(psid=person.id, message=Message(Text(text))))

    return say


@pytest.fixture
def spend(world: World) -> Callable[[str], Receipt]:
    """Let the Page write by a permission."""

    def spend(token: str, text: str = "Your cake is ready") -> Receipt:
        return world.receive(Send(token=token, message=Message(Text(text))))

    return spend


@pytest.fixture
def ask(world: World) -> Callable[[Person, str], Receipt]:
    """Let the Page ask for a permission."""

    def ask(person: Person, title: str = "Shall we tell you?") -> Receipt:
        return world.receive(Send(psid=person.id, message=Message(OptInCard(title, "topic-7"))))

    return ask


@pytest.fixture
def bakery(world, ana) -> Page:
    """The Page, to whom Ana has just written."""
    actions.write(world, ana, "Hi")
    return Page(world, ana)


class Stage:
    """One server for all tests, which plays the emulator of the test that is on.

    Ending a server takes a tenth of a second; ``test_server`` runs the emulator all by itself.
    """

    def __init__(self) -> None:
        self.app = Starlette()
        self.url = ""

    async def __call__(self, scope: Scope, receive: Receive, send: ASGISend) -> None:
        await self.app(scope, receive, send)


@pytest.fixture(scope="session")
def stage() -> Iterator[Stage]:
    stage = Stage()
    with running(stage) as stage.url:
        yield stage


@pytest.fixture
def base_url(stage: Stage, page: PageIdentity, clock: MovableClock) -> Iterator[str]:
    """A new emulator behind a real server. Its clock only moves when it is moved."""
    stage.app = create_app(page, clock, seed=1)
    life = stage.app.router.lifespan_context(stage.app)
    with asyncio.Runner() as runner:
        runner.run(life.__aenter__())
        yield stage.url
        runner.run(life.__aexit__(None, None, None))


@pytest.fixture
def emulator(base_url: str) -> Iterator[EmulatorClient]:
    client = EmulatorClient(base_url)
    yield client
    client.close()


@pytest.fixture
def engine(base_url: str) -> Iterator[requests.Session]:
    """The connection by which an engine would call the Graph API."""
    with requests.Session() as session:
        session.trust_env = False
        yield session


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as receiver:
        yield receiver


@pytest.fixture
def visitor(emulator: EmulatorClient) -> PersonClient:
    """Somebody with an open window."""
    visitor = emulator.add_person("Ana Maria Silva")
    visitor.write("Hi")
    return visitor


@pytest.fixture
def send(engine: requests.Session, base_url: str) -> Callable[..., requests.Response]:
    """Send a text to somebody the usual way."""

    def send(psid: str, text: str = "Hello") -> requests.Response:
        body = {"recipient": {"id": psid}, "message": {"text": text}}
        return engine.post(f"{base_url}/me/messages", params=TOKEN, json=body, timeout=10)

    return send
