"""A second start of the studio hands its flows to the window that is open, and ends."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from platformdirs import user_data_path

FLOW: Final = ".json"
"""How flows end: such a file opens in the studio."""


def are_flows(arguments: Sequence[str]) -> bool:
    """Whether the studio is meant: with these flows, or with none."""
    return all(argument.endswith(FLOW) for argument in arguments)


def is_handed_over(arguments: Sequence[str]) -> bool:
    """Whether the window that is open has taken the flows."""
    folder = user_data_path("otn-studio", appauthor=False)
    if not are_flows(arguments) or not (folder / "studio.open").is_file():
        return False
    from otn_studio.studio import calling  # it would only be in the way of all others

    return calling.call(folder, [Path(flow).absolute() for flow in arguments])
