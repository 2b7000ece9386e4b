// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/enum_words.h"
#include "core/values/image.h"

#include <array>
#include <utility>

namespace thaw {

/// The words for columns of samples, in sessions.
template <>
struct EnumWords<SampleSource> {
    static constexpr std::array<std::pair<SampleSource, const char*>, 5> all{
        {{SampleSource::OriginalMultiStep, "multi-step"},
         {SampleSource::OriginalOneStep, "one-step"},
         {SampleSource::TunedOneStep, "tuned"},
         {SampleSource::RealData, "data"},
         {SampleSource::OtherModel, "model"}}};
};

}  // namespace thaw
