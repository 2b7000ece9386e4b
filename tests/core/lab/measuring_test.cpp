// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lab/measuring.h"

#include "core/session/open_files_impl.h"
#include "core/spectral/layer_response.h"
#include "tests/core/faults.h"
#include "tests/core/layer_spectra.h"
#include "tests/registry.h"

#include <QtTest/QTest>

using namespace thaw;

namespace {

const ModelChoice kTuned{ModelChoice::Kind::Tuned, {}};
const ModelChoice kBuiltinFile{ModelChoice::Kind::File, "builtin"};

template <class Value>
Value measured(Session& session, const MeasurementJob& job) {
    return std::get<Value>(measureJob(session, job));
}

void finish(RunningJob& job) {
    while (job.advance()) continue;
}

}  // namespace

class MeasuringTest : public QObject {
    Q_OBJECT
    static std::string golden(const char* name) { return std::string(THAW_GOLDEN) + "/" + name; }

private Q_SLOTS:
    void theFrequencyLabMeasuresWhatIsOpen() {
        Session session;
        QVERIFY(faultOf([&] { beginJob(session, SweepJob{}); }).startsWith("Configuration"));
        QVERIFY(faultOf([&] { responsesOf(session); }).startsWith("Configuration"));
        session.files().openModel(golden("ddpmpp_gray_28.weights.safetensors"));
        session.files().openData("builtin");
        LayerSweepRequest request;
        request.sigmas = {0.5, 80};
        request.images = 3;
        const auto sweep = beginJob(session, SweepJob{request});
        QVERIFY(sweep->advance());
        session.files().openModel("builtin");  // the measurement keeps what it began with
        finish(*sweep);
        QVERIFY(sweep->value().complete);
        session.files().openModel(golden("ddpmpp_gray_28.weights.safetensors"));
        const auto again = measured<LayerSweepTable>(session, SweepJob{request});
        QVERIFY(std::get<LayerSweepTable>(sweep->value().value).energy == again.energy);
        QVERIFY(frozenAgainstTrainable(again, parseFreezePlan("d2o-f"), session.files().model()).frozenRows > 1);
        QVERIFY(responsesOf(session).size() > again.blocks.size());

        request.blocks = {"enc.28x28_conv", "output"};
        const auto difference = measured<LayerDifferenceTable>(session, DifferenceJob{request, {}, kBuiltinFile});
        QCOMPARE(difference.blocks.size(), std::size_t(2));
        QVERIFY(faultOf([&] { beginJob(session, SweepJob{request, kTuned}); }).startsWith("Configuration"));

        TransferRequest transfer;
        transfer.images = 2;
        QCOMPARE(measured<TransferFunction>(session, TransferJob{transfer}).frequencies.size(), std::size_t(15));
        const auto gain = beginJob(session, ProbeJob{transfer});
        QVERIFY(gain->advance());
        QVERIFY(std::holds_alternative<FourierGainMap>(gain->value().value));

        BlockSwapRequest swap;
        swap.images = 2;
        swap.blocks = {"enc.28x28_conv"};
        QCOMPARE(measured<BlockSwapTable>(session, SwapJob{swap, {}, {}}).energy.front(), 0.0);
        QCOMPARE(measured<ChannelProfiles>(session, ChannelsJob{"enc.28x28_conv", 80, request}).images,
                 std::int64_t(3));
    }

    void aSpectrumInPiecesHasTheBitsOfOneInOneCall() {
        Session session;
        session.files().openModel("builtin");
        session.files().openData("builtin");
        LayerResponseRequest request;
        request.blocks = {"dec.14x14_block0"};
        request.sigma = 0.5;
        request.images = 20;
        request.firstSeed = 3;
        OpenFiles::Impl& open = session.files().impl();
        const auto whole =
            toLayerSpectrum(layerSpectra(open.original.denoiser, open.data, request).layers().front(), request);
        const auto job = beginJob(session, SpectrumJob{"dec.14x14_block0", 0.5, 20, 3});
        QVERIFY(job->advance());
        QCOMPARE(std::get<LayerSpectrum>(job->value().value).images, std::int64_t(16));
        QVERIFY(!job->value().complete);
        QVERIFY(!job->advance());
        const auto pieces = std::get<LayerSpectrum>(job->value().value);
        QVERIFY(pieces.spectrum.power == whole.spectrum.power);
        QVERIFY(pieces.profile.power == whole.profile.power);
        QCOMPARE(pieces.images, whole.images);
        QCOMPARE(pieces.model, session.files().model().title);
        QVERIFY(!pieces.tuned);
        // A file is what its title says, not the tuned generator.
        const auto file = measured<LayerSpectrum>(session, SpectrumJob{"output", 80, 2, 0, kBuiltinFile});
        QVERIFY(!file.tuned);
        QCOMPARE(file.model, session.files().model().title);
        QVERIFY(faultOf([&] { beginJob(session, SpectrumJob{"attic"}); }).startsWith("Usage"));
    }

    void spectraOfImagesComeFromDataAndSamples() {
        Session session;
        session.files().openModel("builtin");
        session.files().openData("builtin");
        ImageSpectrumRequest request;
        request.images.source = SampleSource::RealData;
        request.images.seeds = {0, 1, 2, 3, 4};
        request.styleGan3 = true;
        QCOMPARE(measured<ImageSpectrumTable>(session, ImagesJob{request}).spectrum.height, 4 * 28);
        request.styleGan3 = false;
        request.images.source = SampleSource::OriginalOneStep;
        const auto made = measured<ImageSpectrumTable>(session, ImagesJob{request});
        QCOMPARE(made.images, std::int64_t(5));
        QVERIFY(made.slope < -1);
        request.images.source = SampleSource::TunedOneStep;
        QVERIFY(faultOf([&] { beginJob(session, ImagesJob{request}); }).startsWith("Configuration"));
    }

    void aMeasurementThatIsCancelledSaysSo() {
        Session session;
        session.files().openModel("builtin");
        const auto no = [](double) { return false; };
        for (const MeasurementJob& job :
             {MeasurementJob(SpectrumJob{"output", 80, 40}), MeasurementJob(ChannelsJob{"output"})})
            QVERIFY(faultOf([&] { measureJob(session, job, no); }).startsWith("Interrupted"));
    }
};

THAW_TEST(MeasuringTest);
#include "measuring_test.moc"
