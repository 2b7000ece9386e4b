// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/train_config.h"

#include <cmath>
#include <sstream>

namespace thaw {
namespace {

class Checker {
public:
    std::vector<ConfigProblem> problems;

    void range(const std::string& field, double value, double low, double high, const std::string& unit = {}) {
        if (std::isfinite(value) && value >= low && value <= high) return;
        add(field, "is " + text(value) + ", must be " + text(low) + " to " + text(high) + (unit.empty() ? "" : " " + unit));
    }
    void positive(const std::string& field, double value, double high, const std::string& unit = {}) {
        if (std::isfinite(value) && value > 0 && value <= high) return;
        add(field, "is " + text(value) + ", must be above 0 and at most " + text(high) + (unit.empty() ? "" : " " + unit));
    }
    void add(const std::string& field, const std::string& message) { problems.push_back({field, message}); }

    void adam(const std::string& field, const AdamConfig& adam) {
        positive(field + ".learning_rate", adam.learningRate, 1);
        // A beta of 1 would never forget, and divide by zero.
        range(field + ".beta1", adam.beta1, 0, 0.99999);
        range(field + ".beta2", adam.beta2, 0, 0.99999);
        positive(field + ".epsilon", adam.epsilon, 1);
    }
    void ema(const EmaConfig& ema) {
        range("ema.half_life_kimg", ema.halfLifeKimg, 0, 1e6, "kimg");
        range("ema.ramp_up", ema.rampUp, 0, 1);
    }

private:
    static std::string text(double value) {
        std::ostringstream stream;
        stream << value;
        return stream.str();
    }
};

constexpr double kMaxKimg = 1e7;
constexpr int kMaxBatch = 65536;

}  // namespace

std::vector<ConfigProblem> validate(const FinetuneConfig& c) {
    Checker check;
    check.positive("kimg", c.kimg, kMaxKimg, "kimg");
    // The discriminator's batch statistics mean nothing on fewer images.
    check.range("batch", c.batch, 8, kMaxBatch, "images");
    check.adam("generator", c.generator);
    check.adam("discriminator", c.discriminator);
    check.ema(c.ema);
    check.range("r1.gamma", c.r1.gamma, 0, 1e6);
    check.range("r1.interval", c.r1.interval, 0, 1e6, "steps");
    check.range("fid_every_kimg", c.fidEveryKimg, 0, kMaxKimg, "kimg");
    check.range("fid_images", c.fidImages, 50, 1e6, "images");
    check.range("snapshot_every_kimg", c.snapshotEveryKimg, 0, kMaxKimg, "kimg");
    check.range("sigma", c.sigma, 0.01, 1000);
    return check.problems;
}

std::vector<ConfigProblem> validate(const PretrainConfig& c) {
    Checker check;
    check.positive("kimg", c.kimg, kMaxKimg, "kimg");
    check.range("batch", c.batch, 1, kMaxBatch, "images");
    check.adam("adam", c.adam);
    check.range("warm_up_kimg", c.warmUpKimg, 0, kMaxKimg, "kimg");
    check.range("decay_fraction", c.decayFraction, 0, 1);
    check.ema(c.ema);
    check.range("p_mean", c.pMean, -20, 20);
    check.positive("p_std", c.pStd, 20);
    check.positive("sigma_data", c.sigmaData, 1000);
    check.range("snapshot_every_kimg", c.snapshotEveryKimg, 0, kMaxKimg, "kimg");
    return check.problems;
}

}  // namespace thaw
