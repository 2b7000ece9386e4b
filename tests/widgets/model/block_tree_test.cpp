// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/model/block_tree.h"
#include "tests/registry.h"
#include "tests/widgets/sample_values.h"
#include "widgets/base/number_text.h"
#include "widgets/base/share_bar.h"
#include "widgets/base/theme.h"
#include "widgets/model/block_tree_model.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QSignalSpy>
#include <QStyle>
#include <QTest>
#include <QTreeView>

using namespace thaw;

namespace {

struct Bench {
    BlockTree tree;
    QSignalSpy plans{&tree, &BlockTree::planChanged};
    QSignalSpy blocks{&tree, &BlockTree::blockSelected};

    Bench() {
        tree.resize(360, 500);
        tree.setModel(test::smallModel());
        tree.show();
    }
    QModelIndex row(const QString& path) const {
        const auto found = tree.view()->model()->match(tree.view()->model()->index(0, 0), BlockTreeModel::PathRole,
                                                       path, 1, Qt::MatchExactly | Qt::MatchRecursive);
        return found.isEmpty() ? QModelIndex() : found.first();
    }
    void clickBox(const QModelIndex& index) {
        tree.view()->scrollTo(index);
        const QRect cell = tree.view()->visualRect(index);
        const int box = tree.view()->style()->pixelMetric(QStyle::PM_IndicatorWidth, nullptr, tree.view());
        const int margin = tree.view()->style()->pixelMetric(QStyle::PM_FocusFrameHMargin, nullptr, tree.view()) + 1;
        QTest::mouseClick(tree.view()->viewport(), Qt::LeftButton, {},
                          QPoint(cell.left() + margin + box / 2, cell.center().y()));
    }
    QString countLine() const { return tree.findChild<QLabel*>("frozenCount")->text().replace(QChar(0xA0), ' '); }
    QLineEdit* filter() const { return tree.findChild<QLineEdit*>("blockFilter"); }
};

FreezePlan planOf(const QSignalSpy& spy) { return spy.last().first().value<FreezePlan>(); }

}  // namespace

class BlockTreeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        applyTheme(*qApp, Theme::Light);
    }

    void theModelKeepsTheContractOfItemModels() {
        BlockTreeModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        model.setModel(test::smallModel());
        model.setPlan(parseFreezePlan("d2o-f"));
        model.setFrozen({model.index(0, 0)}, true);
        model.setModel({});
        model.setModel(test::smallModel());
        QCOMPARE(model.rowCount(), 3);
    }

    void theFilteredModelKeepsTheContractToo() {
        Bench bench;
        QAbstractItemModelTester tester(bench.tree.view()->model(),
                                        QAbstractItemModelTester::FailureReportingMode::Fatal);
        for (const char* text : {"conv", "*.conv0", "zzz", "", "enc.28x28*"})
            bench.tree.setFilter(QString::fromLatin1(text));
        QCOMPARE(bench.tree.matchCount(), 5);
    }

    void groupsFollowTheNetwork() {
        Bench bench;
        const QAbstractItemModel* m = bench.tree.view()->model();
        QCOMPARE(m->rowCount(), 3);
        QCOMPARE(m->index(0, 0).data().toString(), "Mapping");
        QCOMPARE(m->index(1, 0).data().toString(), "Encoder");
        QCOMPARE(m->index(2, 0).data().toString(), "Decoder");
        QCOMPARE(m->rowCount(m->index(1, 0)), 3);
        const QModelIndex block = bench.row("enc.28x28_block0");
        QCOMPARE(block.data().toString(), "28x28_block0");
        QCOMPARE(block.siblingAtColumn(BlockTreeModel::Resolution).data().toString(), "28×28");
        QCOMPARE(m->index(1, 0, block).data().toString(), "conv0.weight");
        QCOMPARE(m->index(1, BlockTreeModel::Kind, block).data().toString(), "4 × 4 × 3 × 3");
    }

    void checkedMeansFrozenAndParentsFollow() {
        Bench bench;
        const auto state = [&](const QModelIndex& index) {
            return Qt::CheckState(index.data(Qt::CheckStateRole).toInt());
        };
        bench.tree.setPlan(parseFreezePlan("enc.28x28_block0.conv0"));
        QCOMPARE(state(bench.row("enc.28x28_block0.conv0.weight")), Qt::Checked);
        QCOMPARE(state(bench.row("enc.28x28_block0")), Qt::PartiallyChecked);
        QCOMPARE(state(bench.row("enc.28x28_block0").parent()), Qt::PartiallyChecked);
        bench.tree.setPlan(parseFreezePlan("enc"));
        QCOMPARE(state(bench.row("enc.28x28_block0").parent()), Qt::Checked);
        QCOMPARE(state(bench.row("map_layer0")), Qt::Unchecked);
    }

    void settingAPlanIsSilent() {
        Bench bench;
        bench.tree.setPlan(parseFreezePlan("d2o-f"));
        bench.tree.selectBlock("enc.14x14_down");
        QCOMPARE(bench.plans.size(), 0);
        QCOMPARE(bench.blocks.size(), 0);
        QCOMPARE(bench.tree.selectedBlock(), "enc.14x14_down");
    }

    void clickingABoxFreezesExactlyThatBlock() {
        Bench bench;
        bench.clickBox(bench.row("enc.14x14_down"));
        QCOMPARE(bench.plans.size(), 1);
        const auto parameters = bench.tree.model().allParameters();
        const auto mask = frozenMask(planOf(bench.plans), parameters);
        for (std::size_t i = 0; i < parameters.size(); ++i)
            QCOMPARE(bool(mask[i]), parameters[i].name.rfind("enc.14x14_down.", 0) == 0);
        QCOMPARE(planOf(bench.plans), bench.tree.plan());
        bench.clickBox(bench.row("enc.14x14_down"));
        QCOMPARE(bench.plans.size(), 2);
        QVERIFY(planOf(bench.plans).patterns.empty());
    }

    void clickingAPartlyFrozenGroupFreezesAllOfIt() {
        Bench bench;
        bench.tree.setPlan(parseFreezePlan("d2o-f"));
        bench.clickBox(bench.row("enc.14x14_down").parent());
        QCOMPARE(countFrozen(planOf(bench.plans), bench.tree.model()).frozen,
                 countFrozen(parseFreezePlan("d2o-f,enc"), bench.tree.model()).frozen);
    }

    void spaceTogglesTheWholeSelectionAtOnce() {
        Bench bench;
        QTreeView* view = bench.tree.view();
        view->setCurrentIndex(bench.row("enc.28x28_conv"));
        QTest::keyClick(view, Qt::Key_Down, Qt::ShiftModifier);
        QTest::keyClick(view, Qt::Key_Space);
        QCOMPARE(bench.plans.size(), 1);
        QCOMPARE(planOf(bench.plans), parseFreezePlan("enc.28x28_conv,enc.28x28_block0"));
        QTest::keyClick(view, Qt::Key_Space);
        QCOMPARE(planOf(bench.plans), FreezePlan{});
    }

    void aChoiceThatEqualsAPresetIsCalledByItsName() {
        Bench bench;
        bench.tree.setPlan(parseFreezePlan("*.conv0,*.conv1"));
        QCOMPARE(bench.tree.presetBox()->currentText(), "Custom");
        bench.clickBox(bench.row("dec.14x14_in0.proj.weight"));
        QCOMPARE(bench.tree.presetBox()->currentText(), "D2O-F");
        QCOMPARE(planOf(bench.plans), parseFreezePlan("d2o-f"));
    }

    void choosingAPresetEmitsItOnce() {
        Bench bench;
        QComboBox* box = bench.tree.presetBox();
        box->setFocus();
        QTest::keyClick(box, Qt::Key_Down);
        QCOMPARE(bench.plans.size(), 1);
        QCOMPARE(planOf(bench.plans), parseFreezePlan("d2o-f"));
        QTest::keyClick(box, Qt::Key_End);
        // Custom cannot be chosen, it can only come about.
        QCOMPARE(box->currentText(), "All");
        QCOMPARE(countFrozen(planOf(bench.plans), bench.tree.model()).percent(), 100.0);
    }

    void theLiveLineIsTheCountOfTheFreezeRule() {
        Bench bench;
        bench.tree.setPlan(parseFreezePlan("d2o-f"));
        const FreezeCount count = countFrozen(parseFreezePlan("d2o-f"), test::smallModel());
        QCOMPARE(bench.countLine(),
                 QString("%1 of %2 frozen (%3)")
                     .arg(formatCount(count.frozen), formatCount(count.total), formatPercent(count.percent()))
                     .replace(QChar(0xA0), ' '));
        QCOMPARE(bench.tree.findChild<ShareBar*>("frozenBar")->share(), double(count.frozen) / double(count.total));
        bench.clickBox(bench.row("map_layer0"));
        QVERIFY(bench.countLine().startsWith(formatCount(count.frozen + 40)));
    }

    void theFilterCountsTensorsAndTurnsRedOnNone() {
        Bench bench;
        QTest::keyClicks(bench.filter(), "CONV0");
        QCOMPARE(bench.tree.matchCount(), 3);
        QCOMPARE(bench.tree.findChild<QLabel*>("blockMatches")->text(), "3 matching");
        QVERIFY(bench.row("enc.28x28_block0.conv0.weight").isValid());
        QVERIFY(!bench.row("enc.28x28_block0.conv1.weight").isValid());
        QVERIFY(!bench.row("map_layer0").isValid());
        bench.filter()->clear();
        QTest::keyClicks(bench.filter(), "cnov");
        QCOMPARE(bench.tree.matchCount(), 0);
        QCOMPARE(bench.filter()->palette().color(QPalette::Text), errorColour(bench.tree.palette()));
        QCOMPARE(bench.tree.findChild<QLabel*>("blockMatches")->text(), "no match");
        bench.filter()->clear();
        QVERIFY(bench.row("map_layer0").isValid());
        QCOMPARE(bench.filter()->palette().color(QPalette::Text), bench.tree.palette().color(QPalette::Text));
    }

    void aGlobInTheFilterMeansWhatItMeansInAPlan() {
        Bench bench;
        bench.tree.setFilter("*.conv?");
        const auto parameters = bench.tree.model().allParameters();
        const auto mask = frozenMask(FreezePlan{{"*.conv?"}}, parameters);
        QCOMPARE(bench.tree.matchCount(), int(std::count(mask.begin(), mask.end(), true)));
    }

    void returnSelectsWhatMatchesSoThatSpaceFreezesIt() {
        Bench bench;
        QTest::keyClicks(bench.filter(), "*.qkv");
        QTest::keyClick(bench.filter(), Qt::Key_Return);
        QTest::keyClick(bench.tree.view(), Qt::Key_Space);
        QCOMPARE(bench.plans.size(), 1);
        QCOMPARE(countFrozen(planOf(bench.plans), bench.tree.model()).frozen, std::int64_t(48));
    }

    void walkingTheTreeNamesTheBlock() {
        Bench bench;
        QTreeView* view = bench.tree.view();
        view->setCurrentIndex(bench.row("enc.28x28_conv"));
        QCOMPARE(bench.blocks.size(), 1);
        QTest::keyClick(view, Qt::Key_Down);
        QCOMPARE(bench.blocks.last().first().toString(), "enc.28x28_block0");
        view->expand(view->currentIndex());
        QTest::keyClick(view, Qt::Key_Down);
        // A tensor belongs to the block that is already named.
        QCOMPARE(bench.blocks.size(), 2);
        QCOMPARE(bench.tree.selectedBlock(), "enc.28x28_block0");
    }

    void selectingAHiddenBlockClearsTheFilter() {
        Bench bench;
        bench.tree.setFilter("qkv");
        bench.tree.selectBlock("enc.28x28_conv");
        QVERIFY(bench.filter()->text().isEmpty());
        QCOMPARE(bench.tree.view()->currentIndex(), bench.row("enc.28x28_conv"));
    }

    void aLockedTreeCanBeReadButNotChanged() {
        Bench bench;
        bench.tree.setLocked(true);
        bench.clickBox(bench.row("enc.14x14_down"));
        QTest::keyClick(bench.tree.view(), Qt::Key_Space);
        QCOMPARE(bench.plans.size(), 0);
        QCOMPARE(bench.tree.selectedBlock(), "enc.14x14_down");
        QVERIFY(!bench.tree.presetBox()->isEnabled());
    }

    void namesAreNotCutInANarrowDock() {
        Bench bench;
        bench.tree.resize(320, 400);
        QTest::qWait(1);
        QTreeView* view = bench.tree.view();
        for (const char* path : {"enc.28x28_block0", "dec.28x28_aux_conv"}) {
            const QModelIndex index = bench.row(QString::fromLatin1(path));
            QVERIFY(view->visualRect(index).width() >=
                    view->fontMetrics().horizontalAdvance(index.data().toString()) + 48);
        }
        QVERIFY(view->isColumnHidden(BlockTreeModel::Kind));
        bench.tree.resize(800, 400);
        QTest::qWait(1);
        QVERIFY(!view->isColumnHidden(BlockTreeModel::Kind));
    }

    void frozenAndThawedAreSaidInWordsToo() {
        Bench bench;
        bench.tree.setPlan(parseFreezePlan("map_layer0"));
        QCOMPARE(bench.row("map_layer0").data(Qt::AccessibleTextRole).toString(), "map_layer0, frozen");
        QCOMPARE(bench.row("enc.28x28_conv").data(Qt::AccessibleTextRole).toString(), "28x28_conv, thawed");
        QCOMPARE(bench.row("map_layer0.bias").siblingAtColumn(BlockTreeModel::FrozenShare).data().toString(), "frozen");
    }

    void everyControlHasANameAndATooltip() {
        Bench bench;
        for (QWidget* widget : {static_cast<QWidget*>(bench.filter()), static_cast<QWidget*>(bench.tree.presetBox())}) {
            QVERIFY(!widget->accessibleName().isEmpty());
            QVERIFY(!widget->toolTip().isEmpty());
        }
        QVERIFY(!bench.tree.view()->accessibleName().isEmpty());
    }
};

THAW_TEST(BlockTreeTest);
#include "block_tree_test.moc"
