"""Pictures of the emulator's page, to be looked at: ``python -m tests.emulator.pictures FOLDER``."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import requests

from otn_studio.emulator.app import create_app
from otn_studio.emulator.client import EmulatorClient, PersonClient
from otn_studio.emulator.identity import PageIdentity
from otn_studio.emulator.server import running
from tests.emulator.browser import Browser
from tests.emulator.calls import TOKEN
from tests.emulator.slips import CHECK_IN, ITINERARY, RECEIPT

PAGE = PageIdentity("109876543210", "Bakery at the Corner", "right-token", "app-secret", "1")
PROFILE = {
    "get_started": {"payload": "GO"},
    "greeting": [{"locale": "default", "text": "Fresh bread from six. Ask us anything."}],
    "ice_breakers": [{"question": "When are you open?", "payload": "OPEN"}],
    "persistent_menu": [
        {
            "locale": "default",
            "call_to_actions": [{"type": "postback", "title": "Opening hours", "payload": "H"}],
        }
    ],
}
ORDER = [{"type": "postback", "title": "Order", "payload": "ORDER"}]
SAID = (
    {"text": "Hello Ana! Not yet. It will be back on Friday."},
    {
        "template_type": "button",
        "text": "Meanwhile, may we show you something?",
        "buttons": ORDER,
    },
    {
        "template_type": "generic",
        "elements": [
            {"title": "Sourdough", "subtitle": "Baked in the stone oven", "buttons": ORDER},
            {"title": "Walnut bread", "subtitle": "Only on Tuesdays", "buttons": ORDER},
        ],
    },
    {"template_type": "one_time_notif_req", "title": "Shall we tell you?", "payload": "rye"},
    {
        "template_type": "notification_messages",
        "title": "Bread of the week",
        "payload": "week",
        "notification_messages_frequency": "WEEKLY",
    },
    {
        "text": "Anything else?",
        "quick_replies": [
            {"content_type": "text", "title": word, "payload": word}
            for word in ("Opening hours", "Order by phone", "No, thank you")
        ],
    },
)
SIZES = {"wide": (1280, 800), "middle": (900, 800), "zoomed": (640, 400), "narrow": (390, 844)}
DRAWN = "new Promise((done) => setTimeout(done, 1500))"


def main(folder: Path) -> None:
    """Every state at every size, light and dark."""
    folder.mkdir(parents=True, exist_ok=True)
    with _emulator() as (url, emulator, page):
        page.open(f"{url}/")
        _at_every_size(page, folder, "nobody")
        _ask(url, "messenger_profile", PROFILE)
        ana = emulator.add_person("Ana Maria Silva")
        _at_every_size(page, folder, "new")
        _talk(url, ana)
        _at_every_size(page, folder, "talk")
        emulator.advance("25 hours")
        ana.stop("Bread of the week")
        ana.block()
        _at_every_size(page, folder, "blocked")
    for slip in (RECEIPT, ITINERARY, CHECK_IN):
        with _emulator() as (url, emulator, page):
            ana = emulator.add_person("Ana Maria Silva")
            ana.write("Is all well with my order?")
            _say(url, ana, slip)
            page.open(f"{url}/")
            _at_every_size(page, folder, slip["template_type"])


@contextmanager
def _emulator() -> Iterator[tuple[str, EmulatorClient, Browser]]:
    with (
        running(create_app(PAGE, seed=1)) as url,
        TemporaryDirectory(ignore_cleanup_errors=True) as home,
        Browser(Path(home)) as page,
    ):
        yield url, EmulatorClient(url), page


def _talk(url: str, ana: PersonClient) -> None:
    ana.write("Hi, is the rye loaf back?")
    _say(url, ana, *SAID)
    ana.notify_me()


def _say(url: str, person: PersonClient, *messages: dict) -> None:
    for said in messages:
        is_template = "template_type" in said
        message = {"attachment": {"type": "template", "payload": said}} if is_template else said
        _ask(url, "messages", {"recipient": {"id": person.id}, "message": message})


def _ask(url: str, edge: str, body: dict) -> None:
    requests.post(f"{url}/me/{edge}", params=TOKEN, json=body, timeout=10).raise_for_status()


def _at_every_size(page: Browser, folder: Path, name: str) -> None:
    for dark in (False, True):
        for called, size in SIZES.items():
            page.look(*size, dark=dark)
            page.run(DRAWN)
            page.picture(folder / f"{name}-{called}-{'dark' if dark else 'light'}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
