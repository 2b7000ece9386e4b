// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/distill/distiller.h"

#include "core/diffusion/noise.h"
#include "core/distill/teacher_pairs.h"
#include "core/train/student.h"
#include "tests/core/finite_difference.h"
#include "tests/core/toy.h"
#include "tests/registry.h"

#include <QtTest/QTest>

using namespace thaw;

namespace {

const ForwardMode kDouble{torch::kDouble, true};

// Fresh networks end in weights near zero; these here say something.
void awaken(Denoiser& denoiser) {
    const torch::NoGradGuard guard;
    for (auto& p : denoiser->parameters())
        if (p.abs().max().item<double>() < 1e-3) p.normal_(0, 0.1, seededGenerator(std::uint64_t(p.numel())));
}

Denoiser frozenTeacher() {
    auto teacher = toy::denoiser(2);
    awaken(teacher);
    for (auto& p : teacher->parameters()) p.set_requires_grad(false);
    return teacher;
}

Denoiser twoTimeStudent(std::uint64_t seed = 7) {
    auto student = twoTimeDenoiser(frozenTeacher(), Preconditioning::D2o, seed);
    for (auto& p : student->parameters()) p.set_requires_grad(true);
    const torch::NoGradGuard guard;
    // Away from the start, where the second time is ignored.
    for (auto& item : student->named_parameters())
        if (item.key().find("map_time") != std::string::npos) item.value().normal_(0, 0.3, seededGenerator(seed));
    return student;
}

const std::vector<Distillation> kJumping{Distillation::Progressive, Distillation::Consistency, Distillation::Trajectory,
                                         Distillation::Rcd};

}  // namespace

class DistillerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { torch::set_num_threads(1); }

    void theLadderRunsFromTheHighestToTheLowestLevel() {
        const TimeGrid grid(1024);
        const auto sigma = grid.sigma(torch::tensor({0, 1, 512, 1024}, torch::kLong));
        QVERIFY(std::abs(sigma[3].item<double>() - 80) < 1e-4);
        QVERIFY(std::abs(sigma[0].item<double>() - 0.002) < 1e-7);
        // (80^(1/7)/2 + 0.002^(1/7)/2)^7
        QVERIFY(std::abs(sigma[2].item<double>() - std::pow((std::pow(80, 1 / 7.) + std::pow(0.002, 1 / 7.)) / 2, 7)) <
                1e-4);
        // The levels of a four-step student, as published.
        const auto four = TimeGrid(4).sigma(torch::arange(4, -1, -1));
        const double expected[] = {80, 17.5278, 2.51522, 0.169753, 0.002};
        for (int i = 0; i < 5; ++i)
            QVERIFY(std::abs(four[i].item<double>() - expected[i]) < 1e-4 * std::max(1.0, expected[i]));
    }

    void timesKeepTheirOrderAndTheirObjectivesRule() {
        const TimeGrid grid(64);
        for (const auto kind : kJumping) {
            const auto times = drawTimes(kind, grid, 4000, seededGenerator(1));
            QVERIFY((times.t > times.u).all().item<bool>());
            QVERIFY((times.u >= times.s).all().item<bool>());
            QVERIFY((times.s >= 0).all().item<bool>());
            QVERIFY((times.t <= 64).all().item<bool>());
            QCOMPARE(times.t.scalar_type(), torch::kLong);
            if (kind == Distillation::Progressive) {
                QVERIFY((times.t - times.u == times.u - times.s).all().item<bool>());
                // Every jump is a power of two, starts at a multiple of itself, and every size occurs.
                const auto gap = times.t - times.s;
                QVERIFY((times.t.remainder(gap) == 0).all().item<bool>());
                QCOMPARE(std::get<0>(at::_unique(gap)).numel(), std::int64_t(6));
            }
            if (kind == Distillation::Consistency)
                QVERIFY((times.s == 0).all().item<bool>() && (times.t - times.u == 1).all().item<bool>());
            if (kind == Distillation::Rcd)
                QVERIFY((times.t == 64).all().item<bool>() && (times.u - times.s == 1).all().item<bool>());
            if (kind == Distillation::Trajectory) QVERIFY((times.u > times.s).all().item<bool>());
        }
    }

    // A student starts as its teacher: the second time is ignored until it is trained.
    void aTwoTimeStudentStartsAsItsTeacher() {
        auto teacher = frozenTeacher();
        auto student = twoTimeDenoiser(teacher, Preconditioning::D2o, 3);
        const torch::NoGradGuard guard;
        const auto x = torch::randn({2, 1, 8, 8}, seededGenerator(1)) * 5;
        const auto sigma = torch::tensor({5.0f, 2.0f});
        const auto plain = cloneDenoiser(teacher, Preconditioning::D2o)->forward(x, sigma);
        for (const double target : {0.002, 1.0}) {
            Conditioning conditioning;
            conditioning.target = torch::full({1}, target);
            QVERIFY(torch::equal(student->forward(x, sigma, conditioning), plain));
        }
        Conditioning a, b;
        a.target = torch::full({1}, 0.002);
        b.target = torch::full({1}, 1.0);
        auto trained = twoTimeStudent();
        QVERIFY(!torch::allclose(trained->forward(x, sigma, a), trained->forward(x, sigma, b)));
    }

    void lossGradientsAgreeWithFiniteDifferences_data() {
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("distance");
        const char* names[] = {"pd", "cd", "ctm", "rcd"};
        for (std::size_t k = 0; k < kJumping.size(); ++k)
            for (const int distance : {0, 1})
                QTest::addRow("%s %s", names[k], distance ? "features" : "l2") << int(kJumping[k]) << distance;
    }
    void lossGradientsAgreeWithFiniteDifferences() {
        QFETCH(int, kind);
        QFETCH(int, distance);
        DistillConfig config;
        config.kind = Distillation(kind);
        config.distance = distance ? ImageDistance::Features : ImageDistance::L2;
        config.timesteps = 8;
        auto teacher = frozenTeacher();
        auto student = twoTimeStudent();
        teacher->to(torch::kDouble);
        student->to(torch::kDouble);
        Distiller distiller(teacher, config, torch::kCPU);
        const auto real = torch::randn({3, 1, 8, 8}, seededGenerator(4), torch::kDouble) * 0.5;
        const auto draw = distiller.draw(real, seededGenerator(11));
        // Targets are constants of the method, so the differences must leave them alone: a copy of the student that stands
        // still makes them. The gradient that training takes, with the student as its own copy, must be the same.
        auto still = twoTimeStudent();
        still->to(torch::kDouble);
        const auto loss = [&] { return distiller.loss(student, real, {}, draw, kDouble, still); };
        for (const char* name :
             {"model.map_time1.weight", "model.enc.8x8_block0.conv0.weight", "model.dec.8x8_aux_conv.weight"}) {
            const auto parameter = student->named_parameters()[name];
            const auto alone = torch::autograd::grad({loss()}, {parameter})[0];
            const auto training =
                torch::autograd::grad({distiller.loss(student, real, {}, draw, kDouble)}, {parameter})[0];
            QVERIFY2(torch::allclose(alone, training, 1e-10, 1e-12), name);
            const auto check = checkGradient(loss, parameter, {0, 5, 17}, 1e-4);
            QVERIFY2(check.largest > 1e-6, name);
            QVERIFY2(check.worst < 2e-4 * check.largest,
                     qPrintable(QString("%1: off by %2 of %3").arg(name).arg(check.worst).arg(check.largest)));
        }
    }

    void nothingButTheStudentGetsAGradient_data() { lossGradientsAgreeWithFiniteDifferences_data(); }
    void nothingButTheStudentGetsAGradient() {
        QFETCH(int, kind);
        QFETCH(int, distance);
        DistillConfig config;
        config.kind = Distillation(kind);
        config.distance = distance ? ImageDistance::Features : ImageDistance::L2;
        config.timesteps = 8;
        auto teacher = frozenTeacher();
        auto student = twoTimeStudent(), still = twoTimeStudent();
        Distiller distiller(teacher, config, torch::kCPU);
        const auto real = torch::randn({3, 1, 8, 8}, seededGenerator(4)) * 0.5;
        distiller.loss(student, real, {}, distiller.draw(real, seededGenerator(11)), ForwardMode(), still).backward();
        for (const auto& p : teacher->parameters()) QVERIFY(!p.grad().defined());
        for (const auto& p : still->parameters()) QVERIFY(!p.grad().defined() && p.requires_grad());
        QVERIFY(student->named_parameters()["model.map_time1.weight"].grad().abs().sum().item<double>() > 0);
    }

    // With jumps that all are the teacher's own (neighbouring levels), the target depends on no student weight, and the
    // gradient of the whole loss is that of its prediction: central differences must agree.
    void consistencyNextToTheBottomHasTheGradientOfItsPrediction() {
        DistillConfig config;
        config.kind = Distillation::Consistency;
        config.timesteps = 8;
        auto teacher = frozenTeacher();
        auto student = twoTimeStudent();
        teacher->to(torch::kDouble);
        student->to(torch::kDouble);
        Distiller distiller(teacher, config, torch::kCPU);
        const auto real = torch::randn({3, 1, 8, 8}, seededGenerator(4), torch::kDouble) * 0.5;
        auto draw = distiller.draw(real, seededGenerator(11));
        draw.times = {torch::full({3}, 2, torch::kLong), torch::full({3}, 1, torch::kLong),
                      torch::zeros({3}, torch::kLong)};
        const auto loss = [&] { return distiller.loss(student, real, {}, draw, kDouble); };
        for (const char* name :
             {"model.map_time1.weight", "model.enc.8x8_block0.conv0.weight", "model.dec.8x8_aux_conv.weight"}) {
            const auto check = checkGradient(loss, student->named_parameters()[name], {0, 5}, 1e-4);
            QVERIFY2(check.largest > 1e-6 && check.worst < 2e-4 * check.largest, name);
        }
    }

    // f that always answers the true image x: every objective is then solved, whatever the times.
    void aPerfectStudentHasNoLoss() {
        // With v = x + sigma_t z and f = x the jump lands on x + sigma_s z, and the extrapolation gives x again.
        const TimeGrid grid(16);
        const auto x = torch::randn({1}, seededGenerator(1), torch::kDouble),
                   z = torch::randn({1}, seededGenerator(2), torch::kDouble);
        const double t = 40, s = 3;
        const auto v = x + t * z;
        const auto landed = v + (x - v) / t * (t - s);
        QVERIFY(torch::allclose(landed, x + s * z));
        QVERIFY(torch::allclose(v + (landed - v) * t / (t - s), x));
    }

    void slicesOfABatchAddUpToTheBatch() {
        DistillConfig config;
        config.kind = Distillation::Trajectory;
        config.timesteps = 16;
        auto teacher = frozenTeacher();
        auto student = twoTimeStudent();
        Distiller distiller(teacher, config, torch::kCPU);
        const auto real = torch::randn({8, 1, 8, 8}, seededGenerator(4));
        const auto draw = distiller.draw(real, seededGenerator(5));
        const torch::NoGradGuard guard;
        const ForwardMode mode;
        const double whole = distiller.loss(student, real, {}, draw, mode).item<double>();
        double parts = 0;
        for (const int first : {0, 4})
            parts += distiller.loss(student, real.slice(0, first, first + 4), {}, draw.slice(first, first + 4), mode)
                         .item<double>() /
                     2;
        QVERIFY(std::abs(whole - parts) < 1e-5 * whole);
    }

    void heunIsExactWhereTheDenoiserKnowsTheImage() {
        // The teacher's ODE slope at v is (v - D(v))/sigma; one step there and back at the same level changes nothing.
        auto teacher = frozenTeacher();
        const auto v = torch::randn({2, 1, 8, 8}, seededGenerator(4)) * 3;
        const auto a = torch::full({2}, 3.0f);
        const torch::NoGradGuard guard;
        QVERIFY(torch::equal(heunStep(teacher, v, a, a, {}, {}), v));
        const auto euler = v + (torch::full({1}, 2.9f) - 3.0f) * (v - teacher->forward(v, a)) / 3.0f;
        QVERIFY((heunStep(teacher, v, a, torch::full({2}, 2.9f), {}, {}) - euler).abs().max().item<double>() < 0.02);
    }

    void teacherPairsAreTheTeachersOwnSamples() {
        TeacherPairs pairs(frozenTeacher(), 4, 6, 100, {});
        const auto first = pairs.batch(4, 4);  // 4, 5, 0, 1
        const auto again = pairs.batch(0, 6);
        QVERIFY(torch::equal(first.image[2], again.image[0]));
        QVERIFY(torch::equal(first.z[0], again.z[4]));
        QVERIFY(torch::equal(again.z[1], SeedStreams({101}).latents(1, 8)[0]));
        SamplerConfig heun;
        heun.steps = 4;
        auto teacher = frozenTeacher();
        const auto made = sample(teacher, SeedStreams({103}).latents(1, 8), heun);
        QVERIFY(torch::allclose(again.image[3], made[0], 1e-4, 1e-4));
    }

    // One student, two ways to ask: with gradient in training, without in the sampler.
    void studentImagesAreWhatTheSamplerMakes() {
        const torch::NoGradGuard guard;
        const auto z = torch::randn({2, 1, 8, 8}, seededGenerator(6));
        for (const int m : {1, 2, 4}) {
            FinetuneConfig config;
            config.studentSteps = m;
            auto student = twoTimeStudent();
            const auto trained = studentImages(student, z, config, {}, {});
            QVERIFY(torch::allclose(trained, sample(student, z, studentSampler(config)), 1e-4, 1e-4));
        }
    }
};

THAW_TEST(DistillerTest);
#include "distiller_test.moc"
