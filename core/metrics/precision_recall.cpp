// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/precision_recall.h"

#include "core/values/error.h"

#include <torch/torch.h>

#include <algorithm>

namespace thaw {
namespace {

constexpr std::int64_t kBlockNumbers = std::int64_t(1) << 25;

// |x|² + |y|² - 2 x·y rounds at about this share of |x|² + |y|²; equal distances must compare as equal.
constexpr double kRounding = 1e-12;

struct Vectors {
    torch::Tensor x, squares;  // [n, D], [n]
    torch::Tensor radii;       // [n], squared
    std::int64_t count() const { return x.size(0); }
};

// Counts the rows of all passes for the caller.
class Ticker {
public:
    Ticker(const Progress& progress, std::int64_t rows) : progress_(progress), rows_(rows) {}
    void advance(std::int64_t rows) {
        done_ += rows;
        if (progress_ && !progress_(double(done_) / double(rows_)))
            throw Error(ErrorCode::Interrupted, "The measurement of precision and recall was interrupted.");
    }

private:
    const Progress& progress_;
    std::int64_t rows_, done_ = 0;
};

// Squared distances of rows first .. first+n-1 of a to all of b, [n, b.count()], and their rounding.
template <class Use>
void eachBlock(const Vectors& a, const Vectors& b, Ticker& ticker, Use&& use) {
    const auto rows = std::clamp<std::int64_t>(kBlockNumbers / b.count(), 1, 1024);
    for (std::int64_t first = 0; first < a.count(); first += rows) {
        const auto n = std::min(rows, a.count() - first);
        const auto scale = a.squares.narrow(0, first, n).unsqueeze(1) + b.squares;
        const auto distances = torch::addmm(scale, a.x.narrow(0, first, n), b.x.t(), 1, -2).clamp_min_(0);
        use(first, n, distances, scale * kRounding);
        ticker.advance(n);
    }
}

torch::Tensor radii(const Vectors& set, int k, Ticker& ticker) {
    auto found = torch::empty_like(set.squares);
    eachBlock(set, set, ticker,
              [&](std::int64_t first, std::int64_t n, const torch::Tensor& distances, const torch::Tensor&) {
                  // The smallest is the vector itself.
                  found.narrow(0, first, n).copy_(std::get<0>(distances.topk(k + 1, 1, false, true)).select(1, k));
              });
    return found;
}

Vectors centred(const torch::Tensor& features, const torch::Tensor& centre, const std::string& name, int k) {
    if (features.size(0) <= k)
        throw Error(ErrorCode::Configuration,
                    "Precision and recall look at " + std::to_string(k) + " neighbours, but there are only " +
                        std::to_string(features.size(0)) + " " + name + " images.",
                    "Use at least " + std::to_string(k + 1) + " images of each kind.");
    if (!features.isfinite().all().item<bool>())
        throw Error(ErrorCode::Configuration, "The features of the " + name + " images are not all finite.",
                    "Check the model and the feature network.");
    const auto x = features.to(centre.device(), torch::kDouble) - centre;
    return {x, x.square().sum(1), {}};
}

}  // namespace

Coverage measureCoverage(const torch::Tensor& real, const torch::Tensor& generated, int k, const Progress& progress) {
    TORCH_CHECK(k >= 1 && real.dim() == 2 && generated.dim() == 2 && real.size(1) == generated.size(1),
                "precision and recall: needs two sets of vectors of one length, got ", real.sizes(), " and ",
                generated.sizes());
    const torch::NoGradGuard noGrad;
    // Distances do not change, but far from the origin they would lose digits.
    const auto centre = real.detach().to(torch::kDouble).mean(0);
    auto a = centred(real.detach(), centre, "real", k), b = centred(generated.detach(), centre, "generated", k);
    Ticker ticker(progress, a.count() + 2 * b.count());
    a.radii = radii(a, k, ticker);
    b.radii = radii(b, k, ticker);

    auto recalled = torch::zeros({a.count()}, a.x.options().dtype(torch::kBool)), covered = recalled.clone();
    std::int64_t precise = 0, balls = 0;
    eachBlock(b, a, ticker,
              [&](std::int64_t first, std::int64_t n, const torch::Tensor& distances, const torch::Tensor& rounding) {
                  const auto inReal = distances <= a.radii + rounding;
                  const auto inGenerated = distances <= b.radii.narrow(0, first, n).unsqueeze(1) + rounding;
                  precise += inReal.any(1).sum().item<std::int64_t>();
                  balls += inReal.sum().item<std::int64_t>();
                  covered.logical_or_(inReal.any(0));
                  recalled.logical_or_(inGenerated.any(0));
              });
    const double n = double(a.count()), m = double(b.count());
    return {double(precise) / m, recalled.sum().item<double>() / n, double(balls) / (m * k),
            covered.sum().item<double>() / n};
}

}  // namespace thaw
