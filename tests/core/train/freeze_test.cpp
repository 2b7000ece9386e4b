// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/freeze.h"

#include "tests/core/toy.h"
#include "tests/registry.h"

#include <QTest>

#include <set>

using namespace thaw;

class FreezeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void frozenWeightsGetNoGradientAndReachNoOptimiser_data() {
        QTest::addColumn<QString>("text");
        for (const char* text : {"none", "d2o-f", "d2o-f+qkv+skip", "enc.*,!enc.8x8_block0.conv0"})
            QTest::newRow(text) << text;
    }
    void frozenWeightsGetNoGradientAndReachNoOptimiser() {
        QFETCH(QString, text);
        const auto plan = parseFreezePlan(text.toStdString());
        auto denoiser = toy::denoiser();
        // Another plan was in force, and a step had been taken.
        applyFreeze(denoiser, parseFreezePlan("map_*"));
        denoiser->forward(torch::ones({1, 1, 8, 8}), torch::ones({1})).sum().backward();
        std::set<std::string> trainable;
        for (const auto& [name, tensor] : applyFreeze(denoiser, plan)) {
            QVERIFY(tensor.is_same(denoiser->model->named_parameters()[name]));
            trainable.insert(name);
        }
        std::size_t expected = 0;
        for (const auto& item : denoiser->model->named_parameters()) {
            const bool frozen = isFrozen(plan, item.key());
            expected += !frozen;
            QVERIFY2(item.value().requires_grad() == !frozen, item.key().c_str());
            QVERIFY2(trainable.count(item.key()) == std::size_t(!frozen), item.key().c_str());
            QVERIFY2(!item.value().grad().defined(), item.key().c_str());  // nothing of the last plan is left
        }
        QCOMPARE(trainable.size(), expected);
        denoiser->forward(torch::ones({1, 1, 8, 8}), torch::ones({1})).sum().backward();
        for (const auto& item : denoiser->model->named_parameters())
            QVERIFY2(item.value().grad().defined() == (trainable.count(item.key()) > 0), item.key().c_str());
    }
};

THAW_TEST(FreezeTest);
#include "freeze_test.moc"
