// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/freeze_plan_file.h"

#include "tests/core/faults.h"
#include "tests/registry.h"

#include <QTemporaryDir>
#include <QtTest/QTest>

using namespace thaw;

class FreezePlanFileTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    std::string at(const char* name) const { return folder_.filePath(name).toStdString(); }

private Q_SLOTS:
    void planIsReadFromItsFile() {
        const FreezePlan plan{{"*.conv0", "!dec.*", "enc.28x28_block0.norm0.weight"}};
        writeBytes(folder_.filePath("plan.json"),
                   R"({"freeze": ["*.conv0", "!dec.*", "enc.28x28_block0.norm0.weight"]})");
        QVERIFY(openFreezePlan(at("plan.json")) == plan);
    }
    void presetsAndGlobsNeedNoFile() {
        QVERIFY(openFreezePlan("d2o-f") == parseFreezePlan("d2o-f"));
        QVERIFY(openFreezePlan("enc,!enc.*.norm0") == parseFreezePlan("enc,!enc.*.norm0"));
    }
    void wrongFilesAreNamed() {
        QVERIFY(faultOf([&] { openFreezePlan(at("none.json")); }).startsWith("FileMissing"));
        writeBytes(folder_.filePath("list.json"), "[1, 2]");
        QVERIFY(faultOf([&] { openFreezePlan(at("list.json")); }).startsWith("FileDamaged"));
        writeBytes(folder_.filePath("numbers.json"), R"({"freeze": [1]})");
        QVERIFY(faultOf([&] { openFreezePlan(at("numbers.json")); }).contains("numbers.json"));
        writeBytes(folder_.filePath("cut.json"), "{\"freeze\": [\"a");
        QVERIFY(faultOf([&] { openFreezePlan(at("cut.json")); }).startsWith("FileDamaged"));
    }
};

THAW_TEST(FreezePlanFileTest);
#include "freeze_plan_file_test.moc"
