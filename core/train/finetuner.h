// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/device/compute_device.h"
#include "core/distill/distiller.h"
#include "core/distill/teacher_pairs.h"
#include "core/parallel/gradient_sum.h"
#include "core/train/adam.h"
#include "core/train/batch_stream.h"
#include "core/train/critic.h"
#include "core/train/step_pieces.h"
#include "core/train/step_values.h"
#include "core/values/train_state.h"

#include <deque>
#include <memory>
#include <optional>
#include <vector>

namespace thaw {

/// A pre-trained denoiser becomes a one-step (or m-step) generator: by the GAN objective alone (D2O, D2O-F), by imitation
/// of the teacher (distill/), or both. One step at a time: G step, D step on fresh latents, every r1.interval steps R1 as
/// a step of its own, EMA of G. Gradients of micro-batches add up to those of the batch, but for D's BatchNorm (projected
/// heads: FinetuneConfig::microBatch); so do those of processes that share a batch (ComputeDevice::processes), which all
/// have the same weights after every step. Deterministic per seed on the CPU; a loaded snapshot continues bit for bit
/// in the same RunEnvironment.
class Finetuner {
public:
    /// `data` must outlive the trainer. Throws Configuration naming every problem: fields, freeze patterns that match
    /// nothing, a plan that freezes everything, data of another size than the model's.
    Finetuner(const FinetuneConfig& config, const Denoiser& original, const Dataset& data,
              const ComputeDevice& compute);
    Finetuner(const Finetuner&) = delete;
    Finetuner& operator=(const Finetuner&) = delete;

    /// One piece of a step: of a micro-batch the forward pass, the look through D, or the backward pass. Begins a step where
    /// none is open, else `part` is that of the open one; true with the step's last piece. `part`: both players, or one of
    /// them alone. Between two pieces anything may be done with the EMA, which is that of the last whole step; how a step is
    /// cut changes no bit of it. Throws Diverged when a loss is not finite, or when more than half of a gradient had to be
    /// replaced: the trainer is of no more use then, the last snapshot stands. Throws OutOfMemory with the ways out, and
    /// leaves the open step; where it had changed no weight yet, the trainer is as if it had not begun (isWhole),
    /// but for what D's norms learn from looking.
    bool advance(StepPart part = StepPart::Both);
    /// The metrics of steps that were not taken yet, in order. On a GPU a step's numbers are read when the next one is under
    /// way, so that it never stands still for them; divergence is found out then.
    std::vector<StepMetrics> takeMetrics() { return std::exchange(arrived_, {}); }
    /// Waits for all numbers of whole steps; save does so too.
    void settle();
    /// False after a step that ended half done, G updated and D not: such a trainer can neither go on nor be saved.
    bool isWhole() const { return whole_; }
    /// A whole step, and its numbers.
    StepMetrics step(StepPart part = StepPart::Both);
    bool inStep() const { return pieces_.isOpen(); }  ///< save and setFreeze wait for its end
    std::int64_t steps() const { return step_; }
    std::int64_t images() const { return step_ * config_.batch; }
    bool complete() const { return double(images()) >= config_.kimg * 1000; }

    /// From the next step on. Weights that stay trainable keep their optimiser state; what re-thawed ones find is
    /// config.rethaw's choice.
    void setFreeze(const FreezePlan& plan);
    /// Other learning rates from the next step on, of G and of D (before the factor of lazy R1); absent ones stay. The
    /// optimisers keep their state. Throws Configuration, and changes nothing, for rates that `validate` refuses and for one of
    /// D where the objective has none.
    void setRates(std::optional<double> g, std::optional<double> d);

    Denoiser& generator() { return net_; }
    Denoiser& ema() { return ema_; }  ///< what is sampled, measured and saved as the model
    const Adam& generatorOptimiser() const { return *adamG_; }
    const FinetuneConfig& config() const { return config_; }

    /// The EMA as a model file, and everything a bit-identical resume needs, both whole or not at all. `replaced`: the model
    /// file in that folder whose place the new one takes; empty = none.
    void save(const std::string& runFolder, const std::string& replaced = {});
    /// The EMA as `best.safetensors`, with what was measured of it.
    void saveBest(const std::string& runFolder, const FidPoint& point) const;
    void load(const std::string& runFolder);

private:
    void requireBetweenSteps() const;
    std::map<std::string, std::string> provenance() const;
    using Slices = std::vector<Rows>;
    Slices slices(int size) const;
    Slices slices() const;
    Slices penaltySlices() const;
    double share(const Rows& slice) const;
    bool isFirst(const Rows& slice) const { return slice.first == own_.first; }
    bool isLast(const Rows& slice) const { return slice.last == own_.last; }
    torch::Tensor latents(Purpose purpose) const;
    torch::Tensor ofWholeBatch(const torch::Tensor& real) const;
    torch::Tensor rows(const torch::Tensor& own, const Rows& slice) const;
    ForwardMode learning(Purpose dropout, const Rows& slice) const;
    torch::Tensor labels(const Rows& slice) const;
    torch::Tensor imitationLoss(const torch::Tensor& real, const Rows& slice, const ForwardMode& mode);
    NetworkCalls callsSoFar() const;
    bool inStages() const;
    void makeFixed();
    double beginStage();
    StepPieces wholeStep(StepPart part);
    StepPieces generatorStep(const torch::Tensor& real);
    StepPieces discriminatorStep(const torch::Tensor& real);
    StepPieces penaltyStep(const torch::Tensor& real);

    FinetuneConfig config_;
    ComputeDevice compute_;
    Rows own_;  // of each batch: this process's
    BatchStream batches_;
    Denoiser net_{nullptr}, ema_{nullptr}, frozen_{nullptr};
    std::unique_ptr<Critic> critic_;        // D, where the objective has the GAN loss
    std::unique_ptr<Distiller> distiller_;  // PD, CD, CTM, RCD
    Denoiser fixed_{nullptr};               // who makes its targets where that is not net_ itself
    int stage_ = 0;                         // of PD in stages
    std::int64_t retiredCalls_ = 0;         // of fixed students that are gone
    std::unique_ptr<TeacherPairs> pairs_;   // regression
    std::unique_ptr<ImageDistanceMeasure> distance_;
    std::optional<Distiller::Draw> draw_;  // of the step in progress
    torch::Tensor labels_;                 // one-hot classes of this process's real images; undefined without classes
    std::unique_ptr<Adam> adamG_, adamD_;
    std::unique_ptr<GradientSum> sumG_, sumD_;  // where several processes share a batch
    std::int64_t step_ = 0;
    bool whole_ = true;
    void leaveStep();

    struct KnownStep {
        StepMetrics metrics;
        StepValues values;     // what of the metrics is still on the device
        NetworkCalls before;   // when it began
        bool changed = false;  // a weight was updated already
    };
    KnownStep open_;                    // the step in progress
    StepPieces pieces_;                 // ..., which hold on to the rest
    std::deque<KnownStep> onTheWay_;    // whole steps whose numbers were not read yet
    std::vector<StepMetrics> arrived_;  // ... were read and not taken
};

/// Adam of D under lazy R1, which spreads one penalty step over `interval` others: with c = interval/(interval + 1) the
/// learning rate becomes c·lr and the betas beta^c (Karras et al. 2020).
AdamConfig discriminatorAdam(const FinetuneConfig& config);

/// Everything wrong with fine-tuning this model with this configuration; whether data fit is fitOf's to say.
std::vector<ConfigProblem> finetuneProblems(const FinetuneConfig& config, const Denoiser& original);

}  // namespace thaw
