// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/panel_kinds.h"

#include "tests/registry.h"

#include <QtTest/QTest>

#include <set>

using namespace thaw;

namespace {

// What a part asks to be told.
struct ClassesOf {
    ClassChoice operator()(const SpectrumJob& job) const { return job.classes; }
    ClassChoice operator()(const ImagesJob& job) const { return job.request.images.classes; }
    ClassChoice operator()(const SampleRequest& request) const { return request.classes; }
    ClassChoice operator()(const RunLogRequest&) const { return ClassChoice::one(3); }
    ClassChoice operator()(const StudyChartRequest&) const { return ClassChoice::one(3); }
    ClassChoice operator()(const MeasurementJob& job) const { return std::visit(*this, job); }
    template <class Job>
    ClassChoice operator()(const Job& job) const {
        return job.request.classes;
    }
};

}  // namespace

class PanelKindsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyKindHasOneEntryAndAWordOfItsOwn() {
        std::set<std::string> words;
        for (std::size_t i = 0; i < panelKinds().size(); ++i) {
            const PanelKindEntry& entry = panelKinds()[i];
            QCOMPARE(entry.kind, PanelKind(i));
            QVERIFY(words.insert(entry.word).second);
            QVERIFY(panelKindOf(entry.word) == entry.kind);
            QVERIFY(entry.sides && entry.parts);
            QVERIFY(entry.hasSides || !entry.hasDifference);
        }
        QCOMPARE(panelKinds().size(), std::size_t(PanelKind::Study) + 1);
        QVERIFY(!panelKindOf("image_plane"));
    }

    void jobsOfDifferentQuestionsDiffer() {
        PanelRecipe panel;
        const auto job = [&] { return *panelParts(panel, ModelChoice{ModelChoice::Kind::Tuned, {}}).front().job(); };
        const MeasurementJob first = job();
        QVERIFY(job() == first);
        panel.sigma = 40;
        QVERIFY(!(job() == first));
        panel.sigma = 80;
        panel.firstSeed = 1;
        QVERIFY(!(job() == first));
        panel.firstSeed = 0;
        panel.side = PanelSide::B;
        QVERIFY(!(job() == first));
        QVERIFY(needsTuned(job()) && !needsTuned(first));
        panel.side = PanelSide::Difference;
        QVERIFY(std::holds_alternative<DifferenceJob>(job()));
    }

    void profilesAndTransferFunctionsShowBothSidesWhereThereAreTwo() {
        for (const PanelKindEntry& entry : panelKinds()) {
            PanelRecipe panel;
            panel.kind = entry.kind;
            const bool both = sidesOf(panel, true) == std::vector{PanelSide::A, PanelSide::B};
            QCOMPARE(both, entry.kind == PanelKind::Profile || entry.kind == PanelKind::Transfer);
        }
    }

    void blocksThatAreSetBackCanBeChosen() {
        PanelRecipe panel;
        panel.kind = PanelKind::Swap;
        panel.responses = {"enc.28x28_conv"};
        const auto parts = panelParts(panel, ModelChoice{ModelChoice::Kind::File, "b.safetensors"});
        QCOMPARE(parts.size(), std::size_t(1));
        QVERIFY(std::get<SwapJob>(*parts.front().job()).request.blocks == panel.responses);
    }

    void aProbeAsksForTheGainOfOnePartOfTheShownSide() {
        PanelRecipe panel;
        panel.kind = PanelKind::Probe;
        panel.block = "enc.28x28_conv";
        panel.images = 4;
        panel.firstSeed = 7;
        panel.sigma = 40;
        const auto job = [&] {
            const auto parts = panelParts(panel, ModelChoice{ModelChoice::Kind::File, "b.safetensors"});
            return parts.size() == 1 ? std::get<ProbeJob>(*parts.front().job()) : ProbeJob();
        };
        const TransferRequest request = job().request;
        QCOMPARE(request.block, panel.block);
        QCOMPARE(request.images, 4);
        QCOMPARE(request.firstSeed, std::uint64_t(7));
        QCOMPARE(request.sigma, 40.0);
        QVERIFY(job().model == ModelChoice());
        panel.side = PanelSide::B;
        QCOMPARE(job().model.path, std::string("b.safetensors"));
    }

    void whatIsAskedForIsOfTheRecipesClasses() {
        for (const PanelKindEntry& entry : panelKinds())
            for (const PanelSide side : {PanelSide::A, PanelSide::B, PanelSide::Difference}) {
                PanelRecipe panel;
                panel.kind = entry.kind;
                panel.side = side;
                panel.block = "output";
                panel.columns = {{SampleSource::OriginalMultiStep, 4}, {SampleSource::TunedOneStep, 1}};
                panel.runs = {"run"};
                panel.classes = ClassChoice::one(3);
                const auto parts = panelParts(panel, ModelChoice{ModelChoice::Kind::File, "b.safetensors"});
                QVERIFY2(!parts.empty(), entry.word);
                for (const PanelPart& part : parts) {
                    QVERIFY2(std::visit(ClassesOf(), part.request) == panel.classes, entry.word);
                    if (part.allLevels) QVERIFY2(ClassesOf()(*part.allLevels) == panel.classes, entry.word);
                }
            }
    }

    void aStudysPanelAsksForAChartOfItsFolder() {
        PanelRecipe panel;
        panel.kind = PanelKind::Study;
        panel.runs = {"studies/freezing"};
        panel.curve = "by-images";
        const auto parts = panelParts(panel, {});
        QCOMPARE(parts.size(), std::size_t(1));
        QVERIFY(!parts[0].job() && !parts[0].allLevels);
        QVERIFY((std::get<StudyChartRequest>(parts[0].request) == StudyChartRequest{"studies/freezing", "by-images"}));
        QVERIFY(sidesOf(panel, true).empty());
        QVERIFY(panelKindOf("study") == PanelKind::Study);
    }

    void realDataStandBesideAProfileOfTheOutputAlone() {
        PanelRecipe panel;
        panel.kind = PanelKind::Profile;
        panel.block = "output";
        QCOMPARE(panelParts(panel, {}).size(), std::size_t(2));
        panel.realData = false;
        QCOMPARE(panelParts(panel, {}).size(), std::size_t(1));
        panel.realData = true;
        panel.block = "enc.28x28_block0";
        QCOMPARE(panelParts(panel, {}).size(), std::size_t(1));
    }

    void aSecondModelFromAFileMakesTheSamplesOfB() {
        PanelRecipe panel;
        panel.kind = PanelKind::Samples;
        panel.images = 3;
        panel.columns = {{SampleSource::OriginalMultiStep, 18}, {SampleSource::TunedOneStep, 1}};
        QCOMPARE(panelParts(panel, {}).size(), std::size_t(1));
        const auto parts = panelParts(panel, ModelChoice{ModelChoice::Kind::File, "b.safetensors"});
        QCOMPARE(parts.size(), std::size_t(2));
        const auto request = std::get<SampleRequest>(parts[1].request);
        QCOMPARE(request.source, SampleSource::OtherModel);
        QCOMPARE(request.path, std::string("b.safetensors"));
        QCOMPARE(request.steps, kGeneratorSteps);  // a student's own, else one
        QVERIFY(!request.takesManySteps());
        QVERIFY(std::get<SampleRequest>(parts[0].request).takesManySteps());
    }
};

THAW_TEST(PanelKindsTest);
#include "panel_kinds_test.moc"
