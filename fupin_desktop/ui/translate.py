"""Chinese for Qt's own dialogs and buttons, and Chinese dates and numbers."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication


def install(app: QApplication) -> bool:
    """Load Qt's 简体中文 translation into the application.

    Returns:
        Whether the translation was found.
    """
    locale = QLocale(QLocale.Language.Chinese, QLocale.Country.China)
    QLocale.setDefault(locale)
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    return translator.load(locale, "qtbase", "_", folder) and app.installTranslator(translator)
