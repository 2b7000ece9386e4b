// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/study_running.h"

#include "app/cli/output.h"
#include "app/cli/verbs.h"
#include "app/cli/window_program.h"
#include "core/study/study_folder.h"

#include <algorithm>
#include <chrono>
#include <thread>

namespace thaw::cli {
namespace {

/// What the folder says of the study while it goes on, for those who watch it: at most once a second.
class ProgressFile {
public:
    explicit ProgressFile(const std::string& folder) : folder_(folder) { note_.stage = StudyStage::Running; }

    void begin(const std::string& job, std::size_t done, std::size_t jobs) {
        note_.job = job;
        note_.share = 0;
        note_.done = int(done);
        note_.jobs = int(jobs);
        write();
    }
    void update(double share) {
        note_.share = share;
        if (std::chrono::steady_clock::now() - written_ >= std::chrono::seconds(1)) write();
    }
    void end(StudyStage stage, const std::string& message = {}) {
        note_.stage = stage;
        note_.message = message;
        write();
    }

private:
    void write() {
        written_ = std::chrono::steady_clock::now();
        writeProgress(folder_, note_);
    }

    std::string folder_;
    StudyProgressNote note_;
    std::chrono::steady_clock::time_point written_;
};

/// Writes the report of what is known, and has it drawn: at the end, and every few minutes on the way.
class ReportFiles {
public:
    ReportFiles(const StudyRunner& runner, const StudyKind& kind, const StudyRequest& request,
                const std::string& folder, const Context& context)
        : runner_(runner), kind_(kind), request_(request), folder_(folder), context_(context) {}

    StudyReport write(const StudyResults& fresh, bool isLast) {
        auto everyRow = request_;
        everyRow.only.clear();
        auto results = runner_.known(kind_.jobs({everyRow, runner_.model(), fresh}));
        for (const auto& [name, result] : fresh) results.insert_or_assign(name, result);
        const auto report = studyReport(kind_, {request_, runner_.model(), results}, runner_.provenance());
        writeReport(folder_, report);
        if (isLast || std::chrono::steady_clock::now() - drawn_ >= kBetweenDrawings) {
            drawReport(context_, folder_);
            drawn_ = std::chrono::steady_clock::now();
        }
        return report;
    }

private:
    static constexpr std::chrono::minutes kBetweenDrawings{5};

    const StudyRunner& runner_;
    const StudyKind& kind_;
    const StudyRequest& request_;
    std::string folder_;
    const Context& context_;
    std::chrono::steady_clock::time_point drawn_ = std::chrono::steady_clock::now();
};

// Jobs may appear with results, so the plan is asked again until it names nothing that is missing. Of several processes each
// takes the next one that nobody works on. `files` and `file`: of the process that writes them.
void runJobs(StudyRunner& runner, const StudyKind& kind, const StudyRequest& request, StudyResults& results,
             ReportFiles* files, ProgressFile* file, const Context& context) {
    constexpr std::chrono::seconds kWaitForOthers(1);
    for (;;) {
        const StudyState state{request, runner.model(), results};
        const auto jobs = kind.jobs(state);
        for (auto& [name, result] : runner.known(jobs)) results.insert_or_assign(name, std::move(result));
        const auto isMissing = [&](const StudyJob& job) { return !results.count(job.name); };
        const bool isDone = std::none_of(jobs.begin(), jobs.end(), isMissing);
        std::optional<JobClaim> claim;
        const auto next = std::find_if(jobs.begin(), jobs.end(), [&](const StudyJob& job) {
            if (isMissing(job)) claim = runner.claim(job, jobs);
            return claim.has_value();
        });
        if (file) file->begin(next == jobs.end() ? std::string() : next->name, results.size(), jobs.size());
        if (isDone) {
            if (kind.jobs(state).size() == jobs.size()) return;
            continue;
        }
        if (!claim) {
            if (interrupted()) throw Error(ErrorCode::Interrupted, "The study was interrupted.", "Start it again.");
            std::this_thread::sleep_for(kWaitForOthers);
            continue;
        }
        ProgressBar bar(context, next->name, 100, "%");
        results[next->name] = runner.run(*next, jobs, [&](const std::string&, double share) {
            bar.update(100 * share);
            if (file) file->update(share);
            return !interrupted();
        });
        if (files) files->write(results, /*isLast=*/false);
    }
}

}  // namespace

StudyOutcome runToTheEnd(StudyRunner& runner, const StudyKind& kind, const StudyRequest& request,
                         const std::string& folder, const Context& context) {
    ProgressFile file(folder);
    ReportFiles files(runner, kind, request, folder, context);
    StudyResults results;
    try {
        runJobs(runner, kind, request, results, &files, &file, context);
        auto report = files.write(results, /*isLast=*/true);
        file.end(StudyStage::Finished);
        return {std::move(results), std::move(report)};
    } catch (const Error& error) {
        const bool stopped = error.code() == ErrorCode::Interrupted;
        file.end(stopped ? StudyStage::Stopped : StudyStage::Failed, stopped ? std::string() : error.message());
        if (stopped) files.write(results, /*isLast=*/true);
        throw;
    } catch (const std::exception& fault) {
        file.end(StudyStage::Failed, fault.what());
        throw;
    }
}

void helpToTheEnd(StudyRunner& runner, const StudyKind& kind, const StudyRequest& request, const Context& context) {
    StudyResults results;
    runJobs(runner, kind, request, results, nullptr, nullptr, context);
}

}  // namespace thaw::cli
