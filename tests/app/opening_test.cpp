// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/model/model_page.h"
#include "app/shared/file_drop.h"
#include "app/window/file_chooser.h"
#include "tests/app/window_fixture.h"
#include "tests/registry.h"
#include "widgets/base/drop_hint.h"
#include "widgets/base/progress_strip.h"
#include "widgets/model/model_card_file.h"
#include "widgets/model/model_card_view.h"

#include <QClipboard>
#include <QCryptographicHash>
#include <QDockWidget>
#include <QDropEvent>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QSignalSpy>
#include <QUrl>

using namespace thaw;

namespace {

const QString kColourModel = QStringLiteral(THAW_GOLDEN "/ddpmpp_edm.weights.safetensors");  // 16×16, 3 channels
const QString kGreyModel = QStringLiteral(THAW_GOLDEN "/ddpmpp_gray_28.weights.safetensors");

}  // namespace

/// Models and data sets on their way into the window.
class OpeningTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        fixture_ = std::make_unique<WindowFixture>();
        fixture_->open();
        waitUntilReady();
    }
    void cleanup() { fixture_.reset(); }

    void aDroppedModelOpensAndTheHintSaysSoBefore() {
        QWidget* anywhere = window().runPage()->form()->findChild<QLineEdit*>();  // a field takes no path as text
        QVERIFY(drag<QDragEnterEvent>(anywhere, kGreyModel));
        QVERIFY(hint().isVisible() && !hint().isRefusal());
        QVERIFY(hint().detail().contains("ddpmpp_gray_28"));
        QVERIFY(drag<QDropEvent>(anywhere, kGreyModel));
        QVERIFY(!hint().isVisible());
        QCOMPARE(fixture_->state(), RunState::Loading);
        waitUntilReady();
        QVERIFY(!window().strip()->isVisible());
        QCOMPARE(shownModel().path, kGreyModel.toStdString());
    }

    void aDropOfNeitherIsRefusedWithAReasonAndNothingOpens() {
        const QString path = write("notes.txt", "hello");
        drag<QDragEnterEvent>(&window(), path);
        QVERIFY(hint().isVisible() && hint().isRefusal());
        QVERIFY(hint().detail().contains("notes.txt"));
        QDragLeaveEvent leave;
        QApplication::sendEvent(&window(), &leave);
        QVERIFY(!hint().isVisible());
        drag<QDragEnterEvent>(&window(), path);
        drag<QDropEvent>(&window(), path);
        QCOMPARE(fixture_->state(), RunState::Ready);
        QCOMPARE(shownModel().path, std::string("builtin"));
    }

    void aDroppedFigureOpens() {
        const QString path = write("figure.recipe.json", "{\"thaw_figure\": 1, \"panels\": []}");
        QVERIFY(drag<QDragEnterEvent>(&window(), path));
        QVERIFY(hint().isVisible() && !hint().isRefusal());
        QVERIFY(hint().detail().contains("figure.recipe.json"));
        const QSignalSpy figures(window().opening().files(), &FileChooser::figureChosen);
        QVERIFY(drag<QDropEvent>(&window(), path));
        QCOMPARE(figures.size(), 1);
    }

    void whileARunGoesOnADropIsRefused() {
        fixture_->typeTinyRun("1000");
        fixture_->clickStart();
        drag<QDragEnterEvent>(&window(), kGreyModel);
        QVERIFY(hint().isRefusal());
        drag<QDropEvent>(&window(), kGreyModel);
        QVERIFY(runIsOpen(fixture_->state()));
        QVERIFY(!window().opening().files()->recentMenu()->isEnabled());
        fixture_->clickStop();
        QTRY_VERIFY_WITH_TIMEOUT(!runIsOpen(fixture_->state()), kLong);
    }

    void theRecentMenuOpensAgainGreysTheMissingAndIsCleared() {
        const QString copy = fixture_->folder.filePath("copy.safetensors");
        QVERIFY(QFile::copy(kGreyModel, copy));
        window().opening().openModel(copy);
        waitUntilReady();
        window().opening().openModel("builtin");
        waitUntilReady();
        choose("copy.safetensors");
        waitUntilReady();
        QCOMPARE(shownModel().path, copy.toStdString());
        QVERIFY(QFile::remove(copy));
        QAction* entry = recent("copy.safetensors");
        QVERIFY(entry && !entry->isEnabled());
        QVERIFY(entry->text().contains("missing"));
        choose("Clear");
        QVERIFY(!recent("copy.safetensors"));
    }

    void whatIsChosenInTheWrongDialogOpensAsWhatItIs() {
        const QSignalSpy models(window().opening().files(), &FileChooser::modelChosen),
            data(window().opening().files(), &FileChooser::dataChosen);
        const QString idx = write("train-images-idx3-ubyte", "");
        window().opening().files()->open({idx, kGreyModel});
        QCOMPARE(models.size(), 1);
        QCOMPARE(data.size(), 1);
        waitUntilReady();
    }

    void aFailedOpeningKeepsModelAndCardAndSaysWhatToDo() {
        const QString title = window().windowTitle();
        const ModelSummary before = shownModel();
        window().opening().openModel(write("wrong.safetensors", "no model"));
        QTRY_VERIFY_WITH_TIMEOUT(window().strip()->isVisible(), kLong);
        QCOMPARE(window().strip()->severity(), MessageStrip::Severity::Error);
        QVERIFY(window().strip()->detail().contains("wrong.safetensors"));
        waitUntilReady();
        QCOMPARE(window().windowTitle(), title);
        QVERIFY(shownModel() == before);
        QVERIFY(!QApplication::activeModalWidget());
        window().opening().openModel("builtin");
        waitUntilReady();
        QTRY_VERIFY(!window().strip()->isVisible());
    }

    void aCancelledOpeningChangesNothing() {
        QSignalSpy cancelled(window().compute().facts(), &EngineFacts::openingCancelled);
        window().opening().openModel(kGreyModel);
        window().compute().cancelOpening();
        QTRY_COMPARE_WITH_TIMEOUT(cancelled.size(), 1, kLong);
        waitUntilReady();
        QCOMPARE(shownModel().path, std::string("builtin"));
        QVERIFY(!window().opening().progress()->isBusy());
        QVERIFY(window().strip()->isVisible());
    }

    void theCancelButtonOfASlowOpeningAsksOnce() {
        ProgressStrip strip;
        QSignalSpy asked(&strip, &ProgressStrip::cancelRequested);
        strip.begin("Opening a.zip…");
        QVERIFY(!strip.isVisible());
        QTRY_VERIFY(strip.isVisible());
        auto* button = strip.findChild<QPushButton*>();
        fixture_->click(button);
        fixture_->click(button);
        QCOMPARE(asked.size(), 1);
        strip.end();
        QVERIFY(!strip.isVisible());
    }

    void aColourModelWithGreyDataIsSaidBeforeAnythingRuns() {
        QVERIFY(!window().opening().fitStrip()->isVisible());
        window().opening().openModel(kColourModel);
        QTRY_VERIFY_WITH_TIMEOUT(window().opening().fitStrip()->isVisible(), kLong);
        waitUntilReady();
        QVERIFY(window().opening().fitStrip()->detail().contains("colour"));
        QPushButton* start = window().toolBar()->startButton();
        QVERIFY(!start->isEnabled());
        QVERIFY2(start->toolTip().contains("colour"), qPrintable(start->toolTip()));
        fixture_->clickStart();
        window().start();
        QCOMPARE(fixture_->state(), RunState::Ready);
        QVERIFY(fixture_->runFolders().isEmpty());
        window().opening().openModel(kGreyModel);
        QTRY_VERIFY_WITH_TIMEOUT(!window().opening().fitStrip()->isVisible(), kLong);
        waitUntilReady();
        QVERIFY(start->isEnabled());
        QVERIFY(!start->toolTip().contains("colour"));
    }

    // It is a name and no path: neither the list of recent files nor the saved session may take it for one.
    void theColourModelOpensFromTheMenu() {
        window().actions().openBuiltinColour->trigger();
        waitUntilReady();
        QCOMPARE(shownModel().path, std::string("builtin-emoji"));
        QCOMPARE(shownModel().imgChannels, 3);
        QCOMPARE(shownModel().labelDim, 9);
        QVERIFY(window().modelPage()->view()->content().card.licenceKind == WeightsLicence::EmbeddedEmoji);
        QVERIFY(fixture_->settings.recentModels().isEmpty());
    }

    void theCardShowsTheEmbeddedModelAndFollowsThePlan() {
        QTest::keyClick(&window(), Qt::Key_I, Qt::ControlModifier);
        QTRY_VERIFY(window().modelPage()->isVisible());
        QStringList shown;
        for (const auto* label : window().modelPage()->findChildren<QLabel*>()) shown << label->text();
        for (const char* text :
             {"EDMPrecond", "SongUNet (DDPM++)", "1,259,393", "conv0", "Channels per level, × base", "1, 2, 2"})
            QVERIFY2(shown.contains(QString::fromUtf8(text)), text);
        const auto frozen = [&] {
            return QJsonDocument::fromJson(cardJson(window().modelPage()->view()->content()))
                .object()["frozen_parameters"]
                .toInt();
        };
        QCOMPARE(frozen(), 1037120);
        window().blocksPage()->presets()->actions().front()->trigger();
        QCOMPARE(frozen(), 0);
    }

    void theCardIsCopiedAndSavedWithItsChecksum() {
        ModelCardView* view = window().modelPage()->view();
        QTRY_VERIFY_WITH_TIMEOUT(!view->content().sha256.isEmpty(), kLong);
        QFile weights(QString::fromStdString(view->content().card.file));
        QVERIFY(weights.open(QIODevice::ReadOnly));
        const QString sha256 =
            QString::fromLatin1(QCryptographicHash::hash(weights.readAll(), QCryptographicHash::Sha256).toHex());
        QCOMPARE(view->content().sha256, sha256);
        window().modelPage()->showAction()->trigger();
        fixture_->click(window().modelPage()->findChild<QPushButton*>());
        QVERIFY(QApplication::clipboard()->text().contains(sha256));
        const QString path = fixture_->folder.filePath("card.json");
        window().modelPage()->save(path);
        QFile saved(path);
        QVERIFY(saved.open(QIODevice::ReadOnly));
        const QJsonObject card = QJsonDocument::fromJson(saved.readAll()).object();
        QCOMPARE(card["parameters"].toInt(), 1259393);
        QCOMPARE(card["config"].toObject()["img_resolution"].toInt(), 28);
        QCOMPARE(card["sha256"].toString(), sha256);
        QCOMPARE(card["kimg"].toDouble(), 1000.0);
        QVERIFY(window().strip()->what().contains("card.json"));
        window().modelPage()->save(fixture_->folder.filePath("no/such/folder/card.md"));
        QCOMPARE(window().strip()->severity(), MessageStrip::Severity::Error);
    }

private:
    MainWindow& window() const { return *fixture_->window; }
    const ModelSummary& shownModel() const { return window().modelPage()->view()->content().model; }
    DropHint& hint() const { return *window().findChild<DropHint*>(); }
    void waitUntilReady() const { QTRY_COMPARE_WITH_TIMEOUT(fixture_->state(), RunState::Ready, kLong); }

    template <typename Event>
    bool drag(QWidget* over, const QString& path) const {
        QMimeData mime;
        mime.setUrls({QUrl::fromLocalFile(path)});
        Event event({4, 4}, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(over, &event);
        return event.isAccepted() && event.dropAction() == Qt::CopyAction;
    }
    QString write(const QString& name, const QByteArray& content) const {
        QFile file(fixture_->folder.filePath(name));
        if (file.open(QIODevice::WriteOnly)) file.write(content);
        return file.fileName();
    }
    QAction* recent(const QString& part) const {
        QMenu* menu = window().opening().files()->recentMenu();
        Q_EMIT menu->aboutToShow();
        for (QAction* action : menu->actions())
            if (action->text().remove(QLatin1Char('&')).contains(part)) return action;
        return nullptr;
    }
    /// Opens the menu and chooses with the keyboard, as a user would.
    void choose(const QString& part) const {
        QMenu* menu = window().opening().files()->recentMenu();
        menu->popup(window().mapToGlobal(QPoint(50, 50)));
        for (QAction* action : menu->actions())
            if (action->text().remove(QLatin1Char('&')).contains(part)) menu->setActiveAction(action);
        QTest::keyClick(menu, Qt::Key_Return);
    }

    std::unique_ptr<WindowFixture> fixture_;
};

THAW_TEST(OpeningTest);
#include "opening_test.moc"
