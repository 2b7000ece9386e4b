// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/image.h"

#include <QImage>
#include <QWidget>

#include <vector>

class QLabel;
class QSlider;
class QTimer;
class QToolButton;

namespace thaw {

class StaleVeil;

/// One image's trajectory through the multi-step sampler, step by step under a slider, with the one-step results standing
/// beside it: x at sigma, D(x; sigma), then the stills. All steps are at hand; nothing is computed while scrubbing.
class TrajectoryView : public QWidget {
    Q_OBJECT
public:
    explicit TrajectoryView(QWidget* parent = nullptr);

    /// Whose trajectory it is: its name stands above x and D.
    void setModel(const QString& title);
    void setTrajectory(const Trajectory& trajectory);  ///< keeps the step where both have it
    struct Still {
        QString title;
        QString caption;  ///< whose it is
        QImage image;
    };
    void setStills(const std::vector<Still>& stills);
    void setBusy(bool busy);
    /// What it shows is not what would be asked for now: it is dimmed, with that word. Empty: it is.
    void setStale(const QString& word);
    QString staleWord() const;
    void clear();

    int step() const;  ///< 0 .. number of levels - 1; -1 while there is none
    void setStep(int step);
    const Trajectory& trajectory() const { return trajectory_; }
    void setPlaying(bool on);
    bool isPlaying() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void showStep();
    void retint();

    QString model_;
    Trajectory trajectory_;
    std::vector<QImage> noisy_, denoised_;
    std::vector<Still> stills_;
    bool busy_ = false;
    QToolButton* play_;
    QSlider* slider_;
    QLabel* value_;
    QTimer* timer_;
    StaleVeil* veil_;
};

}  // namespace thaw
