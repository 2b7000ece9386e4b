// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands.h"

#include <utility>

namespace thaw {

QString presetTitle(const FreezePlan& plan) {
    for (const auto& preset : freezePresets())
        if (preset.plan == plan) {
            if (preset.key == "none") return QCoreApplication::translate("thaw::FreezeCommand", "nothing frozen");
            if (preset.key == "all") return QCoreApplication::translate("thaw::FreezeCommand", "everything frozen");
            return QString::fromStdString(preset.key).toUpper().replace(QLatin1String("+QKV"), QLatin1String(" + qkv"))
                .replace(QLatin1String("+SKIP"), QLatin1String(" + skip"));
        }
    return {};
}

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
    if (const QString preset = presetTitle(after_); !preset.isEmpty()) setText(tr("preset: %1").arg(preset));
    else if (thawed == 0) setText(tr("freeze %n tensor(s)", nullptr, frozen));
    else if (frozen == 0) setText(tr("thaw %n tensor(s)", nullptr, thawed));
    else setText(tr("change %n tensor(s)", nullptr, frozen + thawed));
}

}  // namespace thaw
