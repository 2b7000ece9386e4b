// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/run/run_fields.h"

#include <QWidget>

#include <functional>

class QCheckBox;
class QComboBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QToolButton;

namespace thaw {

class NumberField;

inline constexpr int kRunLabelWidth = 12 * 8;  ///< pixels at the usual text size from which a field's name breaks

/// One line of the run form: name, editor (one of four kinds), unit, "back to the default", and what is wrong below.
struct RunFormRow {
    RunField field;
    NumberField* number = nullptr;
    QComboBox* choice = nullptr;
    QCheckBox* toggle = nullptr;
    QLineEdit* text = nullptr;
    QLabel* heading = nullptr;  ///< of its section
    QLabel* label = nullptr;
    QLabel* unit = nullptr;
    QLabel* problem = nullptr;
    QToolButton* reset = nullptr;

    QWidget* editor() const;
    bool applies(const FinetuneConfig& config) const { return !field.applies || field.applies(config); }
    bool isDefault(FinetuneConfig config) const;
    void show(FinetuneConfig config) const;
    /// False when the text is no number; the configuration keeps its value then.
    bool read(FinetuneConfig& config) const;
    /// Shows what does not apply as little as what is not there.
    void setApplying(bool applies) const;
};

/// A row at the end of `grid`, below a heading where the field begins a section (else `heading` goes on). `edited` is
/// called whenever the user changes it.
RunFormRow addRunFormRow(QGridLayout& grid, QWidget* form, const RunField& field, QLabel* heading,
                         const std::function<void()>& edited);

/// A combo box that lets the wheel scroll the form beneath it: it must not change a setting that merely passes under
/// the pointer.
QComboBox* newChoiceBox();

}  // namespace thaw
