// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session.h"

#include "tests/core/faults.h"

#include <QtTest/QTest>

using namespace thaw;

class SessionTest : public QObject {
    Q_OBJECT
    static std::string golden(const char* name) { return std::string(THAW_GOLDEN) + "/" + name; }

private Q_SLOTS:
    void aModelOfOtherImagesStillDrawsButHasNoFidAndNoRun() {
        Session session;
        const auto model = session.openModel(golden("ncsnpp_edm_cond.pkl"));
        session.openData("builtin");
        QCOMPARE(model.imgChannels, 3);
        QCOMPARE(model.labelDim, 10);
        QVERIFY(!session.fidWorks());
        const auto fault = faultOf([&] { session.originalFid(50); });
        QVERIFY2(fault.startsWith("Configuration") && fault.contains("3 channels of 16"), qPrintable(fault));
        QVERIFY(faultOf([&] { session.startRun({}, "/nowhere"); }).startsWith("Configuration"));
        const auto column = session.sample({SampleSource::OriginalOneStep, 18, {1, 2}});
        QCOMPARE(int(column.images.size()), 2);
        QCOMPARE(column.images[0].channels, 3);
        // Back to what fits: everything works again.
        session.openModel("builtin");
        QVERIFY(session.fidWorks());
        QVERIFY(session.originalFid(50).fid > 0);
    }

    void aFailedOpeningLeavesTheOpenModelAlone() {
        Session session;
        session.openModel("builtin");
        const auto before = session.model();
        QVERIFY(faultOf([&] { session.openModel(golden("metrics.io.safetensors")); }).startsWith("WrongKind"));
        QVERIFY(faultOf([&] { session.openModel("builtin", [](double) { return false; }); }).startsWith("Interrupted"));
        QVERIFY(session.model() == before);
    }
};

QTEST_GUILESS_MAIN(SessionTest)
#include "session_test.moc"
