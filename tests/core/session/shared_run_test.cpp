// SPDX-License-Identifier: GPL-3.0-or-later
// A run that several processes share stays together when one of them cannot measure.
#include "core/session/session.h"

#include "core/io/model_file.h"
#include "core/io/npy_tensor.h"
#include "core/io/npz.h"
#include "core/metrics/fid_measurement.h"
#include "tests/core/several_processes.h"
#include "tests/core/toy.h"
#include "tests/registry.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <array>
#include <optional>

using namespace thaw;

class SharedRunTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    std::string at(const QString& name) const { return folder_.filePath(name).toStdString(); }

private Q_SLOTS:
    void aMeasurementThatOneCannotBeginIsBegunByNone() {
        writeModelFile(at("model.safetensors"), toy::denoiser());
        NpzArchive data;
        const auto images = torch::randint(0, 256, {32, 8, 8, 1}, at::make_generator<at::CPUGeneratorImpl>(3));
        data.arrays["images"] = toNpy(images.to(torch::kByte));
        writeNpz(at("data.npz"), data);
        std::array<std::string, 2> references{at("0.npz"), at("1.npz")};
        auto measured = toy::data(32);
        measured.images = images.to(torch::kByte).permute({0, 3, 1, 2}).contiguous();
        for (const auto& file : references)
            FidReference(measured, MeasureChoice{kWaveletFeatures, {}}, toy::cpu()).keep(file);

        several::processes(2, [&](const ProcessesPtr& p) {
            const auto own = std::size_t(p->rank());
            ComputeOptions options;
            options.device = "cpu";
            options.precision = Precision::Float32;
            options.threads = 1;
            options.processes = p;
            Session session(options);
            session.files().openModel(at("model.safetensors"));
            session.files().openData(at("data.npz"));
            auto config = toy::finetuning();
            config.fidEveryKimg = 0.008;
            config.measure = {kWaveletFeatures, references[own]};
            auto& run = session.run();
            run.startIn(config, at("run"));
            run.step();
            if (own == 1) QFile::remove(QString::fromStdString(references[own]));
            std::optional<ErrorCode> code;
            try {
                run.beginFid(100);
            } catch (const Error& error) {
                code = error.code();
            }
            several::require(code == (own == 0 ? ErrorCode::ProcessLost : ErrorCode::FileMissing), "code");
            run.step();  // where one still measures, this waits for it in vain
            if (!run.fidDue()) throw std::runtime_error("the next measurement is not due");
            several::require(run.steps() == 2, "steps");
            run.finish(RunOutcome::Stopped);
        });
    }
};

THAW_TEST(SharedRunTest);

#include "shared_run_test.moc"
