// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/session_file.h"
#include "app/frequency/frequency_page.h"
#include "core/values/panel_kinds.h"
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
        session.classes = ClassChoice::one(12);
        session.settings.batch = 24;
        session.settings.freeze = parseFreezePlan("enc.*.conv*,!dec.*");
        session.columns = {{SampleSource::OriginalMultiStep, 4},
                           {SampleSource::OtherModel, kTrainedSteps, folder_.filePath("other.pkl")}};
        session.trajectory = true;
        session.stepView = TrainPage::Gradients;
        session.frequencyView = PanelKind::Transfer;
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
        QVERIFY(back->classes == session.classes);
        QVERIFY(back->settings == session.settings);
        QVERIFY(back->columns == session.columns);
        QCOMPARE(back->trajectory, true);
        QCOMPARE(back->stepView, TrainPage::Gradients);
        QCOMPARE(back->frequencyView, PanelKind::Transfer);
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

    // Written by the version that put views as numbers.
    void aFileWithNumbersForViewsStillOpens() {
        const QString path = folder_.filePath("numbers.thaw");
        QVERIFY(QFile::copy(QStringLiteral(THAW_GOLDEN "/session_with_numbers.thaw"), path));
        QString problem;
        const auto session = readSession(path, &problem);
        QVERIFY2(session, qPrintable(problem));
        QCOMPARE(session->model, folder_.filePath("model.safetensors"));
        QCOMPARE(session->data, QString("builtin"));
        QCOMPARE(session->block, QString("dec.14x14_block0"));
        QCOMPARE(session->firstSeed, quint64(40));
        QCOMPARE(session->sigma, 0.5);
        QCOMPARE(session->seed, std::optional<quint64>(9007199254740993ull));
        auto settings = recordedDefaults();  // what it does not name has the meaning it had
        settings.batch = 24;
        settings.precision = Precision::BFloat16;
        QCOMPARE(setObjective(settings, "ctm,gan"), std::string());
        settings.freeze = parseFreezePlan("enc.*.conv*,!dec.*");
        QVERIFY(session->settings == settings);
        const std::vector<ColumnSpec> columns{{SampleSource::OriginalMultiStep, 4},
                                              {SampleSource::OriginalOneStep, 1},
                                              {SampleSource::TunedOneStep, 1},
                                              {SampleSource::RealData, 1},
                                              {SampleSource::OtherModel, 2, folder_.filePath("other.pkl")}};
        QVERIFY(session->columns == columns);
        QCOMPARE(session->trajectory, true);
        QCOMPARE(session->stepView, TrainPage::Gradients);
        QCOMPARE(session->frequencyView, PanelKind::Sigmas);
        QCOMPARE(session->overlays, QStringList{folder_.filePath("runs/0000-d2o-f")});
        QCOMPARE(session->arrangement, QString("compare"));
        QCOMPARE(session->docks, (QMap<QString, QByteArray>{{"train", QByteArray("\0\1\2", 3)}}));
    }

    void everyNumberOfAViewKeepsItsMeaning() {
        const std::vector<PanelKind> kinds{PanelKind::Spectrum, PanelKind::Blocks,   PanelKind::Profile,
                                           PanelKind::Sigmas,   PanelKind::Channels, PanelKind::Transfer,
                                           PanelKind::Images,   PanelKind::Swap,     PanelKind::Frozen};
        for (int k = -1; k < 10; ++k) {
            const auto session = sessionOf(QStringLiteral("%1").arg(k));
            QCOMPARE(session.frequencyView, kinds[std::size_t(std::clamp(k, 0, 8))]);
            QCOMPARE(session.stepView, TrainPage::StepView(std::clamp(k, 0, 2)));
        }
        for (const char* word : {"\"cake\"", "\"samples\"", "\"\"", "null"}) {
            QCOMPARE(sessionOf(QLatin1String(word)).frequencyView, PanelKind::Spectrum);
            QCOMPARE(sessionOf(QLatin1String(word)).stepView, TrainPage::Losses);
        }
    }

    void viewsAreWrittenAsWords() {
        for (const PanelKind kind : FrequencyPage::views()) {
            SessionFile session;
            session.frequencyView = kind;
            session.stepView = TrainPage::Logits;
            const QString path = folder_.filePath("words.thaw");
            QCOMPARE(writeSession(path, session), QString());
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray text = file.readAll();
            QVERIFY(text.contains(QByteArray("\"view\": \"") + wordOf(kind) + '"'));
            QVERIFY(text.contains("\"view\": \"logits\""));
            QString problem;
            QCOMPARE(readSession(path, &problem)->frequencyView, kind);
        }
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
        QVERIFY(session->classes == ClassChoice());
    }

private:
    // A session that says the same of both views.
    SessionFile sessionOf(const QString& view) {
        QFile file(folder_.filePath("view.thaw"));
        if (!file.open(QIODevice::WriteOnly)) return {};
        const QString json =
            QStringLiteral(R"({"thaw_session": 1, "curves": {"view": %1}, "frequency": {"view": %1}})");
        file.write(json.arg(view).toUtf8());
        file.close();
        QString problem;
        return readSession(file.fileName(), &problem).value();
    }

    QTemporaryDir folder_;
};

THAW_TEST(SessionFileTest);
#include "session_file_test.moc"
