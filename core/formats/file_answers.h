// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/file_question.h"

#include <map>
#include <string>
#include <utility>

namespace thaw {

/// Answers questions about the files of this machine. May take long where a folder is on a line that is broken. Throws
/// nothing: what cannot be answered is answer::Failed, in a sentence.
class FileAnswers {
public:
    FileAnswer answer(const FileQuestion& question);

private:
    std::map<std::pair<std::string, bool>, RunsWatch> watches_;
};

/// Where this machine keeps the runs of the window and of who asks it for them: `thaw/runs` in the user's data folder
/// ($XDG_DATA_HOME, or ~/.local/share).
std::string usualRunsFolder();

}  // namespace thaw
