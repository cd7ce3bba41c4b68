"""Secrets in the form of an HTTP request: chosen by name, made on the spot, never in the flow."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton

from otn_studio.blocks.actions.http_request import HttpRequest
from otn_studio.blocks.asking import Header
from otn_studio.flow.writing import written
from otn_studio.studio.secrets.known import KnownSecrets
from tests.builders import ask, started

VALUE = "hush-hush-4711"


@pytest.fixture
def here(stage):
    made = stage(started(HttpRequest(url="https://shop.example/", headers=(Header(),))))
    made.select("it", "url")
    made.press(Qt.Key.Key_End)
    made.wait(lambda: made.panel.findChild(KnownSecrets).names == ["shop_key"])
    return made


def choose(here, field: str, text: str) -> None:
    here.click(f"{field} insert")
    menu = here.panel.findChildren(QMenu, "secret menu")[-1]
    next(action for action in menu.actions() if action.text() == text).trigger()
    menu.parentWidget().close()


def test_a_secret_goes_in_by_its_name(here):
    choose(here, "url", "shop_key")
    assert here.block().url == "https://shop.example/{{ secret.shop_key }}"


def test_a_secret_is_made_on_the_spot(here):
    choose(here, "headers.0.value", "New secret…")
    window = here.find("new_secret_window")
    here.qtbot.keyClicks(window.findChild(QLineEdit, "secret_name"), "Stock key")
    here.qtbot.keyClicks(window.findChild(QLineEdit, "secret_value"), VALUE)
    here.qtbot.mouseClick(window.findChild(QPushButton, "keep_secret"), Qt.MouseButton.LeftButton)
    here.wait(lambda: here.block().headers[0].value == "{{ secret.stock_key }}")
    assert here.secrets.values == {"stock_key": VALUE}
    assert VALUE not in json.dumps(written(here.flow))
    here.document.undo()
    assert VALUE not in json.dumps(written(here.flow))


def test_a_text_that_people_read_takes_none(stage):
    made = stage(started(ask("Hi")))
    made.select("it", "elements.0.title")
    made.click("elements.0.title insert")
    assert made.panel.findChild(QMenu, "secret menu") is None
    made.panel.findChild(QMenu, "insert menu").close()


def test_braces_offer_secrets_by_name(here):
    here.type("{{ shop")
    offers = here.target("url").editor.completing.offers
    assert [one.note for one in offers.entries] == ["secret.shop_key"]
    here.press(Qt.Key.Key_Return)
    assert here.block().url == "https://shop.example/{{ secret.shop_key }}"
