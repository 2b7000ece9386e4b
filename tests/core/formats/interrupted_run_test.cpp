// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/interrupted_run.h"

#include "tests/core/faults.h"
#include "tests/registry.h"

#include <QDateTime>
#include <QDir>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

using namespace thaw;

class InterruptedRunTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;

    std::string made(const QString& name, int step, const QByteArray& mark, qint64 savedAt = 1'000'000) const {
        const QString run = folder_.filePath(name);
        QDir().mkpath(run);
        const QByteArray head = "{\"__metadata__\":{\"step\":\"" + QByteArray::number(step) +
                                "\",\"config\":\"{\\\"kimg\\\":100,\\\"batch\\\":64}\"}}";
        QByteArray length(8, 0);
        qToLittleEndian<quint64>(quint64(head.size()), length.data());
        const QString state = run + "/state.safetensors";
        writeBytes(state, length + head);
        if (!mark.isEmpty()) writeBytes(run + "/running", mark);
        QFile file(state);
        if (!file.open(QIODevice::ReadWrite) ||
            !file.setFileTime(QDateTime::fromSecsSinceEpoch(savedAt), QFileDevice::FileModificationTime))
            qFatal("cannot set the time of %s", qPrintable(state));
        return run.toStdString();
    }

private Q_SLOTS:
    void whatWasLeftSaysHowFarItIsSaved() {
        const auto run = interruptedRun(made("left/0000-d2o-f", 11, "suspended\n"));
        QVERIFY(run);
        QCOMPARE(run->kimg, 0.704);
        QCOMPARE(run->length, 100.0);
        QVERIFY(!interruptedRun(made("left/0001-d2o-f", 11, "")));
        const auto damaged = made("left/0002-d2o-f", 11, "suspended\n");
        writeBytes(QString::fromStdString(damaged) + "/state.safetensors", "12345678{");
        QVERIFY(!interruptedRun(damaged));
        QVERIFY(!interruptedRun("/nowhere"));
    }

    void theOneThatWasSavedLastComesFirst() {
        made("runs/0000-d2o-f", 1, "suspended\n", 3000);
        made("runs/0001-d2o-f", 2, "suspended\n", 1000);
        made("runs/0002-d2o-f", 3, "", 4000);
        made("runs/0003-d2o-f", 4, "suspended\n", 2000);
        std::vector<double> kimg;
        for (const auto& run : interruptedRuns(folder_.filePath("runs").toStdString())) kimg.push_back(run.kimg);
        QCOMPARE(kimg, (std::vector<double>{0.064, 0.256, 0.128}));
        QVERIFY(interruptedRuns(folder_.filePath("nowhere").toStdString()).empty());
    }
};

THAW_TEST(InterruptedRunTest);
#include "interrupted_run_test.moc"
