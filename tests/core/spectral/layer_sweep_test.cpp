// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spectral/layer_sweep.h"

#include "core/nn/responses.h"
#include "tests/core/faults.h"
#include "tests/core/layer_spectra.h"
#include "tests/core/toy.h"
#include "tests/registry.h"

#include <QTest>

#include <cmath>

using namespace thaw;

namespace {

LayerSweepRequest smallSweep() {
    LayerSweepRequest request;
    request.sigmas = {0.1, 1, 80};
    request.images = 7;
    request.chunk = 3;
    request.firstSeed = 5;
    return request;
}

LayerSweepTable swept(const LayerSweepRequest& request) {
    LayerSweep sweep(toy::denoiser(), toy::data(), request, "toy");
    runToEnd(sweep);
    return sweep.value();
}

bool same(double a, double b, double tolerance) {
    return (std::isnan(a) && std::isnan(b)) || std::abs(a - b) <= tolerance * std::abs(b);
}

bool same(const std::vector<double>& a, const std::vector<double>& b, double tolerance) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [=](double x, double y) { return same(x, y, tolerance); });
}

}  // namespace

class LayerSweepTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theTableAgreesWithAPlainRecomputationFromTheResponses() {
        auto request = smallSweep();
        request.blocks = chooseResponses(toy::network(), "*,output", true);
        const auto table = swept(request);
        auto denoiser = toy::denoiser();
        const auto data = toy::data();
        for (std::size_t s = 0; s < 3; ++s)
            for (std::size_t b = 0; b < request.blocks.size(); ++b) {
                torch::Tensor h;
                probe(denoiser, noisyInputs(denoiser->config(), data, request.sigmas[s], 5, 7), request.sigmas[s],
                      [&](const std::string& name, const torch::Tensor& response) {
                          if (name == request.blocks[b]) h = response.to(torch::kDouble);
                      });
                const auto size = h.size(2);
                const auto power = (torch::fft_fft2(h).abs().square() / double(size * size)).mean({1});  // [N, H, W]
                const auto f = torch::fft_fftfreq(size, 1.0 / double(size));
                const auto ring = (f.square().unsqueeze(0) + f.square().unsqueeze(1)).sqrt().round();
                for (std::size_t k = 0; k < table.frequencies.size(); ++k) {
                    const std::size_t cell = table.cell(b, s, k);
                    if (std::int64_t(k) > size / 2) {
                        QVERIFY(std::isnan(table.power[cell]));
                        continue;
                    }
                    const auto onRing = (ring == double(k)).to(torch::kDouble);
                    const auto profile = (power * onRing).sum({1, 2}) / onRing.sum();
                    QVERIFY2(same(table.power[cell], profile.mean().item<double>(), 1e-4), request.blocks[b].c_str());
                    QVERIFY(same(table.deviation[cell], profile.std().item<double>(), 1e-3) ||
                            profile.max().item<double>() < 1e-20);
                }
                const auto logs = (torch::fft_fft2(h).abs() + 1e-6).log().mean(std::vector<std::int64_t>{0, 1});
                const auto summary = size > 3 ? (logs[size / 2 - 1][size / 2 - 1] - logs[0][0]).item<double>() : NAN;
                const double measured = table.logAmplitudeAtEnd(b, s);
                QVERIFY((std::isnan(measured) && std::isnan(summary)) || std::abs(measured - summary) < 1e-3);
                QVERIFY(same(table.energy[table.cell(b, s)], h.square().mean().item<double>(), 1e-4));
                QCOMPARE(table.resolutions[b], int(size));
                QCOMPARE(table.channels[b], int(h.size(1)));
            }
    }

    void oneLevelIsATableOfItsBlocksProfilesAndNanBeyondThem() {
        const auto table = swept(smallSweep()).table(1);
        LayerResponseRequest request;
        request.sigma = 1;
        request.images = 7;
        request.firstSeed = 5;
        const auto spectra = layerSpectra(toy::denoiser(), toy::data(), request);
        QCOMPARE(table.frequencies, (std::vector<double>{0, 1, 2, 3, 4}));
        QCOMPARE(table.blocks.size(), spectra.layers().size());
        QCOMPARE(table.images, 7);
        for (std::size_t b = 0; b < table.blocks.size(); ++b) {
            const auto value = toLayerSpectrum(spectra.layers()[b], request);
            QCOMPARE(table.blocks[b], value.block);
            const bool low = value.block.find("4x4") != std::string::npos;
            QCOMPARE(value.profile.power.size(), std::size_t(low ? 3 : 5));
            auto expected = value.profile.power;
            expected.resize(table.frequencies.size(), NAN);
            QVERIFY(same(table.power[b], expected, 1e-4));
        }
    }

    void pieceByPieceEqualsAllAtOnce() {
        auto request = smallSweep();
        const auto pieces = swept(request);
        request.chunk = 100;
        const auto whole = swept(request);
        QVERIFY(same(pieces.power, whole.power, 1e-4));
        QVERIFY(same(pieces.bandShare, whole.bandShare, 1e-3));
        QVERIFY(swept(request).power == whole.power ||
                same(swept(request).power, whole.power, 0));  // and repeats to the bit
    }

    void theFirstPictureCoversEveryNoiseLevel() {
        LayerSweep sweep(toy::denoiser(), toy::data(), smallSweep());
        QCOMPARE(sweep.progress(), 0.0);
        QVERIFY(std::isnan(sweep.value().power[0]));
        for (int piece = 0; piece < 3; ++piece) QVERIFY(sweep.advance());
        const auto table = sweep.value();
        QVERIFY(table.images == (std::vector<std::int64_t>{2, 2, 2}));
        for (std::size_t s = 0; s < 3; ++s) QVERIFY(table.power[table.cell(0, s, 1)] > 0);
    }

    void cancellingLeavesAPartThatCanBeUsed() {
        LayerSweep sweep(toy::denoiser(), toy::data(), smallSweep());
        QVERIFY(!runToEnd(sweep, [](double share) { return share < 0.4; }));
        const auto part = sweep.value();
        QVERIFY(part.images[0] > 0 && part.images[2] < 7);
        for (const double energy : part.energy) QVERIFY(energy >= 0);
        QVERIFY(runToEnd(sweep));  // and it can go on
        QVERIFY(same(sweep.value().power, swept(smallSweep()).power, 0));
        QVERIFY(!sweep.advance());
        QCOMPARE(sweep.progress(), 1.0);
    }

    void sharesOfAllBandsSumToOne() {
        auto request = smallSweep();
        const auto table = swept(request);
        QVERIFY((table.bandEdges == std::vector<double>{0, 1, 2, 4, 8}));
        for (std::size_t cell = 0; cell < table.energy.size(); ++cell) {
            double sum = 0;
            for (std::size_t m = 0; m < table.bands(); ++m) sum += table.bandShare[cell * table.bands() + m];
            QVERIFY(std::abs(sum - 1) < 1e-12);
        }
        request.bandEdges = {0, 100};
        for (const double share : swept(request).bandShare) QVERIFY(std::abs(share - 1) < 1e-12);
    }

    void withoutTheirMeanMapsHaveNoConstantPart() {
        auto request = smallSweep();
        request.removeMean = true;
        const auto table = swept(request);
        for (std::size_t b = 0; b < table.blocks.size(); ++b)
            QVERIFY(table.power[table.cell(b, 2, 0)] < 1e-12 * (1e-12 + table.energy[table.cell(b, 2)]));
    }

    void frozenAndTrainableShareTheRowsByTheirWeights() {
        LayerSweepTable table;
        table.blocks = {"a", "b", "c"};
        table.sigmas = {1};
        table.frequencies = {0, 1};
        table.power = {1, 3, 8, 8, 7, 0};
        ModelSummary model;
        model.blocks = {{"a", "conv", 2, 1, 1, true, {{"a.weight", {2}, 2}}},
                        {"b", "conv", 2, 1, 1, true, {{"b.w", {1}, 1}, {"b.v", {1}, 1}}}};
        const auto all = frozenAgainstTrainable(table, {{"*"}}, model);
        QCOMPARE(all.frozenRows, 2.0);  // c has no weights
        QVERIFY(std::abs(all.frozen[0] - (0.25 + 0.5) / 2) < 1e-15 && std::isnan(all.trainable[0]));
        const auto half = frozenAgainstTrainable(table, {{"b.v"}}, model);
        QCOMPARE(half.frozen[1], 0.5);
        QVERIFY(std::abs(half.trainable[1] - (0.75 + 0.5 * 0.5) / 1.5) < 1e-15);
    }

    void spreadsAreThoseOfTheImages() {
        auto request = smallSweep();
        request.sigmas = {1};
        request.blocks = {"enc.8x8_block0", "dec.4x4_in0", "output"};
        const auto table = swept(request);
        std::vector<LayerSweepTable> single;
        for (int n = 0; n < request.images; ++n) {
            auto one = request;
            one.firstSeed = request.firstSeed + std::uint64_t(n);
            one.images = 1;
            single.push_back(swept(one));
        }
        const auto spread = [&](const std::vector<double> LayerSweepTable::*column, std::size_t b) {
            double mean = 0, squares = 0;
            for (const auto& image : single) mean += (image.*column)[b] / double(single.size());
            for (const auto& image : single) squares += ((image.*column)[b] - mean) * ((image.*column)[b] - mean);
            return std::sqrt(squares / double(single.size() - 1));
        };
        for (std::size_t b = 0; b < request.blocks.size(); ++b) {
            QVERIFY(same(table.energyDeviation[b], spread(&LayerSweepTable::energy, b), 1e-2));
            QVERIFY(same(table.centroidDeviation[b], spread(&LayerSweepTable::centroid, b), 1e-2));
        }
    }

    void aChannelsProfileIsThatOfItsOwnMaps() {
        auto denoiser = toy::denoiser();
        auto request = smallSweep();
        const std::string block = "enc.8x8_block0";
        const auto channels = channelProfiles(denoiser, toy::data(), block, 1, request);
        torch::Tensor h;
        probe(denoiser, noisyInputs(denoiser->config(), toy::data(), 1, 5, 7), 1,
              [&](const std::string& name, const torch::Tensor& response) {
                  if (name == block) h = response.to(torch::kDouble);
              });
        const RingPower rings(int(h.size(2)), int(h.size(3)));
        QCOMPARE(std::int64_t(channels.power.size()), h.size(1));
        for (std::int64_t c = 0; c < h.size(1); ++c) {
            const auto energies = rings.perMap(h.slice(1, c, c + 1).contiguous());
            for (std::size_t k = 0; k < rings.rings(); ++k) {
                double mean = 0;
                for (std::size_t n = 0; n < 7; ++n) mean += energies[n * rings.allRings() + k] / rings.bins()[k] / 7;
                QVERIFY(same(channels.power[std::size_t(c)][k], mean, 1e-4));
            }
        }
    }

    void channelsAverageToTheirResponse() {
        auto denoiser = toy::denoiser();
        auto request = smallSweep();
        const auto table = swept(request);
        const auto channels = channelProfiles(denoiser, toy::data(), "dec.4x4_in0", 1, request);
        std::size_t b = 0;
        while (table.blocks[b] != "dec.4x4_in0") ++b;
        QCOMPARE(int(channels.power.size()), table.channels[b]);
        QCOMPARE(channels.images, 7);
        for (std::size_t k = 0; k < channels.frequencies.size(); ++k) {
            double mean = 0;
            for (const auto& channel : channels.power) mean += channel[k] / double(channels.power.size());
            QVERIFY(same(mean, table.power[table.cell(b, 1, k)], 1e-6));
        }
    }

    void impossibleRequestsAreNamed_data() {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("fault");
        for (const auto& [what, fault] : {std::pair{"block", "Usage"},
                                          {"sigma 0", "Configuration"},
                                          {"sigma nan", "Configuration"},
                                          {"no sigma", "Configuration"},
                                          {"images", "Configuration"},
                                          {"bands", "Configuration"},
                                          {"chunk", "Configuration"},
                                          {"data", "WrongKind"}})
            QTest::newRow(what) << what << fault;
    }
    void impossibleRequestsAreNamed() {
        QFETCH(QString, what);
        QFETCH(QString, fault);
        auto request = smallSweep();
        auto data = toy::data();
        if (what == "block") request.blocks = {"enc.99x99_block0"};
        if (what == "sigma 0") request.sigmas = {1, 0};
        if (what == "sigma nan") request.sigmas = {NAN};
        if (what == "no sigma") request.sigmas = {};
        if (what == "images") request.images = 0;
        if (what == "bands") request.bandEdges = {0, 4, 4};
        if (what == "chunk") request.chunk = 0;
        if (what == "data") data = {};
        const auto said = faultOf([&] { LayerSweep(toy::denoiser(), data, request); });
        QVERIFY2(said.startsWith(fault), qPrintable(said));
        if (what == "block") QVERIFY(said.contains("enc.99x99_block0"));
        if (what == "sigma nan") QVERIFY2(said.contains("nan"), qPrintable(said));
    }
};

THAW_TEST(LayerSweepTest);
#include "layer_sweep_test.moc"
