"""Asking before something that can't be taken back."""

from otn_studio.blocks.words import Words
from otn_studio.cli.words import complain, shown


def agreed(question: Words) -> bool:
    """Whether the person says yes. Where nobody can answer, the answer is no."""
    try:
        answer = input(shown(Words("{question} [y/N] ", question=question)))
    except EOFError:
        complain(Words("Nobody answers. Say --yes to go on without asking."))
        return False
    return answer.strip().casefold() in {"y", "yes"}
