// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/architecture/source_text.h"

#include <QRegularExpression>

#include <vector>

/// The project speaks the words of Qt and of the field, and of nothing but itself.
namespace thaw::architecture {

struct BannedWord {
    const char* pattern;
    const char* instead;
};

inline const std::vector<BannedWord>& bannedWords() {
    static const std::vector<BannedWord> words = {
        {"\\b[Ii]nk(?![a-z])|[a-z]Ink(?![a-z])", "style, colour"},
        {"\\b[Dd]esk(?!top)|[a-z]Desk(?!top)", "window state"},
        {"\\b[Ww]ish(es|ed)?\\b|[a-z]Wish(es)?\\b", "request"},
        {"\\b[Pp]ersons?\\b", "user"},
        {"(?<!::)\\b[Ee]yes?\\b", "frozen features, identity matrix"},
        {"[Mm]ail ?box", "slot, pending request"},
        {"\\bscalpel_?|[Ss]calpel", "surgery"},
        {"\\bway_", "trajectoryButton_, path_"},
        {"\\brest_", "what it is: remaining_, others_"},
        {"\\b[Ll]ie of the land\\b", "layout"},
        {"\\b[Ii]ssue #?\\d+|\\bticket\\b|\\bTODO\\b|\\bFIXME\\b", "what the code does and why"},
    };
    return words;
}

/// Every banned word of a file, in identifiers, comments and texts, with the words to take instead.
inline QStringList wordFaults(const QString& path, const QString& text) {
    static const auto patterns = [] {
        std::vector<std::pair<QRegularExpression, QString>> compiled;
        for (const BannedWord& word : bannedWords())
            compiled.emplace_back(QRegularExpression(QString::fromLatin1(word.pattern)),
                                  QString::fromLatin1(word.instead));
        return compiled;
    }();
    QStringList found;
    for (const auto& [pattern, instead] : patterns)
        for (auto matches = pattern.globalMatch(text); matches.hasNext();) {
            const auto match = matches.next();
            found << faultAt(path, lineOf(text, match.capturedStart()),
                             QStringLiteral("'%1'; say instead: %2").arg(match.captured(), instead));
        }
    return found;
}

}  // namespace thaw::architecture
