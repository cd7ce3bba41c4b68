"""What all tests share: English, and the same random cases where the environment says ``CI``."""

import os

os.environ["LANGUAGE"] = "en"

from hypothesis import HealthCheck, settings

settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("here"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")
