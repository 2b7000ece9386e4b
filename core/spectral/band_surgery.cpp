// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spectral/band_surgery.h"

#include "core/nn/responses.h"
#include "core/values/config_problem.h"
#include "core/values/number_text.h"

#include <torch/torch.h>

#include <cmath>

namespace thaw {
namespace {

std::string withoutInput(const std::string& name) {
    constexpr std::string_view suffix = ".input";
    return name.ends_with(suffix) ? name.substr(0, name.size() - suffix.size()) : name;
}

}  // namespace

torch::Tensor filteredBand(const torch::Tensor& maps, const BandFilter& filter) {
    const auto type = maps.scalar_type() == torch::kDouble ? torch::kDouble : torch::kFloat;
    const std::int64_t height = maps.size(2), width = maps.size(3);
    const auto options = torch::TensorOptions().dtype(torch::kDouble).device(maps.device());
    // Signed integer frequencies: in cycles per image.
    const auto u = torch::fft_fftfreq(height, 1.0 / double(height), options),
               v = torch::fft_rfftfreq(width, 1.0 / double(width), options);
    const auto r = (u.square().unsqueeze(1) + v.square().unsqueeze(0)).sqrt();
    const auto inBand = torch::logical_and(r >= filter.low, r < filter.high);
    const auto gain = torch::where(inBand, torch::full_like(r, filter.factor), torch::ones_like(r)).to(type);
    const auto spectrum = torch::fft_rfft2(maps.to(type).contiguous());
    const std::vector<std::int64_t> size{height, width};
    const auto filtered = torch::fft_irfft2(spectrum * gain, size).to(maps.scalar_type());
    return filtered.contiguous(maps.suggest_memory_format());
}

ResponseHook bandSurgery(std::vector<BandFilter> filters) {
    if (filters.empty()) return {};
    return [filters = std::move(filters)](const std::string& name, torch::Tensor& response) {
        for (const auto& filter : filters)
            if (filter.block == name) response = filteredBand(response, filter);
    };
}

void requireSaneFilters(const NetworkConfig& network, const std::vector<BandFilter>& filters) {
    std::vector<ConfigProblem> problems;
    for (const auto& filter : filters) {
        requireResponses(network, {withoutInput(filter.block)});
        if (!(filter.low >= 0) || !(filter.high > filter.low))
            problems.push_back({filter.block, "has the band " + shortNumber(filter.low) + " to " +
                                                  shortNumber(filter.high) + ", must rise and not begin below 0"});
        if (!std::isfinite(filter.factor)) problems.push_back({filter.block, "has a factor that is no number"});
    }
    throwProblems(problems, "band surgery");
}

}  // namespace thaw
