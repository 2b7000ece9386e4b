// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/enum_words.h"

#include <array>
#include <string>
#include <utility>
#include <vector>

namespace thaw {

enum class StudyStage { None, Running, Stopped, Finished, Failed };

template <>
struct EnumWords<StudyStage> {
    static constexpr std::array<std::pair<StudyStage, const char*>, 4> all{{{StudyStage::Running, "running"},
                                                                            {StudyStage::Stopped, "stopped"},
                                                                            {StudyStage::Finished, "finished"},
                                                                            {StudyStage::Failed, "failed"}}};
};

/// What a process that works at a study leaves beside it, about every second.
struct StudyProgressNote {
    StudyStage stage = StudyStage::None;
    std::string job;         ///< the one that goes on, `gan-seed1`
    double share = 0;        ///< of that job, 0 .. 1
    int done = 0, jobs = 0;  ///< known results, and all that are needed as far as is known now
    std::string host;        ///< where
    std::string message;     ///< Failed: why, a sentence

    bool operator==(const StudyProgressNote&) const = default;
};

/// A study's folder as one who opens it finds it.
struct StudyFolderState {
    std::string folder;
    std::string study;  ///< word, `freezing`
    double kimg = 0;    ///< length of its runs
    int images = 0;     ///< of its measurements
    std::string precision;
    std::vector<std::string> arguments;  ///< of `thaw-cli study`, but for --out; empty where they are not known
    StudyProgressNote progress;
    bool isRunning = false;  ///< a process is at it
    bool hasReport = false;
    long long reportTime = 0;  ///< of its last change, nanoseconds since some epoch: another value, another report

    bool operator==(const StudyFolderState&) const = default;
};

/// What to say of it: a process that is gone without a word was killed.
inline StudyStage stageOf(const StudyFolderState& state) {
    if (state.isRunning) return StudyStage::Running;
    return state.progress.stage == StudyStage::Running ? StudyStage::Stopped : state.progress.stage;
}

}  // namespace thaw
