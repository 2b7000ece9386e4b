// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/safetensors.h"

#include <torch/torch.h>

#include <QtTest/QTest>

#include <fnmatch.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

/// The reference numbers of training (tests/golden/training/README.md): every case names its files, its settings, and how
/// far each number may be off. Another set of the same layout, with other shapes and seeds, is taken from the folder that
/// the environment variable THAW_TRAINING_GOLDEN names.
namespace thaw::testing {

using GoldenJson = nlohmann::ordered_json;

inline std::string trainingGolden() {
    const char* other = std::getenv("THAW_TRAINING_GOLDEN");
    return other && *other ? other : std::string(THAW_GOLDEN) + "/training";
}

inline const GoldenJson& trainingIndex() {
    static const GoldenJson index = [] {
        std::ifstream file(trainingGolden() + "/index.json");
        if (!file) throw std::runtime_error("no index.json in " + trainingGolden());
        return GoldenJson::parse(file);
    }();
    return index;
}

/// The cases whose names begin so, e.g. `08_step`.
inline std::vector<std::string> goldenCases(const std::string& prefix) {
    std::vector<std::string> names;
    for (const auto& [name, content] : trainingIndex().at("cases").items())
        if (name.rfind(prefix, 0) == 0) names.push_back(name);
    return names;
}

/// What some kinds of tolerance measure by, beside the expected numbers.
struct GoldenScale {
    torch::Tensor state;        ///< per_image: v = x + sigma_t·z; flow: x_t
    double learningRate = 0;    ///< step
    torch::Tensor significant;  ///< step: 1 where the gradient is more than its rounding noise
    torch::Tensor before;       ///< step: the parameter before the update
    int steps = 1;              ///< step: updates since then
};

/// One case: its numbers, its settings, and the comparison by its own tolerances.
class GoldenCase {
public:
    explicit GoldenCase(const std::string& name) : content_(trainingIndex().at("cases").at(name)) {
        // The numbers lie in the first file of tensors; further ones are models.
        for (const auto& file : content_.at("files")) {
            const auto text = file.get<std::string>();
            if (!text.ends_with(".safetensors") || text.ends_with(".weights.safetensors")) continue;
            for (auto& [key, tensor] : readSafeTensors(path(text)).tensors) tensors_[key] = tensor;
        }
    }

    const GoldenJson& values() const { return content_.at("values"); }
    std::vector<std::string> words(const std::string& key) const { return values().at(key); }
    static std::string path(const std::string& file) { return trainingGolden() + "/" + file; }

    bool has(const std::string& key) const { return tensors_.count(key) > 0; }
    torch::Tensor at(const std::string& key) const {
        const auto it = tensors_.find(key);
        if (it == tensors_.end()) throw std::runtime_error("the golden case has no '" + key + "'");
        return it->second;
    }
    /// Every tensor whose name begins so, under the rest of its name.
    std::map<std::string, torch::Tensor> below(const std::string& prefix) const {
        std::map<std::string, torch::Tensor> found;
        for (const auto& [key, tensor] : tensors_)
            if (key.rfind(prefix, 0) == 0) found[key.substr(prefix.size())] = tensor;
        return found;
    }

    struct Tolerance {
        std::string kind;
        double value = 0;
    };
    /// The exact key wins, then the longest pattern; a pattern may list several, separated by commas.
    Tolerance tolerance(const std::string& key) const {
        const auto& all = content_.at("tolerance");
        const auto read = [](const GoldenJson& t) { return Tolerance{t.at("kind"), t.at("value")}; };
        if (all.contains(key)) return read(all.at(key));
        Tolerance found;
        std::size_t longest = 0;
        for (const auto& [patterns, content] : all.items()) {
            std::istringstream list(patterns);
            for (std::string pattern; std::getline(list >> std::ws, pattern, ',');)
                if (pattern.size() > longest && fnmatch(pattern.c_str(), key.c_str(), 0) == 0) {
                    found = read(content);
                    longest = pattern.size();
                }
        }
        if (longest == 0) throw std::runtime_error("the golden case has no tolerance for '" + key + "'");
        return found;
    }

    /// Empty where the numbers agree with those of the file, else one sentence that says by how much they do not.
    std::string disagreement(const std::string& key, const torch::Tensor& actual, const GoldenScale& scale = {}) const {
        return disagreement(key, actual, at(key), scale);
    }
    /// The same for numbers that stand elsewhere, e.g. among the values.
    std::string disagreement(const std::string& key, const torch::Tensor& actual, const torch::Tensor& expected,
                             const GoldenScale& scale = {}) const {
        const auto [kind, value] = tolerance(key);
        if (kind == "exact")
            return torch::equal(actual.detach().to(expected.scalar_type()), expected) ? "" : key + " differs";
        const auto x = actual.detach().to(torch::kCPU, torch::kDouble), e = expected.to(torch::kDouble);
        if (x.sizes() != e.sizes()) {
            std::ostringstream text;
            text << key << " has shape " << x.sizes() << " instead of " << e.sizes();
            return text.str();
        }
        if (x.numel() == 0) return "";
        const auto excess = times(kind, value, x, e, scale).nan_to_num(1e300, 1e300, 1e300);
        const double worst = excess.max().item<double>();
        if (worst <= 1) return "";
        const auto at = excess.flatten().argmax().item<std::int64_t>();
        std::ostringstream text;
        text.precision(9);
        text << key << "[" << at << "] is " << x.flatten()[at].item<double>() << " instead of "
             << e.flatten()[at].item<double>() << ", " << worst << " times the tolerance (" << kind << " " << value
             << ")";
        return text.str();
    }

private:
    // How many times its tolerance each entry is off.
    static torch::Tensor times(const std::string& kind, double value, const torch::Tensor& x, const torch::Tensor& e,
                               const GoldenScale& scale) {
        const auto off = (x - e).abs(), size = e.abs();
        const auto ratio = [](const torch::Tensor& part, const torch::Tensor& bound) {
            return torch::where(part == 0, torch::zeros_like(part), part / bound);
        };
        if (kind == "max") return ratio(off, size.max() * value);
        if (kind == "each" || kind == "relative") return ratio(off, size * value);
        if (kind == "norm") {
            // A gradient that is nothing but rounding noise only has to stay so.
            const auto most = e.max();
            return torch::where(e <= 1e-6 * most, ratio(x, 1e-5 * most), ratio(off, value * (e + 1e-4 * most)));
        }
        if (kind == "flow") return ratio(off, value * (scale.state.to(torch::kDouble).abs() + size));
        if (kind == "per_image") {
            const auto largest = [](const torch::Tensor& t) { return std::get<0>(t.abs().flatten(1).max(1, true)); };
            const auto bound = value * (largest(scale.state.to(torch::kDouble)) + largest(e));
            return ratio(off.flatten(1), bound);
        }
        if (kind == "step") {
            // Where the gradient is rounding noise, the first step's sign is random and only its length is known: at most
            // the rate, and with beta1 = 0 at most sqrt(2) times that when a true gradient follows.
            const auto moved = (x - scale.before.to(torch::kDouble)).abs();
            const double reach = 1.01 * scale.learningRate * (1 + std::sqrt(2.0) * (scale.steps - 1));
            return torch::where(scale.significant.to(torch::kBool), off / (value * scale.learningRate), moved / reach);
        }
        throw std::runtime_error("the golden case has the unknown tolerance '" + kind + "'");
    }

    GoldenJson content_;
    std::map<std::string, torch::Tensor> tensors_;
};

/// Euclidean norm of each gradient, 0 where there is none, double [n].
inline torch::Tensor gradientNorms(const std::vector<torch::Tensor>& gradients) {
    std::vector<double> norms;
    for (const auto& g : gradients) norms.push_back(g.defined() ? g.to(torch::kDouble).norm().item<double>() : 0.0);
    return torch::tensor(norms, torch::kDouble);
}

/// Copies tensors into those of the same names; throws where one of the targets is missing in the source.
template <class Targets>
void plant(Targets targets, const std::map<std::string, torch::Tensor>& source) {
    const torch::NoGradGuard guard;
    for (auto& item : targets) {
        if (item.key().ends_with("num_batches_tracked")) continue;  // counts, and changes nothing
        const auto it = source.find(item.key());
        if (it == source.end()) throw std::runtime_error("no golden '" + item.key() + "'");
        item.value().copy_(it->second);
    }
}

}  // namespace thaw::testing

/// Fails the test with a sentence unless the numbers agree: GOLDEN(golden, "logits", actual).
#define GOLDEN(golden, key, ...)                                                \
    do {                                                                        \
        const std::string goldenSays = (golden).disagreement(key, __VA_ARGS__); \
        QVERIFY2(goldenSays.empty(), goldenSays.c_str());                       \
    } while (false)
