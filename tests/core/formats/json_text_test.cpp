// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/json_text.h"
#include "core/formats/figure_recipe_json.h"
#include "core/formats/run_record_file.h"
#include "core/io/npz.h"
#include "core/io/safetensors.h"
#include "core/values/figure_recipe.h"
#include "tests/core/comma_locale.h"
#include "tests/registry.h"

#include <torch/torch.h>
#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <QtTest/QTest>

using namespace thaw;

namespace {

const std::string kLatin = "caf\xe9";             // a name of an old disk: Latin-1
const std::string kReplaced = "caf\xef\xbf\xbd";  // U+FFFD

}  // namespace

class JsonTextTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aNameThatIsNotUtf8IsReplacedInKeysAndValues() {
        const nlohmann::json json{{kLatin, {kLatin, "caf\xc3\xa9"}}};
        QCOMPARE(jsonText(json), "{\"" + kReplaced + "\":[\"" + kReplaced + "\",\"caf\xc3\xa9\"]}");
        QCOMPARE(jsonText(nlohmann::ordered_json{{"b", 1}, {"a", 2}}, 1), std::string("{\n \"b\": 1,\n \"a\": 2\n}"));
    }

    void aCommaLocaleChangesNothing() {
        const CommaLocale comma;
        QVERIFY(comma.works());
        QCOMPARE(jsonText(nlohmann::json{{"width_mm", 85.5}}), std::string("{\"width_mm\":85.5}"));
        QCOMPARE(nlohmann::json::parse("{\"width_mm\": 85.5}")["width_mm"].get<double>(), 85.5);
    }

    void recordsOfSuchFilesAreWritten() {
        RunRecord record;
        record.model = "/disk/" + kLatin + ".safetensors";
        record.data = "/disk/" + kLatin;
        const auto json = nlohmann::json::parse(withRecord("{}", record));
        QCOMPARE(json["model"].get<std::string>(), "/disk/" + kReplaced + ".safetensors");
        QCOMPARE(json["data"].get<std::string>(), "/disk/" + kReplaced);
        FigureRecipe recipe;
        recipe.model.path = record.model;
        recipe.panels.emplace_back();
        QCOMPARE(figureRecipeFromJson(toJson(recipe), "recipe").model.path, "/disk/" + kReplaced + ".safetensors");
    }

    void modelFilesWithSuchMetadataAreWrittenAndRead() {
        const QTemporaryDir folder;
        const auto path = folder.filePath("m.safetensors").toStdString();
        SafeTensors content;
        content.metadata = {{"trained_on", kLatin}};
        content.tensors.emplace_back("w", torch::full({2}, 3.f));
        writeSafeTensors(path, content);
        const auto read = readSafeTensors(path);
        QCOMPARE(read.metadata.at("trained_on"), kReplaced);
        QVERIFY(torch::equal(read.find("w"), torch::full({2}, 3.f)));
    }
};

THAW_TEST(JsonTextTest);
#include "json_text_test.moc"
