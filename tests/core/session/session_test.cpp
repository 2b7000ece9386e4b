// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/session.h"

#include "core/io/model_file.h"
#include "tests/core/faults.h"
#include "tests/core/toy.h"
#include "tests/registry.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QFile>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <ATen/Parallel.h>

#include <algorithm>
#include <cmath>

using namespace thaw;

class SessionTest : public QObject {
    Q_OBJECT
    static std::string golden(const char* name) { return std::string(THAW_GOLDEN) + "/" + name; }

private Q_SLOTS:
    void aModelOfOtherImagesStillDrawsButHasNoFidAndNoRun() {
        Session session;
        const auto model = session.files().openModel(golden("ncsnpp_edm_cond.pkl"));
        session.files().openData("builtin");
        QCOMPARE(model.imgChannels, 3);
        QCOMPARE(model.labelDim, 10);
        QVERIFY(!session.run().fidWorks());
        const auto fault = faultOf([&] { session.run().originalFid(50); });
        QVERIFY2(fault.startsWith("Configuration") && fault.contains("3 channels of 16"), qPrintable(fault));
        QVERIFY(faultOf([&] { session.run().start({}, "/nowhere"); }).startsWith("Configuration"));
        const auto column = session.files().sample({SampleSource::OriginalOneStep, 18, {1, 2}});
        QCOMPARE(int(column.images.size()), 2);
        QCOMPARE(column.images[0].channels, 3);
        // Back to what fits: everything works again.
        session.files().openModel("builtin");
        QVERIFY(session.run().fidWorks());
        QVERIFY(session.run().originalFid(50).fid > 0);
    }

    // Images of damaged weights are no images, whoever asks for them.
    void imagesThatAreNotFiniteAreRefused() {
        QTemporaryDir folder;
        const auto path = folder.filePath("damaged.safetensors").toStdString();
        auto denoiser = toy::denoiser();
        {
            torch::NoGradGuard guard;
            denoiser->named_parameters()["model.dec.8x8_aux_conv.bias"].fill_(NAN);
        }
        writeModelFile(path, denoiser);
        Session session;
        session.files().openModel(path);
        SampleRequest request;
        request.seeds = {4, 5, 6};
        request.source = SampleSource::OriginalOneStep;
        const QString said = "not finite: 3 of 3 images, the first image 0";
        QVERIFY(faultOf([&] { session.files().sample(request); }).contains(said));
        request.source = SampleSource::OriginalMultiStep;
        request.steps = 2;
        QVERIFY(faultOf([&] { session.files().sample(request); }).contains(said));
        session.files().openModel("builtin");
        request.source = SampleSource::OtherModel;
        request.path = path;
        const auto beside = faultOf([&] { session.files().sample(request); });
        QVERIFY2(beside.contains(said) && beside.contains("damaged.safetensors"), qPrintable(beside));
    }

    void aFailedOpeningLeavesTheOpenModelAlone() {
        Session session;
        session.files().openModel("builtin");
        const auto before = session.files().model();
        QVERIFY(faultOf([&] { session.files().openModel(golden("metrics.io.safetensors")); }).startsWith("WrongKind"));
        QVERIFY(faultOf([&] {
                    session.files().openModel("builtin", [](double) { return false; });
                }).startsWith("Interrupted"));
        QVERIFY(session.files().model() == before);
    }

    void aRunFolderTellsWhatItWasMadeFromAndKeepsTheBest() {
        QTemporaryDir folder;
        const auto run = folder.filePath("run").toStdString();
        Session session;
        session.files().openModel("builtin");
        session.files().openData("builtin");
        FinetuneConfig config;
        config.batch = 8;
        config.kimg = 0.016;
        config.fidImages = 50;
        session.run().startIn(config, run);
        QVERIFY(QFile::exists(folder.filePath("run/fakes-0000000000.png")));
        while (!session.run().isComplete()) session.run().step();
        session.run().beginFid(50);
        std::optional<FidPoint> point;
        while (!point) point = session.run().continueFid();
        QVERIFY(point->best && point->fid > 0);
        QCOMPARE(measureName(measureOf(*point)), std::string("FD"));
        QCOMPARE(point->referenceNum, std::int64_t(10000));
        QVERIFY(std::isfinite(point->kid.value()) && point->precision.value() >= 0 && point->recall.value() >= 0);
        session.run().finish(RunOutcome::Finished);
        QFile file(folder.filePath("run/config.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto json = QJsonDocument::fromJson(file.readAll()).object();
        QFile model(json["model_file"].toString());
        QVERIFY(model.open(QIODevice::ReadOnly));
        QCOMPARE(json["model_sha256"].toString(),
                 QString::fromLatin1(QCryptographicHash::hash(model.readAll(), QCryptographicHash::Sha256).toHex()));
        QCOMPARE(json["data_sha256"].toString().size(), 64);
        QVERIFY(!json["versions"].toObject()["libtorch"].toString().isEmpty());
        QCOMPARE(json["data_images"].toInt(), 60000);
        // The best snapshot opens as a model.
        session.files().openModel(folder.filePath("run/best.safetensors").toStdString());
        QVERIFY(QFile::exists(folder.filePath("run/fakes-0000000016.png")));
    }

    void aTrajectoryEndsInTheImageOfItsSeed() {
        Session session;
        session.files().openModel("builtin");
        session.files().openData("builtin");
        SampleRequest request;
        request.source = SampleSource::OriginalMultiStep;
        request.steps = 4;
        request.seeds = {7};
        const auto way = session.files().trajectory({7, 4});
        QCOMPARE(way.sigmas.size(), std::size_t(5));
        QCOMPARE(way.noisy.size(), std::size_t(5));
        QCOMPARE(way.denoised.size(), std::size_t(5));
        QVERIFY(std::is_sorted(way.sigmas.rbegin(), way.sigmas.rend()));
        QCOMPARE(way.sigmas.front(), 80.0);
        QCOMPARE(way.denoised.back(), session.files().sample(request).images.front());
        // At 80 the denoiser sees noise alone: its answer is the one-step image.
        request.source = SampleSource::OriginalOneStep;
        const auto oneStep = session.files().sample(request).images.front();
        for (std::size_t i = 0; i < oneStep.pixels.size(); ++i)
            QVERIFY(std::abs(int(oneStep.pixels[i]) - int(way.denoised.front().pixels[i])) <= 1);
    }

    void aWholeShiftIsAnotherSeed() {
        Session session;
        session.files().openModel("builtin");
        session.files().openData("builtin");
        SampleRequest request;
        request.seeds = {7};
        request.shift = {1, 1};
        const auto moved = session.files().sample(request);
        QCOMPARE(moved.shift, (LatentShift{1, 1}));
        request.shift = {};
        request.seeds = {108};
        QCOMPARE(moved.images, session.files().sample(request).images);
    }

    void anotherModelStandsBesideTheOpenOne() {
        Session session;
        session.files().openModel("builtin");
        session.files().openData("builtin");
        SampleRequest request;
        request.seeds = {1, 2};
        const auto own = session.files().sample(request);
        request.source = SampleSource::OtherModel;
        request.path = "builtin";
        request.steps = 1;
        QCOMPARE(session.files().sample(request).images, own.images);
        request.path = "/nowhere.safetensors";
        QVERIFY_THROWS_EXCEPTION(Error, session.files().sample(request));
    }

    // Whatever column asks for it: in its steps, from its level, under its wrapper.
    void aStudentIsSampledAsItWasTrained() {
        QTemporaryDir folder;
        Session session;
        session.files().openModel(golden("ddpmpp_gray_28.weights.safetensors"));
        session.files().openData("builtin");
        for (const int steps : {1, 3}) {
            const auto run = folder.filePath(QStringLiteral("run%1").arg(steps)).toStdString();
            FinetuneConfig config;
            config.batch = 8;
            config.kimg = 0.008;
            config.sigma = 30;
            config.studentSteps = steps;
            config.generator.learningRate = 0.01;
            session.files().openModel(golden("ddpmpp_gray_28.weights.safetensors"));
            session.run().startIn(config, run);
            session.run().step();
            session.run().finish(RunOutcome::Finished);
            SampleRequest request{SampleSource::TunedOneStep, 1, {4, 5}};
            const auto tuned = session.files().sample(request);
            QCOMPARE(tuned.steps, steps);
            QVERIFY(tuned.asTrained);
            // Beside the open model, as a number of steps or as trained.
            request.path = run;
            request.source = SampleSource::OtherModel;
            for (const int asked : {kTrainedSteps, kGeneratorSteps, steps}) {
                request.steps = asked;
                const auto beside = session.files().sample(request);
                QCOMPARE(beside.images, tuned.images);
                QCOMPARE(beside.steps, steps);
                QVERIFY(beside.asTrained);
            }
            request.steps = 5;  // done as asked, and said
            const auto other = session.files().sample(request);
            QVERIFY(other.images != tuned.images && !other.asTrained);
            QCOMPARE(other.sampler, std::string("heun, 5 steps"));
            // And as the open model.
            const auto summary = session.files().openModel(run);
            QCOMPARE(summary.wrapperClass, std::string("D2OPrecond"));
            QCOMPARE(summary.sampling.studentSteps, steps);
            QCOMPARE(summary.sampling.config.sigmaMax.value(), 30.0);
            request.source = SampleSource::OriginalMultiStep;
            request.steps = kTrainedSteps;
            QCOMPARE(session.files().sample(request).images, tuned.images);
            const auto way = session.files().trajectory({4, kTrainedSteps});
            QCOMPARE(way.steps, steps);
            QCOMPARE(int(way.sigmas.size()), steps + 1);
            QCOMPARE(way.sigmas.front(), 30.0);
            request.seeds = {4};
            QCOMPARE(way.denoised.back(), session.files().sample(request).images.front());
            request.seeds = {4, 5};
            request.source = SampleSource::OriginalOneStep;
            QCOMPARE(session.files().sample(request).images == tuned.images, steps == 1);
            QCOMPARE(session.files().sample(request).asTrained, steps == 1);
        }
    }

    void surgeryChangesTheSamplesOfThisRequestAlone() {
        Session session;
        session.files().openModel("builtin");
        session.files().openData("builtin");
        SampleRequest request{SampleSource::OriginalOneStep, 18, {1, 2}};
        const auto whole = session.files().sample(request).images[0].pixels;
        request.surgery = {{"dec.14x14_block0", 2, 100, 0}};
        QVERIFY(session.files().sample(request).images[0].pixels != whole);
        request.surgery[0].factor = 1;
        request.surgery[0].block = "output";
        QVERIFY(session.files().sample(request).images.size() == 2);
        request.surgery[0].block = "attic";
        QVERIFY(faultOf([&] { session.files().sample(request); }).startsWith("Usage"));
        request.surgery = {};
        QVERIFY(session.files().sample(request).images[0].pixels == whole);
    }

    void anotherSessionHasNothingOpenAndLeavesTheThreadCountAlone() {
        ComputeOptions options;
        options.threads = 1;
        Session session(options);
        session.files().openModel("builtin");
        at::set_num_threads(3);
        const auto another = session.another();
        QCOMPARE(at::get_num_threads(), 3);
        at::set_num_threads(1);
        QCOMPARE(another->computeTitle(), session.computeTitle());
        QVERIFY(faultOf([&] { another->files().trajectory({7, 4}); }).startsWith("Configuration"));
        another->files().openModel("builtin");
        QVERIFY(!another->run().hasTuned());
    }
};

THAW_TEST(SessionTest);
#include "session_test.moc"
