// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/architecture/source_text.h"

#include <QRegularExpression>

/// Two types of one name in one namespace are two definitions of the same entity as soon as both are linked into a
/// program, which no compiler reports: it calls the functions of one of them for both.
namespace thaw::architecture {

/// Every type that two headers define under the same full name, as `path:line: what is wrong`. Headers are given as text
/// by path from the repository root; a namespace is taken to be opened at the start of a line and closed by `}  // namespace`.
inline QStringList typeNameFaults(const std::map<QString, QString>& headers) {
    static const QRegularExpression opened(QStringLiteral("^(?:inline )?namespace ([\\w:]+) \\{"));
    static const QRegularExpression type(
        QStringLiteral("^(?:class|struct|union|enum class|enum) (\\w+)\\b(?![:<])(?! *;)"));
    QStringList found;
    std::map<QString, QString> places;
    for (const auto& [path, text] : headers) {
        QStringList spaces;
        const QStringList lines = withoutComments(text).split('\n');
        const QStringList all = text.split('\n');
        for (qsizetype i = 0; i < lines.size(); ++i) {
            if (const auto match = opened.match(lines[i]); match.hasMatch()) spaces << match.captured(1);
            else if (all[i].startsWith(QLatin1String("}  // namespace")) && !spaces.isEmpty()) spaces.removeLast();
            const auto match = type.match(lines[i]);
            if (!match.hasMatch()) continue;
            const QString name = (spaces + QStringList{match.captured(1)}).join(QStringLiteral("::"));
            const QString place = QStringLiteral("%1:%2").arg(path).arg(i + 1);
            if (const auto [it, isNew] = places.try_emplace(name, place); !isNew)
                found << QStringLiteral("%1: '%2' is also defined at %3; name both by what they are")
                             .arg(place, name, it->second);
        }
    }
    return found;
}

}  // namespace thaw::architecture
