// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/tour.h"
#include "app/window/help_window.h"
#include "tests/app/window_fixture.h"
#include "tests/registry.h"

#include <QDir>
#include <QDockWidget>
#include <QFile>
#include <QFrame>
#include <QLabel>
#include <QRegularExpression>
#include <QTextBrowser>

using namespace thaw;

class TourTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        fixture_ = std::make_unique<WindowFixture>();
        fixture_->open();
        QTRY_COMPARE_WITH_TIMEOUT(fixture_->state(), RunState::Ready, kLong);
    }
    void cleanup() { fixture_.reset(); }

    void keysLeadThroughAllStopsAndEscapeEndsIt() {
        MainWindow& window = *fixture_->window;
        QVERIFY(!fixture_->settings.tourSeen());
        window.actions().tour->trigger();
        QPointer<Tour> tour = window.findChild<Tour*>();
        QVERIFY(tour && tour->isVisible());
        QVERIFY(fixture_->settings.tourSeen());
        for (int stop = 0; stop + 1 < tour->count(); ++stop) {
            QCOMPARE(tour->stop(), stop);
            const QRect bubble = tour->findChild<QFrame*>("tourBubble")->geometry();
            QVERIFY(tour->rect().contains(bubble));
            for (const QLabel* label : tour->findChildren<QLabel*>())
                if (label->isVisible())
                    QVERIFY2(label->heightForWidth(label->width()) <= label->height() || !label->wordWrap(),
                             qPrintable(label->text()));
            QTest::keyClick(tour, Qt::Key_Right);
        }
        QTest::keyClick(tour, Qt::Key_Left);
        QCOMPARE(tour->stop(), tour->count() - 2);
        QTest::keyClick(tour, Qt::Key_Escape);
        QTRY_VERIFY(!tour);
    }

    void whatIsSpokenOfStaysAlive() {
        MainWindow& window = *fixture_->window;
        fixture_->typeTinyRun("1000");
        window.startTour();
        auto* tour = window.findChild<Tour*>();
        tour->goTo(3);  // Press Start
        QPushButton* start = qobject_cast<QPushButton*>(window.toolBar()->startButton());
        QTRY_VERIFY(!tour->mask().contains(start->mapTo(&window, start->rect().center())));
        QVERIFY(tour->mask().contains(QPoint(window.width() - 5, window.height() - 5)));
        fixture_->clickStart();
        QTRY_VERIFY_WITH_TIMEOUT(fixture_->losses().pointCount(0) > 0, kLong);
        QVERIFY(window.findChild<Tour*>());
    }

    void everyViewHasAHelpPageInEveryLanguage() {
        for (const QDockWidget* dock : fixture_->window->workbench()->docks())
            for (const QString& language : {QString(), QStringLiteral(".de")})
                QVERIFY2(QFile::exists(QStringLiteral(":/help/%1%2.md").arg(dock->objectName(), language)),
                         qPrintable(dock->objectName() + language));
    }

    // Links of the page on studies lead to reports, and a report's pictures lie beside it.
    void everyReportOfAStudyIsAPageWithItsPictures() {
        const QDir reports(QStringLiteral(THAW_ROOT "/resources/studies"));
        int pages = 0;
        for (const QString& name : reports.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            if (!QFile::exists(reports.filePath(name + "/report.md"))) continue;
            ++pages;
            QFile page(QStringLiteral(":/help/study-%1.md").arg(name));
            QVERIFY2(page.open(QIODevice::ReadOnly), qPrintable(name));
            static const QRegularExpression picture(QStringLiteral("!\\[[^]]*\\]\\(([^)]+)\\)"));
            const QString text = QString::fromUtf8(page.readAll());
            QVERIFY(text.startsWith("# "));
            for (auto it = picture.globalMatch(text); it.hasNext();) {
                const QString file = it.next().captured(1);
                QVERIFY2(file.startsWith("qrc:/help/") && QFile::exists(file.mid(3)), qPrintable(file));
            }
        }
        QVERIFY(pages > 0);
    }

    void f1ExplainsTheViewWithTheFocus() {
        MainWindow& window = *fixture_->window;
        window.activateWindow();
        window.comparePage()->grid()->setFocus();
        QTRY_VERIFY(window.comparePage()->grid()->hasFocus());
        window.actions().helpHere->trigger();
        auto* browser = window.findChild<HelpWindow*>()->findChild<QTextBrowser*>();
        QVERIFY(browser);
        QVERIFY(browser->toPlainText().contains("Trajectory"));
        // No link of any page leads nowhere.
        for (const char* page : {"blocks", "run", "curves", "samples", "frequency", "card", "first-steps", "objectives",
                                 "studies", "speed", "processes", "scale", "keys", "remote"}) {
            QFile file(QStringLiteral(":/help/%1.md").arg(QLatin1String(page)));
            QVERIFY2(file.open(QIODevice::ReadOnly), page);
            static const QRegularExpression link(QStringLiteral("\\]\\(([a-z-]+)\\)"));
            for (auto it = link.globalMatch(QString::fromUtf8(file.readAll())); it.hasNext();) {
                const QString target = it.next().captured(1);
                QVERIFY2(QFile::exists(QStringLiteral(":/help/%1.md").arg(target)), qPrintable(target));
            }
        }
    }

private:
    std::unique_ptr<WindowFixture> fixture_;
};

THAW_TEST(TourTest);
#include "tour_test.moc"
