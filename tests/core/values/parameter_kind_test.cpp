// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/parameter_kind.h"
#include "tests/registry.h"

#include <QtTest/QTest>

using namespace thaw;

class ParameterKindTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyPublishedNameHasItsKind_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("kind");
        const auto row = [](const char* name, ParameterKind kind) { QTest::newRow(name) << name << int(kind); };
        row("model.enc.32x32_block0.conv0.weight", ParameterKind::Conv0);
        row("dec.14x14_up.conv1.bias", ParameterKind::Conv1);
        row("enc.16x16_down.affine.weight", ParameterKind::Affine);
        row("enc.16x16_block0.skip.weight", ParameterKind::Skip);
        row("dec.8x8_in0.qkv.weight", ParameterKind::Qkv);
        row("dec.8x8_in0.proj.bias", ParameterKind::Proj);
        row("enc.16x16_block0.norm2.bias", ParameterKind::Norm);
        row("out_norm.weight", ParameterKind::Norm);
        row("map_layer0.weight", ParameterKind::Mapping);
        row("map_label.weight", ParameterKind::Mapping);
        row("dec.28x28_aux_norm.weight", ParameterKind::Aux);
        row("enc.16x16_aux_residual.weight", ParameterKind::Aux);
        row("enc.32x32_conv.weight", ParameterKind::InOut);
        row("out_conv.bias", ParameterKind::InOut);
    }
    void everyPublishedNameHasItsKind() {
        QFETCH(const QString, name);
        QFETCH(const int, kind);
        QCOMPARE(int(parameterKind(name.toStdString())), kind);
    }

    void sharesSumToTheModelAndD2oFFreezesConv0Conv1AndProjAlone() {
        ModelSummary model;
        BlockInfo block;
        block.name = "enc.8x8_block0";
        for (const char* part : {"norm0", "conv0", "affine", "norm1", "conv1", "skip", "norm2", "qkv", "proj"})
            block.parameters.push_back({block.name + "." + part + ".weight", {100}, 100});
        model.blocks = {block};
        const FreezePlan plan = parseFreezePlan("d2o-f");
        FreezeCount sum;
        for (const KindShare& share : sharesByKind(plan, model)) {
            sum.frozen += share.count.frozen;
            sum.total += share.count.total;
            const bool frozen = share.kind == ParameterKind::Conv0 || share.kind == ParameterKind::Conv1 ||
                                share.kind == ParameterKind::Proj;
            QCOMPARE(share.count.frozen, frozen ? share.count.total : 0);
            QCOMPARE(share.tensors, share.kind == ParameterKind::Norm ? 3 : 1);
        }
        QCOMPARE(sum, countFrozen(plan, model));
    }
};

THAW_TEST(ParameterKindTest);
#include "parameter_kind_test.moc"
