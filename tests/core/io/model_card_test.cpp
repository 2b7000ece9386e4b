// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/model_card.h"
#include "core/io/open_model.h"
#include "tests/registry.h"

#include <QtTest/QTest>

#include <QFile>
#include <QTemporaryDir>

#include <set>

using namespace thaw;

namespace {

std::string argument(const ModelCard& card, const std::string& name) {
    for (const auto& [key, value] : card.configuration)
        if (key == name) return value;
    return "absent";
}

}  // namespace

class ModelCardTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theEmbeddedModelSaysWhereItComesFrom() {
        const ModelCard card = modelCard(openModelFile("builtin"), "builtin");
        QCOMPARE(card.format, ModelFormat::SafeTensors);
        QCOMPARE(card.bytes, std::int64_t(QFile(QString::fromStdString(card.file)).size()));
        QCOMPARE(*card.kimg, 1000.0);
        QVERIFY(!card.kimgFromName);
        QCOMPARE(card.licenceKind, WeightsLicence::Embedded);
        QCOMPARE(argument(card, "img_resolution"), std::string("28"));
        QCOMPARE(argument(card, "channel_mult"), std::string("[1,2,2]"));
    }

    void theColourModelIsEmbeddedToo() {
        const auto model = openModelFile("builtin-emoji");
        const ModelCard card = modelCard(model, "builtin-emoji");
        QCOMPARE(card.licenceKind, WeightsLicence::EmbeddedEmoji);
        QVERIFY(card.bytes < 8 << 20);
        QCOMPARE(model.denoiser->config().imgChannels, 3);
        QCOMPARE(model.denoiser->config().labelDim, 9);
        QCOMPARE(summarise(model, "builtin-emoji").title, std::string("Emoji EDM, colour and classes (built in)"));
    }

    void noArgumentIsNamedTwiceAndUnknownOnesAreKept() {
        LoadedModel model = openModelFile("builtin");
        auto config = model.metadata["config"];
        config.insert(config.size() - 1, ",\"use_fp16\":true");
        model.metadata["config"] = config;
        const ModelCard card = modelCard(model, "builtin");
        std::set<std::string> names;
        for (const auto& [name, value] : card.configuration) QVERIFY2(names.insert(name).second, name.c_str());
        QCOMPARE(argument(card, "use_fp16"), std::string("true"));
    }

    void imagesSeenLicenceAndNotesComeFromTheFile() {
        const auto path = folder_.filePath("own.safetensors").toStdString();
        writeModelFile(
            path, openModelFile("builtin").denoiser,
            {{"kimg", "12.5"}, {"license", "CC0-1.0"}, {"notes", "sigma_data was assumed.\nEMA only."}, {"seed", "3"}});
        const ModelCard card = modelCard(openModelFile(path), path);
        QCOMPARE(*card.kimg, 12.5);
        QCOMPARE(card.licenceKind, WeightsLicence::Stated);
        QCOMPARE(card.licence, std::string("CC0-1.0"));
        QCOMPARE(card.notes, (std::vector<std::string>{"sigma_data was assumed.", "EMA only."}));
        QCOMPARE(card.metadata, (std::vector<std::pair<std::string, std::string>>{{"seed", "3"}}));
    }

    void aSnapshotNameTellsTheImagesSeenWhereTheFileDoesNot() {
        const auto path = folder_.filePath("network-snapshot-002000.safetensors").toStdString();
        writeModelFile(path, openModelFile("builtin").denoiser);
        const ModelCard card = modelCard(openModelFile(path), path);
        QCOMPARE(*card.kimg, 2000.0);
        QVERIFY(card.kimgFromName);
        QCOMPARE(card.licenceKind, WeightsLicence::Unknown);
    }

    void aPickleOfThesePublishedClassesCarriesTheNonCommercialNotice() {
        const QString path = folder_.filePath("snapshot.pkl");
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray("\x80\x03}q\x00", 5) + QByteArray(20, 'x'));
        file.close();
        const ModelCard card = modelCard(openModelFile("builtin"), path.toStdString());
        QCOMPARE(card.format, ModelFormat::Pickle);
        QCOMPARE(card.licenceKind, WeightsLicence::PublishedNc);
    }

private:
    QTemporaryDir folder_;
};

THAW_TEST(ModelCardTest);
#include "model_card_test.moc"
