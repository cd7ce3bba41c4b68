"""The clipboard: JSON as JSON for programs that know it, and as text for everything else."""

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

JSON = "application/json"


def write(text: str) -> None:
    data = QMimeData()
    data.setData(JSON, text.encode())
    data.setText(text)
    QGuiApplication.clipboard().setMimeData(data)


def read() -> str:
    """What was copied last; empty where it is no text."""
    data = QGuiApplication.clipboard().mimeData()
    if data is None:
        return ""
    if data.hasFormat(JSON):
        return bytes(data.data(JSON).data()).decode(errors="replace")
    return data.text()
