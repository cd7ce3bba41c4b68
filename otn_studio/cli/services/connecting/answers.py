"""What Messenger's refusals mean while a Page is being connected, and where to mend them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from otn_studio.blocks.words import Words
from otn_studio.messenger.errors import BAD_TOKEN
from otn_studio.messenger.graph import CallFailed
from otn_studio.messenger.reaching import Reach, Way
from otn_studio.studio.connecting.store import NotPassed

_NOT_ALLOWED: Final = frozenset({3, 10, 15, 200, 299})
_REACHES: Final = {
    Way.NO_SUCH_NAME: Words(
        "Nobody knows the name “{host}”. Look for a slip in the address; a tunnel without a fixed name"
        " has a new one each time it starts."
    ),
    Way.NO_ANSWER: Words("Nobody answers at “{host}”. Is the tunnel running, or the proxy?"),
    Way.TOO_SLOW: Words(
        "“{host}” took more than ten seconds to answer. Messenger waits for five only. Is the tunnel"
        " running?"
    ),
    Way.NOT_SECURE: Words(
        "There is no secure connection to “{host}”: its certificate is missing, has expired, or is for"
        " another name. Tunnels have a good one by themselves; of a proxy of your own, renew it there."
    ),
    Way.NOBODY_BEHIND: Words(
        "The tunnel runs, but finds nobody behind it. Let it lead to {engine}, where the engine is."
    ),
    Way.NOT_FOUND: Words(
        "Something answers at “{host}”, but it does not know this page. Let the tunnel lead to"
        " {engine}, where the engine is, and leave out anything behind the name."
    ),
    Way.OTHER_WORD: Words(
        "An engine answers at “{host}”, but not for this Page: it is another computer’s, or an old one."
        " Stop it there, or let the tunnel lead to {engine}."
    ),
    Way.ELSEWHERE: Words(
        "“{host}” only sends on to another address, and Messenger does not follow. Write the address"
        " that it leads to."
    ),
    Way.SOMEBODY_ELSE: Words(
        "Something else than the engine answers at “{host}”. Let the tunnel lead to {engine}; where it"
        " shows a page of its own first, switch that off."
    ),
}


@contextmanager
def told() -> Iterator[None]:
    """Say what a call's failure means.

    Raises:
        NotPassed: it failed.
    """
    try:
        yield
    except CallFailed as problem:
        raise _not_passed(problem) from problem


def not_reached(reach: Reach, host: str, engine: str) -> NotPassed:
    return NotPassed(_REACHES[reach.way].text, reach.details, host=host, engine=engine)


def details(problem: CallFailed) -> str:
    """As Messenger says it, with its numbers."""
    if problem.error is None:
        return str(problem)
    numbers = [problem.error.code, problem.error.subcode]
    said = " – ".join(str(one) for one in numbers if one is not None)
    return f"{said}: {problem}" if said else str(problem)


def _not_passed(problem: CallFailed) -> NotPassed:
    code, said = problem.error and problem.error.code, details(problem)
    if problem.error is None:
        return NotPassed(
            "Messenger could not be asked. Is this computer on the internet? Then try again.", said
        )
    if code == BAD_TOKEN:
        return NotPassed(
            "Messenger does not know this access key any more, or it was not copied whole. In the app’s"
            " Messenger settings, press “Generate” beside your Page, and paste the new one in the first"
            " step.",
            said,
        )
    if code in _NOT_ALLOWED:
        return NotPassed(
            "Messenger does not let the app do this for the Page. Are you an administrator of both?"
            " Make a new access key in the app’s Messenger settings, and agree to everything"
            " it asks for.",
            said,
        )
    return NotPassed("Messenger says no. Try again in a moment.", said)
