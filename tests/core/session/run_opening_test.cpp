// SPDX-License-Identifier: GPL-3.0-or-later
// A run that is looked at shows its teacher as the original and itself as tuned.
#include "core/session/run_opening.h"

#include "core/session/session.h"
#include "tests/cli/program.h"
#include "tests/core/faults.h"
#include "tests/registry.h"

#include <filesystem>

using namespace thaw;

class RunOpeningTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    QString at(const QString& name) const { return folder_.filePath("work/" + name); }
    std::string file(const QString& name) const { return at(name).toStdString(); }

    static ComputeOptions cpu() {
        ComputeOptions options;
        options.device = "cpu";
        options.threads = 1;
        return options;
    }
    static std::vector<Image> images(Session& session, SampleSource source) {
        SampleRequest request{source, kTrainedSteps, {4, 5}};
        return session.files().sample(request).images;
    }
    // Two steps of eight images, with a snapshot after each.
    void train() {
        Session session(cpu());
        session.files().openModel(file("models/teacher.safetensors"));
        session.files().openData(file("data"));
        before_ = images(session, SampleSource::OriginalMultiStep);
        FinetuneConfig config;
        config.batch = 8;
        config.kimg = 0.016;
        config.fidEveryKimg = 0;
        config.discriminatorWidth = 8;
        config.sigma = 30;
        config.generator.learningRate = 0.01;
        config.measure.features = kWaveletFeatures;
        session.run().startIn(config, file("runs/0000-gan"));
        session.run().step();
        session.run().saveSnapshot();
        first_ = images(session, SampleSource::TunedOneStep);
        session.run().step();
        session.run().finish(RunOutcome::Finished);
        last_ = images(session, SampleSource::TunedOneStep);
    }
    OpenedRun open(Session& session, const QString& path = "runs/0000-gan", const std::string& teacher = {}) const {
        return openRun(session.files(), file(path), teacher);
    }

    void copy(const QString& from, const QString& to) const {
        std::filesystem::copy(folder_.filePath(from).toStdString(), folder_.filePath(to).toStdString(),
                              std::filesystem::copy_options::recursive);
    }

    std::vector<Image> before_, first_, last_;

private Q_SLOTS:
    void initTestCase() {
        QDir().mkpath(at("models"));
        QDir().mkpath(at("runs"));
        QVERIFY(QFile::copy(program::toyModel(), at("models/teacher.safetensors")));
        QFile::setPermissions(at("models/teacher.safetensors"), QFile::ReadOwner | QFile::WriteOwner);
        program::writeToyData(at("data"));
        train();
        copy("work", "kept");
    }
    void init() {
        QDir(at("")).removeRecursively();
        copy("kept", "work");
    }

    void theTeacherIsTheOriginalAndTheRunIsTuned() {
        Session session(cpu());
        const auto run = open(session);
        QVERIFY(run.state == TeacherState::Own);
        QCOMPARE(session.files().model().path, file("models/teacher.safetensors"));
        QVERIFY(!session.files().model().sampling.isStudent());
        QCOMPARE(images(session, SampleSource::OriginalMultiStep), before_);
        QCOMPARE(images(session, SampleSource::TunedOneStep), last_);
        QVERIFY(session.run().hasTuned() && !session.run().hasRun());
        QCOMPARE(run.kimg, 0.016);
        QCOMPARE(run.folder, file("runs/0000-gan"));
        QCOMPARE(session.run().config().measure.features, std::string(kWaveletFeatures));
        QCOMPARE(session.run().config().sigma, 30.0);
        // Its data came along.
        QVERIFY(run.hasOpenedData && run.dataProblem.empty());
        QCOMPARE(session.files().data().path, file("data"));
        QVERIFY(!open(session).hasOpenedData);
        // Another model takes both away.
        session.files().openModel(file("models/teacher.safetensors"));
        QVERIFY(!session.run().hasTuned());
    }

    void aSnapshotInItsFolderIsThatOfItsTime() {
        Session session(cpu());
        const auto run = open(session, "runs/0000-gan/ema-0000000008.safetensors");
        QVERIFY(run.state == TeacherState::Own);
        QCOMPARE(run.kimg, 0.008);
        QCOMPARE(images(session, SampleSource::TunedOneStep), first_);
        QCOMPARE(images(session, SampleSource::OriginalMultiStep), before_);
    }

    void aSnapshotWithoutItsFolderIsAGeneratorOfOneStep() {
        QVERIFY(QFile::copy(at("runs/0000-gan/ema-0000000016.safetensors"), at("ema-0000000016.safetensors")));
        QCOMPARE(finetuningRunOf(file("ema-0000000016.safetensors")), std::string());
        QCOMPARE(finetuningRunOf(file("models")), std::string());
        QCOMPARE(finetuningRunOf(file("runs/0000-gan/state.safetensors")), std::string());
        QCOMPARE(finetuningRunOf(file("runs/0000-gan/")), file("runs/0000-gan"));
        Session session(cpu());
        QVERIFY(faultOf([&] { open(session, "ema-0000000016.safetensors"); }).startsWith("WrongKind"));
        const auto model = session.files().openModel(file("ema-0000000016.safetensors"));
        QCOMPARE(model.sampling.studentSteps, 1);
        QCOMPARE(images(session, SampleSource::OriginalMultiStep), last_);
        QVERIFY(!session.run().hasTuned());
    }

    void aTeacherThatIsGoneLeavesTheGeneratorAlone() {
        QVERIFY(QFile::rename(at("models/teacher.safetensors"), at("models/moved.safetensors")));
        Session session(cpu());
        auto run = open(session);
        QVERIFY(run.state == TeacherState::Missing);
        QCOMPARE(run.teacher, file("models/teacher.safetensors"));
        QCOMPARE(session.files().model().sampling.studentSteps, 1);
        QCOMPARE(images(session, SampleSource::OriginalMultiStep), last_);
        QVERIFY(!session.run().hasTuned());
        // The way out: the user names it.
        run = open(session, "runs/0000-gan", file("models/moved.safetensors"));
        QVERIFY(run.state == TeacherState::Own);
        QCOMPARE(images(session, SampleSource::OriginalMultiStep), before_);
        QCOMPARE(images(session, SampleSource::TunedOneStep), last_);
        // Or has it open.
        QVERIFY(open(session).state == TeacherState::Own);
        // Or it went along with the runs.
        Session another(cpu());
        QVERIFY(QFile::rename(at("models/moved.safetensors"), at("teacher.safetensors")));
        QVERIFY(open(another).state == TeacherState::Own);
        QCOMPARE(another.files().model().path, file("teacher.safetensors"));
    }

    void aTeacherThatHasChangedIsNotTheOriginalUnlessItIsChosen() {
        auto bytes = readBytes(at("models/teacher.safetensors"));
        bytes[bytes.size() - 1] = char(bytes.back() ^ 1);
        writeBytes(at("models/teacher.safetensors"), bytes);
        Session session(cpu());
        QVERIFY(open(session).state == TeacherState::Changed);
        QVERIFY(session.files().model().sampling.isStudent() && !session.run().hasTuned());
        QVERIFY(open(session, "runs/0000-gan", file("models/teacher.safetensors")).state == TeacherState::Chosen);
        QVERIFY(!session.files().model().sampling.isStudent() && session.run().hasTuned());
    }

    void aChosenTeacherOfOtherImagesIsRefusedAndNothingChanges() {
        Session session(cpu());
        open(session);
        const auto other = std::string(THAW_GOLDEN) + "/ncsnpp_edm_cond.pkl";
        const auto fault = faultOf([&] { open(session, "runs/0000-gan", other); });
        QVERIFY2(fault.startsWith("WrongKind") && fault.contains("ncsnpp_edm_cond"), qPrintable(fault));
        QCOMPARE(images(session, SampleSource::TunedOneStep), last_);
    }

    void dataThatAreGoneAreSaidAndTheRunIsShown() {
        QDir(at("data")).removeRecursively();
        Session session(cpu());
        const auto run = open(session);
        QVERIFY2(QString::fromStdString(run.dataProblem).contains("data"), run.dataProblem.c_str());
        QVERIFY(!run.hasOpenedData);
        QCOMPARE(images(session, SampleSource::TunedOneStep), last_);
    }

    void aRunThatIsStartedTakesItsPlace() {
        Session session(cpu());
        open(session);
        FinetuneConfig config = session.run().config();
        session.run().startIn(config, file("runs/0001-gan"));
        session.run().step();
        SampleRequest request{SampleSource::TunedOneStep, kTrainedSteps, {4, 5}};
        QCOMPARE(session.files().sample(request).kimg, 0.008);
        QCOMPARE(images(session, SampleSource::TunedOneStep), first_);
    }

    // Another process writes it, and has not saved yet.
    void aRunWithoutASnapshotShowsItsTeacherUntilThereIsOne() {
        const QString newest = "runs/0000-gan/ema-0000000016.safetensors";
        QVERIFY(QFile::rename(at(newest), at("first")));
        for (const char* name : {"ema-0000000008.safetensors", "best.safetensors", "state.safetensors"})
            QFile::remove(at(QString("runs/0000-gan/") + name));
        Session session(cpu());
        const auto run = open(session);
        QVERIFY(run.snapshot.empty() && run.hasTeacher() && !run.hasTuned());
        QCOMPARE(run.kimg, 0.0);
        QCOMPARE(run.config.sigma, 30.0);
        QCOMPARE(session.files().model().path, file("models/teacher.safetensors"));
        QVERIFY(!session.run().hasTuned() && run.hasOpenedData);
        QVERIFY(!renewRun(session.files(), run));
        QVERIFY(QFile::rename(at("first"), at(newest)));
        const auto renewed = renewRun(session.files(), run);
        QVERIFY(renewed && renewed->hasTuned());
        QCOMPARE(renewed->kimg, 0.016);
        QCOMPARE(images(session, SampleSource::TunedOneStep), last_);
        QCOMPARE(images(session, SampleSource::OriginalMultiStep), before_);
        QVERIFY(!renewRun(session.files(), *renewed));
    }

    void withoutSnapshotAndTeacherNothingElseIsOpened() {
        QVERIFY(QFile::rename(at("models/teacher.safetensors"), at("models/elsewhere.bin")));
        writeBytes(at("models/teacher.safetensors"), "another");
        for (const char* name : {"ema-0000000008.safetensors", "ema-0000000016.safetensors", "best.safetensors"})
            QFile::remove(at(QString("runs/0000-gan/") + name));
        Session fresh(cpu());
        const auto run = open(fresh);
        QVERIFY(!run.hasTeacher() && run.snapshot.empty());
        QVERIFY(fresh.files().model().path.empty());
    }

    // Only the newest few are kept, and older ones go while they are opened: here a link to nowhere.
    void aSnapshotThatVanishesLeadsToTheNextNewest() {
        std::filesystem::create_symlink(file("nowhere"), file("runs/0000-gan/ema-0000000024.safetensors"));
        Session session(cpu());
        QCOMPARE(open(session).kimg, 0.016);
        QCOMPARE(images(session, SampleSource::TunedOneStep), last_);
        QCOMPARE(open(session, "runs/0000-gan/ema-0000000004.safetensors").kimg, 0.016);
        // What is there and damaged is a fault all the same.
        writeBytes(at("runs/0000-gan/ema-0000000032.safetensors"), "damaged");
        QVERIFY(faultOf([&] { open(session); }) != "nothing");
    }

    void theNewestSnapshotTakesThePlaceOfTheOneThatIsShown() {
        Session session(cpu());
        const auto run = open(session, "runs/0000-gan/ema-0000000008.safetensors");
        QCOMPARE(images(session, SampleSource::TunedOneStep), first_);
        const auto renewed = renewRun(session.files(), run);
        QVERIFY(renewed);
        QCOMPARE(renewed->kimg, 0.016);
        QCOMPARE(images(session, SampleSource::TunedOneStep), last_);
        QCOMPARE(session.run().tunedKimg(), 0.016);
        // Of another model it would be no tuned generator.
        session.files().openModel(file("runs/0000-gan/ema-0000000008.safetensors"));
        QVERIFY(!renewRun(session.files(), run));
        QVERIFY(!session.run().hasTuned());
    }

    void aRunBesideTheModelIsItsNewestSnapshotEachTime() {
        Session session(cpu());
        session.files().openModel(file("models/teacher.safetensors"));
        SampleRequest request{SampleSource::OtherModel, kTrainedSteps, {4, 5}};
        request.path = file("runs/0000-gan");
        const auto newest = session.files().sample(request);
        QCOMPARE(newest.images, last_);
        QCOMPARE(newest.kimg, 0.016);
        QVERIFY(QFile::remove(at("runs/0000-gan/ema-0000000016.safetensors")));
        const auto older = session.files().sample(request);
        QCOMPARE(older.images, first_);
        QCOMPARE(older.kimg, 0.008);
    }

    void aPreTrainingWithoutASnapshotIsKnown() {
        QVERIFY(QDir().mkpath(at("runs/0001-p")));
        writeBytes(at("runs/0001-p/config.json"), "{}");
        QVERIFY(!isPretrainingWithoutSnapshot(file("runs/0001-p")));
        writeBytes(at("runs/0001-p/data.json"), "{}");
        QVERIFY(isPretrainingWithoutSnapshot(file("runs/0001-p")));
        writeBytes(at("runs/0001-p/ema-0000000008.safetensors"), "x");
        QVERIFY(!isPretrainingWithoutSnapshot(file("runs/0001-p")));
        QVERIFY(!isPretrainingWithoutSnapshot(file("runs/0000-gan")));
    }
};

THAW_TEST(RunOpeningTest);
#include "run_opening_test.moc"
