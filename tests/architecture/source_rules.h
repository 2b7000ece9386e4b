// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/architecture/layer_rules.h"

/// The house rules that one file can break by itself, as a function over its text.
namespace thaw::architecture {

inline constexpr int kLongestFile = 500;

/// Every broken rule of one source file, as `path:line: what is wrong`, ready to click.
inline QStringList faults(const QString& path, const QString& text) {
    static const QRegularExpression thread(
        QStringLiteral("\\b(QThread|QThreadPool|QRunnable|QtConcurrent|std::thread|std::jthread|std::async)\\b"));
    QStringList found;
    if (!text.section('\n', 0, 2).contains(QLatin1String("SPDX-License-Identifier: GPL-3.0-or-later")))
        found << faultAt(path, 1, "has no line 'SPDX-License-Identifier: GPL-3.0-or-later' at its top");
    const bool source = path.endsWith(QLatin1String(".h")) || path.endsWith(QLatin1String(".cpp"));
    if (!source) return found;

    const qsizetype lines = text.count('\n') + (text.isEmpty() || text.endsWith('\n') ? 0 : 1);
    if (lines > kLongestFile)
        found << faultAt(path, kLongestFile,
                         QStringLiteral("has %1 lines; beyond %2 a file holds more than one concept, so split it")
                             .arg(lines)
                             .arg(kLongestFile));
    for (const Include& include : includesOf(text)) {
        const QString what = includeFault(path, include.header, include.quoted);
        if (!what.isEmpty())
            found << faultAt(path, include.line, QStringLiteral("including '%1' %2").arg(include.header, what));
    }
    if (path.startsWith(QLatin1String("widgets/"))) {
        const QString code = withoutComments(text);
        for (auto matches = thread.globalMatch(code); matches.hasNext();) {
            const auto match = matches.next();
            found << faultAt(path, lineOf(code, match.capturedStart()),
                             QStringLiteral("'%1': widgets own no thread, the engine does").arg(match.captured(1)));
        }
    }
    return found;
}

}  // namespace thaw::architecture
