// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/train_config.h"

#include <QWidget>

#include <memory>

namespace thaw {

/// The numbers of a fine-tuning run. The common ones are visible, the rest unfold under "Advanced". What is wrong with
/// a field is said under it, in the words of thaw::validate. The freeze plan is the block tree's business and passes
/// through untouched.
class RunForm : public QWidget {
    Q_OBJECT
public:
    explicit RunForm(QWidget* parent = nullptr);
    ~RunForm() override;

    void setConfig(const FinetuneConfig& config);  ///< does not emit configChanged
    FinetuneConfig config() const;
    void setFreeze(const FreezePlan& plan);  ///< the plan config() carries; does not emit

    bool isValid() const;
    std::vector<ConfigProblem> problems() const;

    void setLocked(bool locked);  ///< read-only while a run is going
    bool isLocked() const;
    void setAdvancedVisible(bool visible);
    bool advancedVisible() const;

    /// As wide as the widest row with every field shown, so that nothing is cut whatever the objective.
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void configChanged(const thaw::FinetuneConfig& config);  ///< the user changed a field; it may be invalid
    void validityChanged(bool valid);

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace thaw
