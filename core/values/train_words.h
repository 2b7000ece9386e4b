// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/enum_words.h"
#include "core/values/train_config.h"
#include "core/values/train_state.h"

#include <array>
#include <utility>

/// The words of the settings of a run: in configurations, run folders and sessions, for --precision and --objective.
namespace thaw {

template <>
struct EnumWords<Precision> {
    static constexpr std::array<std::pair<Precision, const char*>, 3> all{
        {{Precision::Auto, "auto"}, {Precision::Float32, "fp32"}, {Precision::BFloat16, "bf16"}}};
};
template <>
struct EnumWords<GanLossKind> {
    static constexpr std::array<std::pair<GanLossKind, const char*>, 2> all{
        {{GanLossKind::NonSaturating, "non-saturating"}, {GanLossKind::Hinge, "hinge"}}};
};
template <>
struct EnumWords<LossReduction> {
    static constexpr std::array<std::pair<LossReduction, const char*>, 2> all{
        {{LossReduction::Mean, "mean"}, {LossReduction::Sum, "sum"}}};
};
template <>
struct EnumWords<DiscriminatorKind> {
    static constexpr std::array<std::pair<DiscriminatorKind, const char*>, 2> all{
        {{DiscriminatorKind::Direct, "direct"}, {DiscriminatorKind::Projected, "projected"}}};
};
template <>
struct EnumWords<RethawState> {
    static constexpr std::array<std::pair<RethawState, const char*>, 2> all{
        {{RethawState::Reset, "reset"}, {RethawState::Keep, "keep"}}};
};
template <>
struct EnumWords<Distillation> {
    static constexpr std::array<std::pair<Distillation, const char*>, 6> all{
        {{Distillation::None, "none"},
         {Distillation::Progressive, "pd"},
         {Distillation::Consistency, "cd"},
         {Distillation::Trajectory, "ctm"},
         {Distillation::Rcd, "rcd"},
         {Distillation::Regression, "regression"}}};
};
template <>
struct EnumWords<ImageDistance> {
    static constexpr std::array<std::pair<ImageDistance, const char*>, 3> all{
        {{ImageDistance::L2, "l2"}, {ImageDistance::Features, "features"}, {ImageDistance::Lpips, "lpips"}}};
};
template <>
struct EnumWords<DistillRecipe> {
    static constexpr std::array<std::pair<DistillRecipe, const char*>, 2> all{
        {{DistillRecipe::Release, "release"}, {DistillRecipe::Paper, "paper"}}};
};
template <>
struct EnumWords<StepPart> {
    static constexpr std::array<std::pair<StepPart, const char*>, 3> all{
        {{StepPart::Both, "both"}, {StepPart::Generator, "generator"}, {StepPart::Discriminator, "discriminator"}}};
};
/// The event that ends a run's log.
template <>
struct EnumWords<RunOutcome> {
    static constexpr std::array<std::pair<RunOutcome, const char*>, 4> all{{{RunOutcome::Finished, "finished"},
                                                                            {RunOutcome::Stopped, "stopped"},
                                                                            {RunOutcome::Failed, "failed"},
                                                                            {RunOutcome::Diverged, "diverged"}}};
};

}  // namespace thaw
