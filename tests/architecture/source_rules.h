// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRegularExpression>
#include <QString>
#include <QStringList>

/// The house rules that a compiler does not hold, as a function over text: what a file may include depends on its room.
///
///     core/values  ◄── widgets ◄── app          nothing but the standard library below, plain values upwards
///     core/formats ◄── app                      values read from JSON and run folders, without LibTorch
///     core         ◄── app/engine, app/cli      the only rooms that see the numerical core
///     Qt           ──► widgets, app, tests      never core, never app/cli: they build on machines without Qt
namespace thaw::architecture {

inline constexpr int kLongestFile = 500;

/// The text with comments blanked out and every line kept in its place, so that prose breaks no rule.
inline QString withoutComments(const QString& text) {
    QString code = text;
    enum { Code, Line, Block, Quoted } state = Code;
    for (qsizetype i = 0; i < code.size(); ++i) {
        const QChar c = code[i];
        const QChar next = i + 1 < code.size() ? code[i + 1] : QChar();
        switch (state) {
        case Code:
            if (c == '"') state = Quoted;
            else if (c == '/' && next == '/') state = Line;
            else if (c == '/' && next == '*') state = Block;
            break;
        case Quoted:
            if (c == '\\') ++i;
            else if (c == '"' || c == '\n') state = Code;
            break;
        case Line:
            if (c == '\n') state = Code;
            break;
        case Block:
            if (c == '*' && next == '/') {
                code[i] = code[i + 1] = ' ';
                state = Code;
            }
            break;
        }
        if ((state == Line || state == Block) && code[i] != '\n') code[i] = ' ';
    }
    return code;
}

/// What is wrong with including `header` from the file `path` (both from the repository root); empty when allowed.
inline QString includeFault(const QString& path, const QString& header, bool quoted) {
    static const QRegularExpression qt(QStringLiteral("^(Q[A-Za-z0-9]+(/.*)?|q[a-z0-9_]+\\.h)$"));
    static const QRegularExpression torch(QStringLiteral("^(torch|ATen|c10|caffe2)/"));
    const auto in = [&](const char* room) { return path.startsWith(QLatin1String(room)); };
    const auto from = [&](const char* room) { return header.startsWith(QLatin1String(room)); };
    const bool values = in("core/values/") || in("core/formats/");
    const bool seesCore = (in("core/") && !values) || in("app/engine/") || in("app/cli/") || in("tests/");

    if (quoted && !header.endsWith(QLatin1String(".moc")) && (!header.contains('/') || header.contains("../")))
        return QStringLiteral("is not the address from the repository root");
    if (header == QLatin1String("qcustomplot.h"))
        return path == QLatin1String("widgets/base/qcustomplot.h")
                   ? QString()
                   : QStringLiteral("goes around the wrapper widgets/base/qcustomplot.h");
    if ((in("core/") || in("app/cli/")) && (qt.match(header).hasMatch() || from("widgets/")))
        return QStringLiteral("brings Qt into a room that is built on machines without it");
    if (in("core/") && from("app/")) return QStringLiteral("makes the core depend on the programs");
    if (in("widgets/") && from("app/")) return QStringLiteral("makes the widgets depend on the program");
    if (torch.match(header).hasMatch() && !seesCore)
        return QStringLiteral("brings LibTorch into a room of plain values");
    if (values && path.endsWith(QLatin1String(".h")) && from("nlohmann/"))
        return QStringLiteral("makes every user of the values pay for the JSON parser");
    const bool plain = from("core/values/") || (from("core/formats/") && (in("app/") || in("core/formats/")));
    if (from("core/") && !plain && !seesCore)
        return QStringLiteral("reaches into the numerical core: only plain values are visible here");
    return {};
}

/// Every broken rule of one source file, as `path:line: what is wrong`, ready to click.
inline QStringList faults(const QString& path, const QString& text) {
    static const QRegularExpression include(QStringLiteral("^\\s*#\\s*include\\s*([<\"])([^>\"]+)[>\"]"));
    static const QRegularExpression thread(
        QStringLiteral("\\b(QThread|QThreadPool|QRunnable|QtConcurrent|std::thread|std::jthread|std::async)\\b"));
    QStringList found;
    const auto fault = [&](qsizetype line, const QString& what) {
        found << QStringLiteral("%1:%2: %3").arg(path).arg(line).arg(what);
    };
    if (!text.section('\n', 0, 2).contains(QLatin1String("SPDX-License-Identifier: GPL-3.0-or-later")))
        fault(1, QStringLiteral("has no line 'SPDX-License-Identifier: GPL-3.0-or-later' at its top"));
    const bool source = path.endsWith(QLatin1String(".h")) || path.endsWith(QLatin1String(".cpp"));
    if (!source) return found;

    const qsizetype lines = text.count('\n') + (text.isEmpty() || text.endsWith('\n') ? 0 : 1);
    if (lines > kLongestFile)
        fault(kLongestFile, QStringLiteral("has %1 lines; beyond %2 a file holds more than one concept, so split it")
                                .arg(lines)
                                .arg(kLongestFile));
    const QStringList code = withoutComments(text).split('\n');
    for (qsizetype i = 0; i < code.size(); ++i) {
        if (const auto match = include.match(code[i]); match.hasMatch()) {
            const QString header = match.captured(2);
            const QString what = includeFault(path, header, match.captured(1) == QLatin1String("\""));
            if (!what.isEmpty()) fault(i + 1, QStringLiteral("including '%1' %2").arg(header, what));
        }
        if (const auto match = thread.match(code[i]); path.startsWith(QLatin1String("widgets/")) && match.hasMatch())
            fault(i + 1, QStringLiteral("'%1': widgets own no thread, the engine does").arg(match.captured(1)));
    }
    return found;
}

}  // namespace thaw::architecture
