// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/study_runner.h"

#include "core/metrics/feature_classifier.h"
#include "tests/core/faults.h"
#include "tests/registry.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace thaw;

class StudyRunnerTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;

private Q_SLOTS:
    // A network that is overwritten is another network: its runs are not taken for those of the new one.
    void runsBelongToTheContentsOfWhatTheDiscriminatorLooksThrough() {
        const auto network = folder_.filePath("c.safetensors").toStdString();
        const auto write = [&](std::uint64_t seed) {
            FeatureClassifier classifier(FeatureClassifierConfig{28, 1, {4}, 10});
            classifier->initialise(seed);
            writeFeatureClassifier(network, classifier);
        };
        StudyPlace place;
        place.folder = folder_.filePath("study").toStdString();
        place.compute.threads = 1;
        TrainingJob run;
        run.config.kimg = 0.016;
        run.config.batch = 8;
        run.config.fidImages = 50;
        run.config.fidEveryKimg = 0;
        run.config.backbones = {network};
        const std::vector<StudyJob> jobs{{"run-seed1", run}};
        write(1);
        StudyRunner first(place);
        StudyResult result;
        QCOMPARE(faultOf([&] { result = first.run(jobs[0], jobs); }), QString("nothing"));
        QCOMPARE(std::get<TrainingResult>(result).images, 16.0);
        QCOMPARE(StudyRunner(place).known(jobs).size(), std::size_t(1));
        write(2);
        QVERIFY(StudyRunner(place).known(jobs).empty());
        write(1);
        QCOMPARE(StudyRunner(place).known(jobs).size(), std::size_t(1));
    }
};

THAW_TEST(StudyRunnerTest);
#include "study_runner_test.moc"
