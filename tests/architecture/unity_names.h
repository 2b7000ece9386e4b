// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/architecture/declarations.h"

#include <algorithm>

/// Sources of one folder are compiled together, so what they keep to themselves needs names of its own there.
namespace thaw::architecture {

/// `using Json = nlohmann::json`: the same alias may stand in two files, another one of that name may not.
inline bool isAlias(const Declaration& d) {
    return d.head.startsWith(QLatin1String("using ")) || d.head.startsWith(QLatin1String("namespace "));
}

/// The names that a declaration of namespace scope brings in.
inline QStringList namesOf(const Declaration& d) {
    static const QRegularExpression lastWord(QStringLiteral("([A-Za-z_]\\w*)\\s*$"));
    static const QRegularExpression typeName(QStringLiteral("^enum(?: class| struct)?\\s+([A-Za-z_]\\w*)"));
    static const QRegularExpression declaredType(QStringLiteral("^(?:class|struct|union)\\s+([A-Za-z_]\\w*)$"));
    static const QRegularExpression noName(
        QStringLiteral("^(?:using namespace|using enum|static_assert|friend|extern|Q_|QTEST_|THAW_)"));
    const QString head = withoutTemplate(d.head);
    if (noName.match(head).hasMatch() || head.contains(QLatin1String("operator"))) return {};
    if (d.kind == Declaration::Class) return {classOf(d.head)};
    if (d.kind == Declaration::Enumeration) {
        QStringList names{typeName.match(head).captured(1)};
        names.removeAll(QString());
        if (!head.startsWith(QLatin1String("enum class")))
            for (const QString& part : d.body.split(','))
                if (const QString name = part.section('=', 0, 0).trimmed(); !name.isEmpty()) names << name;
        return names;
    }
    if (const auto match = declaredType.match(head); match.hasMatch()) return {match.captured(1)};
    QStringList names;
    for (qsizetype from = 0; from < head.size();) {
        qsizetype comma = d.kind == Declaration::Function ? -1 : findOutside(head, ",", from);
        if (comma < 0) comma = head.size();
        const QString part = head.mid(from, comma - from);
        const qsizetype end = findOutside(part, "=([{");
        const auto name = lastWord.match(end < 0 ? part : part.left(end));
        const bool member =
            name.hasMatch() && !isAlias(d) && part.left(name.capturedStart()).trimmed().endsWith(QLatin1String("::"));
        if (name.hasMatch() && !member) names << name.captured(1);
        from = comma + 1;
    }
    return names;
}

/// Every name that two sources of a folder define in unnamed namespaces, or as `static`, with all its places.
inline QStringList unityFaults(const SourceTree& tree) {
    struct Place {
        qsizetype line = 0;
        QString alias;
    };
    std::map<QString, std::map<QString, std::map<QString, Place>>> defined;  // folder, name, file
    for (const auto& [path, text] : tree) {
        if (!path.endsWith(QLatin1String(".cpp"))) continue;
        for (const Declaration& d : declarationsOf(text).found) {
            const bool own = d.unnamed || withoutTemplate(d.head).startsWith(QLatin1String("static "));
            if (!own || d.inClass) continue;
            for (const QString& name : namesOf(d))
                defined[folderOf(path)][d.scope + name].emplace(path,
                                                                Place{d.firstLine, isAlias(d) ? d.head : QString()});
        }
    }
    QStringList found;
    for (const auto& [folder, names] : defined)
        for (const auto& [name, places] : names) {
            const QString alias = places.begin()->second.alias;
            const bool same = !alias.isEmpty() && std::all_of(places.begin(), places.end(), [&](const auto& place) {
                return place.second.alias == alias;
            });
            if (same || places.size() < 2) continue;
            QStringList all;
            for (const auto& [path, place] : places) all << QStringLiteral("%1:%2").arg(path).arg(place.line);
            found << QStringLiteral(
                         "%1: '%2' stands in unnamed namespaces of two files of one folder, which may be "
                         "compiled together: %3")
                         .arg(all.front(), name, all.join(QLatin1String(", ")));
        }
    return found;
}

}  // namespace thaw::architecture
