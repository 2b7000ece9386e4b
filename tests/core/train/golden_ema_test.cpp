// SPDX-License-Identifier: GPL-3.0-or-later
// Case 05 of tests/golden/training: the exponential moving average.
#include "core/train/ema.h"
#include "tests/core/golden_case.h"
#include "tests/registry.h"

using namespace thaw;
using thaw::testing::GoldenCase;

namespace {

struct AveragedModule : torch::nn::Module {
    /// Parameters NAME0, NAME1, ... up to the first that is missing, and a buffer that says which module it is.
    AveragedModule(const GoldenCase& golden, const std::string& before, const std::string& after, double mark) {
        for (int i = 0; golden.has(before + std::to_string(i) + after); ++i)
            register_parameter("p" + std::to_string(i), golden.at(before + std::to_string(i) + after).clone());
        buffer = register_buffer("buffer", torch::full({2}, mark));
    }
    torch::Tensor buffer;
};

}  // namespace

class GoldenEmaTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void betaAndAverageMatchReference() {
        const GoldenCase golden("05_ema");
        const auto triples = golden.at("triples");
        QVERIFY(triples.size(0) > 0);
        for (std::int64_t j = 0; j < triples.size(0); ++j) {
            const auto row = triples[j];
            const auto column = [&](int i) { return row[i].item<double>(); };
            const double beta = emaBeta({column(1), column(2)}, column(0), column(3));
            QVERIFY2(std::abs(beta - column(4)) <= 1e-12, qPrintable(QString::number(beta, 'g', 15)));
            AveragedModule average(golden, "ema", ".before", 1), weights(golden, "net", "", 2);
            updateEma(average, weights, beta);
            const auto after = average.parameters();
            QVERIFY(!after.empty());
            for (std::size_t i = 0; i < after.size(); ++i)
                GOLDEN(golden, "ema" + std::to_string(i) + ".after_triple" + std::to_string(j), after[i]);
            QVERIFY((average.buffer == 1).all().item<bool>());
        }
    }

    void aRunStartsWithACopyAndRampsUp() {
        const GoldenCase golden("05_ema");
        const auto& sequence = golden.values().at("sequence");
        const double batch = sequence.at("batch").get<double>();
        const EmaConfig config{sequence.at("half_life_kimg").get<double>(), sequence.at("ramp_up").get<double>()};
        AveragedModule average(golden, "ema", ".before", 1);
        std::size_t k = 0;
        for (const auto& expected : sequence.at("betas")) {
            const auto step = ".step" + std::to_string(k);
            const double beta = emaBeta(config, batch, double(k) * batch);
            QVERIFY(std::abs(beta - expected.get<double>()) <= 1e-12);
            AveragedModule weights(golden, "sequence.net", step, 2);
            updateEma(average, weights, beta);
            const auto after = average.parameters();
            for (std::size_t i = 0; i < after.size(); ++i) {
                GOLDEN(golden, "sequence.ema" + std::to_string(i) + step, after[i]);
                if (k == 0) QVERIFY(torch::equal(after[i], weights.parameters()[i]));
            }
            ++k;
        }
        QVERIFY(k > 1);
    }
};

THAW_TEST(GoldenEmaTest);
#include "golden_ema_test.moc"
