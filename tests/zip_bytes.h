// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QPair>

/// The bytes of a zip with those files, stored, in that order: what EDM's dataset tool writes.
namespace zip_bytes {

using File = QPair<QByteArray, QByteArray>;  // name, content

inline QByteArray littleEndian(quint32 value, int bytes) {
    QByteArray b;
    for (int i = 0; i < bytes; ++i) b.append(char(value >> (8 * i) & 255));
    return b;
}

inline quint32 crc32(const QByteArray& bytes) {
    quint32 crc = 0xffffffff;
    for (const char c : bytes) {
        crc ^= quint8(c);
        for (int k = 0; k < 8; ++k) crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
    }
    return ~crc;
}

/// `claimed` bytes in place of the real size of every file, when it is not 0.
inline QByteArray zipOf(const QList<File>& files, quint32 claimed = 0) {
    QByteArray body, directory;
    for (const auto& [name, content] : files) {
        const quint32 size = claimed ? claimed : quint32(content.size());
        const QByteArray common = littleEndian(0, 2) + littleEndian(0, 2) + littleEndian(0, 2) + littleEndian(0x21, 2) +
                                  littleEndian(crc32(content), 4) + littleEndian(size, 4) + littleEndian(size, 4) +
                                  littleEndian(quint32(name.size()), 2) + littleEndian(0, 2);
        directory += littleEndian(0x02014b50, 4) + littleEndian(20, 2) + littleEndian(20, 2) + common +
                     littleEndian(0, 2) + littleEndian(0, 2) + littleEndian(0, 2) + littleEndian(0, 4) +
                     littleEndian(quint32(body.size()), 4) + name;
        body += littleEndian(0x04034b50, 4) + littleEndian(20, 2) + common + name + content;
    }
    const auto count = littleEndian(quint32(files.size()), 2);
    return body + directory + littleEndian(0x06054b50, 4) + littleEndian(0, 4) + count + count +
           littleEndian(quint32(directory.size()), 4) + littleEndian(quint32(body.size()), 4) + littleEndian(0, 2);
}

}  // namespace zip_bytes
