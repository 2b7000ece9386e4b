// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;
class QPushButton;
class QToolButton;

namespace thaw {

/// An inline message: what happened, why, what to do, at most one button that does it, and a cross that closes it. Hidden
/// until shown; never takes the focus. A newer message replaces the older.
class MessageStrip : public QFrame {
    Q_OBJECT
public:
    enum class Severity { Info, Success, Warning, Error };

    explicit MessageStrip(QWidget* parent = nullptr);

    /// `what` is the headline; `why` and `hint` may be empty. A button appears when `actionText` is not empty.
    void showMessage(Severity severity, const QString& what, const QString& why = {}, const QString& hint = {},
                     const QString& actionText = {});
    void clear();
    /// A button with this text in place of the cross, for a question: it is the answer no.
    void setDismissText(const QString& text);

    Severity severity() const { return severity_; }
    QString what() const;
    QString detail() const;  ///< why and hint, as shown

Q_SIGNALS:
    void actionTriggered();
    void closed();  ///< the user closed it

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void recolour();

    Severity severity_ = Severity::Info;
    QLabel* icon_;
    QLabel* what_;
    QLabel* detail_;
    QPushButton* action_;
    QPushButton* dismiss_;
    QToolButton* close_;
};

}  // namespace thaw
