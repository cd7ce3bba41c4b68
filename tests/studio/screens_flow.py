"""A flow from the start page on: opened, looked at, added to, and what is wrong with it."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

from otn_studio.blocks.words import Words
from otn_studio.flow.changes import Connect
from otn_studio.studio.document import files
from otn_studio.studio.pages.start.recent import RecentFlows
from tests.studio.screens_stage import Stage


class FlowScreens(Stage):
    """From the start page to a problem's story."""

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
        self._shoot_question("publish-anyway")
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
