// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/run/run_form.h"
#include "tests/registry.h"
#include "widgets/base/number_field.h"
#include "widgets/base/theme.h"
#include "widgets/run/run_fields.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>

#include <algorithm>
#include <limits>

using namespace thaw;

namespace {

struct Bench {
    RunForm form;
    QSignalSpy changed{&form, &RunForm::configChanged};
    QSignalSpy validity{&form, &RunForm::validityChanged};

    Bench() {
        form.resize(300, 800);
        form.show();
    }
    NumberField* field(const char* key) const {
        return form.findChild<NumberField*>(QStringLiteral("run_") + QLatin1String(key));
    }
    QLabel* problem(const char* key) const {
        return form.findChild<QLabel*>(QStringLiteral("problem_") + QLatin1String(key));
    }
    QToolButton* reset(const char* key) const {
        return form.findChild<QToolButton*>(QStringLiteral("reset_") + QLatin1String(key));
    }
    void type(const char* key, const QString& text) {
        field(key)->selectAll();
        QTest::keyClicks(field(key), text);
    }
    FinetuneConfig last() const { return changed.last().first().value<FinetuneConfig>(); }
};

}  // namespace

class RunFormTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void initTestCase() { applyTheme(*qApp, Theme::Light); }

    void everySettingSurvivesTheForm() {
        FinetuneConfig config;
        config.kimg = 12.5;
        config.batch = 32;
        config.generator = {3e-4, 0.1, 0.95, 1e-7, false};
        config.discriminator = {1e-4, 0.2, 0.9, 1e-6, false};
        config.ema = {7, 0.1};
        config.r1 = {0.01, 8};
        config.loss = GanLossKind::Hinge;
        config.reduction = LossReduction::Sum;
        config.seed = std::numeric_limits<std::uint64_t>::max();
        config.precision = Precision::Float32;
        config.fidEveryKimg = 4;
        config.fidImages = 2000;
        config.snapshotEveryKimg = 9;
        config.sigma = 40;
        config.dropout = 0.13;
        config.labelDropout = 0.1;
        config.gan = false;
        config.distill = {
            Distillation::Trajectory, ImageDistance::Lpips, "net.pt", 2, 512, 5, 99, DistillRecipe::Release, 0.5};
        config.studentSteps = 2;
        config.discriminatorKind = DiscriminatorKind::Projected;
        config.backbones = {"denoiser", "vgg.pt"};
        config.discriminatorWidth = 16;
        config.augment = {0.1, 0.6};
        config.rethaw = RethawState::Keep;
        config.xflip = true;
        config.microBatch = 16;
        config.measure = {"clip.pt", "reference.npz"};
        config.kid = config.coverage = false;
        config.tensorboard = true;
        config.generator.rectified = config.discriminator.rectified = true;
        config.freeze = parseFreezePlan("enc");
        Bench bench;
        bench.form.setConfig(config);
        QCOMPARE(bench.changed.size(), 0);
        QVERIFY(bench.form.config() == config);
        // Reading it all back from the texts changes nothing either.
        QTest::keyClick(bench.field("batch"), Qt::Key_End);
        QTest::keyClick(bench.field("batch"), Qt::Key_Backspace);
        QTest::keyClick(bench.field("batch"), Qt::Key_2);
        QVERIFY(bench.last() == config);
    }

    void aPresetFillsEveryFieldAndLeavesTheFreezePlan() {
        Bench bench;
        auto config = bench.form.config();
        config.freeze = parseFreezePlan("enc");
        bench.form.setConfig(config);
        auto* preset = bench.form.findChild<QComboBox*>(QStringLiteral("run_preset"));
        QVERIFY(preset);
        QCOMPARE(preset->currentIndex(), 0);
        preset->setFocus();
        QTest::keyClick(preset, Qt::Key_Down);
        Q_EMIT preset->activated(preset->currentIndex());
        auto expected = finetunePresets()[1].config;
        QCOMPARE(QString::fromStdString(finetunePresets()[1].key), QString("cifar10"));
        expected.freeze = config.freeze;
        QVERIFY(bench.form.config() == expected);
        QVERIFY(bench.last() == expected);
        QVERIFY(bench.form.isValid());
        QCOMPARE(bench.field("batch")->text(), QString("256"));
        QVERIFY(bench.form.findChild<QLabel*>(QStringLiteral("runNote"))->text().contains("VGG16-BN"));
        // Any change makes it one's own.
        bench.type("batch", "128");
        QCOMPARE(preset->currentText(), QString("Custom"));
    }

    void onlyFieldsThatTheObjectiveUsesAreThere() {
        Bench bench;
        bench.form.setAdvancedVisible(true);
        auto* gan = bench.form.findChild<QCheckBox*>(QStringLiteral("run_gan"));
        auto* imitation = bench.form.findChild<QComboBox*>(QStringLiteral("run_distill_kind"));
        QVERIFY(gan->isChecked());
        QVERIFY(bench.field("r1_gamma")->isVisibleTo(&bench.form));
        QVERIFY(!bench.field("distill_timesteps")->isVisibleTo(&bench.form));
        QTest::mouseClick(gan, Qt::LeftButton, {}, QPoint(8, gan->height() / 2));
        QVERIFY(!gan->isChecked());
        QVERIFY(!bench.form.isValid());  // neither objective is left
        QVERIFY(bench.problem("distill_kind")->isVisibleTo(&bench.form));
        imitation->setCurrentIndex(2);
        Q_EMIT imitation->activated(2);
        QVERIFY(bench.form.isValid());
        QCOMPARE(objectiveName(bench.form.config()), std::string("cd"));
        QVERIFY(!bench.field("r1_gamma")->isVisibleTo(&bench.form));
        QVERIFY(bench.field("distill_timesteps")->isVisibleTo(&bench.form));
        QVERIFY(!bench.field("distill_teacher_steps")->isVisibleTo(&bench.form));
        QVERIFY(!bench.field("distill_weight")->isVisibleTo(&bench.form));  // there is nothing to weigh it against
        QTest::mouseClick(gan, Qt::LeftButton, {}, QPoint(8, gan->height() / 2));
        QVERIFY(bench.field("distill_weight")->isVisibleTo(&bench.form));
        QCOMPARE(objectiveName(bench.last()), std::string("cd,gan"));
    }

    void theWheelScrollsTheFormAndChangesNoSetting() {
        Bench bench;
        bench.form.setAdvancedVisible(true);
        for (QComboBox* box : bench.form.findChildren<QComboBox*>()) {
            const int before = box->currentIndex();
            const QPointF at = box->rect().center();
            QWheelEvent event(at, box->mapToGlobal(at), {}, {0, -120}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase,
                              false);
            QCoreApplication::sendEvent(box, &event);
            QCOMPARE(box->currentIndex(), before);
        }
        QCOMPARE(bench.changed.size(), 0);
    }

    void backbonesAreAListOfNames() {
        Bench bench;
        auto* line = bench.form.findChild<QLineEdit*>(QStringLiteral("run_discriminator_backbones"));
        QCOMPARE(line->text(), QString("denoiser"));
        line->selectAll();
        QTest::keyClicks(line, "denoiser, /models/vgg.pt");
        QCOMPARE(bench.last().backbones, (std::vector<std::string>{"denoiser", "/models/vgg.pt"}));
        QVERIFY(bench.form.isValid());
        line->selectAll();
        QTest::keyClicks(line, "denoiser, denoiser");
        QVERIFY(!bench.form.isValid());
        QVERIFY(bench.problem("discriminator_backbones")->text().contains("twice"));
    }

    void typingChangesTheSetting() {
        Bench bench;
        bench.type("generator_learning_rate", "1e-4");
        QCOMPARE(bench.last().generator.learningRate, 1e-4);
        bench.type("seed", "42");
        QCOMPARE(bench.last().seed, std::uint64_t(42));
        QCOMPARE(bench.last().generator.learningRate, 1e-4);
    }

    void choicesChangeTheSetting() {
        Bench bench;
        auto* loss = bench.form.findChild<QComboBox*>("run_loss");
        bench.form.setAdvancedVisible(true);
        QTest::keyClick(loss, Qt::Key_Down);
        QCOMPARE(bench.last().loss, GanLossKind::Hinge);
    }

    void aProblemIsSaidUnderItsField() {
        Bench bench;
        QVERIFY(bench.form.isValid());
        bench.type("batch", "4");
        QVERIFY(!bench.form.isValid());
        QCOMPARE(bench.validity.size(), 1);
        QVERIFY(bench.problem("batch")->isVisible());
        QVERIFY2(bench.problem("batch")->text().startsWith("Batch is 4"), qPrintable(bench.problem("batch")->text()));
        QCOMPARE(bench.field("batch")->accessibleDescription(), bench.problem("batch")->text());
        QVERIFY(!bench.problem("kimg")->isVisible());
        bench.type("batch", "64");
        QVERIFY(bench.form.isValid());
        QVERIFY(!bench.problem("batch")->isVisible());
    }

    void whatIsNoNumberIsAProblemAndChangesNothing() {
        Bench bench;
        bench.type("kimg", "ten");
        QVERIFY(!bench.form.isValid());
        QCOMPARE(bench.form.config().kimg, FinetuneConfig().kimg);
        QVERIFY(bench.problem("kimg")->text().contains("ten"));
        bench.type("batch", "many");
        QVERIFY(bench.problem("batch")->isVisible());
        QCOMPARE(bench.form.config().batch, FinetuneConfig().batch);
        bench.type("seed", "-1");
        QVERIFY(bench.problem("seed")->isVisible());
    }

    void everyProblemOfTheCoreHasAField() {
        FinetuneConfig broken;
        broken.kimg = -1;
        broken.batch = 0;
        broken.generator = broken.discriminator = {-1, 2, 2, -1};
        broken.ema = {-1, -1};
        broken.r1 = {-1, -1};
        broken.fidEveryKimg = broken.snapshotEveryKimg = -1;
        broken.fidImages = -1;
        broken.sigma = -1;
        const auto fields = runFields();
        const auto problems = validate(broken);
        QVERIFY(problems.size() >= 16);
        for (const auto& problem : problems) {
            const bool known = std::any_of(fields.begin(), fields.end(),
                                           [&](const RunField& f) { return f.key.toStdString() == problem.field; });
            QVERIFY2(known, problem.field.c_str());
        }
        Bench bench;
        bench.form.setConfig(broken);
        QCOMPARE(bench.form.problems().size(), problems.size());
        // A problem is never folded away.
        QVERIFY(bench.form.advancedVisible());
    }

    void resetAppearsWhereAValueDiffers() {
        Bench bench;
        QVERIFY(!bench.reset("kimg")->isVisible());
        bench.type("kimg", "20");
        QVERIFY(bench.reset("kimg")->isVisible());
        QTest::mouseClick(bench.reset("kimg"), Qt::LeftButton);
        QCOMPARE(bench.last().kimg, FinetuneConfig().kimg);
        QVERIFY(!bench.reset("kimg")->isVisible());
    }

    void advancedFieldsUnfold() {
        Bench bench;
        QVERIFY(!bench.field("r1_gamma")->isVisible());
        QTest::mouseClick(bench.form.findChild<QPushButton*>("runAdvanced"), Qt::LeftButton);
        QVERIFY(bench.form.advancedVisible());
        QVERIFY(bench.field("r1_gamma")->isVisible());
    }

    void aLockedFormIsReadOnlyAndSaysWhy() {
        Bench bench;
        bench.form.setLocked(true);
        QVERIFY(!bench.field("kimg")->isEnabled());
        QVERIFY(bench.form.findChild<QLabel*>("runNote")->text().contains("fixed"));
        QTest::mouseClick(bench.form.findChild<QPushButton*>("runAdvanced"), Qt::LeftButton);
        QVERIFY(bench.form.advancedVisible());
        bench.form.setLocked(false);
        QVERIFY(bench.field("kimg")->isEnabled());
    }

    void nothingMovesWhenAPresetBecomesOnesOwnOrTheFormIsLocked() {
        Bench bench;
        bench.form.resize(300, 700);
        // A layout inside another asks for its turn one event after the other: the last of them has been answered.
        const auto place = [&](const char* field) {
            for (int nested = 0; nested < 8; ++nested)
                QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
            return bench.field(field)->mapTo(&bench.form, QPoint());
        };
        auto* preset = bench.form.findChild<QComboBox*>(QStringLiteral("run_preset"));
        for (int i = 0; i < preset->count() - 1; ++i) {
            Q_EMIT preset->activated(i);
            const QPoint batch = place("batch"), kimg = place("kimg");
            bench.type("batch", "128");
            QCOMPARE(preset->currentText(), QString("Custom"));
            QCOMPARE(place("batch"), batch);
            QCOMPARE(place("kimg"), kimg);
            bench.form.setLocked(true);
            QCOMPARE(place("kimg"), kimg);
            bench.form.setLocked(false);
        }
        // The note has room for all of its words.
        const auto* note = bench.form.findChild<QLabel*>(QStringLiteral("runNote"));
        QVERIFY(note->height() >= note->heightForWidth(note->width()));
    }

    void theFreezePlanPassesThrough() {
        Bench bench;
        bench.form.setFreeze(parseFreezePlan("all"));
        QCOMPARE(bench.changed.size(), 0);
        bench.type("seed", "1");
        QCOMPARE(bench.last().freeze, parseFreezePlan("all"));
    }

    void itBeginsWithTheSettingsOfTheEmbeddedModel() {
        Bench bench;
        QVERIFY(bench.form.config() == finetunePresets().front().config);
        QCOMPARE(bench.form.config().generator.learningRate, 1e-3);
    }

    void arrowKeysHalveAndDoubleARate() {
        Bench bench;
        QTest::keyClick(bench.field("generator_learning_rate"), Qt::Key_Up);
        QCOMPARE(bench.last().generator.learningRate, 2e-3);
        QTest::keyClick(bench.field("generator_learning_rate"), Qt::Key_Down);
        QTest::keyClick(bench.field("generator_learning_rate"), Qt::Key_Down);
        QCOMPARE(bench.last().generator.learningRate, 5e-4);
        QTest::keyClick(bench.field("batch"), Qt::Key_Up);
        QCOMPARE(bench.last().batch, 72);
        QTest::keyClick(bench.field("seed"), Qt::Key_Down);
        QCOMPARE(bench.last().seed, std::uint64_t(0));
    }

    void aDecimalCommaAndAPointAreBothRead() {
        QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
        NumberField field(NumberField::Kind::Real);
        field.setReal(0.25);
        QCOMPARE(field.text(), "0,25");
        field.setText(QStringLiteral("0,5"));
        QCOMPARE(field.real(), std::optional(0.5));
        field.setText(QStringLiteral("0.5"));
        QCOMPARE(field.real(), std::optional(0.5));
        field.setText(QStringLiteral("inf"));
        QVERIFY(!field.real());
    }

    void everyFieldExplainsItself() {
        Bench bench;
        for (const RunField& row : runFields()) {
            QString name = row.key;
            auto* editor = bench.form.findChild<QWidget*>("run_" + name.replace('.', '_'));
            QVERIFY2(editor, qPrintable(row.key));
            QVERIFY(editor->toolTip().contains("Default: "));
            QVERIFY(!editor->accessibleName().isEmpty());
        }
    }

    void nothingIsCutInTheNarrowestDock() {
        Bench bench;
        bench.form.setAdvancedVisible(true);
        QTest::qWait(1);
        const int least = bench.form.minimumSizeHint().width();
        QVERIFY2(least <= 340, qPrintable(QString::number(least)));
        bench.form.resize(least, 600);
        QTest::qWait(1);
        for (QToolButton* button : bench.form.findChildren<QToolButton*>())
            QVERIFY2(
                button->mapTo(&bench.form, QPoint(button->width(), 0)).x() <= least,
                qPrintable(QStringLiteral("%1 \"%2\" in %3").arg(button->objectName(), button->text()).arg(least)));
    }
};

THAW_TEST(RunFormTest);
#include "run_form_test.moc"
