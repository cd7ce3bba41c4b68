"""How bad a problem is, as a shape, a colour and a word: never by the colour alone."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from otn_studio.blocks.finding import Finding, Severity
from otn_studio.blocks.words import Words
from otn_studio.studio.words import shown
from otn_studio.studio.written import number


@dataclass(frozen=True)
class Sign:
    """An icon, the role of its colour, the look of its sentence, and the word for it."""

    icon: str
    role: str
    look: str
    word: Words


SIGNS = {
    Severity.ERROR: Sign("triangle-alert", "danger", "error", Words("Error")),
    Severity.WARNING: Sign("diamond", "warning", "warning", Words("Warning")),
    Severity.UNSURE: Sign("circle-dashed", "quiet", "quiet", Words("Unsure")),
}
ALL_WELL = Sign("check", "success", "", Words("Everything is in order"))


def word(severity: Severity) -> str:
    return shown(SIGNS[severity].word)


def worst(severities: Iterable[Severity]) -> Severity | None:
    """The worst of some; none where there are none."""
    order = list(Severity)
    return min(severities, key=order.index, default=None)


def counted(findings: Iterable[Finding]) -> str:
    """How many there are. What is only not shown to be safe is not counted as a problem."""
    count = Counter(finding.severity for finding in findings)
    unsure = count.pop(Severity.UNSURE, 0)
    problems = count.total()
    said = [shown(_problems(problems))] if problems else []
    said += [shown(_unsure(unsure))] if unsure else []
    return " · ".join(said) or shown(ALL_WELL.word)


def _problems(count: int) -> Words:
    return Words("{count} problem", plural="{count} problems", n=count, count=number(count))


def _unsure(count: int) -> Words:
    return Words(
        "{count} not shown to be safe",
        plural="{count} not shown to be safe",
        n=count,
        count=number(count),
    )
