// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/band_filter.h"
#include "core/values/class_choice.h"
#include "core/values/enum_words.h"
#include "core/values/image.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace thaw {

/// What one panel of a figure shows; core/values/panel_kinds.h says what each kind needs.
enum class PanelKind {
    Blocks,    ///< block × frequency at `sigma`: power of every block's response
    Sigmas,    ///< noise level × frequency of `block`
    Spectrum,  ///< 2-D power spectrum of `block` at `sigma`
    Profile,   ///< radial profile of `block` at `sigma`, with the spread over images
    Channels,  ///< channel × frequency of `block` at `sigma`
    Frozen,    ///< mean profile of the frozen and of the trainable blocks under `freeze`, at `sigma`
    Transfer,  ///< gain and coherence of `block` (empty = the whole denoiser) over frequency at `sigma`
    Swap,      ///< what the output changes when one block of B has A's weights: block × frequency at `sigma`
    Bands,     ///< share of the energy in each octave band: every block × band at `sigma`
    Probe,  ///< gain of `block` (empty = the whole denoiser) for each 2-D frequency at `sigma`, by Fourier-basis probing
    Images,   ///< radial power spectrum of samples of A and B and of real data
    Samples,  ///< the images themselves
    Curves,   ///< what runs logged
    Study,    ///< a chart of a study's report
};

/// Of which network. B is the figure's second model; a difference is B - A in dB on the same inputs.
enum class PanelSide { A, B, Difference };

template <>
struct EnumWords<PanelSide> {
    static constexpr std::array<std::pair<PanelSide, const char*>, 3> all{
        {{PanelSide::A, "a"}, {PanelSide::B, "b"}, {PanelSide::Difference, "difference"}}};
};

/// One panel: the settings of its measurement and of its look. Fields that a kind does not use keep their defaults.
struct PanelRecipe {
    PanelKind kind = PanelKind::Blocks;
    PanelSide side = PanelSide::A;
    std::string title;           ///< empty = the panel's own words
    std::string block;           ///< ResponseInfo::name
    double sigma = 80;           ///< noise level of the input
    std::vector<double> sigmas;  ///< Sigmas: its rows; empty = 16 levels 0.002 .. 80, evenly in log
    int images = 64;
    std::uint64_t firstSeed = 0;  ///< seeds firstSeed .. firstSeed + images - 1
    ClassChoice classes;          ///< what conditional networks are told
    /// Blocks, Sigmas, Profile: ResponseInfo::name; empty = all whole blocks. Swap: top-level modules; empty = all.
    std::vector<std::string> responses;
    bool hannWindow = false;
    bool removeMean = false;
    bool styleGan3 = false;           ///< Images: whitened, windowed, zero-padded
    bool realData = true;             ///< Profile of `output`, Images: real images beside
    std::vector<BandFilter> surgery;  ///< Samples
    std::string freeze = "d2o-f";     ///< Frozen: a plan as text
    std::vector<std::pair<SampleSource, int>>
        columns;         ///< Samples, Images: source and sampler steps; TunedOneStep is B
    std::string order;   ///< Samples: empty = by seed; `psnr`, `sharpness`: largest first, of the last column
    int reference = -1;  ///< Samples in order of `psnr`: the column compared with; -1 = the one on the left
    std::vector<std::string> runs;  ///< Curves: run folders. Study: the study's folder
    std::string curve = "fid";      ///< Curves: `fid`, `loss`, `logits`, `gradients`. Study: ReportChart::name
    double smoothing = 0;           ///< Curves: weight of the past, [0, 1)
    std::string map;                ///< name of the colour map; empty = viridis, or diverging for differences
    std::optional<std::pair<double, double>> range;  ///< of the colours or of y; absent = the data's own

    bool operator==(const PanelRecipe&) const = default;
};

/// A file a figure was made from, and what it was at the time.
struct RecipeSource {
    std::string path;  ///< model file, data set, or `builtin`
    std::string title;
    std::string sha256;  ///< of a file, in hexadecimal; empty for what is no single file

    bool operator==(const RecipeSource&) const = default;
};

/// Everything needed to make a figure again: beside every exported figure and inside it.
struct FigureRecipe {
    std::string version;                  ///< of the program that wrote it
    RecipeSource model;                   ///< A
    std::optional<RecipeSource> against;  ///< B
    RecipeSource data;
    std::vector<PanelRecipe> panels;
    int columns = 0;      ///< panels side by side; 0 = as many as make the figure nearest to 3:2
    bool letters = true;  ///< (a), (b), ... from two panels on
    double widthMm = 83;
    double heightMm = 0;     ///< 0 = what the panels ask for
    double fontPt = 8;       ///< at final size
    int dpi = 300;           ///< of PNG
    std::string fontFamily;  ///< empty = the program's sans-serif face
    bool titles = true;
    bool caption = true;      ///< provenance in words under the figure
    std::string captionText;  ///< instead of the figure's own words there
    std::string language;     ///< of the figure's words, `en`, `de`; empty = English

    bool operator==(const FigureRecipe&) const = default;
};

}  // namespace thaw
