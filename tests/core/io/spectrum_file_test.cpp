// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/spectrum_file.h"
#include "tests/registry.h"

#include <QTest>

#include <cmath>
#include <cstring>

using namespace thaw;

namespace {

LayerSweepTable sweep() {
    LayerSweepTable table;
    table.model = "toy";
    table.blocks = {"a", "b"};
    table.resolutions = {4, 2};
    table.channels = {3, 5};
    table.sigmas = {0.1, 80};
    table.frequencies = {0, 1, 2};
    for (int i = 0; i < 12; ++i) table.power.push_back(i % 6 == 5 ? NAN : 1.0 / (i + 3));
    table.deviation.assign(12, NAN);
    table.deviation[0] = 0.25;
    table.energy = {1, 2, 3, NAN};
    table.energyDeviation = table.centroid = table.centroidDeviation = table.slope = {0.5, -1, 2, 3};
    table.logAmplitude = {0, -1, 0, -2, 0, NAN, 0, -4};
    table.bandEdges = {0, 1, 4};
    table.bandShare = {0.25, 0.75, 0.5, 0.5, 1, 0, 0, 1};
    table.images = {7, 5};
    table.firstSeed = 9;
    return table;
}

std::vector<double> doubles(const NpyArray& array) {
    std::vector<double> values(std::size_t(array.count()));
    std::memcpy(values.data(), array.data.data(), array.data.size());
    return values;
}

QStringList linesOf(const std::string& csv) { return QString::fromStdString(csv).split('\n', Qt::SkipEmptyParts); }

}  // namespace

class SpectrumFileTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aCellsNumberReadsBackToTheSameBits() {
        const auto lines = linesOf(csvOf(sweep()));
        QCOMPARE(lines.front(), QString("block,sigma,frequency,power,deviation"));
        QCOMPARE(lines[1], QString("a,0.1,0,0.3333333333333333,0.25"));
        QCOMPARE(lines.size(), 1 + 10);  // two cells have no number
        for (int i = 1, cell = 0; i < lines.size(); ++i, ++cell) {
            if (cell % 6 == 5) ++cell;
            QVERIFY(lines[i].split(',')[3].toDouble() == sweep().power[std::size_t(cell)]);
        }
        QVERIFY(lines[2].endsWith(','));  // no deviation
    }

    void bandsHaveOneLineABlockAndNoiseLevel() {
        const auto lines = linesOf(bandsCsvOf(sweep()));
        QCOMPARE(lines.front(), QString("block,sigma,energy,energy_deviation,centroid,centroid_deviation,slope,log_"
                                        "amplitude,band_0_1,band_1_4"));
        QCOMPARE(lines[1], QString("a,0.1,1,0.5,0.5,0.5,0.5,-1,0.25,0.75"));
        QCOMPARE(lines.size(), 4);
    }

    void archivesHoldEveryNumberInItsShape() {
        const auto table = sweep();
        const auto archive = npzOf(table);
        QVERIFY((archive.arrays.at("power").shape == std::vector<std::int64_t>{2, 2, 3}));
        const auto power = doubles(archive.arrays.at("power"));
        for (std::size_t i = 0; i < power.size(); ++i)
            QVERIFY(power[i] == table.power[i] || (std::isnan(power[i]) && std::isnan(table.power[i])));
        QVERIFY((archive.arrays.at("band_share").shape == std::vector<std::int64_t>{2, 2, 2}));
        QVERIFY(doubles(archive.arrays.at("sigmas")) == table.sigmas);
        QCOMPARE(archive.texts.at("blocks.txt"), std::string("a\nb\n"));
        QVERIFY(archive.texts.at("provenance.json").find("\"images\": 5") != std::string::npos);
        QVERIFY(archive.arrays.at("images").type == NumberType::Int64);
    }

    void theSameTableGivesTheSameBytes() {
        QVERIFY(csvOf(sweep()) == csvOf(sweep()) && npzOf(sweep()).arrays == npzOf(sweep()).arrays);
    }

    void everyKindHasItsColumns() {
        LayerDifferenceTable difference;
        difference.blocks = {"a"};
        difference.sigmas = {80};
        difference.frequencies = {0};
        difference.difference = {-1.5};
        difference.standardError = {0.5};
        difference.t = {-3};
        difference.p = difference.q = {0.125};
        difference.images = {4};
        QCOMPARE(linesOf(csvOf(difference)), (QStringList{"block,sigma,frequency,difference_db,standard_error,t,p,q",
                                                          "a,80,0,-1.5,0.5,-3,0.125,0.125"}));
        QVERIFY(npzOf(difference).arrays.contains("q"));
        const auto& provenance = npzOf(difference).texts.at("provenance.json");
        QVERIFY(provenance.find("\"smallest_difference_db\": 0.5") != std::string::npos &&
                provenance.find("\"significant_q\": 0.05") != std::string::npos &&
                provenance.find("\"complete\": false") != std::string::npos);

        BlockSwapTable swap;
        swap.blocks = {"a"};
        swap.sigmas = {80};
        swap.frequencies = {0};
        swap.power = {4};
        swap.deviation = {1};
        swap.energy = {2};
        swap.share = {0.5};
        swap.wholePower = {8};
        swap.wholeEnergy = {4};
        swap.images = {3};
        QCOMPARE(linesOf(csvOf(swap)),
                 (QStringList{"block,sigma,frequency,power,deviation,share", "a,80,0,4,1,0.5", "all,80,0,8,,1"}));
        QVERIFY(npzOf(swap).arrays.contains("whole_power"));
    }

    void channelsSlicesAndFrozenProfilesHaveTheirColumns() {
        QCOMPARE(linesOf(csvOf(ChannelProfiles{"a", 2, {0, 1}, {{1, 2}, {3, 4}}, 5})),
                 (QStringList{"channel,frequency,power", "0,0,1", "0,1,2", "1,0,3", "1,1,4"}));
        QVERIFY((npzOf(ChannelProfiles{"a", 2, {0, 1}, {{1, 2}, {3, 4}}, 5}).arrays.at("power").shape ==
                 std::vector<std::int64_t>{2, 2}));
        const FrozenProfiles frozen{{80}, {0, 1}, {0.5, NAN}, {0.25, 0.75}, 1, 1};
        QCOMPARE(linesOf(csvOf(frozen)),
                 (QStringList{"sigma,frequency,frozen,trainable", "80,0,0.5,0.25", "80,1,,0.75"}));
        QVERIFY((npzOf(frozen).arrays.at("trainable").shape == std::vector<std::int64_t>{1, 2}));
        ImageSpectrumTable image;
        image.slice0 = {{0, 1}, {4, 2}};
        image.slice45 = {{0}, {4}};
        QCOMPARE(linesOf(slicesCsvOf(image)), (QStringList{"degrees,frequency,power", "0,0,4", "0,1,2", "45,0,4"}));
    }

    void partsOfANetworkShareAFile() {
        TransferFunction whole, block;
        whole.sigma = block.sigma = 2;
        whole.height = whole.width = 1;
        whole.real = whole.imaginary = whole.gain = whole.coherence = {1};
        whole.frequencies = {0, 1};
        whole.responseGain = {1, 0.5};
        whole.ringGain = {1, 2};
        whole.ringCoherence = {0.5, 0.25};
        whole.coherenceLine = 0.125;
        block.block = "enc.x";
        block.frequencies = {0};
        block.responseGain = {3};
        QCOMPARE(linesOf(csvOf(std::vector{whole, block})),
                 (QStringList{"block,sigma,frequency,response_gain,gain,coherence,coherence_line",
                              "denoiser,2,0,1,1,0.5,0.125", "denoiser,2,1,0.5,2,0.25,0.125", "enc.x,2,0,3,,,"}));
        const auto archive = npzOf(std::vector{whole, block});
        QVERIFY((archive.arrays.at("response_gain").shape == std::vector<std::int64_t>{2, 2}));
        QVERIFY(std::isnan(doubles(archive.arrays.at("response_gain"))[3]));
        const auto line = doubles(archive.arrays.at("coherence_line"));
        QVERIFY(line.size() == 2 && line[0] == 0.125 && std::isnan(line[1]));
        QVERIFY(archive.arrays.contains("gain_0") && !archive.arrays.contains("gain_1"));

        FourierGainMap map;
        map.height = map.width = 2;
        map.gain = {1, 2, NAN, 4};
        QCOMPARE(linesOf(csvOf(std::vector{map})).size(), 4);
    }
};

THAW_TEST(SpectrumFileTest);
#include "spectrum_file_test.moc"
