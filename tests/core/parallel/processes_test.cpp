// SPDX-License-Identifier: GPL-3.0-or-later
// What the processes of a job tell each other.
#include "core/values/error.h"
#include "tests/core/several_processes.h"
#include "tests/registry.h"

#include <QtTest/QTest>

#include <optional>

using namespace thaw;

class ProcessesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sumsAreOfAllOfThem() {
        several::processes(3, [](const ProcessesPtr& p) {
            auto values = torch::tensor({1.0, double(p->rank())}, torch::kDouble);
            p->sum(values);
            if (!torch::equal(values, torch::tensor({3.0, 3.0}, torch::kDouble))) throw std::runtime_error("sum");
        });
    }

    void tensorsOfDifferentLengthsAreGatheredByRank() {
        several::processes(3, [](const ProcessesPtr& p) {
            const auto mine = torch::full({2, p->rank()}, p->rank(), torch::kFloat);
            const auto all = p->gather(mine, 1);
            for (int rank = 0; rank < 3; ++rank)
                if (!torch::equal(all[std::size_t(rank)], torch::full({2, rank}, rank, torch::kFloat)))
                    throw std::runtime_error("rank " + std::to_string(rank));
        });
    }

    void oneThatAsksIsHeardByAll() {
        several::processes(3, [](const ProcessesPtr& p) {
            for (int asking = 0; asking < 3; ++asking)
                if (!p->any(p->rank() == asking)) throw std::runtime_error("not heard");
            if (p->any(false)) throw std::runtime_error("nobody asked");
        });
    }

    void theFirstSpeaksToAll() {
        several::processes(2, [](const ProcessesPtr& p) {
            for (const std::string text : {"", "a plan\nof two lines"})
                if (p->fromFirst(p->isFirst() ? text : "something else") != text) throw std::runtime_error(text);
        });
    }

    void aFaultOfOneEndsTheWorkOfAll() {
        several::processes(3, [](const ProcessesPtr& p) {
            bool own = false, others = false;
            try {
                allOrNone(p, [&] {
                    if (p->rank() == 1) throw Error(ErrorCode::FileDamaged, "Damaged.");
                });
            } catch (const Error& error) {
                if (error.code() == ErrorCode::FileDamaged && p->rank() == 1) own = true;
                const bool isTold = error.message() == "Process 1 of 3 could not do its part: Damaged.";
                if (error.code() == ErrorCode::ProcessLost && p->rank() != 1 && isTold) others = true;
            }
            several::require(own == (p->rank() == 1) && others != own, "told");
            allOrNone(p, [] {});
        });
    }

    // Memory that this process lacks is no fault of another one.
    void whatIsItsOwnIsNotBlamedOnOthers() {
        several::processes(2, [](const ProcessesPtr& p) {
            const auto failing = [](const char* words) { return [=] { throw std::runtime_error(words); }; };
            const auto codeOf = [&](const char* words) -> std::optional<ErrorCode> {
                try {
                    withOthers(*p, failing(words));
                } catch (const Error& error) {
                    return error.code();
                } catch (const std::exception&) {
                }
                return {};
            };
            if (codeOf("CUDA out of memory.")) throw std::runtime_error("memory");
            if (codeOf("Connection closed by peer") != ErrorCode::ProcessLost) throw std::runtime_error("connection");
        });
    }

    void oneByItselfNeedsNobody() {
        bool done = false;
        allOrNone({}, [&] { done = true; });
        QVERIFY(done);
        QVERIFY(isFirst({}));
        QCOMPARE(countOf({}), 1);
        QVERIFY(rowsOf({}, 7) == (Rows{0, 7}));
    }

    void whoIsLostIsMissedByTheOthers() {
        several::processes(2, [](const ProcessesPtr& p) {
            if (p->rank() == 1) return;  // its connections close
            bool lost = false;
            try {
                for (int i = 0; i < 3; ++i) p->meet();
            } catch (const Error& error) {
                const auto begin = std::string("Process 0 of 2 has lost another one: ");
                if (error.code() == ErrorCode::ProcessLost && error.message().rfind(begin, 0) == 0 &&
                    error.hint().find("--resume") != std::string::npos)
                    lost = true;
            }
            several::require(lost, "not missed");
        });
    }

    void whoDoesNotComeIsNotWaitedForForever() {
        try {
            Processes::join({0, 2, 0, "127.0.0.1", several::freePort()}, torch::kCPU, std::chrono::seconds(1));
            QFAIL("joined nobody");
        } catch (const Error& error) {
            QCOMPARE(int(error.code()), int(ErrorCode::ProcessLost));
            QVERIFY2(error.message().rfind("Process 0 of 2 did not find the others at 127.0.0.1, port ", 0) == 0,
                     error.what());
        }
    }
};

THAW_TEST(ProcessesTest);

#include "processes_test.moc"
