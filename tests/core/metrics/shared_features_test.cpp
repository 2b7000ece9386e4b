// SPDX-License-Identifier: GPL-3.0-or-later
// Distances that several processes measure together are those of one, bit for bit.
#include "core/metrics/fid_measurement.h"
#include "core/metrics/quality_measurement.h"
#include "core/values/error.h"
#include "tests/core/several_processes.h"
#include "tests/core/toy.h"
#include "tests/registry.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace thaw;

namespace {

torch::Tensor someImages(std::int64_t count) {
    return torch::randint(0, 256, {count, 1, 28, 28}, at::make_generator<at::CPUGeneratorImpl>(7)).to(torch::kByte);
}

// Batches of four images by turns, one after another.
void collect(FeatureCollector& collector, const torch::Tensor& images, const ProcessesPtr& p) {
    const std::int64_t count = images.size(0), turn = 4 * countOf(p);
    for (std::int64_t begin = 0; begin < count; begin += turn) {
        const auto first = std::min<std::int64_t>(begin + 4 * (p ? p->rank() : 0), count);
        collector.add(images.slice(0, first, std::min<std::int64_t>(first + 4, count)));
    }
}

bool same(const FidPoint& a, const FidPoint& b) {
    return a.fid == b.fid && a.kid == b.kid && a.precision == b.precision && a.recall == b.recall && a.num == b.num;
}

}  // namespace

class SharedFeaturesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { torch::set_num_threads(1); }

    void collectorsOfAllHaveTheSameNumbers_data() {
        QTest::addColumn<QString>("features");
        QTest::newRow("classifier") << QString(kBuiltinFeatures);
        QTest::newRow("wavelet packets") << QString(kWaveletFeatures);
    }
    void collectorsOfAllHaveTheSameNumbers() {
        QFETCH(QString, features);
        const auto images = someImages(22);  // of the last turn of three processes the last has nothing
        const MeasuredImages kind{1, 28, true};
        const bool scores = features == kBuiltinFeatures;
        const auto network = openFeatureNetwork(features.toStdString(), torch::kCPU, kind);
        FeatureCollector alone(*network, true, scores);
        collect(alone, images, {});
        for (const int count : {2, 3})
            several::processes(count, [&](const ProcessesPtr& p) {
                const auto own = openFeatureNetwork(features.toStdString(), torch::kCPU, kind);
                FeatureCollector together(*own, true, scores, p);
                collect(together, images, p);
                const auto a = alone.moments(), b = together.moments();
                if (a.count != b.count || !torch::equal(a.mean, b.mean) || !torch::equal(a.covariance, b.covariance))
                    throw std::runtime_error("moments");
                if (scores &&
                    (alone.score().mean != together.score().mean || !torch::equal(alone.vectors(), together.vectors())))
                    throw std::runtime_error("vectors");
            });
    }

    void liveDistancesAreExact() {
        auto data = toy::data(64, 28);
        data.images = someImages(64);
        auto network = toy::network(28);
        const auto measure = [&](const ProcessesPtr& p) {
            auto compute = toy::cpu();
            compute.processes = p;
            Denoiser generator(network, Preconditioning::Edm);
            generator->model->initialise(1);
            generator->eval();
            const auto reference = std::make_shared<FidReference>(data, MeasureChoice{kBuiltinFeatures, {}}, compute);
            FidOptions options;
            options.images = 250;
            options.kid = options.coverage = true;
            FidMeasurement measurement(generator, reference, compute, options);
            while (!measurement.advance()) {
            }
            return measurement.point(0);
        };
        const auto alone = measure({});
        QCOMPARE(alone.num, std::int64_t(250));
        QVERIFY(alone.kid.has_value() && alone.precision.has_value());
        for (const int count : {2, 4})
            several::processes(count, [&](const ProcessesPtr& p) {
                if (!same(measure(p), alone)) throw std::runtime_error("distance");
            });
    }

    void theFirstAloneKeepsWhatWasMeasuredOfTheData() {
        QTemporaryDir folder;
        auto data = toy::data(64, 28);
        data.images = someImages(64);
        const auto fileOf = [&](int rank) { return folder.filePath(QString("%1.npz").arg(rank)); };
        several::processes(2, [&](const ProcessesPtr& p) {
            auto compute = toy::cpu();
            compute.processes = p;
            FidReference(data, MeasureChoice{kWaveletFeatures, {}}, compute, fileOf(p->rank()).toStdString());
        });
        QVERIFY(QFile::exists(fileOf(0)));
        QVERIFY(!QFile::exists(fileOf(1)));
    }

    void imagesThatCannotBeMadeEndItForAll() {
        several::processes(2, [&](const ProcessesPtr& p) {
            bool told = false;
            const auto network = openFeatureNetwork(kBuiltinFeatures, torch::kCPU, {1, 28, true});
            try {
                sharedFeatures(*network, p, [&]() -> torch::Tensor {
                    if (p->rank() == 1) throw Error(ErrorCode::WrongKind, "These are not finite.");
                    return someImages(4);
                });
            } catch (const Error& error) {
                if (error.code() == (p->rank() == 1 ? ErrorCode::WrongKind : ErrorCode::ProcessLost)) told = true;
            }
            several::require(told, "told");
        });
    }
};

THAW_TEST(SharedFeaturesTest);

#include "shared_features_test.moc"
