// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/commands.h"

#include "widgets/model/block_tree.h"

#include <algorithm>
#include <utility>

namespace thaw {

FreezeCommand::FreezeCommand(const ModelSummary& model, FreezePlan before, FreezePlan after,
                             std::function<void(const FreezePlan&)> apply)
    : before_(std::move(before)), after_(std::move(after)), apply_(std::move(apply)) {
    const auto parameters = model.allParameters();
    const auto was = frozenMask(before_, parameters);
    const auto is = frozenMask(after_, parameters);
    int frozen = 0, thawed = 0;
    for (std::size_t i = 0; i < is.size(); ++i) {
        frozen += is[i] && !was[i];
        thawed += was[i] && !is[i];
    }
    const auto isAfter = [&](const FreezePreset& preset) { return preset.plan == after_; };
    const auto& presets = freezePresets();
    if (const auto preset = std::find_if(presets.begin(), presets.end(), isAfter); preset != presets.end())
        setText(tr("preset %1").arg(freezePresetTitle(preset->key)));
    else if (thawed == 0) setText(tr("freeze %n tensor(s)", nullptr, frozen));
    else if (frozen == 0) setText(tr("thaw %n tensor(s)", nullptr, thawed));
    else setText(tr("change %n tensor(s)", nullptr, frozen + thawed));
}

}  // namespace thaw
