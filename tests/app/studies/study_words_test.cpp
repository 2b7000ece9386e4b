// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studies/study_words.h"
#include "core/study/study_plans.h"
#include "tests/app/sample_study.h"
#include "tests/registry.h"

#include <QTest>

using namespace thaw;

class StudyWordsTest : public QObject {
    Q_OBJECT
    static StudyFolderState stateOf(StudyStage stage, bool isRunning = false) {
        StudyFolderState state;
        state.progress = test::sampleNote(stage);
        state.isRunning = isRunning;
        return state;
    }

private Q_SLOTS:
    // A study that is added to the command line is in the window, in the same place.
    void theWindowKnowsTheStudiesOfTheCommandLine() {
        QCOMPARE(studyWords().size(), studyKinds().size());
        for (std::size_t i = 0; i < studyKinds().size(); ++i) {
            const QString word = QString::fromLatin1(studyKinds()[i].word);
            QCOMPARE(QString::fromLatin1(studyWords()[i].word), word);
            QVERIFY2(studyName(word) != word && !studyName(word).isEmpty(), qPrintable(word));
            QVERIFY2(studyQuestion(word).endsWith('?'), qPrintable(word));
        }
        QCOMPARE(studyName("a-later-one"), QString("a-later-one"));
        QCOMPARE(studyQuestion("a-later-one"), QString());
    }

    void everyStageIsSaid() {
        QCOMPARE(studyStageText(stateOf(StudyStage::None)), QString("not begun"));
        QCOMPARE(studyStageText(stateOf(StudyStage::Running, true)), QString("running none-seed1, 50 %; 1 of 4 done"));
        QCOMPARE(studyStageText(stateOf(StudyStage::Stopped)), QString("paused; 1 of 4 done"));
        QCOMPARE(studyStageText(stateOf(StudyStage::Finished)), QString("finished"));
        auto failed = stateOf(StudyStage::Failed);
        failed.progress.message = "The disk is full.";
        QCOMPARE(studyStageText(failed), QString("failed: The disk is full."));
        auto between = stateOf(StudyStage::Running, true);
        between.progress.job.clear();
        QCOMPARE(studyStageText(between), QString("running"));
    }

    // Its process was killed; and one that goes on with a finished study is running.
    void theProcessHasTheLastWord() {
        QCOMPARE(studyStageText(stateOf(StudyStage::Running)), QString("paused; 1 of 4 done"));
        QVERIFY(studyStageText(stateOf(StudyStage::Finished, true)).startsWith("running"));
    }

    void theShareCountsTheJobThatGoesOn() {
        QCOMPARE(studyShare(test::sampleNote(StudyStage::Running)), 0.375);
        QCOMPARE(studyShare({}), 0.0);
        auto beyond = test::sampleNote(StudyStage::Running);
        beyond.done = 9;
        QCOMPARE(studyShare(beyond), 1.0);
    }

    void theLengthIsThatOfRunsAndMeasurements() {
        StudyFolderState state;
        state.kimg = 0.5;
        state.images = 500;
        QCOMPARE(studyLength(state), QString("0.5 kimg · 500 images"));
        state.precision = "bf16";
        QCOMPARE(studyLength(state), QString("0.5 kimg · 500 images · bf16"));
    }

    void verdictsAreWords() {
        QCOMPARE(verdictWord(Verdict::Agrees), QString("agrees"));
        QCOMPARE(verdictWord(Verdict::Disagrees), QString("disagrees"));
        QCOMPARE(verdictWord(Verdict::CannotTell), QString("cannot tell"));
    }
};

THAW_TEST(StudyWordsTest);
#include "study_words_test.moc"
