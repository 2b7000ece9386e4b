// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/open_requests.h"
#include "tests/registry.h"

#include <QtTest/QTest>

#include <algorithm>

using namespace thaw;

class OpenRequestsTest : public QObject {
    Q_OBJECT

    static std::vector<std::uint64_t> givenUp(OpenRequests& requests) {
        std::vector<std::uint64_t> all;
        for (const EngineFact& fact : requests.giveUp("why", "hint"))
            if (const auto* views = std::get_if<fact::GivenUp>(&fact)) all = views->generations;
        std::sort(all.begin(), all.end());
        return all;
    }

private Q_SLOTS:
    void nothingWasAskedAndNothingIsTold() { QVERIFY(OpenRequests().giveUp("why", "hint").empty()); }

    void theNewestOfEachSlotIsGivenUpOnce() {
        OpenRequests requests;
        requests.note(command::RequestSamples{{}, 1, 0});
        requests.note(command::RequestSamples{{}, 2, 0});
        requests.note(command::RequestSamples{{}, 3, 1});
        requests.note(command::RequestMeasurement{{}, 4, 0});
        requests.note(command::RequestMeasurement{{}, 5, 1});
        requests.note(command::RequestTrajectory{{}, 6});
        requests.note(command::ForgetSamples{1});
        requests.note(command::ForgetMeasurement{1});
        QCOMPARE(givenUp(requests), (std::vector<std::uint64_t>{2, 4, 6}));
        QVERIFY(requests.giveUp("why", "hint").empty());
    }

    void anAnswerIsNotGivenUp() {
        OpenRequests requests;
        requests.note(command::RequestTrajectory{{}, 6});
        requests.note(fact::TrajectoryReady{5, {}});
        QCOMPARE(givenUp(requests), (std::vector<std::uint64_t>{6}));
        requests.note(command::RequestTrajectory{{}, 7});
        requests.note(fact::TrajectoryReady{7, {}});
        QVERIFY(requests.giveUp("why", "hint").empty());
    }

    void aFigureIsAnsweredWithTheReason() {
        OpenRequests requests;
        FigureRecipe recipe;
        recipe.model.path = "a.pkl";
        requests.note(command::RequestFigure{recipe, 8});
        requests.note(command::RequestFigure{recipe, 9});
        requests.note(command::RequestFigure{recipe, 10});
        requests.note(fact::FigureMade{8, {}});
        requests.note(command::ForgetFigure{9});
        const auto told = requests.giveUp("the line is broken", "wait");
        QCOMPARE(told.size(), std::size_t(1));
        const auto& made = std::get<fact::FigureMade>(told.front());
        QCOMPARE(made.generation, std::uint64_t(10));
        QCOMPARE(made.answer.recipe.model.path, std::string("a.pkl"));
        QVERIFY(made.answer.error == ErrorCode::Interrupted);
        QCOMPARE(made.answer.message, std::string("the line is broken"));
    }
};

THAW_TEST(OpenRequestsTest);
#include "open_requests_test.moc"
