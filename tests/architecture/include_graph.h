// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/architecture/layer_rules.h"

#include <deque>
#include <set>

/// What includes bring in by way of other includes. Computed from the tree, so it holds whatever the table says.
namespace thaw::architecture {

/// Every folder that includes itself by way of others, once for each include on such a way: the includes that close a
/// ring, with their places.
inline QStringList folderCycles(const SourceTree& tree) {
    std::map<QString, std::map<QString, QStringList>> arrows;  // from, to, places
    for (const auto& [path, text] : tree)
        for (const Include& include : includesOf(text)) {
            const QString from = folderOf(path), to = folderOf(include.header);
            if (include.quoted && from != to && tree.contains(include.header))
                arrows[from][to] << faultAt(path, include.line, "'" + include.header + "'");
        }
    const auto reached = [&](const QString& start) {
        std::set<QString> seen;
        std::deque<QString> next{start};
        while (!next.empty()) {
            for (const auto& [to, places] : arrows[next.front()])
                if (seen.insert(to).second) next.push_back(to);
            next.pop_front();
        }
        return seen;
    };
    std::map<QString, std::set<QString>> reach;
    for (const auto& [path, text] : tree)
        if (const QString folder = folderOf(path); !reach.contains(folder)) reach[folder] = reached(folder);
    QStringList found;
    for (const auto& [from, targets] : arrows)
        for (const auto& [to, places] : targets)
            if (reach[to].contains(from))
                found << QStringLiteral("%1 and %2 include one another: %3")
                             .arg(from, to, places.join(QLatin1String("; ")));
    return found;
}

/// Files that must compile without LibTorch: the programs, the widgets, plain values, and the headers of the doors to
/// the core. A header named `*_impl.h` is no door.
inline bool compilesWithoutTorch(const QString& path) {
    const auto in = [&](const char* folder) { return path.startsWith(QLatin1String(folder)); };
    if (in("app/") || in("widgets/") || in("core/values/") || in("core/formats/") || in("core/wire/") ||
        in("core/engine/"))
        return true;
    return (in("core/session/") || in("core/lab/")) && path.endsWith(QLatin1String(".h")) &&
           !path.endsWith(QLatin1String("_impl.h"));
}

/// The window's own files, which leave JSON to core/formats: its parser doubles the time a file takes to compile.
inline bool compilesWithoutJson(const QString& path) {
    return path.startsWith(QLatin1String("widgets/")) ||
           (path.startsWith(QLatin1String("app/")) && !path.startsWith(QLatin1String("app/cli/")));
}

/// Each file that must compile without a library and includes it, itself or by way of our own headers; with the shortest
/// way.
inline QStringList libraryFaults(const SourceTree& tree, bool (*without)(const QString& path),
                                 bool (*isOfLibrary)(const QString& header), const QString& library) {
    std::map<QString, std::vector<Include>> includes;
    for (const auto& [path, text] : tree) includes[path] = includesOf(text);
    QStringList found;
    for (const auto& [path, text] : tree) {
        if (!without(path)) continue;
        std::map<QString, QString> cameFrom{{path, QString()}};
        QString reached;
        std::deque<QString> next{path};
        while (!next.empty() && reached.isEmpty()) {
            const QString file = next.front();
            next.pop_front();
            for (const Include& include : includes[file]) {
                if (!isOfLibrary(include.header) && !tree.contains(include.header)) continue;
                if (cameFrom.emplace(include.header, file).second) next.push_back(include.header);
                if (reached.isEmpty() && isOfLibrary(include.header)) reached = include.header;
            }
        }
        if (reached.isEmpty()) continue;
        QStringList way;
        for (QString file = reached; file != path; file = cameFrom[file]) way.prepend(file);
        const auto first = std::find_if(includes[path].begin(), includes[path].end(),
                                        [&](const Include& include) { return include.header == way.front(); });
        found << faultAt(path, first->line,
                         QStringLiteral("includes %1: %2").arg(library, way.join(QLatin1String(" > "))));
    }
    return found;
}

inline QStringList torchFaults(const SourceTree& tree) {
    return libraryFaults(tree, compilesWithoutTorch, isTorch, QStringLiteral("LibTorch"));
}

inline QStringList jsonFaults(const SourceTree& tree) {
    const auto isJson = [](const QString& header) { return header.startsWith(QLatin1String("nlohmann/")); };
    return libraryFaults(tree, compilesWithoutJson, isJson, QStringLiteral("the JSON parser"));
}

}  // namespace thaw::architecture
