// SPDX-License-Identifier: GPL-3.0-or-later
// What a sampler may be asked for, at both sides of every bound, and how often it asks the network.
#include "core/values/sampler_config.h"

#include "tests/core/faults.h"
#include "tests/registry.h"

#include <QtTest/QTest>

#include <cmath>
#include <functional>
#include <limits>

using namespace thaw;

namespace {

using Change = std::function<void(SamplerConfig&)>;

SamplerConfig changed(SamplerKind kind, const Change& change) {
    SamplerConfig config;
    config.kind = kind;
    change(config);
    return config;
}

}  // namespace

class SamplerConfigTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void boundsAreWhereTheyAreSaid_data() {
        QTest::addColumn<SamplerKind>("kind");
        QTest::addColumn<Change>("inside");
        QTest::addColumn<Change>("outside");
        QTest::addColumn<QString>("problem");
        const auto row = [](const char* name, SamplerKind kind, const Change& inside, const Change& outside,
                            const char* problem) { QTest::newRow(name) << kind << inside << outside << problem; };
        const auto heun = SamplerKind::Heun, multi = SamplerKind::MultiStep, ablation = SamplerKind::Ablation;
        const double infinity = std::numeric_limits<double>::infinity();
        row(
            "steps of heun", heun, [](auto& c) { c.steps = 2; }, [](auto& c) { c.steps = 1; },
            "steps is 1, must be between 2 and 100000");
        row(
            "steps of a student", multi, [](auto& c) { c.steps = 1; }, [](auto& c) { c.steps = 0; },
            "steps is 0, must be between 1 and 100000");
        row(
            "most steps", heun, [](auto& c) { c.steps = 100000; }, [](auto& c) { c.steps = 100001; },
            "steps is 100001, must be between 2 and 100000");
        row(
            "one step counts none", SamplerKind::OneStep, [](auto& c) { c.steps = 0; }, [](auto& c) { c.rho = 0; },
            "rho is 0, must be positive and finite");
        row(
            "least sigma", heun, [](auto& c) { c.sigmaMin = 1e-6; }, [](auto& c) { c.sigmaMin = 0.0; },
            "sigma_min is 0, must be positive and finite");
        row(
            "greatest sigma", heun, [](auto& c) { c.sigmaMax = 0.0021; }, [](auto& c) { c.sigmaMax = 0.002; },
            "sigma_max is 0.002, must be finite and above sigma_min (0.002)");
        row(
            "sigma_min above the greatest", heun, [](auto& c) { c.sigmaMin = 79.0; },
            [](auto& c) { c.sigmaMin = 80.0; }, "sigma_max is 80, must be finite and above sigma_min (80)");
        row(
            "no end", heun, [](auto& c) { c.sigmaMax = 1e6; }, [=](auto& c) { c.sigmaMax = infinity; },
            "sigma_max is inf, must be finite and above sigma_min (0.002)");
        row(
            "churn", heun, [](auto& c) { c.churn.amount = 0; }, [](auto& c) { c.churn.amount = -1; },
            "s_churn is -1, must be 0 or more, and finite");
        row(
            "noise of churn", heun, [](auto& c) { c.churn.sNoise = 0; }, [=](auto& c) { c.churn.sNoise = infinity; },
            "s_noise is inf, must be 0 or more, and finite");
        row(
            "where churn ends", heun, [](auto& c) { c.churn.sMin = c.churn.sMax = 2; },
            [](auto& c) { c.churn.sMin = 2, c.churn.sMax = 1; }, "s_max is 1, must be s_min or more");
        row(
            "second jump of two", multi, [](auto& c) { c.steps = 2, c.sigmaMid = 79; },
            [](auto& c) { c.steps = 2, c.sigmaMid = 80; }, "sigma_mid is 80, must be between sigma_min and sigma_max");
        row(
            "of other numbers of jumps it is not asked", multi, [](auto& c) { c.steps = 3, c.sigmaMid = 80; },
            [](auto& c) { c.steps = 2, c.sigmaMid = 0.002; },
            "sigma_mid is 0.002, must be between sigma_min and sigma_max");
        row(
            "alpha", ablation, [](auto& c) { c.ablation.alpha = 1; }, [](auto& c) { c.ablation.alpha = 1.1; },
            "alpha is 1.1, must be above 0 and at most 1");
        row(
            "smallest time", ablation, [](auto& c) { c.ablation.epsilonS = 0.5; },
            [](auto& c) { c.ablation.epsilonS = 1; }, "epsilon_s is 1, must be between 0 and 1");
    }
    void boundsAreWhereTheyAreSaid() {
        QFETCH(SamplerKind, kind);
        QFETCH(Change, inside);
        QFETCH(Change, outside);
        QFETCH(QString, problem);
        const auto good = samplerProblems(changed(kind, inside));
        QVERIFY2(good.empty(), good.empty() ? "" : good.front().c_str());
        const auto bad = samplerProblems(changed(kind, outside));
        QCOMPARE(bad.size(), std::size_t(1));
        QCOMPARE(QString::fromStdString(bad.front()), problem);
    }

    void allProblemsAreNamedAtOnce() {
        SamplerConfig config;
        config.kind = SamplerKind::Heun;
        config.steps = 1;
        config.rho = -7;
        const auto fault = faultOf([&] { requireSane(config); });
        QVERIFY2(fault.startsWith("Configuration") && fault.contains("steps is 1") && fault.contains("rho is -7"),
                 qPrintable(fault));
        config.steps = 2;
        config.rho = 7;
        requireSane(config);
    }

    // Heun's last step is one of Euler: there is no slope at sigma 0.
    void evaluationsAreThoseOfTheSampler() {
        SamplerConfig config;
        config.steps = 18;
        const auto count = [&](SamplerKind kind) {
            config.kind = kind;
            return networkEvaluations(config);
        };
        QCOMPARE(count(SamplerKind::OneStep), 1);
        QCOMPARE(count(SamplerKind::MultiStep), 18);
        QCOMPARE(count(SamplerKind::Euler), 18);
        QCOMPARE(count(SamplerKind::Heun), 35);
    }
};

THAW_TEST(SamplerConfigTest);
#include "sampler_config_test.moc"
