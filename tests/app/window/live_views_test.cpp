// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/live_views.h"
#include "app/samples/sample_columns.h"
#include "tests/app/window_fixture.h"
#include "tests/registry.h"

#include <QTimer>

using namespace thaw;

class LiveViewsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // The window renews what a run makes every few seconds; what needs longer than that must still come to its end.
    void aRunGoingOnDoesNotAskAgainForWhatIsOnItsWay() {
        WindowFixture fixture;
        fixture.open();
        QVERIFY(QTest::qWaitFor([&] { return fixture.state() == RunState::Ready; }, kLong));
        fixture.clickStart();
        QVERIFY(QTest::qWaitFor([&] { return fixture.state() == RunState::Running; }, kLong));
        auto* timer = fixture.window->findChild<LiveViews*>()->findChild<QTimer*>();
        auto* columns = fixture.window->comparePage()->findChild<SampleColumns*>();
        QVERIFY(timer && timer->isActive() && columns);
        const auto renew = [&] { QMetaObject::invokeMethod(timer, "timeout", Qt::DirectConnection); };
        renew();
        const auto asked = columns->newestRequest(ComparePage::After);
        QVERIFY(asked > 0);
        renew();
        QCOMPARE(columns->newestRequest(ComparePage::After), asked);
        // Once it is there, the next one is asked for.
        QVERIFY(QTest::qWaitFor([&] { return fixture.column(ComparePage::After).images.size() == 16; }, kLong));
        QVERIFY(QTest::qWaitFor(
            [&] {
                renew();
                return columns->newestRequest(ComparePage::After) > asked;
            },
            kLong));
        fixture.clickStop();
        QVERIFY(QTest::qWaitFor([&] { return !runIsOpen(fixture.state()); }, kLong));
    }
};

THAW_TEST(LiveViewsTest);
#include "live_views_test.moc"
