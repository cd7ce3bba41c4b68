from collections.abc import Sequence
from typing import Any

from otn_studio.blocks.words import Words
from otn_studio.flow.changes import SetTopic
from otn_studio.flow.document import Topic, new_id
from otn_studio.policy import limits
from otn_studio.studio.pages.topic_words import permissions
from otn_studio.studio.panel.editors.chooser import Chooser
from otn_studio.studio.panel.editors.suggestions import Suggestion
from otn_studio.studio.panel.names import compared, rank, resembles
from otn_studio.studio.panel.place import Place
from otn_studio.studio.panel.shelf import Entry
from otn_studio.studio.words import _, shown


class TopicEditor(Chooser):
    """A topic: one that the flow or the Page has, or a new one, made on the spot."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._shelf = place.tools.shelf
        self._shelf.changed.connect(self._restock)
        self._shelf.refused.connect(self._refused)
        self.hint(_("Choose a topic, or type a new name"))

    def suggestions(self, text: str) -> Sequence[Suggestion]:
        wanted = compared(text)
        entries = self._shelf.entries()
        found = [entry for entry in entries if resembles(entry.name, text)]
        found.sort(key=lambda entry: rank(entry.name, text))
        is_new = wanted and all(compared(entry.name) != wanted for entry in entries)
        new = [self._new(text)] if is_new and not self.refusal(text) else []
        return [*new, *(Suggestion(entry.id, entry.name, _note(entry)) for entry in found)]

    def name_of(self, id: str) -> str:
        return self._shelf.name_of(id)

    def refusal(self, text: str) -> str:
        name = " ".join(text.split())
        if len(name) <= limits.TOPIC_NAME:
            return ""
        return _(
            "A topic's name has at most {limit} characters; this one has {count}.",
            limit=limits.TOPIC_NAME,
            count=len(name),
        )

    def choose(self, suggestion: Suggestion) -> None:
        if suggestion.is_new:
            self._create(self._line.text())
            return
        topics = self.place.tools.document.flow.topics
        brings = [SetTopic(suggestion.id, Topic(suggestion.text))]
        words = Words("Choose topic “{name}”", name=suggestion.text)
        self.send(suggestion.id, *(brings if suggestion.id not in topics else ()), words=words)

    def _create(self, text: str) -> None:
        name = " ".join(text.split())
        id = new_id(name)
        words = Words("Create topic “{name}”", name=name)
        self.send(id, SetTopic(id, Topic(name)), words=words)
        self._shelf.add(id, name)

    def _new(self, text: str) -> Suggestion:
        name = " ".join(text.split())
        return Suggestion("", _("+ Create topic “{name}”", name=name), role="permission")

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


def _note(entry: Entry) -> str:
    if entry.held is None:
        return _("in this flow")
    return shown(permissions(entry.held))
