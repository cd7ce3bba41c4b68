"""The screens that the help shows, as a person comes by."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
)

from otn_studio import shipped
from otn_studio.blocks.elements.recurring_request import RecurringRequest
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.words import Words
from otn_studio.checks.conversations.script import Advance, Me, TapOn
from otn_studio.checks.conversations.tapping import Address
from otn_studio.flow.audience import About, Audience, How, Rule
from otn_studio.flow.changes import Connect, EditBlock
from otn_studio.studio.connecting.store import Step
from otn_studio.studio.document import files
from otn_studio.studio.pages.broadcasts.table import BroadcastTable
from otn_studio.studio.pages.contacts.filter_bar import FilterBar
from otn_studio.studio.pages.contacts.people_table import PeopleTable
from otn_studio.studio.versions.list import VersionList
from tests.builders import say
from tests.studio.camera import Camera
from tests.studio.connecting.fakes import CONNECTED
from tests.studio.pages.contacts.people import PEOPLE
from tests.studio.screens import Screens
from tests.studio.screens_exchange import BOOKING
from tests.studio.screens_insights import waits
from tests.studio.screens_stage import LONG

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class HelpScreens(Screens):
    """Over the same services in memory as those of all screens."""

    def all(self, camera: Camera) -> None:
        """Take them all."""
        self._camera = camera
        self._shoot = camera.shoot
        self.window.open(files.sample())
        self._drawing()
        self._asking()
        self._finding()
        self._practising()
        self._simulating()
        self._listing()
        self._sending()
        self._versions()
        self._around()

    def _drawing(self) -> None:
        builder = self._builder
        builder.canvas.view.fit()
        builder.selection.select(["ask"])
        self._shoot("flow")
        builder.canvas.view.look_at(builder.canvas.plan.boxes["which-size"], most=1.0)
        builder.selection.select(["which-size"])
        self._shoot("send-message")

    def _asking(self) -> None:
        builder = self._builder
        builder.selection.select(["ask"], "elements.1.title")
        self._shoot("otn-request")
        builder.selection.select(["ask"], "elements.1.topic")
        QApplication.processEvents()
        field = self._find(QLineEdit, "elements.1.topic")
        field.setText("Blue sneakers 43")
        field.textEdited.emit(field.text())
        self._shoot("topic-suggestions")
        card = RecurringRequest(id="card", topic="deals", title="Our deals, every Friday")
        self._add_blocks(SendMessage(elements=(card,)))
        builder.selection.select(["made-0"], "elements.0.title")
        self._shoot("recurring-request")
        builder.document.undo()

    def _finding(self) -> None:
        """A message that comes too late: its problem, and how it happens."""
        builder = self._builder
        builder.selection.select([])
        builder.document.do(Connect("thanks", "too_late", None), Words("Disconnect"))
        builder.problems.unfold()
        self._shoot("problems")
        finding = next(found for found in builder.checker.findings if found.story)
        builder.selection.story_wanted.emit(finding)
        self._camera.settle()
        while builder.story.beat.refusal is None:
            self._press("story.next")
        self._shoot("story")
        builder.document.undo()
        builder.problems.unfold(False)

    def _practising(self) -> None:
        self.chat.write("restock")
        self.chat.tap("42")
        self.chat.notify_me(0)
        self._act("practice")
        self._shoot("practice")

    def _simulating(self) -> None:
        sample = shipped.path("flows/back-in-stock.test.yaml")
        (self.folder / sample.name).write_text(sample.read_text("utf-8"), "utf-8")
        document = files.sample()
        document.save(self.folder / "back-in-stock.json")
        self.window.open(document)
        simulator = self._builder.simulator
        simulator.simulation.now = lambda: AT
        self._builder.show_simulator(True)
        self._camera.settle()
        for deed in (Me(1, "restock"), TapOn(1, Address("42"))):
            simulator.simulation.do(deed)
        self._camera.settle()
        self._press("notify_me.0")
        simulator.simulation.do(Advance(1, timedelta(days=2)))
        self._shoot("simulator")
        asked = document.flow.blocks["which-size"]
        text = asked.elements[0].model_copy(update={"text": "Your size?"})
        asked = asked.model_copy(update={"elements": (text, *asked.elements[1:])})
        document.do(EditBlock("which-size", asked), Words("Edit"))
        self._press("simulator_1")
        self._press("tests.run")
        self._camera.settle()
        self._find(QListWidget, "tests.list").setCurrentRow(0)
        self._shoot("tests")

    def _listing(self) -> None:
        for id in [id for id, row in self.topics.rows.items() if row.name == LONG]:
            del self.topics.rows[id]
        self.window.go_to("contents")
        self._shoot("topics")
        self._press("new_topic")
        self._find(QLineEdit, "new_topic_name").setText("Blue sneakers 43")
        self._shoot("new-topic")
        self._close_dialog()
        self.window.go_to("contacts")
        self._camera.settle()
        rule = Rule(About.ANSWERED, How.WITHIN, value="7")
        self._find(FilterBar, "filters").show_audience(Audience((rule,), all=True))
        self._camera.settle()
        self._find(PeopleTable, "people").opened.emit(len(PEOPLE))
        self._shoot("contacts")
        self.window.go_to("engine")
        self._press("engine_switch")
        self._camera.settle()
        self._find(QScrollArea, "engine_room").verticalScrollBar().setValue(0)
        self._shoot("engine")

    def _sending(self) -> None:
        self.window.go_to("broadcasts")
        self._camera.settle()
        self._find(BroadcastTable, "broadcasts").go_to(0)
        self._shoot("broadcast-report")
        self._press("new_broadcast")
        self._camera.settle()
        self._find(QPlainTextEdit, "broadcast_text").setPlainText("They are back, in all sizes.")
        self._press("broadcast_next")
        self._shoot("new-broadcast")
        self._close_dialog()
        self._find(QTabBar, "broadcast_tabs").setCurrentIndex(1)
        self._camera.settle()
        self._press("new_sequence")
        self._camera.settle()
        self._find(QLineEdit, "new_sequence_name").setText("Running in ten days")
        self._find(QPlainTextEdit, "step_1_text").setPlainText("Day 1: five minutes, slowly.")
        self._press("add_sequence_message")
        self._shoot("new-sequence")
        self._close_dialog()

    def _versions(self) -> None:
        before = files.sample().flow
        after, _inverse = EditBlock("thanks", say("Thank you! We will write.")).apply(before)
        for flow, by in ((before, "Ann"), (after, "Bob")):
            self.publishing.publish(flow, by=by)
        self.publishing.entitle(before.id, 1, "Before the summer sale")
        self.window.go_to("flows")
        self._act("versions")
        self._camera.settle()
        self._find(VersionList, "versions").setCurrentRow(1)
        self._shoot("versions")

    def _around(self) -> None:
        """What leads in from elsewhere, and what is told of all that happened."""
        self.pages.rows[CONNECTED.id] = CONNECTED
        self.window.go_to("flows")
        self.window.go_to("engine")
        self._camera.settle()
        self._press(f"steps_{CONNECTED.id}")
        self._press(f"step_{Step.ADDRESS}")
        self._shoot("connect-address")
        self._close_dialog()
        self.window.go_to("insights")
        waits(self.window, "insights_board")
        self._shoot("insights")
        page, folder = self.window.exchange.pages["import"].made, Path("Kicks & Co")
        self.window.go_to("import")
        page.show_file(BOOKING, folder)
        self._shoot("import")
