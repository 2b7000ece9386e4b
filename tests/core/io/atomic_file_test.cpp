// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/atomic_file.h"

#include "tests/core/faults.h"
#include "tests/registry.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <ostream>
#include <stdexcept>

using namespace thaw;

class AtomicFileTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    QString path() const { return folder_.filePath("file"); }
    void write(const QByteArray& text) const {
        writeFileAtomically(path().toStdString(), [&](std::ostream& stream) { stream << text.toStdString(); });
    }
    QStringList files() const { return QDir(folder_.path()).entryList(QDir::Files | QDir::Hidden); }

private Q_SLOTS:
    void aNewFileTakesThePlaceOfTheOld() {
        write("a long first text");
        write("second");
        QCOMPARE(readBytes(path()), QByteArray("second"));
        QCOMPARE(files(), QStringList{"file"});
    }

    void aLinkStaysOneAndItsTargetIsReplaced() {
        const QString target = folder_.filePath("target"), link = folder_.filePath("link");
        write("other");
        QVERIFY(QFile::rename(path(), target) && QFile::link("target", link));
        writeFileAtomically(link.toStdString(), [](std::ostream& stream) { stream << "new"; });
        QVERIFY(QFileInfo(link).isSymLink());
        QCOMPARE(readBytes(target), QByteArray("new"));
        QVERIFY(QFile::remove(link) && QFile::remove(target));
    }

    void theOldFileStandsUntilTheNewOneIsWhole() {
        write("old");
        QByteArray during;
        writeFileAtomically(path().toStdString(), [&](std::ostream& stream) {
            stream << "new";
            stream.flush();
            during = readBytes(path());
        });
        QCOMPARE(during, QByteArray("old"));
        QCOMPARE(readBytes(path()), QByteArray("new"));
    }

    void aWriterThatFailsLeavesTheOldFileAndNothingElse() {
        write("old");
        QVERIFY_EXCEPTION_THROWN(writeFileAtomically(path().toStdString(),
                                                     [](std::ostream& stream) {
                                                         stream << "half of";
                                                         throw std::runtime_error("no more");
                                                     }),
                                 std::runtime_error);
        QVERIFY(faultOf([&] {
                    writeFileAtomically(path().toStdString(),
                                        [](std::ostream& stream) { stream.setstate(std::ios::badbit); });
                }).startsWith("FileMissing"));
        QCOMPARE(readBytes(path()), QByteArray("old"));
        QCOMPARE(files(), QStringList{"file"});
    }
};

THAW_TEST(AtomicFileTest);
#include "atomic_file_test.moc"
