// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace thaw {

/// Lies over its parent while something is dragged across it and says what letting go would do, or why it would do
/// nothing. Follows the parent's size; takes no clicks.
class DropHint : public QWidget {
    Q_OBJECT
public:
    explicit DropHint(QWidget* parent);

    void showWelcome(const QString& what, const QString& detail);
    void showRefusal(const QString& why, const QString& detail);

    bool isRefusal() const { return refusal_; }
    QString headline() const { return headline_; }
    QString detail() const { return detail_; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void present(bool refusal, const QString& headline, const QString& detail);

    bool refusal_ = false;
    QString headline_;
    QString detail_;
};

}  // namespace thaw
