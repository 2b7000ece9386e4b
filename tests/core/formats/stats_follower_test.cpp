// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/stats_follower.h"
#include "core/formats/run_stats_file.h"
#include "core/values/error.h"
#include "tests/registry.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>

using namespace thaw;
namespace fs = std::filesystem;

namespace {

// A run that was taken up again from step 2, with everything that a log may hold.
constexpr const char* kLog =
    R"({"event":"freeze","step":0,"text":"d2o-f"}
{"step":1,"kimg":0.064,"g_loss":0.75,"d_loss":1.5,"distill_loss":null,"r1":null,"real_logit":0.5,"grad_g":2.0}
{"event":"fid","kimg":0.064,"fid":20.5,"kid":0.0625,"precision":0.5,"recall":null,"best":true,"num":1000,"features":"f","reference":"r"}

{"step":2,"kimg":0.128,"g_loss":0.5,"d_loss":1.25,"r1":0.125}
{"event":"freeze","step":2,"text":"none"}
{"step":3,"kimg":0.192,"g_loss":9.0,"d_loss":9.0}
{"event":"fid","kimg":0.192,"fid":90.5,"num":50,"measure":{"name":"FWD","kind":"wavelets","features":"p","images":50,"reference":"r","reference_images":40,"selection":true},"bands":[4.0,null]}
{"event":"stopped","step":3}
{"event":"resume","step":2,"kimg":0.128}
{"step":3,"kimg":0.192,"g_loss":0.25,"d_loss":1.0}
{"event":"finished","step":3}
)";

std::string told(const std::optional<double>& value) { return value ? std::to_string(*value) : "-"; }

// Every field of it as text.
std::string told(const RunStats& stats) {
    std::ostringstream text;
    text << stats.objective << ' ' << stats.finetune << '\n';
    for (const auto& step : stats.steps) {
        text << step.step << ' ' << step.kimg;
        for (const auto& field : kStepFields) text << ' ' << told(step.*field.value);
        text << '\n';
    }
    for (const auto& fid : stats.fids) {
        text << "fid " << fid.kimg << ' ' << fid.fid << ' ' << fid.num << ' ' << fid.features << ' ' << fid.reference
             << ' ' << told(fid.kid) << ' ' << told(fid.precision) << ' ' << told(fid.recall) << ' ' << fid.best << ' '
             << int(fid.kind) << ' ' << fid.referenceNum << ' ' << fid.selection;
        for (const double band : fid.bands) text << ' ' << band;
        text << '\n';
    }
    for (const auto& event : stats.events)
        text << event.kind << ' ' << event.step << ' ' << event.kimg << ' ' << event.text << '\n';
    return text.str();
}

void append(RunStats& all, const RunStats& part) {
    all.objective = part.objective;
    all.finetune = part.finetune;
    all.steps.insert(all.steps.end(), part.steps.begin(), part.steps.end());
    all.fids.insert(all.fids.end(), part.fids.begin(), part.fids.end());
    all.events.insert(all.events.end(), part.events.begin(), part.events.end());
}

std::string lineOfStep(int step, double loss) {
    std::ostringstream text;
    text << R"({"step":)" << step << R"(,"kimg":)" << step << R"(,"g_loss":)" << loss << "}\n";
    return text.str();
}

}  // namespace

class StatsFollowerTest : public QObject {
    Q_OBJECT
    std::optional<QTemporaryDir> folder_;
    std::string run() const { return folder_->path().toStdString(); }
    fs::path log() const { return fs::path(run()) / "stats.jsonl"; }

    void write(const std::string& text) const { std::ofstream(log(), std::ios::binary | std::ios::trunc) << text; }
    void add(const std::string& text) const { std::ofstream(log(), std::ios::binary | std::ios::app) << text; }
    static ErrorCode codeOf(StatsFollower& follower, std::string* message = nullptr) {
        try {
            follower.advance();
        } catch (const Error& error) {
            if (message) *message = error.message();
            return error.code();
        }
        return ErrorCode::Usage;  // none of those that are meant
    }

private Q_SLOTS:
    void init() {
        folder_.emplace();
        std::ofstream(fs::path(run()) / "config.json") << R"({"objective": "cd,gan"})";
    }

    // At every byte, so at every end of a line too, it is what the reader of the whole file gives.
    void byteByByteIsTheWholeFile() {
        StatsFollower follower(run());
        RunStats copy;
        int rewritten = 0;
        const std::string all = std::string(kLog) + R"({"step":4,"kimg":0.25)";
        for (const char byte : all) {
            add(std::string(1, byte));
            const auto news = follower.advance();
            if (news.rewritten) copy = {};
            rewritten += news.rewritten;
            if (news.any) append(copy, follower.added(news));
            const auto whole = runStatsIfAny(run());
            if (!whole.steps.empty()) QCOMPARE(told(follower.stats()), told(whole));
            if (!whole.steps.empty()) QCOMPARE(told(copy), told(whole));
        }
        QCOMPARE(rewritten, 1);  // the resume
        QCOMPARE(follower.stats().steps.size(), std::size_t(3));
        QCOMPARE(follower.stats().steps.back().gLoss.value(), 0.25);
        QCOMPARE(follower.stats().fids.size(), std::size_t(1));
    }

    void atOnceAndInLinesItIsTheSame() {
        StatsFollower at(run()), lines(run());
        std::istringstream all(kLog);
        for (std::string line; std::getline(all, line);) {
            add(line + '\n');
            lines.advance();
        }
        const auto news = at.advance();
        QVERIFY(news.any && news.rewritten);
        QCOMPARE(told(at.added(news)), told(readRunStats(run())));
        QCOMPARE(told(lines.stats()), told(readRunStats(run())));
        const auto later = at.advance();
        QVERIFY(!later.any && !later.rewritten);
    }

    void beforeTheFirstStepThereIsNothing() {
        StatsFollower follower(run());
        QVERIFY(!follower.advance().any);
        write("");
        QVERIFY(!follower.advance().any);
        QCOMPARE(follower.stats().objective, std::string("cd,gan"));
        add(lineOfStep(1, 0.5));
        const auto news = follower.advance();
        QVERIFY(news.any && !news.rewritten);
        QCOMPARE(news.steps, std::size_t(0));
    }

    void linesLongerThanWhatIsReadAtATimeAreWhole() {
        StatsFollower follower(run());
        const std::string plan(std::size_t(3) * 1024 * 1024, 'x');
        write(lineOfStep(1, 0.5) + "{\"event\":\"freeze\",\"step\":1,\"text\":\"" + plan + "\"}\n" +
              lineOfStep(2, 0.25));
        follower.advance();
        QCOMPARE(follower.stats().steps.size(), std::size_t(2));
        QCOMPARE(follower.stats().events.front().text.size(), std::size_t(3 << 20));
    }

    void aFileThatShrankIsReadAnew() {
        StatsFollower follower(run());
        write(lineOfStep(1, 0.5) + lineOfStep(2, 0.25) + lineOfStep(3, 0.125));
        follower.advance();
        fs::resize_file(log(), lineOfStep(1, 0.5).size());
        const auto news = follower.advance();
        QVERIFY(news.rewritten);
        QCOMPARE(told(follower.added(news)), told(readRunStats(run())));
        QCOMPARE(follower.stats().steps.size(), std::size_t(1));
    }

    // As one who resumes does with half a line of a killed process.
    void halfALineThatIsCutOffIsNoNewBeginning() {
        StatsFollower follower(run());
        write(lineOfStep(1, 0.5) + "{\"step\":2,\"ki");
        follower.advance();
        fs::resize_file(log(), lineOfStep(1, 0.5).size());
        QVERIFY(!follower.advance().any);
        add(lineOfStep(2, 0.75));
        const auto news = follower.advance();
        QVERIFY(news.any && !news.rewritten);
        QCOMPARE(news.steps, std::size_t(1));
        QCOMPARE(told(follower.stats()), told(readRunStats(run())));
    }

    void anotherFileOfTheSameNameIsReadAnew() {
        StatsFollower follower(run());
        write(lineOfStep(1, 0.5) + lineOfStep(2, 0.25));
        follower.advance();
        const auto other = fs::path(run()) / "other";
        std::ofstream(other) << lineOfStep(1, 0.5) << lineOfStep(2, 0.25) << lineOfStep(3, 0.5);
        fs::rename(other, log());
        const auto news = follower.advance();
        QVERIFY(news.rewritten);
        QCOMPARE(follower.added(news).steps.size(), std::size_t(3));
    }

    // In place, so that neither device, inode nor length tell.
    void otherBytesInTheSameFileAreReadAnew_data() {
        QTest::addColumn<double>("first");
        QTest::addColumn<double>("last");
        QTest::newRow("at its beginning") << 0.75 << 0.25;
        QTest::newRow("at its end") << 0.25 << 0.75;
    }
    void otherBytesInTheSameFileAreReadAnew() {
        QFETCH(const double, first);
        QFETCH(const double, last);
        std::string between;
        for (int step = 10; step < 40; ++step) between += lineOfStep(step, 0.5);
        StatsFollower follower(run());
        write(lineOfStep(1, 0.25) + between + lineOfStep(50, 0.25));
        follower.advance();
        {
            std::fstream file(log(), std::ios::in | std::ios::out | std::ios::binary);
            file << lineOfStep(1, first) << between << lineOfStep(50, last);
        }
        QVERIFY(follower.advance().rewritten);
        QCOMPARE(told(follower.stats()), told(readRunStats(run())));
    }

    void aFileThatIsGoneIsWaitedFor() {
        StatsFollower follower(run());
        write(lineOfStep(1, 0.5));
        follower.advance();
        const auto away = fs::path(run()) / "away";
        fs::rename(log(), away);
        QVERIFY(codeOf(follower) == ErrorCode::FileMissing);
        QCOMPARE(follower.stats().steps.size(), std::size_t(1));
        fs::rename(away, log());
        add(lineOfStep(2, 0.25));
        const auto news = follower.advance();
        QVERIFY(news.any && !news.rewritten);
        QCOMPARE(news.steps, std::size_t(1));
    }

    void aDamagedLineIsNamedAndWhatCameBeforeItIsToldOnceItIsWhole() {
        StatsFollower follower(run());
        write(lineOfStep(1, 0.5));
        follower.advance();
        const std::string good = lineOfStep(3, 0.25);
        add(lineOfStep(2, 0.5) + std::string(good.size() - 1, '\0') + "\n" + lineOfStep(4, 0.125));
        std::string message;
        for (int tries = 0; tries < 2; ++tries) {
            QVERIFY(codeOf(follower, &message) == ErrorCode::FileDamaged);
            QVERIFY2(message.find("line 3") != std::string::npos, message.c_str());
        }
        write(lineOfStep(1, 0.5) + lineOfStep(2, 0.5) + good + lineOfStep(4, 0.125));
        const auto news = follower.advance();
        QVERIFY(!news.rewritten);
        QCOMPARE(news.steps, std::size_t(1));
        QCOMPARE(told(follower.stats()), told(readRunStats(run())));
    }

    void twoLinesInOneAreDamaged() {
        StatsFollower follower(run());
        const std::string line = lineOfStep(1, 0.5);
        write(line.substr(0, line.size() - 1));
        QVERIFY(follower.advance().any);  // whole, but for its end
        add(line);
        QVERIFY(codeOf(follower) == ErrorCode::FileDamaged);
        QVERIFY_THROWS_EXCEPTION(Error, readRunStats(run()));
    }
};

THAW_TEST(StatsFollowerTest);
#include "stats_follower_test.moc"
