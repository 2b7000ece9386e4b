// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/array_files.h"

#include "core/lab/array_file.h"

#include <exception>

namespace thaw {

QString saveArrays(const QString& path, const NamedArrays& content) {
    try {
        writeArrays(path.toStdString(), content);
    } catch (const std::exception& e) {
        return QString::fromUtf8(e.what());
    }
    return {};
}

std::optional<QByteArray> textOfArrays(const QString& path, const QString& name, QString* error) {
    try {
        if (const auto text = textInArrays(path.toStdString(), name.toStdString()))
            return QByteArray::fromStdString(*text);
    } catch (const std::exception& e) {
        *error = QString::fromUtf8(e.what());
    }
    return {};
}

}  // namespace thaw
