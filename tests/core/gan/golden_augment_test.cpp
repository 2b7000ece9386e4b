// SPDX-License-Identifier: GPL-3.0-or-later
// Case 10 of tests/golden/training: how often each change of ADA happens, how it is distributed, and how p moves.
#include "core/diffusion/noise.h"
#include "core/gan/augment.h"
#include "core/train/batch_stream.h"
#include "tests/core/golden_case.h"
#include "tests/core/toy.h"
#include "tests/registry.h"

#include <numbers>

using namespace thaw;
using thaw::testing::GoldenJson;

namespace {

const GoldenJson& adaStatistics() {
    static const GoldenJson content = GoldenJson::parse(std::ifstream(thaw::testing::GoldenCase::path("10_ada.json")));
    return content;
}

constexpr std::int64_t kDraws = 40000;
constexpr double kSigmas = 4.5;

// A share of `n` tosses against its probability.
std::string shareFault(const std::string& what, double share, double q, double n) {
    const double allowed = kSigmas * std::sqrt(q * (1 - q) / n) + 1e-12;
    if (std::abs(share - q) <= allowed) return "";
    return what + " in " + std::to_string(share) + " instead of " + std::to_string(q) + " of the draws";
}
std::string shareFault(const std::string& what, const torch::Tensor& happened, double q) {
    return shareFault(what, happened.to(torch::kDouble).mean().item<double>(), q, double(happened.numel()));
}
// Mean and standard deviation of normal numbers.
std::string normalFault(const std::string& what, const torch::Tensor& x, double std) {
    const double n = double(x.numel()), mean = x.mean().item<double>(), spread = x.std().item<double>();
    if (n > 100 && std::abs(mean) <= kSigmas * std / std::sqrt(n) &&
        std::abs(spread - std) <= kSigmas * std / std::sqrt(2 * n))
        return "";
    return what + " has mean " + std::to_string(mean) + " and deviation " + std::to_string(spread) +
           " instead of 0 and " + std::to_string(std);
}
// The mean of numbers whose standard deviation is known.
std::string meanFault(const std::string& what, const torch::Tensor& x, double mean, double std) {
    const double found = x.mean().item<double>();
    if (std::abs(found - mean) <= kSigmas * std / std::sqrt(double(x.numel()))) return "";
    return what + " is " + std::to_string(found) + " on average instead of " + std::to_string(mean);
}

torch::Tensor equalMatrices(const torch::Tensor& m, const torch::Tensor& expected) {
    return (m - expected).abs().flatten(1).amax(1) < 1e-9;
}
torch::Tensor dihedral(int flip, int turn) {
    const double angle = turn * std::numbers::pi / 2, c = std::cos(angle), s = std::sin(angle), f = flip ? -1.0 : 1.0;
    return torch::tensor({{f * c, -f * s}, {s, c}}, torch::kDouble);
}
torch::Tensor linearPart(const torch::Tensor& geometry) { return geometry.slice(1, 0, 2).slice(2, 0, 2); }
torch::Tensor determinant(const torch::Tensor& m) {
    const auto at = [&](int i, int j) { return m.select(1, i).select(1, j); };
    return at(0, 0) * at(1, 1) - at(0, 1) * at(1, 0);
}

#define NO_FAULT(...)                            \
    do {                                         \
        const std::string fault = (__VA_ARGS__); \
        QVERIFY2(fault.empty(), fault.c_str());  \
    } while (false)

}  // namespace

class GoldenAugmentTest : public QObject {
    Q_OBJECT

    static Augmentation drawn(double p, int channels) {
        return drawAugmentation(p, kDraws, channels, adaStatistics().at("resolution").get<int>(), seededGenerator(21));
    }

private Q_SLOTS:
    void initTestCase() { torch::set_num_threads(1); }

    void everyChangeHappensAsOftenAsPublished_data() {
        QTest::addColumn<QString>("p");
        for (const auto& [p, content] : adaStatistics().at("dihedral").at("at_p").items())
            QTest::newRow(p.c_str()) << QString(p.c_str());
    }
    void everyChangeHappensAsOftenAsPublished() {
        QFETCH(QString, p);
        const auto& expected = adaStatistics().at("dihedral").at("at_p").at(p.toStdString());
        const auto q = [&](const char* key) { return expected.at(key).get<double>(); };
        const auto draw = drawn(p.toDouble(), 3);
        const auto linear = linearPart(draw.geometry);
        torch::Tensor any = torch::zeros({kDraws}, torch::kBool);
        std::map<std::string, torch::Tensor> kinds;
        for (const int flip : {0, 1})
            for (int turn = 0; turn < 4; ++turn) {
                const auto key = "flip" + std::to_string(flip) + "_turn" + std::to_string(turn);
                kinds[key] = equalMatrices(linear, dihedral(flip, turn));
                any = any | kinds[key];
            }
        NO_FAULT(shareFault("a flip or quarter turn alone", any, q("linear_part_is_a_flip_or_quarter_turn")));
        for (const auto& [key, share] : expected.at("given_that").items())
            NO_FAULT(shareFault(key, kinds.at(key).masked_select(any), share.get<double>()));
        NO_FAULT(shareFault("no linear change", kinds.at("flip0_turn0"), q("linear_part_identity")));
        const auto whole = equalMatrices(draw.geometry, torch::eye(3, torch::kDouble));
        NO_FAULT(shareFault("no change of place", whole, q("whole_geometry_identity_two_coins")));
        const auto mirrored = determinant(linear) < 0;
        NO_FAULT(shareFault("mirrored", mirrored, p.toDouble() / 2));
        const auto unchanged = [](int channels) {
            return torch::cat({torch::eye(channels, torch::kDouble), torch::zeros({channels, 1}, torch::kDouble)}, 1);
        };
        NO_FAULT(shareFault("colours kept", equalMatrices(draw.colour, unchanged(3)), q("colour_identity_rgb")));
        NO_FAULT(shareFault("grey kept", equalMatrices(drawn(p.toDouble(), 1).colour, unchanged(1)),
                            q("colour_identity_grey")));
    }

    void shiftsAreDistributedAsPublished() {
        const double p = 0.2;
        const auto draw = drawn(p, 3);
        const double resolution = adaStatistics().at("resolution").get<double>();
        const auto still = equalMatrices(linearPart(draw.geometry), torch::eye(2, torch::kDouble));
        const auto& whole = adaStatistics().at("at_p_1").at("integer_shift_distribution_per_axis");
        double meanSquare = 0;
        for (const auto& [k, share] : whole.items()) meanSquare += std::pow(std::stod(k), 2) * share.get<double>();
        for (const int axis : {0, 1}) {
            const auto pixels = draw.geometry.select(1, axis).select(1, 2).masked_select(still) * (resolution / 2);
            const auto integer = (pixels - pixels.round()).abs() < 1e-9;
            NO_FAULT(shareFault("no fractional shift", integer, 1 - p));
            const auto steps = pixels.masked_select(integer).round();
            for (const auto& [k, share] : whole.items()) {
                const double at = std::stod(k);
                NO_FAULT(shareFault("a shift by " + k, steps == at, p * share.get<double>() + (at == 0 ? 1 - p : 0)));
            }
            // N(0, 1/8) of the size, on top of the whole pixels.
            const auto parts = (pixels / resolution).masked_select(~integer);
            const double variance = 0.125 * 0.125 + p * meanSquare / (resolution * resolution);
            NO_FAULT(meanFault("the squared shift", parts.square(), variance, std::sqrt(2.0) * variance * 1.1));
            NO_FAULT(meanFault("the shift", parts, 0, std::sqrt(variance)));
        }
    }

    void scaleAndStretchAreDistributedAsPublished() {
        const auto linear = linearPart(drawn(1, 3).geometry);
        const auto size = determinant(linear).abs();
        NO_FAULT(
            shareFault("mirrored", determinant(linear) < 0, adaStatistics().at("mirrored").at("at_p_1").get<double>()));
        NO_FAULT(normalFault("log2 of the scale", size.log2() / 2, 0.2));
        // Singular values a, b: (a² + b²)/(2ab) = cosh(ln(a/b)).
        const auto cosh = linear.square().sum({1, 2}) / (2 * size);
        const auto stretch = torch::acosh(cosh.clamp_min(1)) / std::log(2.0) / 2;
        NO_FAULT(meanFault("log2 of the stretch", stretch, 0.2 * std::sqrt(2 / std::numbers::pi),
                           0.2 * std::sqrt(1 - 2 / std::numbers::pi)));
        NO_FAULT(meanFault("its square", stretch.square(), 0.04, 0.04 * std::sqrt(2.0)));
    }

    void coloursAreDistributedAsPublished() {
        const auto colour = drawn(1, 3).colour;
        const auto matrix = colour.slice(2, 0, 3), offset = colour.select(2, 3);
        const auto unit = torch::full({3, 1}, 1 / std::sqrt(3.0), torch::kDouble);
        const auto luma = torch::matmul(torch::matmul(unit.t(), matrix), unit).flatten();
        NO_FAULT(shareFault("luma flipped", luma < 0, adaStatistics().at("at_p_1").at("luma_flip").get<double>()));
        NO_FAULT(normalFault("log2 of the contrast", luma.abs().log2(), 0.5));
        NO_FAULT(normalFault("brightness", offset.mean(1) / luma, 0.2));
        // Across luma the colours are turned by the hue and scaled by contrast·saturation.
        const auto across = (torch::linalg_det(matrix) / luma).abs().sqrt();
        NO_FAULT(normalFault("log2 of the saturation", (across / luma.abs()).log2(), 1));
        const auto trace = matrix.diagonal(0, 1, 2).sum(1);
        const auto cosine = (trace - luma) / (2 * across);
        NO_FAULT(meanFault("the cosine of the hue", cosine, 0, std::sqrt(0.5)));
        NO_FAULT(meanFault("its square", cosine.square(), 0.5, std::sqrt(0.125)));
    }

    void atProbability0NothingChangesBitForBit() {
        const auto x = torch::rand({5, 3, 8, 8}, seededGenerator(3));
        QVERIFY(torch::equal(augmented(x, drawAugmentation(0, 5, 3, 8, seededGenerator(1))), x));
    }

    // Each part of the geometry moves pixels as it says: mirrored, turned and shifted images are those of torch.
    void pixelsGoWhereTheGeometrySays() {
        const auto x = torch::rand({1, 3, 8, 8}, seededGenerator(3));
        const auto with = [&](const torch::Tensor& linear, double shiftX) {
            auto geometry = torch::eye(3, torch::kDouble);
            geometry.slice(0, 0, 2).slice(1, 0, 2).copy_(linear);
            geometry[0][2] = shiftX;
            const auto colour = torch::eye(3, 4, torch::kDouble);
            return augmented(x, {geometry.unsqueeze(0), colour.unsqueeze(0)});
        };
        const auto same = [](const torch::Tensor& a, const torch::Tensor& b) {
            return torch::allclose(a, b, 1e-5, 1e-6);
        };
        QVERIFY(same(with(dihedral(1, 0), 0), x.flip({3})));
        QVERIFY(same(with(dihedral(0, 2), 0), x.flip({2, 3})));
        const auto quarter = with(dihedral(0, 1), 0);
        QVERIFY(same(quarter, torch::rot90(x, 1, {2, 3})) || same(quarter, torch::rot90(x, -1, {2, 3})));
        QVERIFY(same(with(dihedral(0, 0), 2.0 / 8).slice(3, 0, 7), x.slice(3, 1, 8)));
    }

    void theProbabilityMovesAsPublished() {
        const thaw::testing::GoldenCase golden("10_ada");
        for (const auto& run : adaStatistics().at("adaptation")) {
            AugmentControl control({run.at("start").get<double>(), run.at("target").get<double>()},
                                   run.at("batch").get<int>());
            std::vector<double> after;
            int step = 0;
            for (const auto& sign : run.at("mean_sign_of_each_step")) {
                control.observe(torch::tensor(sign.get<double>(), torch::kDouble));
                if (++step % 4 == 0) after.push_back(control.p());
            }
            GOLDEN(golden, "p_after_every_4_steps", torch::tensor(after, torch::kDouble),
                   torch::tensor(run.at("p_after_every_4_steps").get<std::vector<double>>(), torch::kDouble));
        }
    }

    // The option xflip of the data: columns reversed in half of the showings, nothing else.
    void xflipMirrorsHalfOfTheShowings() {
        Dataset data;
        data.images = torch::randint(0, 256, {16, 3, 8, 8}, seededGenerator(4)).to(torch::kByte);
        data.labels = torch::arange(16);
        BatchStream plain(data, 5, 16, false), mirroring(data, 5, 16, true);
        double mirrored = 0;
        constexpr int kSteps = 200;
        for (int step = 0; step < kSteps; ++step) {
            const auto x = plain.batch(step), y = mirroring.batch(step);
            QVERIFY(torch::equal(plain.labels(step, 16), mirroring.labels(step, 16)));
            for (int i = 0; i < 16; ++i) {
                const bool same = torch::equal(x[i], y[i]);
                QVERIFY(same || torch::equal(x[i].flip({2}), y[i]));
                mirrored += !same;
            }
        }
        const double n = 16 * kSteps;
        NO_FAULT(shareFault("mirrored", mirrored / n,
                            adaStatistics().at("xflip_of_the_data").at("probability").get<double>(), n));
    }
};

THAW_TEST(GoldenAugmentTest);
#include "golden_augment_test.moc"
