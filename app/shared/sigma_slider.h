// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QSlider;

namespace thaw {

/// A logarithmic slider over the noise levels 0.002 to 80, with the value beside it. Arrow keys move by a twentieth of
/// a decade; Home and End go to the ends.
class SigmaSlider : public QWidget {
    Q_OBJECT
public:
    explicit SigmaSlider(QWidget* parent = nullptr);

    double sigma() const { return sigma_; }
    void setSigma(double sigma);  ///< does not emit

Q_SIGNALS:
    void sigmaChosen(double sigma);  ///< the user moved it

private:
    void showValue();

    double sigma_ = 80;
    QSlider* slider_;
    QLabel* value_;
};

}  // namespace thaw
