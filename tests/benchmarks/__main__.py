"""All benchmarks of the engine, one after the other; fails where an aim was missed."""

import sys

from tests.benchmarks import (
    broadcast_sends,
    engine_message,
    idle_cpu,
    webhook_answer,
    webhook_to_send,
)

if __name__ == "__main__":
    benchmarks = (webhook_answer, engine_message, webhook_to_send, broadcast_sends, idle_cpu)
    met = [benchmark.main() for benchmark in benchmarks]
    sys.exit(0 if all(met) else 1)
