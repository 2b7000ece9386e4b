// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/tensorboard_file.h"
#include "tests/registry.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QRegularExpression>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <sys/resource.h>
#include <csignal>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <vector>

using namespace thaw;

class TensorboardFileTest : public QObject {
    Q_OBJECT
    std::optional<QTemporaryDir> folder_;
    std::string run() const { return folder_->path().toStdString(); }
    // Of a written file, in order, without the wall time, which stands in the first nine bytes of each.
    static std::vector<std::string> payloads(const std::string& path) {
        QFile file(QString::fromStdString(path));
        if (!file.open(QIODevice::ReadOnly)) return {};
        const auto bytes = file.readAll().toStdString();
        std::vector<std::string> found;
        for (std::size_t at = 0; at + 12 <= bytes.size();) {
            std::size_t length = 0;
            for (int i = 7; i >= 0; --i) length = length * 256 + std::uint8_t(bytes[at + std::size_t(i)]);
            if (at + 16 + length > bytes.size()) break;
            const auto payload = bytes.substr(at + 12, length);
            if (eventRecord(payload) != bytes.substr(at, 16 + length)) break;
            found.push_back(payload.substr(9));
            at += 16 + length;
        }
        return found;
    }
    static std::string timeless(const std::string& event) { return event.substr(9); }
    static std::set<std::string> tagsOf(const std::vector<EventScalar>& scalars) {
        std::set<std::string> tags;
        for (const auto& scalar : scalars) tags.insert(scalar.tag);
        return tags;
    }

private Q_SLOTS:
    void init() { folder_.emplace(); }

    void aNewRunBeginsWithItsVersionAndASession() {
        TensorboardFile file(run(), {});
        file.add(1, {{"Loss/G", 0.5}});
        file.addText(2, "Events/freeze", "none");
        const auto found = payloads(file.path());
        QCOMPARE(found.size(), std::size_t(4));
        QCOMPARE(found[0], timeless(versionEvent(0)));
        QCOMPARE(found[1], timeless(sessionEvent(0, 0)));
        QCOMPARE(found[2], timeless(scalarsEvent(0, 1, {{"Loss/G", 0.5}})));
        QCOMPARE(found[3], timeless(textEvent(0, 2, "Events/freeze", "none")));
        QCOMPARE(file.takeFault(), std::string());
    }

    void aFileHasTheNameThatTensorBoardLooksFor() {
        const TensorboardFile file(run(), {});
        const auto name = QFileInfo(QString::fromStdString(file.path())).fileName();
        static const QRegularExpression expected("^events\\.out\\.tfevents\\.\\d{10}\\..+\\.\\d+\\.thaw$");
        QVERIFY2(expected.match(name).hasMatch(), qPrintable(name));
    }

    // TensorBoard keeps what comes before the step of a second session, so that it is the one behind the last that stays.
    void aResumedRunTakesBackWhatCameAfterItsSnapshot() {
        const TensorboardFile first(run(), {});
        const TensorboardFile second(run(), 3);
        const auto found = payloads(second.path());
        QCOMPARE(found.size(), std::size_t(2));
        QCOMPARE(found[1], timeless(sessionEvent(0, 4)));
        QCOMPARE(payloads(first.path()).size(), std::size_t(2));  // untouched
    }

    // Files are read in the order of their names; a clock may stand still or go back.
    void aLaterFileSortsBehindAllOthers() {
        const auto future = folder_->filePath("events.out.tfevents.4000000000.elsewhere.1.v2");
        QFile other(future);
        QVERIFY(other.open(QIODevice::WriteOnly));
        const TensorboardFile first(run(), {}), second(run(), 1);
        QVERIFY(first.path() > future.toStdString());
        QVERIFY(second.path() > first.path());
        QVERIFY(second.path().find("4000000002") != std::string::npos);
    }

    void whatIsNoNumberIsLeftOut() {
        TensorboardFile file(run(), {});
        file.add(1, {{"a", std::numeric_limits<double>::quiet_NaN()}, {"b", 2}, {"c", 1e300}});
        file.add(2, {{"a", std::numeric_limits<double>::infinity()}});
        const auto found = payloads(file.path());
        QCOMPARE(found.size(), std::size_t(3));
        QCOMPARE(found[2], timeless(scalarsEvent(0, 1, {{"b", 2}})));
    }

    void aFileThatCannotBeWrittenIsSaidOnce() {
        TensorboardFile file(run() + "/gone", {});
        file.add(1, {{"a", 1}});
        const auto fault = file.takeFault();
        QVERIFY2(
            fault.find("'" + file.path() + "' cannot be written, so the run goes on without it") != std::string::npos,
            fault.c_str());
        file.add(2, {{"a", 1}});
        QCOMPARE(file.takeFault(), std::string());
    }

    // A limit on the size of files stands for a full disk.
    void aFullDiskIsSaidOnceAndNothingFollows() {
        TensorboardFile file(run(), {});
        file.add(1, {{"a", 1}});
        const auto before = payloads(file.path());
        QCOMPARE(before.size(), std::size_t(3));
        rlimit usual{};
        QCOMPARE(getrlimit(RLIMIT_FSIZE, &usual), 0);
        auto* const handler = std::signal(SIGXFSZ, SIG_IGN);
        rlimit small = usual;
        small.rlim_cur = rlim_t(QFileInfo(QString::fromStdString(file.path())).size());
        const bool limited = setrlimit(RLIMIT_FSIZE, &small) == 0;
        file.add(2, {{"a", 2}});
        const bool restored = setrlimit(RLIMIT_FSIZE, &usual) == 0;
        std::signal(SIGXFSZ, handler);
        QVERIFY(limited && restored);
        QVERIFY(!file.takeFault().empty());
        file.add(3, {{"a", 3}});
        QCOMPARE(file.takeFault(), std::string());
        QVERIFY(payloads(file.path()) == before);
    }

    void noFileIsWrittenWhereNoneWasAskedFor() {
        TensorboardFile none;
        none.add(1, {{"a", 1}});
        none.addText(1, "b", "c");
        QVERIFY(none.path().empty() && none.takeFault().empty());
        QVERIFY(QDir(folder_->path()).isEmpty());
    }

    void everyFieldOfAStepHasATagOfItsOwn() {
        StepMetrics metrics;
        metrics.kimg = 0.5;
        double value = 1;
        for (const auto& field : kStepFields)
            if (field.run == StepField::Run::Finetuning) metrics.*field.value = value++;
        metrics.augmentP = 0.25;
        metrics.secondsPerStep = 2;
        metrics.sanitisedGradients = 7;
        metrics.calls = {11, 12, 13, 14};
        metrics.blockGradients = {{"enc.28x28_conv", 0.125}};
        const std::vector<EventScalar> expected{{"Progress/kimg", 0.5},
                                                {"Loss/G", 1},
                                                {"Loss/D", 2},
                                                {"Loss/imitation", 3},
                                                {"Loss/R1", 4},
                                                {"Logit/real", 5},
                                                {"Logit/fake", 6},
                                                {"Sign/real", 7},
                                                {"Sign/fake", 8},
                                                {"Gradient/G", 9},
                                                {"Gradient/D", 10},
                                                {"Augmentation/p", 0.25},
                                                {"Progress/seconds_per_step", 2},
                                                {"Calls/student", 11},
                                                {"Calls/teacher", 12},
                                                {"Calls/discriminator", 13},
                                                {"Calls/features", 14},
                                                {"Gradient/sanitised", 7},
                                                {"Gradient/blocks/enc.28x28_conv", 0.125}};
        QVERIFY(scalarsOf(metrics, true) == expected);
        QCOMPARE(tagsOf(expected).size(), expected.size());
        QCOMPARE(scalarsOf(metrics, false).size(), expected.size() - 1);
    }

    void preTrainingHasItsLoss() {
        StepMetrics metrics;
        metrics.kimg = 3.2;
        metrics.loss = 0.5;
        QVERIFY(scalarsOf(metrics, true) ==
                (std::vector<EventScalar>{{"Progress/kimg", 3.2}, {"Loss/denoising", 0.5}}));
    }

    void aDistanceHasTheNameThatItMayHave() {
        FidPoint point;
        point.fid = 6;
        point.kid = 0.5;
        point.precision = 0.75;
        point.recall = 0.25;
        QVERIFY(scalarsOf(point) == (std::vector<EventScalar>{{"Distance/FD", 6},
                                                              {"Distance/kernel distance", 0.5},
                                                              {"Distance/precision", 0.75},
                                                              {"Distance/recall", 0.25}}));
        FidPoint wavelets;
        wavelets.kind = MeasureKind::Wavelets;
        wavelets.fid = 2.5;
        wavelets.bands = {4, 1};
        QVERIFY(scalarsOf(wavelets) ==
                (std::vector<EventScalar>{{"Distance/FWD", 2.5}, {"Distance/bands/0", 4}, {"Distance/bands/1", 1}}));
    }
};

THAW_TEST(TensorboardFileTest);
#include "tensorboard_file_test.moc"
