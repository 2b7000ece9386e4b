// SPDX-License-Identifier: GPL-3.0-or-later
// Figures made again from their recipes, and spectra drawn for paper: what is in the files, and what is refused.
#include "tests/cli/program.h"
#include "tests/registry.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QXmlStreamReader>

using namespace program;

class FigureTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    QString at(const QString& name) const { return folder_.filePath(name); }

    static Outcome quietly(const QStringList& arguments) { return run(arguments + QStringList{"--quiet"}); }

    static QByteArray tool(const QString& name, const QStringList& arguments) {
        QProcess process;
        process.start(name, arguments);
        process.waitForFinished(60000);
        return process.exitCode() == 0 ? process.readAllStandardOutput()
                                       : QByteArray("failed: ") + process.readAllStandardError();
    }

    // Two panels of the toy network, whose blocks have random weights.
    void writeRecipe(const QString& name, const QByteArray& more = {}, const QByteArray& sha256 = {}) const {
        const QByteArray model = toyModel().toUtf8(),
                         checksum = sha256.isEmpty() ? QByteArray() : ", \"sha256\": \"" + sha256 + "\"";
        write(at(name), "{\"thaw_figure\": 1, \"model\": {\"path\": \"" + model + "\", \"title\": \"toy\"" + checksum +
                            "}, \"panels\": ["
                            "{\"kind\": \"blocks\", \"images\": 3}, {\"kind\": \"spectrum\", \"block\": \"" +
                            block_.toUtf8() +
                            "\", \"images\": 3}], "
                            "\"width_mm\": 171.45" +
                            more + "}");
    }
    QString block_;

private Q_SLOTS:
    void initTestCase() {
        QVERIFY2(QFile::exists(path()), "THAW_CLI names the program under test");
        const auto info = run({"info", toyModel(), "--json"}).json();
        for (const auto& item : info["blocks"].toArray())
            if (item.toObject()["kind"].toString() == "block" && block_.isEmpty())
                block_ = item.toObject()["name"].toString();
        QVERIFY(!block_.isEmpty());
        writeRecipe("figure.recipe.json");
    }

    void aRecipeMakesEveryFormat_data() {
        QTest::addColumn<QString>("suffix");
        for (const char* suffix : {"pdf", "svg", "png", "csv", "npz"}) QTest::newRow(suffix) << QString(suffix);
    }
    void aRecipeMakesEveryFormat() {
        QFETCH(QString, suffix);
        const QString out = at("every." + suffix);
        const auto outcome = run({"figure", at("figure.recipe.json"), "--out", out, "--json", "--quiet", "--force"});
        QVERIFY2(outcome.code == 0, outcome.err.constData());
        const auto result = outcome.json();
        QCOMPARE(result["width_mm"].toDouble(), 171.45);
        QVERIFY(result["height_mm"].toDouble() > 20);
        QCOMPARE(result["panels"].toInt(), 2);
        QVERIFY(QFileInfo(out).size() > 500);
        QVERIFY2(bytes(at("every.recipe.json")).contains("thaw_figure"), "the recipe lies beside the figure");
    }

    void theSameRecipeGivesTheSameBytes() {
        for (const char* name : {"one.csv", "two.csv"}) {
            const auto outcome = quietly({"figure", at("figure.recipe.json"), "--out", at(name)});
            QVERIFY2(outcome.code == 0, outcome.err.constData());
        }
        const QByteArray csv = bytes(at("one.csv"));
        QVERIFY(csv.count('\n') > 40);
        QCOMPARE(csv, bytes(at("two.csv")));
    }

    // Every file that holds its recipe can be the recipe.
    void aFigureIsItsOwnRecipe_data() { aRecipeMakesEveryFormat_data(); }
    void aFigureIsItsOwnRecipe() {
        QFETCH(QString, suffix);
        const QString figure = at("own." + suffix);
        QVERIFY(quietly({"figure", at("figure.recipe.json"), "--out", figure, "--force"}).code == 0);
        const auto again = quietly({"figure", figure, "--out", at("again-" + suffix + ".csv")});
        QVERIFY2(again.code == 0, again.err.constData());
        QVERIFY(quietly({"figure", at("figure.recipe.json"), "--out", at("plain.csv"), "--force"}).code == 0);
        // Without the first line, the recipe itself: as written by hand, or with everything filled in.
        const auto numbers = [&](const QString& name) {
            return bytes(at(name)).mid(bytes(at(name)).indexOf('\n') + 1);
        };
        QCOMPARE(numbers("again-" + suffix + ".csv"), numbers("plain.csv"));
    }

    void thePdfIsFitForAPaper() {
        const QString pdf = at("paper.pdf");
        QVERIFY(quietly({"figure", at("figure.recipe.json"), "--out", pdf}).code == 0);
        const QByteArray info = tool("pdfinfo", {pdf});
        const auto size = QRegularExpression("Page size:\\s+([0-9.]+) x").match(QString::fromUtf8(info));
        QVERIFY2(size.hasMatch(), info.constData());
        QVERIFY(qAbs(size.captured(1).toDouble() - 171.45 / 25.4 * 72) < 0.6);
        const QList<QByteArray> fonts = tool("pdffonts", {pdf}).split('\n').mid(2);
        QVERIFY(fonts.size() >= 2);
        for (const QByteArray& line : fonts)
            if (!line.trimmed().isEmpty()) QVERIFY2(line.contains(" yes "), line.constData());
        QVERIFY2(tool("pdftotext", {pdf, "-"}).contains("cycles"), "live text");
        // One image a heatmap, of exactly its cells: 28 x 28 for the spectrum.
        const QByteArray images = tool("pdfimages", {"-list", pdf});
        QVERIFY2(QRegularExpression("image\\s+28\\s+28\\s").match(QString::fromUtf8(images)).hasMatch() ||
                     images.count("image") == 2,
                 images.constData());
    }

    void theSvgIsXmlWithLiveText() {
        const QString svg = at("paper.svg");
        QVERIFY(quietly({"figure", at("figure.recipe.json"), "--out", svg}).code == 0);
        QXmlStreamReader xml(bytes(svg));
        int texts = 0, pictures = 0;
        while (!xml.atEnd()) {
            xml.readNext();
            texts += xml.isStartElement() && xml.name() == QLatin1String("text");
            pictures += xml.isStartElement() && xml.name() == QLatin1String("image");
        }
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        QVERIFY(texts > 10);
        QVERIFY(pictures >= 2);
    }

    void spectrumDrawsForPaper() {
        for (const char* suffix : {"pdf", "svg"}) {
            const QString out = at(QString("spectrum.") + suffix);
            const auto outcome = run({"spectrum", "--model", toyModel(), "--kind", "layers", "--num", "3", "--out", out,
                                      "--json", "--quiet"});
            QVERIFY2(outcome.code == 0, outcome.err.constData());
            QCOMPARE(outcome.json()["kind"].toString(), QString("blocks"));
        }
        // ... with the numbers that `figure` gives for its recipe.
        QVERIFY(quietly({"figure", at("spectrum.pdf"), "--out", at("spectrum-again.csv")}).code == 0);
        QVERIFY(bytes(at("spectrum-again.csv")).contains(block_.toUtf8()));
    }

    void aChangedModelIsRefused() {
        writeRecipe("changed.recipe.json", {}, QByteArray(64, 'a'));
        const auto outcome = quietly({"figure", at("changed.recipe.json"), "--out", at("changed.csv")});
        QCOMPARE(outcome.code, 3);
        QVERIFY2(outcome.err.contains("not the one this figure was made with"), outcome.err.constData());
        QVERIFY(!QFile::exists(at("changed.csv")));
    }

    void wrongRecipesAreRefusedInOneSentence_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("no JSON") << QByteArray("hello") << 3 << QByteArray("recipe");
        QTest::newRow("another JSON") << QByteArray("{\"a\": 1}") << 3 << QByteArray("recipe");
        QTest::newRow("impossible") << QByteArray(
                                           "{\"thaw_figure\": 1, \"model\": {\"path\": \"builtin\"}, \"panels\": "
                                           "[{\"kind\": \"blocks\", \"images\": -4}]}")
                                    << 2 << QByteArray("images is -4");
        QTest::newRow("no such model") << QByteArray(
                                              "{\"thaw_figure\": 1, \"model\": {\"path\": \"gone.safetensors\"}, "
                                              "\"panels\": [{\"kind\": \"blocks\"}]}")
                                       << 3 << QByteArray("gone.safetensors");
        QTest::newRow("newer") << QByteArray("{\"thaw_figure\": 9}") << 3 << QByteArray("newer Thaw");
        QTest::newRow("unknown block") << QByteArray(
                                              "{\"thaw_figure\": 1, \"model\": {\"path\": \"" + toyModel().toUtf8() +
                                              "\"}, \"panels\": [{\"kind\": \"spectrum\", \"block\": \"enc.none\"}]}")
                                       << 2 << QByteArray("enc.none");
    }
    void wrongRecipesAreRefusedInOneSentence() {
        QFETCH(QByteArray, content);
        QFETCH(int, code);
        QFETCH(QByteArray, says);
        write(at("wrong.json"), content);
        const auto outcome = quietly({"figure", at("wrong.json"), "--out", at("wrong.csv")});
        QVERIFY2(outcome.code == code, outcome.err.constData());
        QVERIFY2(outcome.err.contains(says), outcome.err.constData());
        QVERIFY(!QFile::exists(at("wrong.csv")));
    }

    void nothingIsOverwritten() {
        write(at("kept.csv"), "mine");
        QCOMPARE(quietly({"figure", at("figure.recipe.json"), "--out", at("kept.csv")}).code, 2);
        QCOMPARE(bytes(at("kept.csv")), QByteArray("mine"));
        write(at("notes.recipe.json"), "my notes");
        QVERIFY(quietly({"figure", at("figure.recipe.json"), "--out", at("notes.csv")}).code != 0);
        QCOMPARE(bytes(at("notes.recipe.json")), QByteArray("my notes"));
        QVERIFY(!QFile::exists(at("notes.csv")));
    }

    void relativePathsCountFromTheRecipe() {
        QDir().mkpath(at("moved"));
        QVERIFY(QFile::copy(toyModel(), at("moved/toy.safetensors")));
        write(at("moved/f.recipe.json"),
              "{\"thaw_figure\": 1, \"model\": {\"path\": \"toy.safetensors\"}, \"panels\": [{\"kind\": \"blocks\", "
              "\"images\": 2}]}");
        const auto outcome = quietly({"figure", at("moved/f.recipe.json"), "--out", at("moved/f.svg")});
        QVERIFY2(outcome.code == 0, outcome.err.constData());
        QVERIFY2(bytes(at("moved/f.recipe.json")).contains("\"toy.safetensors\""),
                 bytes(at("moved/f.recipe.json")).constData());
    }
};

THAW_TEST(FigureTest);
#include "figure_test.moc"
