// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/significance.h"
#include "tests/registry.h"

#include <QTest>

#include <cmath>

using namespace thaw;

namespace {

bool near(double value, double expected, double tolerance = 1e-12) {
    return std::abs(value - expected) <= tolerance * std::max(1.0, std::abs(expected));
}

}  // namespace

class SignificanceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theIncompleteBetaFunctionKnowsItsClosedForms() {
        for (const double x : {0.0, 0.01, 0.3, 0.5, 0.77, 0.999, 1.0}) {
            QVERIFY(near(incompleteBeta(1, 1, x), x));
            QVERIFY(near(incompleteBeta(3, 1, x), x * x * x));
            QVERIFY(near(incompleteBeta(1, 4, x), 1 - std::pow(1 - x, 4)));
            QVERIFY(near(incompleteBeta(0.5, 0.5, x), 2 / M_PI * std::asin(std::sqrt(x)), 1e-11));
            QVERIFY(near(incompleteBeta(7.5, 2.25, x) + incompleteBeta(2.25, 7.5, 1 - x), 1));
        }
    }

    void studentsTKnowsItsClosedForms() {
        for (const double t : {0.0, 0.2, 1.0, 2.5, 12.0}) {
            QVERIFY(near(studentTwoSided(t, 1), 1 - 2 / M_PI * std::atan(t)));  // Cauchy
            QVERIFY(near(studentTwoSided(t, 2), 1 - t / std::sqrt(2 + t * t)));
            QVERIFY(near(studentTwoSided(t, 1e7), std::erfc(t / std::sqrt(2.0)), 1e-6));  // normal
            QCOMPARE(studentTwoSided(-t, 5), studentTwoSided(t, 5));
        }
    }

    void criticalValuesOfTheTablesComeBack() {
        // Two-sided 5 %, 1 % and 0.1 % of the printed tables, three decimals.
        QVERIFY(near(studentTwoSided(12.706, 1), 0.05, 1e-5));
        QVERIFY(near(studentTwoSided(2.228, 10), 0.05, 2e-5));
        QVERIFY(near(studentTwoSided(2.756, 29), 0.01, 2e-5));
        QVERIFY(near(studentTwoSided(3.460, 60), 0.001, 2e-6));
    }

    void aPairedTestByHand() {
        // 1, 2, 3, 4: mean 2.5, deviation sqrt(5/3), error sqrt(5/12), t = sqrt(15) with 3 degrees.
        const auto test = pairedTest(2.5, std::sqrt(5.0 / 3), 4);
        QVERIFY(near(test.standardError, std::sqrt(5.0 / 12)));
        QVERIFY(near(test.t, std::sqrt(15.0)));
        // F with 3 degrees: p = 1 - 2/π·(atan(a) + a/(1 + a²)), a = t/sqrt(3).
        const double a = std::sqrt(5.0);
        QVERIFY(near(test.p, 1 - 2 / M_PI * (std::atan(a) + a / (1 + a * a))));
    }

    void welchsTestKnowsItsClosedForms() {
        // One mean that is known exactly leaves n - 1 = 1 degree of freedom, two errors alike leave 2(n - 1) = 2.
        QVERIFY(near(welchTwoSided(1, 1, 0, 2), 0.5));
        QVERIFY(near(welchTwoSided(-2, 1, 1, 2), 1 - std::sqrt(0.5)));
        // (1 + 4)²/(1 + 16)·4 degrees of freedom.
        QVERIFY(near(welchTwoSided(3, 1, 2, 5), studentTwoSided(3 / std::sqrt(5.0), 100.0 / 17)));
        QCOMPARE(welchTwoSided(0, 0, 0, 9), 1.0);
        QCOMPARE(welchTwoSided(0.1, 0, 0, 9), 0.0);
        QVERIFY(std::isnan(welchTwoSided(1, 1, 1, 1)));
        QVERIFY(std::isnan(welchTwoSided(1, NAN, 1, 9)));
    }

    void samplesThatDoNotVaryAreDecided() {
        QCOMPARE(pairedTest(0, 0, 5).p, 1.0);
        QCOMPARE(pairedTest(-1, 0, 5).p, 0.0);
        QVERIFY(std::isinf(pairedTest(-1, 0, 5).t) && pairedTest(-1, 0, 5).t < 0);
        QVERIFY(std::isnan(pairedTest(1, NAN, 1).p) && std::isnan(pairedTest(NAN, 1, 9).t));
    }

    void theCoherenceOfChanceHasItsNinetyFivePercentPoint() {
        // (1 - c)^(n-1) = 0.05.
        QVERIFY(near(coherenceLimit(2), 0.95));
        QVERIFY(near(coherenceLimit(3), 1 - std::sqrt(0.05)));
        QVERIFY(near(std::pow(1 - coherenceLimit(16), 15), 0.05));
        QVERIFY(std::isnan(coherenceLimit(1)) && std::isnan(coherenceLimit(0)));
    }

    void theShareOfChanceIsTakenOutOfACoherence() {
        QVERIFY(near(debiasedCoherence(0.2, 5), 0));  // 1/n is what chance alone shows
        QCOMPARE(debiasedCoherence(1, 5), 1.0);
        QCOMPARE(debiasedCoherence(0, 5), -0.25);
        QVERIFY(near(debiasedCoherence(0.6, 5), 0.5));
        QVERIFY(std::isnan(debiasedCoherence(1, 1)));
    }

    void benjaminiHochbergByHand() {
        // m = 5: 0.01·5/1, 0.02·5/2, 0.03·5/3 = 0.05, 0.05, 0.05; 0.2·5/4 = 0.25; 0.9.
        const auto q = benjaminiHochberg({0.2, 0.01, NAN, 0.03, 0.9, 0.02});
        QVERIFY(near(q[0], 0.25) && near(q[1], 0.05) && std::isnan(q[2]) && near(q[3], 0.05) && near(q[4], 0.9) &&
                near(q[5], 0.05));
        // A later, smaller bound pulls earlier ones down; nothing exceeds 1.
        const auto pulled = benjaminiHochberg({0.04, 0.05, 1.0, 0.045});
        QVERIFY(near(pulled[0], 0.05 * 4 / 3) && near(pulled[3], 0.05 * 4 / 3) && near(pulled[1], 0.05 * 4 / 3) &&
                pulled[2] == 1);
        QVERIFY(benjaminiHochberg({}).empty());
    }
};

THAW_TEST(SignificanceTest);
#include "significance_test.moc"
