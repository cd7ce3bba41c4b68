"""The mail server on the Engine page, with hands."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from otn_studio.studio.pages.engine.mail import MailCard
from tests.studio.pages.engine.mailing import FakeMail

PASSWORD = "hush-hush-4711"


class Hands:
    def __init__(self, qtbot, mail: FakeMail) -> None:
        self.bot, self.mail = qtbot, mail
        self.card = MailCard(mail)
        qtbot.addWidget(self.card)
        self.card.show()
        qtbot.waitUntil(lambda: self.line("server").text() == mail.kept.server)

    def line(self, name: str) -> QLineEdit:
        return self.card.findChild(QLineEdit, f"mail_{name}")

    def write(self, **values: str) -> None:
        for name, value in values.items():
            self.line(name).selectAll()
            self.bot.keyClicks(self.line(name), value)

    def press(self, name: str) -> None:
        self.bot.mouseClick(self.card.findChild(QPushButton, name), Qt.MouseButton.LeftButton)

    def said(self, name: str = "mail_about") -> str:
        return self.card.findChild(QLabel, name).text()


@pytest.fixture
def here(qtbot):
    return lambda **settings: Hands(qtbot, FakeMail(**settings))


def test_it_is_kept_and_the_password_shown_no_more(here, qtbot):
    hands = here()
    hands.write(server="smtp.shop.example", port="465", sender="bot@shop.example")
    hands.write(password=PASSWORD)
    assert PASSWORD not in hands.line("password").displayText()
    hands.press("keep_mail")
    qtbot.waitUntil(lambda: hands.said() == "Saved.")
    kept = hands.mail.kept
    assert (kept.server, kept.port, kept.sender) == ("smtp.shop.example", 465, "bot@shop.example")
    assert hands.mail.passwords == [PASSWORD]
    assert hands.line("password").text() == ""
    qtbot.waitUntil(lambda: hands.line("password").placeholderText().startswith("Set."))
    hands.press("keep_mail")
    qtbot.waitUntil(lambda: hands.said() == "Saved.")
    assert hands.mail.passwords == [PASSWORD], "an empty line leaves the one that is kept"


def test_a_test_keeps_what_is_written_and_goes_to_oneself(here, qtbot):
    hands = here(server="smtp.shop.example", sender="old@shop.example")
    hands.write(sender="bot@shop.example")
    hands.press("test_mail")
    qtbot.waitUntil(lambda: "mailbox of bot@shop.example" in hands.said())
    assert hands.mail.sent == ["bot@shop.example"]


def test_what_is_wrong_is_said(here, qtbot):
    hands = here(server="smtp.shop.example")
    hands.write(sender="bot@shop.example")
    hands.mail.problem = "The mail server could not be reached."
    hands.press("test_mail")
    qtbot.waitUntil(lambda: hands.said() == hands.mail.problem)
    assert hands.card.findChild(QPushButton, "test_mail").isEnabled()


def test_what_is_wrong_with_a_setting_is_said_below_it_until_it_is_written_anew(here, qtbot):
    hands = here(server="smtp.shop.example")
    hands.write(sender="bot")
    hands.press("keep_mail")
    qtbot.waitUntil(lambda: hands.said("mail_wrong") == "“bot” is no e-mail address.")
    wrong = hands.card.findChild(QLabel, "mail_wrong")
    sender, user = hands.line("sender"), hands.line("user")
    qtbot.waitUntil(lambda: sender.y() < wrong.y() < user.y())
    assert sender.property("problem") == "true"
    assert user.property("problem") == "false"
    hands.write(sender="bot@shop.example")
    assert not wrong.isVisible()
    assert sender.property("problem") == "false"


def test_what_a_server_has_is_not_changed_here(here, qtbot):
    hands = here(server="smtp.shop.example", sender="bot@shop.example", handed_over=True)
    qtbot.waitUntil(lambda: hands.line("server").isReadOnly())
    assert hands.said() == "Set on the server, and changed there."
    assert not hands.card.findChild(QPushButton, "keep_mail").isVisible()
    hands.press("test_mail")
    qtbot.waitUntil(lambda: hands.mail.sent == ["bot@shop.example"])
