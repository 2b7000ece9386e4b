// SPDX-License-Identifier: GPL-3.0-or-later
// --sampler auto and --labels of thaw-cli: a model is sampled as it was trained, and told the class that was chosen.
#include "tests/cli/program.h"
#include "tests/registry.h"

#include <cmath>
#include <cstring>

using namespace program;

class SamplingTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    QString at(const QString& name) const { return folder_.filePath(name); }
    QString conditional() const { return golden("ncsnpp_edm_cond.weights.safetensors"); }

    struct Made {
        QJsonObject json;
        QByteArray words, bytes;
    };
    Made sampled(const QStringList& options) const {
        const auto outcome =
            run(QStringList{"sample", "--seeds", "3,4", "--force", "--threads", "1", "--json", "--out", at("s.npy")} +
                options);
        if (outcome.code != 0) qWarning("%s", outcome.err.constData());
        return {outcome.json(), outcome.err, outcome.code == 0 ? bytes(at("s.npy")) : QByteArray()};
    }
    // A student of one training step, from sigma = 30.
    QString student(int steps) const {
        auto out = at(QStringLiteral("student%1").arg(steps));
        write(at("s.json"), QStringLiteral(R"({"batch": 8, "fid_every_kimg": 0, "fid_images": 130, "sigma": 30,
            "snapshot_every_kimg": 0, "student_steps": %1, "discriminator": {"width": 8}})")
                                .arg(steps)
                                .toUtf8());
        const auto outcome =
            run({"finetune", "--model", toyModel(), "--data", at("data"), "--config", at("s.json"), "--kimg", "0.008",
                 "--objective", "gan", "--out", out, "--threads", "1", "--json", "--quiet"});
        if (outcome.code != 0) qWarning("%s", outcome.err.constData());
        return out;
    }
    QString one_, three_;

private Q_SLOTS:
    void initTestCase() {
        QVERIFY2(QFile::exists(path()), "THAW_CLI names the program under test");
        writeToyData(at("data"));
        one_ = student(1);
        three_ = student(3);
        QVERIFY(QFile::exists(one_ + "/config.json") && QFile::exists(three_ + "/config.json"));
    }

    void aDiffusionModelTakesThePublishedSteps() {
        const auto made = sampled({"--model", toyModel()});
        QCOMPARE(made.json["nfe"].toInt(), 35);  // 2·18 - 1
        QCOMPARE(made.json["sampler"].toString(), QString("heun, 18 steps"));
        QVERIFY(made.json["labels"].isNull());
        QVERIFY(!made.words.contains("as asked"));
        QVERIFY(made.bytes == sampled({"--model", toyModel(), "--sampler", "heun", "--steps", "18"}).bytes);
        const auto fewer = sampled({"--model", toyModel(), "--steps", "4"});
        QCOMPARE(fewer.json["nfe"].toInt(), 7);
        QCOMPARE(sampled({"--model", toyModel(), "--sampler", "one-step"}).json["nfe"].toInt(), 1);
        QVERIFY(sampled({"--model", toyModel(), "--sampler", "multi-step", "--steps", "2"}).words.contains("as asked"));
    }

    void aStudentTakesItsOwnStepsFromItsOwnLevel() {
        const auto one = sampled({"--model", one_});
        QCOMPARE(one.json["nfe"].toInt(), 1);
        QCOMPARE(one.json["sampler"].toString(), QString("one-step"));
        QVERIFY(!one.words.contains("as asked"));
        QVERIFY(one.bytes == sampled({"--model", one_, "--sampler", "one-step", "--sigma-max", "30"}).bytes);
        QVERIFY(one.bytes == sampled({"--model", one_, "--sampler", "one-step"}).bytes);
        const auto three = sampled({"--model", three_});
        QCOMPARE(three.json["nfe"].toInt(), 3);
        QCOMPARE(three.json["sampler"].toString(), QString("multi-step, 3 steps"));
        QVERIFY(three.bytes ==
                sampled({"--model", three_, "--sampler", "multi-step", "--steps", "3", "--sigma-max", "30"}).bytes);
        QVERIFY(three.bytes == sampled({"--model", three_, "--sampler", "multi-step"}).bytes);
        // A converted copy says the same.
        QCOMPARE(run({"convert", three_, at("copy.safetensors"), "--force", "--quiet"}).code, 0);
        QVERIFY(three.bytes == sampled({"--model", at("copy.safetensors")}).bytes);
    }

    void whatItWasNotTrainedForIsDoneAndSaid() {
        const auto own = sampled({"--model", one_});
        for (const QStringList& options :
             {QStringList{"--sampler", "heun", "--steps", "3"},
              QStringList{"--sampler", "one-step", "--sigma-max", "80"}, QStringList{"--steps", "2"}}) {
            const auto made = sampled(QStringList{"--model", one_} + options);
            QVERIFY2(made.words.contains("trained to make images in one step from sigma = 30") &&
                         made.words.contains("as asked"),
                     made.words.constData());
            QVERIFY(!made.bytes.isEmpty() && made.bytes != own.bytes);
        }
        QCOMPARE(sampled({"--model", one_, "--steps", "2"}).json["sampler"].toString(), QString("multi-step, 2 steps"));
    }

    void everyVerbDoesTheSame() {
        const QStringList evaluate{"evaluate", "--num", "20", "--data", at("data"), "--threads", "1", "--json"};
        const auto against = run(evaluate + QStringList{"--model", three_, "--against", toyModel()}).json();
        QCOMPARE(against["nfe"].toInt(), 3);
        QVERIFY2(against["reference"].toString().contains("heun, 18 steps"),
                 qPrintable(against["reference"].toString()));
        const auto spectrum = run({"spectrum", "--kind", "image", "--model", one_, "--num", "2", "--threads", "1",
                                   "--json", "--out", at("one.csv")})
                                  .json();
        QCOMPARE(spectrum["sampler"].toString(), QString("one-step"));
    }

    void labelsGoIntoEveryKindOfSpectrum_data() {
        QTest::addColumn<QStringList>("options");
        QTest::newRow("image") << QStringList{"--kind", "image", "--sampler", "one-step"};
        QTest::newRow("layers") << QStringList{"--kind", "layers", "--blocks", "output"};
        QTest::newRow("channels") << QStringList{"--kind", "layers", "--blocks", "output", "--channels"};
        QTest::newRow("difference") << QStringList{"--kind", "layers",    "--blocks",
                                                   "output", "--against", golden("adm_edm_cond.weights.safetensors")};
        QTest::newRow("bands") << QStringList{"--kind", "bands", "--sigma", "80", "--blocks", "output"};
        QTest::newRow("transfer") << QStringList{"--kind", "transfer"};
        QTest::newRow("probe") << QStringList{"--kind", "transfer", "--probe"};
    }
    void labelsGoIntoEveryKindOfSpectrum() {
        QFETCH(QStringList, options);
        const auto measured = [&](const QString& labels) {
            const auto outcome = run(QStringList{"spectrum", "--model", conditional(), "--num", "2", "--labels", labels,
                                                 "--force", "--threads", "1", "--json", "--out", at("l.csv")} +
                                     options);
            if (outcome.code != 0) qWarning("%s", outcome.err.constData());
            if (outcome.json()["labels"].toString() != labels) return QByteArray();
            return bytes(at("l.csv"));
        };
        const auto one = measured("4");
        QVERIFY(!one.isEmpty());
        QVERIFY(one == measured("4"));
        for (const char* other : {"5", "random", "per-seed"}) {
            const auto numbers = measured(other);
            QVERIFY2(!numbers.isEmpty() && numbers != one, other);
        }
    }

    void labelsBySeedAreItsRemainder() {
        const QStringList common{"--model", conditional(), "--sampler", "one-step"};
        const auto perSeed = sampled(common + QStringList{"--labels", "per-seed"});
        QCOMPARE(perSeed.json["labels"].toString(), QString("per-seed"));
        QVERIFY(perSeed.bytes == sampled(common + QStringList{"--labels", "3,4"}).bytes);
        QVERIFY(perSeed.bytes != sampled(common).bytes);
    }

    void impossibleLabelsOfANetworkAreNamed() {
        const QStringList layers{"spectrum", "--kind", "layers", "--num", "1", "--out", at("never.csv")};
        for (const auto& [model, labels] : {std::pair<QString, QString>{conditional(), "10"},
                                            {conditional(), "1,2"},
                                            {conditional(), "cat"},
                                            {toyModel(), "1"}}) {
            const auto outcome = run(layers + QStringList{"--model", model, "--labels", labels});
            QCOMPARE(outcome.code, 2);
            QVERIFY2(outcome.err.contains(labels.toUtf8()), outcome.err.constData());
        }
        QVERIFY(!QFile::exists(at("never.csv")));
    }
};

THAW_TEST(SamplingTest);
#include "sampling_test.moc"
