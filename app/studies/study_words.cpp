// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studies/study_words.h"

#include "widgets/base/number_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace thaw {
namespace {

struct StudyText {
    Q_DECLARE_TR_FUNCTIONS(StudyText)
};

const StudyWords* wordsOf(const QString& word) {
    for (const auto& words : studyWords())
        if (word == QLatin1String(words.word)) return &words;
    return nullptr;
}

}  // namespace

const std::vector<StudyWords>& studyWords() {
    static const std::vector<StudyWords> words{
        {"objectives", QT_TRANSLATE_NOOP("StudyText", "Objectives"),
         QT_TRANSLATE_NOOP("StudyText", "Which objective makes the best one-step generator from equal images?")},
        {"freezing", QT_TRANSLATE_NOOP("StudyText", "Freezing"),
         QT_TRANSLATE_NOOP("StudyText", "What does it change which weights are frozen, and how many?")},
        {"data-efficiency", QT_TRANSLATE_NOOP("StudyText", "Data efficiency"),
         QT_TRANSLATE_NOOP("StudyText", "How many images does it take, seen and in the training set?")},
        {"local-minima", QT_TRANSLATE_NOOP("StudyText", "Local minima"),
         QT_TRANSLATE_NOOP("StudyText", "Do a teacher and its one-step student end near each other?")},
        {"pairing", QT_TRANSLATE_NOOP("StudyText", "Pairing"),
         QT_TRANSLATE_NOOP("StudyText", "Does a student make its teacher's image of the same seed?")},
        {"frequency", QT_TRANSLATE_NOOP("StudyText", "Frequency"),
         QT_TRANSLATE_NOOP("StudyText", "What does fine-tuning change in the spectra of layers and images?")}};
    return words;
}

QString studyName(const QString& word) {
    const auto* words = wordsOf(word);
    return words ? StudyText::tr(words->name) : word;
}

QString studyQuestion(const QString& word) {
    const auto* words = wordsOf(word);
    return words ? StudyText::tr(words->question) : QString();
}

QString studyLength(const StudyFolderState& state) {
    QStringList parts{StudyText::tr("%1 kimg").arg(formatNumber(state.kimg)),
                      StudyText::tr("%n images", nullptr, state.images)};
    if (!state.precision.empty()) parts << QString::fromStdString(state.precision);
    return parts.join(QStringLiteral(" · "));
}

double studyShare(const StudyProgressNote& note) {
    return note.jobs > 0 ? std::clamp((note.done + note.share) / note.jobs, 0.0, 1.0) : 0;
}

QString studyStageText(const StudyFolderState& state) {
    const auto& note = state.progress;
    const QString done = StudyText::tr("%1 of %2 done").arg(note.done).arg(note.jobs);
    switch (stageOf(state)) {
    case StudyStage::Running: {
        if (note.job.empty()) return StudyText::tr("running");
        return StudyText::tr("running %1, %2 %; %3")
            .arg(QString::fromStdString(note.job), QString::number(int(100 * note.share)), done);
    }
    case StudyStage::Stopped: return StudyText::tr("paused; %1").arg(done);
    case StudyStage::Finished: return StudyText::tr("finished");
    case StudyStage::Failed: return StudyText::tr("failed: %1").arg(QString::fromStdString(note.message));
    case StudyStage::None: break;
    }
    return StudyText::tr("not begun");
}

QString verdictWord(Verdict verdict) {
    switch (verdict) {
    case Verdict::Agrees: return StudyText::tr("agrees");
    case Verdict::Disagrees: return StudyText::tr("disagrees");
    case Verdict::CannotTell: break;
    }
    return StudyText::tr("cannot tell");
}

}  // namespace thaw
