// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/interrupted_run.h"
#include "core/formats/run_asking.h"
#include "core/formats/runs_watch.h"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace thaw {

/// What a window asks of the files of another machine. Paths are those of that machine, absolute, in UTF-8.
namespace question {

/// Where it is, and where its runs go unless somebody says otherwise.
struct Place {};
/// What lies in a folder; an empty one is the home folder.
struct List {
    std::string folder;
};
/// What is new in a folder of runs since the last such question (RunsWatch, of which there is one a folder and kind).
struct Look {
    std::string folder;
    bool runFolders = false;  ///< RunsWatch::Kind::RunFolders
    bool list = true;
    std::vector<std::string> shown, anew;  ///< as RunsQuery
};
/// Everything a run has logged.
struct Stats {
    std::string folder;
};
/// The interrupted runs of a folder, and `last` where it is one.
struct Interrupted {
    std::string folder, last;
};
/// One step of asking the process of a run for something (askedRun in run_asking.h). Waits for nothing.
struct Steer {
    std::string folder;
    AskingStep step = AskingStep::Put;
    SteeringRequest request;
};

}  // namespace question

using FileQuestion = std::variant<question::Place, question::List, question::Look, question::Stats,
                                  question::Interrupted, question::Steer>;

namespace answer {

struct Failed {
    std::string message, hint;
};
struct Place {
    std::string host, home, runs;
};
struct Entry {
    std::string name;
    bool isFolder = false;
    std::int64_t bytes = 0;
};
struct Listing {
    std::string folder;          ///< absolute
    std::vector<Entry> entries;  ///< folders first, each by name; hidden ones are left out
};
struct News {
    RunsNews news;
};
struct Stats {
    RunStats stats;
};
struct Interrupted {
    std::vector<InterruptedRun> runs;
};
struct Steered {
    AskedRun run;
};

}  // namespace answer

using FileAnswer = std::variant<answer::Failed, answer::Place, answer::Listing, answer::News, answer::Stats,
                                answer::Interrupted, answer::Steered>;

/// On their way, with a number that comes back.
struct FileAsk {
    std::uint64_t number = 0;
    FileQuestion question;
};
struct FileReply {
    std::uint64_t number = 0;
    FileAnswer answer;
};

}  // namespace thaw
