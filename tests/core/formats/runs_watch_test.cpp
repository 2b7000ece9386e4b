// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/runs_watch.h"
#include "tests/registry.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <sys/wait.h>
#include <unistd.h>
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>

using namespace thaw;
namespace fs = std::filesystem;

class RunsWatchTest : public QObject {
    Q_OBJECT
    std::optional<QTemporaryDir> folder_;
    std::string root() const { return folder_->path().toStdString(); }
    std::string at(const std::string& name) const { return root() + "/" + name; }

    void write(const std::string& name, const std::string& text) const {
        fs::create_directories(fs::path(at(name)).parent_path());
        std::ofstream(at(name)) << text;
    }
    void log(const std::string& run, const std::string& line) const {
        std::ofstream(at(run) + "/stats.jsonl", std::ios::app) << line << '\n';
    }
    void makeRun(const std::string& run) const {
        write(run + "/config.json", R"({"objective": "gan", "freeze": "d2o-f", "kimg": 8})");
    }
    static const RunNews* newsOf(const RunsNews& news, const std::string& run) {
        const auto found =
            std::find_if(news.runs.begin(), news.runs.end(), [&](const auto& one) { return one.folder == run; });
        return found == news.runs.end() ? nullptr : &*found;
    }
    static RunsNews listed(RunsWatch& watch, const std::set<std::string>& shown = {}) {
        return watch.look({true, shown, {}});
    }

private Q_SLOTS:
    void init() { folder_.emplace(); }

    void runsAreListedTheNewestNameFirstAndReadOnce() {
        makeRun("0001-a");
        makeRun("0002-b");
        log("0002-b", R"({"step":1,"kimg":0.5,"g_loss":1})");
        write("studies/x", "");
        write("file", "");
        fs::create_directories(at(".hidden"));
        RunsWatch watch(root(), RunsWatch::Kind::AllFolders);
        const auto first = listed(watch);
        QCOMPARE(*first.folders, (std::vector<std::string>{at("0002-b"), at("0001-a")}));
        QVERIFY(first.problem.empty() && !first.unfinished);
        QCOMPARE(newsOf(first, at("0002-b"))->summary->kimg.value(), 0.5);
        QVERIFY(!newsOf(first, at("0002-b"))->stats);
        const auto second = listed(watch);
        QVERIFY(second.runs.empty());
        QCOMPARE(second.folders->size(), std::size_t(2));
        QVERIFY(!watch.look({false, {}, {}}).folders);
    }

    void aRunThatBeginsIsFoundFollowedAndItsEndIsSeen() {
        RunsWatch watch(root(), RunsWatch::Kind::AllFolders);
        QVERIFY(listed(watch).folders->empty());
        makeRun("0000-a");
        auto lock = std::make_unique<RunLock>(at("0000-a"));
        lock->markBegun();
        auto news = listed(watch);
        const auto* run = newsOf(news, at("0000-a"));
        QVERIFY(run && run->summary->running && run->summary->process->own && !run->summary->kimg);
        // Its folder's time does not move with its log.
        log("0000-a", R"({"step":1,"kimg":0.5,"g_loss":1})");
        log("0000-a", R"({"event":"fid","kimg":0.5,"fid":9.5})");
        news = watch.look({false, {}, {}});
        run = newsOf(news, at("0000-a"));
        QVERIFY(run && !run->stats);
        QCOMPARE(run->summary->kimg.value(), 0.5);
        QCOMPARE(run->summary->last->fid, 9.5);
        QCOMPARE(run->summary->targetKimg.value(), 8.0);
        log("0000-a", R"({"event":"finished","step":1})");
        lock->end();
        news = watch.look({false, {}, {}});
        run = newsOf(news, at("0000-a"));
        QVERIFY(run && !run->summary->running && !run->summary->interrupted);
        QVERIFY(run->summary->outcome == RunOutcome::Finished);
        listed(watch);
        QVERIFY(watch.look({false, {}, {}}).runs.empty());
    }

    void aProcessThatDiesLeavesAnInterruptedRun() {
        makeRun("0000-a");
        log("0000-a", R"({"step":1,"kimg":0.5,"g_loss":1})");
        int ends[2];
        QVERIFY(pipe(ends) == 0);
        const pid_t child = fork();
        if (child == 0) {
            RunLock lock(at("0000-a"));
            lock.markBegun();
            char byte = 'x';
            (void)!::write(ends[1], &byte, 1);
            pause();
            _exit(0);
        }
        char byte = 0;
        QVERIFY(::read(ends[0], &byte, 1) == 1);
        RunsWatch watch(root(), RunsWatch::Kind::AllFolders);
        auto news = listed(watch);
        QVERIFY(newsOf(news, at("0000-a"))->summary->running);
        QCOMPARE(newsOf(news, at("0000-a"))->summary->process->number, long(child));
        QVERIFY(!newsOf(news, at("0000-a"))->summary->process->own);
        kill(child, SIGKILL);
        waitpid(child, nullptr, 0);
        news = watch.look({false, {}, {}});
        QVERIFY(newsOf(news, at("0000-a")));
        const auto& summary = *newsOf(news, at("0000-a"))->summary;
        QVERIFY(!summary.running && summary.interrupted && !summary.process);
        ::close(ends[0]);
        ::close(ends[1]);
    }

    void aRunThatIsShownTellsEveryStepAndItsFiles() {
        makeRun("0000-a");
        log("0000-a", R"({"step":1,"kimg":0.5,"g_loss":1})");
        RunsWatch watch(root(), RunsWatch::Kind::AllFolders);
        const std::set<std::string> shown{at("0000-a")};
        auto news = listed(watch, shown);
        const auto* run = newsOf(news, at("0000-a"));
        QVERIFY(run && run->stats && run->whole && run->files);
        QCOMPARE(run->stats->steps.size(), std::size_t(1));
        QVERIFY(run->files->snapshot.empty());
        QVERIFY(watch.look({false, shown, {}}).runs.empty());
        log("0000-a", R"({"step":2,"kimg":1,"g_loss":1})");
        write("0000-a/ema-0000001000.safetensors", "x");
        news = watch.look({false, shown, {}});
        run = newsOf(news, at("0000-a"));
        QVERIFY(run && run->stats && !run->whole);
        QCOMPARE(run->stats->steps.size(), std::size_t(1));
        QCOMPARE(run->stats->steps.front().step, std::int64_t(2));
        QCOMPARE(run->files->snapshotKimg, 1.0);
        log("0000-a", R"({"event":"resume","step":1,"kimg":0.5})");
        news = watch.look({false, shown, {}});
        QVERIFY(newsOf(news, at("0000-a"))->whole);
        QCOMPARE(newsOf(news, at("0000-a"))->stats->steps.size(), std::size_t(1));
        // All of it again, when it is asked for.
        news = watch.look({false, shown, shown});
        QVERIFY(newsOf(news, at("0000-a"))->whole);
    }

    void theOtherFoldersAreRunsWhereTheyHoldOne() {
        makeRun("exp/0000-a");
        write("exp/notes/text", "");
        write("exp/begun/running", "");
        RunsWatch below(at("exp"), RunsWatch::Kind::RunFolders);
        QCOMPARE(*listed(below).folders, (std::vector<std::string>{at("exp/begun"), at("exp/0000-a")}));
        RunsWatch itself(at("exp/0000-a"), RunsWatch::Kind::RunFolders);
        const auto news = listed(itself);
        QCOMPARE(*news.folders, std::vector<std::string>{at("exp/0000-a")});
        QCOMPARE(newsOf(news, at("exp/0000-a"))->summary->objective, std::string("gan"));
    }

    void aFolderThatIsGoneIsAProblemAndComesBack() {
        makeRun("exp/0000-a");
        RunsWatch watch(at("exp"), RunsWatch::Kind::AllFolders);
        listed(watch);
        fs::rename(at("exp"), at("away"));
        const auto news = listed(watch);
        QVERIFY2(news.problem.find(at("exp")) != std::string::npos, news.problem.c_str());
        QVERIFY(!news.folders && news.runs.empty());
        fs::rename(at("away"), at("exp"));
        QCOMPARE(*listed(watch).folders, std::vector<std::string>{at("exp/0000-a")});
    }

    void aRunThatIsTakenAwayIsNoLongerListed() {
        makeRun("0000-a");
        makeRun("0001-b");
        RunsWatch watch(root(), RunsWatch::Kind::AllFolders);
        listed(watch);
        fs::remove_all(at("0000-a"));
        const auto news = listed(watch);
        QVERIFY(news.problem.empty());
        QCOMPARE(*news.folders, std::vector<std::string>{at("0001-b")});
    }

    void aThousandRunsThatHaveEndedAreNotReadAgain() {
        for (int i = 0; i < 1000; ++i) {
            char name[16];
            std::snprintf(name, sizeof name, "%04d-a", i);
            makeRun(name);
        }
        RunsWatch watch(root(), RunsWatch::Kind::AllFolders);
        std::size_t read = 0;
        bool unfinished = true;
        for (int looks = 0; looks < 100 && unfinished; ++looks) {
            const auto news = watch.look({looks == 0, {}, {}});
            read += news.runs.size();
            unfinished = news.unfinished;
        }
        QVERIFY(!unfinished);
        QCOMPARE(read, std::size_t(1000));
        QVERIFY(listed(watch).runs.empty());
    }
};

THAW_TEST(RunsWatchTest);
#include "runs_watch_test.moc"
