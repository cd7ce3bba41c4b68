"""The figures of the last month on the canvas, on each block and connection, while they are wanted."""

from PySide6.QtCore import QObject

from otn_studio.studio.background import Background
from otn_studio.studio.canvas.canvas import Canvas
from otn_studio.studio.canvas.plan import Way
from otn_studio.studio.document.document import Document
from otn_studio.studio.problem_words import sentence
from otn_studio.studio.services.insight import Figures, FlowFigures, Insights
from otn_studio.studio.words import _
from otn_studio.studio.written import number

DAYS = 30


class FiguresOnCanvas(QObject):
    """Switched on and off by the canvas; looks anew whenever the flow is come back to."""

    def __init__(
        self, parent: QObject, document: Document, canvas: Canvas, insights: Insights
    ) -> None:
        super().__init__(parent)
        self._document, self._canvas, self._insights = document, canvas, insights
        self._background = Background(self)
        self._are_wanted = False
        canvas.figures_wanted.connect(self.toggle)

    @property
    def is_busy(self) -> bool:
        return self._background.is_busy

    def toggle(self) -> None:
        self._are_wanted = not self._are_wanted
        if self._are_wanted:
            self._look()
        else:
            self._canvas.scene.leave_figures()

    def refresh(self) -> None:
        if self._are_wanted:
            self._look()

    def _look(self) -> None:
        self._background.run(self._counted, self._show, self._failed)

    def _counted(self) -> FlowFigures:
        self._insights.count(lambda _events: None)
        return self._insights.of_flow(self._document.flow.id, DAYS)

    def _show(self, found: FlowFigures) -> None:
        if not self._are_wanted:
            return
        if not found.blocks and not found.ways:
            self._are_wanted = False
            self._canvas.say(
                _("Nobody has come through this flow in the last {days} days.", days=DAYS)
            )
            return
        entered = {block: times for (block, port), times in found.ways.items() if not port}
        blocks = {
            block: _of_block(found.blocks.get(block, Figures()), entered.get(block, 0))
            for block in found.blocks.keys() | entered.keys()
        }
        ways: dict[Way, str] = {
            (block, port): number(times) for (block, port), times in found.ways.items() if port
        }
        self._canvas.scene.show_figures(blocks, ways)

    def _failed(self, error: Exception) -> None:
        self._are_wanted = False
        self._canvas.say(sentence(error))


def _of_block(figures: Figures, entered: int) -> str:
    """A quiet line: the most that can be said of it in little room."""
    if figures.asked:
        return _(
            "{asked} asked · {yes} opted in",
            asked=number(figures.asked),
            yes=number(figures.opted_in),
        )
    if figures.sent:
        return _(
            "{sent} sent · {read} read · {answered} answered",
            sent=number(figures.sent),
            read=number(figures.read),
            answered=number(figures.answered),
        )
    return _("Reached {count} times", count=number(entered)) if entered != 1 else _("Reached once")
