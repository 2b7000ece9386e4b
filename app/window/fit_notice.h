// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/data_fit.h"

#include <QObject>
#include <QString>

#include <optional>

namespace thaw {

class MessageStrip;

/// Says before anything runs what does not fit together in the open model and the open data set, and offers other data.
class FitNotice : public QObject {
    Q_OBJECT
public:
    explicit FitNotice(MessageStrip& strip, QObject* parent = nullptr);

    void setModel(const ModelSummary& model);
    void setData(const DataSummary& data);

    const QString& obstacle() const { return obstacle_; }  ///< sentences; empty when a run may start

Q_SIGNALS:
    void changed();
    void openDataRequested();
    void openBuiltinDataRequested();

private:
    void judge();
    bool builtinDataWouldFit() const;

    MessageStrip& strip_;
    std::optional<ModelSummary> model_;
    std::optional<DataSummary> data_;
    QString obstacle_;
};

}  // namespace thaw
