// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/known_runs.h"

#include "app/engine/far_files.h"
#include "app/shared/read_aside.h"
#include "app/shared/value_text.h"
#include "app/shared/watched_folders.h"
#include "widgets/base/number_text.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <cmath>
#include <utility>

namespace thaw {
namespace {

struct RunText {
    Q_DECLARE_TR_FUNCTIONS(thaw::KnownRuns)
};

constexpr qsizetype kLongestPlan = 24;  // a plan of many globs would push everything else out of the line

QString shortPlan(const RunEvent& plan) {
    const QString text = QString::fromStdString(plan.text);
    return text.size() > kLongestPlan ? text.left(kLongestPlan - 1) + QStringLiteral("…") : text;
}

QString withPlans(QString name, const std::vector<RunEvent>& plans) {
    if (plans.empty()) return name;
    const QString arrow = QStringLiteral(" → ");
    if (plans.size() == 2) name += arrow + shortPlan(plans.front());
    if (plans.size() > 2) name += arrow + QStringLiteral("…");
    return name + arrow + shortPlan(plans.back());
}

// By name alone: this is asked for every run whenever a step is reported.
// "afhq" of /logs/afhq, of /logs/afhq/stats.jsonl and of /logs/afhq.jsonl.
QString bareName(const QString& path) {
    if (!path.endsWith(QLatin1String(".jsonl"))) return QDir(path).dirName();
    const QFileInfo file(path);
    const bool isUsual = file.fileName() == QLatin1String("stats.jsonl") || file.fileName().startsWith("metric-");
    return isUsual ? file.dir().dirName() : file.completeBaseName();
}

}  // namespace

KnownRuns::KnownRuns(const QString& folder, QObject* parent) : QObject(parent), folder_(folder) { watch(nullptr); }

void KnownRuns::watch(FarFiles* far) {
    far_ = far != nullptr;
    delete std::exchange(folders_, new WatchedFolders(folder_, far, this));
    connect(folders_, &WatchedFolders::arrived, this, &KnownRuns::take);
    connect(folders_, &WatchedFolders::silenceChanged, this, &KnownRuns::silenceChanged);
}

KnownRuns::~KnownRuns() = default;

void KnownRuns::moveTo(const QString& folder, FarFiles* far) {
    folder_ = folder;
    current_.clear();
    lookedAt_.clear();
    imports_.clear();
    drawn_.clear();
    places_.clear();
    runs_.clear();
    index_.clear();
    others_.clear();
    wasRead_ = false;
    watch(far);
    folders_->setWatching(watching_);
    refresh();
    Q_EMIT silenceChanged();
}

// Names at once, figures when they have been read.
void KnownRuns::refresh() {
    std::vector<std::string> runs;
    if (!far_) {
        const QDir folder(folder_);
        for (const QString& name : folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot))
            if (name != QLatin1String(kStudiesFolder)) runs.push_back(folder.filePath(name).toStdString());
        std::sort(runs.rbegin(), runs.rend());
        places_[folder_] = std::move(runs);
    }
    list();
    Q_EMIT changed();
    folders_->look();
    for (const QString& path : std::as_const(imports_)) readImport(path);
}

// What is known of a run stays until it is read anew.
void KnownRuns::list() {
    std::vector<RunSummary> runs;
    QHash<QString, int> index;
    const auto add = [&](const std::string& run) {
        const QString path = cleanPath(QString::fromStdString(run));
        if (index.contains(path)) return;
        index.insert(path, int(runs.size()));
        if (const RunSummary* before = find(path)) runs.push_back(*before);
        else runs.emplace_back().folder = run;
    };
    for (const QString& folder : QStringList{folder_} + folders_->further())
        for (const std::string& run : places_[folder]) add(run);
    for (const QString& path : std::as_const(imports_)) add(path.toStdString());
    runs_ = std::move(runs);
    index_ = std::move(index);
}

void KnownRuns::addImport(const QString& path) {
    if (find(path) || imports_.contains(path)) return;
    imports_ << path;
    refresh();
}

void KnownRuns::removeImport(const QString& path) {
    if (imports_.removeAll(path) > 0) refresh();
}

// Nobody writes it any more, or another program does: it is read when it is named and with every refresh.
void KnownRuns::readImport(const QString& path) {
    readAside(
        this, [file = path.toStdString()] { return summariseRun(file); },
        [this, path](const RunSummary& run) {
            const auto at = index_.constFind(cleanPath(path));
            if (at == index_.constEnd()) return;
            runs_[std::size_t(*at)] = run;
            Q_EMIT updated({path});
        });
}

void KnownRuns::take(const QString& folder, const RunsNews& news) {
    const bool others = !folder.isEmpty() && news.folders && places_[folder] != *news.folders;
    if (others) {
        places_[folder] = *news.folders;
        list();
    }
    QStringList told;
    for (const RunNews& run : news.runs) {
        if (!run.summary) continue;
        const QString path = QString::fromStdString(run.folder);
        const auto at = index_.constFind(cleanPath(path));
        if (at != index_.constEnd()) runs_[std::size_t(*at)] = *run.summary;
        else others_[cleanPath(path)] = *run.summary;
        told << path;
    }
    const bool readNow = wasRead();
    if (others || readNow != wasRead_) {
        wasRead_ = readNow;
        Q_EMIT changed();
    }
    if (!told.isEmpty()) Q_EMIT updated(told);
    for (const RunNews& run : news.runs) {
        const QString path = QString::fromStdString(run.folder);
        if (run.stats) Q_EMIT logged(path, *run.stats, run.whole);
        if (run.files) Q_EMIT filesChanged(path, *run.files);
    }
}

bool KnownRuns::wasRead() const { return folders_->wasRead(); }

const RunSummary* KnownRuns::find(const QString& folder) const {
    const auto at = index_.constFind(cleanPath(folder));
    return at == index_.constEnd() ? nullptr : &runs_[std::size_t(*at)];
}

const RunSummary* KnownRuns::known(const QString& folder) const {
    if (const RunSummary* run = find(folder)) return run;
    const auto other = others_.find(cleanPath(folder));
    return other == others_.end() ? nullptr : &other->second;
}

void KnownRuns::setWatching(bool on) {
    watching_ = on;
    folders_->setWatching(on);
}

void KnownRuns::setWatched(const QStringList& folders) {
    folders_->setFurther(folders);
    list();
    Q_EMIT changed();
}

const QStringList& KnownRuns::watched() const { return folders_->further(); }

void KnownRuns::setDrawn(const QStringList& runs) {
    const QStringList before = std::exchange(drawn_, runs);
    share();
    for (const QString& run : runs)
        if (!before.contains(run)) folders_->tellAgain(run);
}

void KnownRuns::setLookedAt(const QString& run) {
    lookedAt_ = run;
    share();
    if (!run.isEmpty()) folders_->tellAgain(run);
}

void KnownRuns::share() {
    QStringList shown = drawn_;
    if (!lookedAt_.isEmpty() && !shown.contains(lookedAt_)) shown << lookedAt_;
    folders_->setShown(shown);
}

QString KnownRuns::watchedFolderOf(const RunSummary& run) const {
    const QString folder = folders_->folderOf(QString::fromStdString(run.folder));
    return folders_->further().contains(folder) ? folder : QString();
}

std::optional<QDateTime> KnownRuns::silentSince(const QString& run) const { return folders_->silentSince(run); }
QStringList KnownRuns::silences() const { return folders_->silences(); }

void KnownRuns::setCurrent(const QString& folder) {
    if (far_) {
        current_ = folder;
        return refresh();
    }
    const QFileInfo info(QDir::cleanPath(folder));
    // The folder of runs may be reached in another way, by a link.
    const bool listed = !folder.isEmpty() && info.dir() == QDir(folder_);
    current_ = listed ? QDir(folder_).filePath(info.fileName()) : folder;
    refresh();
}

bool KnownRuns::isCurrent(const RunSummary& run) const {
    const QString folder = QString::fromStdString(run.folder);
    return !current_.isEmpty() && (folder == current_ || cleanPath(folder) == cleanPath(current_));
}

RunSummary* KnownRuns::currentRun() {
    return current_.isEmpty() ? nullptr : const_cast<RunSummary*>(std::as_const(*this).find(current_));
}

void KnownRuns::showLive(const std::vector<StepMetrics>& steps) {
    RunSummary* run = currentRun();
    if (!run || steps.empty()) return;
    run->kimg = steps.back().kimg;
    Q_EMIT liveChanged();
}

void KnownRuns::showLive(const FidPoint& point) {
    RunSummary* run = currentRun();
    if (!run || !std::isfinite(point.fid)) return;
    run->last = point;
    if (!run->best || point.fid <= run->best->fid) run->best = point;
    Q_EMIT liveChanged();
}

void KnownRuns::showLive(const RunEvent& event) {
    RunSummary* run = currentRun();
    if (!run || event.step <= 0) return;
    run->plans.push_back(event);
    Q_EMIT liveChanged();
}

QString runName(const QString& folder, const std::vector<RunEvent>& plans) {
    return withPlans(bareName(folder), plans);
}

QString runName(const RunSummary& run) { return runName(QString::fromStdString(run.folder), run.plans); }

QString shortRunName(const QString& folder) {
    const QString name = bareName(folder);
    const QString number = name.section(QLatin1Char('-'), 0, 0);
    bool isNumber = false;
    number.toInt(&isNumber);
    return isNumber ? number : name;
}

QString objectiveText(const std::string& objective, const std::string& importedFrom) {
    if (importedFrom.empty()) return QString::fromStdString(objective);
    return RunText::tr("import of %1").arg(QString::fromStdString(importedFrom));
}

QString runLegend(const QString& folder, const std::string& objective, const std::vector<RunEvent>& plans) {
    const QString name = withPlans(shortRunName(folder), plans);
    return objective.empty() ? name : QStringLiteral("%1 · %2").arg(name, QString::fromStdString(objective));
}

QString runLegend(const QString& folder, const RunStats& stats) {
    if (!stats.importedFrom.empty())
        return QStringLiteral("%1 · %2").arg(bareName(folder), objectiveText({}, stats.importedFrom));
    std::vector<RunEvent> plans;
    for (const RunEvent& event : stats.events)
        if (event.kind == "freeze" && event.step > 0) plans.push_back(event);
    return runLegend(folder, stats.objective, plans);
}

QString kimgText(const RunSummary& run) {
    if (!run.kimg) return {};
    const QString seen = formatNumber(*run.kimg, 3);
    // The last batch may reach beyond what was asked for.
    return run.targetKimg && *run.kimg < *run.targetKimg
               ? QStringLiteral("%1 / %2").arg(seen, formatNumber(*run.targetKimg, 3))
               : seen;
}

QString distanceText(const FidPoint& point) {
    return QStringLiteral("%1 %2").arg(distanceName(point), formatNumber(point.fid, 3));
}

QString runDetails(const RunSummary& run) {
    QStringList parts;
    if (const QString objective = objectiveText(run.objective, run.importedFrom); !objective.isEmpty())
        parts << objective;
    if (run.kimg) parts << RunText::tr("%1 kimg").arg(kimgText(run));
    if (run.best) parts << distanceText(*run.best);
    return parts.join(QStringLiteral(" · "));
}

}  // namespace thaw
