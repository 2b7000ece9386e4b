// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/settings.h"

#include <QStandardPaths>

namespace thaw {
namespace {
constexpr int kRecent = 10;
const QString kModels = QStringLiteral("models/recent");
const QString kData = QStringLiteral("data/recent");
const QString kHosts = QStringLiteral("remote/hosts");
const QString kHostRuns = QStringLiteral("remote/runs");
}  // namespace

Settings::Settings(const QString& file)
    : store_(file.isEmpty()
                 ? QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation) + QStringLiteral("/thaw.ini")
                 : file,
             QSettings::IniFormat) {}

Theme Settings::theme() const {
    const QString name = store_.value(QStringLiteral("window/theme")).toString();
    return name == QLatin1String("light") ? Theme::Light : name == QLatin1String("dark") ? Theme::Dark : Theme::System;
}

void Settings::setTheme(Theme theme) {
    store_.setValue(QStringLiteral("window/theme"), theme == Theme::Light  ? QStringLiteral("light")
                                                    : theme == Theme::Dark ? QStringLiteral("dark")
                                                                           : QStringLiteral("system"));
}

QString Settings::language() const { return store_.value(QStringLiteral("window/language")).toString(); }
void Settings::setLanguage(const QString& language) { store_.setValue(QStringLiteral("window/language"), language); }

QStringList Settings::recentModels() const { return store_.value(kModels).toStringList(); }
QStringList Settings::recentData() const { return store_.value(kData).toStringList(); }
void Settings::addRecentModel(const QString& path) { addRecent(kModels, path); }
void Settings::addRecentData(const QString& path) { addRecent(kData, path); }

void Settings::addRecent(const QString& key, const QString& path) {
    QStringList recent = store_.value(key).toStringList();
    recent.removeAll(path);
    recent.prepend(path);
    store_.setValue(key, QStringList(recent.mid(0, kRecent)));
}

void Settings::clearRecent() {
    store_.remove(kModels);
    store_.remove(kData);
}

QByteArray Settings::geometry() const { return store_.value(QStringLiteral("window/geometry")).toByteArray(); }
void Settings::setGeometry(const QByteArray& geometry) { store_.setValue(QStringLiteral("window/geometry"), geometry); }

QByteArray Settings::arrangement(const QString& name) const {
    return store_.value(QStringLiteral("layout/") + name).toByteArray();
}

void Settings::setArrangement(const QString& name, const QByteArray& state) {
    store_.setValue(QStringLiteral("layout/") + name, state);
}

QString Settings::currentArrangement() const {
    return store_.value(QStringLiteral("window/arrangement"), QStringLiteral("train")).toString();
}

void Settings::setCurrentArrangement(const QString& name) {
    store_.setValue(QStringLiteral("window/arrangement"), name);
}

void Settings::forgetLayout() {
    store_.remove(QStringLiteral("layout"));
    store_.remove(QStringLiteral("window/geometry"));
    store_.remove(QStringLiteral("window/arrangement"));
}

QString Settings::lastRun() const { return store_.value(QStringLiteral("runs/last")).toString(); }
void Settings::setLastRun(const QString& folder) { store_.setValue(QStringLiteral("runs/last"), folder); }

QStringList Settings::ignoredRuns() const { return store_.value(QStringLiteral("runs/ignored")).toStringList(); }

void Settings::ignoreRun(const QString& run) {
    QStringList runs = ignoredRuns();
    if (!runs.contains(run)) runs << run;
    store_.setValue(QStringLiteral("runs/ignored"), runs);
}

QStringList Settings::watchedFolders() const { return store_.value(QStringLiteral("runs/watched")).toStringList(); }
void Settings::setWatchedFolders(const QStringList& folders) {
    store_.setValue(QStringLiteral("runs/watched"), folders);
}
bool Settings::followsNewest() const { return store_.value(QStringLiteral("runs/follow_newest")).toBool(); }
void Settings::setFollowsNewest(bool on) { store_.setValue(QStringLiteral("runs/follow_newest"), on); }

QList<RemoteHost> Settings::remoteHosts() const {
    QList<RemoteHost> hosts;
    for (const QString& entry : store_.value(kHosts).toStringList()) {
        const RemoteHost host{entry.section(QLatin1Char(' '), 0, 0), entry.section(QLatin1Char(' '), 1)};
        if (problemOf(host).isEmpty()) hosts << host;
    }
    return hosts;
}

void Settings::addRemoteHost(const RemoteHost& host) {
    QStringList entries{host.name + QLatin1Char(' ') + host.command};
    for (const RemoteHost& other : remoteHosts())
        if (other.name != host.name) entries << other.name + QLatin1Char(' ') + other.command;
    store_.setValue(kHosts, QStringList(entries.mid(0, kRecent)));
}

QString Settings::lastRunOn(const QString& host) const {
    return store_.value(kHostRuns).toMap().value(host).toString();
}

void Settings::setLastRunOn(const QString& host, const QString& folder) {
    QVariantMap runs = store_.value(kHostRuns).toMap();
    runs.insert(host, folder);
    store_.setValue(kHostRuns, runs);
}

bool Settings::tourSeen() const { return store_.value(QStringLiteral("tour/seen")).toBool(); }
void Settings::setTourSeen() { store_.setValue(QStringLiteral("tour/seen"), true); }

FigureOptions Settings::figureOptions() const {
    FigureOptions options;
    const auto number = [&](const char* key, double fallback, double low, double high) {
        bool readable = false;
        const double value = store_.value(QLatin1String(key), fallback).toDouble(&readable);
        return readable && value >= low && value <= high ? value : fallback;
    };
    options.widthMm = number("figure/width_mm", options.widthMm, 20, 1000);
    options.fontPt = number("figure/font_pt", options.fontPt, 4, 72);
    options.dpi = int(number("figure/dpi", options.dpi, 36, 2400));
    return options;
}

void Settings::setFigureOptions(const FigureOptions& options) {
    store_.setValue(QStringLiteral("figure/width_mm"), options.widthMm);
    store_.setValue(QStringLiteral("figure/font_pt"), options.fontPt);
    store_.setValue(QStringLiteral("figure/dpi"), options.dpi);
}

QString Settings::exportFolder() const {
    return store_
        .value(QStringLiteral("figure/folder"), QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation))
        .toString();
}

void Settings::setExportFolder(const QString& folder) { store_.setValue(QStringLiteral("figure/folder"), folder); }

QString defaultRunsFolder() {
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + QStringLiteral("/runs");
}

}  // namespace thaw
