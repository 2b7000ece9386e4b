// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spectral/band_surgery.h"

#include "core/diffusion/noise.h"
#include "core/diffusion/sampler.h"
#include "core/spectral/probe_inputs.h"
#include "core/spectral/ring_power.h"
#include "tests/core/faults.h"
#include "tests/core/toy.h"
#include "tests/registry.h"

#include <QTest>

#include <cmath>

using namespace thaw;

namespace {

torch::Tensor wave(int size, int u, int v) {
    const auto at = torch::arange(size, torch::kDouble) * (2 * M_PI / size);
    return (at.unsqueeze(1) * u + at.unsqueeze(0) * v).cos().reshape({1, 1, size, size});
}

}  // namespace

class BandSurgeryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aBandIsScaledAndTheRestIsLeftAlone() {
        const auto inside = wave(12, 3, 0), outside = wave(12, 0, 5) + 0.7, edge = wave(12, 0, 4);
        const BandFilter filter{"", 2.5, 4, 0.25};
        QVERIFY(filteredBand(inside + outside + edge, filter).allclose(0.25 * inside + outside + edge, 1e-10, 1e-12));
    }

    void factorOneIsTheIdentityAndTheWholeBandIsAScale_data() {
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("width");
        QTest::newRow("even") << 8 << 8;
        QTest::newRow("odd") << 7 << 7;
        QTest::newRow("mixed") << 6 << 9;
    }
    void factorOneIsTheIdentityAndTheWholeBandIsAScale() {
        QFETCH(int, height);
        QFETCH(int, width);
        const auto maps = torch::randn({2, 3, height, width}, seededGenerator(1), torch::kDouble);
        QVERIFY(filteredBand(maps, {"", 1, 3, 1}).allclose(maps, 1e-12, 1e-13));
        QVERIFY(filteredBand(maps, {"", 0, INFINITY, -2}).allclose(-2 * maps, 1e-12, 1e-13));
        const auto low = filteredBand(maps, {"", 2, INFINITY, 0}), high = filteredBand(maps, {"", 0, 2, 0});
        QVERIFY((low + high).allclose(maps, 1e-12, 1e-13));
    }

    void removedRingsHaveNoPower() {
        const auto maps = torch::randn({2, 3, 16, 16}, seededGenerator(1), torch::kDouble);
        const RingPower rings(16, 16);
        const auto energies = rings.perMap(filteredBand(maps, {"", 3, 5, 0}));
        for (std::size_t m = 0; m < 6; ++m) {
            QVERIFY(energies[m * rings.allRings() + 4] < 1e-20);
            QVERIFY(energies[m * rings.allRings() + 2] > 1e-3 && energies[m * rings.allRings() + 6] > 1e-3);
        }
    }

    void typeAndLayoutStay() {
        const auto maps = torch::randn({2, 4, 8, 8}).to(torch::kBFloat16).contiguous(torch::MemoryFormat::ChannelsLast);
        const auto filtered = filteredBand(maps, {"", 1, 2, 0});
        QVERIFY(filtered.scalar_type() == torch::kBFloat16 &&
                filtered.is_contiguous(torch::MemoryFormat::ChannelsLast));
    }

    void surgeryInsideChangesTheSamplesAndNothingElse() {
        auto denoiser = toy::denoiser();
        const auto latents = latentsForSeeds({1, 2, 3}, 1, 8);
        const auto whole = sample(denoiser, latents, oneStepSampler());
        SampleContext context;
        context.hook = bandSurgery({{"enc.8x8_block0", 2, INFINITY, 0}});
        const auto cut = sample(denoiser, latents, oneStepSampler(), context);
        QVERIFY(!cut.equal(whole) && cut.isfinite().all().item<bool>());
        QVERIFY(sample(denoiser, latents, oneStepSampler()).equal(whole));
        context.hook = bandSurgery({});
        QVERIFY(!context.hook);
        // At the output the cut is what a filter of the picture does.
        context.hook = bandSurgery({{"output", 2, INFINITY, 0}});
        QVERIFY(sample(denoiser, latents, oneStepSampler(), context)
                    .allclose(filteredBand(whole, {"", 2, INFINITY, 0}), 1e-4, 1e-4));
        // And in every step of a longer sampler.
        SamplerConfig heun;
        heun.steps = 4;
        context.hook = bandSurgery({{"output", 0, INFINITY, 0}});
        QVERIFY(sample(denoiser, latents, heun, context).abs().max().item<double>() < 1e-6);
    }

    void impossibleFiltersAreNamed() {
        const auto network = toy::network();
        requireSaneFilters(network, {{"enc.8x8_block0.conv0", 0, 2, 0.5}, {"enc.8x8_block0.input"}, {"output"}});
        QVERIFY(faultOf([&] { requireSaneFilters(network, {{"enc.9x9", 0, 2, 0}}); }).startsWith("Usage"));
        for (const BandFilter& bad :
             {BandFilter{"output", 2, 2, 0}, {"output", -1, 2, 0}, {"output", NAN, 2, 0}, {"output", 0, 2, NAN}})
            QVERIFY(faultOf([&] { requireSaneFilters(network, {bad}); }).startsWith("Configuration"));
    }
};

THAW_TEST(BandSurgeryTest);
#include "band_surgery_test.moc"
