// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/figure_recipe_json.h"
#include "core/values/error.h"
#include "core/values/figure_recipe_check.h"
#include "core/values/panel_kinds.h"
#include "tests/registry.h"

#include <QTest>

using namespace thaw;

namespace {

FigureRecipe everything() {
    FigureRecipe recipe;
    recipe.version = "9.8.7";
    recipe.model = {"builtin", "Fashion-MNIST EDM (built in)", std::string(64, 'a')};
    recipe.against = RecipeSource{"/runs/0001/ema.safetensors", "run 0001", std::string(64, 'b')};
    recipe.data = {"builtin", "Fashion-MNIST", ""};
    recipe.columns = 2;
    recipe.letters = false;
    recipe.widthMm = 171.45;
    recipe.heightMm = 90;
    recipe.fontPt = 7.5;
    recipe.dpi = 600;
    recipe.fontFamily = "DejaVu Sans";
    recipe.titles = false;
    recipe.caption = false;
    recipe.captionText = "Blöcke „vorher“";
    recipe.language = "de";
    for (const PanelKindEntry& entry : panelKinds()) {
        PanelRecipe panel;
        panel.kind = entry.kind;
        panel.side = PanelSide::Difference;
        panel.title = "t";
        panel.block = "dec.14x14_block0";
        panel.sigma = 0.1 + 0.2;  // has no short decimal
        panel.sigmas = {0.002, 80};
        panel.images = 17;
        panel.firstSeed = 18446744073709551615ull;
        panel.classes = ClassChoice::one(7);
        panel.responses = {"output"};
        panel.hannWindow = panel.removeMean = panel.styleGan3 = true;
        panel.realData = false;
        panel.surgery = {{"enc.7x7_block0", 1, 3, 0.5}, {"output", 2, std::numeric_limits<double>::infinity(), 0}};
        panel.freeze = "enc.*";
        panel.columns = {
            {SampleSource::OriginalMultiStep, 18}, {SampleSource::TunedOneStep, 1}, {SampleSource::RealData, 1}};
        panel.runs = {"/runs/0001"};
        panel.curve = "loss";
        panel.smoothing = 0.9;
        panel.map = "magma";
        panel.range = std::pair{-1.5, 2.5};
        recipe.panels.push_back(panel);
    }
    return recipe;
}

FigureRecipe least() {
    FigureRecipe recipe;
    recipe.model.path = "builtin";
    recipe.panels.emplace_back();
    return recipe;
}

QString complaint(const std::string& json, ErrorCode* code = nullptr) {
    try {
        figureRecipeFromJson(json, "f.json");
    } catch (const Error& e) {
        if (code) *code = e.code();
        return QString::fromStdString(e.message());
    }
    return {};
}

}  // namespace

class FigureRecipeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyFieldComesBack() {
        const FigureRecipe recipe = everything();
        QVERIFY(figureRecipeFromJson(toJson(recipe), "f.json") == recipe);
        QVERIFY(figureRecipeFromJson(toJson(least()), "f.json") == least());
    }

    void theSameRecipeGivesTheSameBytes() {
        QCOMPARE(toJson(everything()), toJson(figureRecipeFromJson(toJson(everything()), "f.json")));
    }

    void onlyWhatWasChosenIsWritten() {
        const QString json = QString::fromStdString(toJson(least()));
        QVERIFY(json.contains("\"kind\": \"blocks\""));
        for (const char* usual : {"smoothing", "width_mm", "hann_window", "against", "range", "classes"})
            QVERIFY2(!json.contains(usual), usual);
    }

    void classesAreRandomUnlessItSaysOtherwise() {
        const auto read = [](const std::string& classes) {
            return figureRecipeFromJson("{\"thaw_figure\": 1, \"model\": {\"path\": \"builtin\"}, \"panels\": [{" +
                                            classes + "\"kind\": \"blocks\"}]}",
                                        "f.json")
                .panels[0]
                .classes;
        };
        QVERIFY(read("") == ClassChoice());
        QVERIFY(read("\"classes\": {\"kind\": \"per-seed\"}, ") == (ClassChoice{ClassChoice::Kind::PerSeed, 0}));
        QVERIFY(read("\"classes\": {\"kind\": \"one\", \"index\": 4}, ") == ClassChoice::one(4));
        auto recipe = least();
        recipe.panels[0].classes = {ClassChoice::Kind::PerSeed, 0};
        QVERIFY(figureRecipeFromJson(toJson(recipe), "f.json") == recipe);
        recipe.panels[0].classes = ClassChoice::one(-1);
        QVERIFY2(complaint(toJson(recipe)).contains("classes.index"), qPrintable(complaint(toJson(recipe))));
    }

    void aColumnTakesOneStepUnlessItSaysOtherwise() {
        const auto recipe = figureRecipeFromJson(
            "{\"thaw_figure\": 1, \"model\": {\"path\": \"builtin\"}, \"panels\": [{\"kind\": \"samples\", "
            "\"columns\": [{\"source\": \"a_one_step\"}, {\"source\": \"a_multi_step\", \"steps\": 4}]}]}",
            "f.json");
        QCOMPARE(recipe.panels[0].columns[0].second, 1);
        QCOMPARE(recipe.panels[0].columns[1].second, 4);
    }

    void everyProblemIsNamedAtOnce() {
        FigureRecipe recipe = least();
        recipe.widthMm = 3;
        recipe.dpi = 10000;
        recipe.panels[0].sigma = -1;
        recipe.panels[0].images = 0;
        recipe.panels.emplace_back();
        recipe.panels[1].kind = PanelKind::Sigmas;
        recipe.panels[1].side = PanelSide::Difference;
        const QString said = complaint(toJson(recipe));
        for (const char* field : {"width_mm is 3", "dpi is 10000", "panels[0].sigma is -1", "panels[0].images is 0",
                                  "panels[1].block is missing", "against.path is missing", "data.path is missing"})
            QVERIFY2(said.contains(field), qPrintable(QStringLiteral("%1 not in: %2").arg(field, said)));
    }

    void wrongTypesAndUnknownFieldsAreNamed() {
        const QString said = complaint(
            "{\"thaw_figure\": 1, \"model\": {\"path\": 3}, \"panels\": [{\"kind\": \"cake\", \"sigm\": 2}], "
            "\"colums\": 1}");
        for (const char* field : {"model.path is 3, must be a text", "panels[0].kind is \"cake\"",
                                  "panels[0].sigm is not a field", "colums is not a field"})
            QVERIFY2(said.contains(field), qPrintable(QStringLiteral("%1 not in: %2").arg(field, said)));
    }

    void aKindThatCannotBeMeasuredIsRefusedWithThoseThatCan() {
        const QString said = complaint(
            "{\"thaw_figure\": 1, \"model\": {\"path\": \"builtin\"}, \"panels\": [{\"kind\": \"image_plane\"}]}");
        QVERIFY2(said.contains("panels[0].kind is \"image_plane\""), qPrintable(said));
        for (const PanelKindEntry& entry : panelKinds())
            QVERIFY2(said.contains(QStringLiteral("\"%1\"").arg(QLatin1String(entry.word))), qPrintable(said));
    }

    // No model and no data are named: the report has its numbers.
    void aStudysPanelNamesOneFolder() {
        FigureRecipe recipe;
        recipe.panels.emplace_back();
        recipe.panels[0].kind = PanelKind::Study;
        recipe.panels[0].curve = "by-images";
        for (const auto& runs : {std::vector<std::string>{}, std::vector<std::string>{"a", "b"}}) {
            recipe.panels[0].runs = runs;
            const QString said = complaint(toJson(recipe));
            QVERIFY2(said.contains("panels[0].runs must name one folder"), qPrintable(said));
        }
        recipe.panels[0].runs = {"."};
        QCOMPARE(complaint(toJson(recipe)), QString());
        QVERIFY(figureRecipeFromJson(toJson(recipe), "f.json") == recipe);
    }

    void whatIsNoRecipeIsSaidToBeNone() {
        ErrorCode code{};
        for (const char* text : {"", "no", "[]", "{}", "{\"thaw_figure\": \"x\"}", "{\"thaw_session\": 1}"}) {
            QVERIFY2(complaint(text, &code).contains("not the recipe of a figure"), text);
            QCOMPARE(code, ErrorCode::FileDamaged);
        }
        QVERIFY(complaint("{\"thaw_figure\": 2}", &code).contains("newer Thaw"));
        QCOMPARE(code, ErrorCode::WrongKind);
    }

    void whatHasToBeOpenFollowsFromThePanel() {
        PanelRecipe panel;
        QVERIFY(needsModel(panel) && !needsAgainst(panel) && !needsData(panel));
        panel.sigma = 79;
        QVERIFY(needsData(panel));
        panel.side = PanelSide::Difference;
        QVERIFY(needsAgainst(panel));
        panel.kind = PanelKind::Curves;
        QVERIFY(!needsModel(panel) && !needsAgainst(panel) && !needsData(panel));
        panel.kind = PanelKind::Study;
        QVERIFY(!needsModel(panel) && !needsAgainst(panel) && !needsData(panel));
        panel.kind = PanelKind::Images;
        panel.columns = {{SampleSource::RealData, 1}};
        QVERIFY(!needsModel(panel) && needsData(panel));
        panel.columns = {{SampleSource::TunedOneStep, 1}};
        QVERIFY(needsModel(panel) && needsAgainst(panel) && !needsData(panel));
    }
};

THAW_TEST(FigureRecipeTest);
#include "figure_recipe_test.moc"
