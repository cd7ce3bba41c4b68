"""A Page is connected with hands: one step after the other, each tested."""

import pytest
from PySide6.QtCore import QRegularExpression, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QRadioButton, QWidget

from otn_studio.studio.connecting import assistant
from otn_studio.studio.connecting.assistant import Assistant
from otn_studio.studio.connecting.card import PagesCard
from otn_studio.studio.connecting.rail import StepRail
from otn_studio.studio.connecting.store import PRACTICE, PageRow, Step
from otn_studio.studio.secrets.store import Lock
from otn_studio.studio.widgets.question import Question
from tests.studio.connecting.fakes import BAKERY, CONNECTED, ENDING, WRONG, FakePages
from tests.studio.secrets.keeping import FakeSecrets

STATES = QRegularExpression("page_state_.*")


class Hands:
    def __init__(self, qtbot, theme, *rows: PageRow, **how: bool) -> None:
        self.bot = qtbot
        self.pages, self.secrets = FakePages(*rows, **how), FakeSecrets()
        self.card = PagesCard(self.pages, self.secrets, theme)
        qtbot.addWidget(self.card)
        self.card.show()
        shown = 0 if self.pages.handed_over else len(self.pages.rows)
        qtbot.waitUntil(lambda: len(self.card.findChildren(QLabel, STATES)) == shown)

    def find(self, kind: type[QWidget], name: str) -> QWidget:
        """What a person sees, or will in a moment."""
        self.bot.waitUntil(lambda: bool(self._seen(kind, name)))
        return self._seen(kind, name)[-1]

    def _seen(self, kind: type[QWidget], name: str) -> list[QWidget]:
        return [w for w in self.card.findChildren(kind, name) if w.isVisible()]

    def press(self, name: str) -> None:
        self.bot.mouseClick(self.find(QPushButton, name), Qt.MouseButton.LeftButton)

    def write(self, name: str, words: str) -> None:
        line = self.find(QLineEdit, name)
        line.selectAll()
        self.bot.keyClicks(line, words)

    def title(self) -> str:
        return self.find(QLabel, "step_title").text()

    def wait_for(self, title: str) -> None:
        self.bot.waitUntil(lambda: self.title() == title)

    def outcome(self) -> str:
        return self.card.findChildren(QLabel, "outcome")[-1].text()

    def state(self, page: PageRow) -> str:
        return self.find(QLabel, f"page_state_{page.id}").text()

    def close(self) -> None:
        for window in self.card.findChildren(Assistant):
            window.reject()


@pytest.fixture
def here(qtbot, theme):
    made: list[Hands] = []

    def here(*rows: PageRow, **how: bool) -> Hands:
        made.append(Hands(qtbot, theme, *rows, **how))
        return made[-1]

    yield here
    for hands in made:
        hands.close()


def test_all_steps_with_hands(here, qtbot):
    hands = here()
    hands.press("connect_page")
    assert hands.title() == "Access key"
    hands.write("connect_token", "the-key")
    assert "the-key" not in hands.find(QLineEdit, "connect_token").displayText()
    hands.press("test_step")
    hands.wait_for("App secret")
    qtbot.keyClicks(hands.find(QLineEdit, "connect_secret"), "the-secret")
    qtbot.keyClick(hands.find(QLineEdit, "connect_secret"), Qt.Key.Key_Return)
    hands.wait_for("Permissions")
    hands.press("test_step")
    hands.wait_for("Address")
    hands.write("connect_address", "bot.kicks.example")
    hands.press("test_step")
    hands.wait_for("Verification")
    hands.press("copy_verify_word")
    assert QGuiApplication.clipboard().text() == BAKERY.word
    hands.press("test_step")
    hands.wait_for("Subscription")
    hands.press("test_step")
    hands.wait_for("Time zone and rules")
    qtbot.waitUntil(lambda: hands.find(QLineEdit, "connect_zone").text() == "Europe/Berlin")
    hands.press("test_step")
    hands.wait_for("First message")
    assert hands.outcome() == "Waiting for your message…"
    hands.pages.heard = True
    hands.press("test_step")
    hands.wait_for("“Bakery” is connected")
    given = dict(hands.pages.given)
    assert given[Step.TOKEN]["token"] == "the-key"
    assert given[Step.SECRET]["secret"] == "the-secret"
    assert given[Step.ADDRESS]["address"] == "bot.kicks.example"
    assert given[Step.VERIFICATION]["how"] == "enter"
    assert given[Step.RULES] | {"how": ""} == {
        "zone": "Europe/Berlin",
        "country": "DE",
        "profile": "retired-2026",
        "how": "",
    }
    with qtbot.waitSignal(hands.card.again):
        hands.press("test_step")
    assert hands.pages.chosen == [BAKERY.id]


def test_what_is_wrong_is_said_with_details_for_those_who_ask(here, qtbot):
    hands = here()
    hands.pages.problems[Step.TOKEN] = WRONG
    hands.press("connect_page")
    hands.press("test_step")
    qtbot.waitUntil(lambda: hands.outcome() == "This can’t be an access key.")
    details = hands.card.findChild(QLabel, "outcome_details")
    assert not details.isVisible()
    hands.press("outcome_more")
    assert details.isVisible()
    assert details.text().startswith("190")
    assert hands.title() == "Access key"
    assert hands.find(QPushButton, "test_step").isEnabled()


def test_it_goes_on_later_where_it_was_left(here):
    hands = here(BAKERY)
    assert hands.state(BAKERY) == "Half connected: what was tested is saved."
    hands.press(f"steps_{BAKERY.id}")
    assert hands.title() == "App secret"
    assert not hands.find(QPushButton, "step_address").isEnabled()
    hands.press("step_token")
    assert hands.title() == "Access key"
    assert "Saved." in hands.find(QLineEdit, "connect_token").placeholderText()
    assert hands.find(QLineEdit, "connect_token").text() == ""


def test_a_step_is_repeated(here, qtbot):
    hands = here(CONNECTED)
    hands.press(f"steps_{CONNECTED.id}")
    hands.press("step_verification")
    hands.press("check_step")
    qtbot.waitUntil(lambda: hands.outcome() == "All is well.")
    assert hands.title() == "Verification"
    assert hands.pages.given[-1][1]["how"] == "check"
    hands.press("step_rules")
    assert hands.find(QComboBox, "connect_country").currentText() == "Germany"


def test_what_the_rules_mean_depends_on_the_country(here):
    hands = here(CONNECTED)
    hands.press(f"steps_{CONNECTED.id}")
    hands.press("step_rules")
    meaning = hands.find(QLabel, "rules_meaning")
    assert "may write on daily" in meaning.text()
    country = hands.find(QComboBox, "connect_country")
    country.setCurrentIndex(country.findData("US"))
    assert "no longer takes" in meaning.text()
    hands.bot.mouseClick(hands.find(QRadioButton, "rules 2"), Qt.MouseButton.LeftButton)
    assert "may write on daily" in meaning.text()


def test_each_tunnel_has_its_command(here):
    hands = here(CONNECTED)
    hands.press(f"steps_{CONNECTED.id}")
    hands.press("step_address")
    commands = set()
    for number in range(3):
        hands.bot.mouseClick(
            hands.find(QRadioButton, f"tunnel {number}"), Qt.MouseButton.LeftButton
        )
        command = hands.find(QLineEdit, "tunnel_command").text()
        assert hands.pages.engine_address in command
        commands.add(command)
    assert len(commands) == 3
    assert hands.find(QLineEdit, "connect_address").text() == CONNECTED.address


def test_the_first_message_is_noticed_by_itself(here, qtbot, monkeypatch):
    monkeypatch.setattr(assistant, "LOOKS_EVERY", 20)
    almost = PageRow("4711", "Bakery", passed=frozenset(Step) - {Step.MESSAGE})
    hands = here(almost)
    hands.press(f"steps_{almost.id}")
    assert hands.title() == "First message"
    assert hands.find(QLineEdit, "page_link").text() == "https://m.me/4711"
    hands.pages.heard = True
    hands.wait_for("“Bakery” is connected")
    word = hands.pages.given[-1][1]["word"]
    assert word.startswith("hello ")


def test_an_end_that_comes_soon_is_told(here):
    hands = here(CONNECTED, ENDING)
    assert "30 November 2026" in hands.state(ENDING)
    assert hands.state(CONNECTED) == "Connected."


def test_pages_side_by_side(here, qtbot):
    hands = here(CONNECTED, ENDING)
    with qtbot.waitSignal(hands.card.again):
        hands.press(f"work_for_{ENDING.id}")
    assert hands.pages.chosen == [ENDING.id]
    assert not hands.card.findChildren(QPushButton, f"work_for_{PRACTICE}")


def test_a_page_is_disconnected_after_a_question(here, qtbot, monkeypatch):
    hands = here(CONNECTED)
    answers = iter(["stay", "disconnect"])
    monkeypatch.setattr(Question, "exec", lambda self: self._choose(next(answers)))
    hands.press(f"disconnect_{CONNECTED.id}")
    hands.press(f"disconnect_{CONNECTED.id}")
    qtbot.waitUntil(lambda: not hands.card.findChildren(QLabel, f"page_state_{CONNECTED.id}"))
    assert list(hands.pages.rows) == [PRACTICE]


def test_locked_secrets_are_opened_first(here, qtbot):
    hands = here()
    hands.secrets.locked, hands.secrets.password = Lock.LOCKED, "open-sesame"
    hands.card._known.refresh()
    qtbot.waitUntil(lambda: hands.card._known.lock is Lock.LOCKED)
    hands.press("connect_page")
    hands.write("secrets_password", "open-sesame")
    hands.press("unlock_secrets")
    qtbot.waitUntil(lambda: bool(hands.card.findChildren(Assistant)))
    assert hands.title() == "Access key"


def test_on_a_server_nothing_is_connected_here(here):
    hands = here(CONNECTED, handed_over=True)
    assert not hands.card.findChild(QPushButton, "connect_page").isVisible()
    assert not hands.card.findChildren(QLabel, f"page_state_{CONNECTED.id}")


def test_the_sign_of_a_step_to_come_does_not_fade(qtbot, theme):
    rail = StepRail(theme)
    qtbot.addWidget(rail)
    rail.show_row(None, None)
    button = rail.findChild(QPushButton, f"step_{Step.MESSAGE}")
    assert not button.isEnabled()
    waiting, ready = (
        button.icon().pixmap(QSize(16, 16), mode).toImage()
        for mode in (QIcon.Mode.Disabled, QIcon.Mode.Normal)
    )
    assert waiting == ready
