// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QAction;
class QActionGroup;

namespace thaw {

class FrequencyPage;

/// The actions of the frequency page: one for each view and for each model it shows, checked as the page is, and the
/// export of its figure.
class FrequencyActions : public QObject {
    Q_OBJECT
public:
    explicit FrequencyActions(FrequencyPage& page);

    QActionGroup* views;    ///< data: int(PanelKind)
    QActionGroup* sources;  ///< data: int(FrequencyPage::Source)
    QAction* exportFigure;
};

}  // namespace thaw
