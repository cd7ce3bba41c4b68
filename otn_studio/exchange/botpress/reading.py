"""A bot of Botpress becomes flows, one for each of its own."""

from otn_studio.blocks.block import NEXT
from otn_studio.blocks.start.another_flow import AnotherFlow
from otn_studio.blocks.start.default_reply import DefaultReply
from otn_studio.blocks.words import Words
from otn_studio.exchange.botpress import archive
from otn_studio.exchange.botpress.bot import FLOW, Bot, Source
from otn_studio.exchange.botpress.nodes import Nodes
from otn_studio.exchange.making import (
    Making,
    as_dict,
    as_list,
    as_text,
    report_missing,
    stable_id,
)
from otn_studio.exchange.report import Imported, Report
from otn_studio.flow.document import Flow
from otn_studio.flow.project import Project

MAIN = "main.flow.json"
BEGINS = Words(
    "With Botpress any message begins the main flow; here it is the default reply, of which a Page"
    " has one."
)


def recognises(content: bytes) -> bool:
    """Whether it is an archive, or has what every flow has."""
    return archive.is_archive(content) or (b'"startNode"' in content and b'"nodes"' in content)


def read(content: bytes, here: Project, name: str) -> Imported:
    """Make flows of a bot."""
    bot = Bot.of(content, name.removesuffix(".flow"))
    ids = {one.name: stable_id(_title(one), f"botpress {bot.name} {one.name}") for one in bot.flows}
    report = Report()
    flows = [_flow(bot, source, report, ids) for source in bot.flows]
    for intent, words in bot.intents.items():
        why = Words("It is meant where somebody writes one of its {n} sentences.", n=len(words))
        report.changed(Words("intent"), intent, f"/intents/{intent}", why)
    for language in bot.further_languages:
        why = Words("Only the bot’s own language is brought along; translate the flows here.")
        report.lost(Words("language"), language, f"/bot.config.json/languages/{language}", why)
    for path in bot.others:
        why = Words("Nothing here reads such a file.")
        report.lost(Words("file"), path, f"/{path}", why)
    return Imported(tuple(flows), tuple(report))


def _title(source: Source) -> str:
    return source.name.removesuffix(FLOW)


def _flow(bot: Bot, source: Source, report: Report, ids: dict[str, str]) -> Flow:
    making = Making(ids[source.name], _title(source)[:100] or "Botpress")
    report.created(Words("flow"), _title(source), source.where, making.id)
    _start(bot, source, making, report)
    nodes = Nodes(bot, source, making, report, ids)
    for number, node in enumerate(source.nodes):
        where = f"{source.where}/nodes/{number}"
        given = Words("{type}", type=as_text(node.get("type")) or "node"), as_text(node.get("name"))
        report.made(*given, where, nodes.make(node, where), making.id)
    everywhere = as_dict(source.values.get("catchAll"), f"{source.where}/catchAll")
    for number, entry in enumerate(
        as_list(everywhere.get("next"), f"{source.where}/catchAll/next")
    ):
        where = f"{source.where}/catchAll/next/{number}"
        condition = as_text(as_dict(entry, where).get("condition"))
        why = Words("Nothing here is asked at every step. Begin a flow with a keyword instead.")
        report.lost(Words("transition"), condition, where, why, making.id)
    report_missing(making, report)
    return making.flow()


def _start(bot: Bot, source: Source, making: Making, report: Report) -> None:
    is_main = source.name == MAIN or len(bot.flows) == 1
    start = DefaultReply() if is_main else AnotherFlow()
    id = making.add(start, "start")
    making.lead((id, NEXT.id), as_text(source.values.get("startNode")))
    if is_main:
        where = f"{source.where}/startNode"
        report.changed(Words("start"), "", where, BEGINS, making.id)
