// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>
#include <QtTest/QTest>

namespace program {

struct Outcome {
    int code = -1;
    QByteArray out, err;
    QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
};

inline QString path() { return qEnvironmentVariable("THAW_CLI"); }

/// Runs the real program to its end.
inline Outcome run(const QStringList& arguments, const QString& program = path()) {
    QProcess process;
    process.start(program, arguments);
    process.waitForFinished(600000);
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAllStandardOutput(),
            process.readAllStandardError()};
}

inline QString golden(const QString& name) { return QStringLiteral(THAW_GOLDEN "/") + name; }
/// 28x28 grey, random weights: runs everywhere in no time.
inline QString toyModel() { return golden("ddpmpp_gray_28.weights.safetensors"); }

inline QByteArray bytes(const QString& file) {
    QFile f(file);
    return f.open(QIODevice::ReadOnly) ? f.readAll() : QByteArray();
}
inline void write(const QString& file, const QByteArray& content) {
    QFile f(file);
    QVERIFY2(f.open(QIODevice::WriteOnly), qPrintable(file));
    f.write(content);
}

inline QByteArray bigEndian(quint32 n) {
    QByteArray b;
    for (int shift : {24, 16, 8, 0}) b.append(char(n >> shift & 255));
    return b;
}

/// A folder of IDX files: bright squares whose place is the class, with a little noise.
inline void writeToyData(const QString& folder, int train = 96, int test = 140) {
    QDir().mkpath(folder);
    quint32 state = 1;
    const auto noise = [&] { return (state = state * 1664525u + 1013904223u) >> 28; };
    for (const auto& [part, count] : {std::pair<QString, int>{"train", train}, {"t10k", test}}) {
        QByteArray images = bigEndian(0x803) + bigEndian(quint32(count)) + bigEndian(28) + bigEndian(28);
        QByteArray labels = bigEndian(0x801) + bigEndian(quint32(count));
        for (int k = 0; k < count; ++k) {
            labels.append(char(k % 4));
            const int left = k % 2 * 14, top = k / 2 % 2 * 14;
            for (int y = 0; y < 28; ++y)
                for (int x = 0; x < 28; ++x)
                    images.append(
                        char((x >= left && x < left + 14 && y >= top && y < top + 14 ? 180 : 20) + int(noise())));
        }
        write(folder + "/" + part + "-images-idx3-ubyte", images);
        write(folder + "/" + part + "-labels-idx1-ubyte", labels);
    }
}

/// A float32 .npy of that shape, filled with 0.25.
inline void writeNpy(const QString& file, const QString& shape, int count) {
    QByteArray header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + shape.toLatin1() + "), }";
    header.append(QByteArray((64 - (11 + header.size()) % 64) % 64, ' ')).append('\n');
    QByteArray content("\x93NUMPY\x01\x00", 8);
    content.append(char(header.size() & 255)).append(char(header.size() >> 8)).append(header);
    const float value = 0.25f;
    for (int i = 0; i < count; ++i) content.append(reinterpret_cast<const char*>(&value), 4);
    write(file, content);
}

inline bool isPng(const QString& file) { return bytes(file).startsWith("\x89PNG\r\n"); }

}  // namespace program
