// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/output.h"
#include "app/cli/sampler_options.h"

#include "core/io/npz.h"
#include "core/io/spectrum_file.h"
#include "core/lab/measuring.h"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace thaw::cli {

/// What `spectrum` was asked for.
struct SpectrumOptions {
    std::string model, precond, against, data, images, kind, blocks, sigma, seeds, out, responses, freeze;
    std::optional<int> num;
    bool operations = false, probe = false, channels = false, styleGan3 = false, removeMean = false, hann = false;
    SamplerOptions sampler;
    bool force = false;
};

/// One function a kind. Each has core/lab measure, writes the numbers to options.out (.csv or .npz) and reports.
void runLayers(const SpectrumOptions& options, const Context& context);      ///< layers, bands
void runDifference(const SpectrumOptions& options, const Context& context);  ///< layers with --against
void runTransfer(const SpectrumOptions& options, const Context& context);
void runSwap(const SpectrumOptions& options, const Context& context);
void runImages(const SpectrumOptions& options, const Context& context);

/// Opens the network and, for noise levels below 80 alone, the real images, which are held against the network.
void openSubject(Session& session, const SpectrumOptions& options, const Context& context,
                 const std::vector<double>& sigmas);

/// Noise levels of `--sigma`; without it 80, or 16 levels for the bands.
std::vector<double> chosenSigmas(const SpectrumOptions& options);
/// Responses of `--blocks` and `--operations`, in the order of the network.
std::vector<std::string> chosenResponses(const SpectrumOptions& options);
/// Parts of `--kind transfer`; the whole denoiser is the empty name.
std::vector<std::string> chosenParts(const SpectrumOptions& options);
/// Top-level modules of `--kind swap`, the mapping layers too; empty = all.
std::vector<std::string> chosenModules(const SpectrumOptions& options);
/// The plan of `--freeze`. Throws Configuration for patterns that match nothing.
FreezePlan chosenPlan(const SpectrumOptions& options, const ModelSummary& model);
/// `--labels` for what looks into a network. Throws Usage for a list, Configuration for a model without classes.
ClassChoice networkClasses(const SpectrumOptions& options);
/// Throws Usage unless `--channels` has one block at one noise level.
void requireOneMap(const std::vector<std::string>& blocks, const std::vector<double>& sigmas);
/// Throws Usage unless `--kind image` has images, and one source of them.
void requireImages(const SpectrumOptions& options);
/// Seeds of a model's images in `--kind image`.
std::vector<std::uint64_t> imageSeeds(const SpectrumOptions& options);
/// `--responses`: the raw responses at the first noise level, from the open model.
void writeResponses(Session& session, const SpectrumOptions& options, const std::vector<std::string>& blocks,
                    const std::vector<double>& sigmas);

/// `0.5,2,80` or `0.002:80:16`, that many levels evenly spaced in log sigma. Throws Usage, Configuration.
std::vector<double> parseSigmas(const std::string& text);

/// `--num` and `--seeds`: consecutive seeds, all that a reader needs to repeat a figure. Throws Configuration.
struct SeedRange {
    std::uint64_t first = 0;
    int count = 0;
};
SeedRange seedRange(const SpectrumOptions& options, int images);
/// The same for what looks into a network: 16 images, or 4 of `--probe`, where each takes many passes.
SeedRange networkSeeds(const SpectrumOptions& options);

/// Every kind reports these keys; `more` are its own.
void reportSpectrum(const Context& context, const SpectrumOptions& options, const std::vector<std::string>& blocks,
                    const std::vector<double>& sigmas, const std::vector<double>& frequencies, std::int64_t images,
                    double seconds, const nlohmann::ordered_json& more = {});

/// As core/io/spectrum_file.h says, by the ending of the path.
template <class Value>
void writeNumbers(const std::string& path, const Value& value) {
    if (endingOf(path) == ".csv") writeText(path, csvOf(value));
    else writeNpz(path, npzOf(value));
}

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
void measureWithBar(RunningJob& measurement, ProgressBar& bar, double done, double total,
                    const std::function<void()>& piece = {});

}  // namespace thaw::cli
