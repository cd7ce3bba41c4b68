"""Every screen of the studio, one after the other, as a person comes by."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QPoint, QSettings, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QTabBar,
    QWidget,
)

from otn_studio.blocks.elements.otn_request import OtnRequest
from otn_studio.blocks.elements.recurring_request import RecurringRequest
from otn_studio.blocks.elements.text import Text
from otn_studio.blocks.languages import said
from otn_studio.blocks.logic.condition import Condition, FieldTest
from otn_studio.blocks.logic.go_to_flow import GoToFlow
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.start.another_flow import AnotherFlow
from otn_studio.blocks.start.opted_in import OptedIn
from otn_studio.blocks.start.resumed import Resumed
from otn_studio.blocks.start.stopped import Stopped
from otn_studio.blocks.words import Words
from otn_studio.flow.audience import About, Audience, How, Rule
from otn_studio.flow.changes import AddBlock, Connect, SetTopic, Several
from otn_studio.flow.document import Position, Topic
from otn_studio.flow.translating import SetTranslations
from otn_studio.policy.calendar import Frequency
from otn_studio.runtime.sending.stops import WORDS
from otn_studio.storage import pages
from otn_studio.studio.flows import files
from otn_studio.studio.flows.builder import Builder
from otn_studio.studio.languages.table import TranslationTable
from otn_studio.studio.pages.broadcasts.table import BroadcastTable
from otn_studio.studio.pages.contacts.filter_bar import FilterBar
from otn_studio.studio.pages.contacts.people_table import PeopleTable
from otn_studio.studio.pages.sequences.table import SequenceTable
from otn_studio.studio.pages.start.recent import RecentFlows
from otn_studio.studio.pages.topics.topic_table import TopicTable
from otn_studio.studio.secrets.store import Lock
from otn_studio.studio.services.services import EngineProcess, EngineState, Services
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.window.window import Window
from tests.studio import messages
from tests.studio.around import shoot_around
from tests.studio.camera import Camera
from tests.studio.canvas.screens import shoot_canvas
from tests.studio.connecting.fakes import FakePages
from tests.studio.desk import FakePublishing
from tests.studio.pages.broadcasts.broadcasting import BROADCASTS, FakeBroadcasts
from tests.studio.pages.contacts.people import PEOPLE, FakeContacts
from tests.studio.pages.engine.access import FakeApiKeys
from tests.studio.pages.engine.mailing import FakeMail
from tests.studio.pages.engine.serving import FakeService, FakeUpdates
from tests.studio.pages.engine.valuing import FakePageValues
from tests.studio.pages.fakes import NOW, FakeEngine, FakeTopics, row
from tests.studio.pages.insights.insights_fake import FakeInsights
from tests.studio.pages.sequences.sequencing import SEQUENCES, FakeSequences
from tests.studio.panel.dropping import data_of, hover, leave
from tests.studio.practice.fakes import FakePractice
from tests.studio.screens_always_on import shoot_always_on
from tests.studio.screens_connecting import shoot_connecting
from tests.studio.screens_exchange import shoot_exchange
from tests.studio.screens_help import shoot_help
from tests.studio.screens_insights import shoot_insights
from tests.studio.secrets.keeping import SECRETS, FakeSecrets
from tests.studio.simulator import screens as simulator

LONG = "A topic whose name is as long as a topic's name may be, that is"


class Screens:
    """The window over services in memory."""

    def __init__(self, theme: Theme, folder: Path) -> None:
        self._theme = theme
        weekly = {"frequency": Frequency.WEEKLY, "asked_next": NOW.replace(month=12)}
        self.topics = FakeTopics(
            row("Blue sneakers", 218, 1204, 110, ("Back in stock", "Welcome", "Summer")),
            row("Blue sneakers, kids", 12, 86, 222, ("Back in stock",)),
            row("Concert tickets", 1930, 0, 9, ("Events",), ending=41),
            row("Weekly deals", 1218, 0, 20, ("Welcome",), 37, stopped=31, asked=37, **weekly),
            row(LONG, 3, 0, 300),
        )
        self.chat = FakePractice()
        self.engine = FakeEngine()
        self.secrets = FakeSecrets(*SECRETS)
        self.folder = folder
        self.settings = QSettings(str(folder / "studio.ini"), QSettings.Format.IniFormat)
        page = "Kicks & Co"
        self.contacts = FakeContacts(*PEOPLE)
        self.insights = FakeInsights()
        self.publishing = FakePublishing()
        known = self.topics, self.publishing, self.engine, self.chat, page
        self.service, self.updates = FakeService(), FakeUpdates()
        self.pages = FakePages()
        services = Services(
            *known,
            self.contacts,
            FakeBroadcasts(*BROADCASTS),
            FakeApiKeys(),
            FakeSequences(*SEQUENCES),
            FakePageValues(),
            self.secrets,
            FakeMail(),
            self.insights,
            service=self.service,
            updates=self.updates,
            pages=self.pages,
        )
        self.window = Window(services, theme, self.settings, folder)

    def all(self, camera: Camera) -> None:
        """Take them all."""
        self._shoot = camera.shoot
        self._start()
        self._flow()
        self._adding()
        shoot_canvas(self._builder, self._shoot)
        self._problems()
        self._story()
        self._many_blocks()
        self._elements()
        self._long_words()
        self._languages()
        self._practice()
        simulator.shoot(self.window, self.folder, self._shoot)
        self._contents()
        self._people()
        self._broadcasts()
        shoot_insights(self.window, self.insights, self._shoot)
        shoot_connecting(self.window, self.pages, self._shoot)
        self._engine_page()
        shoot_always_on(self.window, self.service, self.updates, self._shoot)
        shoot_around(self.window, self.publishing, self._shoot)
        shoot_exchange(self.window, self._theme, self._shoot)
        shoot_help(self.window, self._shoot)

    @property
    def _builder(self) -> Builder:
        assert self.window.builder is not None
        return self.window.builder

    def _start(self) -> None:
        self._shoot("start")
        recent = RecentFlows(self.settings)
        for path, title in (("shop/welcome.json", "Welcome"), ("a/" * 40 + "b.json", "Long " * 12)):
            recent.add(self.folder / path, title)
        (self.folder / "shop").mkdir()
        (self.folder / "shop/welcome.json").touch()
        self._come_back_to("flows")
        self._shoot("start-recent")
        self.window.open(files.new_flow())
        self._shoot("empty")

    def _flow(self) -> None:
        self.window.open(files.sample())
        select = self._builder.selection.select
        self._shoot("opened")
        self._builder.canvas.view.fit()
        self._shoot("flow")
        for screen, blocks, field in (
            ("otn-request", ["ask"], "elements.1.title"),
            ("send-message", ["which-size"], ""),
            ("quick-replies", ["which-size"], "elements.0.text"),
            ("start-block", ["start"], "keywords"),
            ("wait", ["wait"], "for"),
            ("several", ["ask", "which-size"], ""),
            ("flow-panel", [], ""),
        ):
            select(blocks, field)
            self._shoot(screen)
        select(["ask"])
        self._press("preview.find_person")
        self._shoot("find-person")
        self._press("show_person")
        self._shoot("shown-for-a-person")

    def _adding(self) -> None:
        """The lists and menus from which one chooses."""
        builder = self._builder
        self._press("palette_message")
        self._shoot("palette")
        builder.canvas.quick_add.close_again()
        builder.canvas.suggest(builder.canvas.view.visible().center)
        self._shoot("quick-add")
        builder.canvas.quick_add.close_again()
        builder.selection.select(["ask"], "elements.1.topic")
        QApplication.processEvents()
        field = self._find(QLineEdit, "elements.1.topic")
        field.setText("Blue sneakers 43")
        field.textEdited.emit(field.text())
        self._shoot("topic-suggestions")
        self._choose_emoji()
        builder.selection.select(["ask"])
        builder.canvas.menu.open(None)
        self._shoot("context-menu")
        builder.canvas.menu.close()
        button = self._find(QPushButton, "flow_menu")
        self._open_menu(button.menu(), button.mapToGlobal(QPoint(0, button.height())), "flow-menu")
        builder.selection.select([])

    def _choose_emoji(self) -> None:
        self._builder.selection.select(["which-size"], "elements.0.text")
        QApplication.processEvents()
        self._press("elements.0.text emoji")
        self._shoot("emoji")
        line = self._find(QLineEdit, "emoji search")
        line.setText("heart")
        self._shoot("emoji-found")
        line.setText("nothing like that")
        self._shoot("emoji-nothing-found")
        line.window().close()

    def _problems(self) -> None:
        builder = self._builder
        builder.selection.select(["kept"])
        builder.canvas.editing.delete()
        builder.problems.unfold()
        self._shoot("problems")
        QTimer.singleShot(1_500, self._close_dialog)
        QTimer.singleShot(300, lambda: self._shoot("publish-anyway"))
        self._act("publish")
        builder.document.undo()

    def _story(self) -> None:
        """A message that comes too late: its problem, and how it happens."""
        builder = self._builder
        builder.document.do(Connect("thanks", "too_late", None), Words("Disconnect"))
        self._shoot("story-problem")
        builder.selection.select(["thanks"])
        self._shoot("story-panel")
        finding = next(f for f in builder.checker.findings if f.story)
        builder.selection.story_wanted.emit(finding)
        self._shoot("story-begins")
        for _ in range(20):
            if builder.story.beat.refusal is None:
                self._press("story.next")
        self._press("story.details")
        self._shoot("story-ends")
        builder.document.undo()
        builder.problems.unfold(False)

    def _many_blocks(self) -> None:
        """A request for a lasting permission, the starts of its topic, and another flow."""
        builder = self._builder
        card = RecurringRequest(id="card", topic="deals", title="Our deals, every Friday")
        self._add_blocks(
            SendMessage(elements=(card,)),
            OptedIn(topic="deals"),
            Stopped(topic="deals"),
            Resumed(topic="deals"),
            AnotherFlow(),
            GoToFlow(flow="shop"),
            SendMessage(by_topic="deals"),
            Condition(tests=(FieldTest(field="size", value="42"),)),
        )
        builder.canvas.view.fit()
        for screen, block, field in (
            ("recurring-request", "made-0", "elements.0.topic"),
            ("go-to-flow", "made-5", "flow"),
            ("send-as-weekly", "made-6", "by_topic"),
            ("condition", "made-7", ""),
        ):
            builder.selection.select([block], field)
            self._shoot(screen)
        builder.canvas.view.look_at(builder.canvas.plan.boxes["made-3"], most=1.0)
        builder.selection.select([])
        self._shoot("new-blocks")
        builder.document.undo()

    def _elements(self) -> None:
        """Everything that a message can hold, in its form and on the phone."""
        builder = self._builder
        self._add_blocks(*messages.SHOWN.values())
        for number, screen in enumerate(messages.SHOWN):
            builder.selection.select([f"made-{number}"], "elements.0")
            self._shoot(f"element-{screen}")
        builder.selection.select([f"made-{list(messages.SHOWN).index('media')}"])
        QApplication.processEvents()
        self._drop_picture()
        builder.canvas.view.fit()
        builder.selection.select([])
        self._shoot("element-blocks")
        builder.document.undo()

    def _drop_picture(self) -> None:
        """Held over an element that it would fill, and over one that it would follow."""
        picture = data_of(Path("shoe.png"))
        card = self._find(QWidget, "elements.3")
        for place, screen in ((card.geometry().center(), "onto"), (QPoint(40, 64), "between")):
            hover(card.parentWidget(), picture, place)
            self._shoot(f"drop-{screen}-elements")
        leave(card.parentWidget())

    def _long_words(self) -> None:
        """What people write is longer than anybody thought."""
        builder = self._builder
        request = OtnRequest(id="card", topic="deals", title="Get told " * 7)
        text = Text(id="hi", text="Hi {{ contact.first_name }}, " + "we have a lot to say. " * 9)
        blocks = SendMessage(title="A block with a title " * 3, elements=(text, request))
        self._add_blocks(blocks, OptedIn(topic="deals"), topic=LONG)
        builder.canvas.view.look_at(builder.canvas.plan.boxes["made-0"], most=1.0)
        builder.selection.select(["made-0"], "elements.1.title")
        self._shoot("long-words")
        builder.selection.select(["made-0"])
        builder.canvas.view.zoom_to(0.4)
        builder.canvas.view.settle()
        self._shoot("long-words-afar")
        builder.document.undo()
        builder.selection.select([])

    def _languages(self) -> None:
        """The table to translate in: nothing yet, and half of it done."""
        builder = self._builder
        builder.show_languages(True)
        self._shoot("no-languages")
        first = next(said(builder.document.flow.blocks["which-size"]))
        german = {"which-size": {first.way: "Die blauen Turnschuhe sind weg. Welche Größe?"}}
        builder.document.do(SetTranslations("de", german), Words("Add a language"))
        builder.show_languages(False)
        builder.show_languages(True)
        self._shoot("languages")
        table = self._find(TranslationTable, "translations")
        table.edit(table.currentIndex())
        self._shoot("translating")
        table.setFocus()
        builder.show_languages(False)
        builder.selection.select(["which-size"])
        builder.preview.show_language("de")
        self._shoot("preview-in-another-language")
        builder.document.undo()
        builder.selection.select([])

    def _practice(self) -> None:
        chat = self.chat
        chat.write("restock")
        chat.tap("42")
        chat.notify_me(0)
        chat.ask_weekly("Our deals, every Friday")
        chat.notify_me(1)
        chat.stop("Our deals, every Friday")
        chat.ask_again("Our deals, every Friday")
        self._builder.canvas.view.fit()
        self._act("practice")
        self._shoot("practice")
        chat.receive("Your pair is put aside.")
        chat.write("Thank you! " * 3)
        chat.typing = True
        self._practice_anew("practice-typing")
        chat.typing = False
        chat.pass_time(2)
        self._practice_anew("practice-window-over")

    def _practice_anew(self, screen: str) -> None:
        """Close the practice and open it, so that it shows what is new."""
        for _ in range(2):
            self._act("practice")
        self._shoot(screen)

    def _contents(self) -> None:
        self.window.go_to("contents")
        self._shoot("topics")
        table = self._find(TopicTable, "topics")
        for asked, act in (("announce", table.announcing), ("delete", table.deleting)):
            act.emit("concert tickets")
            self._shoot(f"{asked}-topic")
            self._close_dialog()
        self._press("new_topic")
        self._shoot("new-topic")
        self._press("new_topic_often_2")
        self._shoot("new-topic-weekly")
        self._close_dialog()
        table.show_as_new("weekly deals")
        table.go_to_topic("weekly deals")
        self._shoot("topic-selected")
        table.edit(table.currentIndex())
        self._find(QLineEdit, "topic_name").setText("Blue Sneakers")
        self._shoot("topic-renamed")
        table.setFocus()
        self.topics.rows.clear()
        self._come_back_to("contents")
        self._shoot("no-topics")

    def _broadcasts(self) -> None:
        self.window.go_to("broadcasts")
        self._shoot("broadcasts")
        self._find(BroadcastTable, "broadcasts").go_to(0)
        self._shoot("broadcast-report")
        self._press("new_broadcast")
        self._shoot("new-broadcast")
        self._find(QPlainTextEdit, "broadcast_text").setPlainText("They are back, in all sizes.")
        self._press("broadcast_next")
        self._shoot("new-broadcast-reach")
        self._close_dialog()
        self._find(QTabBar, "broadcast_tabs").setCurrentIndex(1)
        self._shoot("sequences")
        self._find(SequenceTable, "sequences").go_to(0)
        self._press("put_on_sequence")
        self._shoot("sequence-put-on")
        self._close_dialog()
        self._press("new_sequence")
        self._find(QLineEdit, "new_sequence_name").setText("Running in ten days")
        self._find(QPlainTextEdit, "step_1_text").setPlainText("Day 1: five minutes, slowly.")
        self._press("add_sequence_message")
        self._shoot("new-sequence")
        self._close_dialog()

    def _people(self) -> None:
        """The list, somebody in it, and nobody."""
        self.window.go_to("contacts")
        self._shoot("contacts")
        bar, table = self._find(FilterBar, "filters"), self._find(PeopleTable, "people")
        self._press("add_filter")
        self._shoot("contacts-filter-menu")
        self._find(QMenu, "filter_menu").close()
        rules = (
            Rule(About.TAG, How.YES, "vip"),
            Rule(About.ANSWERED, How.WITHIN, value="7"),
            Rule(About.FIELD, How.MORE, "size", "41"),
        )
        bar.show_audience(Audience(rules, all=False))
        table.opened.emit(len(PEOPLE))
        self._shoot("contacts-person")
        self._press("person_part_1")
        self._shoot("contacts-details")
        self._press("forget_person")
        self._shoot("contacts-forget")
        self._close_dialog()
        table.opened.emit(2)
        self._press("person_part_0")
        self._shoot("contacts-unreachable")
        self._press("close_person")
        bar.show_audience(Audience(words="zoe"))
        self._shoot("contacts-nobody-fits")
        self.contacts.people.clear()
        bar.show_everybody()
        self._shoot("no-contacts")

    def _engine_page(self) -> None:
        self.window.go_to("engine")
        self._shoot("engine")
        self._press("engine_switch")
        self._shoot("engine-running")
        self._find(QLineEdit, "api_key_name").setText("Stock system")
        self._press("make_api_key")
        self._scroll_engine_to("api_key_name")
        self._shoot("engine-key")
        self._scroll_engine_to("engine_switch")
        self._engine_stopped_by_messenger()
        self._engine_on_servers()
        self._shoot("engine-on-servers")
        self._mail()
        self._secrets()

    def _scroll_engine_to(self, name: str) -> None:
        QApplication.processEvents()
        room = self.window.findChild(QWidget, "engine_room")
        room.ensureWidgetVisible(self._find(QWidget, name), 0, 120)

    def _mail(self) -> None:
        for line, words in (("server", "smtp.kicks.example"), ("sender", "bot@kicks.example")):
            self._find(QLineEdit, f"mail_{line}").setText(words)
        self._press("test_mail")
        self._scroll_engine_to("mail")
        self._shoot("mail-sent")
        self._find(QLineEdit, "mail_sender").setText("bot")
        self._press("keep_mail")
        self._shoot("mail-without-sender")

    def _secrets(self) -> None:
        for button, screen in (
            ("open_secrets", "secrets"),
            ("delete_secret_shop_key", "delete-secret"),
            ("keep_it", ""),
            ("new_secret", "new-secret"),
            ("keep_secret", "new-secret-without-name"),
            ("cancel_secret", ""),
            ("set_secret_stock_system", "set-secret"),
            ("cancel_secret", ""),
        ):
            self._press(button)
            if screen:
                self._shoot(screen)
        self._press("close_secrets")
        self._secrets_of_a_computer_without_a_keyring()

    def _secrets_of_a_computer_without_a_keyring(self) -> None:
        for lock, screen in ((Lock.NEW, "choose-password"), (Lock.LOCKED, "unlock-secrets")):
            self.secrets.locked = lock
            self._come_back_to("engine")
            self._shoot("engine-below")
            self._press("open_secrets")
            self._shoot(screen)
            self._press("cancel_unlock")

    def _engine_stopped_by_messenger(self) -> None:
        why = WORDS[pages.RESTORED].text
        self.engine.now = replace(self.engine.now, problem=why, may_go_on=True, restored=True)
        self._come_back_to("engine")
        self._shoot("engine-go-on")
        QTimer.singleShot(1_500, self._close_dialog)
        QTimer.singleShot(300, lambda: self._shoot("engine-send-again"))
        self._press("engine_go_on")

    def _engine_on_servers(self) -> None:
        since, gone = NOW - timedelta(days=3), NOW - timedelta(hours=2)
        parts = {"hook-1": "webhook", "work-1": "worker", "work-2": "worker", "send-1": "sender"}
        processes = tuple(
            EngineProcess(
                role,
                f"{host}.kicks.example",
                since,
                *((gone, True) if host == "work-2" else (NOW,)),
            )
            for host, role in parts.items()
        )
        self.engine.now = EngineState(True, False, 12, since, on_servers=True, processes=processes)
        self._come_back_to("engine")

    def _add_blocks(self, *blocks, topic: str = "Weekly deals") -> None:
        made = [
            AddBlock(f"made-{number}", block, Position(280 * number, 900))
            for number, block in enumerate(blocks)
        ]
        known = SetTopic("deals", Topic(topic, Frequency.WEEKLY))
        self._builder.document.do(Several((known, *made)), Words("Add them"))

    def _come_back_to(self, page: str) -> None:
        """Leave a page and come back, so that it shows what is new."""
        for other in ("engine", "flows", page):
            self.window.go_to(other)

    def _open_menu(self, menu: QMenu, place: QPoint, screen: str) -> None:
        menu.popup(place)
        self._shoot(screen)
        menu.close()

    def _find(self, kind: type[QWidget], name: str):
        found = [w for w in self.window.findChildren(kind, name) if w.isVisible()]
        assert found, f"there is no {name!r} to be seen"
        return found[-1]

    def _press(self, name: str) -> None:
        self._find(QWidget, name).click()

    def _act(self, name: str) -> None:
        self.window.findChild(QAction, f"action_{name}").trigger()

    def _close_dialog(self) -> None:
        next(d for d in self.window.findChildren(QDialog) if d.isVisible()).close()
        QApplication.processEvents()
