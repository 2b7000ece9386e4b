// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/open_target.h"

#include "core/formats/imported_log.h"
#include "widgets/figure/recipe_in_file.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QStringList>
#include <QtEndian>

#include <algorithm>

namespace thaw {
namespace {

const QStringList kIdxNames{QStringLiteral("*-ubyte"), QStringLiteral("*-ubyte.gz"), QStringLiteral("*.idx*-ubyte*")};
const QStringList kCifarNames{QStringLiteral("data_batch_*.bin"), QStringLiteral("test_batch.bin"),
                              QStringLiteral("train.bin"), QStringLiteral("test.bin")};
const QStringList kPictureNames{QStringLiteral("*.png"), QStringLiteral("*.jpg"), QStringLiteral("*.jpeg"),
                                QStringLiteral("*.webp"), QStringLiteral("*.bmp")};
const QStringList kModelSuffixes{QStringLiteral("safetensors"), QStringLiteral("pt"), QStringLiteral("pth"),
                                 QStringLiteral("pkl"), QStringLiteral("ckpt")};
// The index of shards, and that of a diffusers pipeline, which is refused as one.
const QStringList kIndexNames{QStringLiteral("*.index.json"), QStringLiteral("model_index.json")};
const QStringList kDataSuffixes{QStringLiteral("zip"), QStringLiteral("npz"), QStringLiteral("npy")};
constexpr int kNamesLookedAt = 300;

bool holdsPictures(const QString& folder) {
    QDirIterator files(folder, QDir::Files, QDirIterator::Subdirectories);
    for (int i = 0; i < kNamesLookedAt && files.hasNext(); ++i)
        if (QDir::match(kPictureNames, QFileInfo(files.next()).fileName())) return true;
    return false;
}

OpenTarget folderTarget(const QString& path) {
    const QDir folder(path);
    const auto has = [&](const QStringList& names) { return !folder.entryList(names, QDir::Files).isEmpty(); };
    if (has({QStringLiteral("ema-*.safetensors"), QStringLiteral("state.safetensors")}) ||
        (has({QStringLiteral("config.json")}) && has({QStringLiteral("stats.jsonl")})))
        return OpenTarget::Run;
    // Before the pictures, which such folders hold too.
    if (isImportedLog(path.toStdString())) return OpenTarget::Curves;
    if (has(kIndexNames)) return OpenTarget::Model;
    if (has(kIdxNames) || has(kCifarNames) || has({QStringLiteral("dataset.json")}) || holdsPictures(path))
        return OpenTarget::DataSet;
    return OpenTarget::Nothing;
}

// The name of a zip archive's first entry tells NumPy's archives, PyTorch's and the rest apart.
OpenTarget zipTarget(const QByteArray& head, const QString& suffix) {
    const auto length = head.size() < 30 ? 0 : qFromLittleEndian<quint16>(head.constData() + 26);
    const QByteArray entry = head.mid(30, length);
    if (entry.endsWith(".npy")) {
        const bool statistics = entry == "mu.npy" || entry == "sigma.npy";
        return statistics ? OpenTarget::Nothing : OpenTarget::DataSet;
    }
    if (entry.endsWith("data.pkl") || kModelSuffixes.contains(suffix)) return OpenTarget::Model;
    return OpenTarget::DataSet;
}

// A zip lists what it holds at its end.
bool listsRecipe(QFile& file) {
    constexpr qint64 kTail = 64 << 10;
    file.seek(std::max<qint64>(0, file.size() - kTail));
    return file.readAll().contains("recipe.json");
}

bool isSafeTensors(const QByteArray& head, qint64 size) {
    if (head.size() < 9 || head.at(8) != '{') return false;
    return qFromLittleEndian<quint64>(head.constData()) <= quint64(size - 8);
}

bool isCifar(const QFileInfo& file) {
    return file.suffix().toLower() == QLatin1String("bin") && file.size() > 0 &&
           (file.size() % 3073 == 0 || file.size() % 3074 == 0);
}

OpenTarget fileTarget(const QFileInfo& info) {
    QFile file(info.filePath());
    const QByteArray head = file.open(QIODevice::ReadOnly) ? file.read(512) : QByteArray();
    const QString suffix = info.suffix().toLower();
    if (head.contains("\"thaw_session\"") || suffix == QLatin1String("thaw")) return OpenTarget::Session;
    if (suffix == QLatin1String("jsonl") && isImportedLog(info.filePath().toStdString())) return OpenTarget::Curves;
    if (QDir::match(kIndexNames, info.fileName())) return OpenTarget::Model;
    if (mayHoldRecipe(info.filePath())) return OpenTarget::Figure;
    const bool idxName = QDir::match(kIdxNames, info.fileName());
    if (isSafeTensors(head, info.size())) return OpenTarget::Model;
    if (head.startsWith("PK\x03\x04")) return listsRecipe(file) ? OpenTarget::Figure : zipTarget(head, suffix);
    if (head.size() > 1 && head.at(0) == '\x80' && head.at(1) >= 2 && head.at(1) <= 5) return OpenTarget::Model;
    if (head.startsWith("\x93NUMPY") || idxName || isCifar(info)) return OpenTarget::DataSet;
    if (head.size() > 3 && head.startsWith(QByteArrayView("\0\0\x08", 3)) && head.at(3) >= 1 && head.at(3) <= 4)
        return OpenTarget::DataSet;
    // Nothing known inside; by its name it may be a damaged one, and opening it will say what is wrong.
    if (kModelSuffixes.contains(suffix)) return OpenTarget::Model;
    return kDataSuffixes.contains(suffix) ? OpenTarget::DataSet : OpenTarget::Nothing;
}

}  // namespace

OpenTarget openTarget(const QString& path) {
    const QFileInfo info(path);
    if (info.isDir()) return folderTarget(path);
    return info.isFile() ? fileTarget(info) : OpenTarget::Nothing;
}

}  // namespace thaw
