// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figure/figure_editor.h"
#include "tests/registry.h"
#include "widgets/figure/figure_presets.h"
#include "widgets/figure/figure_preview.h"
#include "widgets/figure/panel_list.h"

#include <QClipboard>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include <memory>

using namespace thaw;

namespace {

SheetPanel mapPanel(const QString& title) {
    MapFigure map;
    map.data.rows = 4;
    map.data.cols = 5;
    for (int i = 0; i < 20; ++i) map.data.values.push_back(i);
    map.data.x = {"x", "", {0, 1, 2, 3, 4}, {}};
    map.data.y = {"y", "", {0, 1, 2, 3}, {}};
    map.data.title = title;
    return {map, {}, {}};
}

SheetPanel curvePanel(const QString& title) {
    CurveFigure figure;
    figure.title = title;
    CurveSeries series;
    series.name = "G";
    for (int i = 0; i < 50; ++i) series.x.push_back(i), series.y.push_back(i % 7);
    figure.series.push_back(series);
    return {figure, {}, {}};
}

}  // namespace

class FigureEditorTest : public QObject {
    Q_OBJECT
    std::unique_ptr<FigureEditor> editor_;

    QStringList titles() const {
        QStringList titles;
        for (const SheetPanel& panel : editor_->sheet().panels)
            titles << (panel.title.isEmpty() ? titleOf(panel.figure) : panel.title);
        return titles;
    }
    template <class Field>
    Field* field(const char* name) const {
        return editor_->findChild<Field*>(name);
    }
    void select(int row) const {
        QTest::mouseClick(editor_->list()->viewport(), Qt::LeftButton, {},
                          editor_->list()->visualItemRect(editor_->list()->item(row)).center());
        QCOMPARE(editor_->list()->currentRow(), row);
    }

private Q_SLOTS:
    void init() {
        editor_ = std::make_unique<FigureEditor>();
        editor_->resize(1100, 700);
        editor_->show();
        editor_->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(editor_.get()));
        for (const char* title : {"one", "two"}) editor_->add(mapPanel(title));
        editor_->add(curvePanel("three"));
        editor_->setModified(false);
    }
    void cleanup() { editor_.reset(); }

    void keysReorderThePanels() {
        select(0);
        QTest::keyClick(editor_->list(), Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(titles(), (QStringList{"two", "one", "three"}));
        QCOMPARE(editor_->list()->currentRow(), 1);
        QTest::keyClick(editor_->list(), Qt::Key_Down, Qt::AltModifier);
        QTest::keyClick(editor_->list(), Qt::Key_Down, Qt::AltModifier);  // the end: nothing
        QCOMPARE(titles(), (QStringList{"two", "three", "one"}));
        QTest::keyClick(editor_->list(), Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(titles(), (QStringList{"two", "one", "three"}));
        QVERIFY(editor_->isModified());
    }

    void undoBringsTheRemovedPanelBack() {
        select(1);
        QTest::keyClick(editor_->list(), Qt::Key_Delete);
        QCOMPARE(titles(), (QStringList{"one", "three"}));
        QTest::keyClick(editor_.get(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(titles(), (QStringList{"one", "two", "three"}));
        QVERIFY(!editor_->isModified());
        QTest::keyClick(editor_.get(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(titles(), (QStringList{"one", "three"}));
    }

    void aPanelIsRenamedInPlace() {
        select(1);
        QTest::keyClick(editor_->list(), Qt::Key_F2);
        auto* line = editor_->list()->findChild<QLineEdit*>();
        QVERIFY(line);
        QCOMPARE(line->text(), QString("two"));
        line->selectAll();
        QTest::keyClicks(line, "before");
        QTest::keyClick(line, Qt::Key_Return);
        QTRY_COMPARE(titles(), (QStringList{"one", "before", "three"}));
        editor_->renamePanel(1, "two");  // its own title again
        QVERIFY(editor_->sheet().panels[1].title.isEmpty());
    }

    void aPresetSetsWidthAndType() {
        auto* paper = field<QComboBox>("figure_paper");
        const auto presets = figurePresets();
        for (int i = 0; i < int(presets.size()); ++i) {
            paper->setCurrentIndex(i);
            Q_EMIT paper->activated(i);
            QCOMPARE(editor_->options().widthMm, presets[std::size_t(i)].widthMm);
            QCOMPARE(editor_->options().fontPt, presets[std::size_t(i)].fontPt);
            QCOMPARE(paper->currentIndex(), i);
        }
        // A width of one's own is no venue's.
        auto* width = field<QDoubleSpinBox>("figure_width");
        width->setFocus();
        width->selectAll();
        QTest::keyClicks(width, QLocale().toString(101.5));
        QTest::keyClick(width, Qt::Key_Return);
        QCOMPARE(editor_->options().widthMm, 101.5);
        QCOMPARE(paper->currentIndex(), paper->count() - 1);
    }

    void theFormReachesThePreview() {
        QSignalSpy drawn(editor_->preview(), &FigurePreview::drawn);
        auto* width = field<QDoubleSpinBox>("figure_width");
        width->setValue(150);
        QVERIFY(drawn.wait());
        QCOMPARE(editor_->preview()->pageMm().width(), 150.0);
        const double automatic = editor_->preview()->pageMm().height();
        field<QDoubleSpinBox>("figure_height")->setValue(200);
        QVERIFY(drawn.wait());
        QCOMPARE(editor_->preview()->pageMm().height(), 200.0);
        field<QDoubleSpinBox>("figure_height")->setValue(0);
        QVERIFY(drawn.wait());
        QCOMPARE(editor_->preview()->pageMm().height(), automatic);
        auto* columns = field<QComboBox>("figure_columns");
        columns->setCurrentIndex(1);
        Q_EMIT columns->activated(1);
        QCOMPARE(editor_->sheet().columns, 1);
        QVERIFY(drawn.wait());
        QVERIFY(editor_->preview()->pageMm().height() > automatic);
    }

    void typingOneFieldIsOneChange() {
        const int before = editor_->undoStack().index();
        for (const double value : {90.0, 95.0, 99.0}) field<QDoubleSpinBox>("figure_width")->setValue(value);
        QCOMPARE(editor_->undoStack().index(), before + 1);
        field<QDoubleSpinBox>("figure_font")->setValue(9);
        QCOMPARE(editor_->undoStack().index(), before + 2);
        editor_->undoStack().undo();
        editor_->undoStack().undo();
        QCOMPARE(editor_->options().widthMm, FigureOptions().widthMm);
    }

    void trueSizeIsInTheScreensMillimetres() {
        editor_->preview()->setZoom(FigurePreview::Zoom::TrueSize);
        const double perMm = editor_->preview()->physicalDpiX() / 25.4;
        const QImage& picture = editor_->preview()->picture();
        const double width = picture.width() / picture.devicePixelRatio();
        // Whole dots an inch: half a dot is the most that the picture is off.
        QVERIFY(qAbs(width / perMm - editor_->options().widthMm) <
                editor_->options().widthMm * 0.5 / (perMm * 25.4) + 1 / perMm);
        editor_->preview()->setZoom(FigurePreview::Zoom::Double);
        QVERIFY(editor_->preview()->picture().width() > 1.9 * width);
    }

    void sizesThatNoPaperHasCannotBeTyped() {
        auto* width = field<QDoubleSpinBox>("figure_width");
        width->setValue(-5);
        QCOMPARE(editor_->options().widthMm, 10.0);
        width->setValue(1e9);
        QCOMPARE(editor_->options().widthMm, 2000.0);
        field<QDoubleSpinBox>("figure_height")->setValue(4);  // less than any figure: automatic
        QCOMPARE(editor_->options().heightMm, 0.0);
    }

    void everyFormatCanBeAskedFor() {
        editor_->offerFormats({"pdf", "npz"});
        QSignalSpy asked(editor_.get(), &FigureEditor::saveRequested);
        QMenu* menu = nullptr;
        for (QToolButton* button : editor_->findChildren<QToolButton*>())
            if (button->text().startsWith("Save")) menu = button->menu();
        QVERIFY(menu);
        for (QAction* action : menu->actions()) action->trigger();
        QCOMPARE(asked.size(), 2);
        QCOMPARE(asked[1][0].toString(), QString("npz"));
    }

    void anEmptyFigureSaysWhatToDo() {
        FigureEditor empty;
        empty.resize(900, 600);
        empty.show();
        QVERIFY(!empty.isModified());
        QVERIFY(empty.preview()->picture().isNull());
        for (QToolButton* button : empty.findChildren<QToolButton*>())
            if (button->text().startsWith("Save") || button->text() == "Copy") QVERIFY(!button->isEnabled());
        const QImage shown = empty.grab().toImage();
        QVERIFY(!shown.isNull());
    }

    void everyControlHasANameAndATooltip() {
        for (QWidget* widget : editor_->form()->findChildren<QWidget*>()) {
            const bool control = widget->inherits("QAbstractSpinBox") || widget->inherits("QComboBox") ||
                                 widget->inherits("QCheckBox") ||
                                 (widget->inherits("QLineEdit") && widget->parentWidget() == editor_->form());
            if (!control) continue;
            QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(widget->objectName()));
            QVERIFY2(!widget->toolTip().isEmpty(), qPrintable(widget->objectName()));
        }
    }

    void theSavedFigureIsWhereUndoEnds() {
        editor_->setSheet(editor_->sheet());
        QVERIFY(!editor_->isModified());
        QVERIFY(!editor_->undoStack().canUndo());
    }
};

THAW_TEST(FigureEditorTest);
#include "figure_editor_test.moc"
