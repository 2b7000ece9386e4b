// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figure/recipe_in_file.h"
#include "tests/registry.h"
#include "tests/widgets/sheet_values.h"
#include "widgets/base/theme.h"

#include <QDir>
#include <QImage>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace thaw;
using namespace thaw::test;

namespace {

// A PDF of one attachment, written by hand.
QByteArray smallPdf(const QByteArray& dictionary, const QByteArray& stream) {
    return "%PDF-1.4\n1 0 obj\n<< /F (recipe.json) /EF <</F 2 0 R>> /Type/Filespec >>\nendobj\n2 0 obj\n<<" +
           dictionary + ">>\nstream\n" + stream + "\nendstream\nendobj\n%%EOF\n";
}

}  // namespace

class RecipeInFileTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    QString path(const QString& name) const { return folder_.filePath(name); }

    // Says in one sentence, with the file's name, why there is none.
    bool isRefused(const QString& name) const {
        const FoundRecipe found = recipeInFile(path(name));
        return found.json.isEmpty() && found.error.contains(name) && found.error.endsWith('.') &&
               !found.error.contains('%');
    }

private Q_SLOTS:
    void initTestCase() {
        applyTheme(*qApp, Theme::Light);
        QVERIFY(folder_.isValid());
    }

    void recipeComesBackFromEveryFormat_data() {
        QTest::addColumn<QString>("suffix");
        QTest::addColumn<bool>("large");
        for (const char* suffix : {"pdf", "svg", "png", "csv"})
            for (const bool large : {false, true})
                QTest::addRow("%s %s", suffix, large ? "large" : "small") << QString(suffix) << large;
    }
    void recipeComesBackFromEveryFormat() {
        QFETCH(QString, suffix);
        QFETCH(bool, large);
        FigureSheet sheet = fourPanels();
        if (large) {
            QByteArray names;
            for (int i = 0; i < 20000; ++i) names += "\"enc.32x32_block" + QByteArray::number(i) + "\",";
            names.chop(1);
            sheet.recipe = "{\"thaw_figure\":1,\"responses\":[" + names + "]}";
        }
        // The suffix is not what tells the format.
        const QString written = path("figure." + suffix), renamed = path("renamed.dat");
        QCOMPARE(exportFigure(sheet, written, {.widthMm = 174, .dpi = 100}), QString());
        QFile::remove(renamed);
        QVERIFY(QFile::rename(written, renamed));
        QVERIFY(mayHoldRecipe(renamed));
        const FoundRecipe found = recipeInFile(renamed);
        QCOMPARE(found.error, QString());
        if (suffix == "csv" && !large)
            QCOMPARE(found.json,
                     QByteArray("{\"thaw_figure\":1,\"panels\":[{\"kind\":\"blocks\",\"title\":\"α \\\"b\\\" "
                                "{x}\",\"first_seed\":18446744073709551615}],\"width_mm\":174.0}"));
        else QCOMPARE(found.json, sheet.recipe);
    }

    void otherReadersSeeTheAttachment() {
        QCOMPARE(exportFigure(fourPanels(), path("attached.pdf"), {.widthMm = 174}), QString());
        const QString saved = path("detached.json");
        said(QStringLiteral("pdfdetach"),
             {QStringLiteral("-save"), QStringLiteral("1"), QStringLiteral("-o"), saved, path("attached.pdf")});
        QCOMPARE(contents(saved), smallRecipe());
        QVERIFY(
            said(QStringLiteral("pdfdetach"), {QStringLiteral("-list"), path("attached.pdf")}).contains("recipe.json"));
        // Text is still text, and the picture one page.
        QVERIFY(said(QStringLiteral("pdftotext"), {path("attached.pdf"), QStringLiteral("-")}).contains("Losses"));
    }

    void theRecipeItselfIsAFile() {
        putContents(path("recipe.json"), smallRecipe());
        QVERIFY(mayHoldRecipe(path("recipe.json")));
        QCOMPARE(recipeInFile(path("recipe.json")).json, smallRecipe());
        putContents(path("config.json"), "{\"lr\": 1}");
        QVERIFY(!mayHoldRecipe(path("config.json")));
        QVERIFY(isRefused("config.json"));
    }

    void filesWithoutARecipeSaySo() {
        FigureSheet sheet = fourPanels();
        sheet.recipe.clear();
        for (const char* name : {"bare.pdf", "bare.svg", "bare.png", "bare.csv"}) {
            QCOMPARE(exportFigure(sheet, path(name), {.widthMm = 174, .dpi = 80}), QString());
            QVERIFY2(isRefused(name), qPrintable(recipeInFile(path(name)).error));
            QVERIFY(recipeInFile(path(name)).error.contains("holds no recipe"));
        }
        putContents(path("notes.txt"), "hello");
        putContents(path("empty"), "");
        putContents(path("archive.npz"), QByteArray("PK\x03\x04") + QByteArray(100, 'x'));
        QVERIFY(QDir(folder_.path()).mkdir("folder"));
        for (const char* name : {"notes.txt", "empty", "archive.npz", "folder", "missing.pdf"}) {
            QVERIFY2(isRefused(name), qPrintable(recipeInFile(path(name)).error));
            QVERIFY(!mayHoldRecipe(path(name)));
        }
        QVERIFY(!recipeInFile(QStringLiteral("/dev/zero")).error.isEmpty());
        QVERIFY(!mayHoldRecipe(QStringLiteral("/dev/zero")));
    }

    void damagedFilesAreRefusedInWords_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("pdf: no such object")
            << QByteArray("%PDF-1.4\n1 0 obj << /F (recipe.json) /EF <</F 77 0 R>> >> endobj");
        QTest::newRow("pdf: reference too large")
            << QByteArray("%PDF-1.4\n1 0 obj << /F (recipe.json) /EF <</F 99999999999999999999 0 R>> >> endobj");
        QTest::newRow("pdf: no stream") << QByteArray(
            "%PDF-1.4\n1 0 obj << /F (recipe.json) /EF <</F 1 0 R>> >> endobj");
        QTest::newRow("pdf: longer than the file") << smallPdf("/Length 4000000000", "{}");
        QTest::newRow("pdf: no length") << smallPdf("", "{}");
        QTest::newRow("pdf: length elsewhere, nowhere") << smallPdf("/Length 9 0 R", "{}");
        QTest::newRow("pdf: length refers to itself") << smallPdf("/Length 2 0 R", "{}");
        QTest::newRow("pdf: not deflated") << smallPdf("/Filter /FlateDecode /Length 10", "0123456789");
        QTest::newRow("pdf: unknown filter") << smallPdf("/Filter /LZWDecode /Length 2", "{}");
        QTest::newRow("pdf: no JSON") << smallPdf("/Length 3", "{ab");
        QTest::newRow("pdf: JSON, but a list") << smallPdf("/Length 2", "[]");
        QTest::newRow("pdf: 100 MiB of nothing, packed") << smallPdf(
            "/Filter /FlateDecode /Length " + QByteArray::number(qCompress(QByteArray(100 << 20, ' ')).size() - 4),
            qCompress(QByteArray(100 << 20, ' ')).mid(4));
        QTest::newRow("pdf: cut") << QByteArray("%PDF-1.4\n/EF");
        QTest::newRow("svg: broken") << QByteArray("<svg xmlns=\"http://www.w3.org/2000/svg\"><metadata><recipe");
        QTest::newRow("svg: no base64") << QByteArray(
            "<svg><metadata><recipe xmlns=\"urn:thaw:figure-recipe\">*** </recipe></metadata></svg>");
        QTest::newRow("svg: entities of entities") << QByteArray(
            "<!DOCTYPE svg [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c "
            "\"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">"
            "<!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;\">]><svg><metadata><recipe "
            "xmlns=\"urn:thaw:figure-recipe\">&d;&d;&d;&d;</recipe></metadata></svg>");
        QTest::newRow("png: only its signature") << QByteArray("\x89PNG\r\n\x1a\n");
        QTest::newRow("csv: cut") << QByteArray("# recipe: {\"thaw_figure\":1,\"pan");
        QTest::newRow("json: cut") << QByteArray("{\"thaw_figure\": 1, \"panels\": [");
        QTest::newRow("json: deep") << QByteArray("{\"thaw_figure\":") + QByteArray(500000, '[');
        QTest::newRow("json: too large") << QByteArray("{\"thaw_figure\":1,\"x\":\"") + QByteArray(5 << 20, 'x') +
                                                "\"}";
        QTest::newRow("csv: too large") << QByteArray("# recipe: {\"thaw_figure\":1,\"x\":\"") +
                                               QByteArray(5 << 20, 'x') + "\"}";
    }
    void damagedFilesAreRefusedInWords() {
        QFETCH(QByteArray, bytes);
        putContents(path("damaged"), bytes);
        QVERIFY2(isRefused("damaged"), qPrintable(recipeInFile(path("damaged")).error));
    }

    void noDamageAnywhereIsACrash() {
        QRandomGenerator random(7);
        for (const char* suffix : {"pdf", "svg", "png", "csv"}) {
            FigureSheet sheet = fourPanels();
            sheet.panels.resize(2);
            QCOMPARE(exportFigure(sheet, path(QStringLiteral("whole.") + suffix), {.widthMm = 83, .dpi = 60}),
                     QString());
            const QByteArray whole = contents(path(QStringLiteral("whole.") + suffix));
            for (int trial = 0; trial < 60; ++trial) {
                QByteArray hurt = trial % 2 ? whole : whole.left(random.bounded(int(whole.size())));
                for (int i = 0; i < 40 && !hurt.isEmpty(); ++i)
                    hurt[random.bounded(int(hurt.size()))] = char(random.bounded(256));
                putContents(path("hurt"), hurt);
                mayHoldRecipe(path("hurt"));
                const FoundRecipe found = recipeInFile(path("hurt"));
                QVERIFY(found.json.isEmpty() != found.error.isEmpty());
                if (!found.json.isEmpty()) QVERIFY(QJsonDocument::fromJson(found.json).isObject());
            }
        }
    }

    void aRecipeLargerThanAnyIsRefusedWhenWritten() {
        FigureSheet sheet = fourPanels();
        sheet.recipe = QByteArray((4 << 20) + 1, ' ');
        QVERIFY(exportFigure(sheet, path("heavy.pdf")).contains("MiB"));
        QVERIFY(!QFile::exists(path("heavy.pdf")));
    }

    void wordsInATitleDoNotBreakTheSvg() {
        FigureSheet sheet = fourPanels();
        sheet.panels[1].title = QStringLiteral("a < b & \"c\" <defs>");
        QCOMPARE(exportFigure(sheet, path("odd.svg"), {.widthMm = 174}), QString());
        QCOMPARE(recipeInFile(path("odd.svg")).error, QString());
        QCOMPARE(recipeInFile(path("odd.svg")).json, smallRecipe());
    }
};

THAW_TEST(RecipeInFileTest);
#include "recipe_in_file_test.moc"
