"""What blocks can hold, in all lengths and languages, and practised."""

from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QWidget

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
from otn_studio.flow.translating import SetTranslations
from otn_studio.studio.languages.table import TranslationTable
from otn_studio.studio.panel.block_view import BlockView
from tests.studio import messages
from tests.studio.panel.dropping import data_of, hover, leave
from tests.studio.screens_stage import LONG, Stage


class BlockScreens(Stage):
    """Blocks of many kinds, drawn, translated and practised."""

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
            Condition(
                tests=(
                    FieldTest(field="size", value="42"),
                    FieldTest(field="size", operator="has_phone"),
                    FieldTest(
                        field="size", operator="has_pattern", value="^[0-9]{2}$", example="42"
                    ),
                )
            ),
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
        (form,) = (view for view in self.window.findChildren(BlockView) if view.isVisible())
        bar = form.area.verticalScrollBar()
        for scrolled, place, screen in (
            (bar.maximum(), card.geometry().center(), "onto"),
            (0, QPoint(40, 64), "between"),
        ):
            bar.setValue(scrolled)
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
