// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/model/freeze_preset_box.h"

#include <QCoreApplication>
#include <QStandardItemModel>

#include <algorithm>

namespace thaw {
namespace {

struct PresetText {
    Q_DECLARE_TR_FUNCTIONS(thaw::BlockTree)
};

QString presetTip(const std::string& key) {
    if (key == "none") return PresetText::tr("Freeze nothing: every weight is fine-tuned (D2O)");
    if (key == "d2o-f") return PresetText::tr("Freeze conv0, conv1 and proj of every block (D2O-F)");
    if (key == "d2o-f+qkv") return PresetText::tr("As D2O-F, and the attention's qkv");
    if (key == "d2o-f+qkv+skip") return PresetText::tr("As D2O-F, and qkv and the skip convolutions");
    if (key == "all") return PresetText::tr("Freeze everything: nothing learns");
    return QString::fromStdString(key);
}

}  // namespace

QString freezePresetTitle(const std::string& key) {
    if (key == "none") return PresetText::tr("None (D2O)");
    if (key == "d2o-f") return PresetText::tr("D2O-F");
    if (key == "d2o-f+qkv") return PresetText::tr("D2O-F + qkv");
    if (key == "d2o-f+qkv+skip") return PresetText::tr("D2O-F + qkv + skip");
    if (key == "all") return PresetText::tr("All");
    return QString::fromStdString(key);
}

FreezePresetBox::FreezePresetBox(QWidget* parent) : QComboBox(parent) {
    setObjectName(QStringLiteral("freezePreset"));
    setToolTip(PresetText::tr("Freeze preset: which weights keep their pre-trained values"));
    setAccessibleName(PresetText::tr("Freeze preset"));
    for (const FreezePreset& preset : freezePresets()) {
        addItem(freezePresetTitle(preset.key), QString::fromStdString(preset.key));
        setItemData(count() - 1, presetTip(preset.key), Qt::ToolTipRole);
    }
    addItem(PresetText::tr("Custom"), QString());
    setItemData(count() - 1, PresetText::tr("Your own choice of blocks"), Qt::ToolTipRole);
    if (auto* items = qobject_cast<QStandardItemModel*>(model())) items->item(count() - 1)->setEnabled(false);
}

std::optional<FreezePlan> FreezePresetBox::planAt(int row) const {
    const QString key = itemData(row).toString();
    if (key.isEmpty()) return std::nullopt;
    return parseFreezePlan(key.toStdString());
}

void FreezePresetBox::showPlan(const FreezePlan& plan, const ModelSummary& model, const std::vector<bool>& mask) {
    int row = findData(QString::fromStdString(toText(plan)));
    // Typed globs may say the same as a preset.
    if (row < 0) row = findData(QString::fromStdString(toText(planForMask(model, mask))));
    setCurrentIndex(row >= 0 ? row : count() - 1);
}

}  // namespace thaw
