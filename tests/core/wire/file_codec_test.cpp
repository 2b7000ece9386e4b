// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/file_codec.h"

#include "core/values/error.h"
#include "core/wire/file_fields.h"
#include "core/wire/record_writer.h"
#include "tests/registry.h"

#include <QtTest/QTest>

#include <string>

using namespace thaw;

namespace {

question::Steer steerQuestion() {
    question::Steer steer{"/a/1", AskingStep::Withdraw, {}};
    steer.request.verb = SteeringVerb::Rate;
    steer.request.g = 3e-4;
    steer.request.id = "0a1b";
    return steer;
}

}  // namespace

class FileCodecTest : public QObject {
    Q_OBJECT

    static FileAnswer there(const FileAnswer& answer) {
        return wire::replyOf(wire::payloadOf(FileReply{42, answer}), "gpu1").answer;
    }

private Q_SLOTS:
    void everyQuestionComesBackTheSame() {
        const FileQuestion questions[] = {question::Place{},
                                          question::List{"/a"},
                                          question::Look{"/a", true, false, {"/a/1"}, {"/a/2", "/a/3"}},
                                          question::Stats{"/a/1"},
                                          question::Interrupted{"/a", "/b/9"},
                                          steerQuestion()};
        for (const FileQuestion& question : questions) {
            const FileAsk ask = wire::askOf(wire::payloadOf(FileAsk{7, question}), "the window");
            QCOMPARE(ask.number, std::uint64_t(7));
            QCOMPARE(ask.question.index(), question.index());
            QCOMPARE(wire::payloadOf(ask), wire::payloadOf(FileAsk{7, question}));
        }
        const auto look =
            std::get<question::Look>(wire::askOf(wire::payloadOf(FileAsk{7, questions[2]}), "w").question);
        QVERIFY(look.runFolders && !look.list);
        QCOMPARE(look.anew, (std::vector<std::string>{"/a/2", "/a/3"}));
    }

    void whatARunIsAskedForAndAnswersComesBackWhole() {
        const auto steer =
            std::get<question::Steer>(wire::askOf(wire::payloadOf(FileAsk{7, steerQuestion()}), "w").question);
        QVERIFY(steer.folder == "/a/1" && steer.step == AskingStep::Withdraw && steer.request.id == "0a1b");
        QVERIFY(steer.request.verb == SteeringVerb::Rate && steer.request.g == 3e-4 && !steer.request.d);
        AskedRun asked;
        asked.word.status = RunStatus{};
        asked.word.status->state = RunState::Paused;
        asked.word.status->kimg = 1.28;
        asked.word.status->answered = {{"0a1b", true, "Paused at 1.28 kimg."}};
        asked.word.process = WritingProcess{4711, "gpu1"};
        asked.word.isFresh = asked.isPut = true;
        const auto back = std::get<answer::Steered>(there(answer::Steered{asked})).run;
        QVERIFY(back.isPut && !back.isBack && back.word.isFresh && back.word.process->number == 4711);
        QVERIFY(back.word.status->state == RunState::Paused && !back.word.status->outcome);
        QVERIFY(back.word.status->answered == asked.word.status->answered);
    }

    void newsOfRunsComeBackWhole() {
        RunNews run;
        run.folder = "/runs/0001";
        run.summary = RunSummary{};
        run.summary->folder = run.folder;
        run.summary->running = true;
        run.stats = RunStats{};
        run.stats->steps.resize(3);
        run.stats->steps[2].step = 3;
        run.stats->steps[2].gLoss = 0.5;
        run.whole = true;
        run.files = RunFiles{"/runs/0001/ema-1.safetensors", 1.5, "/runs/0001/fakes-1.png", 1.25};
        RunsNews news;
        news.folders = std::vector<std::string>{"/runs/0001"};
        news.runs = {run};
        news.unfinished = true;
        const auto back = std::get<answer::News>(there(answer::News{news})).news;
        QVERIFY(back.problem.empty() && back.unfinished && back.folders == news.folders);
        QCOMPARE(back.runs.size(), std::size_t(1));
        QVERIFY(back.runs[0].summary && back.runs[0].summary->running && back.runs[0].whole);
        QVERIFY(back.runs[0].stats->steps[2].gLoss == 0.5 && back.runs[0].files == run.files);
        RunsNews none;
        none.problem = "not there";
        QVERIFY(!std::get<answer::News>(there(answer::News{none})).news.folders);
    }

    void theOtherAnswersComeBackTheSame() {
        const FileAnswer answers[] = {answer::Failed{"why", "hint"}, answer::Place{"gpu1", "/home/u", "/home/u/runs"},
                                      answer::Listing{"/a", {{"b", true, 0}, {"c", false, 5}}},
                                      answer::Stats{{"gan", true, {}, {}, {}, {}, {}}},
                                      answer::Interrupted{{{"/runs/1", 2, 20}}}};
        for (const FileAnswer& answer : answers) {
            const FileAnswer back = there(answer);
            QCOMPARE(back.index(), answer.index());
            QCOMPARE(wire::payloadOf(FileReply{1, back}), wire::payloadOf(FileReply{1, answer}));
        }
        QCOMPARE(std::get<answer::Listing>(there(answers[2])).entries[1].bytes, std::int64_t(5));
        QCOMPARE(std::get<answer::Place>(there(answers[1])).runs, std::string("/home/u/runs"));
    }

    void nonsenseIsRefused() {
        QVERIFY_EXCEPTION_THROWN(wire::askOf("nonsense", "the window"), Error);
        QVERIFY_EXCEPTION_THROWN(wire::replyOf("nonsense", "gpu1"), Error);
    }
};

THAW_TEST(FileCodecTest);
#include "file_codec_test.moc"
