"""What runs published flows: the interpreter, which is pure, and the engine around it."""
