// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/enum_words.h"
#include "core/values/train_config.h"

#include <array>
#include <string>
#include <utility>

namespace thaw {

/// The model that a run was made from, its teacher, at the time the run is looked at.
enum class TeacherState {
    Own,         ///< the recorded file, or one with its checksum; older runs record none, and the path is believed
    Chosen,      ///< another file, which the user named as the teacher
    Missing,     ///< neither where it was nor beside the run
    Changed,     ///< the file is there with another checksum
    Unrecorded,  ///< the run folder does not say what it was made from
};

template <>
struct EnumWords<TeacherState> {
    static constexpr std::array<std::pair<TeacherState, const char*>, 5> all{
        {{TeacherState::Own, "own"},
         {TeacherState::Chosen, "chosen"},
         {TeacherState::Missing, "missing"},
         {TeacherState::Changed, "changed"},
         {TeacherState::Unrecorded, "unrecorded"}}};
};

/// A run of fine-tuning that is looked at, not gone on with. With a teacher (Own, Chosen) that is the open model and the
/// run's generator the tuned one; without, the run's generator itself is the open model, and nothing is tuned.
struct OpenedRun {
    std::string path;       ///< what was asked for: the run folder, or one of its snapshots
    std::string folder;     ///< of the run
    std::string snapshot;   ///< the model file of the generator that is shown; empty = the run has saved none yet
    FinetuneConfig config;  ///< of the run, with the freeze plan of that snapshot
    double kimg = 0;        ///< seen up to that snapshot
    TeacherState state = TeacherState::Own;
    std::string teacher;         ///< its path as it was recorded or chosen
    bool hasOpenedData = false;  ///< the run's own data set was opened
    std::string dataProblem;     ///< why it could not be; a sentence. Empty where it is open

    bool hasTuned() const { return hasTeacher() && !snapshot.empty(); }  ///< else the run's generator is not beside it
    bool hasTeacher() const { return state == TeacherState::Own || state == TeacherState::Chosen; }
};

}  // namespace thaw
