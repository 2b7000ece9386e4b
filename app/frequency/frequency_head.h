// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/panel_kinds.h"

#include <QWidget>

#include <utility>
#include <vector>

class QButtonGroup;
class QComboBox;
class QLabel;
class QMenu;
class QToolButton;

namespace thaw {

class FlowLayout;

/// The row of controls over the frequency page, in several lines where there is little room: what is measured, of which part of
/// a block, of which model. It shows what it is told and says what the user chooses.
class FrequencyHead : public QWidget {
    Q_OBJECT
public:
    enum Model { A, B, Difference, ModelCount };
    /// `measure` drops down from a button; `classes` chooses the class; `exportButton` stands at the end.
    FrequencyHead(const std::vector<PanelKind>& views, QMenu* measure, QWidget* classes, QWidget* exportButton,
                  QWidget* parent = nullptr);

    PanelKind view() const;
    void setView(PanelKind view);

    /// Words and value of each part that can be chosen. The choice stays where it can.
    void setParts(const std::vector<std::pair<QString, QString>>& parts);
    QString part() const;  ///< value of the one that is chosen
    void setPart(const QString& part);

    Model model() const;
    void setModel(Model model);
    bool canShow(Model model) const;
    /// Which models the view can show, where there are two, and their names. `tipOfB` says which model B is.
    void setModels(const PanelKindEntry& kind, bool two, const QStringList& names, const QString& tipOfB);

    void setPlaying(bool playing);
    void setProgress(const QString& text);

Q_SIGNALS:
    void viewChosen(thaw::PanelKind view);
    void partChosen();
    void modelChosen(thaw::FrequencyHead::Model model);
    void playToggled(bool on);
    void addRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    void addMeasured(FlowLayout& row, const std::vector<PanelKind>& views, QMenu* measure);
    void addModels(FlowLayout& row, QWidget* classes, QWidget* exportButton);
    void retint();

    QComboBox* views_ = nullptr;
    QComboBox* parts_ = nullptr;
    QButtonGroup* models_ = nullptr;
    QToolButton* play_ = nullptr;
    QToolButton* measure_ = nullptr;
    QToolButton* add_ = nullptr;
    QLabel* progress_ = nullptr;
};

}  // namespace thaw
