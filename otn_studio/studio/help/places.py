"""Which page of help is about what somebody is looking at."""

from typing import Final

from otn_studio.blocks.finding import Finding
from otn_studio.blocks.words import Words
from otn_studio.interpreter import reasons
from otn_studio.studio.help.library import slug
from otn_studio.studio.help.subjects import SUBJECT_OF
from otn_studio.studio.words import shown

FIRST: Final = "first-flow.md"
NOT_SENT: Final = "not-sent.md"
FOUND: Final = "problems.md"
CONNECTING: Final = "page.md"
PAGES: Final = {
    "contents": "topics.md",
    "contacts": "contacts.md",
    "broadcasts": "broadcasts.md",
    "engine": "engine.md",
    "insights": "insights.md",
    "import": "other-programs.md",
    "versions": "versions.md",
    "compare": "versions.md",
}
"""By the names of the window's pages."""
_RULES: Final = "policy_"


NOT: Final = "not sent: {why}"


def of_outcome(outcome: Words) -> str:
    """Where it is explained why a message was not sent; empty for what else became of one."""
    return f"{NOT_SENT}#{slug(shown(outcome))}" if outcome.text == NOT else ""


def of_finding(finding: Finding) -> str:
    """Where it is explained: with the reasons why Messenger refuses, or with what else is found."""
    if finding.code.startswith(_RULES):
        return f"{NOT_SENT}#{slug(heading_of(finding.code.removeprefix(_RULES)))}"
    subject = SUBJECT_OF.get(finding.code)
    return f"{FOUND}#{slug(shown(subject))}" if subject else FOUND


def heading_of(reason: str) -> str:
    """The heading under which a reason is explained: what the timeline says."""
    return shown(Words(NOT, why=reasons.words(reason)))
