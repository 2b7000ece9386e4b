// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studies/studies_page.h"
#include "app/shared/settings.h"
#include "app/studies/study_process.h"
#include "app/studies/study_report_view.h"
#include "core/formats/running_mark.h"
#include "tests/app/sample_study.h"
#include "tests/registry.h"
#include "widgets/base/message_strip.h"
#include "widgets/curves/curve_plot.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QTreeWidget>

#include <algorithm>
#include <memory>

using namespace thaw;

class StudiesPageTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<Settings> settings_;
    std::unique_ptr<StudiesPage> page_;

    QString at(const QString& name) const { return folder_->filePath(name); }
    QString study(const QString& name) const { return at("runs/studies/" + name); }
    QPushButton* button(const char* name) const { return page_->findChild<QPushButton*>(QLatin1String(name)); }
    bool isOffered(const char* name) const { return button(name)->isEnabled(); }
    QTreeWidget* list() const { return page_->findChild<QTreeWidget*>(QStringLiteral("studiesList")); }
    QString title() const {
        const auto& report = page_->view()->report();
        return report ? QString::fromStdString(report->title) : QString();
    }
    // A label of the page.
    bool says(const QString& text) const {
        const auto labels = page_->findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(),
                           [&](const QLabel* label) { return label->isVisible() && label->text().contains(text); });
    }
    void select(const QString& box, const QString& value) const {
        for (auto* each : page_->findChildren<QComboBox*>())
            if (each->accessibleName() == box) return each->setCurrentIndex(each->findData(value));
        QFAIL(qPrintable(box));
    }
    void open(const QString& device = QStringLiteral("auto")) {
        page_ = std::make_unique<StudiesPage>(at("runs"), device, *settings_);
        page_->resize(1200, 700);
        page_->show();
    }
    QStringList calledWith() const {
        return QString::fromUtf8(test::textOf(at("arguments"))).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    }
    // As thaw-cli does, it names its study once model and data are open, and goes on until it is asked to stop.
    void useProgram() const {
        page_->process().setProgram(test::writeProgram(
            at("program"),
            "trap 'exit 130' TERM\n"
            "printf '%s\\n' \"$@\" > \"$here/new\"\n"
            "mv \"$here/new\" \"$here/arguments\"\n"
            "for out; do :; done\n"
            "mkdir -p \"$out\"\n"
            "[ -e \"$out/request.json\" ] || echo '{\"arguments\": [\"freezing\"]}' > \"$out/request.json\"\n"
            "[ -e \"$out/study.json\" ] || echo '{\"study\": \"freezing\"}' > \"$out/study.json\"\n"
            "while :; do sleep 0.05; done\n"));
    }

private Q_SLOTS:
    void init() {
        folder_ = std::make_unique<QTemporaryDir>();
        settings_ = std::make_unique<Settings>(at("thaw.ini"));
    }
    void cleanup() { page_.reset(); }

    void noStudyStartsWithoutModelAndData() {
        open();
        useProgram();
        const auto refused = [&] {
            page_->start();
            return !isOffered("startStudy") && !page_->process().isRunning();
        };
        QVERIFY(refused());
        page_->setModel("/m.safetensors", "M");
        QVERIFY(refused());
        QVERIFY(says("Open a model and data first."));
        page_->setModel({}, {});
        page_->setData("/d", "D");
        QVERIFY(refused());
        QVERIFY(!QDir(at("runs/studies")).exists());
        page_->setModel("/m.safetensors", "M");
        QVERIFY(isOffered("startStudy"));
        QVERIFY(says("Of M, with D"));
    }

    void startTakesWhatIsChosenToAFreshFolder_data() {
        QTest::addColumn<QString>("device");
        QTest::newRow("auto") << "auto";
        QTest::newRow("a device") << "cuda:1";
    }
    void startTakesWhatIsChosenToAFreshFolder() {
        QFETCH(const QString, device);
        test::writeStudy(study("freezing-full"), test::sampleNote(StudyStage::Finished));
        open(device);
        useProgram();
        page_->setModel("/my model.safetensors", "M");
        page_->setData("builtin", "D");
        select("Study", "freezing");
        select("Length", "full");
        QVERIFY(says("frozen"));  // the study's question
        button("startStudy")->click();
        QTRY_COMPARE_WITH_TIMEOUT(page_->chosen(), study("freezing-full-2"), test::kPatience);
        QStringList wanted{"study",  "freezing", "--scale", "full", "--model", "/my model.safetensors",
                           "--data", "builtin"};
        if (device != "auto") wanted << "--device" << device;
        wanted << "--out" << study("freezing-full-2");
        QCOMPARE(calledWith(), wanted);
    }

    void buttonsAreThoseOfTheState() {
        test::writeStudy(study("another"), test::sampleNote(StudyStage::Stopped));
        open();
        useProgram();
        page_->setModel("/m", "M");
        page_->setData("/d", "D");
        QTRY_COMPARE_WITH_TIMEOUT(page_->chosen(), study("another"), test::kPatience);
        QVERIFY(isOffered("startStudy") && isOffered("continueStudy") && !isOffered("pauseStudy"));
        button("startStudy")->click();
        QVERIFY(!isOffered("startStudy") && !isOffered("continueStudy"));
        QTRY_VERIFY_WITH_TIMEOUT(page_->chosen() != study("another"), test::kPatience);
        QVERIFY(!isOffered("startStudy") && !isOffered("continueStudy") && isOffered("pauseStudy"));
        page_->choose(study("another"));  // not the one that is running
        QVERIFY(!isOffered("startStudy") && !isOffered("continueStudy") && !isOffered("pauseStudy"));
        page_->choose(page_->process().folder());
        button("pauseStudy")->click();
        QVERIFY(page_->process().isPausing() && !isOffered("pauseStudy"));
        QVERIFY(says("Saving"));
        QTRY_VERIFY_WITH_TIMEOUT(!page_->process().isRunning(), test::kPatience);
        QVERIFY(isOffered("startStudy") && isOffered("continueStudy") && !isOffered("pauseStudy"));
        QVERIFY(!page_->strip()->isVisible());
    }

    void continueUsesTheArgumentsOfTheStudy_data() {
        QTest::addColumn<QString>("device");
        QTest::newRow("auto") << "auto";
        QTest::newRow("a device") << "cpu";
    }
    void continueUsesTheArgumentsOfTheStudy() {
        QFETCH(const QString, device);
        test::writeStudy(study("a"), test::sampleNote(StudyStage::Stopped),
                         "[\"freezing\", \"--only\", \"none,d2o-f\", \"--data\", \"/my data\"]");
        open(device);
        useProgram();
        QTRY_COMPARE_WITH_TIMEOUT(page_->chosen(), study("a"), test::kPatience);
        button("continueStudy")->click();
        QStringList wanted{"study", "freezing", "--only", "none,d2o-f", "--data", "/my data"};
        if (device != "auto") wanted << "--device" << device;
        wanted << "--out" << study("a");
        QTRY_COMPARE_WITH_TIMEOUT(calledWith(), wanted, test::kPatience);
    }

    void whatIsFinishedOrUnknownIsNotContinued() {
        test::writeStudy(study("a"), test::sampleNote(StudyStage::Finished));
        test::writeStudy(study("b"), test::sampleNote(StudyStage::Stopped));
        test::writeStudy(study("c"), test::sampleNote(StudyStage::Failed));
        QVERIFY(QFile::remove(study("b/request.json")));  // of an older version
        open();
        useProgram();
        QTRY_COMPARE_WITH_TIMEOUT(page_->chosen(), study("a"), test::kPatience);
        QVERIFY(!isOffered("continueStudy") && isOffered("copyCommand"));
        page_->choose(study("b"));
        QVERIFY(!isOffered("continueStudy") && !isOffered("copyCommand"));
        page_->continueChosen();
        QVERIFY(!page_->process().isRunning());
        page_->choose(study("c"));
        QVERIFY(isOffered("continueStudy"));
    }

    void whyAStudyStoppedIsSaid() {
        test::writeStudy(study("a"), test::sampleNote(StudyStage::Stopped));
        open();
        page_->process().setProgram(
            test::writeProgram(at("program"), "echo 'thaw-cli: There are no data.' >&2\nexit 3\n"));
        QTRY_COMPARE_WITH_TIMEOUT(page_->chosen(), study("a"), test::kPatience);
        button("continueStudy")->click();
        QTRY_VERIFY_WITH_TIMEOUT(page_->strip()->isVisible(), test::kPatience);
        QCOMPARE(page_->strip()->severity(), MessageStrip::Severity::Error);
        QCOMPARE(page_->strip()->what(), QString("The study a stopped."));
        QCOMPARE(page_->strip()->detail(), QString("There are no data."));
        QVERIFY(isOffered("continueStudy"));
        useProgram();
        button("continueStudy")->click();
        QVERIFY(!page_->strip()->isVisible());  // it is another try
    }

    void aStudyOfAnotherProgramIsLookedAt() {
        test::writeStudy(study("a"), test::sampleNote(StudyStage::Running));
        {
            const RunLock lock(study("a").toStdString());
            open();
            QTRY_COMPARE_WITH_TIMEOUT(page_->chosen(), study("a"), test::kPatience);
            QVERIFY(says("running none-seed1, 50 %; 1 of 4 done; by another program on elsewhere"));
            QVERIFY(!isOffered("pauseStudy") && !isOffered("continueStudy"));
            const auto* bar = page_->findChild<QProgressBar*>();
            QVERIFY(bar->isVisible());
            QCOMPARE(bar->value(), 375);
            auto further = test::sampleNote(StudyStage::Running);
            further.done = 3;
            test::writeStudy(study("a"), further);
            QTRY_COMPARE_WITH_TIMEOUT(bar->value(), 875, test::kPatience);
        }
        QTRY_VERIFY_WITH_TIMEOUT(isOffered("continueStudy"), test::kPatience);
        QVERIFY(says("paused; 3 of 4 done") && !says("another program"));
        QVERIFY(!page_->findChild<QProgressBar*>()->isVisible());
    }

    void theListSaysWhatThereIs() {
        test::writeStudy(study("a"), test::sampleNote(StudyStage::Finished));
        open();
        QTRY_COMPARE_WITH_TIMEOUT(list()->topLevelItemCount(), 1, test::kPatience);
        const auto* row = list()->topLevelItem(0);
        QCOMPARE(row->text(0), QString("a"));
        QCOMPARE(row->text(1), QString("20 kimg · 5000 images · bf16"));
        QCOMPARE(row->text(2), QString("finished"));
        QVERIFY(row->toolTip(0).startsWith("Freezing\n"));
        QVERIFY(QDir(study("a")).removeRecursively());
        QTRY_COMPARE_WITH_TIMEOUT(list()->topLevelItemCount(), 0, test::kPatience);
        QVERIFY(page_->chosen().isEmpty() && !isOffered("copyCommand"));
    }

    // A study that is begun elsewhere takes the first place.
    void theChosenStudyStaysChosen() {
        for (const char* name : {"a", "b"}) test::writeStudy(study(name), test::sampleNote(StudyStage::Stopped));
        open();
        QTRY_COMPARE_WITH_TIMEOUT(list()->topLevelItemCount(), 2, test::kPatience);
        page_->choose(study("a"));
        const RunLock lock(study("b").toStdString());
        QTRY_COMPARE_WITH_TIMEOUT(list()->topLevelItem(0)->text(0), QString("b"), test::kPatience);
        QCOMPARE(page_->chosen(), study("a"));
        QVERIFY(isOffered("continueStudy"));
    }

    void theCommandCanBePasted() {
        test::writeStudy(
            study("it's new"), test::sampleNote(StudyStage::Stopped),
            "[\"freezing\", \"--only\", \"none,d2o-f\", \"--data\", \"/my data\", \"--features\", \"a'b\"]");
        open();
        QTRY_COMPARE_WITH_TIMEOUT(page_->chosen(), study("it's new"), test::kPatience);
        button("copyCommand")->click();
        QCOMPARE(QApplication::clipboard()->text(),
                 QString("thaw-cli study freezing --only none,d2o-f --data '/my data' --features 'a'\\''b' --out '%1'")
                     .arg(study("it'\\''s new")));
    }

    void theReportIsShownAsItGrows() {
        for (const char* name : {"a", "b"}) test::writeStudy(study(name), test::sampleNote(StudyStage::Stopped));
        auto report = test::sampleReport();
        report.title = "The other";
        test::writeSampleReport(study("b"), report);
        open();
        QTRY_COMPARE_WITH_TIMEOUT(page_->chosen(), study("a"), test::kPatience);
        QVERIFY(!page_->view()->report() && !isOffered("openReport"));
        list()->setCurrentItem(list()->topLevelItem(1));
        QVERIFY(isOffered("openReport"));
        QTRY_COMPARE_WITH_TIMEOUT(title(), QString("The other"), test::kPatience);
        list()->setCurrentItem(list()->topLevelItem(0));
        QVERIFY(!page_->view()->report());
        report.title = "The first";
        test::writeSampleReport(study("a"), report);
        QTRY_COMPARE_WITH_TIMEOUT(title(), QString("The first"), test::kPatience);
        report.title = "The second";
        test::writeSampleReport(study("a"), report);
        QTRY_COMPARE_WITH_TIMEOUT(title(), QString("The second"), test::kPatience);
        test::writeText(study("a/report.json"), "{");
        const auto empty = [&] {
            return page_->view()->plot()->findChild<QLabel*>(QStringLiteral("curveEmpty"))->text();
        };
        QTRY_VERIFY_WITH_TIMEOUT(empty().contains(study("a/report.json")), test::kPatience);
        QVERIFY(!page_->view()->report());
    }

    void rowsOfAReportOfferTheirRuns() {
        open();
        const QStringList runs{study("a/runs/none-seed1"), study("a/runs/none-seed2")};
        QSignalSpy opened(page_.get(), &StudiesPage::openRunRequested);
        QSignalSpy drawn(page_.get(), &StudiesPage::curvesRequested);
        Q_EMIT page_->view()->runsRequested(runs);
        auto* menu = page_->findChild<QMenu*>(QStringLiteral("studyRuns"));
        QVERIFY(menu);
        const auto actions = menu->actions();
        QCOMPARE(actions.size(), 4);
        QCOMPARE(actions[0]->text(), QString("Open none-seed1"));
        QVERIFY(actions[2]->isSeparator());
        actions[1]->trigger();
        QCOMPARE(opened.size(), 1);
        QCOMPARE(opened[0][0].toString(), runs[1]);
        QVERIFY(drawn.isEmpty());
        actions[3]->trigger();
        QCOMPARE(drawn.size(), 1);
        QCOMPARE(drawn[0][0].toStringList(), runs);
        QCOMPARE(opened.size(), 1);
        menu->close();
    }

    void nobodyLooksBehindAPageThatIsHidden() {
        open();
        const auto* timer = page_->folders().findChild<QTimer*>();
        QVERIFY(timer->isActive());
        page_->hide();
        QVERIFY(!timer->isActive());
        page_->show();
        QVERIFY(timer->isActive());
    }
};

THAW_TEST(StudiesPageTest);
#include "studies_page_test.moc"
