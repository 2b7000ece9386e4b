// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spectral/layer_difference.h"

#include "core/nn/responses.h"
#include "core/values/decibel.h"
#include "core/values/error.h"
#include "core/values/not_a_number.h"
#include "core/values/significance.h"

#include <torch/torch.h>

#include <algorithm>

namespace thaw {
namespace {

LayerSweepRequest commonRequest(LayerSweepRequest request, const NetworkConfig& a, const NetworkConfig& b) {
    if (a.imgResolution != b.imgResolution || a.imgChannels != b.imgChannels)
        throw Error(ErrorCode::WrongKind, "The two models make images of different size or channels.",
                    "Compare models of the same data.");
    if (!request.blocks.empty()) {
        requireResponses(b, request.blocks);
        return request;
    }
    const auto others = blockResponses(b);
    for (const auto& name : blockResponses(a))
        if (std::find(others.begin(), others.end(), name) != others.end()) request.blocks.push_back(name);
    if (request.blocks.empty())
        throw Error(ErrorCode::WrongKind, "The two models have no block of the same name.",
                    "Compare models of one architecture.");
    return request;
}

// One image: dB of the profiles against each other. Where one of them has no power there is no ratio.
void levelDifference(const ResponseRings::Row& a, const ResponseRings::Row& b, std::int64_t image,
                     std::vector<double>& d) {
    const std::size_t K = std::min(a.rings->rings(), b.rings->rings());
    d.clear();
    for (std::size_t k = 0; k < K; ++k) {
        const double powerA = a.energies[std::size_t(image) * a.rings->allRings() + k] / a.rings->bins()[k];
        const double powerB = b.energies[std::size_t(image) * b.rings->allRings() + k] / b.rings->bins()[k];
        d.push_back(powerA > 0 && powerB > 0 ? decibel(powerA) - decibel(powerB) : kNan);
    }
}

}  // namespace

LayerDifference::LayerDifference(Denoiser a, Denoiser b, Dataset data, LayerSweepRequest request, std::string titleA,
                                 std::string titleB)
    : a_(std::move(a)),
      b_(std::move(b)),
      data_(std::move(data)),
      request_(checkedRequest(commonRequest(std::move(request), a_->config(), b_->config()), a_->config(), data_)),
      titleA_(std::move(titleA)),
      titleB_(std::move(titleB)),
      ranges_(imageRanges(request_.images, request_.chunk)),
      ringsA_(request_.blocks, ringOptions(request_)),
      ringsB_(request_.blocks, ringOptions(request_)),
      moments_(request_.blocks.size() * request_.sigmas.size()) {}

bool LayerDifference::advance() {
    const std::size_t S = request_.sigmas.size(), pieces = ranges_.size() * S;
    if (next_ == pieces) return false;
    const auto range = ranges_[next_ / S];
    const std::size_t s = next_ % S;
    const double sigma = request_.sigmas[s];
    const auto seed = request_.firstSeed + std::uint64_t(range.first);
    const auto inputs = noisyInputs(a_->config(), data_, sigma, seed, range.count());
    const auto labelsFor = [&](const Denoiser& network) {
        return inputLabels(network->config(), data_, sigma, seed, range.count(), request_.classes);
    };
    probe(a_, inputs, sigma, ringsA_.hook(), labelsFor(a_));
    probe(b_, inputs, sigma, ringsB_.hook(), labelsFor(b_));
    std::vector<double> d;
    for (std::size_t b = 0; b < request_.blocks.size(); ++b)
        for (std::int64_t n = 0; n < range.count(); ++n) {
            levelDifference(ringsA_.row(b), ringsB_.row(b), n, d);
            moments_[b * S + s].add(d);
        }
    return ++next_ < pieces;
}

double LayerDifference::progress() const { return double(next_) / double(ranges_.size() * request_.sigmas.size()); }

LayerDifferenceTable LayerDifference::value() const {
    LayerDifferenceTable table;
    table.model = titleA_;
    table.against = titleB_;
    table.blocks = request_.blocks;
    table.sigmas = request_.sigmas;
    table.firstSeed = request_.firstSeed;
    table.imagesAsked = request_.images;
    table.complete = next_ == ranges_.size() * request_.sigmas.size();
    for (int k = 0; k <= a_->config().imgResolution / 2; ++k) table.frequencies.push_back(k);
    const std::size_t B = table.blocks.size(), S = table.sigmas.size(), K = table.frequencies.size();
    for (auto* values : {&table.difference, &table.standardError, &table.t, &table.p}) values->assign(B * S * K, kNan);
    table.images.assign(S, 0);
    for (std::size_t b = 0; b < B; ++b)
        for (std::size_t s = 0; s < S; ++s) {
            const auto& moments = moments_[b * S + s];
            table.images[s] = moments.count();
            if (moments.count() == 0) continue;
            const std::size_t rings = std::min(ringsA_.row(b).rings->rings(), ringsB_.row(b).rings->rings());
            for (std::size_t k = 0; k < rings; ++k) {
                const auto test = pairedTest(moments.mean(k), moments.deviation(k), moments.count());
                const std::size_t cell = table.cell(b, s, k);
                table.difference[cell] = moments.mean(k);
                table.standardError[cell] = test.standardError;
                if (!table.complete) continue;
                table.t[cell] = test.t;
                table.p[cell] = test.p;
            }
        }
    table.q = benjaminiHochberg(table.p);
    return table;
}

}  // namespace thaw
