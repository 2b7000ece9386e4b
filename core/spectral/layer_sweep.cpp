// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spectral/layer_sweep.h"

#include "core/nn/responses.h"
#include "core/values/error.h"
#include "core/values/not_a_number.h"
#include "core/values/profile_shape.h"
#include "core/values/range_check.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>

namespace thaw {
namespace {

// The whole rings of one image or of a mean, E[k] over bins.
RadialProfile profileOf(const RingPower& rings, const std::function<double(std::size_t)>& energy) {
    RadialProfile profile;
    for (std::size_t k = 0; k < rings.rings(); ++k) {
        profile.frequency.push_back(double(k));
        profile.power.push_back(energy(k) / rings.bins()[k]);
    }
    return profile;
}

}  // namespace

LayerSweepRequest checkedRequest(LayerSweepRequest request, const NetworkConfig& network, const Dataset& data) {
    requireResponses(network, request.blocks);
    requireSaneProbe(request.sigmas, request.images);
    std::vector<ConfigProblem> problems;
    RangeCheck check(problems);
    check.atLeast("chunk", request.chunk, 1);
    const auto& edges = request.bandEdges;
    if (edges.size() == 1 ||
        std::adjacent_find(edges.begin(), edges.end(), [](double a, double b) { return !(a < b); }) != edges.end())
        problems.push_back({"bands", "need at least two edges in rising order"});
    throwProblems(problems, "the spectrum");
    requireFittingData(network, data, request.sigmas);
    if (request.blocks.empty()) request.blocks = blockResponses(network);
    if (request.bandEdges.empty()) request.bandEdges = octaveBandEdges(network.imgResolution);
    return request;
}

LayerSweep::LayerSweep(Denoiser denoiser, Dataset data, LayerSweepRequest request, std::string model)
    : denoiser_(std::move(denoiser)),
      data_(std::move(data)),
      request_(checkedRequest(std::move(request), denoiser_->config(), data_)),
      model_(std::move(model)),
      ranges_(imageRanges(request_.images, request_.chunk)),
      rings_(request_.blocks, ringOptions(request_)),
      moments_(request_.blocks.size() * request_.sigmas.size()) {}

bool LayerSweep::advance() {
    const std::size_t S = request_.sigmas.size(), pieces = ranges_.size() * S;
    if (next_ == pieces) return false;
    const auto range = ranges_[next_ / S];
    const std::size_t s = next_ % S;
    const double sigma = request_.sigmas[s];
    const auto& network = denoiser_->config();
    const auto seed = request_.firstSeed + std::uint64_t(range.first);
    probe(denoiser_, noisyInputs(network, data_, sigma, seed, range.count()), sigma, rings_.hook(),
          inputLabels(network, data_, sigma, seed, range.count(), request_.classes));
    std::vector<double> sample;
    for (std::size_t b = 0; b < request_.blocks.size(); ++b) {
        const auto& row = rings_.row(b);
        const std::size_t K = row.rings->allRings();
        for (std::int64_t n = 0; n < row.images; ++n) {
            const double* energy = row.energies.data() + std::size_t(n) * K;
            sample.assign(energy, energy + K);
            double total = 0;
            for (const double e : sample) total += e;
            sample.push_back(total / (double(row.resolution) * row.resolution));
            sample.push_back(spectralCentroid(profileOf(*row.rings, [&](std::size_t k) { return energy[k]; })));
            const auto levels = row.logAmplitude.begin() + std::ptrdiff_t(std::size_t(n) * row.rings->diagonal());
            sample.insert(sample.end(), levels, levels + std::ptrdiff_t(row.rings->diagonal()));
            moments_[b * S + s].add(sample);
        }
    }
    return ++next_ < pieces;
}

double LayerSweep::progress() const { return double(next_) / double(ranges_.size() * request_.sigmas.size()); }

LayerSweepTable LayerSweep::value() const {
    LayerSweepTable table;
    table.model = model_;
    table.blocks = request_.blocks;
    table.sigmas = request_.sigmas;
    table.bandEdges = request_.bandEdges;
    table.firstSeed = request_.firstSeed;
    for (int k = 0; k <= denoiser_->config().imgResolution / 2; ++k) table.frequencies.push_back(k);
    const std::size_t B = table.blocks.size(), S = table.sigmas.size(), K = table.frequencies.size(), M = table.bands();
    table.power.assign(B * S * K, kNan);
    table.bandShare.assign(B * S * M, kNan);
    table.deviation = table.power;
    for (auto* values :
         {&table.energy, &table.energyDeviation, &table.centroid, &table.centroidDeviation, &table.slope})
        values->assign(B * S, kNan);
    table.images.assign(S, 0);
    const std::size_t D = std::size_t(denoiser_->config().imgResolution / 2);
    table.logAmplitude.assign(B * S * D, kNan);
    for (std::size_t b = 0; b < B; ++b) {
        const auto& row = rings_.row(b);
        table.resolutions.push_back(row.resolution);
        table.channels.push_back(row.channels);
        for (std::size_t s = 0; s < S; ++s) {
            const auto& moments = moments_[b * S + s];
            table.images[s] = moments.count();
            if (moments.count() == 0) continue;
            const auto& bins = row.rings->bins();
            const std::size_t all = bins.size(), cell = table.cell(b, s);
            double total = 0;
            for (std::size_t k = 0; k < all; ++k) total += moments.mean(k);
            for (std::size_t k = 0; k < row.rings->rings(); ++k) {
                table.power[cell * K + k] = moments.mean(k) / bins[k];
                table.deviation[cell * K + k] = moments.deviation(k) / bins[k];
            }
            for (std::size_t m = 0; m < M; ++m) {
                double energy = 0;
                for (std::size_t k = 0; k < all; ++k)
                    if (double(k) >= table.bandEdges[m] && double(k) < table.bandEdges[m + 1])
                        energy += moments.mean(k);
                table.bandShare[cell * M + m] = total > 0 ? energy / total : kNan;
            }
            for (std::size_t k = 0; k < row.rings->diagonal(); ++k)
                table.logAmplitude[cell * D + k] = moments.mean(all + 2 + k) - moments.mean(all + 2);
            const auto mean = profileOf(*row.rings, [&](std::size_t k) { return moments.mean(k); });
            table.energy[cell] = moments.mean(all);
            table.energyDeviation[cell] = moments.deviation(all);
            table.centroid[cell] = spectralCentroid(mean);
            table.centroidDeviation[cell] = moments.deviation(all + 1);
            table.slope[cell] = logLogSlope(mean);
        }
    }
    return table;
}

ChannelProfiles channelProfiles(Denoiser& denoiser, const Dataset& data, const std::string& block, double sigma,
                                const LayerSweepRequest& wanted, const Progress& progress) {
    auto request = wanted;
    request.blocks = {block};
    request.sigmas = {sigma};
    request = checkedRequest(request, denoiser->config(), data);
    ChannelProfiles result;
    result.block = block;
    result.sigma = sigma;
    std::optional<RingPower> rings;
    for (const auto& range : imageRanges(request.images, request.chunk)) {
        if (progress && !progress(double(range.first) / request.images))
            throw Error(ErrorCode::Interrupted, "The measurement of the channels was interrupted.");
        const auto listen = [&](const std::string& name, const torch::Tensor& response) {
            if (name != block) return;
            if (!rings) rings.emplace(int(response.size(2)), int(response.size(3)), ringOptions(request));
            const auto energies = rings->perMap(response);
            const std::size_t channels = std::size_t(response.size(1));
            result.power.resize(channels, std::vector<double>(rings->rings(), 0.0));
            for (std::size_t map = 0; map * rings->allRings() < energies.size(); ++map)
                for (std::size_t k = 0; k < rings->rings(); ++k)
                    result.power[map % channels][k] +=
                        energies[map * rings->allRings() + k] / rings->bins()[k] / request.images;
        };
        const auto seed = request.firstSeed + std::uint64_t(range.first);
        probe(denoiser, noisyInputs(denoiser->config(), data, sigma, seed, range.count()), sigma, listen,
              inputLabels(denoiser->config(), data, sigma, seed, range.count(), request.classes));
        result.images = range.last;
    }
    for (std::size_t k = 0; k < rings->rings(); ++k) result.frequencies.push_back(double(k));
    return result;
}

}  // namespace thaw
