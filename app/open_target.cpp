// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/open_target.h"

#include <QDir>
#include <QFileInfo>

namespace thaw {
namespace {

const QStringList kIdxNames{QStringLiteral("*-ubyte"), QStringLiteral("*-ubyte.gz"), QStringLiteral("*.idx*-ubyte*")};

}  // namespace

OpenTarget openTarget(const QString& path) {
    const QFileInfo info(path);
    if (info.isDir())
        return QDir(path).entryList(kIdxNames, QDir::Files).isEmpty() ? OpenTarget::Model : OpenTarget::DataSet;
    if (!info.isFile()) return OpenTarget::Nothing;
    if (QDir::match(kIdxNames, info.fileName())) return OpenTarget::DataSet;
    static const QStringList modelSuffixes{QStringLiteral("safetensors"), QStringLiteral("pt"), QStringLiteral("pkl")};
    return modelSuffixes.contains(info.suffix().toLower()) ? OpenTarget::Model : OpenTarget::Nothing;
}

}  // namespace thaw
