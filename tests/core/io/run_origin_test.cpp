// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/run_origin.h"

#include "tests/core/faults.h"
#include "tests/registry.h"

#include <QTemporaryDir>
#include <QTest>

using namespace thaw;

class RunOriginTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    std::string put(const QByteArray& text) const {
        writeBytes(folder_.filePath("config.json"), text);
        return folder_.filePath("config.json").toStdString();
    }

private Q_SLOTS:
    void theDataAndTheirSubsetComeBack() {
        const auto path = folder_.filePath("data.json").toStdString();
        DatasetOptions subset;
        subset.maxImages = 500;
        subset.seed = 0xfedcba9876543210u;  // more than a double holds
        writeDataOrigin(path, "/some/där.zip", subset);
        const auto origin = readRunOrigin(path, /*withModel=*/false);
        QCOMPARE(origin.data, std::string("/some/där.zip"));
        QCOMPARE(origin.options.maxImages, std::int64_t(500));
        QCOMPARE(origin.options.seed, std::uint64_t(0xfedcba9876543210u));

        DatasetOptions all;
        all.seed = 7;  // chooses nothing
        writeDataOrigin(path, "builtin", all);
        QCOMPARE(readRunOrigin(path, false).data, std::string("builtin"));
        QCOMPARE(readRunOrigin(path, false).options, DatasetOptions());
    }

    void fineTuningNamesItsModelAmongItsSettings() {
        const auto path =
            put(R"({"batch": 8, "model": "m.pkl", "data": "d.zip", "data_subset": {"images": 9, "seed": 4}})");
        const auto origin = readRunOrigin(path, /*withModel=*/true);
        QCOMPARE(origin.model, std::string("m.pkl"));
        QCOMPARE(origin.data, std::string("d.zip"));
        QCOMPARE(origin.options.maxImages, std::int64_t(9));
        QCOMPARE(origin.options.seed, std::uint64_t(4));
        QVERIFY(readRunOrigin(path, /*withModel=*/false).model.empty());
    }

    void whatIsMissingIsSaid() {
        QVERIFY(
            faultOf([&] { readRunOrigin(folder_.filePath("none").toStdString(), false); }).startsWith("FileMissing"));
        const auto noModel = put(R"({"data": "d.zip"})");
        QVERIFY(faultOf([&] { readRunOrigin(noModel, true); }).startsWith("FileDamaged"));
        QCOMPARE(readRunOrigin(noModel, false).data, std::string("d.zip"));
        for (const char* text :
             {"", "{", "[]", R"({"model": "m"})", R"({"data": 3})", R"({"data": "d", "data_subset": {"images": 9}})"})
            QVERIFY2(faultOf([&] { readRunOrigin(put(text), false); }).startsWith("FileDamaged"), text);
    }
};

THAW_TEST(RunOriginTest);
#include "run_origin_test.moc"
