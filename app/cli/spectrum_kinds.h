// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/generate.h"
#include "app/cli/verbs.h"

#include "core/data/dataset.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace thaw::cli {

/// What `spectrum` was asked for.
struct SpectrumOptions {
    std::string model, against, data, images, kind, blocks, sigma, seeds, out, responses, freeze;
    std::optional<int> num;
    bool operations = false, probe = false, channels = false, styleGan3 = false, removeMean = false, hann = false;
    SamplerOptions sampler;
    bool force = false;
};

/// One function a kind. Each measures, writes options.out and reports.
void runLayers(const SpectrumOptions& options, const Context& context,
               const ComputeDevice& compute);  ///< layers, bands
void runDifference(const SpectrumOptions& options, const Context& context,
                   const ComputeDevice& compute);  ///< layers with --against
void runTransfer(const SpectrumOptions& options, const Context& context, const ComputeDevice& compute);
void runSwap(const SpectrumOptions& options, const Context& context, const ComputeDevice& compute);

/// A network, its title, and the real images for noise levels below 80 (only then opened, and held against the network).
struct SpectrumSubject {
    Denoiser denoiser{nullptr};
    ModelSummary summary;
    Dataset data;
    const std::string& title() const { return summary.title; }
};
SpectrumSubject openSubject(const SpectrumOptions& options, const Context& context, const ComputeDevice& compute,
                            const std::vector<double>& sigmas);
/// Another model, without data.
SpectrumSubject openOther(const std::string& path, const ComputeDevice& compute);

/// `0.5,2,80` or `0.002:80:16`, that many levels evenly spaced in log sigma. Throws Usage, Configuration.
std::vector<double> parseSigmas(const std::string& text);

/// `--num` and `--seeds`: consecutive seeds, all that a reader needs to repeat a figure. Throws Configuration.
struct SeedRange {
    std::uint64_t first = 0;
    int count = 0;
};
SeedRange seedRange(const SpectrumOptions& options, int images);

/// Every kind reports these keys; `more` are its own.
void reportSpectrum(const Context& context, const SpectrumOptions& options, const std::vector<std::string>& blocks,
                    const std::vector<double>& sigmas, const std::vector<double>& frequencies, std::int64_t images,
                    double seconds, const nlohmann::ordered_json& more = {});

/// Seconds since it was made.
class Stopwatch {
public:
    double seconds() const {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count();
    }

private:
    std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
};

/// Takes a measurement to its end with a progress bar over `total` units; throws Interrupted after Ctrl+C. `piece` is
/// called after every piece.
template <class Measured>
void measureWithBar(Measured& measurement, ProgressBar& bar, double done, double total,
                    const std::function<void()>& piece = {}) {
    bool more = true;
    while (more) {
        if (interrupted()) throw Error(ErrorCode::Interrupted, "The measurement was interrupted.");
        more = measurement.advance();
        bar.update(done + measurement.progress() * total);
        if (piece) piece();
    }
}

}  // namespace thaw::cli
