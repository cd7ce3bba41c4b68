"""Libraries that other people's bots are made with, driving the emulator as they drive Messenger."""

import json
import os
import socket
import subprocess
import time

import pytest
import requests

from otn_studio.emulator.client import EmulatorProblem
from tests.emulator.clients.installed import SCRIPTS, node, node_environment, python

PATIENCE = 90


@pytest.fixture
def javascript(base_url):
    def javascript(script: str, *arguments: str) -> dict:
        return told_by([*node(), SCRIPTS / script, base_url, *arguments], node_environment())

    return javascript


@pytest.fixture
def snake(base_url):
    def snake(script: str, *arguments: str) -> dict:
        alone = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        return told_by([*python(), SCRIPTS / script, base_url, *arguments], alone)

    return snake


def told_by(command: list, environment: dict) -> dict:
    """What a script says of what it was answered."""
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=PATIENCE
    )
    assert done.returncode == 0, done.stderr[-3_000:]
    return json.loads(done.stdout.splitlines()[-1])


def kinds(person) -> list[str]:
    """What came to a phone, in order."""
    return [entry["kind"] for entry in person.phone() if entry["from"] == "page"]


def test_messaging_api_messenger(javascript, emulator, visitor, page):
    (comment,) = emulator.add_person("Bea").comment("Nice bread")
    told = javascript("messaging_api_messenger.js", visitor.id, comment["value"]["comment_id"])
    assert told["page"] == {"id": page.id, "name": "Bakery"}
    assert told["token"] is True
    assert told["who"]["firstName"] == "Ana"
    assert told["started"] == {"payload": "GO"}
    assert told["menu"][0]["callToActions"][0]["title"] == "Help"
    assert told["text"]["recipientId"] == visitor.id
    assert told["personas"] == ["Bea"]
    assert [part["code"] for part in told["batch"]] == [200, 200, 400]
    assert told["owner"] == {"appId": "263902037430900"}
    assert told["others"][0]["name"] == "Page Inbox"
    assert "No matching user found" in told["refused"]
    assert kinds(visitor) == [
        *("quick_replies", "buttons", "cards", "media_card", "receipt", "flights", "flights"),
        *("picture", "picture", "file", "opt_in_card", "text", "text"),
    ]


def test_a_permission_is_spent_by_messaging_api_messenger(javascript, engine, base_url, visitor):
    payload = {"template_type": "one_time_notif_req", "title": "Shall we?", "payload": "t"}
    message = {"attachment": {"type": "template", "payload": payload}}
    body = {"recipient": {"id": visitor.id}, "message": message, "access_token": "right-token"}
    engine.post(f"{base_url}/me/messages", json=body, timeout=10)
    (event,) = visitor.notify_me()
    told = javascript("spend_token.js", event["optin"]["one_time_notif_token"])
    assert told["sent"]["recipientId"] == visitor.id
    assert "already been used" in told["refused"]
    assert visitor.phone()[-1]["by_permission"] is True


def test_bottender(base_url, emulator, visitor):
    """A whole bot, which gets signed webhooks and answers them."""
    environment = node_environment()
    program = os.path.join(environment["NODE_PATH"], "bottender", "bin", "cli.js")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [*node(), program, "start", "--port", str(port)]
    folder, graph = SCRIPTS / "bottender_bot", {"GRAPH_URL": base_url}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, cwd=folder, env=environment | graph, **quiet) as bot:
        try:
            _connect(emulator, f"http://127.0.0.1:{port}/webhook", bot)
            visitor.write("Hello")
            _wait_for(visitor, "quick_replies")
            assert visitor.phone()[-1]["text"] == "You said Hello"
            visitor.tap("Rye")
            _wait_for(visitor, "opt_in_card")
            visitor.notify_me()
            _wait_for(visitor, "text")
            assert visitor.phone()[-1]["text"] == "It is back"
            assert visitor.phone()[-1]["by_permission"] is True
        finally:
            bot.terminate()


def test_botly(javascript, visitor):
    told = javascript("botly_client.js", visitor.id)
    assert told["who"]["first_name"] == "Ana"
    assert not [answer for answer in told.values() if "error" in answer]
    assert told["upload"]["attachment_id"]
    assert kinds(visitor) == ["quick_replies", "buttons", "cards", "picture", "opt_in_card"]


def test_warriorteam_messenger_sdk(javascript, visitor):
    first = visitor.phone()[0]["id"]
    told = javascript("warriorteam_sdk.js", visitor.id, first)
    assert visitor.phone()[0]["page_reaction"] == "\u2764\ufe0f"
    assert told["who"]["name"] == "Ana Maria Silva"
    assert told["text"]["recipient_id"] == visitor.id
    assert told["refused"] == [100, 2018001]
    assert kinds(visitor) == ["text", "buttons", "cards", "media_card", "picture", "recurring_card"]


def test_facebook_business(snake, visitor, page):
    told = snake("facebook_business_client.py", visitor.id)
    assert told["page"]["name"] == "Bakery"
    assert told["subscribed"] == ["messages", "messaging_optins"]
    assert told["profile"] == {"payload": "GO"}
    assert told["text"]["recipient_id"] == visitor.id
    assert told["personas"] == ["Bea"]
    assert told["batch"] == 2
    assert told["refused"] == [100, 2018001]
    for number in (1, 2):
        visitor.notify_me(number)
    assert snake("list_tokens.py") == ["Bread", "Cake"]
    assert [entry["text"] for entry in visitor.phone()[-2:]] == ["By permission", "And again"]


def test_fbmessenger(snake, visitor):
    told = snake("fbmessenger_client.py", visitor.id)
    assert told["who"]["first_name"] == "Ana"
    assert told["profile"] == {"result": "success"}
    assert all(answer["recipient_id"] == visitor.id for answer in told["sent"])
    assert told["upload"]["attachment_id"]
    assert told["refused"]["error"]["code"] == 100
    assert told["gone"] == [{"result": "success"}] * 2
    assert kinds(visitor) == ["quick_replies", "buttons", "cards", "picture", "opt_in_card"]


def test_pymessenger(snake, visitor):
    told = snake("pymessenger_client.py", visitor.id)
    assert told["refused"]["error"]["code"] == 100
    assert kinds(visitor) == ["text", "buttons", "cards", "picture", "picture", "opt_in_card"]
    assert "cake.png" in visitor.phone()[-2]["url"]


def test_python_facebook_api(snake, visitor, page):
    told = snake("facebook_api.py", visitor.id)
    assert told["page"]["name"] == "Bakery"
    assert told["who"] == {"first_name": "Ana", "id": visitor.id}
    assert told["both"][visitor.id]["name"] == "Ana Maria Silva"
    assert told["token"]["data"]["is_valid"] is True
    assert told["tokens"] == {"data": []}
    assert told["refused"][0] == 100
    assert kinds(visitor) == ["text", "opt_in_card"]


def _connect(emulator, url: str, bot: subprocess.Popen) -> None:
    """As soon as the bot listens."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return emulator.subscribe(url, "let-me-in")
        except (EmulatorProblem, requests.RequestException):
            assert bot.poll() is None, "the bot has ended"
            assert time.monotonic() < deadline, "the bot never listened"
            time.sleep(0.1)


def _wait_for(person, kind: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while kinds(person)[-1:] != [kind]:
        assert time.monotonic() < deadline, kinds(person)
        time.sleep(0.05)
