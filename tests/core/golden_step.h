// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/io/model_file.h"
#include "core/train/freeze.h"
#include "core/values/train_config.h"
#include "tests/core/golden_case.h"

namespace thaw::testing {

/// One iteration of the reference numbers (cases 08_step_*): model, data and settings as a run takes them.
struct GoldenStep {
    /// `weights`: one of the case's model files.
    GoldenStep(const std::string& name, const std::string& weights) : golden(name), values(golden.values()) {
        original = readModelFile(GoldenCase::path(weights)).denoiser;
        original->eval();
        requireGrad(*original, false);
        data.images = golden.at("data_uint8");
        if (golden.has("data_labels")) data.labels = golden.at("data_labels");
        if (golden.has("labels")) labels = golden.at("labels");
        data.title = data.path = "golden";
    }

    static std::vector<std::string> models(const std::string& name) {
        std::vector<std::string> models;
        for (const auto& file : trainingIndex().at("cases").at(name).at("files")) {
            const auto text = file.get<std::string>();
            if (text.ends_with(".weights.safetensors")) models.push_back(text);
        }
        return models;
    }

    double number(const char* key) const { return values.at(key).get<double>(); }
    double rateG() const { return number("lr_g"); }
    double rateD() const { return number("lr_d_lazy"); }

    /// What the case was made with; D's rates before R1's scaling.
    FinetuneConfig config() const {
        const auto beta = [&](const char* key, int i) { return values.at(key).at(std::size_t(i)).get<double>(); };
        FinetuneConfig c;
        c.kimg = 1;
        c.batch = values.at("batch").get<int>();
        c.seed = values.at("finetuner").at("seed").get<std::uint64_t>();
        c.r1 = {number("gamma"), values.at("interval").get<int>()};
        const double spread = (c.r1.interval + 1.0) / c.r1.interval;
        c.generator = {rateG(), beta("betas_g", 0), beta("betas_g", 1), number("eps"), false};
        c.discriminator = {number("lr_d_configured"), std::pow(beta("betas_d_lazy", 0), spread),
                           std::pow(beta("betas_d_lazy", 1), spread), number("eps"), false};
        c.ema = {values.at("ema").at("half_life_kimg").get<double>(), values.at("ema").at("ramp_up").get<double>()};
        c.reduction = LossReduction::Sum;
        c.precision = Precision::Float32;
        c.discriminatorKind = DiscriminatorKind::Projected;
        c.discriminatorWidth = values.at("width").get<int>();
        c.freeze = parseFreezePlan("none");
        c.backbones.clear();
        for (const auto& file : golden.words("backbones")) c.backbones.push_back(GoldenCase::path(file));
        return c;
    }

    GoldenCase golden;
    GoldenJson values;
    Denoiser original{nullptr};
    Dataset data;
    torch::Tensor labels;  ///< of `reals` and of the fakes; undefined without classes
};

using NamedWeights = std::map<std::string, torch::Tensor>;

inline NamedWeights copyOf(const torch::OrderedDict<std::string, torch::Tensor>& parameters) {
    NamedWeights all;
    for (const auto& item : parameters) all[item.key()] = item.value().detach().clone();
    return all;
}

// Compares parameters after updates with `KEY.NAME`; the case leaves some out to save space.
inline void compareParameters(const GoldenStep& step, const std::string& key, const NamedWeights& after,
                              const NamedWeights& before, double rate, int steps) {
    const auto player = key.substr(0, key.find('.'));
    const auto expected = step.golden.below(key + ".");
    QVERIFY2(!expected.empty(), key.c_str());
    for (const auto& [name, tensor] : expected) {
        GoldenScale scale;
        scale.learningRate = rate;
        scale.significant = step.golden.at(player + ".significant." + name);
        scale.before = before.at(name);
        scale.steps = steps;
        GOLDEN(step.golden, key + "." + name, after.at(name), scale);
    }
}
inline void compareBuffers(const GoldenStep& step, const std::string& key, const NamedWeights& buffers) {
    const auto expected = step.golden.below(key + ".");
    QVERIFY2(!expected.empty(), key.c_str());
    for (const auto& [name, tensor] : expected) GOLDEN(step.golden, key + "." + name, buffers.at(name));
}
// A row for every case and each of its models, or for the first `models` of them.
inline void addIterations(std::size_t models = 100) {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("model");
    for (const auto& name : goldenCases("08_step")) {
        const auto all = GoldenStep::models(name);
        for (std::size_t i = 0; i < std::min(models, all.size()); ++i)
            QTest::newRow((name + ", " + all[i]).c_str()) << QString(name.c_str()) << QString(all[i].c_str());
    }
}

}  // namespace thaw::testing
