// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDebug>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QString>
#include <QStringList>

#include <map>

/// The source as text: what the rules of this folder read. Every function keeps each line in its place, so that a fault
/// names the line of the file.
namespace thaw::architecture {

/// Path from the root of the repository, with slashes, to the text of the file.
using SourceTree = std::map<QString, QString>;

/// The files below `folders` (from the root) whose names match `kinds`, such as "*.h".
inline SourceTree readTree(const QStringList& folders, const QStringList& kinds) {
    SourceTree tree;
    const QDir root(QStringLiteral(THAW_ROOT));
    for (const QString& folder : folders) {
        QDirIterator files(root.filePath(folder), kinds, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (file.open(QIODevice::ReadOnly))
                tree[root.relativeFilePath(file.fileName())] = QString::fromUtf8(file.readAll());
        }
    }
    return tree;
}

/// Headers and sources of the program, without its tests.
inline SourceTree readProgram() { return readTree({"app", "core", "widgets"}, {"*.h", "*.cpp"}); }

/// The folder of a file, `core/nn` for `core/nn/layers.h`.
inline QString folderOf(const QString& path) { return path.left(qMax(qsizetype(0), path.lastIndexOf('/'))); }

/// The line of position `at`, counted from one.
inline qsizetype lineOf(const QString& text, qsizetype at) { return QStringView(text).left(at).count('\n') + 1; }

inline bool isWordPart(QChar c) { return c.isLetterOrNumber() || c == '_'; }

/// Where the string, raw string or character literal that opens at `from` ends: the position of its last quote. `from`
/// itself where no literal opens there.
inline qsizetype literalEnd(const QString& text, qsizetype from) {
    const QChar quote = text[from];
    const bool afterWord = from > 0 && isWordPart(text[from - 1]);
    if (quote == '"' && from > 0 && text[from - 1] == 'R') {
        const qsizetype open = text.indexOf('(', from);
        const QString close = ')' + text.mid(from + 1, open - from - 1) + '"';
        const qsizetype end = text.indexOf(close, open);
        return end < 0 ? text.size() - 1 : end + close.size() - 1;
    }
    if (quote != '"' && (quote != '\'' || afterWord)) return from;  // 1'000 is no character
    for (qsizetype i = from + 1; i < text.size(); ++i) {
        if (text[i] == '\\') ++i;
        else if (text[i] == quote || text[i] == '\n') return i;
    }
    return text.size() - 1;
}

/// The text with comments blanked out, and what stands between quotes too where `literals` says so.
inline QString blanked(const QString& text, bool literals) {
    QString code = text;
    const auto blank = [&](qsizetype from, qsizetype to) {
        for (qsizetype i = from; i < to && i < code.size(); ++i)
            if (code[i] != '\n') code[i] = ' ';
    };
    for (qsizetype i = 0; i < code.size(); ++i) {
        const QStringView two = QStringView(code).mid(i, 2);
        if (two == QLatin1String("//") || two == QLatin1String("/*")) {
            const bool line = two == QLatin1String("//");
            qsizetype end = line ? code.indexOf('\n', i) : code.indexOf(QLatin1String("*/"), i + 2);
            end = end < 0 ? code.size() : end + (line ? 0 : 2);
            blank(i, end);
            i = end - 1;
        } else if (code[i] == '"' || code[i] == '\'') {
            const qsizetype end = literalEnd(code, i);
            if (literals) blank(i + 1, end);
            i = end;
        }
    }
    return code;
}

inline QString withoutComments(const QString& text) { return blanked(text, false); }

/// Neither comments, nor the contents of literals, nor lines of the preprocessor: braces and names that count.
inline QString codeOnly(const QString& text) {
    QString code = blanked(text, true);
    for (qsizetype i = 0; i < code.size();) {
        qsizetype end = code.indexOf('\n', i);
        if (end < 0) end = code.size();
        qsizetype first = i;
        while (first < end && code[first].isSpace()) ++first;
        if (first < end && code[first] == '#') {
            while (end < code.size() && code[end - 1] == '\\') {
                end = code.indexOf('\n', end + 1);
                if (end < 0) end = code.size();
            }
            for (qsizetype k = i; k < end; ++k)
                if (code[k] != '\n') code[k] = ' ';
        }
        i = end + 1;
    }
    return code;
}

/// The position of the brace that closes the one at `open`; the end of the text where none does.
inline qsizetype closingBrace(const QString& code, qsizetype open) {
    int depth = 0;
    for (qsizetype i = open; i < code.size(); ++i) {
        if (code[i] == '{') ++depth;
        else if (code[i] == '}' && --depth == 0) return i;
    }
    return code.size();
}

/// `path:line: what`, ready to click.
inline QString faultAt(const QString& path, qsizetype line, const QString& what) {
    return QStringLiteral("%1:%2: %3").arg(path).arg(line).arg(what);
}

/// Writes each fault in full, because Qt Test cuts long messages; the return value is for the message itself.
inline QByteArray reported(const QStringList& faults) {
    for (const QString& fault : faults) qWarning().noquote() << fault;
    return QByteArray::number(faults.size()) + " faults, see above";
}

}  // namespace thaw::architecture
