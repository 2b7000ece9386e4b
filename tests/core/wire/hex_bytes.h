// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <string>

namespace thaw::testing {

/// Bytes from hexadecimal digits with white space between.
inline std::string fromHex(const char* digits) {
    return QByteArray::fromHex(QByteArray(digits).replace(' ', "").replace('\n', "")).toStdString();
}

/// And back, for comparisons that show what differs.
inline QByteArray toHex(const std::string& bytes) { return QByteArray::fromStdString(bytes).toHex(); }

}  // namespace thaw::testing
