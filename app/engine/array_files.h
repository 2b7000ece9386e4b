// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/named_arrays.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace thaw {

/// Writes a `.npz` archive, whole or not at all; returns an error for the user, or nothing.
QString saveArrays(const QString& path, const NamedArrays& content);

/// One text of such an archive; nothing where it has none of that name, and where it cannot be read, which `error` says.
std::optional<QByteArray> textOfArrays(const QString& path, const QString& name, QString* error);

}  // namespace thaw
