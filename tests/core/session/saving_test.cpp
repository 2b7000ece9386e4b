// SPDX-License-Identifier: GPL-3.0-or-later
// A run is there to go on from its first step on.
#include "core/formats/interrupted_run.h"
#include "core/formats/running_mark.h"
#include "core/session/pretraining.h"
#include "core/session/session.h"
#include "tests/cli/program.h"
#include "tests/core/faults.h"
#include "tests/registry.h"

using namespace thaw;

class SavingTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    QString at(const QString& name) const { return folder_.filePath(name); }
    std::string run(const QString& name) const { return at(name).toStdString(); }

    std::unique_ptr<Session> opened() const {
        ComputeOptions options;
        options.device = "cpu";
        options.threads = 1;
        auto session = std::make_unique<Session>(options);
        session->files().openModel(program::toyModel().toStdString());
        session->files().openData(run("data"));
        return session;
    }
    static FinetuneConfig config(double snapshotEveryKimg) {
        FinetuneConfig config;
        config.batch = 8;
        config.kimg = 0.04;
        config.fidEveryKimg = 0;
        config.snapshotEveryKimg = snapshotEveryKimg;
        config.discriminatorWidth = 8;
        return config;
    }
    QStringList files(const QString& name, const QString& pattern) const {
        return QDir(at(name)).entryList({pattern}, QDir::Files, QDir::Name);
    }

private Q_SLOTS:
    void initTestCase() { program::writeToyData(at("data")); }

    void theFirstStepIsSavedAndAKilledRunGoesOnFromThere() {
        const auto session = opened();
        session->run().startIn(config(0), run("killed"));
        QVERIFY(!session->run().snapshotDue());
        session->run().step();
        QVERIFY(session->run().snapshotDue());
        QVERIFY(!session->run().saveWhatIsDue());
        QVERIFY(!session->run().snapshotDue());
        QCOMPARE(files("killed", "ema-*"), QStringList{"ema-0000000008.safetensors"});
        QCOMPARE(files("killed", "fakes-*"), QStringList{"fakes-0000000000.png"});
        // What a kill would leave.
        QDir().mkpath(at("left"));
        for (const QString& name : files("killed", "*")) QVERIFY(QFile::copy(at("killed/" + name), at("left/" + name)));
        const auto second = session->run().step();
        const auto another = opened();
        another->run().resume(run("left"));
        const auto again = another->run().step();
        QCOMPARE(again.step, std::int64_t(2));
        QCOMPARE(again.gLoss, second.gLoss);
        QCOMPARE(again.dLoss, second.dLoss);
        session->run().finish(RunOutcome::Stopped);
        another->run().finish(RunOutcome::Stopped);
    }

    void aSafeguardMakesRoomAndSnapshotsStay() {
        const auto session = opened();
        session->run().startIn(config(0.016), run("room"));
        session->run().step();
        QVERIFY(!session->run().saveWhatIsDue());
        session->run().step();
        QVERIFY(session->run().saveWhatIsDue());
        QCOMPARE(files("room", "ema-*"), QStringList{"ema-0000000016.safetensors"});
        session->run().step();
        session->run().saveSnapshot();
        QCOMPARE(files("room", "ema-*"), (QStringList{"ema-0000000016.safetensors", "ema-0000000024.safetensors"}));
        session->run().finish(RunOutcome::Stopped);
    }

    void aSnapshotAtTheStepOfTheSafeguardStays() {
        const auto session = opened();
        session->run().startIn(config(0), run("same"));
        session->run().step();
        session->run().saveWhatIsDue();
        session->run().saveSnapshot();
        session->run().step();
        session->run().finish(RunOutcome::Stopped);
        QCOMPARE(files("same", "ema-*"), (QStringList{"ema-0000000008.safetensors", "ema-0000000016.safetensors"}));
    }

    void whatIsLeftIsInterruptedAndWhatIsStoppedIsNot() {
        const auto session = opened();
        session->run().startIn(config(0), run("suspended"));
        session->run().step();
        QVERIFY(!wasInterrupted(run("suspended")));
        session->run().suspend();
        QVERIFY(!session->run().hasRun());
        const auto interrupted = interruptedRun(run("suspended"));
        QVERIFY(interrupted);
        QCOMPARE(interrupted->kimg, 0.008);
        QCOMPARE(interrupted->length, 0.04);
        session->run().resume(run("suspended"));
        QVERIFY(!wasInterrupted(run("suspended")));
        session->run().finish(RunOutcome::Stopped);
        QVERIFY(!wasInterrupted(run("suspended")));
    }

    void aPreTrainingIsSavedFromItsFirstStepToo() {
        PretrainConfig settings;
        settings.batch = 8;
        settings.kimg = 1;
        settings.network = R"({"model_type": "SongUNet", "embedding_type": "positional", "img_resolution": 28,
            "img_channels": 1, "model_channels": 8, "channel_mult": [1], "num_blocks": 1, "attn_resolutions": []})";
        ComputeOptions options;
        options.device = "cpu";
        options.threads = 1;
        Pretraining pretraining(settings, run("data"), {}, options);
        pretraining.startIn(run("pre"));
        QVERIFY(!pretraining.snapshotDue());
        pretraining.step();
        QVERIFY(pretraining.snapshotDue());
        pretraining.saveWhatIsDue();
        QVERIFY(!pretraining.snapshotDue());
        QCOMPARE(files("pre", "*.safetensors"), (QStringList{"ema-0000000008.safetensors", "state.safetensors"}));
        pretraining.step();
        pretraining.saveSnapshot();
        QCOMPARE(files("pre", "ema-*"), QStringList{"ema-0000000016.safetensors"});
    }
};

THAW_TEST(SavingTest);
#include "saving_test.moc"
