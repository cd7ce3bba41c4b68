"""The style sheet, made of the colours of a theme.

Widgets say what they are by the dynamic property ``look``: ``primary``, ``quiet``, ``name``,
``danger``, ``crumb`` and ``menu`` buttons; ``title``, ``heading``, ``label``, ``quiet``, ``wrong``,
``error``, ``warning`` texts; ``card``, ``list``, ``bar``, ``foot``, ``side`` and ``panel`` frames;
``page``. Nothing else sets colours on a widget.
"""

import re
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
QLabel[look="strong"] { font-weight: 600; }
QLabel[look="quiet"] { font-size: 12px; color: $quiet; }
QLabel[look="wrong"] { color: $danger; }
QLabel[look="error"] { font-size: 12px; color: $danger; }
QLabel[look="warning"] { font-size: 12px; color: $warning; }

QLabel[look="key"] { font-size: 11px; color: $quiet; background: $canvas; border: 1px solid $hairline;
    border-radius: 4px; padding: 1px 6px; }

QFrame[look="card"] { background: $raised; border: 1px solid $hairline; border-radius: 10px; }
QFrame[look="card"]:focus { border: 1px solid $accent; }
QFrame[look="list"] { background: $raised; border: 1px solid $hairline; border-radius: 6px; }
QFrame[look="list"] QListWidget { background: transparent; border: none; }
QFrame[look="bar"] { background: $surface; border: none; border-bottom: 1px solid $hairline; }
QFrame[look="foot"] { background: $surface; border: none; border-top: 1px solid $hairline; }
QFrame[look="side"] { background: $surface; border: none; border-right: 1px solid $hairline; }
QFrame[look="panel"] { background: $surface; border: none; border-left: 1px solid $hairline; }
QWidget[look="page"] { background: $canvas; }
QFrame[look="line"] { background: $hairline; border: none; }
QLabel[look="callout"] { font-size: 12px; color: $danger; background: $raised;
    border: 1px solid $hairline; border-radius: 6px; padding: 6px 8px; }
QTabBar::tab { color: $quiet; padding: 8px 0; margin-right: 20px; border: none;
    border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; }
QTabBar[look="flows"] { background: $surface; border-bottom: 1px solid $hairline; }
QTabBar[look="flows"]::tab { max-width: 220px; min-width: 96px; margin: 0; padding: 6px 8px 6px 14px;
    border-right: 1px solid $hairline; }
QTabBar[look="flows"]::tab:hover { background: $accent_soft; }

QPushButton { min-height: 30px; padding: 0 12px; border-radius: 6px; border: 1px solid $hairline;
    background: $raised; color: $text; }
QPushButton:hover { background: $accent_soft; }
QPushButton:focus { border: 1px solid $accent; }
QPushButton:disabled { color: $quiet; }
QPushButton[look="primary"] { background: $accent; color: $on_accent; border: 1px solid $accent;
    font-weight: 600; }
QPushButton[look="primary"]:focus { border: 2px solid $text; }
QPushButton[look="primary"]:disabled { background: $hairline; color: $quiet; border-color: $hairline; }
QPushButton[look="quiet"], QPushButton[look="name"], QPushButton[look="link"] {
    background: transparent; border: 1px solid transparent; }
QPushButton[look="link"] { color: $accent; }
QPushButton[look="name"] { font-weight: 600; }
QPushButton[look="quiet"]:hover, QPushButton[look="name"]:hover, QPushButton[look="link"]:hover {
    background: $accent_soft; }
QPushButton[look="quiet"]:focus, QPushButton[look="name"]:focus, QPushButton[look="link"]:focus {
    border: 1px solid $accent; }
QPushButton[look="danger"] { color: $danger; }
QPushButton[look="row"] { background: transparent; border: 1px solid transparent; padding: 0;
    min-height: 54px; }
QPushButton[look="row"]:hover { background: $raised; }
QPushButton[look="row"]:focus { border: 1px solid $accent; }
QPushButton[look="choice"] { background: transparent; border: 1px solid transparent; color: $quiet; }
QPushButton[look="choice"]:hover { color: $text; }
QPushButton[look="choice"]:checked { background: $accent_soft; color: $text; font-weight: 600; }
QPushButton[look="choice"]:focus { border: 1px solid $accent; }
QPushButton[look="crumb"] { background: transparent; border: 1px solid transparent; padding: 0;
    min-height: 26px;
    font-size: 12px; color: $quiet; }
QPushButton[look="crumb"]:hover { color: $text; }
QPushButton[look="crumb"]:focus { border: 1px solid $accent; }
QPushButton[look="menu"] { background: transparent; border: 1px solid transparent; text-align: left;
    padding: 0 12px; min-height: 34px; color: $quiet; }
QPushButton[look="menu"]:hover { background: $accent_soft; }
QPushButton[look="menu"]:checked { background: $accent_soft; color: $text; font-weight: 600; }
QPushButton[look="menu"]:focus { border: 1px solid $accent; }
QPushButton[look="plain"]:checked, QPushButton[look="small"]:checked { background: $accent_soft;
    border: 1px solid $accent; }
QPushButton[look="chip"] { background: transparent; border: 1px solid transparent; min-height: 26px;
    padding: 0 4px 0 10px; }
QPushButton[look="chip"]:hover { color: $accent; }
QPushButton[look="chip"]:focus { border: 1px solid $accent; }
QPushButton[opens="menu"]::menu-indicator { image: none; width: 16px; }
QPushButton[look="small"] { font-size: 12px; padding: 0 8px; min-height: 28px; }
QPushButton[look="small"][opens="menu"] { padding: 0 12px; }
QPushButton[busy="true"] { color: $quiet; }
QToolButton { border: 1px solid transparent; border-radius: 6px; padding: 3px; background: transparent;
    min-width: 20px; min-height: 20px; }
QToolButton[look="chip"] { padding: 1px; }
QFrame[look="list"] QToolButton[look="chip"] { min-width: 21px; min-height: 21px; }
QToolButton[look="level"] { min-width: 49px; }
QToolButton[look="emoji"] { font-size: 16px; padding: 0; min-width: 34px; }
QToolButton:hover { background: $accent_soft; }
QToolButton:focus { border: 1px solid $accent; }

QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox { background: $raised; color: $text;
    border: 1px solid $hairline; border-radius: 6px; padding: 5px 8px; min-height: 20px;
    selection-background-color: $accent; selection-color: $on_accent; }
QPlainTextEdit { padding: 3px 6px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QAbstractSpinBox:focus, QComboBox:focus {
    border: 1px solid $accent; }
QLineEdit[dropping="true"], QFrame[dropping="true"] {
    background: $accent_soft; border: 1px solid $accent; }
QLineEdit[problem="true"], QPlainTextEdit[problem="true"], QComboBox[problem="true"] {
    border: 1px solid $danger; }
QAbstractSpinBox QLineEdit { border: none; padding: 0; min-height: 0; background: transparent; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 0; border: none; }
QLineEdit QToolButton { min-width: 0; min-height: 0; padding: 0; border: none; }
QLineEdit, QPlainTextEdit { placeholder-text-color: $quiet; }
QComboBox { padding: 5px 10px; }
QComboBox::drop-down { border: none; width: 20px; }
QRadioButton, QCheckBox { spacing: 8px; padding: 3px 8px 3px 0; }
QRadioButton::indicator, QCheckBox::indicator { width: 14px; height: 14px; background: $raised;
    border: 1px solid $quiet; border-radius: 8px; }
QCheckBox::indicator { border-radius: 4px; }
QRadioButton::indicator:checked { border: 1px solid $accent;
    background: qradialgradient(cx: 0.5, cy: 0.5, radius: 0.5, fx: 0.5, fy: 0.5,
    stop: 0 $raised, stop: 0.36 $raised, stop: 0.44 $accent, stop: 1 $accent); }
QCheckBox::indicator:checked { background: $accent; border: 1px solid $accent; }
QRadioButton::indicator:focus, QCheckBox::indicator:focus { width: 12px; height: 12px;
    border: 2px solid $accent; }
QRadioButton::indicator:checked:focus, QCheckBox::indicator:checked:focus {
    border: 2px solid $text; }
QAbstractItemView { background: $raised; color: $text; border: 1px solid $hairline;
    selection-background-color: $accent_soft; selection-color: $text; outline: none; }

QListWidget[look="rows"] { border-radius: 6px; padding: 4px; }
QListWidget[look="rows"]::item { padding: 6px 8px; border-radius: 4px; }
QListWidget[look="rows"]::item:selected { background: $accent_soft; color: $text; }
QListWidget[look="bare"] { background: transparent; border: none; }
QListWidget[look="lines"] { background: transparent; border: none; }
QListWidget[look="lines"]::item { padding: 6px 4px; border-radius: 6px; }
QListWidget[look="lines"]::item:selected { background: $accent_soft; color: $text; }
QListWidget[look="contents"] { background: transparent; border: none; }
QListWidget[look="contents"]::item { padding: 5px 8px; border-radius: 6px; }
QListWidget[look="contents"]::item:selected { background: $accent_soft; color: $text; }
QListWidget[look="contents"]::item:disabled { color: $quiet; padding: 0 8px 4px 8px; }
QTextEdit[look="paper"] { background: $surface; border: none; padding: 0; }
QLabel[look="dragged"] { background: $raised; border: 1px solid $accent; border-radius: 6px;
    padding: 6px 12px; }

QListWidget[look="emoji"] { background: transparent; border: none; font-size: 20px; }
QListView[look="framed"] { border-radius: 6px; padding: 1px; }

QTableView { background: $canvas; border: none; gridline-color: $hairline; }
QTableView[look="findings"] { background: $surface; }
QTableView::item { border-bottom: 1px solid $hairline; padding: 0 12px; }
QTableView[look="texts"]::item { padding: 8px 9px; }
QTableView::item:selected { background: $accent_soft; color: $text; }
QHeaderView { background: $canvas; border: none; }
QHeaderView::section { background: $canvas; color: $quiet; border: none;
    border-bottom: 1px solid $hairline; padding: 8px 12px; font-size: 11px; font-weight: 600; }

QProgressBar { background: $hairline; border: none; border-radius: 3px; max-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }

QMenu { background: $raised; border: 1px solid $hairline; padding: 4px; }
QMenu[look="round"] { border-radius: 6px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::icon { padding-left: 8px; }
QMenu[look="round"]::right-arrow, QMenu[look="round"]::left-arrow { image: none; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $quiet; }
QMenu::separator { height: 1px; background: $hairline; margin: 4px 8px; }
QScrollArea { border: none; background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollArea[look="phone"] QScrollBar:vertical { width: 6px; }
QTableView[look="texts"] QScrollBar:vertical { width: 20px; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $hairline; border-radius: 4px; min-height: 28px;
    min-width: 28px; margin: 1px; }
QTableView[look="texts"] QScrollBar::handle { margin: 1px 1px 1px 11px; }
QScrollArea[look="phone"] QScrollBar::handle { border-radius: 2px; }
QScrollBar::handle:hover { background: $quiet; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: $hairline; }
""")

_MIRRORED_BY_QT = ("QMenu::item {", "QPushButton[")


def mirrored(sheet: str) -> str:
    """The same for those who read from right to left. What Qt mirrors by itself stays.

    >>> mirrored("A { border-left: none; padding: 1px 2px 3px 4px; }")
    'A { border-right: none; padding: 1px 4px 3px 2px; }'
    >>> mirrored("QMenu::item { padding: 1px 2px 3px 4px; }")
    'QMenu::item { padding: 1px 2px 3px 4px; }'
    """
    rules = re.findall(r"[^}]*}?", sheet)
    return "".join(
        rule if rule.strip().startswith(_MIRRORED_BY_QT) else _turned(rule) for rule in rules
    )


def _turned(rule: str) -> str:
    sides = {"left": "right", "right": "left"}
    turned = re.sub(
        r"\b(border|margin|padding)-(left|right)\b", lambda m: f"{m[1]}-{sides[m[2]]}", rule
    )
    four = r"\b(padding|margin): ([^\s;]+) ([^\s;]+) ([^\s;]+) ([^\s;]+);"
    return re.sub(four, r"\1: \2 \5 \4 \3;", turned)


def sheet(roles: Roles) -> str:
    """The style sheet of a theme."""
    return _SHEET.substitute({name: getattr(roles, name) for name in ROLE_NAMES})
