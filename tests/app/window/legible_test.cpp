// SPDX-License-Identifier: GPL-3.0-or-later

// Every page in every language and text size: no word is cut, nothing forces the window wider than asked, nothing moves
// under the pointer, and every stop of Tab is seen. THAW_PICTURES=FOLDER keeps a picture of each page.
#include "app/figure/figure_window.h"
#include "app/model/model_page.h"
#include "app/shared/languages.h"
#include "app/window/banner_stack.h"
#include "app/window/tour.h"
#include "tests/app/cut_texts.h"
#include "tests/app/window_fixture.h"
#include "tests/registry.h"
#include "widgets/samples/sample_grid.h"
#include "widgets/samples/trajectory_view.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QDockWidget>
#include <QLayout>
#include <QLocale>
#include <QScrollBar>
#include <QTranslator>

using namespace thaw;
using thaw::test::CutTexts;

namespace {

/// Walks through the pages of a window and collects what is cut on each.
class Walk {
public:
    Walk(WindowFixture& fixture, const QString& language, int dpi) : fixture_(fixture) {
        name_ = QStringLiteral("%1-%2dpi").arg(language).arg(dpi);
    }

    void through(QSize size) {
        size_ = size;
        MainWindow& window = *fixture_.window;
        // Only where it is narrow are its parts arranged so that they need less.
        window.resize(size);
        window.workbench()->reset();
        QTest::qWait(1);
        window.resize(size);
        for (const char* arrangement : {"train", "compare", "frequency", "studies"}) {
            window.workbench()->arrange(QLatin1String(arrangement));
            window.workbench()->reset();
            if (QLatin1String(arrangement) == QLatin1String("frequency"))
                for (const PanelKind view : FrequencyPage::views()) {
                    window.frequencyPage()->setView(view);
                    look(QStringLiteral("frequency-") + QString::fromLatin1(wordOf(view)));
                }
            for (QDockWidget* dock : window.workbench()->docks())
                if (!dock->isHidden()) {
                    dock->raise();
                    look(QStringLiteral("%1-%2").arg(QLatin1String(arrangement), dock->objectName()));
                }
            if (QLatin1String(arrangement) != QLatin1String("compare")) continue;
            window.comparePage()->setSurgeryShown(true);
            window.comparePage()->setTrajectoryShown(true);
            nameEverything(window);
            look(QStringLiteral("surgery"));
            for (const CompareMode mode : {CompareMode::Wipe, CompareMode::Difference, CompareMode::Plain}) {
                for (SampleGrid* grid : window.findChildren<SampleGrid*>()) grid->setMode(mode);
                look(QStringLiteral("compared"));
            }
            window.comparePage()->setSurgeryShown(false);
            window.comparePage()->setTrajectoryShown(false);
        }
        window.workbench()->arrange(QStringLiteral("train"));
        window.workbench()->run()->raise();
        RunForm& form = *window.runPage()->form();
        form.setAdvancedVisible(true);
        for (const Distillation kind : {Distillation::Consistency, Distillation::Regression}) {
            FinetuneConfig config;
            config.distill.kind = kind;
            form.setConfig(config);
            look(QStringLiteral("form"));
        }
        form.setAdvancedVisible(false);
        form.setConfig({});
    }

    // Names as long as those of real runs and of surgery.
    static void nameEverything(MainWindow& window) {
        const Image grey{28, 28, 1, std::vector<std::uint8_t>(784, 90)};
        const QString name = QStringLiteral("Fashion-MNIST EDM (built in)");
        for (auto* view : window.findChildren<TrajectoryView*>()) {
            view->setTrajectory({5, 2, {80, 1, 0}, {grey, grey, grey}, {grey, grey, grey}});
            view->setModel(name);
            view->setStills({{QStringLiteral("1 Schritt, vorher"), name, toQImage(grey)},
                             {QStringLiteral("1 Schritt, nachher"), QStringLiteral("0000-d2o-f · 6,02 kimg"), {}}});
        }
        for (auto* grid : window.findChildren<SampleGrid*>())
            for (int block = 0; block < grid->blockCount(); ++block)
                grid->setHeading(block, QStringLiteral("1 Schritt, nachher"),
                                 name + QStringLiteral(", Heun · Band 7–20 × 0 bei dec.28x28_block0"));
    }

    // The parts of the window that want the most room.
    static QString widest(const QWidget& window) {
        QStringList parts;
        for (const QWidget* widget : window.findChildren<QWidget*>())
            if (widget->isVisible() && widget->minimumSizeHint().width() > window.width() / 3)
                parts
                    << QStringLiteral("%1 %2").arg(thaw::test::nameOf(*widget)).arg(widget->minimumSizeHint().width());
        return parts.join(QStringLiteral(", "));
    }

    void look(const QString& page, QWidget* part = nullptr) {
        QTest::qWait(1);
        MainWindow& window = *fixture_.window;
        const QString where = QStringLiteral("%1 %2x%3 %4").arg(name_).arg(size_.width()).arg(size_.height()).arg(page);
        if (!part && window.size() != size_)
            found_ << QStringLiteral("%1: the window is %2x%3, which %4 needs")
                          .arg(where)
                          .arg(window.width())
                          .arg(window.height())
                          .arg(widest(window));
        QWidget* shown = part ? part : static_cast<QWidget*>(&window);
        // A text that changed this moment has its place only once its layout was asked.
        for (int nested = 0; nested < 4; ++nested) QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
        CutTexts texts(where);
        texts.look(*shown);
        found_ << texts.found();
        if (const QString folder = qEnvironmentVariable("THAW_PICTURES"); !folder.isEmpty())
            shown->grab().save(folder + QLatin1Char('/') + QString(where).replace(QLatin1Char(' '), QLatin1Char('-')) +
                               QStringLiteral(".png"));
    }

    const QStringList& found() const { return found_; }

private:
    WindowFixture& fixture_;
    QString name_;
    QSize size_;
    QStringList found_;
};

}  // namespace

class LegibleTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        applyTheme(*qApp, qEnvironmentVariable("THAW_THEME") == QLatin1String("dark") ? Theme::Dark : Theme::Light);
        font_ = QApplication::font();
    }
    void cleanup() {
        fixture_.reset();
        QApplication::setFont(font_);
        for (QTranslator* translator : qApp->findChildren<QTranslator*>()) delete translator;
        QLocale::setDefault(QLocale::c());
    }

    void noWordIsCut_data() {
        QTest::addColumn<QString>("language");
        QTest::addColumn<int>("dpi");
        for (const QString& language : availableLanguages())
            for (const int dpi : {96, 120, 144, 192})
                QTest::newRow(qPrintable(QStringLiteral("%1 %2 dpi").arg(language).arg(dpi))) << language << dpi;
    }

    // A screen of more dots an inch has more dots: the window grows as the text does.
    void noWordIsCut() {
        QFETCH(const QString, language);
        QFETCH(const int, dpi);
        installLanguage(*qApp, language);
        const double scale = dpi / 96.0;
        QFont font = font_;
        font.setPointSizeF(font.pointSizeF() * scale);
        QApplication::setFont(font);
        open();
        Walk walk(*fixture_, language, dpi);
        const auto scaled = [scale](int width, int height) { return QSize(int(width * scale), int(height * scale)); };
        for (const QSize size : {scaled(1024, 640), scaled(1440, 900)}) walk.through(size);
        fixture_->window->startTour();
        auto* tour = fixture_->window->findChild<Tour*>();
        for (int stop = 0; stop < tour->count(); ++stop) {
            tour->goTo(stop);
            walk.look(QStringLiteral("tour-%1").arg(stop), tour);
        }
        tour->goTo(tour->count());
        fixture_->window->actions().newFigure->trigger();
        walk.look(QStringLiteral("figure"), fixture_->window->figures().current());
        const QString all = walk.found().join(QLatin1Char('\n'));
        QVERIFY2(all.isEmpty(), qPrintable(QLatin1Char('\n') + all));
    }

    void theFirstWindowFitsItsScreen() {
        open();
        WindowFixture other;
        other.window = std::make_unique<MainWindow>(other.settings, other.options);
        const QSize screen = other.window->screen()->availableSize();
        QVERIFY(other.window->width() <= std::max(screen.width(), 1024));
        QVERIFY(other.window->height() <= std::max(screen.height(), 640));
    }

    void bannersFloat() {
        open();
        MainWindow& window = *fixture_->window;
        QTest::qWait(1);
        std::map<QWidget*, QRect> before;
        const auto place = [&](QWidget* widget) { return QRect(widget->mapTo(&window, QPoint()), widget->size()); };
        for (QWidget* widget : window.workbench()->findChildren<QWidget*>())
            if (widget->isVisible()) before[widget] = place(widget);
        window.strip()->showMessage(MessageStrip::Severity::Warning, "What", "Why", "Hint", "Action");
        QTest::qWait(1);
        for (const auto& [widget, rect] : before) QCOMPARE(place(widget), rect);
        // The message is whole, over the views and inside of the window.
        const QRect strip = place(window.strip());
        QVERIFY(window.rect().contains(strip));
        QCOMPARE(strip.height(), window.strip()->layout()->totalHeightForWidth(strip.width()));
        QVERIFY(window.strip()->isAncestorOf(window.childAt(strip.center())) ||
                window.childAt(strip.center()) == window.strip());
        // It keeps clear of the settings of the run, and is nowhere once closed.
        QVERIFY(!strip.intersects(place(window.workbench()->run())));
        window.strip()->clear();
        QTest::qWait(1);
        QVERIFY(!window.strip()->isVisible());
        QCOMPARE(window.findChild<BannerStack*>()->height(), 0);
    }

    void afterStartNoSettingHasTheFocusAndTheToolBarStandsStill() {
        open();
        MainWindow& window = *fixture_->window;
        QTRY_COMPARE_WITH_TIMEOUT(fixture_->state(), RunState::Ready, kLong);
        fixture_->typeTinyRun("1000");
        window.activateWindow();
        QPushButton* start = window.toolBar()->startButton();
        start->setFocus(Qt::TabFocusReason);
        QTRY_VERIFY(start->hasFocus());
        QWidget* stop = fixture_->button(window.runPage()->actions().stop);
        const QRect place = stop->geometry();
        QTest::keyClick(start, Qt::Key_Space);
        QTRY_VERIFY_WITH_TIMEOUT(fixture_->losses().pointCount(0) > 0, kLong);
        QCOMPARE(QApplication::focusWidget(), static_cast<QWidget*>(window.toolBar()));
        const int preset = window.toolBar()->presetBox()->currentIndex();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down);
        QCOMPARE(window.toolBar()->presetBox()->currentIndex(), preset);
        fixture_->clickPause();
        QTRY_COMPARE_WITH_TIMEOUT(fixture_->state(), RunState::Paused, kLong);
        QTest::qWait(1);
        QCOMPARE(stop->geometry(), place);
    }

    // A ring or a change of the outline: what has the focus looks different from what has not.
    void everyStopOfTabIsSeen_data() {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void everyStopOfTabIsSeen() {
        QFETCH(const bool, dark);
        applyTheme(*qApp, dark ? Theme::Dark : Theme::Light);
        open();
        MainWindow& window = *fixture_->window;
        QTRY_COMPARE_WITH_TIMEOUT(fixture_->state(), RunState::Ready, kLong);
        QApplication::setCursorFlashTime(0);
        QStringList unseen;
        for (const char* arrangement : {"train", "compare", "frequency", "studies"}) {
            window.workbench()->arrange(QLatin1String(arrangement));
            window.runPage()->form()->setAdvancedVisible(true);
            window.comparePage()->setSurgeryShown(true);
            QTest::qWait(1);
            window.activateWindow();
            window.toolBar()->startButton()->setFocus(Qt::TabFocusReason);
            QTRY_VERIFY(window.toolBar()->startButton()->hasFocus());
            QSet<QWidget*> seen;
            for (QWidget* at = QApplication::focusWidget(); at && !seen.contains(at);
                 at = QApplication::focusWidget()) {
                seen << at;
                if (auto* line = qobject_cast<QLineEdit*>(at)) line->deselect();
                const QImage with = at->grab().toImage();
                window.toolBar()->setFocus();
                const QImage without = at->grab().toImage();
                if (with == without && !at->visibleRegion().isEmpty())
                    unseen << QLatin1String(arrangement) + QLatin1Char(' ') + thaw::test::nameOf(*at);
                at->setFocus(Qt::TabFocusReason);
                QTest::keyClick(at, Qt::Key_Tab);
            }
            QVERIFY2(seen.size() > 8, qPrintable(QString::number(seen.size())));
        }
        QVERIFY2(unseen.isEmpty(), qPrintable(QLatin1Char('\n') + unseen.join(QLatin1Char('\n'))));
        applyTheme(*qApp, Theme::Light);
    }

    void bothSeedsSayWhoseTheyAre() {
        open();
        QStringList labels;
        for (const QLabel* label : fixture_->window->findChildren<QLabel*>())
            if (label->text().contains(QLatin1String("seed"), Qt::CaseInsensitive) && label->buddy())
                labels << label->text();
        QCOMPARE(labels.size(), 2);
        QVERIFY(labels.contains("Image seed") && labels.contains("Run seed"));
    }

private:
    void open() {
        fixture_ = std::make_unique<WindowFixture>();
        fixture_->open();
        // What is loaded late changes what the parts want.
        QTRY_COMPARE_WITH_TIMEOUT(fixture_->state(), RunState::Ready, kLong);
    }

    QFont font_;
    std::unique_ptr<WindowFixture> fixture_;
};

THAW_TEST(LegibleTest);
#include "legible_test.moc"
