// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCryptographicHash>
#include <QFile>
#include <QString>

#include <optional>

namespace thaw {

/// SHA-256 of a file, a few megabytes a call, for a thread that has other things to do.
class FileChecksum {
public:
    /// Forgets the file before.
    void begin(const QString& file);
    bool isPending() const { return file_.isOpen(); }
    QString file() const { return file_.fileName(); }
    /// One piece; the checksum in hexadecimal when it was the last one. A file that cannot be read gives none.
    std::optional<QString> advance();

private:
    QFile file_;
    QCryptographicHash hash_{QCryptographicHash::Sha256};
};

}  // namespace thaw
