// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/study_report.h"
#include "core/values/study_state.h"

#include <QString>

#include <vector>

namespace thaw {

/// What the window says of a study that `thaw-cli study` knows under `word`.
struct StudyWords {
    const char* word;
    const char* name;      ///< to be translated as StudyText
    const char* question;  ///< the same
};

/// In the order in which the command line lists them.
const std::vector<StudyWords>& studyWords();

QString studyName(const QString& word);  ///< the word itself for one that is not known
QString studyQuestion(const QString& word);
/// "20 kimg · 5000 images · bf16"
QString studyLength(const StudyFolderState& state);
/// "running: gan-seed1, 3 of 15 done", "paused, 3 of 15 done", "finished", "failed: …"
QString studyStageText(const StudyFolderState& state);
/// Of all jobs, counting the one that goes on: 0 .. 1.
double studyShare(const StudyProgressNote& note);
QString verdictWord(Verdict verdict);

}  // namespace thaw
