// SPDX-License-Identifier: GPL-3.0-or-later
// The contract of thaw-cli: every verb at toy size, its result keys, its files.
#include "tests/cli/program.h"
#include "tests/registry.h"

#include <QJsonArray>

#include <cstring>

using namespace program;

class VerbsTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    QString at(const QString& name) const { return folder_.filePath(name); }

    static QJsonObject resultOf(const QStringList& arguments) {
        const auto outcome = run(arguments + QStringList{"--json", "--quiet"});
        if (outcome.code != 0) qWarning("%s", outcome.err.constData());
        return outcome.code == 0 ? outcome.json() : QJsonObject();
    }
    static void verifyKeys(const QJsonObject& result, const QStringList& keys) {
        for (const auto& key : keys) QVERIFY2(result.contains(key), qPrintable("the result lacks " + key));
    }
    // float32 behind the header of a .npy
    static std::vector<float> floats(const QString& file) {
        const auto content = bytes(file);
        const int start = 10 + (quint8(content[8]) | quint8(content[9]) << 8);
        std::vector<float> values(std::size_t(content.size() - start) / 4);
        std::memcpy(values.data(), content.constData() + start, values.size() * 4);
        return values;
    }

private Q_SLOTS:
    void initTestCase() {
        QVERIFY2(QFile::exists(path()), "THAW_CLI names the program under test");
        writeToyData(at("data"));
    }

    void infoCountsWhatAPlanFreezes() {
        const auto none = resultOf({"info", toyModel(), "--freeze", "none"});
        verifyKeys(none, {"class", "architecture", "img_resolution", "img_channels", "label_dim", "parameters",
                          "frozen_parameters", "frozen_percent", "blocks"});
        QCOMPARE(none["class"].toString(), QString("EDMPrecond"));
        QCOMPARE(none["img_resolution"].toInt(), 28);
        QCOMPARE(none["frozen_parameters"].toInt(), 0);
        const auto all = resultOf({"info", toyModel(), "--freeze", "all"});
        QCOMPARE(all["frozen_parameters"].toInt(), all["parameters"].toInt());
        const auto some = resultOf({"info", toyModel(), "--freeze", "d2o-f"});
        int parameters = 0, frozen = 0;
        for (const auto& item : some["blocks"].toArray()) {
            const auto block = item.toObject();
            verifyKeys(block, {"name", "kind", "resolution", "parameters", "frozen_parameters"});
            parameters += block["parameters"].toInt();
            frozen += block["frozen_parameters"].toInt();
        }
        QCOMPARE(parameters, some["parameters"].toInt());
        QCOMPARE(frozen, some["frozen_parameters"].toInt());
        QVERIFY(frozen > 0 && frozen < parameters);
        QVERIFY(qAbs(some["frozen_percent"].toDouble() - 100.0 * frozen / parameters) < 1e-9);
    }

    void theEmbeddedModelOpens() {
        const auto result = resultOf({"info", "builtin", "--freeze", "d2o-f"});
        QCOMPARE(result["class"].toString(), QString("EDMPrecond"));
        QVERIFY(result["frozen_percent"].toDouble() > 50);
    }

    void denoiseKeepsTheShapeAndOneSigmaServesAllImages() {
        writeNpy(at("x.npy"), "2, 1, 28, 28", 2 * 784);
        const QStringList common{"denoise", "--model", toyModel(), "--input", at("x.npy")};
        verifyKeys(resultOf(common + QStringList{"--sigma", "3", "--out", at("one.npy")}), {"seconds"});
        verifyKeys(resultOf(common + QStringList{"--sigma", "3,3", "--out", at("two.npy")}), {"seconds"});
        QCOMPARE(floats(at("one.npy")).size(), std::size_t(2 * 784));
        QCOMPARE(bytes(at("one.npy")), bytes(at("two.npy")));
    }

    void anImageDependsOnItsSeedAlone() {
        const QStringList common{"sample", "--model", toyModel(), "--sampler", "one-step"};
        const auto result =
            resultOf(common + QStringList{"--seeds", "3-7", "--batch", "2", "--out", at("several.npy")});
        verifyKeys(result, {"images", "nfe", "seconds", "images_per_second"});
        QCOMPARE(result["images"].toInt(), 5);
        QCOMPARE(result["nfe"].toInt(), 1);
        resultOf(common + QStringList{"--seeds", "6", "--out", at("single.npy")});
        const auto several = floats(at("several.npy")), single = floats(at("single.npy"));
        QCOMPARE(single.size(), std::size_t(784));
        for (std::size_t i = 0; i < 784; ++i) QVERIFY(std::abs(several[std::size_t(3) * 784 + i] - single[i]) < 1e-4f);
    }

    void samplesBecomeAGridOrAFolder() {
        const QStringList common{"sample",    "--model", toyModel(), "--seeds", "0,123",
                                 "--sampler", "heun",    "--steps",  "2"};
        QCOMPARE(resultOf(common + QStringList{"--out", at("grid.png")})["nfe"].toInt(), 3);
        QVERIFY(isPng(at("grid.png")));
        QVERIFY(bytes(at("grid.png")).contains("Seeds"));
        resultOf(common + QStringList{"--out", at("folder")});
        QCOMPARE(QDir(at("folder")).entryList(QDir::Files), (QStringList{"000000.png", "000123.png"}));
    }

    void qualityIsMeasuredWithFeaturesAndAReferenceOfOnesOwn() {
        const auto trained = resultOf({"train-features", "--data", at("data"), "--epochs", "1", "--batch", "16",
                                       "--out", at("features.safetensors")});
        verifyKeys(trained, {"features"});
        const auto statistics = resultOf({"statistics", "--data", at("data"), "--part", "t10k", "--features",
                                          at("features.safetensors"), "--out", at("reference.npz")});
        verifyKeys(statistics, {"num", "features"});
        QCOMPARE(statistics["num"].toInt(), 140);
        QCOMPARE(statistics["features"].toString(), trained["features"].toString());
        const QStringList common{
            "evaluate",    "--data",           at("data"), "--features", at("features.safetensors"),
            "--reference", at("reference.npz")};
        const auto generated =
            resultOf(common + QStringList{"--model", toyModel(), "--num", "20", "--metrics", "fid,kid"});
        verifyKeys(generated, {"fid", "kid", "num", "features", "reference"});
        QCOMPARE(generated["num"].toInt(), 20);
        QVERIFY(generated["fid"].toDouble() > 0);
    }

    void aGeneratorIsAtNoDistanceFromItself() {
        resultOf(
            {"train-features", "--data", at("data"), "--epochs", "1", "--batch", "16", "--out", at("own.safetensors")});
        const auto result = resultOf({"evaluate", "--model", toyModel(), "--against", toyModel(), "--seeds", "0-19",
                                      "--features", at("own.safetensors")});
        verifyKeys(result, {"fid", "num", "features", "reference"});
        QVERIFY2(std::abs(result["fid"].toDouble(1)) < 1e-6, qPrintable(QString::number(result["fid"].toDouble(1))));
    }

    void layerSpectraNameBlocksSigmasAndFrequencies() {
        const QStringList common{"spectrum", "--kind", "layers", "--model", toyModel(), "--data",
                                 at("data"), "--num",  "2",      "--sigma", "80,0.5"};
        const auto result = resultOf(common + QStringList{"--out", at("layers.csv")});
        verifyKeys(result, {"blocks", "sigmas", "frequencies", "seconds"});
        QCOMPARE(result["sigmas"].toArray().size(), 2);
        QCOMPARE(result["frequencies"].toArray().size(), 15);  // 0 .. 28/2
        const auto lines = bytes(at("layers.csv")).split('\n');
        QCOMPARE(lines.front(), QByteArray("block,sigma,frequency,power,deviation"));
        QVERIFY(lines.size() > result["blocks"].toArray().size() * 2);
        const auto some = resultOf(common + QStringList{"--blocks", "dec", "--out", at("layers.npz")});
        for (const auto& block : some["blocks"].toArray()) QVERIFY(block.toString().startsWith("dec."));
        QVERIFY(!some["blocks"].toArray().isEmpty());
    }

    void innerOperationsAreNamedByTheirModules() {
        const auto result = resultOf({"spectrum", "--kind", "layers", "--model", toyModel(), "--num", "2", "--blocks",
                                      "*.conv0,output", "--out", at("operations.csv")});
        const auto blocks = result["blocks"].toArray();
        QVERIFY(blocks.size() > 2);
        QCOMPARE(blocks.last().toString(), QString("output"));
        QVERIFY(blocks.first().toString().endsWith(".conv0"));
        QVERIFY(bytes(at("operations.csv")).contains(blocks.first().toString().toUtf8() + ",80,0,"));
        const auto all = resultOf({"spectrum", "--kind", "layers", "--model", toyModel(), "--num", "1", "--operations",
                                   "--out", at("operations.npz")});
        QVERIFY(all["blocks"].toArray().size() > 3 * blocks.size());
    }

    void channelsAndFreezePlansHaveTheirOwnTables() {
        const QStringList common{"spectrum", "--kind", "layers", "--model", toyModel(), "--num", "2"};
        const auto channels =
            resultOf(common + QStringList{"--channels", "--blocks", "enc.28x28_conv", "--out", at("channels.csv")});
        QVERIFY(channels["channels"].toInt() > 1);
        QCOMPARE(bytes(at("channels.csv")).count('\n'), 1 + 15 * channels["channels"].toInt());
        const auto frozen = resultOf(common + QStringList{"--freeze", "d2o-f", "--out", at("frozen.csv")});
        QVERIFY(frozen["frozen_rows"].toDouble() > 0 && frozen["trainable_rows"].toDouble() > 0);
        QCOMPARE(bytes(at("frozen.csv")).count('\n'), 16);
        resultOf(common +
                 QStringList{"--blocks", "*.conv0", "--responses", at("responses.npz"), "--out", at("responses.csv")});
        QVERIFY(bytes(at("responses.npz")).contains("enc.28x28_block0.conv0.npy"));
    }

    void theSameQuestionGivesTheSameBytes() {
        for (const char* name : {"first.csv", "second.csv"})
            resultOf({"spectrum", "--kind", "layers", "--model", toyModel(), "--data", at("data"), "--num", "3",
                      "--sigma", "0.1:80:3", "--out", at(name)});
        QVERIFY(!bytes(at("first.csv")).isEmpty());
        QCOMPARE(bytes(at("first.csv")), bytes(at("second.csv")));
    }

    void bandsCoverSixteenLevelsByDefault() {
        const auto result = resultOf({"spectrum", "--kind", "bands", "--model", toyModel(), "--data", at("data"),
                                      "--num", "2", "--out", at("bands.csv")});
        verifyKeys(result, {"blocks", "sigmas", "frequencies", "seconds", "band_edges"});
        QCOMPARE(result["sigmas"].toArray().size(), 16);
        QCOMPARE(result["sigmas"].toArray().first().toDouble(), 0.002);
        QCOMPARE(bytes(at("bands.csv")).count('\n'), 1 + 16 * result["blocks"].toArray().size());
        QVERIFY(bytes(at("bands.csv"))
                    .startsWith("block,sigma,energy,energy_deviation,centroid,centroid_deviation,slope,log_amplitude,"
                                "band_0_1,band_1_2,band_2_4"));
    }

    void aModelAgainstItselfDoesNotDiffer() {
        const auto result = resultOf({"spectrum", "--kind", "layers", "--model", toyModel(), "--against", toyModel(),
                                      "--num", "3", "--out", at("difference.csv")});
        QCOMPARE(result["significant_cells"].toInt(), 0);
        QVERIFY(bytes(at("difference.csv")).startsWith("block,sigma,frequency,difference_db,standard_error,t,p,q\n"));
    }

    void transferFunctionsAreThoseOfTheDenoiserOrOfBlocks() {
        const auto whole = resultOf(
            {"spectrum", "--kind", "transfer", "--model", toyModel(), "--num", "3", "--out", at("transfer.csv")});
        QCOMPARE(whole["frequencies"].toArray().size(), 15);
        QCOMPARE(bytes(at("transfer.csv")).count('\n'), 16);
        QVERIFY(bytes(at("transfer.csv")).contains("\ndenoiser,80,0,"));
        resultOf({"spectrum", "--kind", "transfer", "--model", toyModel(), "--num", "3", "--blocks", "enc", "--out",
                  at("transfer.npz")});
        resultOf({"spectrum", "--kind", "transfer", "--probe", "--model", toyModel(), "--num", "1", "--out",
                  at("probe.csv")});
        QCOMPARE(bytes(at("probe.csv")).count('\n'), 1 + 28 * 28);
    }

    void swappedBlocksOfTheSameModelChangeNothing() {
        const auto result = resultOf({"spectrum", "--kind", "swap", "--model", toyModel(), "--against", toyModel(),
                                      "--num", "2", "--out", at("swap.csv")});
        QVERIFY(result["blocks"].toArray().size() > 5);
        const auto lines = bytes(at("swap.csv")).trimmed().split('\n');
        for (int i = 1; i < lines.size(); ++i) QCOMPARE(lines[i].split(',')[3], QByteArray("0"));
    }

    void imageSpectraTakeModelsAndData() {
        const auto result =
            resultOf({"spectrum", "--kind", "image", "--model", toyModel(), "--num", "2", "--out", at("image.csv")});
        QCOMPARE(result["frequencies"].toArray().size(), 15);
        QCOMPARE(bytes(at("image.csv")).count('\n'), 16);
        resultOf({"spectrum", "--kind", "image", "--data", at("data"), "--stylegan3", "--out", at("stylegan3.csv")});
        QCOMPARE(bytes(at("stylegan3.csv")).count('\n'), 1 + 57);  // quarters of a cycle up to 14
        resultOf({"spectrum", "--kind", "image", "--model", toyModel(), "--data", at("data"), "--num", "2",
                  "--stylegan3", "--out", at("stylegan3-samples.csv")});
        QCOMPARE(bytes(at("stylegan3-samples.csv")).count('\n'), 1 + 57);
    }

    // Builds without Qt: there is no window's program beside this one.
    void withoutTheWindowsProgramThereAreTheNumbers() {
        QDir().mkpath(at("alone"));
        const QString alone = at("alone/thaw-cli");
        QVERIFY(QFile::copy(path(), alone));
        QVERIFY(!QFile::exists(at("alone/thaw")));
        const QStringList layers{"spectrum", "--kind", "layers", "--model", toyModel(), "--num", "2", "--json"};
        const auto drawn = run(layers + QStringList{"--out", at("alone/layers.png")}, alone);
        QVERIFY2(drawn.code == 0, drawn.err.constData());
        QVERIFY2(drawn.err.contains("no program 'thaw'") && drawn.err.contains("Qt"), drawn.err.constData());
        QCOMPARE(drawn.json()["out"].toString(), at("alone/layers.csv"));
        QVERIFY(!QFile::exists(at("alone/layers.png")));
        QCOMPARE(run(layers + QStringList{"--out", at("alone/same.csv")}, alone).code, 0);
        QCOMPARE(bytes(at("alone/layers.csv")), bytes(at("alone/same.csv")));
        QVERIFY(!bytes(at("alone/same.csv")).isEmpty());
        // What lies there already is not replaced.
        QCOMPARE(run(layers + QStringList{"--out", at("alone/same.png")}, alone).code, 2);
        write(at("alone/figure.recipe.json"),
              "{\"thaw_figure\": 1, \"model\": {\"path\": \"builtin\"}, \"panels\": [{\"kind\": \"blocks\"}]}");
        const auto figure = run({"figure", at("alone/figure.recipe.json"), "--out", at("alone/figure.pdf")}, alone);
        QCOMPARE(figure.code, 2);
        QVERIFY2(figure.err.contains("'thaw'") && figure.err.contains(".csv"), figure.err.constData());
    }

    void devicesListsTheProcessor() {
        const auto devices = resultOf({"devices"})["devices"].toArray();
        QVERIFY(!devices.isEmpty());
        QCOMPARE(devices.last().toObject()["name"].toString(), QString("cpu"));
    }

    // GCC's OpenMP tells what it has read.
    void threadsThatWaitSleepSoonUnlessTheUserSaysOtherwise() {
        const auto setting = [](const char* name, const char* value) {
            if (name) qputenv(name, value);
            qputenv("OMP_DISPLAY_ENV", "VERBOSE");
            const auto told = run({"devices"});
            qunsetenv("OMP_DISPLAY_ENV");
            if (name) qunsetenv(name);
            return told.code == 0 ? told.err : QByteArray();
        };
        QVERIFY(setting("GOMP_SPINCOUNT", "77").contains("GOMP_SPINCOUNT = '77'"));
        QVERIFY(setting(nullptr, nullptr).contains("GOMP_SPINCOUNT = '2000'"));
        QVERIFY(!setting("OMP_WAIT_POLICY", "active").contains("GOMP_SPINCOUNT = '2000'"));
    }
};

THAW_TEST(VerbsTest);
#include "verbs_test.moc"
