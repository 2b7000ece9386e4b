// SPDX-License-Identifier: GPL-3.0-or-later
// Features and images that are not finite, or not in the units of networks, end in exit code 3 with their count, at every
// verb; never in a number, and never in null with exit code 0.
#include "tests/cli/program.h"
#include "tests/registry.h"

#include <cmath>
#include <cstring>

using namespace program;

class NotFiniteTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    QString at(const QString& name) const { return folder_.filePath(name); }

    // Eight images of 28 pixels, from -1 to 1; `fault` changes the values of images 3 and 6.
    template <class Fault>
    void writeImages(const QString& name, Fault fault) const {
        writeNpy(at(name), "8, 1, 28, 28", 8 * 784);
        auto content = bytes(at(name));
        auto* const values = content.data() + content.size() - qsizetype(8) * 784 * 4;
        for (int i = 0; i < 8 * 784; ++i) {
            float value = float((i * 7 + i / 784) % 101) / 50 - 1;
            if (i / 784 == 3 || i / 784 == 6) value = fault(value);
            std::memcpy(values + qsizetype(i) * 4, &value, 4);
        }
        write(at(name), content);
    }
    static void verifyRefused(const QStringList& arguments, const char* said) {
        const auto outcome = run(arguments + QStringList{"--threads", "1", "--json"});
        QVERIFY2(outcome.code == 3 && outcome.out.isEmpty() && outcome.err.contains(said), outcome.err.constData());
    }

private Q_SLOTS:
    void initTestCase() {
        QVERIFY2(QFile::exists(path()), "THAW_CLI names the program under test");
        writeToyData(at("data"), 40, 40);
        writeImages("good.npy", [](float x) { return x; });
        writeImages("nan.npy", [](float) { return float(NAN); });
        writeImages("inf.npy", [](float x) { return x > 0.9f ? float(INFINITY) : x; });
        writeImages("bytes.npy", [](float x) { return x * 127.5f + 127.5f; });
        writeImages("deviation.npy", [](float x) { return x * 2.2f; });
    }

    void aNetworkWithoutFiniteFeaturesIsRefused_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("said");
        const auto network = golden("cases/nanfeat.pt");
        QTest::newRow("evaluate, samples")
            << QStringList{"evaluate", "--model",    toyModel(), "--data",    at("data"),     "--num",
                           "8",        "--features", network,    "--metrics", "fid,precision"}
            << QByteArray("40 of 40 images, the first image 0");
        QTest::newRow("evaluate, files") << QStringList{"evaluate", "--images",   at("good.npy"), "--data",
                                                        at("data"), "--features", network}
                                         << QByteArray("40 of 40 images, the first image 0");
        QTest::newRow("statistics") << QStringList{"statistics", "--data", at("data"), "--part",       "train",
                                                   "--features", network,  "--out",    at("never.npz")}
                                    << QByteArray("40 of 40 images, the first image 0");
        QTest::newRow("finetune") << QStringList{"finetune",   "--model", toyModel(), "--data", at("data"),
                                                 "--features", network,   "--kimg",   "0.016",  "--batch",
                                                 "8",          "--out",   at("never")}
                                  << QByteArray("32 of 32 images, the first image 0");
    }
    void aNetworkWithoutFiniteFeaturesIsRefused() {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, said);
        verifyRefused(arguments, said);
        QVERIFY(!QFile::exists(at("never.npz")) && !QDir(at("never")).exists());
    }

    void imagesAreRefusedWithTheirCount_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<bool>("spectrum");  // which rounds nothing and takes noise
        QTest::newRow("not a number") << "nan.npy" << true;
        QTest::newRow("infinite") << "inf.npy" << true;
        QTest::newRow("0..255") << "bytes.npy" << false;
        QTest::newRow("divided by a deviation") << "deviation.npy" << false;
    }
    void imagesAreRefusedWithTheirCount() {
        QFETCH(QString, file);
        QFETCH(bool, spectrum);
        const char* said = "2 of 8 images, the first image 3";
        verifyRefused({"evaluate", "--images", at(file), "--data", at("data")}, said);
        if (spectrum)
            verifyRefused({"spectrum", "--kind", "image", "--images", at(file), "--out", at("never.csv")}, said);
        QVERIFY(!QFile::exists(at("never.csv")));
        QCOMPARE(run({"evaluate", "--images", at("good.npy"), "--data", at("data"), "--threads", "1"}).code, 0);
    }

    void furtherArraysOfStatisticsAreNoFault() {
        double distance[2] = {};
        for (int k = 0; k < 2; ++k) {
            const auto outcome = run({"evaluate", "--images", at("good.npy"), "--features", "builtin", "--reference",
                                      golden(k ? "cases/stats_extra_str.npz" : "cases/stats_extra_i32.npz"),
                                      "--threads", "1", "--json"});
            QVERIFY2(outcome.code == 0, outcome.err.constData());
            distance[k] = outcome.json()["fid"].toDouble(-1);
        }
        QVERIFY(distance[0] > 0);
        QCOMPARE(distance[0], distance[1]);
    }

    // The last weight of the file; what it touches spreads to every pixel.
    void aModelWhoseWeightsAreNotFiniteMakesNothing() {
        auto content = bytes(toyModel());
        const float fault = float(NAN);
        std::memcpy(content.data() + content.size() - qsizetype(sizeof fault), &fault, sizeof fault);
        write(at("damaged.safetensors"), content);
        const QStringList model{"--model", at("damaged.safetensors")};
        const QStringList none{"--out", at("never.npy")}, never{"--num", "3", "--out", at("never.csv")};
        const char* all = "not finite: 3 of 3 images, the first image 0";
        verifyRefused(QStringList{"sample", "--seeds", "4-6", "--sampler", "one-step"} + model + none, all);
        verifyRefused(QStringList{"sample", "--seeds", "4-6", "--steps", "2"} + model + none, all);
        verifyRefused(QStringList{"denoise", "--input", at("good.npy"), "--sigma", "1"} + model + none,
                      "8 of 8 images");
        verifyRefused(QStringList{"spectrum", "--kind", "image", "--num", "3", "--out", at("never.csv")} + model, all);
        for (const char* kind : {"layers", "bands", "transfer"})
            verifyRefused(QStringList{"spectrum", "--kind", kind, "--sigma", "80"} + model + never, "at sigma 80");
        QVERIFY(!QFile::exists(at("never.npy")) && !QFile::exists(at("never.csv")));
        // It is converted as it is, and reads back the same.
        const auto converted = run({"convert", at("damaged.safetensors"), at("again.safetensors")});
        QVERIFY2(converted.code == 0, converted.err.constData());
    }

    void inputsOfTheNetworkAreFinite() {
        verifyRefused(
            {"denoise", "--model", toyModel(), "--input", at("nan.npy"), "--sigma", "1", "--out", at("d.npy")},
            "2 of 8 images, the first image 3");
        verifyRefused({"sample", "--model", toyModel(), "--latents", at("inf.npy"), "--out", at("d.npy")},
                      "2 of 8 latents, the first latent 3");
        writeNpy(at("none.npy"), "0, 1, 28, 28", 0);
        verifyRefused(
            {"denoise", "--model", toyModel(), "--input", at("none.npy"), "--sigma", "1", "--out", at("d.npy")},
            "holds no images");
        QVERIFY(!QFile::exists(at("d.npy")));
    }
};

THAW_TEST(NotFiniteTest);
#include "not_finite_test.moc"
