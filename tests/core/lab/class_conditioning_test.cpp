// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lab/measuring.h"

#include "core/diffusion/seed_sampling.h"
#include "core/session/open_files_impl.h"
#include "tests/core/conditional_toy.h"
#include "tests/registry.h"

#include <QtTest/QTest>

#include <cmath>

using namespace thaw;

namespace {

const ClassChoice kOwn{ClassChoice::Kind::PerSeed, 0};

// The numbers of a value.
struct Numbers {
    std::vector<double> operator()(const LayerSpectrum& v) const { return v.spectrum.power; }
    std::vector<double> operator()(const LayerSweepTable& v) const { return v.power; }
    std::vector<double> operator()(const LayerDifferenceTable& v) const { return v.difference; }
    std::vector<double> operator()(const ChannelProfiles& v) const { return v.power.front(); }
    std::vector<double> operator()(const TransferFunction& v) const {
        auto all = v.responseGain;
        all.insert(all.end(), v.real.begin(), v.real.end());
        return all;
    }
    std::vector<double> operator()(const FourierGainMap& v) const { return v.gain; }
    std::vector<double> operator()(const BlockSwapTable& v) const {
        auto all = v.power;
        all.insert(all.end(), v.wholePower.begin(), v.wholePower.end());
        return all;
    }
    std::vector<double> operator()(const ImageSpectrumTable& v) const { return v.spectrum.power; }
};

// The largest difference over the largest value; cells that are missing in both do not count.
double distance(const MeasuredValue& a, const MeasuredValue& b) {
    const auto x = std::visit(Numbers{}, a), y = std::visit(Numbers{}, b);
    if (x.size() != y.size() || x.empty()) return INFINITY;
    double difference = 0, largest = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        if (std::isnan(x[i]) != std::isnan(y[i])) return INFINITY;
        if (std::isnan(x[i])) continue;
        difference = std::max(difference, std::abs(x[i] - y[i]));
        largest = std::max(largest, std::abs(y[i]));
    }
    return difference / largest;
}

struct Networks {
    Denoiser a, b;  // b stands beside the open one
};

// One job of each kind over the open model, `beside` being another one.
MeasurementJob jobOf(const QString& kind, const ClassChoice& classes, double sigma) {
    const ModelChoice beside{ModelChoice::Kind::File, "beside"};
    LayerSweepRequest sweep;
    sweep.blocks = {"enc.8x8_block0", "output"};
    sweep.sigmas = {sigma};
    sweep.images = 5;
    sweep.firstSeed = 4;
    sweep.classes = classes;
    TransferRequest transfer;
    transfer.sigma = sigma;
    transfer.images = 3;
    transfer.classes = classes;
    if (kind == "sweep") return SweepJob{sweep};
    if (kind == "difference") return DifferenceJob{sweep, {}, beside};
    if (kind == "channels") return ChannelsJob{"enc.8x8_block0", sigma, sweep, {}};
    if (kind == "spectrum") return SpectrumJob{"output", sigma, 5, 4, {}, classes};
    if (kind == "transfer") return TransferJob{transfer};
    if (kind == "probe") return ProbeJob{transfer};
    if (kind == "swap") return SwapJob{{{"enc.8x8_block0"}, {sigma}, 5, 4, 16, classes}, beside, {}};
    SampleRequest samples{SampleSource::OriginalOneStep, 1, {4, 5, 6, 7}};
    samples.classes = classes;
    return ImagesJob{{samples}};
}

std::unique_ptr<Session> opened(const Networks& networks, const Dataset& data) {
    auto session = std::make_unique<Session>();
    auto& open = session->files().impl();
    open.compute = toy::cpu();
    open.original.denoiser = networks.a;
    open.others.emplace_back("beside", OpenFiles::Impl::ChosenModel{networks.b, "beside"});
    open.data = data;
    return session;
}

}  // namespace

class ClassConditioningTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // A conditional network that is told one class is an unconditional one with another bias (conditional_toy.h).
    void everyJobIsThatOfTheChosenClass_data() {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<double>("sigma");
        for (const char* kind :
             {"sweep", "difference", "channels", "spectrum", "transfer", "probe", "swap", "images"}) {
            QTest::addRow("%s, pure noise", kind) << kind << 80.0;
            if (qstrcmp(kind, "images") != 0) QTest::addRow("%s, noised images", kind) << kind << 0.5;
        }
    }
    void everyJobIsThatOfTheChosenClass() {
        QFETCH(QString, kind);
        QFETCH(double, sigma);
        const auto data = toy::labelledData();
        const Networks told{toy::conditional(1), toy::conditional(2)};
        const auto session = opened(told, data);
        for (const int index : {0, 2}) {
            const Networks plain{toy::toldOneClass(told.a, index), toy::toldOneClass(told.b, index)};
            const auto expected = measureJob(*opened(plain, data), jobOf(kind, {}, sigma));
            const auto measured = measureJob(*session, jobOf(kind, ClassChoice::one(index), sigma));
            QVERIFY2(distance(measured, expected) < 1e-3, qPrintable(QString::number(distance(measured, expected))));
            const auto other = measureJob(*session, jobOf(kind, ClassChoice::one(1), sigma));
            QVERIFY2(distance(other, expected) > 5e-3, qPrintable(QString::number(distance(other, expected))));
        }
    }

    void noisedImagesAreToldTheirOwnClass_data() {
        QTest::addColumn<QString>("kind");
        for (const char* kind : {"sweep", "difference", "channels", "spectrum", "transfer", "probe", "swap"})
            QTest::newRow(kind) << kind;
    }
    void noisedImagesAreToldTheirOwnClass() {
        QFETCH(QString, kind);
        auto data = toy::labelledData();
        data.labels.fill_(2);
        const Networks told{toy::conditional(1), toy::conditional(2)};
        const Networks plain{toy::toldOneClass(told.a, 2), toy::toldOneClass(told.b, 2)};
        const auto expected = measureJob(*opened(plain, data), jobOf(kind, {}, 0.5));
        for (const auto& choice : {ClassChoice(), kOwn})
            QVERIFY(distance(measureJob(*opened(told, data), jobOf(kind, choice, 0.5)), expected) < 1e-3);
    }

    void columnsAndTrajectoriesAreOfTheChosenClass() {
        const Networks told{toy::conditional(1), toy::conditional(2)};
        const auto session = opened(told, toy::labelledData());
        for (const int index : {0, 2}) {
            const auto plain = opened({toy::toldOneClass(told.a, index), toy::toldOneClass(told.b, index)}, {});
            SampleRequest request{SampleSource::OriginalMultiStep, 2, {4, 5}};
            request.shift = {0.3, 0.1};
            request.surgery = {{"enc.8x8_block0", 0, 3, 0.5}};
            TrajectoryRequest way{7, 2};
            const auto expected = plain->files().sample(request).images;
            const auto path = plain->files().trajectory(way).denoised;
            request.classes = way.classes = ClassChoice::one(index);
            QVERIFY(nearly(session->files().sample(request).images, expected));
            QVERIFY(nearly(session->files().trajectory(way).denoised, path));
            request.classes = way.classes = ClassChoice::one(1);
            QVERIFY(!nearly(session->files().sample(request).images, expected));
            QVERIFY(!nearly(session->files().trajectory(way).denoised, path));
        }
    }

private:
    static bool nearly(const std::vector<Image>& a, const std::vector<Image>& b) {
        if (a.size() != b.size()) return false;
        for (std::size_t k = 0; k < a.size(); ++k)
            for (std::size_t i = 0; i < a[k].pixels.size(); ++i)
                if (std::abs(int(a[k].pixels[i]) - int(b[k].pixels[i])) > 1) return false;
        return true;
    }
};

THAW_TEST(ClassConditioningTest);
#include "class_conditioning_test.moc"
