// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/compute_thread.h"
#include "tests/cli/program.h"
#include "tests/registry.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <vector>

using namespace thaw;

namespace {

constexpr int kLong = 120'000;

FinetuneConfig toyConfig() {
    FinetuneConfig config;
    config.batch = 8;
    config.kimg = 0.08;  // ten steps
    config.fidEveryKimg = 0;
    config.fidImages = 200;
    config.snapshotEveryKimg = 0;
    return config;
}

FinetuneConfig endlessConfig() {
    FinetuneConfig config = toyConfig();
    config.kimg = 1000;
    return config;
}

SampleRequest seeds(SampleSource source, int count) {
    SampleRequest request;
    request.source = source;
    request.steps = 4;
    for (int i = 0; i < count; ++i) request.seeds.push_back(std::uint64_t(i));
    return request;
}

FigureRecipe toyFigure(const std::string& model) {
    FigureRecipe recipe;
    recipe.model.path = model;
    recipe.panels.resize(1);
    recipe.panels.front().images = 2;
    return recipe;
}

/// Collects the values of one signal on the test's own thread; a spy would be written to from the compute thread.
template <typename Value>
class Collected {
public:
    template <typename Signal>
    Collected(ComputeThread& compute, Signal signal) {
        QObject::connect(compute.facts(), signal, &receiver_, [this](const auto&... values) { (note(values), ...); });
    }
    const std::vector<Value>& values() const { return values_; }
    bool empty() const { return values_.empty(); }
    const Value& back() const { return values_.back(); }
    quint64 generation() const { return generation_; }

private:
    void note(quint64 generation) { generation_ = generation; }
    void note(const Value& value) { values_.push_back(value); }

    QObject receiver_;
    std::vector<Value> values_;
    quint64 generation_ = 0;
};

using Steps = std::vector<StepMetrics>;

}  // namespace

class ComputeThreadTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        runs_ = std::make_unique<QTemporaryDir>();
        compute_ = std::make_unique<ComputeThread>(ComputeOptions{});
        steps_ = std::make_unique<Collected<Steps>>(*compute_, &EngineFacts::stepsDone);
        failures_ = std::make_unique<Collected<Failure>>(*compute_, &EngineFacts::failed);
        QVERIFY(compute_->openModel("builtin"));
        QVERIFY(compute_->openData("builtin"));
        QTRY_COMPARE_WITH_TIMEOUT(compute_->state(), RunState::Ready, kLong);
    }

    void cleanup() { compute_.reset(); }

    void aShortRunFinishesAndReportsEveryStepOnce() {
        Collected<RunOutcome> ended(*compute_, &EngineFacts::runEnded);
        Collected<FidPoint> fid(*compute_, &EngineFacts::fidMeasured);
        QVERIFY(start(toyConfig()));
        QTRY_COMPARE_WITH_TIMEOUT(compute_->state(), RunState::Finished, kLong);
        QCOMPARE(ended.values().size(), std::size_t(1));
        QCOMPARE(ended.back(), RunOutcome::Finished);
        QVERIFY(!fid.empty());
        const auto done = steps();
        QCOMPARE(int(done.size()), 10);
        for (std::size_t i = 0; i < done.size(); ++i) QCOMPARE(done[i].step, std::int64_t(i + 1));
        QVERIFY(failures_->empty());
    }

    void startThenPauseAtOnceEndsPaused() {
        QVERIFY(start(endlessConfig()));
        QVERIFY(compute_->pause());
        QCOMPARE(compute_->state(), RunState::Pausing);
        QTRY_COMPARE_WITH_TIMEOUT(compute_->state(), RunState::Paused, kLong);
        QVERIFY(steps().size() <= 1);
        QVERIFY(compute_->resume());
        QTRY_VERIFY_WITH_TIMEOUT(steps().size() >= 3, kLong);
    }

    void noStepIsTakenWhilePausedAndStepTakesExactlyOne() {
        QVERIFY(start(endlessConfig()));
        QTRY_VERIFY_WITH_TIMEOUT(!steps().empty(), kLong);
        QVERIFY(compute_->pause());
        QTRY_COMPARE_WITH_TIMEOUT(compute_->state(), RunState::Paused, kLong);
        const auto before = steps().size();
        Collected<SampleColumn> samples(*compute_, &EngineFacts::samplesReady);
        compute_->requestSamples(seeds(SampleSource::TunedOneStep, 4));
        QTRY_VERIFY_WITH_TIMEOUT(!samples.empty(), kLong);
        QCOMPARE(steps().size(), before);
        QVERIFY(compute_->step());
        QTRY_COMPARE_WITH_TIMEOUT(steps().size(), before + 1, kLong);
        QCOMPARE(compute_->state(), RunState::Paused);
    }

    void stepsAskedForInAPauseAreTakenOneByOneAndOfOnePlayer() {
        QVERIFY(start(endlessConfig()));
        QVERIFY(compute_->pause());
        QTRY_COMPARE_WITH_TIMEOUT(compute_->state(), RunState::Paused, kLong);
        QTest::qWait(1);
        const auto before = steps().size();
        QVERIFY(compute_->step(StepPart::Generator) && compute_->step(StepPart::Discriminator));
        QTRY_VERIFY_WITH_TIMEOUT(!steps().empty() && steps().back().part == StepPart::Discriminator, kLong);
        const auto done = steps();
        QVERIFY(done.size() == before + 2 || done.size() == before + 3);  // with the one that the pause had cut
        QCOMPARE(done[done.size() - 2].part, StepPart::Generator);
        QCOMPARE(done.back().part, StepPart::Discriminator);
        QCOMPARE(compute_->state(), RunState::Paused);
    }

    // A pause, wherever in a step it falls, changes nothing of what is learnt.
    void aRunThatIsPausedAndLookedAtEndsAsOneThatIsNot() {
        const auto losses = [&](bool disturbed) {
            const auto first = steps().size();
            start(toyConfig());
            for (int i = 0; disturbed && i < 6; ++i) {
                compute_->pause();
                compute_->requestSamples(seeds(SampleSource::TunedOneStep, 2));
                for (int w = 0; w < kLong / 5 && compute_->state() == RunState::Pausing; ++w) QTest::qWait(5);
                compute_->resume();
                QTest::qWait(3);
            }
            for (int w = 0; w < kLong / 5 && compute_->state() != RunState::Finished; ++w) QTest::qWait(5);
            std::vector<std::optional<double>> all;
            const Steps done = steps();
            for (std::size_t s = first; s < done.size(); ++s)
                for (const auto& value : {done[s].gLoss, done[s].dLoss, done[s].gradG}) all.push_back(value);
            return all;
        };
        const auto whole = losses(false), cut = losses(true);
        QCOMPARE(whole.size(), std::size_t(30));
        QVERIFY(whole == cut);
    }

    void whatIsCancelledIsGivenUpByNameAndSaid() {
        Collected<std::vector<quint64>> givenUp(*compute_, &EngineFacts::givenUp);
        Collected<ComputeWork> work(*compute_, &EngineFacts::workChanged);
        SpectrumJob job;
        job.block = "enc.28x28_block0";
        job.images = 1'000'000;
        const quint64 spectrum = compute_->requestMeasurement(job, 0);
        QTRY_VERIFY_WITH_TIMEOUT(!work.empty() && work.back().kind == ComputeWork::Kind::Measurement, kLong);
        QTRY_VERIFY_WITH_TIMEOUT(work.back().share > 0, kLong);
        const quint64 samples = compute_->requestSamples(seeds(SampleSource::OriginalMultiStep, 64));
        compute_->cancelWork();
        QTRY_VERIFY_WITH_TIMEOUT(!givenUp.empty(), kLong);
        QCOMPARE(givenUp.back(), std::vector<quint64>({samples, spectrum}));
        QTRY_COMPARE_WITH_TIMEOUT(work.back(), ComputeWork(), kLong);
        // The next request is answered as ever.
        Collected<SampleColumn> columns(*compute_, &EngineFacts::samplesReady);
        compute_->requestSamples(seeds(SampleSource::OriginalOneStep, 2));
        QTRY_VERIFY_WITH_TIMEOUT(!columns.empty() && columns.back().images.size() == 2, kLong);
        QVERIFY(failures_->empty());
    }

    void whatCannotBeAnsweredIsGivenUpInsteadOfAwaitedForEver() {
        Collected<std::vector<quint64>> givenUp(*compute_, &EngineFacts::givenUp);
        SpectrumJob job;
        job.block = "enc.28x28_block0";
        job.model.kind = ModelChoice::Kind::Tuned;  // there is none
        const quint64 tuned = compute_->requestMeasurement(job, 0);
        QTRY_COMPARE_WITH_TIMEOUT(givenUp.values().size(), std::size_t(1), kLong);
        QCOMPARE(givenUp.back(), std::vector<quint64>({tuned}));
        job.model = {};
        job.block = "nowhere";
        const quint64 unknown = compute_->requestMeasurement(job, 0);
        QTRY_COMPARE_WITH_TIMEOUT(givenUp.values().size(), std::size_t(2), kLong);
        QCOMPARE(givenUp.back(), std::vector<quint64>({unknown}));
        const quint64 column = compute_->requestSamples(seeds(SampleSource::TunedOneStep, 2));
        QTRY_COMPARE_WITH_TIMEOUT(givenUp.values().size(), std::size_t(3), kLong);
        QCOMPARE(givenUp.back(), std::vector<quint64>({column}));
    }

    void stopSavesTheRunIntoItsOwnFolder() {
        Collected<RunOutcome> ended(*compute_, &EngineFacts::runEnded);
        QVERIFY(start(endlessConfig()));
        QTRY_VERIFY_WITH_TIMEOUT(!steps().empty(), kLong);
        QVERIFY(compute_->stop());
        QTRY_COMPARE_WITH_TIMEOUT(compute_->state(), RunState::Finished, kLong);
        QCOMPARE(ended.back(), RunOutcome::Stopped);
        const QStringList folders = QDir(runs_->path()).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        QCOMPARE(folders.size(), 1);
        QVERIFY(!QDir(runs_->filePath(folders.front())).isEmpty());
    }

    void aFreezeToggleWhileRunningIsMarkedOnTheRun() {
        Collected<RunMark> marks(*compute_, &EngineFacts::runMarked);
        QVERIFY(start(endlessConfig()));
        QTRY_VERIFY_WITH_TIMEOUT(!steps().empty(), kLong);
        QVERIFY(compute_->setFreeze(parseFreezePlan("all,!dec")));
        QTRY_VERIFY_WITH_TIMEOUT(marks.values().size() >= 2, kLong);
        const auto& mark = marks.back();
        QCOMPARE(mark.kind, RunMark::Kind::Freeze);
        QVERIFY(mark.step >= 1);
        QCOMPARE(compute_->state(), RunState::Running);
    }

    void aColumnFillsInSeedOrderAndCarriesItsGeneration() {
        Collected<SampleColumn> samples(*compute_, &EngineFacts::samplesReady);
        compute_->requestSamples(seeds(SampleSource::OriginalMultiStep, 2));
        const quint64 newest = compute_->requestSamples(seeds(SampleSource::OriginalMultiStep, 6));
        QTRY_VERIFY_WITH_TIMEOUT(!samples.empty() && samples.back().images.size() == 6, kLong);
        QCOMPARE(samples.generation(), newest);
        const auto& column = samples.back();
        for (std::size_t i = 0; i < 6; ++i) QCOMPARE(column.seeds[i], std::uint64_t(i));
    }

    void viewsAreAnsweredWhileTrainingGoesOn() {
        QVERIFY(start(endlessConfig()));
        QTRY_VERIFY_WITH_TIMEOUT(!steps().empty(), kLong);
        Collected<Measured> spectra(*compute_, &EngineFacts::measured);
        SpectrumJob job;
        job.block = "enc.28x28_block0";
        job.images = 20;  // two pieces
        compute_->requestMeasurement(job, 0);
        QTRY_VERIFY_WITH_TIMEOUT(!spectra.empty() && spectra.back().complete, kLong);
        const auto spectrum = std::get<LayerSpectrum>(spectra.back().value);
        QCOMPARE(spectrum.spectrum.width, 28);
        QCOMPARE(spectrum.images, std::int64_t(20));
        QCOMPARE(compute_->state(), RunState::Running);
        const auto before = steps().size();
        QTRY_VERIFY_WITH_TIMEOUT(steps().size() > before, kLong);
    }

    void aFigureIsMadeWhileTrainingGoesOnAndWhatIsOpenStays() {
        QVERIFY(start(endlessConfig()));
        QTRY_VERIFY_WITH_TIMEOUT(!steps().empty(), kLong);
        Collected<ModelSummary> opened(*compute_, &EngineFacts::modelOpened);
        Collected<FigureAnswer> answers(*compute_, &EngineFacts::figureMade);
        const quint64 generation = compute_->requestFigure(toyFigure("builtin"));
        QTRY_VERIFY_WITH_TIMEOUT(!answers.empty(), kLong);
        const FigureAnswer& answer = answers.back();
        QCOMPARE(answers.generation(), generation);
        QVERIFY2(!answer.error, answer.message.c_str());
        QCOMPARE(answer.panels.size(), std::size_t(1));
        QVERIFY(answer.panels.front().sweepA);
        QCOMPARE(answer.recipe.model.sha256.size(), std::size_t(64));
        QCOMPARE(compute_->state(), RunState::Running);
        const auto before = steps().size();
        QTRY_VERIFY_WITH_TIMEOUT(steps().size() > before, kLong);
        QVERIFY(opened.empty());
        QVERIFY(failures_->empty());
    }

    void aFigureThatIsGivenUpIsNotMadeAndTheNextOneIs() {
        Collected<FigureAnswer> answers(*compute_, &EngineFacts::figureMade);
        FigureRecipe large = toyFigure("builtin");
        large.panels.front().images = 1'000'000;
        const quint64 given = compute_->requestFigure(large);
        const quint64 missing = compute_->requestFigure(toyFigure("/nowhere/model.safetensors"));
        compute_->forgetFigure(given);
        QTRY_VERIFY_WITH_TIMEOUT(!answers.empty(), kLong);
        QCOMPARE(answers.values().size(), std::size_t(1));
        QCOMPARE(answers.generation(), missing);
        QVERIFY(answers.back().error == ErrorCode::FileMissing);
        QVERIFY(answers.back().message.find("/nowhere/model.safetensors") != std::string::npos);
        QVERIFY(failures_->empty());
    }

    void aMissingFileIsReportedAndTheModelBeforeItStays() {
        QVERIFY(compute_->openModel("/nowhere/model.safetensors"));
        QTRY_VERIFY_WITH_TIMEOUT(!failures_->empty(), kLong);
        const auto failure = failures_->back();
        QCOMPARE(failure.task, Task::OpenModel);
        QVERIFY(failure.code == ErrorCode::FileMissing);
        QVERIFY(failure.message.find("/nowhere/model.safetensors") != std::string::npos);
        QTRY_COMPARE_WITH_TIMEOUT(compute_->state(), RunState::Ready, kLong);
    }

    void anImpossibleConfigurationStartsNothing() {
        FinetuneConfig config = toyConfig();
        config.batch = 0;
        QVERIFY(start(config));
        QTRY_VERIFY_WITH_TIMEOUT(!failures_->empty(), kLong);
        QTRY_COMPARE_WITH_TIMEOUT(compute_->state(), RunState::Ready, kLong);
        QVERIFY(QDir(runs_->path()).isEmpty());
    }

    void leavingWhileARunGoesOnSavesIt() {
        QVERIFY(start(endlessConfig()));
        QTRY_VERIFY_WITH_TIMEOUT(!steps().empty(), kLong);
        compute_.reset();
        const QStringList folders = QDir(runs_->path()).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        QCOMPARE(folders.size(), 1);
        QVERIFY(!QDir(runs_->filePath(folders.front())).isEmpty());
    }

    void aRunGoesOnWithItsOwnModelAndDataAndIsAskedAboutWhereTheyAreOthers() {
        const QString model = runs_->filePath("toy.safetensors"), data = runs_->filePath("toy-data");
        QVERIFY(QFile::copy(program::toyModel(), model));
        QFile::setPermissions(model, QFile::ReadOwner | QFile::WriteOwner);
        program::writeToyData(data);
        QVERIFY(compute_->openModel(model) && compute_->openData(data));
        QTRY_COMPARE_WITH_TIMEOUT(compute_->state(), RunState::Ready, kLong);
        const QString folder = stoppedRun();
        const auto seen = steps().back().step;
        openBuiltin();

        Collected<ModelSummary> models(*compute_, &EngineFacts::modelOpened);
        Collected<DataSummary> sets(*compute_, &EngineFacts::dataOpened);
        Collected<QStringList> remarks(*compute_, &EngineFacts::runRemarked);
        QVERIFY(compute_->continueRun(folder));
        QTRY_VERIFY_WITH_TIMEOUT(steps().back().step > seen, kLong);
        QCOMPARE(models.values().size(), std::size_t(1));
        QCOMPARE(models.back().path, model.toStdString());
        QCOMPARE(sets.back().path, data.toStdString());
        QVERIFY(remarks.empty());
        QVERIFY(compute_->stop());
        QTRY_COMPARE_WITH_TIMEOUT(compute_->state(), RunState::Finished, kLong);

        QByteArray changed = program::bytes(model);
        changed[changed.size() - 1] = char(changed.back() ^ 1);
        program::write(model, changed);
        openBuiltin();
        Collected<QString> refused(*compute_, &EngineFacts::continueRefused);
        QVERIFY(compute_->continueRun(folder));
        QTRY_VERIFY_WITH_TIMEOUT(refused.values().size() == 2, kLong);
        QCOMPARE(refused.values()[0], folder);
        QVERIFY(refused.values()[1].contains("SHA-256"));
        QTRY_COMPARE_WITH_TIMEOUT(compute_->state(), RunState::Ready, kLong);
        QVERIFY(failures_->empty());
        QVERIFY(compute_->continueRun(folder, true));
        QTRY_VERIFY_WITH_TIMEOUT(!remarks.empty(), kLong);
        QVERIFY(remarks.back().join(' ').contains("model ("));
        QVERIFY(compute_->stop());
    }

    // The session is that of the machine; the setting of the run decides.
    void theRunsPrecisionIsThatOfItsSetting() {
        Collected<RunEnvironment> devices(*compute_, &EngineFacts::deviceKnown);
        FinetuneConfig config = endlessConfig();
        for (const auto& [precision, word] :
             {std::pair(Precision::Float32, "fp32"), std::pair(Precision::BFloat16, "bf16")}) {
            config.precision = precision;
            QVERIFY(start(config));
            QTRY_COMPARE_WITH_TIMEOUT(compute_->state(), RunState::Running, kLong);
            QCOMPARE(devices.back().precision, std::string(word));
            QVERIFY(compute_->stop());
            QTRY_COMPARE_WITH_TIMEOUT(compute_->state(), RunState::Finished, kLong);
        }
    }

private:
    void openBuiltin() {
        QVERIFY(compute_->openModel("builtin") && compute_->openData("builtin"));
        QTRY_COMPARE_WITH_TIMEOUT(compute_->state(), RunState::Ready, kLong);
    }
    QString stoppedRun() {
        start(endlessConfig());
        for (int i = 0; i < kLong / 10 && steps().empty(); ++i) QTest::qWait(10);
        compute_->stop();
        for (int i = 0; i < kLong / 10 && compute_->state() != RunState::Finished; ++i) QTest::qWait(10);
        const QStringList all = QDir(runs_->path()).entryList({"0*"}, QDir::Dirs);
        return runs_->filePath(all.value(0));
    }
    bool start(const FinetuneConfig& config) { return compute_->start(config, runs_->path()); }
    Steps steps() const {
        Steps all;
        for (const Steps& batch : steps_->values()) all.insert(all.end(), batch.begin(), batch.end());
        return all;
    }

    std::unique_ptr<QTemporaryDir> runs_;
    std::unique_ptr<ComputeThread> compute_;
    std::unique_ptr<Collected<Steps>> steps_;
    std::unique_ptr<Collected<Failure>> failures_;
};

THAW_TEST(ComputeThreadTest);
#include "compute_thread_test.moc"
