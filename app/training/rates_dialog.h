// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include <optional>

class QPushButton;

namespace thaw {

class NumberField;

/// Asks for the learning rates that a run gets from its next step on. A field that stays empty leaves its rate as it is.
class RatesDialog : public QDialog {
    Q_OBJECT
public:
    /// `isPretraining`: there is one rate.
    RatesDialog(const QString& run, bool isPretraining, QWidget* window);

    std::optional<double> g() const;  ///< of the generator, or of the pre-training
    std::optional<double> d() const;

private:
    void showValidity();

    NumberField* g_;
    NumberField* d_;
    QPushButton* ok_;
};

}  // namespace thaw
