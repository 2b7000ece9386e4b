// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/session_file.h"

#include "app/shared/open_target.h"
#include "core/formats/config_json.h"
#include "core/values/error.h"
#include "core/values/panel_kinds.h"
#include "core/values/sample_words.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QStandardPaths>

#include <algorithm>
#include <array>
#include <utility>

namespace thaw {

template <>
struct EnumWords<TrainPage::StepView> {
    static constexpr std::array<std::pair<TrainPage::StepView, const char*>, 3> all{
        {{TrainPage::Losses, "losses"}, {TrainPage::Logits, "logits"}, {TrainPage::Gradients, "gradients"}}};
};

namespace {

struct SessionText {
    Q_DECLARE_TR_FUNCTIONS(SessionText)
};

constexpr int kVersion = 1;
// Views stood in files as numbers once, in these orders.
constexpr std::array kNumberedStepViews{TrainPage::Losses, TrainPage::Logits, TrainPage::Gradients};
constexpr std::array kNumberedFrequencyViews{PanelKind::Spectrum, PanelKind::Blocks,   PanelKind::Profile,
                                             PanelKind::Sigmas,   PanelKind::Channels, PanelKind::Transfer,
                                             PanelKind::Images,   PanelKind::Swap,     PanelKind::Frozen};

template <class View, std::size_t N>
View numberedView(const QJsonValue& value, const std::array<View, N>& views) {
    return views[std::size_t(std::clamp(value.toInt(), 0, int(N) - 1))];
}

TrainPage::StepView stepViewOf(const QJsonValue& value) {
    if (value.isString())
        return valueOfWord<TrainPage::StepView>(value.toString().toStdString()).value_or(TrainPage::Losses);
    return numberedView(value, kNumberedStepViews);
}

PanelKind frequencyViewOf(const QJsonValue& value) {
    if (!value.isString()) return numberedView(value, kNumberedFrequencyViews);
    const auto kind = panelKindOf(value.toString().toStdString());
    return kind && entryOf(*kind).isOnFrequencyPage ? *kind : PanelKind::Spectrum;
}

QString toStored(const QString& path, const QDir& folder) {
    if (path.isEmpty() || isBuiltinName(path)) return path;
    const QString relative = folder.relativeFilePath(path);
    return relative.startsWith(QLatin1String("../..")) ? path : relative;
}

QString fromStored(const QString& path, const QDir& folder) {
    if (path.isEmpty() || isBuiltinName(path)) return path;
    return QDir::cleanPath(folder.absoluteFilePath(path));
}

// Numbers beyond 2^53 do not survive JSON's doubles.
QString seedText(quint64 seed) { return QString::number(seed); }

QJsonObject toJson(const SessionFile& s, const QDir& folder) {
    QJsonArray columns, overlays;
    for (const ColumnSpec& column : s.columns)
        columns.append(QJsonObject{{"source", QLatin1String(wordFor(column.source))},
                                   {"steps", column.steps},
                                   {"path", toStored(column.path, folder)}});
    for (const QString& run : s.overlays) overlays.append(toStored(run, folder));
    QJsonObject docks;
    for (auto it = s.docks.begin(); it != s.docks.end(); ++it)
        docks.insert(it.key(), QString::fromLatin1(it.value().toBase64()));
    QJsonObject selection{{"block", s.block},
                          {"first_seed", seedText(s.firstSeed)},
                          {"sigma", s.sigma},
                          {"classes", QString::fromStdString(classText(s.classes))}};
    if (s.seed) selection.insert("seed", seedText(*s.seed));
    return {{"thaw_session", kVersion},
            {"model", toStored(s.model, folder)},
            {"data", toStored(s.data, folder)},
            {"selection", selection},
            {"settings", QJsonDocument::fromJson(QByteArray::fromStdString(toJson(s.settings))).object()},
            {"samples", QJsonObject{{"columns", columns}, {"trajectory", s.trajectory}}},
            {"curves", QJsonObject{{"view", QLatin1String(wordFor(s.stepView))}, {"overlays", overlays}}},
            {"frequency", QJsonObject{{"view", QLatin1String(wordOf(s.frequencyView))}}},
            {"arrangement", s.arrangement},
            {"docks", docks}};
}

SessionFile fromJson(const QJsonObject& json, const QDir& folder, const QString& origin) {
    SessionFile s;
    s.model = fromStored(json["model"].toString(kBuiltin), folder);
    s.data = fromStored(json["data"].toString(kBuiltin), folder);
    const QJsonObject selection = json["selection"].toObject();
    s.block = selection["block"].toString();
    s.firstSeed = selection["first_seed"].toString().toULongLong();
    s.sigma = selection["sigma"].toDouble(80);
    if (selection.contains("seed")) s.seed = selection["seed"].toString().toULongLong();
    s.classes = classChoiceOf(selection["classes"].toString().toStdString()).value_or(ClassChoice());
    if (json.contains("settings"))
        s.settings = finetuneConfigFromJson(QJsonDocument(json["settings"].toObject()).toJson().toStdString(),
                                            recordedDefaults(), origin.toStdString());
    const QJsonObject samples = json["samples"].toObject();
    for (const auto& value : samples["columns"].toArray()) {
        const QJsonObject column = value.toObject();
        if (const auto source = valueOfWord<SampleSource>(column["source"].toString().toStdString()))
            s.columns.push_back({*source, std::clamp(column["steps"].toInt(1), kTrainedSteps, 1000),
                                 fromStored(column["path"].toString(), folder)});
    }
    s.trajectory = samples["trajectory"].toBool();
    s.stepView = stepViewOf(json["curves"].toObject()["view"]);
    for (const auto& run : json["curves"].toObject()["overlays"].toArray())
        s.overlays << fromStored(run.toString(), folder);
    s.frequencyView = frequencyViewOf(json["frequency"].toObject()["view"]);
    s.arrangement = json["arrangement"].toString(s.arrangement);
    const QJsonObject docks = json["docks"].toObject();
    for (auto it = docks.begin(); it != docks.end(); ++it)
        s.docks.insert(it.key(), QByteArray::fromBase64(it.value().toString().toLatin1()));
    return s;
}

}  // namespace

QString writeSession(const QString& path, const SessionFile& session) {
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)) return file.errorString();
    const QByteArray text = QJsonDocument(toJson(session, QFileInfo(path).absoluteDir())).toJson();
    if (file.write(text) != text.size() || !file.commit()) return file.errorString();
    return {};
}

std::optional<SessionFile> readSession(const QString& path, QString* problem) {
    const auto refuse = [&](const QString& why) {
        *problem = why;
        return std::nullopt;
    };
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return refuse(SessionText::tr("%1 cannot be read: %2").arg(QDir::toNativeSeparators(path), file.errorString()));
    QJsonParseError error;
    const QJsonObject json = QJsonDocument::fromJson(file.readAll(), &error).object();
    const int version = json["thaw_session"].toInt();
    if (version < 1) return refuse(SessionText::tr("%1 is no session of Thaw").arg(QDir::toNativeSeparators(path)));
    if (version > kVersion)
        return refuse(SessionText::tr("%1 was written by a newer version of Thaw").arg(QDir::toNativeSeparators(path)));
    try {
        return fromJson(json, QFileInfo(path).absoluteDir(), path);
    } catch (const Error& fault) {
        return refuse(QString::fromStdString(fault.message()));
    }
}

QString lastSessionPath() {
    return QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation) + QStringLiteral("/last.thaw");
}

}  // namespace thaw
