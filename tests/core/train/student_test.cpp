// SPDX-License-Identifier: GPL-3.0-or-later
// Students with a network of zeros under EDM's wrapper: D(x; sigma) = x/(1 + 4·sigma²), so that their images are multiples
// of the latents in closed form.
#include "core/train/student.h"
#include "core/diffusion/noise.h"
#include "tests/core/closed_form_toy.h"
#include "tests/core/tensors.h"
#include "tests/registry.h"

#include <torch/torch.h>

#include <QtTest/QTest>

#include <cmath>

using namespace thaw;
using testing::worst;

namespace {

FinetuneConfig runFromLevelTwo(int studentSteps) {
    FinetuneConfig config;
    config.sigma = 2;
    config.studentSteps = studentSteps;
    return config;
}

// Four levels by EDM's eq. 5 with rho = 7, of which three jumps leave the first three.
double multipleAfterThreeJumps() {
    double levels[4];
    const double high = std::pow(2, 1.0 / 7), low = std::pow(0.002, 1.0 / 7);
    for (int i = 0; i < 4; ++i) levels[i] = std::pow((high * (3 - i) + low * i) / 3, 7);
    double x = 2;
    for (int i = 0; i < 2; ++i) {
        const double stays = levels[i + 1] / levels[i];
        x = stays * x + (1 - stays) * x / (1 + 4 * levels[i] * levels[i]);
    }
    return x / (1 + 4 * levels[2] * levels[2]);
}

}  // namespace

class StudentTest : public QObject {
    Q_OBJECT
    Denoiser zeros_ = toy::zeros();
    torch::Tensor z_ = latentsForSeeds({7, 8}, 1, 8);

private Q_SLOTS:
    void initTestCase() { torch::set_num_threads(1); }

    // One step: D(2z; 2) = 2z/17. Two by way of level 1: half of 2z and half of 2z/17 are 18z/17, of which D leaves a fifth.
    void everyJumpGoesTowardsTheDenoisedImage_data() {
        QTest::addColumn<int>("steps");
        QTest::addColumn<double>("multiple");
        QTest::newRow("one") << 1 << 2.0 / 17;
        QTest::newRow("two") << 2 << 18.0 / 85;
        QTest::newRow("three") << 3 << multipleAfterThreeJumps();
    }
    void everyJumpGoesTowardsTheDenoisedImage() {
        QFETCH(int, steps);
        QFETCH(double, multiple);
        const auto images = studentImages(zeros_, z_, runFromLevelTwo(steps), {}, {});
        QVERIFY(worst(images, multiple * z_) < 1e-5);
    }

    void samplesBeginAtTheLevelOfTheRun_data() { everyJumpGoesTowardsTheDenoisedImage_data(); }
    void samplesBeginAtTheLevelOfTheRun() {
        QFETCH(int, steps);
        QFETCH(double, multiple);
        std::vector<double> levels;
        SampleContext context;
        context.observe = [&](double sigma, const torch::Tensor&, const torch::Tensor&) { levels.push_back(sigma); };
        const auto images = sample(zeros_, z_, studentSampler(runFromLevelTwo(steps)), context);
        QCOMPARE(int(levels.size()), steps);
        QCOMPARE(levels[0], 2.0);
        QVERIFY(worst(images, multiple * z_) < 1e-5);
    }

    void everyJumpIsToldWhereItEnds() {
        const torch::NoGradGuard noGrad;
        auto student = toy::twoTimeListener(Preconditioning::D2o, 10);
        const auto denoised = [&](const torch::Tensor& x, double sigma, double target) {
            return student->forward(x, torch::full({1}, sigma), {{}, {}, torch::full({1}, target)});
        };
        // From level 2 to 1, which is half of the way to the denoised image, and from there to the lowest.
        const auto told = [&](double first, double second) {
            const auto start = 2 * z_;
            return denoised(start + (denoised(start, 2, first) - start) / 2, 1, second);
        };
        const auto expected = told(1, 0.002);
        QVERIFY(worst(studentImages(student, z_, runFromLevelTwo(2), {}, {}), expected) < 1e-5);
        // Another end of either jump would have shown.
        QVERIFY(worst(told(2, 0.002), expected) > 1e-4);
        QVERIFY(worst(told(1, 1), expected) > 1e-4);
    }
};

THAW_TEST(StudentTest);
#include "student_test.moc"
