// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/teacher_images.h"

#include "core/diffusion/sampler.h"
#include "core/io/npy.h"
#include "core/io/npy_tensor.h"
#include "core/session/evaluation.h"
#include "core/session/generation.h"
#include "core/study/study_runner.h"
#include "tests/core/faults.h"
#include "tests/registry.h"

#include <QtCore/QDir>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <cmath>
#include <numeric>

using namespace thaw;

namespace {

constexpr int kFew = 12;

SamplerConfig fewSteps(int steps = 3) {
    SamplerConfig sampler;
    sampler.steps = steps;
    return sampler;
}

std::vector<std::uint64_t> seedsFromZero(int count) {
    std::vector<std::uint64_t> seeds(std::size_t(count), 0);
    std::iota(seeds.begin(), seeds.end(), 0);
    return seeds;
}

}  // namespace

class TeacherImagesTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;

    StudyPlace place(const char* name) const {
        StudyPlace place;
        place.folder = folder_.filePath(name).toStdString();
        place.compute.threads = 1;
        place.compute.precision = Precision::Float32;
        return place;
    }
    int files(const char* name) const {
        return int(QDir(folder_.filePath(name) + "/images").entryList(QDir::Files).size());
    }

private Q_SLOTS:
    void theyAreMadeOnceAndAreTheModelsOwn() {
        const auto where = place("once");
        TeacherImages images{where.folder, "builtin", "key", fewSteps(), kFew};
        const auto path = teacherImagesFile(images, false, where.compute, {});
        const auto made = readNpy(path);
        QCOMPARE(made.shape, (std::vector<std::int64_t>{kFew, 1, 28, 28}));
        GenerationRequest request;
        request.sampler = fewSteps();
        request.seeds = seedsFromZero(kFew);
        request.compute = where.compute;
        std::vector<torch::Tensor> batches;
        generateImages(request,
                       [&](const GeneratedBatch& batch) { batches.push_back(quantise(toTensor(batch.images))); });
        QVERIFY(torch::equal(toTensor(made), torch::cat(batches)));

        // Nothing is made again: what lies there is taken.
        const auto refuse = [](double) { return false; };
        QCOMPARE(teacherImagesFile(images, false, where.compute, refuse), path);
        images.count = 5;
        QCOMPARE(teacherImagesFile(images, true, where.compute, refuse), path);
        QVERIFY(faultOf([&] { teacherImagesFile(images, false, where.compute, refuse); }).startsWith("Interrupted"));
        images.count = kFew + 1;
        QVERIFY(faultOf([&] { teacherImagesFile(images, true, where.compute, refuse); }).startsWith("Interrupted"));
        images.count = kFew;
        for (auto other : {TeacherImages{where.folder, "builtin", "another", fewSteps(), kFew},
                           TeacherImages{where.folder, "builtin", "key", fewSteps(2), kFew}})
            QVERIFY(faultOf([&] { teacherImagesFile(other, true, where.compute, refuse); }).startsWith("Interrupted"));
        QCOMPARE(files("once"), 1);
    }

    // The short way gives what the long one gives.
    void distancesAndPairingsAreThoseOfTheModel() {
        const auto where = place("jobs");
        StudyRunner runner(where);
        const StudyGenerator teacher{{}, fewSteps()}, oneStep;
        const std::vector<StudyJob> jobs{{"teacher", DistanceJob{teacher, {}, kFew}},
                                         {"between", DistanceJob{oneStep, teacher, kFew}},
                                         {"pairing", PairingJob{oneStep, teacher, 7}}};
        EvaluationRequest request;
        request.model = "builtin";
        request.sampler = fewSteps();
        request.seeds = seedsFromZero(kFew);
        request.compute = where.compute;
        const auto distance = [&](const StudyJob& job) {
            return std::get<DistanceResult>(runner.run(job, jobs)).distance;
        };
        QCOMPARE(distance(jobs[0]), *evaluateImages(request).quality.fid);
        request.sampler = oneStepSampler();
        request.against = "builtin";
        request.againstSampler = fewSteps();
        QCOMPARE(distance(jobs[1]), *evaluateImages(request).quality.fid);

        PairingRequest pairs;
        pairs.a.sampler = oneStepSampler();
        pairs.b.sampler = fewSteps();
        pairs.seeds = seedsFromZero(7);
        pairs.builtinData = true;
        pairs.compute = where.compute;
        const auto wanted = measurePairing(pairs);
        const auto got = std::get<PairingResult>(runner.run(jobs[2], jobs));
        // Seven images of a batch of twelve are those of a batch of seven, but for rounding.
        const auto isSame = [](double a, double b) { return b > 0 && std::abs(a / b - 1) < 1e-4; };
        QVERIFY(isSame(got.pixels.same, wanted.pixels.same));
        QVERIFY(isSame(got.pixels.others, wanted.pixels.others));
        QVERIFY(isSame(got.features.same, wanted.features.same));
        // One step of 12 and several of 12, whose statistics are kept too; the pairing made none.
        QCOMPARE(files("jobs"), 3);
    }

    // A reference that is overwritten is another reference.
    void resultsBelongToTheContentsOfTheReference() {
        auto where = place("reference");
        where.measure.reference = folder_.filePath("reference.npz").toStdString();
        EvaluationRequest request;
        request.model = "builtin";
        request.seeds = seedsFromZero(kFew);
        request.compute = where.compute;
        const std::vector<StudyJob> jobs{{"one", DistanceJob{{}, {}, kFew}}};
        const auto write = [&](std::uint64_t first) {
            for (auto& seed : request.seeds) seed = first++;
            request.saveFeatures = where.measure.reference;
            evaluateImages(request);
        };
        write(100);
        StudyRunner runner(where);
        const auto first = std::get<DistanceResult>(runner.run(jobs[0], jobs)).distance;
        QCOMPARE(runner.known(jobs).size(), std::size_t(1));
        write(200);
        StudyRunner later(where);
        QVERIFY(later.known(jobs).empty());
        QVERIFY(std::get<DistanceResult>(later.run(jobs[0], jobs)).distance != first);
        write(100);
        StudyRunner again(where);
        QCOMPARE(again.known(jobs).size(), std::size_t(1));
    }
};

THAW_TEST(TeacherImagesTest);
#include "teacher_images_test.moc"
