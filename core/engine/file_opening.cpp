// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/file_opening.h"

#include "core/lab/measuring.h"
#include "core/session/run_continuation.h"
#include "core/session/run_opening.h"

#include <utility>

namespace thaw {

FileOpening::FileOpening(std::function<Session&()> session, SideWork& side, FactSink sink)
    : session_(std::move(session)), side_(side), sink_(std::move(sink)), renewal_(session_, sink_) {}

void FileOpening::openModel(const command::OpenModel& asked, const Progress& progress) {
    if (renewal_.isNotYet(asked.path)) return;  // and says so
    const bool isRun = !asked.alone && !finetuningRunOf(asked.path).empty();
    isRun ? readRun(asked, progress) : readModel(asked.path, progress);
}

void FileOpening::readModel(const std::string& path, const Progress& progress) {
    session_().files().openModel(path, progress);
    showModel();
}

void FileOpening::showModel() {
    hasModel_ = true;
    side_.setOpen(hasModel_, hasData_);
    checksums_.awaitModel();
    sink_(fact::ModelCardReady{session_().files().modelCard()});
    sink_(fact::ModelOpened{session_().files().model()});
}

void FileOpening::readRun(const command::OpenModel& asked, const Progress& progress) {
    const OpenedRun run = openRun(session_().files(), asked.path, asked.teacher, progress);
    if (run.hasTeacher() || !run.snapshot.empty()) showModel();
    renewal_.setShown(run);
    if (run.hasOpenedData) showData();
    sink_(fact::RunOpened{run});
}

void FileOpening::readData(const std::string& path, const DatasetOptions& options, const Progress& progress) {
    session_().files().openData(path, options, progress);
    showData();
}

void FileOpening::showData() {
    const DataSummary& data = session_().files().data();
    hasData_ = true;
    side_.setOpen(hasModel_, hasData_);
    checksums_.awaitData(data.path != "builtin");  // that one is quick
    sink_(fact::DataOpened{data});
}

void FileOpening::openSourcesOf(const std::string& runFolder, const std::function<Progress()>& progress) {
    const RunSources sources = sourcesToOpen(session_().files(), runFolder);
    if (sources.model) {
        sink_(fact::OpeningBegan{*sources.model});
        readModel(*sources.model, progress());
    }
    if (sources.data) {
        sink_(fact::OpeningBegan{*sources.data});
        readData(*sources.data, sources.options, progress());
    }
    if (sources.model || sources.data) tellResponses();
    session_().files().dataHash(progress());
}

void FileOpening::tellResponses() { sink_(fact::ResponsesKnown{responsesOf(session_())}); }

void FileOpening::checksumPiece() {
    if (!checksums_.advance(session_().files())) return;
    const FileHash& hash = session_().files().modelHash();
    sink_(fact::ModelChecksumReady{hash.path(), hash.hex()});
}

}  // namespace thaw
