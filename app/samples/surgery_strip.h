// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/band_filter.h"
#include "core/values/response_info.h"

#include <QFrame>

#include <optional>
#include <vector>

class QDoubleSpinBox;
class QLabel;
class QSlider;
class QToolButton;

namespace thaw {

/// Band surgery: scales the frequencies from `low` to below `high` of one block's response wherever the network runs. The
/// block is the one selected in the tree; while "Hold to compare" is down, everything is as without it.
class SurgeryStrip : public QFrame {
    Q_OBJECT
public:
    explicit SurgeryStrip(QWidget* parent = nullptr);

    /// What can be filtered in the open model.
    void setResponses(const std::vector<ResponseInfo>& responses);
    void setBlock(const QString& block);

    /// What is to be done; nothing while the strip is hidden, held, without a block that has a response, or leaves all as it is.
    std::optional<BandFilter> filter() const;
    /// Shows a filter, e.g. of an opened figure; its block is selected by whoever owns the selection.
    void setBand(double low, double high, double factor);
    void reset();

Q_SIGNALS:
    void changed();  ///< filter() may be another

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    const ResponseInfo* response() const;
    void showBlock();

    std::vector<ResponseInfo> responses_;
    QString block_;
    QLabel* name_;
    QWidget* controls_;
    QDoubleSpinBox* low_;
    QDoubleSpinBox* high_;
    QSlider* factor_;
    QLabel* factorText_;
    QToolButton* hold_;
    bool quiet_ = false;
};

}  // namespace thaw
