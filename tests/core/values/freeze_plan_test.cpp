// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/freeze_plan.h"
#include "tests/registry.h"

#include <QtTest/QTest>

using namespace thaw;

namespace {

ParameterInfo parameter(const std::string& name, std::int64_t count) { return {name, {count}, count}; }

ModelSummary toyModel() {
    ModelSummary model;
    BlockInfo map, conv, block, aux;
    map.name = "map_layer0";
    map.parameters = {parameter("map_layer0.weight", 10), parameter("map_layer0.bias", 1)};
    conv.name = "enc.8x8_conv";
    conv.parameters = {parameter("enc.8x8_conv.weight", 20), parameter("enc.8x8_conv.bias", 2)};
    block.name = "enc.8x8_block0";
    for (const char* part : {"norm0", "conv0", "affine", "norm1", "conv1", "skip", "norm2", "qkv", "proj"})
        block.parameters.push_back(parameter("enc.8x8_block0." + std::string(part) + ".weight", 100));
    aux.name = "dec.8x8_aux_conv";
    aux.parameters = {parameter("dec.8x8_aux_conv.weight", 40)};
    model.blocks = {map, conv, block, aux};
    for (const auto& b : model.blocks) model.parameters += b.parameterCount();
    return model;
}

}  // namespace

class FreezePlanTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void d2oFFreezesConv0Conv1AndProjOfBlocksAndNothingElse() {
        const auto plan = parseFreezePlan("d2o-f");
        for (const char* name : {"enc.28x28_block0.conv0.weight", "dec.14x14_up.conv1.bias", "dec.7x7_in0.proj.weight",
                                 "enc.14x14_down.conv0.weight"})
            QVERIFY2(isFrozen(plan, name), name);
        for (const char* name : {"enc.28x28_conv.weight", "dec.28x28_aux_conv.weight", "dec.28x28_aux_norm.weight",
                                 "enc.28x28_block0.norm0.weight", "enc.28x28_block0.affine.weight",
                                 "enc.28x28_block0.skip.weight", "dec.7x7_in0.qkv.weight", "map_layer0.weight"})
            QVERIFY2(!isFrozen(plan, name), name);
    }

    void levelsFreezeWhatTheyName_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("frozen");
        QTest::newRow("none") << "none" << 0;
        QTest::newRow("d2o-f") << "d2o-f" << 300;
        QTest::newRow("qkv") << "d2o-f+qkv" << 400;
        QTest::newRow("skip") << "d2o-f+qkv+skip" << 500;
        QTest::newRow("all") << "all" << 973;
        QTest::newRow("encoder") << "enc" << 922;
        QTest::newRow("glob") << "enc.*.conv*" << 200;
        QTest::newRow("thawed again") << "enc.*,!enc.8x8_block0.qkv" << 822;
        QTest::newRow("wrapper prefix") << "model.map_layer0" << 11;
        QTest::newRow("preset in a list") << "d2o-f,map_*" << 311;
        QTest::newRow("a star for nothing") << "*.weight*" << 970;
        QTest::newRow("question mark") << "enc.8x8_block0.conv?.weight" << 200;
    }
    void levelsFreezeWhatTheyName() {
        QFETCH(QString, text);
        QFETCH(int, frozen);
        const auto count = countFrozen(parseFreezePlan(text.toStdString()), toyModel());
        QCOMPARE(int(count.frozen), frozen);
        QCOMPARE(int(count.total), 973);
    }

    void theLastMatchingPatternWins() {
        QVERIFY(!isFrozen(parseFreezePlan("enc,!enc.8x8_block0"), "enc.8x8_block0.conv0.weight"));
        QVERIFY(isFrozen(parseFreezePlan("!enc.8x8_block0,enc"), "enc.8x8_block0.conv0.weight"));
    }

    void aTypoIsReportedAsUnmatched() {
        const auto unmatched = unmatchedPatterns(parseFreezePlan("enc.*.cnv0,map_layer0"), toyModel().allParameters());
        QCOMPARE(unmatched, std::vector<std::string>{"enc.*.cnv0"});
    }

    void aPresetFitsANetworkWithoutAttention() {
        auto model = toyModel();
        for (auto& block : model.blocks)
            std::erase_if(block.parameters, [](const ParameterInfo& parameter) {
                return parameter.name.find(".proj") != std::string::npos ||
                       parameter.name.find(".qkv") != std::string::npos;
            });
        const auto parameters = model.allParameters();
        QVERIFY(parameters.size() < toyModel().allParameters().size());
        for (const auto& preset : freezePresets()) QCOMPARE(mistypedPatterns(preset.plan, parameters).size(), 0u);
        QCOMPARE(mistypedPatterns(parseFreezePlan("d2o-f,*.prj"), parameters), std::vector<std::string>{"*.prj"});
        QCOMPARE(toText(planForMask(model, frozenMask(parseFreezePlan("d2o-f"), parameters))), std::string("d2o-f"));
    }

    void textRoundTrips_data() {
        QTest::addColumn<QString>("text");
        for (const char* text : {"none", "d2o-f", "d2o-f+qkv", "d2o-f+qkv+skip", "all", "enc.*,!enc.8x8_block0.qkv"})
            QTest::newRow(text) << text;
    }
    void textRoundTrips() {
        QFETCH(QString, text);
        QCOMPARE(toText(parseFreezePlan(text.toStdString())), text.toStdString());
    }

    void planForMaskGivesThatMaskBack() {
        const auto model = toyModel();
        const auto parameters = model.allParameters();
        for (unsigned bits = 0; bits < (1u << parameters.size()); bits += 37) {
            std::vector<bool> mask;
            for (std::size_t i = 0; i < parameters.size(); ++i) mask.push_back(bits >> i & 1);
            QCOMPARE(frozenMask(planForMask(model, mask), parameters), mask);
        }
        QCOMPARE(toText(planForMask(model, frozenMask(parseFreezePlan("d2o-f"), parameters))), std::string("d2o-f"));
    }
};

THAW_TEST(FreezePlanTest);
#include "freeze_plan_test.moc"
