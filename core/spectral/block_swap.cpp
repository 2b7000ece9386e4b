// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spectral/block_swap.h"

#include "core/values/error.h"
#include "core/values/not_a_number.h"

#include <torch/torch.h>

#include <algorithm>
#include <map>

namespace thaw {
namespace {

// Parameters and buffers by their path below `model.`.
std::map<std::string, torch::Tensor> tensorsOf(const Denoiser& denoiser) {
    std::map<std::string, torch::Tensor> tensors;
    for (const auto& item : denoiser->model->named_parameters()) tensors[item.key()] = item.value();
    for (const auto& item : denoiser->model->named_buffers()) tensors[item.key()] = item.value();
    return tensors;
}

bool isBelow(const std::string& name, const std::string& module) { return name.starts_with(module + "."); }

std::vector<std::string> commonModules(const Denoiser& a, const Denoiser& b) {
    std::vector<std::string> common;
    const auto others = b->model->blocks();
    for (const auto& block : a->model->blocks())
        if (std::any_of(others.begin(), others.end(), [&](const BlockInfo& other) {
                return other.name == block.name && other.parameters == block.parameters;
            }))
            common.push_back(block.name);
    return common;
}

BlockSwapRequest checked(BlockSwapRequest request, const Denoiser& tuned, const Denoiser& pretrained,
                         const Dataset& data) {
    const auto &network = tuned->config(), &other = pretrained->config();
    requireSaneProbe(request.sigmas, request.images);
    if (request.chunk < 1)
        throw Error(ErrorCode::Configuration, "A chunk of " + std::to_string(request.chunk) + " images cannot be.");
    requireFittingData(network, data, request.sigmas);
    if (network.imgResolution != other.imgResolution || network.imgChannels != other.imgChannels)
        throw Error(ErrorCode::WrongKind, "The two models make images of different size or channels.",
                    "Name the model that was fine-tuned.");
    const auto common = commonModules(tuned, pretrained);
    const auto blocks = tuned->model->blocks();
    for (const auto& name : request.blocks) {
        if (std::none_of(blocks.begin(), blocks.end(), [&](const BlockInfo& block) { return block.name == name; }))
            throw Error(ErrorCode::Usage, "The model has no block '" + name + "'.",
                        "'thaw-cli info' lists the blocks.");
        if (std::find(common.begin(), common.end(), name) == common.end())
            throw Error(ErrorCode::WrongKind, "The block '" + name + "' is not the same in both models.",
                        "Name the model that was fine-tuned.");
    }
    if (request.blocks.empty()) request.blocks = common;
    if (request.blocks.empty())
        throw Error(ErrorCode::WrongKind, "The two models have no block in common.",
                    "Name the model that was fine-tuned.");
    return request;
}

}  // namespace

SwappedWeights::SwappedWeights(Denoiser& network, const Denoiser& source, const std::vector<std::string>& modules) {
    const torch::NoGradGuard noGrad;
    const auto own = tensorsOf(network), other = tensorsOf(source);
    std::vector<torch::Tensor> foreign;
    for (const auto& module : modules) {
        bool found = false;
        for (const auto& [name, tensor] : own) {
            if (!isBelow(name, module)) continue;
            const auto match = other.find(name);
            if (match == other.end() || match->second.sizes() != tensor.sizes())
                throw Error(ErrorCode::WrongKind, "The block '" + module + "' is not the same in both models.",
                            "Name the model that was fine-tuned.");
            kept_.emplace_back(tensor, tensor.detach().clone());
            foreign.push_back(match->second);
            found = true;
        }
        if (!found)
            throw Error(ErrorCode::WrongKind, "The model has no block '" + module + "' with weights.",
                        "'thaw-cli info' lists the blocks.");
    }
    for (std::size_t i = 0; i < kept_.size(); ++i) kept_[i].first.copy_(foreign[i]);
}

SwappedWeights::~SwappedWeights() {
    const torch::NoGradGuard noGrad;
    // Backwards: a module named twice ends with what it had first.
    for (auto item = kept_.rbegin(); item != kept_.rend(); ++item) item->first.copy_(item->second);
}

BlockSwap::BlockSwap(Denoiser tuned, Denoiser pretrained, Dataset data, BlockSwapRequest request,
                     std::string titleTuned, std::string titlePretrained)
    : tuned_(std::move(tuned)),
      pretrained_(std::move(pretrained)),
      data_(std::move(data)),
      request_(checked(std::move(request), tuned_, pretrained_, data_)),
      titleTuned_(std::move(titleTuned)),
      titlePretrained_(std::move(titlePretrained)),
      common_(commonModules(tuned_, pretrained_)),
      ranges_(imageRanges(request_.images, request_.chunk)),
      rings_(tuned_->config().imgResolution, tuned_->config().imgResolution),
      moments_((request_.blocks.size() + 1) * request_.sigmas.size()) {}

void BlockSwap::addChange(Moments& moments, const torch::Tensor& output) {
    // In double, so that a small change of a large output keeps its digits.
    const auto energies = rings_.perImage(output.to(torch::kDouble) - output_.to(torch::kDouble));
    for (std::size_t first = 0; first < energies.size(); first += rings_.allRings())
        moments.add({energies.data() + first, rings_.allRings()});
}

bool BlockSwap::advance() {
    const std::size_t S = request_.sigmas.size(), B = request_.blocks.size(), pieces = ranges_.size() * S * (B + 1);
    if (next_ == pieces) return false;
    const std::size_t b = next_ % (B + 1), s = next_ / (B + 1) % S;
    const double sigma = request_.sigmas[s];
    if (b == 0) {
        const auto range = ranges_[next_ / (B + 1) / S];
        const auto seed = request_.firstSeed + std::uint64_t(range.first);
        inputs_ = noisyInputs(tuned_->config(), data_, sigma, seed, range.count());
        labels_ = inputLabels(tuned_->config(), data_, sigma, seed, range.count(), request_.classes);
        output_ = probe(tuned_, inputs_, sigma, {}, labels_);
    }
    const SwappedWeights swapped(tuned_, pretrained_, b < B ? std::vector{request_.blocks[b]} : common_);
    addChange(moments_[b * S + s], probe(tuned_, inputs_, sigma, {}, labels_));
    return ++next_ < pieces;
}

double BlockSwap::progress() const {
    return double(next_) / double(ranges_.size() * request_.sigmas.size() * (request_.blocks.size() + 1));
}

BlockSwapTable BlockSwap::value() const {
    BlockSwapTable table;
    table.model = titleTuned_;
    table.against = titlePretrained_;
    table.blocks = request_.blocks;
    table.sigmas = request_.sigmas;
    table.firstSeed = request_.firstSeed;
    for (std::size_t k = 0; k < rings_.rings(); ++k) table.frequencies.push_back(double(k));
    const std::size_t B = table.blocks.size(), S = table.sigmas.size(), K = table.frequencies.size();
    const double pixels = double(tuned_->config().imgResolution) * tuned_->config().imgResolution;
    table.power.assign(B * S * K, kNan);
    table.deviation = table.power;
    table.energy.assign(B * S, kNan);
    table.share = table.energy;
    table.images.assign(B * S, 0);
    table.wholePower.assign(S * K, kNan);
    table.wholeEnergy.assign(S, kNan);
    const auto energyOf = [&](const Moments& moments) {
        double sum = 0;
        for (std::size_t k = 0; k < rings_.allRings(); ++k) sum += moments.mean(k);
        return sum / pixels;
    };
    for (std::size_t s = 0; s < S; ++s) {
        const auto& whole = moments_[B * S + s];
        table.wholeEnergy[s] = energyOf(whole);
        for (std::size_t k = 0; k < K; ++k) table.wholePower[s * K + k] = whole.mean(k) / rings_.bins()[k];
        for (std::size_t b = 0; b < B; ++b) {
            const auto& moments = moments_[b * S + s];
            const std::size_t cell = table.cell(b, s);
            table.images[cell] = moments.count();
            table.energy[cell] = energyOf(moments);
            table.share[cell] = table.wholeEnergy[s] > 0 ? table.energy[cell] / table.wholeEnergy[s] : kNan;
            for (std::size_t k = 0; k < K; ++k) {
                table.power[cell * K + k] = moments.mean(k) / rings_.bins()[k];
                table.deviation[cell * K + k] = moments.deviation(k) / rings_.bins()[k];
            }
        }
    }
    return table;
}

}  // namespace thaw
