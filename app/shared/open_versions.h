// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace thaw {

class ComputeThread;

/// Which model, data and weights an answer would come from: what a request does not say itself. Two requests ask for the same
/// only while these are the same too.
class OpenVersions : public QObject {
    Q_OBJECT
public:
    explicit OpenVersions(const ComputeThread& compute, QObject* parent);

    int model() const { return model_; }             ///< counts the models that were opened
    int data() const { return data_; }               ///< ... and the data sets
    int run() const { return run_; }                 ///< ... and the runs that were begun or opened
    double tunedKimg() const { return tunedKimg_; }  ///< thousand images that the tuned generator has seen
    /// It learns at this moment: what is shown of it says how far it was, and is renewed by itself.
    bool isLearning() const;

Q_SIGNALS:
    void tunedChanged();  ///< it has learnt on, or has begun or ceased to learn

private:
    const ComputeThread& compute_;
    int model_ = 0, data_ = 0, run_ = 0;
    double tunedKimg_ = 0;
};

}  // namespace thaw
