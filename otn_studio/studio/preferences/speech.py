"""Letting a program speak a language: its texts, Qt's own, numbers and dates, the way of reading."""

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from otn_studio.blocks.languages import best
from otn_studio.studio import words


def of_system() -> str:
    """The language that the program speaks where nobody has chosen one."""
    wanted = QLocale.system().uiLanguages()[:1] or [""]
    return best(words.languages(), wanted[0].replace("-", "_")) or words.languages()[0]


def speak(application: QApplication, language: str) -> None:
    """Speak a language, or the system's where it is empty. What is on the screen stays as it is."""
    spoken = language if language in words.languages() else of_system()
    words.speak(spoken)
    here, system = QLocale(spoken), QLocale.system()
    QLocale.setDefault(system if system.language() == here.language() or not language else here)
    application.setLayoutDirection(here.textDirection())
    texts = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if texts.load(here, "qtbase", "_", folder):
        application.installTranslator(texts)
