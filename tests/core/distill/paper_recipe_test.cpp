// SPDX-License-Identifier: GPL-3.0-or-later
// DistillRecipe::Paper, over a teacher and a student whose answers are known in closed form: both networks say nothing, so
// that D(x; sigma) = cSkip(sigma)·x.
#include "core/diffusion/noise.h"
#include "core/distill/distiller.h"
#include "tests/core/toy.h"
#include "tests/registry.h"

#include <QtTest/QTest>

using namespace thaw;

namespace {

constexpr double kData = 0.5, kBottom = 0.002;

Denoiser silent(Denoiser denoiser) {
    const torch::NoGradGuard guard;
    for (auto& item : denoiser->named_parameters()) {
        if (item.key().find("aux_conv") != std::string::npos) item.value().zero_();
        item.value().set_requires_grad(false);
    }
    denoiser->to(torch::kDouble);
    return denoiser;
}

double sigmaOf(int k, int N) {
    const double high = std::pow(80, 1 / 7.), low = std::pow(kBottom, 1 / 7.);
    return double(float(std::pow(high + (1 - double(k) / N) * (low - high), 7)));
}
double teacherSkip(double sigma) { return kData * kData / (sigma * sigma + kData * kData); }
double studentSkip(double sigma) { return teacherSkip(sigma - kBottom); }

// x -> factor·x, a Heun step of dx/dsigma = (x - D)/sigma.
double heunFactor(double a, double b) {
    const double first = (1 - teacherSkip(a)) / a, middle = 1 + (b - a) * first;
    return 1 + (b - a) / 2 * (first + middle * (1 - teacherSkip(b)) / b);
}
double heunFactor(int from, int to, int N) {
    double factor = 1;
    for (int k = from; k > to; --k) factor *= heunFactor(sigmaOf(k, N), sigmaOf(k - 1, N));
    return factor;
}
// Euler's jump of the student.
double jumpFactor(int from, int to, int N) {
    const double a = sigmaOf(from, N), b = sigmaOf(to, N);
    return from == to ? 1 : 1 + (studentSkip(a) - 1) / a * (a - b);
}

// One image at the times of a case, and v = x + sigma_t z.
struct PaperBench {
    DistillConfig config;
    Denoiser teacher = silent(toy::denoiser(2)), student{nullptr};
    torch::Tensor x = torch::randn({1, 1, 8, 8}, seededGenerator(3), torch::kDouble);

    PaperBench(Distillation kind, int N) {
        config.kind = kind;
        config.timesteps = N;
        config.recipe = DistillRecipe::Paper;
        student =
            silent(kind == Distillation::Consistency ? cloneDenoiser(toy::denoiser(4), Preconditioning::D2o)
                                                     : twoTimeDenoiser(toy::denoiser(4), Preconditioning::D2o, 1));
    }
    // The loss at (t, u, s), divided by the mean of v².
    double loss(int t, int u, int s) {
        Distiller distiller(teacher, config, torch::kCPU);
        auto draw = distiller.draw(x, seededGenerator(6));
        const auto at = [](int k) { return torch::full({1}, k, torch::kLong); };
        draw.times = {at(t), at(u), at(s)};
        const auto v = x + sigmaOf(t, config.timesteps) * draw.noise;
        return distiller.loss(student, x, {}, draw, {torch::kDouble, true}).item<double>() /
               v.square().mean().item<double>();
    }
};

// Noise levels are in float, so factors of size 1, and the root of a loss that is their difference, are off by as much as 1e-7.
bool agrees(double value, double expected) {
    const double root = std::sqrt(expected);
    const bool good = std::abs(std::sqrt(value) - root) <= 1e-6 * root + 1e-7;
    if (!good) qWarning("%.12g instead of %.12g", value, expected);
    return good;
}

}  // namespace

class PaperRecipeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { torch::set_num_threads(1); }

    // f(v; t) towards f(v1; u), and at the last rung towards v1 itself.
    void consistencyComparesTwoImagesOfOnePath() {
        constexpr int N = 8;
        PaperBench bench(Distillation::Consistency, N);
        for (const int t : {8, 5, 2}) {
            const double difference =
                studentSkip(sigmaOf(t, N)) - studentSkip(sigmaOf(t - 1, N)) * heunFactor(t, t - 1, N);
            QVERIFY(agrees(bench.loss(t, t - 1, 0), difference * difference));
        }
        const double last = studentSkip(sigmaOf(1, N)) - heunFactor(1, 0, N);
        QVERIFY(agrees(bench.loss(1, 0, 0), last * last));
    }

    // D2O's wrapper is the identity at the lowest level, EDM's is not: there the target is v1 itself, and f is not asked.
    void theLastRungNeedsNoAnswerWhateverTheWrapper() {
        constexpr int N = 8;
        PaperBench bench(Distillation::Consistency, N);
        bench.student = silent(cloneDenoiser(toy::denoiser(4), Preconditioning::Edm));
        const double last = teacherSkip(sigmaOf(1, N)) - heunFactor(1, 0, N);
        QVERIFY(agrees(bench.loss(1, 0, 0), last * last));
        const double above = teacherSkip(sigmaOf(2, N)) - teacherSkip(sigmaOf(1, N)) * heunFactor(2, 1, N);
        QVERIFY(agrees(bench.loss(2, 1, 0), above * above));
    }

    // The teacher's solver from t to u, then the student's jumps u -> s -> 0; the prediction jumps t -> s -> 0.
    void trajectoryIsLedByTheTeachersSolver() {
        constexpr int N = 8;
        PaperBench bench(Distillation::Trajectory, N);
        struct Case {
            int t, u, s;
        };
        for (const auto& [t, u, s] : {Case{8, 3, 1}, Case{8, 3, 3}, Case{6, 5, 0}, Case{4, 0, 0}, Case{7, 6, 2}}) {
            const double target = heunFactor(t, u, N) * jumpFactor(u, s, N) * jumpFactor(s, 0, N),
                         prediction = jumpFactor(t, s, N) * jumpFactor(s, 0, N);
            QVERIFY2(agrees(bench.loss(t, u, s), (prediction - target) * (prediction - target)),
                     qPrintable(QString("%1 %2 %3").arg(t).arg(u).arg(s)));
        }
    }

    // Both halves of the first stage's jumps are the teacher's, of later ones the student's of the stage before; the
    // weight is max(1/sigma_t², 1).
    void progressiveWeighsByTheTruncatedSignalToNoiseRatio() {
        constexpr int N = 8;
        PaperBench bench(Distillation::Progressive, N);
        struct Case {
            int t, u, s;
        };
        for (const auto& [t, u, s] : {Case{2, 1, 0}, Case{8, 7, 6}, Case{4, 2, 0}, Case{8, 4, 0}}) {
            const double a = sigmaOf(t, N), b = sigmaOf(s, N);
            const double halves =
                t - u == 1 ? heunFactor(t, u, N) * heunFactor(u, s, N) : jumpFactor(t, u, N) * jumpFactor(u, s, N);
            const double target = 1 + (halves - 1) * a / (a - b), difference = studentSkip(a) - target;
            QVERIFY2(agrees(bench.loss(t, u, s), std::max(1 / (a * a), 1.0) * difference * difference),
                     qPrintable(QString("%1 %2 %3").arg(t).arg(u).arg(s)));
        }
    }

    void timesOfEachStageAndObjective() {
        const TimeGrid grid(16);
        for (int stage = 0; stage < 4; ++stage) {
            const auto times = drawPaperTimes(Distillation::Progressive, grid, 500, seededGenerator(1), stage);
            const int unit = 2 << stage;
            QVERIFY((times.t - times.s == unit).all().item<bool>() &&
                    (times.t - times.u == unit / 2).all().item<bool>());
            QVERIFY((times.t.remainder(unit) == 0).all().item<bool>());
            QCOMPARE(std::get<0>(at::_unique(times.t)).numel(), std::int64_t(16 / unit));
        }
        const auto cd = drawPaperTimes(Distillation::Consistency, grid, 2000, seededGenerator(1), 0);
        QVERIFY((cd.t - cd.u == 1).all().item<bool>() && (cd.s == 0).all().item<bool>());
        QCOMPARE(std::get<0>(at::_unique(cd.t)).numel(), std::int64_t(16));  // the rung next to the bottom too
        const auto ctm = drawPaperTimes(Distillation::Trajectory, grid, 4000, seededGenerator(1), 0);
        QVERIFY((ctm.t > ctm.u).all().item<bool>() && (ctm.u >= ctm.s).all().item<bool>());
        QVERIFY((ctm.u == ctm.s).any().item<bool>() && (ctm.u == ctm.t - 1).any().item<bool>());
        // t uniform 1 .. 16, s uniform 0 .. t-1, u uniform s .. t-1: means 8.5, (t-1)/2 and (s+t-1)/2.
        QVERIFY(std::abs(ctm.t.to(torch::kDouble).mean().item<double>() - 8.5) < 0.3);
        QVERIFY(std::abs(ctm.s.to(torch::kDouble).mean().item<double>() - 3.75) < 0.3);
        QVERIFY(std::abs(ctm.u.to(torch::kDouble).mean().item<double>() - 5.625) < 0.3);
    }

    // N = 16: four stages of 100, 100, 200, 200 of 600 steps.
    void stagesAndTheirLearningRates() {
        const auto expect = [](std::int64_t step, int stage, double rate) {
            const auto place = progressiveStage(16, step, 600);
            return place.stage == stage && std::abs(place.rate - rate) < 1e-12;
        };
        QVERIFY(expect(0, 0, 1) && expect(99, 0, 0.01) && expect(100, 1, 1) && expect(150, 1, 0.5));
        QVERIFY(expect(200, 2, 1) && expect(300, 2, 0.5) && expect(400, 3, 1) && expect(599, 3, 0.005));
        QVERIFY(expect(600, 3, 0) && expect(1000, 3, 0));
        // Two steps for four stages: the last is reached all the same.
        QCOMPARE(progressiveStage(16, 1, 2).stage, 3);
    }

    // Above 32 levels bf16 gives way to float; at 32 it stays.
    void longLaddersAreComputedInFloat() {
        auto teacher = toy::denoiser(2);
        for (auto& p : teacher->parameters()) p.set_requires_grad(false);
        {
            const torch::NoGradGuard guard;
            for (auto& p : teacher->parameters())
                if (p.abs().max().item<double>() < 1e-3) p.normal_(0, 0.1, seededGenerator(std::uint64_t(p.numel())));
        }
        for (const int N : {32, 64}) {
            DistillConfig config;
            config.kind = Distillation::Consistency;
            config.timesteps = N;
            Distiller distiller(teacher, config, torch::kCPU);
            auto student = twoTimeDenoiser(teacher, Preconditioning::D2o, 3);
            const auto real = torch::randn({4, 1, 8, 8}, seededGenerator(4)) * 0.5;
            const auto draw = distiller.draw(real, seededGenerator(5));
            const torch::NoGradGuard guard;
            const auto exact = distiller.loss(student, real, {}, draw, {torch::kFloat, false}),
                       rounded = distiller.loss(student, real, {}, draw, {torch::kBFloat16, false});
            QCOMPARE(torch::equal(exact, rounded), N == 64);
        }
    }

    // Runs that were recorded before there was a choice.
    void anOlderRunKeepsItsRecipe() {
        const auto old = recordedDefaults().distill;
        QVERIFY(old.recipe == DistillRecipe::Release && old.timesteps == 1024 && old.targetDecay == 0);
        QVERIFY(FinetuneConfig().distill.recipe == DistillRecipe::Paper && FinetuneConfig().distill.timesteps == 16);
    }
};

THAW_TEST(PaperRecipeTest);
#include "paper_recipe_test.moc"
