// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/frequency_statistics.h"

#include "core/values/decibel.h"
#include "core/values/layer_difference.h"
#include "core/values/not_a_number.h"
#include "core/values/significance.h"

#include <algorithm>
#include <cmath>

namespace thaw {
namespace {

double levelChange(double after, double before) {
    return after > 0 && before > 0 ? decibel(after) - decibel(before) : kNan;
}

// Of what is a number and has a weight above 0.
struct WeightedSquares {
    double squares = 0, weights = 0;
    void add(double value, double weight) {
        if (std::isnan(value) || !(weight > 0)) return;
        squares += weight * value * value;
        weights += weight;
    }
    double root() const { return weights > 0 ? std::sqrt(squares / weights) : kNan; }
};

template <class WeightOf>
double rootOfCells(const ResponsesResult& shape, const std::vector<double>& change, const WeightOf& weightOf) {
    WeightedSquares sum;
    for (std::size_t b = 0; b < shape.blocks.size(); ++b)
        for (std::size_t s = 0; s < shape.sigmas.size(); ++s)
            for (std::size_t k = 0; k < shape.frequencies.size(); ++k)
                sum.add(change[shape.cell(b, s, k)], weightOf(b, s));
    return sum.root();
}

// One value a network.
template <class WeightOf>
Spread spreadOfRoots(const ResponsesResult& shape, const std::vector<std::vector<double>>& changes,
                     const WeightOf& weightOf) {
    std::vector<double> roots;
    for (const auto& change : changes) roots.push_back(rootOfCells(shape, change, weightOf));
    return spreadOf(roots);
}

bool haveSameCells(const ResponsesResult& a, const ResponsesResult& b) {
    return a.blocks == b.blocks && a.sigmas == b.sigmas && a.frequencies == b.frequencies &&
           a.power.size() == b.power.size();
}

void testCells(const std::vector<std::vector<double>>& changes, std::size_t cells, ResponseChange& result) {
    for (std::size_t cell = 0; cell < cells; ++cell) {
        std::vector<double> values;
        for (const auto& change : changes) values.push_back(change[cell]);
        const auto spread = spreadOf(values);
        result.mean.push_back(spread.mean);
        result.p.push_back(pairedTest(spread.mean, spread.deviation, spread.count).p);
    }
    result.q = benjaminiHochberg(result.p);
    double tested = 0, changed = 0;
    for (std::size_t cell = 0; cell < cells; ++cell) {
        if (std::isnan(result.q[cell])) continue;
        ++tested;
        changed += result.q[cell] <= kSignificanceLevel && std::abs(result.mean[cell]) >= kSmallestDifferenceDb;
    }
    result.changedShare = tested > 0 ? changed / tested : kNan;
}

}  // namespace

ResponseChange responseChange(const ResponsesResult& before, const std::vector<const ResponsesResult*>& after,
                              const std::vector<double>& shares) {
    std::vector<std::vector<double>> changes;
    for (const auto* network : after) {
        if (!haveSameCells(*network, before)) continue;
        auto& change = changes.emplace_back();
        for (std::size_t cell = 0; cell < before.power.size(); ++cell)
            change.push_back(levelChange(network->power[cell], before.power[cell]));
    }
    ResponseChange result;
    result.seeds = int(changes.size());
    testCells(changes, before.power.size(), result);
    const auto over = [&](const auto& weightOf) { return spreadOfRoots(before, changes, weightOf); };
    result.all = over([](std::size_t, std::size_t) { return 1.0; });
    result.frozen = over([&](std::size_t b, std::size_t) { return shares[b]; });
    result.trainable = over([&](std::size_t b, std::size_t) { return 1 - shares[b]; });
    for (std::size_t level = 0; level < before.sigmas.size(); ++level)
        result.bySigma.push_back(over([&](std::size_t, std::size_t s) { return s == level ? 1.0 : 0.0; }));
    for (std::size_t block = 0; block < before.blocks.size(); ++block)
        result.byBlock.push_back(over([&](std::size_t b, std::size_t) { return b == block ? 1.0 : 0.0; }));
    return result;
}

std::vector<double> frozenShares(const std::vector<std::string>& blocks, const FreezePlan& plan,
                                 const ModelSummary& model) {
    std::vector<double> shares;
    for (const auto& name : blocks) {
        const auto block = std::find_if(model.blocks.begin(), model.blocks.end(),
                                        [&](const BlockInfo& candidate) { return candidate.name == name; });
        const auto count = block == model.blocks.end() ? FreezeCount() : countFrozen(plan, *block);
        shares.push_back(count.total > 0 ? double(count.frozen) / double(count.total) : kNan);
    }
    return shares;
}

PowerGap powerGap(const ImagePowerResult& images, const ImagePowerResult& others) {
    const auto count = std::min(images.power.size(), others.power.size());
    const double half = count > 0 ? images.frequencies[count - 1] / 2 : 0;
    WeightedSquares all, high;
    for (std::size_t k = 0; k < count; ++k) {
        const double change = levelChange(images.power[k], others.power[k]);
        all.add(change, images.frequencies[k] >= 1 ? 1 : 0);
        high.add(change, images.frequencies[k] > half ? 1 : 0);
    }
    return {all.root(), high.root()};
}

double chanceGap(const ImagePowerResult& images) {
    const double decibelsPerPart = 10 / std::log(10.0);
    WeightedSquares errors;
    for (std::size_t k = 0; k < images.power.size(); ++k)
        if (images.power[k] > 0)
            errors.add(decibelsPerPart * images.deviation[k] / images.power[k], images.frequencies[k] >= 1 ? 1 : 0);
    return images.images > 0 ? errors.root() * std::sqrt(2 / double(images.images)) : kNan;
}

std::vector<CentroidMove> centroidMoves(const ResponsesResult& responses) {
    std::vector<CentroidMove> moves;
    if (responses.sigmas.empty()) return moves;
    const auto [low, high] = std::minmax_element(responses.sigmas.begin(), responses.sigmas.end());
    for (std::size_t b = 0; b < responses.blocks.size(); ++b) {
        const auto smallest = responses.cell(b, std::size_t(low - responses.sigmas.begin()));
        const auto largest = responses.cell(b, std::size_t(high - responses.sigmas.begin()));
        CentroidMove move{responses.blocks[b], responses.centroid[smallest], responses.centroid[largest], 0};
        const double s = responses.centroidDeviation[smallest], l = responses.centroidDeviation[largest];
        move.deviations = (move.atLargest - move.atSmallest) / std::sqrt((s * s + l * l) / 2);
        if (move.block != "output" && std::isfinite(move.deviations)) moves.push_back(std::move(move));
    }
    return moves;
}

}  // namespace thaw
