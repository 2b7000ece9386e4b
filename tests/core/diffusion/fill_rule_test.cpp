// SPDX-License-Identifier: GPL-3.0-or-later
// Tiny networks whose k-th parameter holds 0.1·sin(0.7 i + 1.3 k): a reference that needs no weight file.
#include "core/diffusion/denoiser.h"
#include "tests/registry.h"

#include <torch/torch.h>

#include <QtTest/QTest>

using namespace thaw;

namespace {

NetworkConfig tiny(const QString& network, int labelDim) {
    NetworkConfig c;
    c.imgResolution = 16;
    c.modelChannels = 16;
    c.channelMult = {1, 2};
    c.numBlocks = 1;
    c.attnResolutions = {8};
    c.dropout = 0;
    c.labelDim = labelDim;
    if (network == "NCSN++") {
        c.embeddingType = EmbeddingType::Fourier;
        c.encoderType = EncoderType::Residual;
        c.channelMultNoise = 2;
        c.resampleFilter = {1, 3, 3, 1};
    }
    if (network == "ADM") {
        c.architecture = Architecture::DhariwalUNet;
        c.modelChannels = 64;
    }
    return c;
}

void fill(Denoiser& denoiser) {
    torch::NoGradGuard guard;
    double k = 0;
    for (auto& item : denoiser->named_parameters()) {
        const auto i = torch::arange(item.value().numel(), torch::kDouble);
        auto values = 0.1 * torch::sin(0.7 * i + 1.3 * k);
        if (item.key().find("norm") != std::string::npos && item.key().ends_with("weight")) values = values + 1;
        item.value().copy_(values.reshape(item.value().sizes()));
        k += 1;
    }
    for (auto& item : denoiser->named_buffers())
        if (item.key().ends_with("freqs"))
            item.value().copy_(4 * torch::sin(torch::arange(item.value().numel(), torch::kDouble) + 1));
}

}  // namespace

class FillRuleTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void denoiserMatchesTheFillRuleVectors_data() {
        QTest::addColumn<QString>("network");
        QTest::addColumn<int>("labels");
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("parameters");
        QTest::addColumn<int>("tensors");
        QTest::addColumn<QVector<double>>("sums");
        QTest::addColumn<QVector<double>>("first");
        QTest::addColumn<QVector<double>>("last");
        const auto row = [](const char* network, int labels, Preconditioning kind, int parameters, int tensors,
                            const QVector<double>& sums, const QVector<double>& first, const QVector<double>& last) {
            QTest::newRow((std::string(network) + " " + std::to_string(labels) + " " + className(kind)).c_str())
                << network << labels << int(kind) << parameters << tensors << sums << first << last;
        };
        using P = Preconditioning;
        row("NCSN++", 0, P::Edm, 190819, 144, {-18.024888, 19.073369}, {-0.083324, -0.105704, -0.090438, -0.079708},
            {-1.306773, -0.885789, -0.443991, -0.039461});
        row("NCSN++", 5, P::Edm, 191011, 146, {99.586647, 95.532397}, {0.026232, 0.201379, 0.607889, 1.4191},
            {0.174305, 0.161125, 0.116389, 0.081951});
        row("DDPM++", 0, P::Edm, 189347, 142, {-43.892165, 78.450386}, {-0.026825, -0.029756, -0.036794, -0.091435},
            {0.060958, 0.062188, 0.072947, 0.090074});
        row("ADM", 5, P::Edm, 3294659, 145, {95.545539, 56.880333}, {1.380316, 2.922544, 4.417454, 5.416132},
            {0.126327, 0.122846, 0.119213, 0.113724});
        row("NCSN++", 0, P::D2o, 190819, 144, {-18.02442, 19.220577}, {-0.083322, -0.105702, -0.090436, -0.079706},
            {-1.300789, -0.881507, -0.441495, -0.038602});
        row("ADM", 5, P::D2o, 3294659, 145, {95.543174, 56.876314}, {1.380281, 2.922471, 4.417344, 5.415997},
            {0.126579, 0.123093, 0.119456, 0.11397});
        row("NCSN++", 0, P::Ve, 190819, 144, {3541.787219, 43.085473}, {-13.040003, -18.416592, -16.426157, -12.975907},
            {-1.596217, -0.999532, -0.451858, 0.029634});
        row("DDPM++", 0, P::Vp, 189347, 142, {13632.596278, 9.793775}, {4.280264, 5.561526, 7.503663, 17.088791},
            {0.043769, 0.087623, 0.116011, 0.125067});
    }
    void denoiserMatchesTheFillRuleVectors() {
        QFETCH(QString, network);
        QFETCH(int, labels);
        QFETCH(int, kind);
        QFETCH(int, parameters);
        QFETCH(int, tensors);
        QFETCH(QVector<double>, sums);
        QFETCH(QVector<double>, first);
        QFETCH(QVector<double>, last);
        Denoiser denoiser(tiny(network, labels), Preconditioning(kind));
        fill(denoiser);
        std::int64_t count = 0;
        for (const auto& p : denoiser->parameters()) count += p.numel();
        QCOMPARE(count, std::int64_t(parameters));
        QCOMPARE(int(denoiser->parameters().size()), tensors);

        torch::NoGradGuard guard;
        const auto sigma = torch::tensor({80.0f, 0.5f});
        const auto x =
            torch::sin(0.01 * torch::arange(2 * 3 * 256, torch::kDouble)).reshape({2, 3, 16, 16}).to(torch::kFloat) *
            sigma.reshape({2, 1, 1, 1});
        Conditioning conditioning;
        if (labels > 0)
            conditioning.classLabels =
                torch::one_hot(torch::tensor({1, labels - 1}, torch::kLong), labels).to(torch::kFloat);
        const auto d = denoiser->forward(x, sigma, conditioning).to(torch::kDouble);
        const double largest = d.abs().max().item<double>();
        const double tolerance =
            kind == int(Preconditioning::Ve) || kind == int(Preconditioning::Vp) ? 1e-3 * largest : 1e-4;
        for (int n = 0; n < 2; ++n) {
            const double total = d[n].sum().item<double>();
            QVERIFY2(std::abs(total - sums[n]) < 768 * tolerance / 10, qPrintable(QString::number(total, 'g', 9)));
        }
        for (int i = 0; i < 4; ++i) {
            QVERIFY(std::abs(d[0][0][0][i].item<double>() - first[i]) < tolerance);
            QVERIFY(std::abs(d[1][2][15][12 + i].item<double>() - last[i]) < tolerance);
        }
    }
};

THAW_TEST(FillRuleTest);
#include "fill_rule_test.moc"
