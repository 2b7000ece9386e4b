// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace thaw {

/// The path that stands for the embedded model and for the built-in data set.
inline const QString kBuiltin = QStringLiteral("builtin");
/// And the embedded model in colour, with classes, whose data are not built in (core/values/model_name.h).
inline const QString kBuiltinEmoji = QStringLiteral("builtin-emoji");
inline bool isBuiltinName(const QString& path) { return path == kBuiltin || path == kBuiltinEmoji; }

/// What opening a path would do.
enum class OpenTarget {
    Nothing,
    Model,    ///< a checkpoint: .safetensors, .pkl, .pt, .pth
    Run,      ///< a run folder; its newest EMA snapshot is opened as the model
    Session,  ///< a .thaw file
    Figure,   ///< a figure that Thaw made, with its recipe inside, or the recipe
    Curves,   ///< the log of EDM, D2O or StyleGAN, or a folder with one: curves to compare with
    DataSet,  ///< a zip, a folder or a file of images
};

/// By content where the first bytes tell (a checkpoint under another name is still a checkpoint), else by name. Reads
/// less than a kilobyte of a file and at most a few hundred names of a folder.
OpenTarget openTarget(const QString& path);

}  // namespace thaw
