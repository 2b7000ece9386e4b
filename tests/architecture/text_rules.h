// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/architecture/source_text.h"

#include <QRegularExpression>

/// Numbers and JSON as text: what depends on the locale of the process, or throws for a name that is not UTF-8, has one
/// place each (core/values/number_text.h, core/formats/json_text.h).
namespace thaw::architecture {

/// Functions of the C library that read a number with the comma of the locale, JSON that is written strictly, and floating
/// conversions of the printf and scanf families.
inline QStringList textFaults(const QString& path, const QString& text) {
    static const QRegularExpression reading(QStringLiteral("\\b(strtof|strtod|strtold|atof|stof|stod|stold)\\s*\\("));
    static const QRegularExpression locale(QStringLiteral("\\b(setlocale|imbue|locale::global)\\s*\\("));
    static const QRegularExpression dump(QStringLiteral("(?:\\.|->)dump\\s*\\("));
    static const QRegularExpression format(QStringLiteral("\\b\\w*(?:printf|scanf)\\s*\\([^;]*;"));
    static const QRegularExpression floating(QStringLiteral("%[-+ #0-9.*]*[hlL]*[aAeEfFgG]"));
    QStringList found;
    const QString code = withoutComments(text);
    const auto search = [&](const QRegularExpression& pattern, const QString& what) {
        for (auto matches = pattern.globalMatch(code); matches.hasNext();)
            found << faultAt(path, lineOf(code, matches.next().capturedStart()), what);
    };
    search(reading, QStringLiteral("reads a number with the locale's comma; use numberOf"));
    if (path != QLatin1String("app/main.cpp"))
        search(locale, QStringLiteral("changes the locale, which is the business of app/main.cpp"));
    if (path != QLatin1String("core/formats/json_text.h"))
        search(dump, QStringLiteral("throws for a name that is not UTF-8; use jsonText"));
    for (auto matches = format.globalMatch(code); matches.hasNext();) {
        const auto match = matches.next();
        QString call = match.captured();
        if (call.remove(QLatin1String("%%")).contains(floating))
            found << faultAt(path, lineOf(code, match.capturedStart()),
                             QStringLiteral("depends on the locale's comma; use shortNumber or fixedNumber"));
    }
    return found;
}

}  // namespace thaw::architecture
