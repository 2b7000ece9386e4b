// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/open_target.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace thaw;

class OpenTargetTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void modelsDataSetsAndTheRestAreToldApart() {
        const QTemporaryDir folder;
        const auto touch = [&](const QString& name) {
            QFile file(folder.filePath(name));
            return file.open(QIODevice::WriteOnly) ? file.fileName() : QString();
        };
        QCOMPARE(openTarget(touch("model.safetensors")), OpenTarget::Model);
        QCOMPARE(openTarget(touch("snapshot.pkl")), OpenTarget::Model);
        QCOMPARE(openTarget(touch("picture.png")), OpenTarget::Nothing);
        QCOMPARE(openTarget(touch("t10k-images-idx3-ubyte.gz")), OpenTarget::DataSet);
        QCOMPARE(openTarget(folder.filePath("gone.safetensors")), OpenTarget::Nothing);
    }

    void aFolderOfIdxFilesIsADataSetAndAnyOtherARun() {
        const QTemporaryDir folder;
        QVERIFY(QDir(folder.path()).mkdir("data") && QDir(folder.path()).mkdir("run"));
        QFile idx(folder.filePath("data/train-images-idx3-ubyte"));
        QVERIFY(idx.open(QIODevice::WriteOnly));
        QCOMPARE(openTarget(folder.filePath("data")), OpenTarget::DataSet);
        QCOMPARE(openTarget(folder.filePath("run")), OpenTarget::Model);
    }
};

QTEST_APPLESS_MAIN(OpenTargetTest)
#include "open_target_test.moc"
