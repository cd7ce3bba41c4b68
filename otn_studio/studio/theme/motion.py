"""Whether things may move: some people have asked their system for none of it."""

from PySide6.QtWidgets import QApplication


def lasting(milliseconds: int) -> int:
    """How long a motion may last; none at all where the system asks for none."""
    from PySide6.QtWidgets import QStyle  # takes its time to load

    wanted = QApplication.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration)
    return milliseconds if wanted > 0 else 0
