"""How somebody runs into a problem, shown: the way lit up on the canvas, the story on the phone."""
