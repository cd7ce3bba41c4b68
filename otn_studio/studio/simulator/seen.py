"""What the phone shows of a conversation up to a beat."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from otn_studio.blocks.block import Start
from otn_studio.blocks.outgoing import (
    ButtonsMessage,
    CardsMessage,
    Choice,
    Message,
    OptInCard,
    RecurringCard,
)
from otn_studio.blocks.story import SayYes
from otn_studio.checks.conversations import script
from otn_studio.checks.conversations.watching import Visit
from otn_studio.interpreter import reasons
from otn_studio.studio.panel.fields import label
from otn_studio.studio.phone import bubbles as looks
from otn_studio.studio.phone.bubbles import Bubble, Line, OptIn, Replies, Said, of_message, opted_in
from otn_studio.studio.phone.window_over import of_window
from otn_studio.studio.simulator.play import Beat, Play, reply
from otn_studio.studio.story.telling import begun, name_of, passed_time
from otn_studio.studio.words import _, shown


class Seen:
    """``bubbles`` of the whole phone; ``cards`` are what its opt-in cards ask for, by their number,
    and ``titles`` what they say."""

    def __init__(self, play: Play, beats: Sequence[Beat]) -> None:
        self.bubbles: list[Bubble] = []
        self.cards: list[SayYes] = []
        self.titles: list[str] = []
        self._play = play
        before: datetime | None = None
        for beat in beats:
            if not _is_quiet(beat):
                self.bubbles += passed_time(before, beat.known.at)
                before = beat.known.at
            self._take(beat)
        if beats and (last := beats[-1].known).last_action is not None:
            self.bubbles.append(of_window(last.last_action, last.at))

    def _take(self, beat: Beat) -> None:
        if beat.visit is not None:
            self._come(beat.visit)
        elif beat.deed is not None:
            if beat.asked is not None:
                self._tapped(beat.asked)
            self._clear_replies()
            self.bubbles += _done(self._play, beat)

    def _come(self, visit: Visit) -> None:
        if visit.messages:
            self._clear_replies()
        for message in visit.messages:
            topics = self._play.project.flows[visit.flow].topics
            for bubble in of_message(message, index=len(self.cards), topics=topics):
                if visit.refusal is not None and isinstance(bubble, Said):
                    bubble = replace(bubble, pending=True)
                self.bubbles.append(_with_replies(bubble, message, visit))
            if isinstance(message, OptInCard | RecurringCard):
                self.cards.append(SayYes(visit.flow, visit.block, message.port, message.topic))
                self.titles.append(message.title)
        if visit.refusal is not None:
            reason = shown(reasons.words(visit.refusal))
            said = _("Messenger would not take this: {reason}.", reason=reason)
            self.bubbles.append(Line(text=said, warns=True))
        elif visit.topic:
            self.bubbles.append(Line(text=_("Sent with permission")))

    def _tapped(self, asked: SayYes) -> None:
        """The latest card that asks for it is the one."""
        index = max(number for number, card in enumerate(self.cards) if card == asked)
        self.bubbles = [
            replace(bubble, tapped=True)
            if isinstance(bubble, OptIn) and bubble.index == index
            else bubble
            for bubble in self.bubbles
        ]

    def _clear_replies(self) -> None:
        self.bubbles = [bubble for bubble in self.bubbles if not isinstance(bubble, Replies)]


def _is_quiet(beat: Beat) -> bool:
    """Whether a phone shows nothing of it."""
    return beat.visit is not None and not beat.visit.messages


def _with_replies(bubble: Bubble, message: Message, visit: Visit) -> Bubble:
    """Its buttons, told from others of the same title."""
    match bubble, message:
        case looks.Buttons(), ButtonsMessage(buttons=buttons):
            return replace(bubble, buttons=_told_apart(bubble.buttons, buttons, visit))
        case looks.Card(), CardsMessage((card,)):
            return replace(bubble, buttons=_told_apart(bubble.buttons, card.buttons, visit))
        case looks.Carousel(), CardsMessage(cards):
            pairs = zip(bubble.cards, cards, strict=True)
            apart = (replace(a, buttons=_told_apart(a.buttons, b.buttons, visit)) for a, b in pairs)
            return replace(bubble, cards=tuple(apart))
    return bubble


def _told_apart(drawn, buttons, visit: Visit) -> tuple[looks.Button, ...]:
    return tuple(
        replace(shape, reply=reply(visit.flow, visit.block, button.port))
        if isinstance(button, Choice)
        else shape
        for shape, button in zip(drawn, buttons, strict=True)
    )


def _done(play: Play, beat: Beat) -> Iterator[Bubble]:
    match beat.deed:
        case script.Me(text=text):
            yield Said(text=text, by_person=True)
        case script.TapOn(address=address):
            yield Said(text=address.title, by_person=True)
        case script.Yes():
            assert beat.asked is not None
            yield opted_in(name_of(play.project, beat.asked.topic))
        case script.React(emoji=emoji):
            yield Line(text=_("Reacted with {emoji}", emoji=emoji))
        case script.Agree(topic=topic):
            yield Line(text=_("Said yes to “{topic}” elsewhere", topic=_called(play, topic)))
        case script.ChangeOfMind(topic=topic, stops=True):
            yield Line(text=_("Stopped “{topic}”", topic=_called(play, topic)))
        case script.ChangeOfMind(topic=topic):
            yield Line(text=_("Wants “{topic}” again", topic=_called(play, topic)))
        case script.Announce(topic=topic):
            yield Line(text=_("You announce “{topic}”", topic=_called(play, topic)))
        case script.Start(block=block):
            yield _started(play, block, beat.known.at)


def _called(play: Play, topic: str) -> str:
    """A topic by its name, however it was said."""
    return name_of(play.project, play.session.topic(topic))


def _started(play: Play, block: str, at: datetime) -> Bubble:
    start = play.flow.blocks[play.session.block(block)]
    if isinstance(start, Start) and start.begins() is not None:
        return begun(play.project, start, at)
    return Line(text=_("Goes on at “{block}”", block=shown(label(play.flow, start))))
