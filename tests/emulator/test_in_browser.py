"""A conversation by hand, in a real browser, with a small bot at the other end."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from tests.emulator import browser
from tests.emulator.browser import Browser
from tests.emulator.calls import TOKEN

pytestmark = pytest.mark.skipif(browser.found() is None, reason="there is no Chromium here")

ASK = {
    "template_type": "one_time_notif_req",
    "title": "Shall we tell you when it is back?",
    "payload": "rye",
}
WEEKLY = {
    "template_type": "notification_messages",
    "title": "Bread of the week",
    "payload": "week",
    "notification_messages_frequency": "WEEKLY",
}
CHOICES = [
    {"content_type": "text", "title": word, "payload": word} for word in ("Rye", "<i>Oat</i>")
]


class Bot(ThreadingHTTPServer):
    """Answers each event with the next thing that it has to say."""

    daemon_threads = True

    def __init__(self, graph: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.graph, self.tokens = graph, []

    def hear(self, event: dict) -> None:
        person = {"id": event["sender"]["id"]}
        match event:
            case {"message": {"quick_reply": _}}:
                self.say(person, {"attachment": {"type": "template", "payload": ASK}})
            case {"optin": {"one_time_notif_token": token}}:
                self.tokens.append(token)
                self.say(person, {"attachment": {"type": "template", "payload": WEEKLY}})
            case {"message": {"is_echo": True}} | {"delivery": _} | {"read": _}:
                pass
            case {"message": _}:
                self.say(person, {"text": "<b>Which</b> one?", "quick_replies": CHOICES})

    def say(self, to: dict, message: dict) -> None:
        body = {"recipient": to, "message": message}
        requests.post(f"{self.graph}/me/messages", params=TOKEN, json=body, timeout=10)


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self._answer(parse_qs(urlsplit(self.path).query)["hub.challenge"][0])

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self._answer("")
        for event in body["entry"][0]["messaging"]:
            self.server.hear(event)

    def _answer(self, text: str) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture
def bot(base_url: str) -> Iterator[Bot]:
    with Bot(base_url) as bot:
        thread = threading.Thread(target=bot.serve_forever, args=(0.01,))
        thread.start()
        yield bot
        bot.shutdown()
        thread.join()


@pytest.fixture
def page(base_url: str, tmp_path: Path) -> Iterator[Browser]:
    with Browser(tmp_path) as page:
        page.look()
        page.open(base_url)
        page.wait_for("document.getElementById('clock').innerText")
        yield page


def says(text: str) -> str:
    return f"document.getElementById('conversation').innerText.includes({json.dumps(text)})"


def test_a_conversation_by_hand(page: Browser, bot: Bot, emulator, clock: Callable) -> None:
    page.type("#bot-url", f"http://127.0.0.1:{bot.server_port}/webhook")
    page.type("#bot-word", "let-me-in")
    page.wait_for("document.getElementById('bot-words').innerText.startsWith('Events go to')")
    page.type("#new-name", "<b>Ana</b>")
    page.wait_for("document.querySelector('.person .name').innerText === '<b>Ana</b>'")
    page.type("#words", "Hi <script>")
    page.wait_for(says("Hi <script>"))
    page.wait_for(says("<b>Which</b> one?"))
    page.click("<i>Oat</i>")
    page.wait_for(says(ASK["title"]))
    page.click("Notify Me")
    page.wait_for(says("You said yes"))
    page.click("Get updates")
    page.wait_for("document.getElementById('topics').innerText.includes('Bread of the week')")
    page.wait_for("document.getElementById('window-words').innerText.startsWith('Open for')")
    page.click("+1 day")
    page.wait_for("document.getElementById('window-words').innerText.startsWith('Closed for')")
    bot.say({"one_time_notif_token": bot.tokens[0]}, {"text": "It is back!"})
    page.wait_for(says("It is back!"))
    page.wait_for(says("Sent with your permission"))
    page.click("Stop")
    page.wait_for(says("You stopped “Bread of the week”"))
    page.click("Block the Page")
    page.wait_for("document.getElementById('blocked').innerText.includes('You blocked this Page')")
    assert page.run("document.getElementById('quick-replies').children.length") == 0
    (ana,) = emulator.get("/view")["people"]
    assert (ana["blocked"], ana["window_open"], ana["unread"]) == (True, False, False)
    assert page.complaints == []


def test_what_can_not_be_done_is_said(page: Browser) -> None:
    page.click("Add a person")
    page.wait_for("document.querySelector('.person')")
    page.type("#length", "soon")
    page.wait_for("document.getElementById('problem').innerText.includes('not a length of time')")


def test_it_speaks_german(page: Browser, base_url: str, emulator) -> None:
    page.call("Network.setExtraHTTPHeaders", headers={"Accept-Language": "de"})
    page.open(base_url)
    page.wait_for("document.documentElement.lang === 'de'")
    emulator.add_person("Ana").write("Hallo")
    page.wait_for("document.getElementById('window-words').innerText === 'Noch 24 h offen.'")
    page.click("+1 Tag")
    page.wait_for("document.getElementById('window-words').innerText.startsWith('Seit 1 min zu.')")
    page.click("Seite blockieren")
    page.wait_for(says("Du hast die Seite blockiert"))
    assert page.complaints == []


def test_where_nothing_comes_it_is_asked_for(page: Browser, base_url: str, emulator) -> None:
    page.call("Network.setBlockedURLs", urls=["*/emulator/changes*"])
    page.open(f"{base_url}/emulator/page/?again")
    page.wait_for("document.getElementById('clock').innerText")
    emulator.add_person("Ana").write("Hi")
    page.wait_for(says("Hi"))


def test_it_fits_a_telephone(page: Browser, emulator) -> None:
    page.look(390, 844, dark=True)
    emulator.add_person("Maximiliana Oberhuber-Wallensteiner").write("word " * 80 + "w" * 200)
    page.wait_for("document.querySelector('.mine .bubble')")
    assert page.run("document.documentElement.scrollWidth") == 390
    assert page.run("getComputedStyle(document.body).backgroundColor") == "rgb(20, 22, 27)"
    page.click("Time and more")
    page.click("+1 hour")
    page.wait_for("document.getElementById('window-words').innerText.includes('23 h')")
