"""The problems of the open flow: the list below the canvas and the repairs of one press."""
