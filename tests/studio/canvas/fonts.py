"""Letters of one width, so that shapes can be measured without a screen."""

LETTER = 6.0


class SquareFonts:
    def text(self, text: str) -> float:
        return len(text) * LETTER

    strong = title = small = small_strong = text
