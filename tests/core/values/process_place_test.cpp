// SPDX-License-Identifier: GPL-3.0-or-later
// Which of several processes this is, as launchers say it.
#include "core/values/process_place.h"
#include "core/values/error.h"
#include "tests/registry.h"

#include <QtTest/QTest>

#include <map>

using namespace thaw;

namespace {

using Variables = std::map<std::string, std::string>;

std::optional<ProcessPlace> placeOf(const Variables& variables) {
    return processPlaceOf([&](const char* name) {
        const auto found = variables.find(name);
        return found == variables.end() ? nullptr : found->second.c_str();
    });
}

std::string refusalOf(const Variables& variables) {
    try {
        placeOf(variables);
    } catch (const Error& error) {
        return error.code() == ErrorCode::Usage ? error.message() : "another code";
    }
    return "none";
}

const Variables kTorchrun{{"RANK", "3"},
                          {"WORLD_SIZE", "4"},
                          {"LOCAL_RANK", "1"},
                          {"MASTER_ADDR", "node7"},
                          {"MASTER_PORT", "29400"},
                          {"TORCHELASTIC_USE_AGENT_STORE", "True"},
                          {"TORCHELASTIC_RESTART_COUNT", "2"}};

Variables with(Variables variables, const char* name, const char* value) {
    variables[name] = value;
    return variables;
}

}  // namespace

class ProcessPlaceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void withoutALauncherThereIsNone() {
        QVERIFY(!placeOf({}));
        QVERIFY(!placeOf({{"RANK", "0"}, {"MASTER_ADDR", "node7"}}));
        QVERIFY(!placeOf({{"WORLD_SIZE", ""}}));
        // Tasks of srun that know no meeting place are runs of their own.
        QVERIFY(!placeOf({{"SLURM_STEP_NUM_TASKS", "4"}, {"SLURM_PROCID", "1"}}));
    }

    void torchrunSaysAll() {
        const auto place = placeOf(kTorchrun);
        QVERIFY(place.has_value());
        QCOMPARE(place->rank, 3);
        QCOMPARE(place->size, 4);
        QCOMPARE(place->localRank, 1);
        QCOMPARE(place->host, std::string("node7"));
        QCOMPARE(place->port, 29401);  // 29400 is the launcher's own
        QCOMPARE(place->restarts, 2);
    }

    void plainVariablesAreEnough() {
        const auto place = placeOf({{"RANK", "1"}, {"WORLD_SIZE", "2"}, {"MASTER_PORT", "4000"}});
        QVERIFY(place.has_value());
        QCOMPARE(place->rank, 1);
        QCOMPARE(place->localRank, 0);
        QCOMPARE(place->host, std::string("127.0.0.1"));
        QCOMPARE(place->port, 4000);
        QCOMPARE(place->restarts, 0);
        QCOMPARE(placeOf({{"RANK", "0"}, {"WORLD_SIZE", "1"}})->port, 29500);
    }

    void srunSaysItInItsOwnWords() {
        const auto place = placeOf(
            {{"SLURM_STEP_NUM_TASKS", "4"}, {"SLURM_PROCID", "2"}, {"SLURM_LOCALID", "1"}, {"MASTER_ADDR", "node1"}});
        QVERIFY(place.has_value());
        QCOMPARE(place->rank, 2);
        QCOMPARE(place->size, 4);
        QCOMPARE(place->localRank, 1);
        QCOMPARE(place->host, std::string("node1"));
    }

    void aWordThatIsNoNumberIsNamed() {
        const auto ends = [](const char* range) {
            return std::string(", and must be ") + range + " for a job of several processes.";
        };
        QCOMPARE(refusalOf(with(kTorchrun, "RANK", "4")), "RANK is '4'" + ends("0 to 3"));
        QCOMPARE(refusalOf(with(kTorchrun, "RANK", "-1")), "RANK is '-1'" + ends("0 to 3"));
        QCOMPARE(refusalOf(with(kTorchrun, "RANK", "1x")), "RANK is '1x'" + ends("0 to 3"));
        QCOMPARE(refusalOf(with(kTorchrun, "RANK", "")), "RANK is not set" + ends("0 to 3"));
        QCOMPARE(refusalOf(with(kTorchrun, "WORLD_SIZE", "0")), "WORLD_SIZE is '0'" + ends("1 to 65536"));
        QCOMPARE(refusalOf(with(kTorchrun, "MASTER_PORT", "65535")), "MASTER_PORT is '65535'" + ends("1 to 65534"));
        QCOMPARE(refusalOf({{"RANK", "0"}, {"WORLD_SIZE", "1"}, {"MASTER_PORT", "65536"}}),
                 "MASTER_PORT is '65536'" + ends("1 to 65535"));
    }

    void rowsAreSharedWithoutGapOrOverlap() {
        for (const int size : {1, 2, 3, 4, 7})
            for (const std::int64_t n : {7, 8, 64}) {
                std::int64_t next = 0;
                for (int rank = 0; rank < size; ++rank) {
                    const auto rows = rowsOfProcess(n, rank, size);
                    QCOMPARE(rows.first, next);
                    QVERIFY(rows.count() == n / size || rows.count() == (n + size - 1) / size);
                    next = rows.last;
                }
                QCOMPARE(next, n);
            }
    }
};

THAW_TEST(ProcessPlaceTest);

#include "process_place_test.moc"
