// SPDX-License-Identifier: GPL-3.0-or-later
// Case 06 of tests/golden/training: Adam, RAdam, and D's Adam under lazy R1.
#include "core/train/finetuner.h"
#include "tests/core/golden_case.h"
#include "tests/core/other_device.h"
#include "tests/registry.h"

using namespace thaw;
using thaw::testing::GoldenCase;

class GoldenAdamTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void parametersAfterEveryStepMatchReference_data() {
        QTest::addColumn<QString>("rule");
        QTest::addColumn<QString>("device");
        const GoldenCase golden("06_adam");
        auto devices = elsewhere::devices();
        devices.insert(devices.begin(), torch::kCPU);
        for (const auto& device : devices)
            for (const auto& [name, values] : golden.values().items())
                QTest::newRow((name + " on " + device.str()).c_str())
                    << QString(name.c_str()) << QString(device.str().c_str());
    }
    void parametersAfterEveryStepMatchReference() {
        QFETCH(QString, rule);
        QFETCH(QString, device);
        const torch::Device where(device.toStdString());
        const auto name = rule.toStdString();
        const GoldenCase golden("06_adam");
        const auto& values = golden.values().at(name);
        const auto number = [&](const char* key) { return values.at(key).get<double>(); };
        const auto beta = [&](const char* key, int i) { return values.at(key).at(std::size_t(i)).get<double>(); };
        AdamConfig config{number("lr"), beta("betas", 0), beta("betas", 1), number("eps"),
                          values.contains("rectified_from_step")};
        if (values.contains("interval")) {
            FinetuneConfig finetune;
            finetune.discriminator = {number("configured_lr"), beta("configured_betas", 0), beta("configured_betas", 1),
                                      number("eps"), config.rectified};
            finetune.r1.interval = values.at("interval").get<int>();
            const auto lazy = discriminatorAdam(finetune);
            QVERIFY(std::abs(lazy.learningRate - config.learningRate) <= 1e-15);
            QVERIFY(std::abs(lazy.beta1 - config.beta1) <= 1e-12 && std::abs(lazy.beta2 - config.beta2) <= 1e-12);
            config = lazy;
        }
        Adam::Named parameters;
        std::vector<torch::Tensor> gradients;
        for (int i = 0; golden.has("gradients" + std::to_string(i)); ++i) {
            const auto key = "parameter" + std::to_string(i);
            parameters.emplace_back(key, golden.at(key + ".before").clone().to(where).requires_grad_(true));
            gradients.push_back(golden.at("gradients" + std::to_string(i)));
        }
        QVERIFY(!parameters.empty());
        Adam adam(parameters, config);
        for (std::int64_t step = 0; step < gradients[0].size(0); ++step) {
            for (std::size_t i = 0; i < parameters.size(); ++i)
                parameters[i].second.mutable_grad() = gradients[i][step].clone().to(where);
            adam.step();
            for (const auto& [key, tensor] : parameters) {
                const auto all = name + "." + key + ".after_steps";
                GOLDEN(golden, all, tensor.detach().cpu(), golden.at(all)[step]);
            }
        }
    }
};

THAW_TEST(GoldenAdamTest);
#include "golden_adam_test.moc"
