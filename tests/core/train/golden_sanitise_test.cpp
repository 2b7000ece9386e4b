// SPDX-License-Identifier: GPL-3.0-or-later
// Case 07 of tests/golden/training: what becomes of gradients that are not finite, and of very large ones.
#include "core/train/adam.h"
#include "tests/core/golden_case.h"
#include "tests/core/other_device.h"
#include "tests/registry.h"

using namespace thaw;
using thaw::testing::GoldenCase;

class GoldenSanitiseTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void gradientIsSanitisedExactly() {
        const GoldenCase golden("07_sanitise");
        const auto clean = sanitise(golden.at("gradient"));
        GOLDEN(golden, "expected", clean.gradient);
        QCOMPARE(clean.replaced, golden.values().at("replaced").get<std::int64_t>());
        QCOMPARE(clean.gradient.numel(), golden.values().at("entries").get<std::int64_t>());
    }

    void anAdamStepFollows_data() {
        QTest::addColumn<QString>("device");
        QTest::newRow("cpu") << QString("cpu");
        for (const auto& device : elsewhere::devices())
            QTest::newRow(device.str().c_str()) << QString(device.str().c_str());
    }
    void anAdamStepFollows() {
        QFETCH(QString, device);
        const torch::Device where(device.toStdString());
        const GoldenCase golden("07_sanitise");
        const auto& values = golden.values().at("adam");
        const AdamConfig config{values.at("lr").get<double>(), values.at("betas").at(0).get<double>(),
                                values.at("betas").at(1).get<double>(), values.at("eps").get<double>(), false};
        auto parameter = golden.at("parameter.before").clone().to(where).requires_grad_(true);
        parameter.mutable_grad() = golden.at("gradient").clone().to(where);
        Adam adam({{"p", parameter}}, config);
        const auto update = adam.step();
        QCOMPARE(update.replaced, golden.values().at("replaced").get<std::int64_t>());
        QCOMPARE(update.entries, golden.values().at("entries").get<std::int64_t>());
        GOLDEN(golden, "parameter.after_adam_step", parameter.detach().cpu());
        // What was not finite, or too large for a square in float, leaves moments that are, so that training goes on.
        for (const auto& [name, tensor] : adam.state()) QVERIFY2(tensor.isfinite().all().item<bool>(), name.c_str());
        if (!where.is_cpu()) return;  // a GPU cuts what is beyond 1e18, and its norm with it
        const auto norm = golden.at("expected").to(torch::kDouble).norm().item<double>();
        QVERIFY(std::abs(update.norm() - norm) <= 1e-6 * norm);
    }
};

THAW_TEST(GoldenSanitiseTest);
#include "golden_sanitise_test.moc"
