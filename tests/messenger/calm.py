"""How Hypothesis runs here: a busy machine is no reason to fail."""

from hypothesis import HealthCheck, settings

calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
