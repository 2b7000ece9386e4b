// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/error.h"

#include <QByteArray>
#include <QFile>
#include <QString>

#include <iterator>
#include <string>

namespace thaw {

/// "FileDamaged: <message>" for the Error a call throws, "nothing" when it throws none.
template <class Call>
QString faultOf(Call&& call) {
    static constexpr const char* kNames[] = {"Usage",       "Configuration", "FileMissing", "FileDamaged",
                                             "WrongKind",   "OutOfMemory",   "NoDevice",    "Diverged",
                                             "Interrupted", "ProcessLost",   "OtherInput"};
    static_assert(std::size(kNames) == std::size_t(ErrorCode::OtherInput) + 1);
    try {
        call();
    } catch (const Error& error) {
        return QString("%1: %2").arg(kNames[int(error.code())], QString::fromStdString(error.message()));
    }
    return "nothing";
}

inline void writeBytes(const QString& path, const QByteArray& bytes) {
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(path));
}

inline QByteArray readBytes(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) qFatal("cannot read %s", qPrintable(path));
    return file.readAll();
}

}  // namespace thaw
