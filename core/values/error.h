// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/enum_words.h"

#include <array>
#include <stdexcept>
#include <string>
#include <utility>

namespace thaw {

/// What kind of fault the world handed us. The command line turns it into an exit code, the window into a title.
enum class ErrorCode {
    Usage,          ///< wrong option or argument
    Configuration,  ///< an impossible combination of settings
    FileMissing,    ///< a file or folder is not there or cannot be opened
    FileDamaged,    ///< truncated, or its contents contradict each other
    WrongKind,      ///< readable, but not what was asked for
    OutOfMemory,
    NoDevice,
    Diverged,     ///< a training run produced numbers that are no longer finite
    Interrupted,  ///< the user asked to stop; everything so far is saved
    ProcessLost,  ///< another process of the same job did not come, or is gone
    OtherInput,   ///< a run would go on with another model, other data or another precision than its own
};

template <>
struct EnumWords<ErrorCode> {
    static constexpr std::array<std::pair<ErrorCode, const char*>, 11> all{{{ErrorCode::Usage, "usage"},
                                                                            {ErrorCode::Configuration, "configuration"},
                                                                            {ErrorCode::FileMissing, "file-missing"},
                                                                            {ErrorCode::FileDamaged, "file-damaged"},
                                                                            {ErrorCode::WrongKind, "wrong-kind"},
                                                                            {ErrorCode::OutOfMemory, "out-of-memory"},
                                                                            {ErrorCode::NoDevice, "no-device"},
                                                                            {ErrorCode::Diverged, "diverged"},
                                                                            {ErrorCode::Interrupted, "interrupted"},
                                                                            {ErrorCode::ProcessLost, "process-lost"},
                                                                            {ErrorCode::OtherInput, "other-input"}}};
};

/// The one exception of the core, for faults of the world (files, shapes, settings, memory), never for our own bugs.
/// `message` is one sentence that holds the offending value; `hint` is the next step. Neither ends in a line break.
class Error : public std::runtime_error {
public:
    Error(ErrorCode code, const std::string& message, std::string hint = {})
        : std::runtime_error(message), code_(code), hint_(std::move(hint)) {}

    ErrorCode code() const { return code_; }
    std::string message() const { return what(); }
    const std::string& hint() const { return hint_; }

private:
    ErrorCode code_;
    std::string hint_;
};

/// Exit code of the command line for an error: 2 usage or configuration, 3 files, 4 memory, device or a lost process, 5
/// diverged, 130 interrupted.
int exitCode(ErrorCode code);

}  // namespace thaw
