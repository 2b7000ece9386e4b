// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

class QTimer;

namespace thaw {

/// The one way in which the window marks what does not answer what would be asked for now (other settings, another block,
/// weights that have learnt on): it is dimmed, with a short word. Lies over a widget, or a part of it, and lets the mouse
/// through. What is renewed within a moment is not dimmed, so that nothing flashes while a slider moves; the word is there
/// at once, and whoever exports asks for it.
class StaleVeil : public QWidget {
    Q_OBJECT
public:
    static constexpr int kPatienceMs = 250;

    /// Covers all of `over` and follows its size.
    explicit StaleVeil(QWidget* over);

    /// A part of it, in its coordinates.
    void setArea(const QRect& area);
    /// What is said of it; empty: it is what would be asked for now.
    void setWord(const QString& word);
    const QString& word() const { return word_; }
    bool isStale() const { return !word_.isEmpty(); }

    static QString updatingWord();  ///< the new one is on its way
    static QString outdatedWord();  ///< nobody makes a new one

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QString word_;
    bool coversAll_ = true;
    QTimer* patience_;
};

}  // namespace thaw
