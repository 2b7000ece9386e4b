// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/architecture/declarations.h"

#include <set>

/// A switch over an enumeration of ours names every value, so that the compiler finds each place when one is added.
namespace thaw::architecture {

struct Enumerations {
    std::set<QString> names;        ///< PanelKind
    std::set<QString> enumerators;  ///< Samples
};

/// Every enumeration that the headers define; those of a class too.
inline Enumerations enumerationsOf(const SourceTree& tree) {
    static const QRegularExpression definition(
        QStringLiteral("\\benum(?:\\s+(?:class|struct))?\\s+([A-Za-z_]\\w*)\\s*(?::[^;{]*)?\\{([^}]*)\\}"));
    Enumerations all;
    for (const auto& [path, text] : tree) {
        const QString code = codeOnly(text);
        for (auto matches = definition.globalMatch(code); matches.hasNext();) {
            const auto match = matches.next();
            all.names.insert(match.captured(1));
            for (const QString& part : match.captured(2).split(','))
                if (const QString name = part.section('=', 0, 0).trimmed(); !name.isEmpty())
                    all.enumerators.insert(name);
        }
    }
    return all;
}

/// The enumeration of ours that a case names, `PanelKind` of `thaw::PanelKind::Runs`; "this enumeration" where the case
/// names a value alone; empty for all others (Qt::Key_W, 'x', 3).
inline QString ownEnumeration(const QString& label, const Enumerations& own) {
    const QStringList parts = label.split(QLatin1String("::"), Qt::SkipEmptyParts);
    if (parts.size() == 1) return own.enumerators.contains(parts[0]) ? QStringLiteral("this enumeration") : QString();
    const QString name = parts.value(parts.size() - 2);
    return own.names.contains(name) && parts.front() != QLatin1String("Qt") ? name : QString();
}

/// Each `default:` of a switch over an enumeration of ours.
inline QStringList switchFaults(const QString& path, const QString& text, const Enumerations& own) {
    static const QRegularExpression opening(QStringLiteral("\\bswitch\\s*\\("));
    static const QRegularExpression caseLabel(QStringLiteral("\\bcase\\s+([\\w:]+)\\s*:(?!:)"));
    static const QRegularExpression defaultLabel(QStringLiteral("\\bdefault\\s*:(?!:)"));
    struct Switch {
        qsizetype open, close;
    };
    const QString code = codeOnly(text);
    std::vector<Switch> switches;
    for (auto matches = opening.globalMatch(code); matches.hasNext();) {
        const qsizetype open = code.indexOf('{', matches.next().capturedEnd());
        if (open >= 0) switches.push_back({open, closingBrace(code, open)});
    }
    QStringList found;
    for (const Switch& outer : switches) {
        QString body = code.mid(outer.open, outer.close - outer.open);
        for (const Switch& inner : switches)
            if (inner.open > outer.open && inner.close < outer.close)
                body.replace(inner.open - outer.open, inner.close - inner.open, QString(inner.close - inner.open, ' '));
        const auto label = defaultLabel.match(body);
        const auto first = caseLabel.match(body);
        const QString name = ownEnumeration(first.captured(1), own);
        if (label.hasMatch() && !name.isEmpty())
            found << faultAt(path, lineOf(code, outer.open + label.capturedStart()),
                             QStringLiteral("'default:' hides a value that is added to %1; name every case").arg(name));
    }
    return found;
}

}  // namespace thaw::architecture
