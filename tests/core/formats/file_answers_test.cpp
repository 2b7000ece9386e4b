// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/file_answers.h"

#include "core/formats/running_mark.h"
#include "core/formats/steering_files.h"
#include "tests/registry.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest/QTest>

#include <algorithm>
#include <string>

using namespace thaw;

namespace {

QByteArray stepLine(int step) {
    return QByteArray("{\"step\": %1, \"kimg\": %2, \"g_loss\": 1, \"d_loss\": 1}\n")
        .replace("%1", QByteArray::number(step))
        .replace("%2", QByteArray::number(0.008 * step));
}

}  // namespace

class FileAnswersTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;

    std::string path(const QString& name) const { return folder_.filePath(name).toStdString(); }
    void put(const QString& name, const QByteArray& text) const {
        QVERIFY(QDir().mkpath(QFileInfo(folder_.filePath(name)).absolutePath()));
        QFile file(folder_.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Append));
        file.write(text);
    }

private Q_SLOTS:
    void aFolderIsListedFoldersFirstAndWithoutWhatIsHidden() {
        put("list/b.txt", "12345");
        put("list/a.zip", "1");
        put("list/.hidden", "1");
        put("list/z/in", "1");
        FileAnswers files;
        const auto listing = std::get<answer::Listing>(files.answer(question::List{path("list")}));
        QCOMPARE(listing.folder, path("list"));
        QCOMPARE(listing.entries.size(), std::size_t(3));
        QVERIFY(listing.entries[0].name == "z" && listing.entries[0].isFolder);
        QVERIFY(listing.entries[1].name == "a.zip" && !listing.entries[1].isFolder);
        QVERIFY(listing.entries[2].name == "b.txt" && listing.entries[2].bytes == 5);
    }

    void whatIsNotThereIsSaidWithItsPath() {
        FileAnswers files;
        const auto failed = std::get<answer::Failed>(files.answer(question::List{"/no/such/folder"}));
        QVERIFY2(failed.message.find("'/no/such/folder' cannot be read: ") == 0, failed.message.c_str());
    }

    void theHomeFolderIsWhereAnEmptyPathLeads() {
        const QByteArray home = qgetenv("HOME"), data = qgetenv("XDG_DATA_HOME");
        qputenv("HOME", QByteArray::fromStdString(path("list")));
        qunsetenv("XDG_DATA_HOME");
        FileAnswers files;
        QCOMPARE(std::get<answer::Listing>(files.answer(question::List{})).folder, path("list"));
        const auto place = std::get<answer::Place>(files.answer(question::Place{}));
        QCOMPARE(place.home, path("list"));
        QCOMPARE(place.host, machineName());
        QCOMPARE(place.runs, path("list") + "/.local/share/thaw/runs");
        qputenv("XDG_DATA_HOME", "/data");
        QCOMPARE(usualRunsFolder(), std::string("/data/thaw/runs"));
        qputenv("XDG_DATA_HOME", "relative");
        QCOMPARE(usualRunsFolder(), path("list") + "/.local/share/thaw/runs");
        qputenv("HOME", home);
        if (data.isEmpty()) qunsetenv("XDG_DATA_HOME");
        else qputenv("XDG_DATA_HOME", data);
    }

    // As a window that asks again and again: the second time only what was logged since.
    void aRunIsFollowedLineByLine() {
        put("runs/0001/config.json", "{\"objective\": \"gan\"}");
        put("runs/0001/stats.jsonl", stepLine(1));
        const std::string run = path("runs/0001");
        FileAnswers files;
        question::Look look{path("runs"), false, true, {run}, {}};
        std::size_t steps = 0;
        const auto lookOnce = [&] {
            const auto news = std::get<answer::News>(files.answer(look)).news;
            for (const RunNews& told : news.runs)
                if (told.stats) steps = told.whole ? told.stats->steps.size() : steps + told.stats->steps.size();
            return news;
        };
        const auto first = lookOnce();
        QCOMPARE(first.folders, std::optional(std::vector<std::string>{run}));
        QCOMPARE(steps, std::size_t(1));
        put("runs/0001/stats.jsonl", stepLine(2));
        const auto second = lookOnce();
        QCOMPARE(steps, std::size_t(2));
        QVERIFY(std::none_of(second.runs.begin(), second.runs.end(), [](const RunNews& told) { return told.whole; }));
        QCOMPARE(std::get<answer::Stats>(files.answer(question::Stats{run})).stats.steps.size(), std::size_t(2));
        QVERIFY(std::get<answer::Interrupted>(files.answer(question::Interrupted{path("runs"), run})).runs.empty());
    }

    // Nothing waits here: each step is answered at once, by what stands in the files then.
    void aRunIsAskedStepByStep() {
        put("steered/0001/config.json", "{}");
        const std::string run = path("steered/0001");
        question::Steer steer{run, AskingStep::Put, {}};
        steer.request.id = "a";
        FileAnswers files;
        const auto ask = [&] { return std::get<answer::Steered>(files.answer(steer)).run; };
        QVERIFY(!ask().isPut && !ask().word.process);  // nobody writes it
        const RunLock lock(run);
        openControl(run);
        RunStatus status;
        status.pid = writingProcess(run)->number;
        status.host = machineName();
        status.state = RunState::Running;
        QVERIFY(writeStatus(run, status));
        QVERIFY(ask().isPut && ask().word.isFresh);
        QCOMPARE(takeRequests(run).size(), std::size_t(1));  // once, although it was asked twice
        steer.step = AskingStep::Look;
        QVERIFY(ask().word.status->answered.empty());
        status.answered = {{"a", true, "Paused."}};
        QVERIFY(writeStatus(run, status));
        QCOMPARE(ask().word.status->answered.front().message, std::string("Paused."));
    }

    void whatCannotBeAskedOfARunIsRefusedInASentence() {
        put("steered/0002/config.json", "{}");
        const std::string run = path("steered/0002");
        const RunLock lock(run);
        openControl(run);
        RunStatus status;
        status.pid = writingProcess(run)->number;
        status.host = machineName();
        QVERIFY(writeStatus(run, status));
        FileAnswers files;
        question::Steer steer{run, AskingStep::Put, {}};
        const auto refusal = [&] { return std::get<answer::Failed>(files.answer(steer)).message; };
        steer.request.id = "../../escaped";
        QVERIFY2(refusal().find("'../../escaped' cannot be the id") == 0, refusal().c_str());
        QVERIFY(!QFile::exists(folder_.filePath("steered/escaped.json")));
        steer.request = {};
        steer.request.id = "a";
        steer.request.verb = SteeringVerb::Rate;
        steer.request.g = 7;
        QVERIFY2(refusal().find("The request is impossible: ") == 0, refusal().c_str());
        put("plain/a.txt", "1");
        steer.folder = path("plain");
        QVERIFY2(refusal().find("is no run folder") != std::string::npos, refusal().c_str());
        QVERIFY(takeRequests(run).empty());
    }
};

THAW_TEST(FileAnswersTest);
#include "file_answers_test.moc"
