// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/block_swap.h"
#include "core/values/image_spectrum.h"
#include "core/values/layer_difference.h"
#include "core/values/layer_sweep.h"
#include "core/values/model_choice.h"
#include "core/values/sample_request.h"
#include "core/values/spectrum.h"
#include "core/values/transfer.h"

#include <cstdint>
#include <string>
#include <variant>

namespace thaw {

// Everything that can be measured of what is open (core/lab/measuring.h). Two jobs are equal when they ask for the same
// numbers of the same networks, so answers are kept by `==` of their jobs.

/// Power of responses over noise level and frequency: a LayerSweepTable.
struct SweepJob {
    LayerSweepRequest request;
    ModelChoice model{};

    bool operator==(const SweepJob&) const = default;
};

/// a - b on the same inputs: a LayerDifferenceTable.
struct DifferenceJob {
    LayerSweepRequest request;
    ModelChoice a{}, b{};

    bool operator==(const DifferenceJob&) const = default;
};

/// What the denoiser or a part of it does to each frequency: a TransferFunction.
struct TransferJob {
    TransferRequest request;
    ModelChoice model{};

    bool operator==(const TransferJob&) const = default;
};

/// The same by probing with one Fourier basis image after another: a FourierGainMap.
struct ProbeJob {
    TransferRequest request;
    ModelChoice model{};

    bool operator==(const ProbeJob&) const = default;
};

/// `tuned` with one block at a time set back to the weights of `pretrained`: a BlockSwapTable.
struct SwapJob {
    BlockSwapRequest request;
    ModelChoice tuned{ModelChoice::Kind::Tuned, {}};
    ModelChoice pretrained{};

    bool operator==(const SwapJob&) const = default;
};

/// The spectrum of real images or of samples: an ImageSpectrumTable.
struct ImagesJob {
    ImageSpectrumRequest request;

    bool operator==(const ImagesJob&) const = default;
};

/// Every channel of one response at one noise level: ChannelProfiles. Of `request` only images, seeds, chunk and the
/// preparation of the maps count.
struct ChannelsJob {
    std::string block;
    double sigma = 80;
    LayerSweepRequest request{};
    ModelChoice model{};

    bool operator==(const ChannelsJob&) const = default;
};

/// The 2-D power spectrum of one response at one noise level: a LayerSpectrum.
struct SpectrumJob {
    std::string block;  ///< ResponseInfo::name
    double sigma = 80;  ///< noise level; real images plus noise below 80, pure noise at 80 and above
    int images = 16;
    std::uint64_t firstSeed = 0;  ///< seeds firstSeed .. firstSeed + images - 1
    ModelChoice model{};
    ClassChoice classes{};  ///< what a conditional network is told

    bool operator==(const SpectrumJob&) const = default;
};

using MeasurementJob =
    std::variant<SpectrumJob, SweepJob, DifferenceJob, ChannelsJob, TransferJob, ProbeJob, SwapJob, ImagesJob>;

/// What a job gives. Values have no `==`: cells that are not measured are NaN, which equals nothing.
using MeasuredValue = std::variant<LayerSpectrum, LayerSweepTable, LayerDifferenceTable, ChannelProfiles,
                                   TransferFunction, FourierGainMap, BlockSwapTable, ImageSpectrumTable>;

/// What is known of it so far.
struct Measured {
    MeasuredValue value;
    double share = 0;  ///< 0 .. 1
    bool complete = false;
    double kimg = 0;  ///< thousand images that the tuned generator had seen, where it looks into it
};

/// Does it look into the fine-tuned generator, which must be there and changes with every step of training?
bool needsTuned(const MeasurementJob& job);

}  // namespace thaw
