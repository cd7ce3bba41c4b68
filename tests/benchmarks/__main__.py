"""All benchmarks, one after the other: ``python -m tests.benchmarks``."""

import subprocess
import sys

NAMES = ("webhook_answer", "engine_message", "webhook_to_send", "idle_cpu", "canvas")

for name in NAMES:
    subprocess.run([sys.executable, "-m", f"tests.benchmarks.{name}"], check=True)
