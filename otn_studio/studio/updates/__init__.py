"""Whether there is a newer version of the program: asked once a day, said in one quiet line."""
