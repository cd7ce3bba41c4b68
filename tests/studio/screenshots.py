"""Pictures of every screen: ``python -m tests.studio.screenshots FOLDER``.

Light and dark, 1280 × 800, 1920 × 1080, and 1280 × 800 at 200 %, drawn without a screen.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SIZES = {"1280x800": (1280, 800, 1), "1920x1080": (1920, 1080, 1), "200": (1280, 800, 2)}
THEMES = ("light", "dark")


def main(folder: Path) -> None:
    """Each theme and size in a process of its own, since Qt scales a whole process."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, (width, height, scale) in SIZES.items():
        for theme in THEMES:
            settings = {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(scale)}
            subprocess.run(
                [
                    sys.executable,
                    "-m",
                    __spec__.name,
                    str(folder),
                    theme,
                    name,
                    f"{width}x{height}",
                ],
                env=os.environ | settings,
                check=True,
                stderr=subprocess.DEVNULL,
            )
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")


def take(folder: Path, theme_name: str, name: str, width: int, height: int) -> None:
    """Every screen of one theme and size."""
    from PySide6.QtCore import QSettings
    from PySide6.QtGui import QAction, QPainter
    from PySide6.QtWidgets import QApplication, QDialog, QPushButton

    from otn_studio.policy.calendar import Frequency
    from otn_studio.studio import files
    from otn_studio.studio.pages.recent import RecentFlows
    from otn_studio.studio.pages.topic_table import TopicTable
    from otn_studio.studio.services import Services
    from otn_studio.studio.theme.theme import Choice, Theme
    from otn_studio.studio.window import Window
    from tests.studio.desk import FakePublishing
    from tests.studio.pages.fakes import FakeEngine, FakeTopics, row
    from tests.studio.practice.fakes import FakePractice

    application = QApplication([])
    theme = Theme(application, Choice(theme_name))
    topics = FakeTopics(
        row("Blue sneakers", 218, 1204, 110, ("Back in stock", "Welcome", "Summer")),
        row("Blue sneakers, kids", 12, 86, 222, ("Back in stock",)),
        row("Concert tickets", 1930, 0, 9, ("Events",), ending=41),
        row("Weekly deals", 1218, 0, 200, ("Welcome",), frequency=Frequency.WEEKLY, stopped=31),
        row("A topic whose name is as long as a topic's name may be, that is", 3, 0, 300),
    )
    chat = FakePractice()
    services = Services(topics, FakePublishing(), FakeEngine(), chat, "Kicks & Co")
    place = Path(tempfile.mkdtemp())
    settings = QSettings(str(place / "studio.ini"), QSettings.Format.IniFormat)
    window = Window(services, theme, settings, place)
    window.resize(width, height)
    window.show()

    def shoot(screen: str) -> None:
        until = time.monotonic() + 0.6
        while time.monotonic() < until:
            application.processEvents()
            time.sleep(0.01)
        picture = window.grab()
        if dialog := window.findChild(QDialog):
            painter = QPainter(picture)
            painter.drawPixmap(window.rect().center() - dialog.rect().center(), dialog.grab())
            painter.end()
        picture.save(str(folder / f"{screen}-{theme_name}-{name}.png"))

    def close_dialog() -> None:
        window.findChild(QDialog).close()
        application.processEvents()

    shoot("start")
    recent = RecentFlows(settings)
    for path, title in (("shop/welcome.json", "Welcome"), ("a/" * 40 + "long.json", "Long " * 12)):
        recent.add(place / path, title)
    (place / "shop").mkdir()
    (place / "shop/welcome.json").touch()
    window.go_to("engine")
    window.go_to("flows")
    shoot("start-recent")
    window.open(files.new_flow())
    shoot("empty")
    window.open(files.sample())
    builder = window.builder
    assert builder is not None
    shoot("opened")
    builder.canvas.view.fit()
    shoot("flow")
    builder.selection.select(["ask"], "elements.1.title")
    shoot("otn-request")
    builder.selection.select(["which-size"])
    shoot("send-message")
    builder.selection.select(["ask", "which-size"])
    shoot("several")
    builder.selection.select([])
    shoot("flow-panel")
    builder.selection.select(["kept"])
    builder.canvas.editing.delete()
    builder.problems.unfold()
    shoot("problems")
    builder.document.undo()
    show_story(builder, shoot)
    builder.problems.unfold(False)
    show_recurring(builder, shoot)
    chat.write("restock")
    chat.tap("42")
    chat.notify_me(0)
    chat.ask_weekly("Our deals, every Friday")
    chat.notify_me(1)
    chat.stop("Our deals, every Friday")
    chat.ask_again("Our deals, every Friday")
    window.findChild(QAction, "action_practice").trigger()
    shoot("practice")
    window.go_to("contents")
    shoot("topics")
    table = window.findChild(TopicTable)
    for asked, act in (("announce", table.announcing), ("delete", table.deleting)):
        act.emit("concert tickets")
        shoot(f"{asked}-topic")
        close_dialog()
    window.findChild(QPushButton, "new_topic").click()
    shoot("new-topic")
    window.findChild(QPushButton, "new_topic_often_2").click()
    shoot("new-topic-weekly")
    close_dialog()
    topics.rows.clear()
    window.go_to("engine")
    window.go_to("contents")
    shoot("no-topics")
    window.go_to("engine")
    shoot("engine")
    window.close()


def show_story(builder, shoot) -> None:
    """A message that comes too late: its problem, and how it happens."""
    from PySide6.QtWidgets import QPushButton

    from otn_studio.blocks.words import Words
    from otn_studio.flow.changes import Connect

    builder.document.do(Connect("thanks", "too_late", None), Words("Disconnect"))
    shoot("story-problem")
    builder.selection.select(["thanks"])
    shoot("story-panel")
    finding = next(f for f in builder.checker.findings if f.story)
    builder.selection.story_wanted.emit(finding)
    shoot("story-begins")
    for _ in range(20):
        if builder.story.beat.refusal is None:
            builder.findChild(QPushButton, "story.next").click()
    builder.findChild(QPushButton, "story.details").click()
    shoot("story-ends")
    builder.document.undo()


def show_recurring(builder, shoot) -> None:
    """A request for a lasting permission, the starts of its topic, and another flow."""
    from otn_studio.blocks.elements.recurring_request import RecurringRequest
    from otn_studio.blocks.logic.go_to_flow import GoToFlow
    from otn_studio.blocks.message.send_message import SendMessage
    from otn_studio.blocks.start.another_flow import AnotherFlow
    from otn_studio.blocks.start.opted_in import OptedIn
    from otn_studio.blocks.start.resumed import Resumed
    from otn_studio.blocks.start.stopped import Stopped
    from otn_studio.blocks.words import Words
    from otn_studio.flow.changes import AddBlock, SetTopic, Several
    from otn_studio.flow.document import Position, Topic
    from otn_studio.policy.calendar import Frequency

    request = RecurringRequest(id="card", topic="deals", title="Our deals, every Friday")
    blocks = (
        SendMessage(elements=(request,)),
        OptedIn(topic="deals"),
        Stopped(topic="deals"),
        Resumed(topic="deals"),
        AnotherFlow(),
        GoToFlow(flow="shop"),
        SendMessage(by_topic="deals"),
    )
    made = [
        AddBlock(f"made-{number}", block, Position(280 * number, 900))
        for number, block in enumerate(blocks)
    ]
    topic = SetTopic("deals", Topic("Weekly deals", Frequency.WEEKLY))
    builder.document.do(Several((topic, *made)), Words("Add them"))
    builder.canvas.view.fit()
    builder.selection.select(["made-0"], "elements.0.topic")
    shoot("recurring-request")
    builder.selection.select(["made-5"], "flow")
    shoot("go-to-flow")
    builder.selection.select(["made-6"], "by_topic")
    shoot("send-as-weekly")
    builder.canvas.view.look_at(builder.canvas.plan.boxes["made-3"], most=1.0)
    builder.selection.select([])
    shoot("new-blocks")
    builder.document.undo()


if __name__ == "__main__":
    if len(sys.argv) == 2:
        main(Path(sys.argv[1]))
    else:
        target, chosen, label, size = sys.argv[1:]
        across, down = size.split("x")
        take(Path(target), chosen, label, int(across), int(down))
