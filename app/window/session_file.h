// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/shared/compare_columns.h"
#include "app/training/train_page.h"
#include "core/values/figure_recipe.h"
#include "core/values/train_config.h"

#include <QByteArray>
#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace thaw {

/// The state of the window, a session. Paths are absolute here and `builtin` where the embedded files are open; in the file
/// they are relative where they lie below its folder or beside it, so that a folder can be moved as a whole.
struct SessionFile {
    QString model = QStringLiteral("builtin");
    QString data = QStringLiteral("builtin");
    QString block;
    quint64 firstSeed = 0;
    double sigma = 80;
    std::optional<quint64> seed;
    ClassChoice classes;              ///< what conditional models are told
    FinetuneConfig settings;          ///< of the next run, with its freeze plan
    std::vector<ColumnSpec> columns;  ///< of the samples
    bool trajectory = false;
    TrainPage::StepView stepView = TrainPage::Losses;
    PanelKind frequencyView = PanelKind::Spectrum;  ///< one of FrequencyPage::views()
    QStringList overlays;                           ///< run folders whose curves are drawn
    QString arrangement = QStringLiteral("train");
    QMap<QString, QByteArray> docks;  ///< by arrangement
};

inline constexpr const char* kSessionSuffix = "thaw";

/// Writes the file whole or not at all; returns a sentence for the user when it cannot, else nothing.
QString writeSession(const QString& path, const SessionFile& session);

/// Nothing, and in `problem` a sentence, when the file is missing, damaged or of a newer version. What an older or
/// foreign file does not say keeps its default.
std::optional<SessionFile> readSession(const QString& path, QString* problem);

/// Where the window state is kept between starts.
QString lastSessionPath();

}  // namespace thaw
