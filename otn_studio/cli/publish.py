"""Publish flow files to the engine, each as a new numbered version."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from otn_studio.blocks.words import Words
from otn_studio.cli.check import say_findings, summary
from otn_studio.cli.connect import add_page, open_page
from otn_studio.cli.files import folders_of, load_all
from otn_studio.cli.vault import Vault
from otn_studio.cli.words import complain, say
from otn_studio.flow.project import Project
from otn_studio.runtime.clock import SystemClock
from otn_studio.runtime.publishing import NotPublished, publish
from otn_studio.studio.preferences.account import name_of_account


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a flow file")
    add_page(parser)


def run(given: Namespace) -> int:
    flows = load_all(given.files)
    with open_page(given) as (database, chosen):
        project = Vault(chosen.page_id).looked_up(Project.of(*flows.values(), rules=chosen.rules))
        try:
            publication = publish(
                database,
                chosen.page_id,
                project,
                SystemClock().now(),
                folders_of(flows),
                name_of_account(),
            )
        except NotPublished as problem:
            for id, found in problem.findings.items():
                say("“{flow}”:", flow=problem.flows[id].name)
                say_findings(problem.flows[id], found)
            complain(Words("Nothing was published. Mend the errors first."))
            return 1
    for entry in publication:
        say("“{flow}” is live as version {version}.", flow=entry.name, version=entry.version)
        if entry.warnings:
            say_findings(project.flows[entry.flow_id], entry.warnings)
            say(summary(entry.warnings))
    return 0
