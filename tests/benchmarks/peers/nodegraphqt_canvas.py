"""The canvas of NodeGraphQt, in an environment of its own: ``… nodegraphqt_canvas COUNT``."""

import json
import os
import sys
import time

from tests.benchmarks.flows import graph
from tests.benchmarks.frames import HEIGHT, WIDTH, Figures, cpu, memory


def theirs(count: int) -> Figures:
    """NodeGraphQt with the same graph, by its quick ways: no undo, no search for circles."""
    import warnings

    warnings.filterwarnings("ignore")
    from NodeGraphQt import BaseNode, NodeGraph
    from PySide6.QtWidgets import QApplication

    class Message(BaseNode):
        __identifier__, NODE_NAME = "otn", "Message"

        def __init__(self) -> None:
            super().__init__()
            self.add_input("in", multi_input=True)
            for number in range(3):
                self.add_output(f"way {number}")

    application = QApplication([])
    places, links = graph(count)
    began = time.process_time()
    board = NodeGraph()
    board.register_node(Message)
    board.set_acyclic(False)
    nodes = [
        board.create_node(
            "otn.Message", name=f"Block {n}", pos=[*place], selected=False, push_undo=False
        )
        for n, place in enumerate(places)
    ]
    for start, way, end in links:
        port = nodes[start].output(way)
        port.connect_to(nodes[end].input(0), push_undo=False, emit_signal=False)
    built = time.process_time() - began
    view = board.viewer()
    view.resize(WIDTH, HEIGHT)
    view.show()
    view._scene_range = view.scene().itemsBoundingRect()
    view._update_scene()
    application.processEvents()
    frame = cpu(view.viewport().repaint, rounds=1, frames=2)
    return {"build s": built, "memory MB": memory(), "all redraw": frame}


if __name__ == "__main__":
    print(json.dumps(theirs(int(sys.argv[-1]))), flush=True)
    os._exit(0)
