"""A bot of Typebot becomes a flow."""

from collections.abc import Iterator

from otn_studio.blocks.block import NEXT
from otn_studio.blocks.element import Element
from otn_studio.blocks.elements.audio import Audio
from otn_studio.blocks.elements.picture import Picture
from otn_studio.blocks.elements.text import Text
from otn_studio.blocks.elements.typing_pause import TypingPause
from otn_studio.blocks.elements.video import Video
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.start.get_started import GetStarted
from otn_studio.blocks.words import Words
from otn_studio.exchange import reading
from otn_studio.exchange.making import Making, as_text, report_missing, stable_id
from otn_studio.exchange.report import Imported, Report
from otn_studio.exchange.typebot.asking import KINDS, question, ways
from otn_studio.exchange.typebot.bot import START, Block, Bot, Event, Group
from otn_studio.exchange.typebot.logic import NOT_HERE, Logic, tell_filled_in, waits
from otn_studio.exchange.typebot.texts import Texts
from otn_studio.flow.project import Project
from otn_studio.policy import limits

BUBBLES = frozenset({"text", "image", "video", "audio", "embed"})
MEDIA = {"image": Picture, "video": Video, "audio": Audio}
BESIDE = ("theme", "settings", "resultsTablePreferences", "customDomain", "whatsAppCredentialsId")
BEGINS = Words(
    "It begins when somebody opens the chat; here, when they press Get Started. Add the words with"
    " which it is to begin, too."
)


def recognises(content: bytes) -> bool:
    """Whether it has what every bot has."""
    has_groups = b'"groups"' in content or b'"steps"' in content
    return has_groups and b'"edges"' in content


def read(content: bytes, here: Project, name: str) -> Imported:
    """Make a flow of a bot."""
    data = reading.values(content)
    return _Reading(Bot.of(data, name), data).imported()


class _Reading:
    def __init__(self, bot: Bot, data: dict) -> None:
        self._bot = bot
        self._data = data
        self._report = Report()
        id = stable_id(bot.name, f"typebot {bot.id or sorted(bot.blocks)} {bot.name}")
        self._making = Making(id, bot.name)
        self._texts = Texts(bot, self._making)
        self._logic = Logic(bot, self._making, self._texts, self._report, self._lead, self._go_on)
        jumps = (block.text("blockId") for block in bot.blocks.values())
        self._targets = {*bot.edges.values(), *jumps}

    def imported(self) -> Imported:
        self._report.created(Words("bot"), self._bot.name, "", self._making.id)
        for number, name in enumerate(self._bot.variables.values()):
            where = f"/variables/{number}"
            self._report.created(Words("variable"), name, where, self._making.id)
        for event in self._bot.events:
            self._event(event)
        for group in self._bot.groups:
            self._report.created(Words("group"), group.title, group.where, self._making.id)
            for run in self._runs(group):
                self._run(run, group.title if run[0] is group.blocks[0] else "")
        for name in BESIDE:
            if isinstance(self._data, dict) and self._data.get(name):
                why = Words("It is about how the bot looks or is kept elsewhere.")
                self._report.lost(Words("setting"), name, f"/{name}", why)
        report_missing(self._making, self._report)
        return Imported((self._making.flow(),), tuple(self._report))

    def _event(self, event: Event) -> None:
        given = Words("event"), event.type, event.where
        if event.type != START:
            why = Words("Here nothing of this kind begins a flow.")
            self._report.lost(*given, why, self._making.id)
            return
        id = self._making.add(GetStarted(), "start")
        self._lead((id, NEXT.id), event.edge)
        self._report.changed(*given, BEGINS, self._making.id)

    def _lead(self, way: tuple[str, str], edge: str) -> None:
        self._making.lead(way, self._bot.edges.get(edge, ""))

    def _go_on(self, way: tuple[str, str], block: Block) -> None:
        """To where its edge leads, or to the block below it."""
        self._making.lead(way, self._bot.edges.get(block.edge, "") or block.next)

    def _runs(self, group: Group) -> Iterator[list[Block]]:
        """Bubbles below each other, with the input after them, are one message."""
        run: list[Block] = []
        for block in group.blocks:
            joins = _is_bubble(block) or block.type in KINDS
            if run and (block.id in self._targets or not joins):
                yield run
                run = []
            if block.type == START:
                continue
            run.append(block)
            if not _is_bubble(block) or block.edge:
                yield run
                run = []
        if run:
            yield run

    def _run(self, run: list[Block], title: str) -> None:
        last = run[-1]
        if not _is_bubble(last) and last.type not in KINDS:
            notes: list[Words] = []
            is_known = self._logic.make(last, notes)
            self._tell(last, notes, is_known=is_known)
            return
        elements = [e for block in run if _is_bubble(block) for e in self._bubble(block)]
        asked = None
        if last.type in KINDS:
            notes = []
            text = elements.pop().text if elements and isinstance(elements[-1], Text) else ""
            asked = question(last, text, self._texts, self._making, notes)
            elements.append(asked)
            self._tell(last, notes)
        if not elements:
            self._making.pass_on(run[0].id, self._bot.edges.get(last.edge, "") or last.next)
            return
        id = self._making.add(SendMessage(title=title, elements=elements), title or "message")
        self._making.enter(run[0].id, id)
        way = (id, NEXT.id)
        if asked is not None:
            way = ways(last, asked, way, self._making, self._lead)
        self._go_on(way, last)

    def _bubble(self, block: Block) -> Iterator[Element]:
        notes: list[Words] = []
        id = f"m{block.where.rpartition('/')[2]}"
        content = block.content if isinstance(block.content, dict) else {}
        url = self._texts.ours(as_text(content.get("url")), notes)
        if block.type == "Wait":
            tell_filled_in(block, notes)
            made: Element | None = TypingPause(id=id, seconds=waits(block))
        elif block.type == "text":
            text = self._texts.rich(block.content, notes)
            made = Text(id=id, text=text) if text else None
        elif block.type in MEDIA and content.get("type") in (None, "url") and "{{" not in url:
            made = MEDIA[block.type](id=id, url=url) if url else None
        else:
            notes.append(Words("Its address is sent as a text."))
            address = url or as_text(content.get("id"))
            made = Text(id=id, text=address) if address else None
        if content.get("clickLink"):
            notes.append(Words("A press on it leads nowhere."))
        if made is None:
            notes.append(Words("It is empty."))
        self._tell(block, notes)
        yield from [made] if made is not None else []

    def _tell(self, block: Block, notes: list[Words], *, is_known: bool = True) -> None:
        name = self._texts.rich(block.content, []) or as_text(block.options.get("labels"))
        given = Words("{type}", type=block.type), name[:80], block.where
        if is_known:
            self._report.made(*given, notes, self._making.id)
        else:
            self._report.lost(*given, NOT_HERE, self._making.id)


def _is_bubble(block: Block) -> bool:
    """Whether it is shown, a short pause included."""
    pauses = block.type == "Wait" and waits(block) <= limits.TYPING_SECONDS
    return block.type in BUBBLES or pauses
