// SPDX-License-Identifier: GPL-3.0-or-later
// A run that goes on is the same run, or is told not to be.
#include "core/session/run_continuation.h"

#include "core/device/devices.h"
#include "core/formats/run_record_file.h"
#include "core/formats/running_mark.h"
#include "core/formats/tensorboard_events.h"
#include "core/session/pretraining.h"
#include "core/session/session.h"
#include "tests/cli/program.h"
#include "tests/core/faults.h"
#include "tests/registry.h"

#include <ATen/Parallel.h>

#include <QtCore/QCryptographicHash>
#include <QtCore/QDir>
#include <QtCore/QJsonArray>

using namespace thaw;

class RunContinuationTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> folder_;
    QString at(const char* name) const { return folder_->filePath(name); }
    std::string run(const char* name = "run") const { return at(name).toStdString(); }

    static ComputeOptions cpu(int threads, Precision precision = Precision::Auto) {
        ComputeOptions options;
        options.device = "cpu";
        options.threads = threads;
        options.precision = precision;
        return options;
    }
    void open(Session& session) const {
        session.files().openModel(at("model.safetensors").toStdString());
        session.files().openData(at("data").toStdString());
    }
    static FinetuneConfig twoSteps(Precision precision) {
        FinetuneConfig config;
        config.batch = 8;
        config.kimg = 0.016;
        config.fidEveryKimg = config.snapshotEveryKimg = 0;
        config.discriminatorWidth = 8;
        config.precision = precision;
        return config;
    }
    // One of its two steps, with one thread.
    void begin(Precision precision = Precision::Float32, const char* name = "run", int steps = 1) const {
        Session session(cpu(1));
        open(session);
        session.run().startIn(twoSteps(precision), run(name));
        for (int i = 0; i < steps; ++i) session.run().step();
        session.run().finish(RunOutcome::Stopped);
    }
    QString sha256(const char* name) const {
        return QString::fromLatin1(
            QCryptographicHash::hash(program::bytes(at(name)), QCryptographicHash::Sha256).toHex());
    }
    void flipLastByteOf(const char* name) const {
        auto bytes = program::bytes(at(name));
        bytes[bytes.size() - 1] = char(bytes.back() ^ 1);
        writeBytes(at(name), bytes);
    }
    QJsonObject config() const { return QJsonDocument::fromJson(program::bytes(at("run/config.json"))).object(); }

private Q_SLOTS:
    void init() {
        folder_ = std::make_unique<QTemporaryDir>();
        QVERIFY(QFile::copy(program::toyModel(), at("model.safetensors")));
        QFile::setPermissions(at("model.safetensors"), QFile::ReadOwner | QFile::WriteOwner);
        program::writeToyData(at("data"));
    }
    void cleanup() { at::set_num_threads(1); }

    void theRunsOwnPrecisionCountsAndIsRecorded_data() {
        QTest::addColumn<int>("session");
        QTest::addColumn<int>("asked");
        QTest::addColumn<QString>("used");
        QTest::newRow("fp32 in a bf16 session") << int(Precision::BFloat16) << int(Precision::Float32) << "fp32";
        QTest::newRow("bf16 in an fp32 session") << int(Precision::Float32) << int(Precision::BFloat16) << "bf16";
        QTest::newRow("left open in a bf16 session") << int(Precision::BFloat16) << int(Precision::Auto) << "bf16";
    }
    void theRunsOwnPrecisionCountsAndIsRecorded() {
        QFETCH(int, session);
        QFETCH(int, asked);
        QFETCH(QString, used);
        Session work(cpu(1, Precision(session)));
        open(work);
        const auto idle = work.computeTitle();
        work.run().startIn(twoSteps(Precision(asked)), run());
        QCOMPARE(QString::fromStdString(work.computeTitle()), "CPU, 1 thread, " + used);
        QCOMPARE(work.run().config().precision, Precision(asked));
        work.run().step();
        work.run().finish(RunOutcome::Stopped);
        QCOMPARE(work.computeTitle(), idle);
        const auto environment = config()["environment"].toObject();
        QCOMPARE(environment["precision"].toString(), used);
        QCOMPARE(environment["threads"].toInt(), 1);
        QCOMPARE(environment["device"].toString(), QString("cpu"));
        for (const char* key : {"processor", "kernels", "instruction_set"})
            QVERIFY2(!environment[key].toString().isEmpty(), key);
    }

    // Session and machine offer other ones; that the file is the same to the last bit shows that neither was taken.
    void aResumedRunKeepsPrecisionAndThreads() {
        begin(Precision::Float32, "whole", 2);
        begin(Precision::Float32, "run", 1);
        Session session(cpu(2, Precision::BFloat16));
        open(session);
        session.run().resume(run());
        QCOMPARE(session.computeTitle(), std::string("CPU, 1 thread, fp32"));
        QCOMPARE(at::get_num_threads(), 1);
        QVERIFY(session.run().notes().empty());
        session.run().step();
        session.run().finish(RunOutcome::Finished);
        QCOMPARE(at::get_num_threads(), 2);
        QVERIFY(program::bytes(at("run/state.safetensors")) == program::bytes(at("whole/state.safetensors")));
        QVERIFY(!config().contains("resumed"));
    }

    // A run of a larger machine: what it had is not there, and that is said.
    void aRunOfMoreThreadsThanCoresTakesTheCoresAndSaysSo() {
        begin();
        auto text = program::bytes(at("run/config.json"));
        QVERIFY(text.contains("\"threads\": 1"));
        writeBytes(at("run/config.json"), text.replace("\"threads\": 1", "\"threads\": 4096"));
        Session session(cpu(4096));
        QCOMPARE(at::get_num_threads(), usableCores());
        open(session);
        session.run().resume(run());
        QCOMPARE(at::get_num_threads(), usableCores());
        QCOMPARE(session.run().notes().size(), std::size_t(1));
        const auto said = "threads (4096, now " + std::to_string(usableCores()) + ")";
        QVERIFY2(session.run().notes()[0].find(said) != std::string::npos, session.run().notes()[0].c_str());
        session.run().finish(RunOutcome::Stopped);
    }

    void aFolderThatIsWrittenIsRefusedAndAResumeThatFailsGivesItFree() {
        begin();
        {
            const RunLock other(run());
            Session session(cpu(1));
            open(session);
            QVERIFY_THROWS_EXCEPTION(Error, session.run().resume(run()));
            QVERIFY(!session.run().hasRun());
        }
        Session session(cpu(1));
        open(session);
        flipLastByteOf("data/train-images-idx3-ubyte");
        session.files().openData(at("data").toStdString());
        QVERIFY_THROWS_EXCEPTION(Error, session.run().resume(run()));
        QVERIFY(!QFile::exists(at("run/running")));
        flipLastByteOf("data/train-images-idx3-ubyte");
        session.files().openData(at("data").toStdString());
        session.run().resume(run());
        QVERIFY(isRunning(run()));
        session.run().finish(RunOutcome::Stopped);
        QVERIFY(!QFile::exists(at("run/running")));
    }

    // What "auto" came to on the machine where it began, not what it would come to here.
    void anOpenPrecisionIsRestoredAsItWasResolved() {
        {
            Session session(cpu(1, Precision::BFloat16));
            open(session);
            session.run().startIn(twoSteps(Precision::Auto), run());
            session.run().step();
            session.run().finish(RunOutcome::Stopped);
        }
        Session session(cpu(1, Precision::Float32));
        open(session);
        session.run().resume(run());
        QCOMPARE(session.computeTitle(), std::string("CPU, 1 thread, bf16"));
    }

    void anotherPrecisionIsRefusedUnlessItIsMeant() {
        begin();
        Session session(cpu(1));
        open(session);
        ResumeOptions options;
        options.precision = Precision::BFloat16;
        const auto fault = faultOf([&] { session.run().resume(run(), options); });
        QVERIFY2(fault.startsWith("OtherInput") && fault.contains("precision was fp32, and would now be bf16"),
                 qPrintable(fault));
        QVERIFY(!session.run().hasRun() && !config().contains("resumed"));
        options.anyway = true;
        session.run().resume(run(), options);
        QCOMPARE(session.computeTitle(), std::string("CPU, 1 thread, bf16"));
        QVERIFY(session.run().notes().at(0).find("precision (fp32, now bf16)") != std::string::npos);
        session.run().finish(RunOutcome::Stopped);
        // From now on it is a bf16 run.
        session.run().resume(run());
        QCOMPARE(session.computeTitle(), std::string("CPU, 1 thread, bf16"));
    }

    void anotherNumberOfThreadsIsTakenAndSaid() {
        begin();
        Session session(cpu(1));
        open(session);
        ResumeOptions options;
        options.threads = 2;
        session.run().resume(run(), options);
        QCOMPARE(at::get_num_threads(), 2);
        QCOMPARE(session.run().notes().size(), std::size_t(1));
        QCOMPARE(
            QString::fromStdString(session.run().notes()[0]),
            QString(
                "The run goes on with other values of threads (1, now 2); from here on it is not bit for bit what it "
                "would have been without the stop."));
        session.run().finish(RunOutcome::Stopped);
        const auto all = continuationsOf(run());
        QCOMPARE(all.size(), std::size_t(1));
        QCOMPARE(all[0].step, std::int64_t(1));
        QCOMPARE(all[0].differences, std::string("threads (1, now 2)"));
    }

    // As if the folder came from another machine.
    void anotherInstructionSetIsSaid() {
        begin();
        auto text = program::bytes(at("run/config.json"));
        const auto own = config()["environment"].toObject()["kernels"].toString().toUtf8();
        text.replace("\"kernels\": \"" + own + "\"", "\"kernels\": \"neon\"");
        writeBytes(at("run/config.json"), text);
        Session session(cpu(1));
        open(session);
        session.run().resume(run());
        QVERIFY(session.run().notes().at(0).find("fused kernels (neon, now " + own.toStdString() + ")") !=
                std::string::npos);
    }

    void anotherModelIsRefusedWithBothChecksums() {
        begin();
        const auto then = sha256("model.safetensors");
        QCOMPARE(config()["model_sha256"].toString(), then);
        flipLastByteOf("model.safetensors");
        Session session(cpu(1));
        open(session);
        const auto fault = faultOf([&] { session.run().resume(run()); });
        QVERIFY2(fault.startsWith("OtherInput") && fault.contains(then) && fault.contains(sha256("model.safetensors")),
                 qPrintable(fault));
        ResumeOptions options;
        options.anyway = true;
        session.run().resume(run(), options);
        session.run().finish(RunOutcome::Stopped);
        QCOMPARE(config()["resumed"].toArray()[0].toObject()["model_sha256"].toString(), sha256("model.safetensors"));
        session.run().resume(run());  // noted once, it is the run's own
        QVERIFY(session.run().notes().empty());
    }

    void otherDataAreRefusedWithBothChecksums() {
        begin();
        const auto then = config()["data_sha256"].toString();
        flipLastByteOf("data/train-images-idx3-ubyte");
        Session session(cpu(1));
        open(session);
        const auto now = QString::fromStdString(session.files().dataHash());
        QVERIFY(now != then);
        const auto fault = faultOf([&] { session.run().resume(run()); });
        QVERIFY2(fault.startsWith("OtherInput") && fault.contains(then) && fault.contains(now), qPrintable(fault));
    }

    void anotherSubsetIsRefused() {
        begin();
        Session session(cpu(1));
        session.files().openModel(at("model.safetensors").toStdString());
        DatasetOptions options;
        options.maxImages = 64;
        session.files().openData(at("data").toStdString(), options);
        const auto fault = faultOf([&] { session.run().resume(run()); });
        QVERIFY2(fault.contains("was all images, and would now be 64 images of seed 0"), qPrintable(fault));
    }

    void anOlderFolderGoesOnAndSaysWhatWasNotChecked() {
        begin();
        auto old = config();
        for (const char* key : {"environment", "versions", "compute", "model_sha256", "data_sha256", "data_sha256_of"})
            old.remove(key);
        writeBytes(at("run/config.json"), QJsonDocument(old).toJson());
        Session session(cpu(1));
        open(session);
        session.run().resume(run());
        QCOMPARE(QString::fromStdString(session.run().notes().at(0)),
                 QString("The run folder does not record model, data, precision, threads and instruction set, so it "
                         "could not be checked whether they are still the same."));
        session.run().finish(RunOutcome::Stopped);
    }

    // Folders of version 0.6 have a checksum of the images in memory.
    void theChecksumOfAnOlderFolderIsCompared() {
        begin();
        auto old = config();
        old.remove("data_sha256_of");
        old["data_sha256"] = QString(64, '0');
        writeBytes(at("run/config.json"), QJsonDocument(old).toJson());
        Session session(cpu(1));
        open(session);
        const auto fault = faultOf([&] { session.run().resume(run()); });
        QVERIFY2(fault.startsWith("OtherInput") && fault.contains(QString(64, '0')), qPrintable(fault));
        // Named as the check names it, the run goes on.
        old["data_sha256"] = fault.section("SHA-256 ", 2, 2).left(64);
        writeBytes(at("run/config.json"), QJsonDocument(old).toJson());
        session.run().resume(run());
        session.run().finish(RunOutcome::Stopped);
    }

    void onlyWhatIsNotOpenYetIsOpened() {
        begin();
        Session session(cpu(1));
        auto wanted = sourcesToOpen(session.files(), run());
        QCOMPARE(wanted.model.value(), at("model.safetensors").toStdString());
        QCOMPARE(wanted.data.value(), at("data").toStdString());
        open(session);
        wanted = sourcesToOpen(session.files(), run());
        QVERIFY(!wanted.model && !wanted.data);
        // The same files from where they have been moved to are the run's own too.
        QVERIFY(QFile::copy(at("model.safetensors"), at("copy.safetensors")));
        session.files().openModel(at("copy.safetensors").toStdString());
        QVERIFY(!sourcesToOpen(session.files(), run()).model);
        session.files().openModel("builtin");
        QVERIFY(sourcesToOpen(session.files(), run()).model.has_value());
        DatasetOptions subset;
        subset.maxImages = 64;
        session.files().openData(at("data").toStdString(), subset);
        QCOMPARE(sourcesToOpen(session.files(), run()).data.value(), at("data").toStdString());
    }

    void preTrainingIsCheckedToo() {
        PretrainConfig config;
        config.batch = 8;
        config.kimg = 0.016;
        config.network = R"({"model_type": "SongUNet", "embedding_type": "positional", "img_resolution": 28,
            "img_channels": 1, "model_channels": 8, "channel_mult": [1], "num_blocks": 1, "attn_resolutions": []})";
        config.precision = Precision::Float32;
        const auto data = at("data").toStdString();
        {
            Pretraining pretraining(config, data, {}, cpu(1));
            pretraining.startIn(run("pre"));
            pretraining.step();
            pretraining.saveSnapshot();
        }
        {
            // What it logs for TensorBoard from here on takes back what came after its snapshot.
            auto logged = config;
            logged.tensorboard = true;
            Pretraining pretraining(logged, data, {}, cpu(1));
            pretraining.resume(run("pre"));
            pretraining.step();
            QVERIFY(pretraining.complete());
            const auto names = QDir(at("pre")).entryList({"events.out.tfevents.*.thaw"});
            QCOMPARE(names.size(), 1);
            const auto events = program::bytes(at("pre") + "/" + names.front());
            QVERIFY(events.contains(QByteArray::fromStdString(sessionEvent(0, 2).substr(9))));
            QVERIFY(events.contains("Loss/denoising") && events.contains("Progress/learning_rate"));
            QCOMPARE(pretraining.takeRemark(), std::string());
        }
        const auto record = readRunRecord(run("pre"));
        QCOMPARE(record.environment.precision, std::string("fp32"));
        QCOMPARE(record.environment.threads, 1);
        {
            Pretraining same(config, data, {}, cpu(1));
            same.resume(run("pre"));
            QVERIFY(same.notes().empty());
        }
        {
            config.precision = Precision::BFloat16;
            Pretraining other(config, data, {}, cpu(1));
            const auto fault = faultOf([&] { other.resume(run("pre")); });
            QVERIFY2(fault.contains("precision was fp32, and would now be bf16"), qPrintable(fault));
            config.precision = Precision::Float32;
        }
        flipLastByteOf("data/train-images-idx3-ubyte");
        Pretraining other(config, data, {}, cpu(1));
        const auto fault = faultOf([&] { other.resume(run("pre")); });
        QVERIFY2(fault.startsWith("OtherInput") && fault.contains(QString::fromStdString(record.dataSha256)),
                 qPrintable(fault));
        other.resume(run("pre"), true);
        QVERIFY(other.notes().at(0).find("data (") != std::string::npos);
    }
};

THAW_TEST(RunContinuationTest);
#include "run_continuation_test.moc"
