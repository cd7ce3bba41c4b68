"""The style sheet, made of the colours of a theme.

Widgets say what they are by the dynamic property ``look``: ``primary``, ``quiet``, ``danger`` and
``menu`` buttons; ``title``, ``heading``, ``label``, ``quiet``, ``error``, ``warning`` texts; ``card``,
``bar``, ``foot``, ``side`` and ``panel`` frames; ``page``. Nothing else sets colours on a widget.
"""

from string import Template

from otn_studio.studio.theme.roles import ROLE_NAMES, Roles

_SHEET = Template("""
QWidget { font-size: 13px; }
QMainWindow, QDialog { background: $surface; }
QToolTip { background: $raised; color: $text; border: 1px solid $hairline; padding: 4px 8px; }
QLabel { background: transparent; }
QLabel[look="title"] { font-size: 20px; font-weight: 600; }
QLabel[look="heading"] { font-size: 15px; font-weight: 600; }
QLabel[look="label"] { font-size: 12px; font-weight: 600; }
QLabel[look="quiet"] { font-size: 12px; color: $quiet; }
QLabel[look="error"] { font-size: 12px; color: $danger; }
QLabel[look="warning"] { font-size: 12px; color: $warning; }

QFrame[look="card"] { background: $raised; border: 1px solid $hairline; border-radius: 10px; }
QFrame[look="bar"] { background: $surface; border: none; border-bottom: 1px solid $hairline; }
QFrame[look="foot"] { background: $surface; border: none; border-top: 1px solid $hairline; }
QFrame[look="side"] { background: $surface; border: none; border-right: 1px solid $hairline; }
QFrame[look="panel"] { background: $surface; border: none; border-left: 1px solid $hairline; }
QWidget[look="page"] { background: $canvas; }

QPushButton { min-height: 28px; padding: 0 12px; border-radius: 6px; border: 1px solid $hairline;
    background: $raised; color: $text; }
QPushButton:hover { background: $accent_soft; }
QPushButton:focus { border: 1px solid $accent; }
QPushButton:disabled { color: $quiet; }
QPushButton[look="primary"] { background: $accent; color: $on_accent; border: 1px solid $accent;
    font-weight: 600; }
QPushButton[look="primary"]:focus { border: 2px solid $text; }
QPushButton[look="primary"]:disabled { background: $hairline; color: $quiet; border-color: $hairline; }
QPushButton[look="quiet"] { background: transparent; border: 1px solid transparent; }
QPushButton[look="quiet"]:hover { background: $accent_soft; }
QPushButton[look="quiet"]:focus { border: 1px solid $accent; }
QPushButton[look="danger"] { color: $danger; }
QPushButton[look="menu"] { background: transparent; border: 1px solid transparent; text-align: left;
    padding: 0 12px; min-height: 34px; color: $quiet; }
QPushButton[look="menu"]:hover { background: $accent_soft; }
QPushButton[look="menu"]:checked { background: $accent_soft; color: $text; font-weight: 600; }
QPushButton[look="menu"]:focus { border: 1px solid $accent; }
QToolButton { border: 1px solid transparent; border-radius: 6px; padding: 4px; background: transparent;
    min-width: 20px; min-height: 20px; }
QToolButton:hover { background: $accent_soft; }
QToolButton:focus { border: 1px solid $accent; }

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QComboBox { background: $raised; color: $text;
    border: 1px solid $hairline; border-radius: 6px; padding: 5px 8px; min-height: 20px;
    selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QComboBox:focus {
    border: 1px solid $accent; }
QLineEdit[problem="true"], QPlainTextEdit[problem="true"], QComboBox[problem="true"] {
    border: 1px solid $danger; }
QComboBox::drop-down { border: none; width: 20px; }
QAbstractItemView { background: $raised; color: $text; border: 1px solid $hairline;
    selection-background-color: $accent_soft; selection-color: $text; outline: none; }

QTableView { background: $canvas; border: none; gridline-color: $hairline; }
QTableView::item { border-bottom: 1px solid $hairline; padding: 0 12px; }
QTableView::item:selected { background: $accent_soft; color: $text; }
QHeaderView { background: $canvas; }
QHeaderView::section { background: $canvas; color: $quiet; border: none;
    border-bottom: 1px solid $hairline; padding: 8px 12px; font-size: 11px; font-weight: 600; }

QMenu { background: $raised; border: 1px solid $hairline; border-radius: 6px; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $quiet; }
QMenu::separator { height: 1px; background: $hairline; margin: 4px 8px; }
QScrollArea { border: none; background: transparent; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $hairline; border-radius: 4px; min-height: 28px;
    min-width: 28px; margin: 1px; }
QScrollBar::handle:hover { background: $quiet; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: $hairline; }
""")


def sheet(roles: Roles) -> str:
    """The style sheet of a theme."""
    return _SHEET.substitute({name: getattr(roles, name) for name in ROLE_NAMES})
