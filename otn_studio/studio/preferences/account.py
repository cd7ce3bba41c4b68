"""Who works on this computer, as far as it knows."""

import getpass


def name_of_account() -> str:
    """The name of the account; empty for one without a name."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
