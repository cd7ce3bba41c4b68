from typing import Any

from otn_studio.blocks.finding import Finding
from otn_studio.blocks.words import Words
from otn_studio.studio.panel.editor import Editor
from otn_studio.studio.panel.editors.topic import TopicEditor
from otn_studio.studio.panel.place import Place
from otn_studio.studio.widgets.radios import Radios
from otn_studio.studio.words import _

IN_CONVERSATION, BY_PERMISSION = 0, 1


class SendAs(Editor):
    """By whose leave a block sends: the open conversation, or one permission for a topic.

    As long as *by the permission* has no topic yet, the value is still the conversation.
    """

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._radios = Radios(
            f"{place.path} as",
            (
                (_("In the conversation"), _("Within 24 hours after the person last wrote.")),
                (_("By the permission for a topic"), _("At any time, as often as the yes allows.")),
            ),
        )
        self._topic = TopicEditor(place)
        self._topic.remarked.connect(self.remarked)
        self._shown: Any = None
        self.body.addWidget(self._radios)
        self.body.addWidget(self._topic)
        self.setFocusProxy(self._radios)
        for button in self._radios.buttons:
            self.watch(button)
        self._radios.chosen.connect(self._choose)

    def show_value(self, value: Any) -> None:
        if value != self._shown:
            self._show(BY_PERMISSION if value else IN_CONVERSATION)
        self._shown = value
        self._topic.show_value(value)

    def hint(self, text: str) -> bool:
        """The two choices explain themselves."""
        return True

    def mark(self, findings: list[Finding]) -> None:
        self._topic.mark(findings)

    def stops(self):
        yield from self._radios.buttons
        yield from self._topic.stops()

    def _show(self, number: int) -> None:
        self._radios.show_number(number)
        self._topic.setVisible(number == BY_PERMISSION)

    def _choose(self, number: int) -> None:
        self._show(number)
        if number == BY_PERMISSION:
            self._topic.setFocus()
        else:
            self.send("", words=Words("Send in the conversation"))
