// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"

#include <memory>
#include <variant>

namespace thaw {

// What the frequency lab can ask for. Each is measured piece by piece between steps of training.

struct SweepJob {
    LayerSweepRequest request;
    ModelChoice model;
};
/// a - b on the same inputs.
struct DifferenceJob {
    LayerSweepRequest request;
    ModelChoice a, b;
};
struct TransferJob {
    TransferRequest request;
    ModelChoice model;
};
/// `tuned` with one block at a time set back to the open model's.
struct SwapJob {
    BlockSwapRequest request;
    ModelChoice tuned;
};
struct ImagesJob {
    ImageSpectrumRequest request;
};
struct ChannelsJob {
    std::string block;
    double sigma = 80;
    LayerSweepRequest request;
    ModelChoice model;
};

using MeasurementJob = std::variant<SweepJob, DifferenceJob, TransferJob, SwapJob, ImagesJob, ChannelsJob>;
using MeasuredValue = std::variant<LayerSweepTable, LayerDifferenceTable, TransferFunction, BlockSwapTable,
                                   ImageSpectrumTable, ChannelProfiles>;

/// What is known of it so far.
struct Measured {
    MeasuredValue value;
    double share = 0;  ///< 0 .. 1
    bool complete = false;
};

/// A job under way, whatever it measures; lives on the compute thread.
class RunningJob {
public:
    virtual ~RunningJob() = default;
    /// One piece; true while there is more to do. Throws Error.
    virtual bool advance(const Progress& progress) = 0;
    virtual Measured value() const = 0;
};
/// Throws what the Session throws for impossible requests.
std::unique_ptr<RunningJob> beginJob(Session& session, const MeasurementJob& job);

/// Does it look into the fine-tuned generator, which must be there?
bool needsTuned(const MeasurementJob& job);

}  // namespace thaw
