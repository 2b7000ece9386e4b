// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/architecture/source_text.h"

#include <QRegularExpression>

#include <algorithm>
#include <vector>

/// What each folder may include: the one table of the folders and of the arrows between them.
namespace thaw::architecture {

struct Folder {
    QString path;
    QStringList sees;  ///< folders, or a whole layer ("widgets"); every folder sees itself
};

/// Each folder sees folders that stand above it in its layer. A folder that is missing here fails, so a new one gets
/// its arrows before its second file.
///
///     core/values  <-- widgets <-- app          plain values upwards
///     core/formats <-- app                      values read from JSON and run folders
///     core/formats <-- core/wire                values as messages to another machine
///     core/session, core/lab <-- core/engine    all that a window asks for: commands in, facts out
///     core/engine <-- app/engine                the window's only door to the numerical core,
///     core/wire <-- app/engine                  ... also where that is on another machine,
///     core/device <-- app/engine                ... and what it asks of the machine
///     core (headers without LibTorch) <-- app/cli
inline const std::vector<Folder>& folders() {
    static const QString values = QStringLiteral("core/values"), formats = QStringLiteral("core/formats");
    static const std::vector<Folder> table = {
        {values, {}},
        {formats, {values}},
        {"core/wire", {values, formats}},
        {"core/nn", {values, formats}},
        {"core/parallel", {values}},
        {"core/device", {values, "core/nn", "core/parallel"}},
        {"core/diffusion", {values, "core/device", "core/nn"}},
        {"core/io", {values, formats, "core/diffusion", "core/nn"}},
        {"core/data", {values, formats, "core/diffusion", "core/io"}},
        {"core/metrics",
         {values, formats, "core/data", "core/device", "core/diffusion", "core/io", "core/nn", "core/parallel"}},
        {"core/gan", {values, "core/diffusion", "core/metrics", "core/parallel"}},
        {"core/distill", {values, "core/diffusion", "core/gan", "core/metrics"}},
        {"core/train",
         {values, formats, "core/data", "core/device", "core/diffusion", "core/distill", "core/gan", "core/io",
          "core/parallel"}},
        {"core/spectral", {values, "core/data", "core/diffusion", "core/io", "core/nn"}},
        {"core/session",
         {values, formats, "core/data", "core/device", "core/diffusion", "core/io", "core/metrics", "core/nn",
          "core/parallel", "core/spectral", "core/train"}},
        {"core/lab",
         {values, formats, "core/data", "core/device", "core/diffusion", "core/io", "core/metrics", "core/nn",
          "core/session", "core/spectral"}},

        {"core/engine", {values, formats, "core/device", "core/lab", "core/session"}},
        {"core/study", {values, formats, "core/diffusion", "core/io", "core/lab", "core/metrics", "core/session"}},

        {"widgets/base", {values}},
        {"widgets/curves", {values, "widgets/base"}},
        {"widgets/heatmap", {values, "widgets/base"}},
        {"widgets/samples", {values, "widgets/base"}},
        {"widgets/model", {values, "widgets/base"}},
        {"widgets/run", {values, "widgets/base"}},
        {"widgets/figure",
         {values, "widgets/base", "widgets/curves", "widgets/heatmap", "widgets/run", "widgets/samples"}},

        {"app/cli", {"core"}},
        {"app/engine", {values, formats, "core/device", "core/engine", "core/lab", "core/session", "core/wire"}},
        {"app/shared", {values, formats, "widgets", "app/engine"}},
        {"app/model", {values, formats, "widgets", "app/engine", "app/shared"}},
        {"app/figure", {values, formats, "widgets", "app/engine", "app/shared"}},
        {"app/samples", {values, formats, "widgets", "app/engine", "app/figure", "app/shared"}},
        {"app/training", {values, formats, "widgets", "app/engine", "app/figure", "app/shared"}},
        {"app/frequency", {values, formats, "widgets", "app/engine", "app/figure", "app/shared"}},
        {"app/studies", {values, formats, "widgets", "app/figure", "app/shared"}},
        {"app/window",
         {values, formats, "widgets", "app/engine", "app/figure", "app/frequency", "app/model", "app/samples",
          "app/shared", "app/studies", "app/training"}},
        {"app", {values, formats, "widgets", "app/figure", "app/shared", "app/window"}},
    };
    return table;
}

/// One line `#include`.
struct Include {
    QString header;
    bool quoted = false;
    qsizetype line = 0;
};

/// The includes of a file, those in comments left out.
inline std::vector<Include> includesOf(const QString& text) {
    static const QRegularExpression include(QStringLiteral("^[ \\t]*#[ \\t]*include[ \\t]*([<\"])([^>\"]+)[>\"]"),
                                            QRegularExpression::MultilineOption);
    std::vector<Include> found;
    const QString code = withoutComments(text);
    for (auto matches = include.globalMatch(code); matches.hasNext();) {
        const auto match = matches.next();
        found.push_back(
            {match.captured(2), match.captured(1) == QLatin1String("\""), lineOf(code, match.capturedStart(1))});
    }
    return found;
}

inline bool isTorch(const QString& header) {
    static const QRegularExpression torch(QStringLiteral("^(torch|ATen|c10|caffe2)/"));
    return torch.match(header).hasMatch();
}

inline bool isQt(const QString& header) {
    static const QRegularExpression qt(QStringLiteral("^(Q[A-Za-z0-9]+(/.*)?|q[a-z0-9_]+\\.h)$"));
    return qt.match(header).hasMatch();
}

/// Why the table of folders forbids including our own `header` from the file `path`; empty when it does not.
inline QString arrowFault(const QString& path, const QString& header) {
    const QString from = folderOf(path), to = folderOf(header);
    if (from == to || path.startsWith(QLatin1String("tests/"))) return {};
    const auto folder =
        std::find_if(folders().begin(), folders().end(), [&](const Folder& f) { return f.path == from; });
    if (folder == folders().end())
        return QStringLiteral("comes from a folder that has no arrows yet: give %1 a row in layer_rules.h").arg(from);
    for (const QString& seen : folder->sees)
        if (to == seen || (!seen.contains('/') && to.startsWith(seen + '/'))) return {};
    return QStringLiteral("goes against the arrows: %1 sees %2").arg(from, folder->sees.join(QLatin1String(", ")));
}

/// What is wrong with including `header` from the file `path` (both from the repository root); empty when allowed.
inline QString includeFault(const QString& path, const QString& header, bool quoted) {
    const auto in = [&](const char* folder) { return path.startsWith(QLatin1String(folder)); };
    const auto from = [&](const char* folder) { return header.startsWith(QLatin1String(folder)); };
    if (quoted && !header.endsWith(QLatin1String(".moc")) && (!header.contains('/') || header.contains("../")))
        return QStringLiteral("is not the address from the repository root");
    if (header == QLatin1String("qcustomplot.h"))
        return path == QLatin1String("widgets/base/qcustomplot.h")
                   ? QString()
                   : QStringLiteral("goes around the wrapper widgets/base/qcustomplot.h");
    if ((in("core/") || in("app/cli/")) && isQt(header))
        return QStringLiteral("brings Qt into a folder that is built on machines without it");
    if (isTorch(header) && (in("app/") || in("widgets/") || in("core/values/") || in("core/formats/") ||
                            in("core/wire/") || in("core/engine/")))
        return QStringLiteral("brings LibTorch into a folder that compiles without it");
    if (from("nlohmann/") && in("core/values/") && path.endsWith(QLatin1String(".h")))
        return QStringLiteral("makes every user of the values pay for the JSON parser");
    if (from("tests/") && !in("tests/")) return QStringLiteral("makes the program depend on its tests");
    // Measuring, and its tests, take from a session what it has open; both hide LibTorch behind their headers.
    const bool lab = (in("core/lab/") || in("tests/core/lab/")) && from("core/session/");
    if (header.endsWith(QLatin1String("_impl.h")) && folderOf(path) != folderOf(header) && !lab)
        return QStringLiteral("opens what another folder keeps to itself (_impl.h)");
    if (from("core/") || from("widgets/") || from("app/")) return arrowFault(path, header);
    return {};
}

}  // namespace thaw::architecture
