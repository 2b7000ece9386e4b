// SPDX-License-Identifier: GPL-3.0-or-later
// thaw-cli evaluate, statistics and sample: metrics, references, samplers and labels at toy size.
#include "tests/cli/program.h"
#include "tests/registry.h"

#include <QJsonArray>

#include <cmath>
#include <cstring>

using namespace program;

class EvaluateTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    QString at(const QString& name) const { return folder_.filePath(name); }
    QString conditional() const { return golden("ncsnpp_edm_cond.weights.safetensors"); }

    static QJsonObject resultOf(const QStringList& arguments) {
        const auto outcome = run(arguments + QStringList{"--json", "--quiet"});
        if (outcome.code != 0) qWarning("%s", outcome.err.constData());
        return outcome.code == 0 ? outcome.json() : QJsonObject();
    }
    // float32 behind the header of a .npy
    static std::vector<float> floats(const QString& file) {
        const auto content = bytes(file);
        const int start = 10 + (quint8(content[8]) | quint8(content[9]) << 8);
        std::vector<float> values(std::size_t(content.size() - start) / 4);
        std::memcpy(values.data(), content.constData() + start, values.size() * 4);
        return values;
    }
    std::vector<float> sampled(const QStringList& options) const {
        const auto result = resultOf(QStringList{"sample", "--force", "--out", at("s.npy")} + options);
        return result.isEmpty() ? std::vector<float>() : floats(at("s.npy"));
    }
    static double largestDifference(const std::vector<float>& a, const std::vector<float>& b) {
        double largest = a.size() == b.size() && !a.empty() ? 0 : INFINITY;
        for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
            largest = std::max(largest, std::abs(double(a[i]) - b[i]));
        return largest;
    }
    // Toy models make 28x28 grey images: the built-in network takes them.
    QStringList evaluate(const QStringList& options) const {
        return QStringList{"evaluate", "--model", toyModel(), "--data", at("data"), "--threads", "1"} + options;
    }

private Q_SLOTS:
    void initTestCase() {
        QVERIFY2(QFile::exists(path()), "THAW_CLI names the program under test");
        writeToyData(at("data"));
    }

    void everyMetricIsMeasuredAndEveryKeyIsThere() {
        const auto result =
            resultOf(evaluate({"--num", "20", "--metrics", "fid,kid,is,precision,recall,density,coverage"}));
        const auto measure = result["measure"].toObject();
        QCOMPARE(measure["name"].toString(), QString("FD"));
        QCOMPARE(measure["images"].toInt(), 20);
        QCOMPARE(measure["reference_images"].toInt(), 96);
        QCOMPARE(measure["selection"].toBool(true), false);
        QVERIFY(result["bands"].isNull());
        for (const char* key : {"fid", "kid", "kid_std", "inception_score", "precision", "recall", "density",
                                "coverage", "num", "nfe", "seconds", "rank", "reference_rank", "precision_k"})
            QVERIFY2(result[key].isDouble(), key);
        for (const char* key : {"features", "reference", "seeds", "sampler", "model"})
            QVERIFY2(result[key].isString(), key);
        QCOMPARE(result["num"].toInt(), 20);
        QCOMPARE(result["precision_k"].toInt(), 3);
        QCOMPARE(result["rank"].toInt(), 19);
        QVERIFY(result["inception_score"].toDouble() >= 1 && result["inception_score"].toDouble() <= 10);
        QVERIFY(result["precision"].toDouble() >= 0 && result["precision"].toDouble() <= 1);
        QVERIFY(!result["warnings"].toArray().isEmpty());
    }

    void whatWasNotAskedForIsNull() {
        const auto result = resultOf(evaluate({"--num", "20", "--metrics", "is"}));
        for (const char* key : {"fid", "kid", "precision", "recall", "reference", "measure"})
            QVERIFY2(result.contains(key) && result[key].isNull(), key);
        QVERIFY(result["inception_score"].isDouble());
    }

    void onlyInceptionFeaturesAreCalledFid() {
        const auto outcome = run(evaluate({"--num", "20", "--metrics", "fid,is"}));
        QCOMPARE(outcome.code, 0);
        QVERIFY(outcome.out.startsWith("FD ") && !outcome.out.contains("FID"));
        QVERIFY(outcome.out.contains("classifier score"));
        QVERIFY(outcome.err.contains("Only 20 images"));
    }

    void otherDataAreMeasuredWithoutANetwork() {
        const auto result = resultOf(evaluate({"--num", "20"}));
        QCOMPARE(result["measure"].toObject()["name"].toString(), QString("FWD"));
        const auto bands = result["bands"].toArray();
        QCOMPARE(bands.size(), 16);  // 28 pixels have two levels
        double sum = 0;
        for (const auto& band : bands) sum += band.toDouble();
        QVERIFY(std::abs(result["fid"].toDouble() - sum / 16) < 1e-9 * sum);
        QVERIFY(run(evaluate({"--num", "20"})).out.startsWith("FWD "));
        // A reference that was measured before says the same, and is told by what it holds.
        QVERIFY(!resultOf({"statistics", "--data", at("data"), "--part", "train", "--out", at("bands.npz")}).isEmpty());
        const auto again = resultOf({"evaluate", "--model", toyModel(), "--num", "20", "--reference", at("bands.npz")});
        QVERIFY(std::abs(again["fid"].toDouble() - result["fid"].toDouble()) < 1e-6 * result["fid"].toDouble());
        const auto kernel = run(evaluate({"--num", "20", "--features", "fwd", "--metrics", "kid"}));
        QCOMPARE(kernel.code, 2);
        QVERIFY2(kernel.err.contains("feature network"), kernel.err.constData());
    }

    void imagesAgainstThemselvesArePerfect() {
        writeNpy(at("latents.npy"), "1, 1, 28, 28", 784);
        sampled({"--model", toyModel(), "--seeds", "0-19"});
        QVERIFY(QFile::copy(at("s.npy"), at("own.npy")));
        const auto saved =
            resultOf({"evaluate", "--images", at("own.npy"), "--data", at("data"), "--save-features", at("own.npz")});
        QVERIFY(saved["fid"].toDouble() > 0 && saved["sampler"].isNull());
        const auto result = resultOf(
            {"evaluate", "--images", at("own.npy"), "--reference", at("own.npz"), "--metrics", "fid,precision,recall"});
        QVERIFY(std::abs(result["fid"].toDouble(1)) < 1e-6);
        QCOMPARE(result["precision"].toDouble(), 1.0);
        QCOMPARE(result["recall"].toDouble(), 1.0);
        // The model on the same seeds is the same set, after the same quantisation.
        const auto model =
            resultOf({"evaluate", "--model", toyModel(), "--seeds", "0-19", "--reference", at("own.npz")});
        QVERIFY2(std::abs(model["fid"].toDouble(1)) < 1e-3, qPrintable(QString::number(model["fid"].toDouble(1))));
    }

    void aFolderOfImagesCountsLikeTheirArray() {
        resultOf({"sample", "--model", toyModel(), "--seeds", "0-19", "--out", at("pngs")});
        sampled({"--model", toyModel(), "--seeds", "0-19"});
        const auto folder = resultOf({"evaluate", "--images", at("pngs"), "--data", at("data")});
        const auto array = resultOf({"evaluate", "--images", at("s.npy"), "--data", at("data")});
        QCOMPARE(folder["num"].toInt(), 20);
        QVERIFY(std::abs(folder["fid"].toDouble() - array["fid"].toDouble(-1)) < 1e-9 * array["fid"].toDouble());
        QCOMPARE(resultOf({"evaluate", "--images", at("pngs"), "--data", at("data"), "--num", "12"})["num"].toInt(),
                 12);
        QCOMPARE(run({"evaluate", "--images", at("pngs"), "--data", at("data"), "--num", "50"}).code, 2);
    }

    void thingsThatDoNotCompareAreRefused() {
        QVERIFY(!resultOf({"train-features", "--data", at("data"), "--epochs", "1", "--batch", "16", "--out",
                           at("f.safetensors")})
                     .isEmpty());
        QVERIFY(!resultOf({"statistics", "--data", at("data"), "--features", at("f.safetensors"), "--out", at("f.npz")})
                     .isEmpty());
        const auto mixed = run(evaluate({"--num", "20", "--reference", at("f.npz")}));
        QCOMPARE(mixed.code, 3);
        QVERIFY2(mixed.err.contains("was made with"), mixed.err.constData());
        const auto moments = run({"evaluate", "--model", toyModel(), "--num", "20", "--features", at("f.safetensors"),
                                  "--reference", at("f.npz"), "--metrics", "precision"});
        QCOMPARE(moments.code, 2);
        QVERIFY2(moments.err.contains("--data"), moments.err.constData());
        QCOMPARE(run({"evaluate", "--images", at("data"), "--against", toyModel()}).code, 2);
        const auto colour = run({"evaluate", "--model", conditional(), "--num", "4"});
        QCOMPARE(colour.code, 2);
        QVERIFY2(colour.err.contains("3-channel images of 16 pixels"), colour.err.constData());
    }

    void existingFilesAreReplacedOnlyWhenForced() {
        write(at("kept.npz"), "mine");
        write(at("kept.safetensors"), "mine");
        for (const auto& arguments :
             {QStringList{"statistics", "--data", at("data"), "--out", at("kept.npz")},
              QStringList{"train-features", "--data", at("data"), "--out", at("kept.safetensors")},
              evaluate({"--num", "4", "--save-features", at("kept.npz")})}) {
            const auto outcome = run(arguments);
            QCOMPARE(outcome.code, 2);
            QVERIFY2(outcome.err.contains("exists already"), outcome.err.constData());
        }
        QCOMPARE(run({"statistics", "--data", at("data"), "--out", at("nowhere/s.npz")}).code, 3);
        QCOMPARE(bytes(at("kept.npz")), QByteArray("mine"));
        QVERIFY(!resultOf({"statistics", "--data", at("data"), "--out", at("kept.npz"), "--force"}).isEmpty());
        QVERIFY(bytes(at("kept.npz")).contains("provenance.json"));
    }

    void churnAndClassesDependOnTheSeedAlone() {
        const QStringList common{"--model", conditional(), "--sampler", "heun", "--steps", "3", "--s-churn", "8"};
        const auto several = sampled(common + QStringList{"--seeds", "3-6"});
        const auto single = sampled(common + QStringList{"--seeds", "5"});
        QVERIFY(largestDifference(
                    {several.begin() + std::ptrdiff_t(2) * 768, several.begin() + std::ptrdiff_t(3) * 768}, single) <
                1e-3);
        const auto calm = sampled({"--model", conditional(), "--sampler", "heun", "--steps", "3", "--seeds", "5"});
        QVERIFY(largestDifference(calm, single) > 1e-2);
    }

    void labelsAreListedOrRandom() {
        const QStringList common{"--model", conditional(), "--seeds", "0-2"};
        const auto one = sampled(common + QStringList{"--labels", "4"}),
                   each = sampled(common + QStringList{"--labels", "4,4,4"});
        QVERIFY(largestDifference(one, each) == 0);
        QVERIFY(largestDifference(one, sampled(common + QStringList{"--labels", "4,4,5"})) > 1e-4);
        QVERIFY(largestDifference(sampled(common), sampled(common + QStringList{"--labels", "random"})) == 0);
        for (const char* labels : {"10", "-1", "1.5", "1,2", "cat"})
            QCOMPARE(run(QStringList{"sample", "--out", at("never.npy"), "--labels", labels} + common).code, 2);
        QCOMPARE(run({"sample", "--out", at("never.npy"), "--labels", "1", "--model", toyModel(), "--seeds", "0"}).code,
                 2);
    }

    void everySamplerRunsAndCountsItsEvaluations() {
        const auto evaluations = [&](const QStringList& options) {
            return resultOf(
                       QStringList{"sample", "--model", toyModel(), "--seeds", "0", "--force", "--out", at("e.npy")} +
                       options)["nfe"]
                .toInt();
        };
        QCOMPARE(evaluations({"--sampler", "one-step", "--sigma-max", "60"}), 1);
        QCOMPARE(evaluations({"--sampler", "multi-step", "--steps", "2", "--sigma-mid", "0.8"}), 2);
        QCOMPARE(evaluations({"--sampler", "euler", "--steps", "4", "--rho", "5", "--sigma-min", "0.01"}), 4);
        QCOMPARE(evaluations({"--sampler", "heun", "--steps", "4", "--s-churn", "10", "--s-min", "0.1", "--s-max", "50",
                              "--s-noise", "1.007"}),
                 7);
        QCOMPARE(evaluations({"--sampler", "ablation", "--steps", "4", "--discretization", "vp", "--schedule", "vp",
                              "--scaling", "vp", "--solver", "euler"}),
                 4);
        QCOMPARE(evaluations({"--sampler", "ablation", "--steps", "4", "--discretization", "ve", "--schedule", "ve",
                              "--alpha", "0.5"}),
                 7);
        // The ablation sampler with EDM's choices is EDM's sampler.
        const QStringList two{"--model", toyModel(), "--seeds", "0", "--steps", "4"};
        QVERIFY(largestDifference(sampled(two + QStringList{"--sampler", "ablation"}),
                                  sampled(two + QStringList{"--sampler", "heun"})) < 1e-4);
    }

    void impossibleSamplersAreRefusedBeforeAnyWork_data() {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<QByteArray>("named");
        QTest::newRow("rho") << QStringList{"--sampler", "heun", "--rho", "-1"} << QByteArray("rho");
        QTest::newRow("churn") << QStringList{"--sampler", "heun", "--s-churn", "-1"} << QByteArray("s_churn");
        QTest::newRow("range") << QStringList{"--sampler", "heun", "--sigma-min", "5", "--sigma-max", "2"}
                               << QByteArray("sigma_max");
        QTest::newRow("alpha") << QStringList{"--sampler", "ablation", "--alpha", "2"} << QByteArray("alpha");
        QTest::newRow("unknown") << QStringList{"--sampler", "dpm"} << QByteArray("dpm");
        QTest::newRow("schedule") << QStringList{"--sampler", "ablation", "--schedule", "cosine"}
                                  << QByteArray("cosine");
    }
    void impossibleSamplersAreRefusedBeforeAnyWork() {
        QFETCH(QStringList, options);
        QFETCH(QByteArray, named);
        const auto outcome = run(evaluate(options + QStringList{"--num", "4"}));
        QCOMPARE(outcome.code, 2);
        QVERIFY2(outcome.err.contains(named) && !outcome.err.contains("reference"), outcome.err.constData());
    }
};

THAW_TEST(EvaluateTest);
#include "evaluate_test.moc"
