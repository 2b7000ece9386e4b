// SPDX-License-Identifier: GPL-3.0-or-later

// The window with a network of the size that its users have (DDPM++ for CIFAR-10, 55.7 million parameters, random
// weights) while a fine-tuning run goes on flat out on the CPU: how long it is from a click to what it asks for, and
// how evenly the event loop turns meanwhile. Prints one JSON object, with null for what the time was too short for;
// asserts nothing. `true-size-bench [--seconds 300] [--micro-batch 2] [--precision bf16|fp32]`. Threads wait as they do
// in the program (app/waiting_threads.cpp) where GOMP_SPINCOUNT=2000 is set.
#include "core/device/device_memory.h"
#include "core/io/model_file.h"
#include "core/io/npy.h"
#include "core/values/train_words.h"
#include "tests/app/window_fixture.h"

#include <QCommandLineParser>
#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimer>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <optional>
#include <random>
#include <vector>

using namespace thaw;

namespace {

constexpr std::size_t kSamples = 16;  // what a column has unless the user chooses another number
constexpr int kSpectrumImages = 16;   // the fewest that the menu offers
const char* const kBlock = "enc.32x32_block0";
const char* const kFrozenToo = "enc.32x32_conv";  // D2O-F leaves it free

struct TrueSizeArguments {
    int seconds = 300;
    int microBatch = 2;
    Precision precision = Precision::BFloat16;
};

TrueSizeArguments argumentsOf(const QCoreApplication& application) {
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOptions({{"seconds", "The whole may take so long.", "seconds", "300"},
                       {"micro-batch", "Images at a time within a step, 0 for all 8.", "images", "2"},
                       {"precision", "Of the run: bf16 or fp32.", "precision", "bf16"}});
    parser.process(application);
    const auto precision = valueOfWord<Precision>(parser.value("precision").toStdString());
    if (!precision || parser.value("seconds").toInt() < 1) parser.showHelp(2);
    return {parser.value("seconds").toInt(), parser.value("micro-batch").toInt(), *precision};
}

// The shape `cifar-ddpmpp` of thaw-cli bench.
void writeTrueSizeModel(const QString& path) {
    NetworkConfig network;
    network.channelMult = {2, 2, 2};
    network.dropout = 0;
    Denoiser denoiser(network, Preconditioning::Edm);
    denoiser->model->initialise(0);
    writeModelFile(path.toStdString(), denoiser);
}

void writeRandomImages(const QString& path) {
    constexpr int kImages = 256, kChannels = 3, kSize = 32;
    NpyArray images{{kImages, kChannels, kSize, kSize}, NumberType::UInt8, {}};
    images.data.resize(std::size_t(images.count()));
    std::mt19937 random(0);
    for (char& value : images.data) value = char(random() >> 24);
    writeNpy(path.toStdString(), images);
}

FinetuneConfig unmeasuredRun(const TrueSizeArguments& arguments) {
    FinetuneConfig config;
    config.kimg = 10000;
    config.batch = 8;
    config.microBatch = arguments.microBatch;
    config.precision = arguments.precision;
    config.measure.features = kNoFeatures;
    config.fidEveryKimg = 0;
    config.fidImages = 50;  // of the original, which is measured until a run says that nothing is
    config.snapshotEveryKimg = 0;
    return config;
}

// What making the files took is not the window's, so Linux is asked to begin the peak again.
void beginPeakAgain() {
    QFile file(QStringLiteral("/proc/self/clear_refs"));
    if (file.open(QIODevice::WriteOnly)) file.write("5");
}

// Turns the event loop as the program does. QTest::qWait sleeps between two turns, which would count as a gap.
void turnUntil(const std::function<bool()>& done, const QDeadlineTimer& until) {
    QEventLoop loop;
    QTimer poll;
    QObject::connect(&poll, &QTimer::timeout, &loop, [&] {
        if (done() || until.hasExpired()) loop.quit();
    });
    poll.start(2);
    loop.exec();
}

double secondsOn(const QElapsedTimer& timer) { return double(timer.nsecsElapsed()) * 1e-9; }

class TrueSizeWindow {
public:
    TrueSizeWindow(const QString& model, const QString& data, const FinetuneConfig& config) {
        fixture_.options.model = model;
        fixture_.options.data = data;
        fixture_.open();
        window().runPage()->form()->setConfig(config);
        // The columns that a new window has hold many steps of the original, which take minutes with this network.
        window().comparePage()->setColumns({{SampleSource::RealData, 1}});
        follow();
        beat_.setTimerType(Qt::PreciseTimer);
        QObject::connect(&beat_, &QTimer::timeout, &beat_,
                         [this] { gaps_.push_back(secondsOn(sinceBeat_) * 1000 - kBeatMs), sinceBeat_.restart(); });
    }

    // From the click on Start to the numbers of the first whole step. From there on gaps count.
    std::optional<double> firstStep(const QDeadlineTimer& until) {
        turnUntil([this] { return fixture_.state() == RunState::Ready; }, until);
        if (fixture_.state() != RunState::Ready) return {};
        askForNothingYet();
        const auto seconds = timed([this] { fixture_.clickStart(); }, [this] { return !steps_.empty(); }, until);
        if (seconds) sinceBeat_.start(), beat_.start(kBeatMs);
        return seconds;
    }

    // While the column can be seen, the window asks for it anew every few seconds, as it does for a user.
    std::optional<double> samples(const QDeadlineTimer& until) {
        const int column = fixture_.grid().blockCount();
        const ColumnSpec tuned{SampleSource::TunedOneStep, 1};
        return timed([&] { window().comparePage()->addColumn(tuned); },
                     [&] { return fixture_.column(column).images.size() == kSamples; }, until);
    }
    std::size_t samplesShown() const { return fixture_.column(fixture_.grid().blockCount() - 1).images.size(); }

    std::optional<double> pause(const QDeadlineTimer& until) {
        return timed([&] { fixture_.clickPause(); }, [&] { return fixture_.state() == RunState::Paused; }, until);
    }
    // The button goes on at once; the mark is the compute thread's own word.
    std::optional<double> resume(const QDeadlineTimer& until) {
        return timed([this] { fixture_.clickPause(); }, nextMark(RunMark::Kind::Resume), until);
    }

    std::optional<double> freeze(const QDeadlineTimer& until) {
        FreezePlan plan = window().blocksPage()->plan();
        plan.patterns.emplace_back(kFrozenToo);
        return timed([&] { window().blocksPage()->changePlan(plan); }, nextMark(RunMark::Kind::Freeze), until);
    }

    std::optional<double> spectrum(const QDeadlineTimer& until) {
        window().workbench()->arrange(QStringLiteral("frequency"));
        const FrequencyPage& page = *window().frequencyPage();
        return timed([this] { window().selection().setBlock(QLatin1String(kBlock)); },
                     [&page] { return page.isUpToDate() && !isEmpty(page.drawn()) && page.staleWord().isEmpty(); },
                     until);
    }

    // Milliseconds beyond the timer's own interval, and seconds of a step's own work.
    const std::vector<double>& gaps() const { return gaps_; }
    const std::vector<double>& steps() const { return steps_; }
    void removeFiles() { fixture_.folder.remove(); }

private:
    MainWindow& window() const { return *fixture_.window; }

    void follow() {
        const EngineFacts* facts = window().compute().facts();
        QObject::connect(facts, &EngineFacts::stepsDone, &beat_, [this](const std::vector<StepMetrics>& steps) {
            for (const StepMetrics& step : steps) steps_.push_back(step.secondsPerStep);
        });
        QObject::connect(facts, &EngineFacts::runMarked, &beat_,
                         [this](const RunMark& mark) { ++markCount(mark.kind); });
        QObject::connect(&window(), &MainWindow::failed, &beat_, [](const Failure& failure) {
            std::fprintf(stderr, "true-size-bench: %s\n", failure.message.c_str());
        });
    }

    int& markCount(RunMark::Kind kind) { return marks_[std::size_t(kind)]; }
    std::function<bool()> nextMark(RunMark::Kind kind) {
        return [this, kind, before = markCount(kind)] { return markCount(kind) > before; };
    }

    // Without a block there is no spectrum to measure before one is asked for; what was asked for while the files were
    // opened is given up, as the button in the status line does it.
    void askForNothingYet() {
        window().selection().setBlock({});
        PanelRecipe panel = window().frequencyPage()->panel();
        panel.kind = PanelKind::Spectrum;
        panel.images = kSpectrumImages;
        window().frequencyPage()->showPanel(panel);
        window().compute().cancelWork();
    }

    // Nothing where the time was too short, or the run has ended.
    std::optional<double> timed(const std::function<void()>& click, const std::function<bool()>& shown,
                                const QDeadlineTimer& until) {
        QElapsedTimer timer;
        timer.start();
        click();
        double seconds = 0;
        bool seen = false;
        turnUntil(
            [&] {
                seen = shown();
                seconds = secondsOn(timer);
                return seen || !runIsOpen(fixture_.state());
            },
            until);
        return seen ? std::optional(seconds) : std::nullopt;
    }

    static constexpr int kBeatMs = 4;
    WindowFixture fixture_;
    QTimer beat_;
    QElapsedTimer sinceBeat_;
    std::vector<double> gaps_, steps_;
    std::array<int, 4> marks_{};  // by kind
};

QJsonValue orNoNumber(std::optional<double> value) {
    return value ? QJsonValue(std::round(*value * 1000) / 1000) : QJsonValue(QJsonValue::Null);
}

QJsonValue quantileOf(std::vector<double> values, double share) {
    if (values.empty()) return orNoNumber({});
    std::sort(values.begin(), values.end());
    return orNoNumber(values[std::min(values.size() - 1, std::size_t(share * double(values.size())))]);
}

QJsonObject timesOf(TrueSizeWindow& window, const QDeadlineTimer& whole) {
    std::optional<double> samples, pause, resume, freeze, spectrum;
    std::size_t shown = 0;
    int left = 5;
    // What one part leaves of its time is the next one's, and none can take all of it.
    const auto part = [&] { return QDeadlineTimer(whole.remainingTime() / left--); };
    const auto first = window.firstStep(whole);
    if (first) {
        samples = window.samples(part());
        shown = window.samplesShown();
        pause = window.pause(part());
        // A pause that is still on its way is taken back by the same click, which then measures nothing.
        resume = window.resume(part());
        if (!pause) resume.reset();
        freeze = window.freeze(part());
        spectrum = window.spectrum(part());
    }
    return {{"first_step_s", orNoNumber(first)}, {"samples_s", orNoNumber(samples)}, {"samples_shown", qint64(shown)},
            {"pause_s", orNoNumber(pause)},      {"resume_s", orNoNumber(resume)},   {"freeze_s", orNoNumber(freeze)},
            {"spectrum_s", orNoNumber(spectrum)}};
}

}  // namespace

int main(int argc, char** argv) {
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    const TrueSizeArguments arguments = argumentsOf(application);
    const QDeadlineTimer whole(qint64(arguments.seconds) * 1000);
    applyTheme(application, Theme::Light);
    QTemporaryDir folder;
    const QString model = folder.filePath("cifar-ddpmpp.safetensors"), data = folder.filePath("images.npy");
    writeTrueSizeModel(model);
    writeRandomImages(data);
    beginPeakAgain();

    TrueSizeWindow window(model, data, unmeasuredRun(arguments));
    QJsonObject result = timesOf(window, whole);
    result["network"] = "cifar-ddpmpp";
    result["precision"] = wordFor(arguments.precision);
    result["micro_batch"] = arguments.microBatch;
    result["seconds"] = arguments.seconds;
    result["gap_ms"] = QJsonObject{{"p50", quantileOf(window.gaps(), 0.5)},
                                   {"p99", quantileOf(window.gaps(), 0.99)},
                                   {"max", quantileOf(window.gaps(), 1)}};
    result["step_s"] = quantileOf(window.steps(), 0.5);
    result["steps"] = qint64(window.steps().size());
    result["peak_resident_mib"] = orNoNumber(peakResidentMiB());
    std::printf("%s\n", QJsonDocument(result).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
    // Stopping ends the open step and saves the run, for which the limit leaves no time.
    window.removeFiles();
    folder.remove();
    std::_Exit(0);
}
