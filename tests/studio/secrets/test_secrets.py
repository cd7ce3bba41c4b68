"""Secrets in the studio, with hands: kept, replaced, deleted, and never shown."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from otn_studio.blocks.actions.http_request import HttpRequest
from otn_studio.studio.secrets.card import SecretsCard
from otn_studio.studio.secrets.known import KnownSecrets
from otn_studio.studio.secrets.store import Lock, SecretRow
from tests.builders import started
from tests.studio.secrets.keeping import FakeSecrets

VALUE = "hush-hush-4711"


class Hands:
    def __init__(self, qtbot, secrets: FakeSecrets, flow=None) -> None:
        self.bot, self.secrets = qtbot, secrets
        self.card = SecretsCard(secrets, lambda: flow)
        qtbot.addWidget(self.card)
        self.card.show()
        self.press("open_secrets")

    def find(self, kind, name: str):
        return next((w for w in self.card.findChildren(kind, name) if w.isVisible()), None)

    def press(self, name: str) -> None:
        self.bot.waitUntil(lambda: self.find(QPushButton, name) is not None)
        self.bot.mouseClick(self.find(QPushButton, name), Qt.MouseButton.LeftButton)

    def write(self, name: str, text: str) -> None:
        self.bot.keyClicks(self.find(QLineEdit, name), text)

    def texts(self) -> str:
        """All that can be read anywhere, also what is hidden."""
        labels = (w.text() for w in self.card.findChildren(QLabel))
        lines = (w.text() for w in self.card.findChildren(QLineEdit))
        return "\n".join((*labels, *lines))


@pytest.fixture
def hands(qtbot):
    made = []

    def make(*rows: SecretRow, flow=None) -> Hands:
        made.append(Hands(qtbot, FakeSecrets(*rows), flow))
        return made[-1]

    yield make
    for one in made:
        one.card.close()


def test_a_secret_is_made_and_shown_nowhere(hands, qtbot):
    here = hands()
    here.press("new_secret")
    here.write("secret_name", "Shop key")
    assert "{{ secret.shop_key }}" in here.texts()
    line = here.find(QLineEdit, "secret_value")
    here.write("secret_value", VALUE)
    assert VALUE not in line.displayText()
    here.press("keep_secret")
    qtbot.waitUntil(lambda: here.find(QPushButton, "set_secret_shop_key") is not None)
    assert here.secrets.values == {"shop_key": VALUE}
    assert VALUE not in here.texts()


def test_enter_keeps_it(hands, qtbot):
    here = hands()
    here.press("new_secret")
    here.write("secret_name", "shop_key")
    here.write("secret_value", VALUE)
    qtbot.keyClick(here.find(QLineEdit, "secret_value"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: here.secrets.values == {"shop_key": VALUE})


def test_a_secret_gets_a_new_value(hands, qtbot):
    here = hands(SecretRow("shop_key", ("Orders",)))
    here.press("set_secret_shop_key")
    here.write("secret_value", VALUE)
    here.press("keep_secret")
    qtbot.waitUntil(lambda: here.secrets.values == {"shop_key": VALUE})


@pytest.mark.parametrize(
    ("name", "value", "wrong", "where", "says"),
    [
        ("42", VALUE, "name", "explained", "begins with a letter"),
        ("", VALUE, "name", "explained", "begins with a letter"),
        ("Shop key", VALUE, "name", "explained", "There is a secret “shop_key” already."),
        ("other", "  ", "value", "problem", "The secret is empty."),
    ],
)
def test_what_can_not_be_kept_is_said_below_its_field(
    hands, qtbot, name, value, wrong, where, says
):
    here = hands(SecretRow("shop_key"))
    qtbot.waitUntil(lambda: here.find(QPushButton, "set_secret_shop_key") is not None)
    here.press("new_secret")
    here.write("secret_name", name)
    here.write("secret_value", value)
    here.press("keep_secret")
    assert says in here.find(QLabel, f"secret_{where}").text()
    marked = {field: here.find(QLineEdit, f"secret_{field}") for field in ("name", "value")}
    assert [f for f, line in marked.items() if line.property("problem") == "true"] == [wrong]
    assert here.secrets.values == {}
    here.write("secret_name", "x")
    assert "In texts" in here.find(QLabel, "secret_explained").text()
    assert not any(line.property("problem") == "true" for line in marked.values())


def test_a_computer_without_a_keyring_says_so(hands, qtbot):
    here = hands()
    here.secrets.problem = "This computer has no keyring."
    here.press("new_secret")
    here.write("secret_name", "shop_key")
    here.write("secret_value", VALUE)
    here.press("keep_secret")
    problem = here.find(QLabel, "secret_problem")
    qtbot.waitUntil(lambda: problem.text() == "This computer has no keyring.")


def test_before_one_goes_it_is_said_what_uses_it(hands, qtbot):
    here = hands(SecretRow("shop_key", ("Orders", "Stock")))
    here.press("delete_secret_shop_key")
    assert "“Orders”, “Stock”" in here.find(QLabel, "delete_secret_cost").text()
    here.press("delete_secret")
    qtbot.waitUntil(lambda: not here.secrets.rows["shop_key"].is_set)
    qtbot.waitUntil(lambda: here.find(QPushButton, "delete_secret_shop_key") is None)
    assert here.find(QPushButton, "set_secret_shop_key").text() == "Set"


def test_it_stays_if_one_keeps_it(hands):
    here = hands(SecretRow("shop_key"))
    here.press("delete_secret_shop_key")
    here.press("keep_it")
    assert here.secrets.rows["shop_key"].is_set


def test_what_the_open_flow_asks_for_is_in_the_list(hands, qtbot):
    flow = started(HttpRequest(url="https://shop.example/{{ secret.stock_key }}"))
    here = hands(flow=flow)
    qtbot.waitUntil(lambda: here.find(QPushButton, "set_secret_stock_key") is not None)
    assert f"not set · used by {flow.name}" in here.texts()


def test_what_a_server_hands_over_is_not_changed_here(hands, qtbot):
    here = hands(SecretRow("shop_key", handed_over=True), SecretRow("other"))
    qtbot.waitUntil(lambda: here.find(QPushButton, "set_secret_other") is not None)
    assert here.find(QPushButton, "set_secret_shop_key") is None
    assert "set on the server" in here.texts()


def locked(hands, qtbot, lock: Lock, password: str = "") -> Hands:
    """Hands that find the secrets locked when they press the card's button anew."""
    here = hands(SecretRow("shop_key"))
    here.press("close_secrets")
    here.secrets.locked, here.secrets.password = lock, password
    known = here.card.findChild(KnownSecrets)
    here.card.hide()
    here.card.show()
    qtbot.waitUntil(lambda: known.lock is lock)
    here.press("open_secrets")
    return here


def test_without_a_keyring_a_password_is_chosen_first(hands, qtbot):
    here = locked(hands, qtbot, Lock.NEW)
    here.write("secrets_password", "a long password")
    here.press("unlock_secrets")
    assert "not the same" in here.find(QLabel, "unlock_problem").text()
    here.write("secrets_password", "a long password")
    here.write("secrets_password_again", "a long password")
    assert here.find(QPushButton, "unlock_secrets").text() == "Save password"
    here.press("unlock_secrets")
    qtbot.waitUntil(lambda: here.find(QPushButton, "set_secret_shop_key") is not None)
    assert here.secrets.password == "a long password"


def test_it_is_asked_for_once_a_session(hands, qtbot):
    here = locked(hands, qtbot, Lock.LOCKED, "a long password")
    assert here.find(QPushButton, "unlock_secrets").text() == "Open"
    here.write("secrets_password", "another")
    here.press("unlock_secrets")
    problem = here.find(QLabel, "unlock_problem")
    qtbot.waitUntil(lambda: problem.text().startswith("That is not the password."))
    here.write("secrets_password", "a long password")
    here.press("unlock_secrets")
    qtbot.waitUntil(lambda: here.find(QPushButton, "set_secret_shop_key") is not None)
    here.press("close_secrets")
    here.press("open_secrets")
    assert here.find(QPushButton, "set_secret_shop_key") is not None
