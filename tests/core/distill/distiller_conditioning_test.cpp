// SPDX-License-Identifier: GPL-3.0-or-later
// What the networks of a loss are told: the class of each image, its level and the end of its jump. Every loss is
// computed a second time, image by image, over networks that answer differently to each of these.
#include "core/diffusion/noise.h"
#include "core/distill/distiller.h"
#include "tests/core/conditional_toy.h"
#include "tests/registry.h"

#include <QtTest/QTest>

using namespace thaw;

namespace {

constexpr int kRungs = 8;
const ForwardMode kToldMode{torch::kDouble, true};

struct Rungs {
    int t, u, s;
};

// In float, as the ladder is; so are the differences of two levels.
float levelOf(int rung) { return TimeGrid(kRungs).sigma(torch::full({1}, rung, torch::kLong)).item<float>(); }

// The release's rule for one image of one class.
class LossByHand {
public:
    LossByHand(Denoiser teacher, Denoiser student, int label)
        : teacher_(std::move(teacher)), student_(std::move(student)), label_(toy::oneHotOf({label})) {}

    double of(Distillation kind, const torch::Tensor& x, const torch::Tensor& z, const Rungs& at) {
        const float t = levelOf(at.t), s = levelOf(at.s);
        const auto v = x + z * t;
        const auto prediction = answer(v, at.t, at.s), end = jump(jump(v, at.t, at.u), at.u, at.s);
        if (kind == Distillation::Consistency) return meanSquare(prediction - end);
        if (kind != Distillation::Trajectory) return meanSquare(prediction - (v + (end - v) * (t / (t - s))));
        auto landed = v + (prediction - v) / t * (t - s);
        if (at.s > 0) landed = landed + (answer(landed, at.s, 0) - landed) / s * (s - levelOf(0));
        return meanSquare(landed - jump(end, at.s, 0));
    }

private:
    static double meanSquare(const torch::Tensor& x) { return x.square().mean().item<double>(); }
    static torch::Tensor one(float sigma) { return torch::full({1}, sigma, torch::kDouble); }
    torch::Tensor answer(const torch::Tensor& v, int from, int to) {
        return student_->forward(v, one(levelOf(from)), {label_, {}, one(levelOf(to))}, kToldMode);
    }
    torch::Tensor slope(const torch::Tensor& v, float sigma) {
        return (v - teacher_->forward(v, one(sigma), {label_, {}, {}}, kToldMode)) / sigma;
    }
    // A Heun step of the teacher to the next rung, Euler's jump of the student to any other.
    torch::Tensor jump(const torch::Tensor& v, int from, int to) {
        const float a = levelOf(from), b = levelOf(to);
        if (from == to) return v;
        if (from - to > 1) return v + (answer(v, from, to) - v) / a * (a - b);
        const auto first = slope(v, a);
        return v + (first + slope(v + first * (b - a), b)) * (0.5 * (b - a));
    }

    Denoiser teacher_, student_;
    torch::Tensor label_;
};

}  // namespace

class DistillerConditioningTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { torch::set_num_threads(1); }

    void everyNetworkIsToldTheClassAndTheEndOfItsJump_data() {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QList<int>>("rungs");  // t, u, s of each image
        QTest::newRow("pd") << int(Distillation::Progressive) << QList<int>{8, 4, 0, 8, 7, 6, 4, 2, 0};
        QTest::newRow("cd") << int(Distillation::Consistency) << QList<int>{8, 7, 0, 5, 4, 0, 2, 1, 0};
        QTest::newRow("ctm") << int(Distillation::Trajectory) << QList<int>{8, 5, 2, 6, 5, 3, 4, 2, 0};
        QTest::newRow("rcd") << int(Distillation::Rcd) << QList<int>{8, 7, 6, 8, 4, 3, 8, 1, 0};
    }
    void everyNetworkIsToldTheClassAndTheEndOfItsJump() {
        QFETCH(int, kind);
        QFETCH(QList<int>, rungs);
        const torch::NoGradGuard guard;
        auto teacher = toy::conditional(1), student = twoTimeDenoiser(toy::conditional(2), Preconditioning::D2o, 3);
        // Away from the start, where the end of a jump is ignored.
        for (auto& item : student->named_parameters())
            if (item.key().find("map_time") != std::string::npos) item.value().normal_(0, 0.5, seededGenerator(4));
        teacher->to(torch::kDouble);
        student->to(torch::kDouble);

        DistillConfig config;
        config.kind = Distillation(kind);
        config.timesteps = kRungs;
        Distiller distiller(teacher, config, torch::kCPU);
        const auto real = torch::randn({3, 1, 8, 8}, seededGenerator(5), torch::kDouble) * 0.5;
        auto draw = distiller.draw(real, seededGenerator(6));
        draw.noise = draw.noise.to(torch::kDouble);
        const auto times = torch::tensor(std::vector<std::int64_t>(rungs.begin(), rungs.end())).reshape({3, 3});
        draw.times = {times.select(1, 0).clone(), times.select(1, 1).clone(), times.select(1, 2).clone()};
        const int classes[] = {2, 0, 1};
        double expected = 0;
        for (int i = 0; i < 3; ++i)
            expected += LossByHand(teacher, student, classes[i])
                            .of(Distillation(kind), real.slice(0, i, i + 1), draw.noise.slice(0, i, i + 1),
                                {rungs[3 * i], rungs[3 * i + 1], rungs[3 * i + 2]}) /
                        3;
        const double loss =
            distiller.loss(student, real, toy::oneHotOf({2, 0, 1}), draw, kToldMode, nullptr).item<double>();
        QVERIFY2(std::abs(loss - expected) < 1e-6 * expected,
                 qPrintable(QString("%1 instead of %2").arg(loss, 0, 'g', 12).arg(expected, 0, 'g', 12)));
    }
};

THAW_TEST(DistillerConditioningTest);
#include "distiller_conditioning_test.moc"
