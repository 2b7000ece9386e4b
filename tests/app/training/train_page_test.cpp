// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/training/train_page.h"
#include "app/figure/panel_figure.h"
#include "app/shared/settings.h"
#include "core/values/engine_messages.h"
#include "tests/fid_point.h"
#include "tests/registry.h"
#include "widgets/curves/curve_plot.h"

#include <QTemporaryDir>
#include <QTest>

using namespace thaw;

namespace {

struct Look {
    QString name;
    int colour, dash;
    bool operator==(const Look&) const = default;
};

std::vector<Look> looksOf(const CurveFigure& figure) {
    std::vector<Look> looks;
    for (const CurveSeries& series : figure.series)
        if (series.visible && !series.x.empty() && series.kind != CurveKind::Ring)
            looks.push_back({series.name, series.colour, series.dash});
    return looks;
}

QString said(const std::vector<Look>& looks) {
    QStringList lines;
    for (const Look& look : looks) lines << QStringLiteral("%1: %2, %3").arg(look.name).arg(look.colour).arg(look.dash);
    return lines.join(QStringLiteral("; "));
}

RunStats statsOf(const FinetuneConfig& config) {
    RunStats stats;
    stats.finetune = true;
    stats.objective = objectiveName(config);
    for (int i = 1; i <= 3; ++i) {
        StepMetrics step;
        step.step = i;
        step.kimg = i;
        step.gradG = 1;
        if (config.gan) {
            for (const auto value :
                 {&StepMetrics::gLoss, &StepMetrics::dLoss, &StepMetrics::realLogit, &StepMetrics::fakeLogit,
                  &StepMetrics::realSign, &StepMetrics::fakeSign, &StepMetrics::gradD})
                step.*value = 0.5;
        }
        if (config.distill.kind != Distillation::None) step.distillLoss = 0.25;
        stats.steps.push_back(step);
    }
    stats.fids = {fidPoint(1, 20, 1000), fidPoint(3, 10, 1000)};
    return stats;
}

}  // namespace

class TrainPageTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    std::unique_ptr<Settings> settings_;
    FinetuneConfig gan_, both_, cd_;

    struct Drawn {
        const char* curve;
        const CurvePlot* plot;
    };
    static std::vector<Drawn> plotsOf(const TrainPage& page) {
        return {
            {"loss", page.losses()}, {"logits", page.logits()}, {"gradients", page.gradients()}, {"fid", page.fid()}};
    }
    static std::vector<Look> onPaper(const char* curve, const std::vector<std::string>& folders,
                                     const std::vector<RunStats>& runs) {
        PanelRecipe recipe;
        recipe.kind = PanelKind::Curves;
        recipe.curve = curve;
        recipe.runs = folders;
        PanelData data;
        data.runs = runs;
        const PanelFigure figure = panelFigure(recipe, data);
        return looksOf(std::get<CurveFigure>(figure));
    }

private Q_SLOTS:
    void initTestCase() {
        settings_ = std::make_unique<Settings>(folder_.filePath("thaw.ini"));
        setObjective(both_, "cd,gan");
        setObjective(cd_, "cd");
    }

    void severalRunsLookTheSameOnScreenAndOnPaper() {
        TrainPage page(*settings_);
        const RunStats open = statsOf(gan_), first = statsOf(both_), second = statsOf(cd_);
        page.beginRun("0003-d2o-f", gan_);
        page.setRunFolder("/runs/0003-d2o-f");
        page.addSteps(open.steps);
        for (const FidPoint& point : open.fids) page.addFid(point);
        // Ticked in another order than that of their names.
        page.showOverlay("/runs/0005-cd-gan-d2o-f", first);
        page.showOverlay("/runs/0004-cd-d2o-f", second);
        for (const Drawn& drawn : plotsOf(page)) {
            const auto screen = looksOf(drawn.plot->figure());
            auto paper = onPaper(drawn.curve, {"/runs/0003-d2o-f", "/runs/0005-cd-gan-d2o-f", "/runs/0004-cd-d2o-f"},
                                 {open, first, second});
            // The axis of the figure names the distance; on screen the legend does.
            if (drawn.curve == std::string("fid"))
                for (Look& look : paper) look.name.prepend("FD ");
            QVERIFY2(screen == paper, qPrintable(said(screen) + " | " + said(paper)));
        }
        const auto losses = looksOf(page.losses()->figure());
        QCOMPARE(losses.size(), std::size_t(6));
        QVERIFY(losses[0] == (Look{"G 0003 · gan", 0, 0}));
        QVERIFY(losses[1] == (Look{"D 0003 · gan", 0, 1}));
        QVERIFY(losses[2] == (Look{"G 0005 · cd,gan", 1, 0}));
        QVERIFY(losses[4] == (Look{"imitation 0005 · cd,gan", 1, 2}));
        QVERIFY(losses[5] == (Look{"imitation 0004 · cd", 2, 2}));
    }

    void aSingleRunHasItsOwnColoursOnScreenAndOnPaper() {
        TrainPage page(*settings_);
        const RunStats open = statsOf(both_);
        page.beginRun("0003-d2o-f", both_);
        page.setRunFolder("/runs/0003-d2o-f");
        page.addSteps(open.steps);
        const RunStats other = statsOf(gan_);
        page.showOverlay("/runs/0004-d2o-f", other);
        page.hideOverlay("/runs/0004-d2o-f");
        for (const Drawn& drawn :
             {Drawn{"loss", page.losses()}, Drawn{"logits", page.logits()}, Drawn{"gradients", page.gradients()}}) {
            const auto screen = looksOf(drawn.plot->figure()),
                       paper = onPaper(drawn.curve, {"/runs/0003-d2o-f"}, {open});
            QVERIFY2(screen == paper, qPrintable(said(screen) + " | " + said(paper)));
        }
        const auto losses = looksOf(page.losses()->figure());
        QVERIFY(losses == (std::vector<Look>{{"G", 0, 0}, {"D", 1, 1}, {"imitation", 2, 2}}));
    }

    void anOverlayWithoutAnOpenRunStandsAlone() {
        TrainPage page(*settings_);
        page.showOverlay("/runs/0004-cd-d2o-f", statsOf(cd_));
        QVERIFY(looksOf(page.losses()->figure()) == (std::vector<Look>{{"imitation 0004 · cd", 2, 2}}));
        int offered = 0;
        for (const CurveSeries& series : page.losses()->figure().series) offered += series.visible;
        QCOMPARE(offered, 1);  // no name of a run that is not there
    }

    void anImportSaysWhatItIsAndShowsItsLoss() {
        TrainPage page(*settings_);
        RunStats edm;
        edm.importedFrom = "EDM";
        for (int tick = 0; tick < 2; ++tick) {
            StepMetrics step;
            step.kimg = 10 * tick;
            step.loss = 0.5;
            edm.steps.push_back(step);
        }
        FidPoint point;
        point.kimg = 10;
        point.fid = 4;
        point.num = 50000;
        point.kind = MeasureKind::Inception;
        edm.fids = {point};
        page.showOverlay("/logs/afhq", edm);
        const auto looks = looksOf(page.losses()->figure());
        QVERIFY2(looks == (std::vector<Look>{{"denoising afhq · import of EDM", 3, 3}}), qPrintable(said(looks)));
        QCOMPARE(looksOf(page.fid()->figure()).front().name, QString("FID afhq · import of EDM"));
    }

    void anotherFreezePlanIsInTheNameOfTheRun() {
        TrainPage page(*settings_);
        page.beginRun("0003-d2o-f", gan_);
        page.setRunFolder("/runs/0003-d2o-f");
        page.addSteps(statsOf(gan_).steps);
        page.showOverlay("/runs/0004-cd-d2o-f", statsOf(cd_));
        page.addMark({RunMark::Kind::Freeze, 2, 2, "none"});
        QCOMPARE(looksOf(page.losses()->figure()).front().name, QString("G 0003 → none · gan"));
    }
};

THAW_TEST(TrainPageTest);
#include "train_page_test.moc"
