// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/known_runs.h"

#include "app/shared/read_aside.h"
#include "app/shared/value_text.h"
#include "widgets/base/number_text.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <cmath>

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

QString cleaned(const QString& folder) { return QFileInfo(QDir::cleanPath(folder)).absoluteFilePath(); }
bool isSameFolder(const QString& a, const QString& b) { return a == b || cleaned(a) == cleaned(b); }

}  // namespace

KnownRuns::KnownRuns(const QString& folder, QObject* parent) : QObject(parent), folder_(folder) {}

void KnownRuns::refresh() {
    std::vector<RunSummary> bare;
    std::vector<std::string> folders;
    const QDir folder(folder_);
    // Names at once, figures when they have been read; those that are known stay until then.
    const auto list = [&](const QString& path) {
        folders.push_back(path.toStdString());
        if (const RunSummary* known = find(path)) bare.push_back(*known);
        else bare.emplace_back().folder = folders.back();
    };
    for (const QString& name : folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name | QDir::Reversed)) {
        if (name == QLatin1String(kStudiesFolder)) continue;
        list(folder.filePath(name));
    }
    for (const QString& path : std::as_const(imports_)) list(path);
    runs_ = std::move(bare);
    Q_EMIT changed();
    const quint64 reading = ++reading_;
    readAside(
        this,
        [folders] {
            std::vector<RunSummary> runs;
            runs.reserve(folders.size());
            for (const auto& path : folders) runs.push_back(summariseRun(path));
            return runs;
        },
        [this, reading](const std::vector<RunSummary>& runs) {
            if (reading != reading_) return;
            runs_ = runs;
            wasRead_ = true;
            Q_EMIT changed();
        });
}

void KnownRuns::addImport(const QString& path) {
    if (find(path) || imports_.contains(path)) return;
    imports_ << path;
    refresh();
}

void KnownRuns::removeImport(const QString& path) {
    if (imports_.removeAll(path) > 0) refresh();
}

const RunSummary* KnownRuns::find(const QString& folder) const {
    const auto found = std::find_if(runs_.begin(), runs_.end(), [&](const RunSummary& run) {
        return isSameFolder(QString::fromStdString(run.folder), folder);
    });
    return found == runs_.end() ? nullptr : &*found;
}

void KnownRuns::setCurrent(const QString& folder) {
    const QFileInfo info(QDir::cleanPath(folder));
    // The folder of runs may be reached in another way, by a link.
    const bool listed = !folder.isEmpty() && info.dir() == QDir(folder_);
    current_ = listed ? QDir(folder_).filePath(info.fileName()) : folder;
    refresh();
}

bool KnownRuns::isCurrent(const RunSummary& run) const {
    return !current_.isEmpty() && isSameFolder(QString::fromStdString(run.folder), current_);
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
