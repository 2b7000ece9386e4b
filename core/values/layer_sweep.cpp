// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/layer_sweep.h"
#include "core/values/not_a_number.h"

#include <algorithm>
#include <cmath>

namespace thaw {
namespace {

// Share of the weights at or below that module path which the plan freezes; negative where it has none.
double frozenShare(const std::string& path, const FreezePlan& plan, const ModelSummary& model) {
    std::int64_t frozen = 0, total = 0;
    for (const auto& block : model.blocks)
        for (const auto& parameter : block.parameters) {
            if (!parameter.name.starts_with(path + ".")) continue;
            total += parameter.count;
            if (isFrozen(plan, parameter.name)) frozen += parameter.count;
        }
    return total > 0 ? double(frozen) / double(total) : -1;
}

}  // namespace

std::vector<double> logSpacedSigmas(double low, double high, int count) {
    std::vector<double> sigmas;
    for (int i = 0; i < count; ++i) {
        const double share = count > 1 ? double(i) / (count - 1) : 1;
        // The ends are exact, whatever pow rounds to.
        sigmas.push_back(i + 1 == count ? high : i == 0 ? low : low * std::pow(high / low, share));
    }
    return sigmas;
}

std::vector<double> octaveBandEdges(int resolution) {
    const int half = resolution / 2;
    const double corner = std::round(half * std::sqrt(2.0));
    std::vector<double> edges{0, 1};
    while (edges.back() <= corner) edges.push_back(2 * edges.back());
    return edges;
}

double LayerSweepTable::logAmplitudeAtEnd(std::size_t block, std::size_t sigma) const {
    double last = kNan;
    for (std::size_t k = 1; k < logAmplitudes(); ++k)
        if (const double a = logAmplitude[cell(block, sigma) * logAmplitudes() + k]; !std::isnan(a)) last = a;
    return last;
}

RadialProfile LayerSweepTable::profile(std::size_t block, std::size_t sigma) const {
    RadialProfile profile;
    for (std::size_t k = 0; k < frequencies.size(); ++k)
        if (const double p = power[cell(block, sigma, k)]; !std::isnan(p)) {
            profile.frequency.push_back(frequencies[k]);
            profile.power.push_back(p);
        }
    return profile;
}

LayerTable LayerSweepTable::table(std::size_t sigma) const {
    LayerTable table;
    table.blocks = blocks;
    table.frequencies = frequencies;
    table.sigma = sigmas[sigma];
    table.images = images[sigma];
    for (std::size_t b = 0; b < blocks.size(); ++b) {
        const auto first = power.begin() + std::ptrdiff_t(cell(b, sigma, 0));
        table.power.emplace_back(first, first + std::ptrdiff_t(frequencies.size()));
    }
    return table;
}

FrozenProfiles frozenAgainstTrainable(const LayerSweepTable& table, const FreezePlan& plan, const ModelSummary& model) {
    const std::size_t S = table.sigmas.size(), K = table.frequencies.size();
    FrozenProfiles result{table.sigmas, table.frequencies, {}, {}, 0, 0};
    result.frozen.assign(S * K, 0.0);
    result.trainable.assign(S * K, 0.0);
    std::vector<double> frozenWeight(S * K, 0.0), freeWeight(S * K, 0.0);
    for (std::size_t b = 0; b < table.blocks.size(); ++b) {
        const double share = frozenShare(table.blocks[b], plan, model);
        if (share < 0) continue;
        result.frozenRows += share;
        result.trainableRows += 1 - share;
        for (std::size_t s = 0; s < S; ++s) {
            const auto row = table.profile(b, s);
            double sum = 0;
            for (const double p : row.power) sum += p;
            if (!(sum > 0)) continue;
            for (std::size_t k = 0; k < row.power.size(); ++k) {
                const std::size_t i = s * K + k;
                result.frozen[i] += share * row.power[k] / sum;
                result.trainable[i] += (1 - share) * row.power[k] / sum;
                frozenWeight[i] += share;
                freeWeight[i] += 1 - share;
            }
        }
    }
    for (std::size_t i = 0; i < S * K; ++i) {
        result.frozen[i] = frozenWeight[i] > 0 ? result.frozen[i] / frozenWeight[i] : kNan;
        result.trainable[i] = freeWeight[i] > 0 ? result.trainable[i] / freeWeight[i] : kNan;
    }
    return result;
}

}  // namespace thaw
