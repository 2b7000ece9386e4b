// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/file_checksum.h"

namespace thaw {
namespace {
constexpr qint64 kPiece = 4 << 20;
}

void FileChecksum::begin(const QString& file) {
    file_.close();
    file_.setFileName(file);
    hash_.reset();
    (void)file_.open(QIODevice::ReadOnly);  // not pending where it cannot be read
}

std::optional<QString> FileChecksum::advance() {
    const QByteArray piece = file_.read(kPiece);
    hash_.addData(piece);
    const bool failed = file_.error() != QFileDevice::NoError;
    if (!failed && !file_.atEnd()) return std::nullopt;
    file_.close();
    if (failed) return std::nullopt;
    return QString::fromLatin1(hash_.result().toHex());
}

}  // namespace thaw
