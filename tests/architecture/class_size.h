// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/architecture/declarations.h"

#include <algorithm>
#include <set>

/// How large a class is in all its files together. Cutting its functions over several files does not make it smaller.
namespace thaw::architecture {

inline constexpr qsizetype kLongestClass = 500;

struct ClassSize {
    QString name;           ///< with its namespaces
    QString path;           ///< of its definition
    qsizetype line = 0;     ///< of its definition
    qsizetype lines = 0;    ///< its definition and all member functions that are defined outside of it
    qsizetype outside = 0;  ///< of `lines`, those of member functions outside of the definition
    std::set<QString> files;
};

/// `Session::Impl::` of `void Session::Impl::open(int)`; empty where the head defines no member of a class. Only what
/// has a body or is defaulted is meant.
inline QString qualifierOf(const QString& head) {
    static const QRegularExpression name(
        QStringLiteral("((?:[A-Za-z_]\\w*(?:<[^<>]*>)?::)+)(?:~?\\w+|operator.*)\\s*$"));
    const QString plain = withoutTemplate(head);
    const qsizetype operates = plain.indexOf(QLatin1String("operator"));
    qsizetype end = operates >= 0 ? operates + 8 : findOutside(plain, "(");
    if (end < 0) return {};
    QString qualifier = name.match(plain.left(end)).captured(1);
    static const QRegularExpression arguments(QStringLiteral("<[^<>]*>"));
    return qualifier.remove(arguments);
}

/// Every class with member functions outside of its definition, by name.
inline std::map<QString, ClassSize> classSizes(const SourceTree& tree) {
    std::map<QString, Declarations> files;
    for (const auto& [path, text] : tree) files[path] = declarationsOf(text);
    // A class of an unnamed namespace is one of its file.
    const auto nameIn = [](const QString& path, const Declaration& d, const QString& name) {
        return (d.unnamed ? path + " " : QString()) + d.scope + name;
    };
    std::map<QString, ClassSize> sizes;
    for (const auto& [path, declarations] : files)
        for (const Declaration& d : declarations.found)
            if (d.kind == Declaration::Class) {
                const QString name = nameIn(path, d, classOf(d.head));
                sizes[name] = {name, path, d.firstLine, d.lines(), 0, {path}};
            }
    for (const auto& [path, declarations] : files)
        for (const Declaration& d : declarations.found) {
            const bool defaulted = d.kind == Declaration::Other && d.head.endsWith(QLatin1String("= default"));
            if (d.inClass || (d.kind != Declaration::Function && !defaulted)) continue;
            QString qualifier = qualifierOf(d.head);
            qualifier.chop(2);
            if (qualifier.isEmpty()) continue;
            // From the innermost namespace outwards; a class with a name sees those without.
            auto owner = sizes.end();
            for (QString scope = d.scope; owner == sizes.end();) {
                owner = sizes.find(path + " " + scope + qualifier);
                if (owner == sizes.end()) owner = sizes.find(scope + qualifier);
                if (scope.isEmpty()) break;
                const qsizetype outer = scope.lastIndexOf(QLatin1String("::"), -3);
                scope = outer < 0 ? QString() : scope.left(outer + 2);
            }
            if (owner == sizes.end()) continue;
            owner->second.lines += d.lines();
            owner->second.outside += d.lines();
            owner->second.files.insert(path);
        }
    std::erase_if(sizes, [](const auto& entry) { return entry.second.outside == 0; });
    return sizes;
}

/// The classes beyond the longest, the largest first, each with its files.
inline QStringList classFaults(const SourceTree& tree) {
    std::vector<ClassSize> large;
    for (const auto& [name, size] : classSizes(tree))
        if (size.lines > kLongestClass) large.push_back(size);
    std::sort(large.begin(), large.end(), [](const auto& a, const auto& b) { return a.lines > b.lines; });
    QStringList found;
    for (const ClassSize& size : large)
        found << faultAt(size.path, size.line,
                         QStringLiteral("%1 has %2 lines in all its files together (%3); beyond %4 a class has more "
                                        "than one purpose")
                             .arg(size.name)
                             .arg(size.lines)
                             .arg(QStringList(size.files.begin(), size.files.end()).join(QLatin1String(", ")))
                             .arg(kLongestClass));
    return found;
}

}  // namespace thaw::architecture
