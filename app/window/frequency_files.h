// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/figure_recipe.h"

#include <QObject>

#include <optional>

class QWidget;

namespace thaw {

class ComputeThread;
class FigureSources;
class FrequencyPage;
class MessageStrip;
class Opening;
class RunReport;
class Settings;

/// The files behind the frequency page: the model that is chosen for comparison, and the model and data set of a view that
/// comes back from a figure.
class FrequencyFiles : public QObject {
    Q_OBJECT
public:
    FrequencyFiles(FrequencyPage& page, FigureSources& sources, Opening& opening, ComputeThread& compute,
                   RunReport& report, MessageStrip& strip, Settings& settings, QWidget* window);

    /// Opens the files of a recipe of one frequency panel where others are open, and shows the panel once they are there.
    /// The strip names a file that is missing, and one whose content is another than the figure was made with.
    void restoreView(const FigureRecipe& recipe);

private:
    void showPanel(const FigureRecipe& recipe);
    void checkSources(const FigureRecipe& recipe);
    void askForAgainst();
    void setAgainst(const QString& path);

    FrequencyPage& page_;
    FigureSources& sources_;
    Opening& opening_;
    ComputeThread& compute_;
    RunReport& report_;
    MessageStrip& strip_;
    Settings& settings_;
    QWidget* window_;
    std::optional<FigureRecipe> pending_;  // of which the files are being opened
};

}  // namespace thaw
