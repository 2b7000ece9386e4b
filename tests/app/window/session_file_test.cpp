// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/session_file.h"
#include "tests/registry.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace thaw;

class SessionFileTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aSessionComesBackAsItWas() {
        SessionFile session;
        session.model = folder_.filePath("model.safetensors");
        session.data = "builtin";
        session.block = "dec.14x14_block0";
        session.firstSeed = 18446744073709551615ull;
        session.sigma = 0.5;
        session.seed = 9007199254740993ull;  // no double holds it
        session.settings.batch = 24;
        session.settings.freeze = parseFreezePlan("enc.*.conv*,!dec.*");
        session.columns = {{SampleSource::OriginalMultiStep, 4},
                           {SampleSource::OtherModel, 1, folder_.filePath("other.pkl")}};
        session.trajectory = true;
        session.stepView = 2;
        session.frequencyView = 1;
        session.overlays = {folder_.filePath("runs/0000-d2o-f")};
        session.arrangement = "compare";
        session.docks = {{"train", QByteArray("\0\1\2", 3)}};
        const QString path = folder_.filePath("session.thaw");
        QCOMPARE(writeSession(path, session), QString());
        QString problem;
        const auto back = readSession(path, &problem);
        QVERIFY2(back, qPrintable(problem));
        QCOMPARE(back->model, session.model);
        QCOMPARE(back->data, session.data);
        QCOMPARE(back->block, session.block);
        QCOMPARE(back->firstSeed, session.firstSeed);
        QCOMPARE(back->sigma, session.sigma);
        QCOMPARE(back->seed, session.seed);
        QVERIFY(back->settings == session.settings);
        QVERIFY(back->columns == session.columns);
        QCOMPARE(back->trajectory, true);
        QCOMPARE(back->stepView, 2);
        QCOMPARE(back->frequencyView, 1);
        QCOMPARE(back->overlays, session.overlays);
        QCOMPARE(back->arrangement, session.arrangement);
        QCOMPARE(back->docks, session.docks);
    }

    void aFolderCanBeMovedAsAWhole() {
        QTemporaryDir elsewhere;
        QDir(folder_.path()).mkpath("a");
        SessionFile session;
        session.model = folder_.filePath("a/model.safetensors");
        session.data = "/far/away.zip";
        QCOMPARE(writeSession(folder_.filePath("a/session.thaw"), session), QString());
        QVERIFY(QFile::copy(folder_.filePath("a/session.thaw"), elsewhere.filePath("session.thaw")));
        QString problem;
        const auto moved = readSession(elsewhere.filePath("session.thaw"), &problem);
        QVERIFY(moved);
        QCOMPARE(moved->model, elsewhere.filePath("model.safetensors"));
        QCOMPARE(moved->data, QString("/far/away.zip"));
    }

    void whatIsNoSessionIsNamed_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("says");
        QTest::newRow("empty") << QByteArray() << "no session";
        QTest::newRow("cut") << QByteArray("{\"thaw_session\": 1, \"mod") << "no session";
        QTest::newRow("other JSON") << QByteArray("{\"a\": 1}") << "no session";
        QTest::newRow("newer") << QByteArray("{\"thaw_session\": 99}") << "newer";
        QTest::newRow("wrong setting") << QByteArray("{\"thaw_session\": 1, \"settings\": {\"batch\": \"many\"}}")
                                       << "batch";
    }
    void whatIsNoSessionIsNamed() {
        QFETCH(QByteArray, text);
        QFETCH(QString, says);
        QFile file(folder_.filePath("wrong.thaw"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
        file.close();
        QString problem;
        QVERIFY(!readSession(file.fileName(), &problem));
        QVERIFY2(problem.contains(says), qPrintable(problem));
    }

    void missingAndUnwritableFilesAreSaid() {
        QString problem;
        QVERIFY(!readSession(folder_.filePath("nowhere.thaw"), &problem));
        QVERIFY(problem.contains("nowhere.thaw"));
        QVERIFY(!writeSession(folder_.filePath("no/such/folder.thaw"), {}).isEmpty());
    }

    void whatAFileDoesNotSayKeepsItsDefault() {
        QFile file(folder_.filePath("bare.thaw"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"thaw_session\": 1, \"something\": \"new\"}");
        file.close();
        QString problem;
        const auto session = readSession(file.fileName(), &problem);
        QVERIFY(session);
        QCOMPARE(session->model, QString("builtin"));
        QVERIFY(session->settings == FinetuneConfig());
        QVERIFY(session->columns.empty());
    }

private:
    QTemporaryDir folder_;
};

THAW_TEST(SessionFileTest);
#include "session_file_test.moc"
