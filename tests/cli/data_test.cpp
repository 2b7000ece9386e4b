// SPDX-License-Identifier: GPL-3.0-or-later
// The data sets that --data and --images take.
#include "tests/cli/program.h"
#include "tests/registry.h"
#include "tests/zip_bytes.h"

using namespace program;

class DataTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    QString at(const QString& name) const { return folder_.filePath(name); }
    QList<zip_bytes::File> grey_;  // 28x28, drawn by the toy model

    Outcome spectrum(const QString& option, const QString& source, const QString& out,
                     const QStringList& more = {}) const {
        return run(QStringList{"spectrum", "--kind", "image", option, at(source), "--out", at(out), "--threads", "1",
                               "--json"} +
                   more);
    }

private Q_SLOTS:
    void initTestCase() {
        QCOMPARE(run({"sample", "--model", toyModel(), "--seeds", "0-11", "--sampler", "one-step", "--out", at("grey"),
                      "--threads", "1", "--quiet"})
                     .code,
                 0);
        QByteArray labels;
        for (const auto& name : QDir(at("grey")).entryList({"*.png"}, QDir::Files, QDir::Name)) {
            grey_.append({"00000/" + name.toLatin1(), bytes(at("grey/") + name)});
            labels += (labels.isEmpty() ? "" : ", ") + QByteArray("[\"") + grey_.back().first + "\", " +
                      QByteArray::number(grey_.size() % 3) + "]";
        }
        QCOMPARE(grey_.size(), 12);
        auto labelled = grey_;
        labelled.append({"dataset.json", "{\"labels\": [" + labels + "]}"});
        write(at("edm.zip"), zip_bytes::zipOf(labelled));
        auto broken = grey_;
        broken[4].second = "cut";
        write(at("broken.zip"), zip_bytes::zipOf(broken));
        const auto colour = bytes(golden("data/rgb8.png"));
        write(at("colour.zip"), zip_bytes::zipOf({{"a.png", colour}, {"b.png", colour}}));
        write(at("pretrain.json"), R"({"batch": 8, "snapshot_every_kimg": 0, "network": {"model_type": "SongUNet",
            "embedding_type": "positional", "img_resolution": 28, "img_channels": 1, "model_channels": 8,
            "channel_mult": [1, 1], "num_blocks": 1, "attn_resolutions": [], "dropout": 0}})");
        write(at("finetune.json"), R"({"batch": 8, "fid_every_kimg": 0, "fid_images": 130, "snapshot_every_kimg": 0})");
    }

    void aZipAndItsFolderHaveOneSpectrumWhicheverOptionNamesThem() {
        const auto zip = spectrum("--data", "edm.zip", "zip.csv");
        QVERIFY2(zip.code == 0, zip.err.constData());
        QCOMPARE(zip.json()["images"].toInt(), 12);
        QCOMPARE(spectrum("--images", "edm.zip", "images.csv").code, 0);
        QCOMPARE(spectrum("--images", "grey", "folder.csv").code, 0);
        const auto numbers = [&](const QString& file) {
            QList<QByteArray> lines;
            for (const auto& line : bytes(at(file)).split('\n'))
                if (!line.startsWith('#')) lines.append(line);
            return lines;
        };
        QVERIFY(numbers("zip.csv").size() > 10);
        QCOMPARE(numbers("images.csv"), numbers("zip.csv"));
        QCOMPARE(numbers("folder.csv"), numbers("zip.csv"));
    }

    void aBrokenImageIsSaidOnStandardErrorAndRefusedAmongImages() {
        const auto data = spectrum("--data", "broken.zip", "broken.csv");
        QVERIFY2(data.code == 0, data.err.constData());
        QCOMPARE(data.json()["images"].toInt(), 11);
        QVERIFY2(data.err.contains("1 image of 12 cannot be read and is left out: " + grey_[4].first),
                 data.err.constData());
        const auto images = spectrum("--images", "broken.zip", "refused.csv");
        QCOMPARE(images.code, 3);
        QVERIFY2(images.err.contains(grey_[4].first), images.err.constData());
    }

    void dataThatDoNotFitTheModelAreRefusedWithEveryReasonBeforeTheRun() {
        const auto outcome =
            run({"finetune", "--model", toyModel(), "--data", at("colour.zip"), "--out", at("none"), "--threads", "1"});
        QCOMPARE(outcome.code, 2);
        QVERIFY2(outcome.err.contains("grey") && outcome.err.contains("colour") && outcome.err.contains("28×28") &&
                     outcome.err.contains("4×4"),
                 outcome.err.constData());
        QVERIFY(!QFile::exists(at("none")));
        QCOMPARE(run({"finetune", "--model", toyModel(), "--data", at("finetune.json"), "--out", at("none"),
                      "--threads", "1"})
                     .code,
                 3);
    }

    void runsRememberTheSubsetTheyTrainOn() {
        const QStringList subset{"--data",    at("edm.zip"), "--max-images", "6",      "--data-seed", "3",
                                 "--threads", "1",           "--json",       "--quiet"};
        const auto fine = run(QStringList{"finetune", "--model", toyModel(), "--config", at("finetune.json"), "--kimg",
                                          "0.008", "--out", at("fine")} +
                              subset);
        QVERIFY2(fine.code == 0, fine.err.constData());
        const auto recorded = QJsonDocument::fromJson(bytes(at("fine/config.json"))).object();
        QCOMPARE(recorded["data"].toString(), at("edm.zip"));
        QCOMPARE(recorded["data_subset"].toObject()["images"].toInt(), 6);
        QCOMPARE(recorded["data_subset"].toObject()["seed"].toInt(), 3);
        const auto pre = run(
            QStringList{"pretrain", "--config", at("pretrain.json"), "--kimg", "0.008", "--out", at("pre")} + subset);
        QVERIFY2(pre.code == 0, pre.err.constData());
        // Without --data: the default, builtin, would be other images.
        const auto resumed = run({"pretrain", "--resume", "--kimg", "0.016", "--out", at("pre"), "--threads", "1"});
        QVERIFY2(resumed.code == 0, resumed.err.constData());
        QVERIFY2(resumed.err.contains("Pre-training on edm.zip"), resumed.err.constData());
    }
};

THAW_TEST(DataTest);
#include "data_test.moc"
