// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/number_text.h"
#include "core/values/range_check.h"
#include "core/values/sampler_config.h"
#include "tests/core/comma_locale.h"
#include "tests/registry.h"

#include <QtTest/QTest>

#include <cmath>
#include <limits>

using namespace thaw;

namespace {

const double kInfinity = std::numeric_limits<double>::infinity();

std::string printed(const char* format, int precision, double value) {
    char text[400];
    std::snprintf(text, sizeof text, format, precision, value);
    return text;
}

}  // namespace

class NumberTextTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // What was written before by printf in the C locale stays as it was.
    void textIsThatOfPrintf() {
        for (const double value : {0.0, -0.0, 1.0, 85.5, 0.002, 1e-6, -123456.789, 1234567.0, 1e21, 2.0 / 3, 5e-324,
                                   1e308, 0.125, 2.5, kInfinity, -kInfinity})
            for (const int digits : {0, 1, 3, 6, 17}) {
                QCOMPARE(shortNumber(value, digits), printed("%.*g", digits, value));
                QCOMPARE(fixedNumber(value, digits), printed("%.*f", digits, value));
            }
        QCOMPARE(shortNumber(0.1), std::string("0.1"));
        QCOMPARE(fixedNumber(std::nan(""), 2), std::string("nan"));
    }

    void aCommaLocaleChangesNothing() {
        const CommaLocale comma;
        QVERIFY(comma.works());
        QCOMPARE(shortNumber(85.5), std::string("85.5"));
        QCOMPARE(fixedNumber(1234.5, 2), std::string("1234.50"));
        QCOMPARE(numberOf("85.5"), std::optional(85.5));
        QCOMPARE(numberOf("85,5"), std::optional<double>());
        std::vector<ConfigProblem> problems;
        RangeCheck check{problems};
        check.range("kimg", 0.5, 1.25, 2);
        QCOMPARE(problems.at(0).message, std::string("is 0.5, must be 1.25 to 2"));
        SamplerConfig sampler;
        sampler.kind = SamplerKind::Heun;
        sampler.churn.amount = 0.5;
        QVERIFY2(samplerTitle(sampler).ends_with(", churn 0.5"), samplerTitle(sampler).c_str());
    }

    void onlyAWholeNumberIsOne_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<double>("value");
        QTest::addColumn<bool>("isNumber");
        const auto row = [](const char* text, double value) { QTest::newRow(text) << text << value << true; };
        const auto none = [](const char* text) {
            QTest::newRow(qPrintable("no: " + QString(text))) << text << 0.0 << false;
        };
        row("12", 12);
        row("-0.5", -0.5);
        row("+1e-3", 0.001);
        row(" 2.5\n", 2.5);
        row(".5", 0.5);
        row("inf", kInfinity);
        row("-1e999", -kInfinity);
        row("1e-999", 0);
        row("0.1", 0.1);
        for (const char* text : {"", " ", "+", "-", "1,5", "1.5x", "1 2", "0x10", "+-1", "--1", "e5"}) none(text);
    }
    void onlyAWholeNumberIsOne() {
        QFETCH(const QString, text);
        QFETCH(const double, value);
        QFETCH(const bool, isNumber);
        const auto number = numberOf(text.toStdString());
        QCOMPARE(number.has_value(), isNumber);
        if (isNumber) QCOMPARE(*number, value);
    }

    void everyDigitComesBack() {
        for (const double value : {0.1, 1.0 / 3, 6.02214076e23, -2.2250738585072014e-308})
            QCOMPARE(numberOf(shortNumber(value, 17)), std::optional(value));
    }
};

THAW_TEST(NumberTextTest);
#include "number_text_test.moc"
