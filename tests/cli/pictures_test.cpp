// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures that the verbs are asked for by name: each is the window's figure, with the recipe of what was asked.
#include "tests/cli/program.h"
#include "tests/registry.h"

#include <QJsonArray>

using namespace program;

class PicturesTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    QString at(const QString& name) const { return folder_.filePath(name); }

    // Draws, and returns what is reported; the panels are those of the recipe beside the picture.
    QJsonObject drawn(const QString& name, const QStringList& arguments, QJsonArray* panels = nullptr) const {
        const auto outcome = run(arguments + QStringList{"--out", at(name), "--json", "--quiet"});
        [&] {
            QVERIFY2(outcome.code == 0, outcome.err.constData());
            if (name.endsWith(".png")) QVERIFY(isPng(at(name)));
            QVERIFY(QFileInfo(at(name)).size() > 1000);
            const auto recipe = QJsonDocument::fromJson(bytes(at(QFileInfo(name).completeBaseName() + ".recipe.json")));
            QVERIFY2(recipe.object().contains("thaw_figure"), "the recipe lies beside the picture");
            if (panels) *panels = recipe.object()["panels"].toArray();
        }();
        return outcome.json();
    }
    static QString kindOf(const QJsonArray& panels) { return panels.first().toObject()["kind"].toString(); }

    QStringList spectrum(const QString& kind, const QStringList& more = {}) const {
        return QStringList{"spectrum", "--kind", kind, "--model", toyModel(), "--num", "2"} + more;
    }

    void verifyRefused(const QStringList& arguments) const {
        const auto outcome = run(arguments + QStringList{"--out", at("never.png")});
        QVERIFY2(outcome.code == 2, outcome.err.constData());
        QVERIFY2(outcome.err.contains(".csv") && outcome.err.contains(".npz"), outcome.err.constData());
        QVERIFY(!QFile::exists(at("never.png")));
    }

private Q_SLOTS:
    void initTestCase() {
        QVERIFY2(QFile::exists(path()), "THAW_CLI names the program under test");
        writeToyData(at("data"));
        QDir().mkpath(at("fine"));
        QByteArray lines, pretraining;
        for (int step = 1; step <= 8; ++step) {
            const QByteArray at =
                "{\"step\": " + QByteArray::number(step) + ", \"kimg\": " + QByteArray::number(step * 0.008) + ", ";
            lines += at + "\"g_loss\": 0.7, \"d_loss\": 1.3}\n";
            pretraining += at + "\"loss\": 0.4}\n";
        }
        lines +=
            "{\"event\": \"fid\", \"kimg\": 0.064, \"fid\": 42, \"num\": 100, \"features\": \"f\", "
            "\"reference\": \"r\"}\n";
        write(at("fine/stats.jsonl"), lines);
        QDir().mkpath(at("pre"));
        write(at("pre/stats.jsonl"), pretraining);
    }

    void curvesShowLossesAndDistance() {
        QJsonArray panels;
        for (const char* name : {"curves.png", "curves2.svg", "curves3.pdf"}) {
            const auto result = drawn(name, {"curves", at("fine")}, &panels);
            QCOMPARE(result["fid_points"].toInt(), 1);
            QCOMPARE(panels.size(), 2);
            QCOMPARE(kindOf(panels), QString("curves"));
        }
        QVERIFY(bytes(at("curves2.svg")).contains("42") || bytes(at("curves2.svg")).contains("chet"));
        // Pre-training has one loss and no distance.
        drawn("pre.svg", {"curves", at("pre")}, &panels);
        QCOMPARE(panels.size(), 1);
    }

    void layersHaveAPanelForEachNoiseLevel() {
        QJsonArray panels;
        const auto one = drawn("layers.png", spectrum("layers"), &panels);
        QCOMPARE(panels.size(), 1);
        QCOMPARE(kindOf(panels), QString("blocks"));
        QCOMPARE(one["frequencies"].toArray().size(), 15);
        QVERIFY(one["blocks"].toArray().size() > 5);
        const auto two = drawn("levels.png", spectrum("layers", {"--data", at("data"), "--sigma", "80,0.5"}), &panels);
        QCOMPARE(panels.size(), 2);
        QCOMPARE(panels.last().toObject()["sigma"].toDouble(), 0.5);
        QCOMPARE(two["sigmas"].toArray().size(), 2);
        drawn("sigmas.png",
              spectrum("layers", {"--blocks", "enc.28x28_conv", "--data", at("data"), "--sigma", "80,0.5"}), &panels);
        QCOMPARE(panels.size(), 1);
        QCOMPARE(kindOf(panels), QString("sigmas"));
    }

    void everyKindOfNetworkMeasurementIsDrawn_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("kind");
        const auto row = [](const char* name, const QStringList& arguments, const char* kind) {
            QTest::newRow(name) << arguments << QString(kind);
        };
        row("profile", spectrum("layers", {"--blocks", "enc.28x28_conv"}), "profile");
        row("channels", spectrum("layers", {"--channels", "--blocks", "enc.28x28_conv"}), "channels");
        row("frozen", spectrum("layers", {"--freeze", "d2o-f"}), "frozen");
        row("difference", spectrum("layers", {"--against", toyModel()}), "blocks");
        row("transfer", spectrum("transfer"), "transfer");
        row("bands", spectrum("bands", {"--sigma", "80"}), "bands");
        row("probe", spectrum("transfer", {"--probe", "--blocks", "enc.28x28_conv"}), "probe");
        row("parts", spectrum("transfer", {"--blocks", "enc"}), "transfer");
        row("swap", spectrum("swap", {"--against", toyModel()}), "swap");
    }
    void everyKindOfNetworkMeasurementIsDrawn() {
        QFETCH(QStringList, arguments);
        QFETCH(QString, kind);
        const QString name = QString(QTest::currentDataTag()) + ".png";
        QJsonArray panels;
        const auto result = drawn(name, arguments, &panels);
        QCOMPARE(kindOf(panels), kind);
        QCOMPARE(result["kind"].toString(), kind);
        if (kind == "transfer") QCOMPARE(panels.size(), result["blocks"].toArray().size());
    }

    void blocksThatAreSetBackCanBeChosen() {
        QJsonArray panels;
        const auto result =
            drawn("chosen.png", spectrum("swap", {"--against", toyModel(), "--blocks", "enc.28x28_conv"}), &panels);
        const QJsonArray chosen{"enc.28x28_conv"};
        QCOMPARE(panels.first().toObject()["responses"].toArray(), chosen);
        QCOMPARE(result["blocks"].toArray(), chosen);
    }

    void imagesOfDataFoldersAndModels() {
        QJsonArray panels;
        drawn("image.png", {"spectrum", "--kind", "image", "--data", at("data")}, &panels);
        QCOMPARE(kindOf(panels), QString("images"));
        QCOMPARE(panels.first().toObject()["images"].toInt(), 96);  // every image once
        const auto sampled = run({"sample", "--model", toyModel(), "--seeds", "0-5", "--out", at("pngs")});
        QVERIFY2(sampled.code == 0, sampled.err.constData());
        drawn("folder.png", {"spectrum", "--kind", "image", "--images", at("pngs")}, &panels);
        QCOMPARE(panels.first().toObject()["images"].toInt(), 6);
        const auto result = drawn("samples.png", spectrum("image"), &panels);
        QCOMPARE(result["frequencies"].toArray().size(), 15);
        drawn("stylegan3.png", spectrum("image", {"--data", at("data"), "--stylegan3"}), &panels);
        QVERIFY(panels.first().toObject()["stylegan3"].toBool());
    }

    void rawResponsesGoWithAPicture() {
        drawn("responses.png", spectrum("layers", {"--blocks", "*.conv0", "--responses", at("responses.npz")}));
        QVERIFY(bytes(at("responses.npz")).contains("enc.28x28_block0.conv0.npy"));
    }

    void whatHasNoPictureNamesTheNumbers() {
        verifyRefused(spectrum("image", {"--sampler", "heun", "--steps", "4", "--s-churn", "10"}));
    }
};

THAW_TEST(PicturesTest);
#include "pictures_test.moc"
