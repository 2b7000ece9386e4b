// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/study_spectra.h"

#include "core/io/model_file.h"
#include "core/lab/measuring.h"
#include "core/study/study_runner.h"
#include "tests/core/faults.h"
#include "tests/core/toy.h"
#include "tests/registry.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <cmath>

using namespace thaw;

namespace {

bool areClose(const std::vector<double>& a, const std::vector<double>& b) {
    for (std::size_t i = 0; i < a.size(); ++i)
        if (!(std::abs(a[i] / b.at(i) - 1) < 1e-3)) return false;
    return a.size() == b.size() && !a.empty();
}

}  // namespace

class StudySpectraTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;

    StudyPlace place() const {
        StudyPlace place;
        place.folder = folder_.path().toStdString();
        place.compute.precision = Precision::Float32;
        return place;
    }

private Q_SLOTS:
    void aStudyMeasuresWhatTheLabMeasures() {
        StudyRunner runner(place());
        const std::vector<StudyJob> jobs{{"responses", ResponsesJob{{}, 3, {80, 0.5}}},
                                         {"real", ImagePowerJob{{}, 4}},
                                         {"made", ImagePowerJob{StudyGenerator{}, 4}},
                                         {"steps", ImagePowerJob{StudyGenerator{{}, SamplerConfig{}}, 2}}};
        Session session(place().compute);
        session.files().openModel("builtin");
        session.files().openData("builtin");

        const auto responses = std::get<ResponsesResult>(runner.run(jobs[0], jobs));
        QCOMPARE(responses.blocks.back(), std::string("output"));
        SweepJob sweep;
        sweep.request.blocks = {responses.blocks.front(), "output"};
        sweep.request.sigmas = {80, 0.5};
        sweep.request.images = 3;
        const auto table = std::get<LayerSweepTable>(measureJob(session, sweep));
        const auto last = responses.blocks.size() - 1;
        for (std::size_t s = 0; s < 2; ++s)
            for (std::size_t k = 0; k < table.frequencies.size(); ++k) {
                QCOMPARE(responses.power[responses.cell(0, s, k)], table.power[table.cell(0, s, k)]);
                QCOMPARE(responses.power[responses.cell(last, s, k)], table.power[table.cell(1, s, k)]);
            }
        QCOMPARE(responses.centroid[responses.cell(last, 1)], table.centroid[table.cell(1, 1)]);
        QCOMPARE(responses.images, std::int64_t(3));
        std::size_t whole = 0;
        for (const auto& response : responsesOf(session)) whole += response.operation.empty();
        QCOMPARE(responses.blocks.size(), whole);

        ImagesJob made;
        made.request.images.source = SampleSource::OriginalOneStep;
        made.request.images.seeds = {0, 1, 2, 3};
        const auto oneStep = std::get<ImagePowerResult>(runner.run(jobs[2], jobs));
        QVERIFY(areClose(oneStep.power, std::get<ImageSpectrumTable>(measureJob(session, made)).profile.power));
        made.request.images.source = SampleSource::OriginalMultiStep;
        made.request.images.seeds = {0, 1};
        const auto steps = std::get<ImagePowerResult>(runner.run(jobs[3], jobs));
        QVERIFY(areClose(steps.power, std::get<ImageSpectrumTable>(measureJob(session, made)).profile.power));

        // Of the test part, a quarter of it apart.
        DatasetOptions test;
        test.part = "t10k";
        session.files().openData("builtin", test);
        ImagesJob real;
        real.request.images.source = SampleSource::RealData;
        real.request.images.seeds = {0, 2500, 5000, 7500};
        const auto power = std::get<ImagePowerResult>(runner.run(jobs[1], jobs));
        QCOMPARE(power.power, std::get<ImageSpectrumTable>(measureJob(session, real)).profile.power);
        QCOMPARE(power.images, std::int64_t(4));
        QVERIFY(power.deviation.size() == power.power.size() && power.deviation[1] > 0);
        QCOMPARE(runner.data().count, std::int64_t(60000));  // the study's data stay open

        // And all of it is known from files.
        QCOMPARE(runner.known(jobs).size(), jobs.size());
    }

    // As a session that opens it measures it; the open model stays open.
    void aRunIsMeasuredBesideTheOpenModel() {
        std::vector<std::string> files;
        for (const int seed : {1, 2}) {
            files.push_back(folder_.filePath(QStringLiteral("%1.safetensors").arg(seed)).toStdString());
            writeModelFile(files.back(), toy::denoiser(std::uint64_t(seed)), {});
        }
        const ResponsesJob job{{}, 2, {80}};
        Session session(place().compute), other(place().compute);
        session.files().openModel(files[0]);
        other.files().openModel(files[1]);
        const auto beside = resultText(measureResponses(session, files[1], job));
        QCOMPARE(beside, resultText(measureResponses(other, {}, job)));
        QVERIFY(beside != resultText(measureResponses(session, {}, job)));
        QCOMPARE(session.files().model().path, files[0]);
    }

    void stoppingIsHeard() {
        Session session(place().compute);
        session.files().openModel("builtin");
        session.files().openData("builtin");
        const auto no = [](double) { return false; };
        QVERIFY(faultOf([&] { measureResponses(session, {}, {{}, 2, {80}}, no); }).startsWith("Interrupted"));
        QVERIFY(faultOf([&] { measureRealPower(session, 2, no); }).startsWith("Interrupted"));
        QVERIFY(faultOf([&] { measureSamplePower({}, {0, 1}, place().compute, no); }).startsWith("Interrupted"));
    }
};

THAW_TEST(StudySpectraTest);
#include "study_spectra_test.moc"
