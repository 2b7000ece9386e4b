// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/checksums.h"
#include "core/engine/run_renewal.h"
#include "core/engine/side_work.h"
#include "core/session/session.h"
#include "core/values/engine_command.h"
#include "core/values/engine_fact.h"

#include <functional>
#include <string>

namespace thaw {

/// Opens models, data and runs in the engine's Session and tells what is open then; what was asked of the files
/// before is given up. What cannot be opened throws, and what was open stays.
class FileOpening {
public:
    FileOpening(std::function<Session&()> session, SideWork& side, FactSink sink);

    void openModel(const command::OpenModel& asked, const Progress& progress);
    void openData(const std::string& path, const Progress& progress) { readData(path, {}, progress); }
    /// What a run has to go on with, where others are open.
    void openSourcesOf(const std::string& runFolder, const std::function<Progress()>& progress);
    void renewRun() { renewal_.renew(); }

    bool hasAll() const { return hasModel_ && hasData_; }  ///< a model and data
    void tellResponses();                                  ///< there must be both

    bool awaitsChecksums() const { return checksums_.areAwaited(); }
    void checksumPiece();

private:
    void readModel(const std::string& path, const Progress& progress);
    void readRun(const command::OpenModel& asked, const Progress& progress);
    void readData(const std::string& path, const DatasetOptions& options, const Progress& progress);
    void showModel();
    void showData();

    std::function<Session&()> session_;
    SideWork& side_;
    FactSink sink_;
    RunRenewal renewal_;
    Checksums checksums_;
    bool hasModel_ = false, hasData_ = false;
};

}  // namespace thaw
