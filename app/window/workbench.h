// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMainWindow>
#include <QMap>

class QDockWidget;

namespace thaw {

class Settings;

/// The seven views as docks, and their four arrangements. What the user moves in an arrangement is remembered for it.
class Workbench : public QMainWindow {
    Q_OBJECT
public:
    struct Views {
        QWidget* blocks;
        QWidget* card;
        QWidget* samples;
        QWidget* curves;
        QWidget* frequency;
        QWidget* run;
        QWidget* studies;
    };
    Workbench(Settings& settings, const Views& views, QWidget* parent = nullptr);

    QDockWidget* blocks() const { return blocks_; }
    QDockWidget* card() const { return card_; }
    QDockWidget* samples() const { return samples_; }
    QDockWidget* curves() const { return curves_; }
    QDockWidget* frequency() const { return frequency_; }
    QDockWidget* run() const { return run_; }
    QDockWidget* studies() const { return studies_; }
    QList<QDockWidget*> docks() const { return {blocks_, card_, samples_, curves_, frequency_, run_, studies_}; }

    const QString& arrangement() const { return arrangement_; }
    /// "train", "compare", "frequency" or "studies"; another name is taken as "train".
    void arrange(const QString& name);
    /// The arrangement as the settings have it, without remembering the present one.
    void restore(const QString& name);
    void reset();     ///< all arrangements as they were on the first day
    void remember();  ///< the present one, before leaving
    /// Lets one view fill the window; a second call brings the others back.
    void toggleFilled(QDockWidget* dock);
    bool isFilled() const { return !beforeFill_.isEmpty(); }

Q_SIGNALS:
    void arranged(const QString& name);
    void helpRequested(const QString& view);  ///< object name of a dock

protected:
    void showEvent(QShowEvent* event) override;

private:
    QDockWidget* add(const char* name, const QString& title, QWidget* view);
    void build(const QString& name);
    void placeStudies();
    void leaveFilled();

    Settings& settings_;
    QDockWidget* blocks_;
    QDockWidget* card_;
    QDockWidget* samples_;
    QDockWidget* curves_;
    QDockWidget* frequency_;
    QDockWidget* run_;
    QDockWidget* studies_;
    QString arrangement_;
    QByteArray beforeFill_;
    bool shown_ = false;
};

}  // namespace thaw
