// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/measure.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace thaw {

/// What a step updates: both players as the method does, or one of them (for watching what each does).
enum class StepPart { Both, Generator, Discriminator };

/// Euclidean norm of the loss's gradient over one block's trainable weights.
struct BlockGradient {
    std::string block;  ///< as BlockInfo::name
    double norm = 0;
};

/// Images that went forward through each network in one step, the passes of backward not counted.
struct NetworkCalls {
    std::int64_t student = 0;        ///< G, and the copy of it that makes targets
    std::int64_t teacher = 0;        ///< the whole pre-trained denoiser
    std::int64_t discriminator = 0;  ///< D: its frozen features and its heads
    std::int64_t features = 0;       ///< the network of a distance between images

    NetworkCalls operator-(const NetworkCalls& b) const {
        return {student - b.student, teacher - b.teacher, discriminator - b.discriminator, features - b.features};
    }
    NetworkCalls operator+(const NetworkCalls& b) const {
        return {student + b.student, teacher + b.teacher, discriminator + b.discriminator, features + b.features};
    }
    bool operator==(const NetworkCalls&) const = default;
};
inline constexpr std::array kNetworkCalls = {&NetworkCalls::student, &NetworkCalls::teacher,
                                             &NetworkCalls::discriminator, &NetworkCalls::features};

/// What one training step measured, as it is made and as a run folder logs it. Losses are per-sample means whatever the
/// reduction, so that curves compare. What a step or a run of its kind does not have is absent.
struct StepMetrics {
    std::int64_t step = 0;                ///< 1 after the first step
    double kimg = 0;                      ///< thousand images seen after this step
    std::optional<double> loss;           ///< of pre-training: mean since the line before
    std::optional<double> gLoss;          ///< GAN loss of G; absent on a step of D alone
    std::optional<double> dLoss;          ///< GAN loss of D; this and the next five: absent on a step of G alone
    std::optional<double> realLogit;      ///< mean D(real)
    std::optional<double> fakeLogit;      ///< mean D(fake)
    std::optional<double> realSign;       ///< mean sign of D(real): near +1 means D has overpowered G
    std::optional<double> fakeSign;       ///< mean sign of D(fake)
    std::optional<double> gradD;          ///< norm of D's gradient
    std::optional<double> gradG;          ///< norm of G's gradient
    std::optional<double> distillLoss;    ///< imitation loss
    std::optional<double> r1;             ///< penalty before gamma, on steps with R1
    double secondsPerStep = 0;            ///< wall time of this step
    std::int64_t sanitisedGradients = 0;  ///< gradient entries that were not finite and were replaced
    double augmentP = 0;                  ///< probability of augmentation after this step
    std::vector<BlockGradient> blockGradients{};  ///< of G; blocks with trainable weights, in the network's order
    StepPart part = StepPart::Both;
    NetworkCalls calls{};
};

using StepValue = std::optional<double> StepMetrics::*;

/// One value of a step: the only list of them, which log, CSV, TensorBoard's file and the readers go through in this
/// order.
struct StepField {
    enum class Run { Pretraining, Finetuning };
    enum class Csv { None, Column, LastColumnIfAny };

    const char* key;  ///< in stats.jsonl and at the head of the CSV's column
    StepValue value;
    Run run;
    Csv csv;
    const char* tag;  ///< in TensorBoard; the part before the slash is the group of its chart
};
inline constexpr std::array<StepField, 11> kStepFields{{
    {"loss", &StepMetrics::loss, StepField::Run::Pretraining, StepField::Csv::Column, "Loss/denoising"},
    {"g_loss", &StepMetrics::gLoss, StepField::Run::Finetuning, StepField::Csv::Column, "Loss/G"},
    {"d_loss", &StepMetrics::dLoss, StepField::Run::Finetuning, StepField::Csv::Column, "Loss/D"},
    {"distill_loss", &StepMetrics::distillLoss, StepField::Run::Finetuning, StepField::Csv::LastColumnIfAny,
     "Loss/imitation"},
    {"r1", &StepMetrics::r1, StepField::Run::Finetuning, StepField::Csv::Column, "Loss/R1"},
    {"real_logit", &StepMetrics::realLogit, StepField::Run::Finetuning, StepField::Csv::None, "Logit/real"},
    {"fake_logit", &StepMetrics::fakeLogit, StepField::Run::Finetuning, StepField::Csv::None, "Logit/fake"},
    {"real_sign", &StepMetrics::realSign, StepField::Run::Finetuning, StepField::Csv::Column, "Sign/real"},
    {"fake_sign", &StepMetrics::fakeSign, StepField::Run::Finetuning, StepField::Csv::Column, "Sign/fake"},
    {"grad_g", &StepMetrics::gradG, StepField::Run::Finetuning, StepField::Csv::None, "Gradient/G"},
    {"grad_d", &StepMetrics::gradD, StepField::Run::Finetuning, StepField::Csv::None, "Gradient/D"},
}};

/// One measurement of Fréchet distance, with its provenance; measureName(measureOf(point)) is what it may be called.
struct FidPoint {
    double kimg = 0;
    double fid = 0;         ///< of the wavelet distance the mean over its bands
    std::int64_t num = 0;   ///< generated images
    std::string features;   ///< extractor, e.g. "builtin Fashion-MNIST classifier, 128-d"
    std::string reference;  ///< e.g. "Fashion-MNIST test, 10,000 images"
    /// Kernel distance, precision and recall (k = 3) of the same images against `num` real ones; absent when not measured.
    std::optional<double> kid;
    std::optional<double> precision, recall;
    bool best = false;  ///< the lowest distance of the run so far; its snapshot is kept
    MeasureKind kind = MeasureKind::Network;
    std::int64_t referenceNum = 0;  ///< images of the reference; 0 where it does not say
    bool selection = false;         ///< the run's best snapshot is chosen by this distance
    std::vector<double> bands;      ///< of the wavelet distance, in the order of waveletPackets
};

inline Measure measureOf(const FidPoint& point) {
    return {point.kind, point.features, point.num, point.reference, point.referenceNum, point.selection};
}

enum class RunOutcome { Finished, Stopped, Failed, Diverged };

/// A freeze toggle, a pause, ...: drawn as a mark on the curves and logged in the run folder.
struct RunEvent {
    std::int64_t step = 0;
    double kimg = 0;
    std::string text;       ///< e.g. "d2o-f"
    std::string kind = {};  ///< "freeze", "resume", ...
};

}  // namespace thaw
