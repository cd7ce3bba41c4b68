"""How the environment speaks to this program."""

from typing import Final

PREFIX: Final = "OTN_STUDIO_"
"""With it begin the names of all settings."""
