"""The commands, one file for each verb, and the one place that puts the rooms together."""

import os

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
"""There are none here, and looking for them in everything that is installed takes its time."""
