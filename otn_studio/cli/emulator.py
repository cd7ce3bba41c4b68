"""Run a local Messenger, to try flows, or any other bot, without a Page.

Its people are played on a page in the browser, or told what to do at /emulator. It listens on this
computer only, unless it is told otherwise.
"""

import threading
import time
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable

import requests

from otn_studio.blocks.words import Problem, Words
from otn_studio.cli.connect import host_and_port
from otn_studio.cli.settings import Settings, settings
from otn_studio.cli.words import complain, say
from otn_studio.emulator import errors, page_rules
from otn_studio.emulator.app import create_app
from otn_studio.emulator.client import EmulatorClient, EmulatorProblem
from otn_studio.emulator.identity import PageIdentity
from otn_studio.emulator.server import serve
from otn_studio.emulator.webhooks import Retries
from otn_studio.policy.profiles import Rules

DEFAULT_ADDRESS = "127.0.0.1:8041"
APP_ID = "1"
AGAIN_SECONDS = 1.0
_RULES = {
    "profile": "whose rules of recurring notifications to follow, such as rn-2022",
    "time-zone": "the Page’s, such as Europe/Berlin",
    "country": "the Page’s, such as DE",
}


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--listen",
        metavar="HOST:PORT",
        default=DEFAULT_ADDRESS,
        help=f"where the Graph API is (default {DEFAULT_ADDRESS})",
    )
    parser.add_argument("--webhook", metavar="URL", help="where events go, such as an engine’s")
    parser.add_argument("--page-name", metavar="NAME", default="Practice Page")
    parser.add_argument(
        "--retries",
        choices=[one.value for one in Retries],
        default=Retries.QUICK.value,
        help="how webhooks come again that were not answered: every moment, or as with Messenger",
    )
    parser.add_argument(
        "--to-network",
        action="store_true",
        help="let other computers reach it too; whoever does can play its people",
    )
    parser.add_argument(
        "--name",
        metavar="HOST",
        action="append",
        default=[],
        help="a name under which browsers may reach its page (repeatable)",
    )
    for option, what in _RULES.items():
        name = option.replace("-", "_")
        parser.add_argument(f"--{option}", type=_accepted(name), help=what)


def run(given: Namespace) -> int:
    chosen = settings().model_copy(update={"graph_url": f"http://{given.listen}"})
    host, port = host_and_port(given.listen)
    page = PageIdentity(
        chosen.page_id,
        given.page_name,
        chosen.secret("page_token"),
        chosen.secret("app_secret"),
        APP_ID,
        chosen.human_agent,
    )

    rules = _rules(given, chosen)

    def ready(port: int) -> None:
        say("The emulator runs. The Graph API is at http://{host}:{port}", host=host, port=port)
        say("Open that address in a browser to play its people.")
        if given.webhook is not None:
            subscriber = (f"http://{host}:{port}", given.webhook, chosen)
            threading.Thread(target=_subscribe, args=subscriber, daemon=True).start()

    try:
        app = create_app(page, rules=rules, names=given.name, retries=Retries(given.retries))
        serve(app, host, port, ready, to_network=given.to_network)
    except (OSError, ValueError) as error:
        raise Problem(
            "Can’t listen on {address}: {problem}", address=given.listen, problem=error
        ) from error
    return 0


def _accepted(rule: str) -> Callable[[str], str]:
    """Refuses what can't be that rule of a Page while the command line is read."""

    def accepted(value: str) -> str:
        try:
            page_rules.changed(Rules(), {rule: value})
        except errors.Problem as problem:
            raise ArgumentTypeError(str(problem)) from problem
        return value

    return accepted


def _rules(given: Namespace, chosen: Settings) -> Rules:
    """What the command line leaves out is as the engine has it, from the same settings."""
    return page_rules.changed(
        Rules(),
        {
            "profile": given.profile or chosen.profile,
            "time_zone": given.time_zone or chosen.time_zone,
            "country": given.country or "",
        },
    )


def _subscribe(address: str, webhook: str, settings: Settings) -> None:
    """Until the engine is there to be verified."""
    client, complained = EmulatorClient(address), False
    while True:
        try:
            client.subscribe(webhook, settings.secret("verify_token"))
            return
        except (EmulatorProblem, requests.RequestException) as error:
            if not complained:
                complain(Words("{problem} Trying again until it answers.", problem=error))
            complained = True
            time.sleep(AGAIN_SECONDS)
