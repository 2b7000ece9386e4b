// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/runs_csv.h"

#include "core/values/number_text.h"
#include "core/values/train_words.h"

#include <filesystem>

namespace thaw {
namespace {

std::string quoted(const std::string& text) {
    if (text.empty()) return {};
    std::string cell = "\"";
    for (const char c : text) cell += c == '"' ? std::string("\"\"") : std::string(1, c);
    return cell + '"';
}

std::string csvNumber(double value) { return shortNumber(value, 10); }

std::string csvNumber(const std::optional<double>& value) { return value ? csvNumber(*value) : std::string(); }

std::string laterPlans(const RunSummary& run) {
    std::string text;
    for (const auto& plan : run.plans)
        text += (text.empty() ? "" : "; ") + plan.text + " from " + csvNumber(plan.kimg) + " kimg";
    return text;
}

std::string ending(const RunSummary& run) {
    if (run.interrupted) return "interrupted";
    if (run.running) return "running";
    return run.outcome ? wordFor(*run.outcome) : "";
}

}  // namespace

std::string toCsv(const std::vector<RunSummary>& runs) {
    std::string csv =
        "run,objective,frozen,later_plans,kimg,target_kimg,ending,best,best_kimg,last,last_kimg,distance,images,"
        "features,"
        "reference,kid,precision,recall\n";
    for (const auto& run : runs) {
        std::vector<std::string> cells{
            quoted(std::filesystem::path(run.folder).filename().string()),
            quoted(run.importedFrom.empty() ? run.objective : "import of " + run.importedFrom),
            quoted(run.freeze),
            quoted(laterPlans(run)),
            csvNumber(run.kimg),
            csvNumber(run.targetKimg),
            quoted(ending(run))};
        for (const auto& point : {run.best, run.last}) {
            cells.push_back(point ? csvNumber(point->fid) : std::string());
            cells.push_back(point ? csvNumber(point->kimg) : std::string());
        }
        if (const auto& last = run.last; last)
            for (const auto& cell :
                 {quoted(measureName(measureOf(*last))), std::to_string(last->num), quoted(last->features),
                  quoted(last->reference), csvNumber(last->kid), csvNumber(last->precision), csvNumber(last->recall)})
                cells.push_back(cell);
        else cells.resize(cells.size() + 7);
        for (std::size_t i = 0; i < cells.size(); ++i) csv += (i ? "," : "") + cells[i];
        csv += '\n';
    }
    return csv;
}

}  // namespace thaw
