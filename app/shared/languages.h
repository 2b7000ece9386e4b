// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

class QCoreApplication;

namespace thaw {

/// Codes of the languages the window speaks: "en" and one for every compiled translation.
QStringList availableLanguages();

/// The language's own name, "Deutsch".
QString languageTitle(const QString& code);

/// Installs the translation of a language, of the desktop's when `code` is empty, and makes its number formats the
/// default. English stands in where a language is missing. Call once, before the window is made.
void installLanguage(QCoreApplication& application, const QString& code);

}  // namespace thaw
