// SPDX-License-Identifier: GPL-3.0-or-later
// Live distance and best snapshot of a run on 32×32 colour images with classes, for which no network is known.
#include "core/session/evaluation.h"
#include "core/session/session.h"

#include "core/formats/run_stats_file.h"
#include "core/io/model_file.h"
#include "core/io/npy_tensor.h"
#include "core/io/npz.h"
#include "core/metrics/feature_workflow.h"
#include "core/metrics/frechet_wavelet_distance.h"
#include "core/metrics/statistics_file.h"
#include "tests/core/faults.h"
#include "tests/core/toy.h"
#include "tests/registry.h"

#include <QtCore/QDir>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <numeric>

using namespace thaw;

namespace {

constexpr int kClasses = 4, kImages = 40;

Denoiser colourDenoiser() {
    auto network = toy::network(32);
    network.imgChannels = 3;
    network.labelDim = kClasses;
    network.attnResolutions = {};
    Denoiser denoiser(network, Preconditioning::Edm);
    denoiser->model->initialise(3);
    return denoiser;
}

// Colours by class, with a gradient that differs from image to image.
torch::Tensor colourImages() {
    const auto n = torch::arange(kImages, torch::kFloat).reshape({kImages, 1, 1, 1});
    const auto channel = torch::arange(3, torch::kFloat).reshape({1, 3, 1, 1});
    const auto x = torch::arange(32, torch::kFloat);
    const auto images = 90 + 40 * torch::sin(torch::remainder(n, kClasses) + channel * 2) +
                        torch::sin(n * 1.7) * x.reshape({1, 1, 1, 32}) +
                        torch::cos(n * 2.3 + channel) * x.reshape({1, 1, 32, 1});
    return images.round().clamp(0, 255).to(torch::kByte);
}

// uint8 [N, 3, 32, 32] of the images that are shown.
torch::Tensor bytesOf(const SampleColumn& column) {
    std::vector<torch::Tensor> images;
    for (const auto& image : column.images)
        images.push_back(torch::tensor(std::vector<int>(image.pixels.begin(), image.pixels.end()))
                             .to(torch::kByte)
                             .reshape({32, 32, 3})
                             .permute({2, 0, 1}));
    return torch::stack(images);
}

FinetuneConfig colourConfig() {
    FinetuneConfig config;
    config.batch = 8;
    config.kimg = 0.032;
    config.fidImages = 50;
    config.precision = Precision::Float32;
    config.discriminatorWidth = 8;
    return config;
}

}  // namespace

class RunQualityTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;

    std::string at(const QString& name) const { return folder_.filePath(name).toStdString(); }

    std::unique_ptr<Session> session() const {
        ComputeOptions options;
        options.device = "cpu";
        options.precision = Precision::Float32;
        options.threads = 1;
        auto session = std::make_unique<Session>(options);
        session->files().openModel(at("model.safetensors"));
        session->files().openData(at("colours.npz"));
        return session;
    }
    static FidPoint measure(TrainingRun& run) {
        run.beginFid(run.config().fidImages);
        std::optional<FidPoint> point;
        while (!point) point = run.continueFid();
        return *point;
    }
    // The same number from the pixels that the samples show.
    static double distanceOf(const SampleColumn& column) {
        const auto network = waveletFeatures(3, 32);
        FeatureStatistics made, real;
        made.add(network->extract(bytesOf(column)).features);
        real.add(network->extract(colourImages()).features);
        return frechetWaveletDistance(made.moments(), real.moments()).total;
    }

private Q_SLOTS:
    void initTestCase() {
        writeModelFile(at("model.safetensors"), colourDenoiser());
        NpzArchive data;
        data.arrays["images"] = toNpy(colourImages().permute({0, 2, 3, 1}).contiguous());
        data.arrays["labels"] = toNpy(torch::arange(kImages, torch::kLong) % kClasses);
        writeNpz(at("colours.npz"), data);
    }

    void aColourRunWithClassesHasALiveDistanceAndABestSnapshot() {
        const auto open = session();
        QCOMPARE(open->files().model().labelDim, kClasses);
        auto& run = open->run();
        run.startIn(colourConfig(), at("run"));
        QVERIFY(run.fidWorks() && run.missingMeasure(run.config().measure).empty());
        while (!run.isComplete()) run.step();
        QVERIFY(run.fidDue());
        const auto point = measure(run);
        QCOMPARE(measureName(measureOf(point)), std::string("FWD"));
        QCOMPARE(point.features, std::string("Haar wavelet packets, level 4, 256 bands of 12-d"));
        QCOMPARE(point.num, std::int64_t(50));
        QCOMPARE(point.referenceNum, std::int64_t(kImages));
        QVERIFY(point.best && point.selection && !point.kid && !point.precision);
        QCOMPARE(point.bands.size(), std::size_t(256));
        const double mean = std::accumulate(point.bands.begin(), point.bands.end(), 0.0) / 256;
        QVERIFY(std::abs(point.fid - mean) < 1e-12 * mean);
        SampleRequest request;
        request.source = SampleSource::TunedOneStep;
        request.seeds.resize(50);
        std::iota(request.seeds.begin(), request.seeds.end(), 0);
        const double expected = distanceOf(open->files().sample(request));
        QVERIFY2(std::abs(point.fid - expected) < 1e-3 * expected,
                 qPrintable(QString("%1 and %2").arg(point.fid).arg(expected)));
        run.finish(RunOutcome::Finished);

        const auto logged = readRunStats(at("run")).fids;
        QCOMPARE(logged.size(), std::size_t(1));
        QVERIFY(measureOf(logged.front()) == measureOf(point));
        QVERIFY(logged.front().bands == point.bands);
        const auto summary = summariseRun(at("run"));
        QCOMPARE(summary.best.value().fid, logged.front().fid);
        QCOMPARE(measureName(measureOf(*summary.best)), std::string("FWD"));
    }

    void theBestSnapshotIsMarkedAsChosenByTheDistance() {
        const auto metadata = readModelFile(at("run/best.safetensors")).metadata;
        QVERIFY(metadata.at("distance").find("= FWD (Haar wavelet packets") != std::string::npos);
        EvaluationRequest request;
        request.model = at("run/best.safetensors");
        request.data = at("colours.npz");
        request.seeds.resize(50);
        std::iota(request.seeds.begin(), request.seeds.end(), 0);
        request.compute.device = "cpu";
        request.compute.precision = Precision::Float32;
        request.compute.threads = 1;
        const auto result = evaluateImages(request);
        QVERIFY(result.quality.measure.selection);
        QCOMPARE(result.quality.bands.size(), std::size_t(256));
        const auto logged = readRunStats(at("run")).fids.front().fid;
        QVERIFY2(std::abs(result.quality.fid.value() - logged) < 1e-3 * logged,
                 qPrintable(QString("%1 and %2").arg(*result.quality.fid).arg(logged)));
        // The original was not chosen by anything.
        request.model = at("model.safetensors");
        QVERIFY(!evaluateImages(request).quality.measure.selection);
        // A metric that needs a network does not come out of thin air.
        request.metrics = Metrics{{"precision"}};
        QVERIFY(faultOf([&] { evaluateImages(request); }).startsWith("Configuration"));
        request.features = "fwd";
        QVERIFY(faultOf([&] { evaluateImages(request); }).contains("need a feature network"));
    }

    void theReferenceIsMeasuredOnceAndKept() {
        const auto kept = at("run/reference.npz");
        auto statistics = readStatistics(kept);
        QCOMPARE(statistics.moments.count, std::int64_t(kImages));
        // Moments that are changed on the disk are taken, so they are not measured again ...
        const auto resumed = [&] {
            const auto open = session();
            open->run().resume(at("run"), {.kimg = 0.04});
            const double distance = measure(open->run()).fid;
            open->run().finish(RunOutcome::Stopped);
            return distance;
        };
        const double before = resumed();
        statistics.moments.mean[0] -= 10;
        writeStatistics(kept, statistics);
        QVERIFY(resumed() > before + 1);
        // ... but not those of other images.
        statistics.images[0] = statistics.images[0] == '0' ? '1' : '0';
        writeStatistics(kept, statistics);
        QVERIFY(std::abs(resumed() - before) < 1e-9 * before);
        QVERIFY(readStatistics(kept).images != statistics.images);
    }

    void aClassifierTrainedOnTheDataGivesEveryFigure() {
        FeatureTrainingOptions options;
        options.epochs = 1;
        options.batch = 12;
        const auto trained = trainFeatures(at("colours.npz"), at("features.safetensors"), options);
        // No part of its own for testing: a tenth was held out.
        QCOMPARE(trained.images, std::int64_t(36));
        QCOMPARE(trained.testImages, std::int64_t(4));
        const auto open = session();
        auto config = colourConfig();
        config.kimg = 0.008;
        config.measure.features = at("features.safetensors");
        open->run().startIn(config, at("classified"));
        open->run().step();
        const auto point = measure(open->run());
        QCOMPARE(point.features, trained.features);
        QCOMPARE(measureName(measureOf(point)), std::string("FD"));
        QVERIFY(point.kid && point.precision && point.recall && point.bands.empty() && point.best);
        open->run().finish(RunOutcome::Finished);
        QCOMPARE(readStatistics(at("classified/reference.npz")).features, trained.features);
    }

    void aRunWithoutAMeasureSaysSo() {
        const auto open = session();
        auto config = colourConfig();
        config.measure.features = "none";
        QVERIFY(!open->run().missingMeasure(config.measure).empty());
        open->run().startIn(config, at("unmeasured"));
        while (!open->run().isComplete()) open->run().step();
        QVERIFY(!open->run().fidWorks() && !open->run().fidDue());
        QVERIFY(faultOf([&] { open->run().beginFid(50); }).contains("measures no quality"));
        open->run().finish(RunOutcome::Finished);
        QVERIFY(!QFile::exists(folder_.filePath("unmeasured/best.safetensors")));
    }

    void anImpossibleMeasureStopsARunBeforeItsFolder() {
        const auto open = session();
        auto config = colourConfig();
        config.measure.features = at("nowhere.pt");
        QVERIFY(faultOf([&] { open->run().startIn(config, at("never")); }).startsWith("FileMissing"));
        config.measure.features = "builtin";
        QVERIFY(faultOf([&] { open->run().startIn(config, at("never")); }).contains("1-channel images of 28"));
        config.measure = {"fwd", at("run/best.safetensors")};
        QVERIFY(faultOf([&] { open->run().startIn(config, at("never")); }) != "nothing");
        QVERIFY(!QDir(folder_.filePath("never")).exists());
    }

    void statisticsOfAFileAreTheReference() {
        const auto open = session();
        const auto data = open->run().originalFid(50);
        const auto network = waveletFeatures(3, 32);
        FeatureStatistics shifted;
        shifted.add(network->extract(colourImages()).features);
        auto moments = shifted.moments();
        moments.mean[0] += 2;
        writeStatistics(at("shifted.npz"), {moments, network->title(), "shifted colours", "", {}, {}});
        const auto file = open->run().originalFid({"auto", at("shifted.npz")}, 50);
        QCOMPARE(file.reference, std::string("shifted colours"));
        // |μ - (m + 2)|² - |μ - m|² = 4·12 - 4 Σ (μ - m), in the lowest band alone.
        FeatureStatistics made;
        SampleRequest request;
        request.source = SampleSource::OriginalOneStep;
        request.seeds.resize(50);
        std::iota(request.seeds.begin(), request.seeds.end(), 0);
        made.add(network->extract(bytesOf(open->files().sample(request))).features);
        const double apart = (made.moments().mean[0] - shifted.moments().mean[0]).sum().item<double>();
        const double expected = 48 - 4 * apart;
        QVERIFY2(std::abs(file.bands.front() - data.bands.front() - expected) < 1e-3 * std::abs(expected),
                 qPrintable(QString::number(expected)));
        QCOMPARE(std::vector<double>(file.bands.begin() + 1, file.bands.end()),
                 std::vector<double>(data.bands.begin() + 1, data.bands.end()));
    }
};

THAW_TEST(RunQualityTest);
#include "run_quality_test.moc"
