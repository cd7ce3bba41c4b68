from collections.abc import Sequence
from typing import Any

from otn_studio.blocks.words import Words
from otn_studio.flow.changes import SetTopic
from otn_studio.flow.document import Topic, new_id
from otn_studio.policy import limits
from otn_studio.policy.calendar import Frequency
from otn_studio.studio.pages.topics.how_often import asked_again, explained, how_often, to_create
from otn_studio.studio.pages.topics.topic_words import permissions
from otn_studio.studio.panel.editors.chooser import Chooser
from otn_studio.studio.panel.editors.suggestions import Suggestion
from otn_studio.studio.panel.names import compared, rank, resembles
from otn_studio.studio.panel.place import Place
from otn_studio.studio.panel.shelf import Entry
from otn_studio.studio.panel.topic_kind import asks_for_many, recurs
from otn_studio.studio.widgets.look import text
from otn_studio.studio.words import _, shown

OFTEN_FIRST = (Frequency.WEEKLY, Frequency.DAILY, Frequency.MONTHLY)
"""How often a new recurring topic may be: Enter takes the first."""


class TopicEditor(Chooser):
    """A topic: one that the flow or the Page has, or a new one, made on the spot.

    A request that asks once offers one-time topics only, one that asks for more recurring ones.
    """

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._shelf = place.tools.shelf
        self._often = text("", "quiet", wraps=True)
        self._often.setObjectName(f"{place.path} often")
        self.body.addWidget(self._often)
        self._shelf.changed.connect(self._restock)
        place.tools.others.changed.connect(self._restock)
        self._shelf.refused.connect(self._refused)
        self.hint(_("Choose a topic, or type a new name"))

    def show_value(self, value: Any) -> None:
        super().show_value(value)
        topic = self._shelf.topic(value) if value else None
        words = self._explained(topic) if topic is not None else ""
        self._often.setText(words)
        self._often.setVisible(bool(words))

    def suggestions(self, text: str) -> Sequence[Suggestion]:
        wanted, recurring = compared(text), recurs(self.place)
        entries = self._shelf.entries()
        is_new = wanted and all(compared(entry.name) != wanted for entry in entries)
        new = self._new(text, recurring) if is_new and not self.refusal(text) else []
        found = [
            entry
            for entry in entries
            if recurring in (None, entry.topic.frequency is not None)
            and resembles(entry.name, text)
        ]
        found.sort(key=lambda entry: rank(entry.name, text))
        tells = recurring is not False
        return [*new, *(Suggestion(e.id, e.name, _note(e, tells_often=tells)) for e in found)]

    def name_of(self, id: str) -> str:
        topic = self._shelf.topic(id)
        return topic.name if topic else ""

    def refusal(self, text: str) -> str:
        name = " ".join(text.split())
        if len(name) <= limits.TOPIC_NAME:
            return ""
        return _(
            "A topic’s name has at most {limit} characters; this one has {count}.",
            limit=limits.TOPIC_NAME,
            count=len(name),
        )

    def choose(self, suggestion: Suggestion) -> None:
        if isinstance(suggestion.makes, Topic):
            self._create(suggestion.makes)
            return
        topic = self._shelf.topic(suggestion.id)
        is_here = suggestion.id in self.place.tools.document.flow.topics
        brings = [SetTopic(suggestion.id, topic)] if topic and not is_here else []
        words = Words("Choose topic “{name}”", name=suggestion.text)
        self.send(suggestion.id, *brings, words=words)

    def _explained(self, topic: Topic) -> str:
        """What a yes is good for, where it is used; where it is asked for, when that happens again."""
        if recurs(self.place) is None:
            return explained(topic.frequency)
        if not asks_for_many(self.place):
            return ""
        return asked_again(topic, self.place.tools.others.rules.profile)

    def _create(self, topic: Topic) -> None:
        id = new_id(topic.name)
        words = Words("Create topic “{name}”", name=topic.name)
        self.send(id, SetTopic(id, topic), words=words)
        self._shelf.add(id, topic)

    def _new(self, text: str, recurring: bool | None) -> list[Suggestion]:
        name = " ".join(text.split())
        return [
            Suggestion("", to_create(often, name), role="permission", makes=Topic(name, often))
            for often in (OFTEN_FIRST if recurring else (None,))
        ]

    def _restock(self) -> None:
        """There are other topics: show their names, and offer them where the list is open."""
        if not self.place.is_there:
            return
        self.show_value(self.place.value())
        if self.is_open:
            self.open()

    def _refused(self, id: str, reason: str) -> None:
        value: Any = self.place.value() if self.place.is_there else ""
        if value == id:
            self.remarked.emit(reason)


def _note(entry: Entry, *, tells_often: bool) -> str:
    note = _("only in this flow") if entry.held is None else shown(permissions(entry.held))
    return f"{how_often(entry.topic.frequency)} · {note}" if tells_often else note
