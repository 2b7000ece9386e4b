// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/json_fields.h"
#include "core/values/range_check.h"
#include "core/values/train_words.h"
#include "tests/registry.h"

#include <QtTest/QTest>

#include <limits>

using namespace thaw;

namespace {

using Json = JsonFields::Json;

struct Example {
    double share = 0.25;
    int count = 3;
    std::uint64_t seed = 7;
    bool on = true;
    std::string name = "usual";
    std::vector<std::string> names{"usual"};
    std::vector<double> levels{1};
    std::vector<int> sizes{1};
    Precision precision = Precision::Auto;
    double inner = 0.5;
};

// What is wrong with this text, in one line; the example holds what could be read.
QString problemsOf(const char* text, Example& example, JsonFields::Null null = JsonFields::Null::WrongType) {
    const Json json = Json::parse(text);
    std::vector<ConfigProblem> problems;
    JsonFields fields(json, problems, "at.", null);
    fields("share", example.share);
    fields("count", example.count);
    fields("seed", example.seed);
    fields("on", example.on);
    fields("name", example.name);
    fields("names", example.names);
    fields("levels", example.levels);
    fields("sizes", example.sizes);
    fields("precision", example.precision);
    fields("group.inner", example.inner);
    fields.reportUnknown("is unknown");
    return QString::fromStdString(textOf(problems));
}

QString problemsOf(const char* text) {
    Example example;
    return problemsOf(text, example);
}

}  // namespace

class JsonFieldsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void absentFieldsKeepWhatTheyHad() {
        Example example;
        QCOMPARE(problemsOf("{}", example), QString());
        QCOMPARE(example.count, 3);
        QCOMPARE(example.inner, 0.5);
    }

    void everyTypeIsRead() {
        Example example;
        QCOMPARE(problemsOf(R"({"share": 1, "count": -2, "seed": 18446744073709551615, "on": false, "name": "n",
                                "names": ["a", "b"], "levels": [0.5, 2], "sizes": [], "precision": "bf16",
                                "group": {"inner": 3}})",
                            example),
                 QString());
        QCOMPARE(example.share, 1.0);
        QCOMPARE(example.count, -2);
        QCOMPARE(example.seed, std::numeric_limits<std::uint64_t>::max());
        QVERIFY(!example.on);
        QCOMPARE(example.name, std::string("n"));
        QVERIFY(example.names == (std::vector<std::string>{"a", "b"}));
        QVERIFY(example.levels == (std::vector<double>{0.5, 2}));
        QVERIFY(example.sizes.empty());
        QVERIFY(example.precision == Precision::BFloat16);
        QCOMPARE(example.inner, 3.0);
    }

    void wrongValuesAreNamedWithTheirPlace_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("said");
        const auto add = [](const char* json, const char* said) { QTest::newRow(json) << QByteArray(json) << said; };
        add(R"({"share": "1"})", R"(at.share is "1", must be a number)");
        add(R"({"count": 1.5})", "at.count is 1.5, must be a whole number");
        add(R"({"count": 3000000000})", "at.count is 3000000000, must be a whole number");
        add(R"({"count": true})", "at.count is true, must be a whole number");
        add(R"({"seed": -1})", "at.seed is -1, must be a whole number from 0");
        add(R"({"on": 1})", "at.on is 1, must be true or false");
        add(R"({"name": null})", "at.name is null, must be a text");
        add(R"({"names": "a"})", R"(at.names is "a", must be a list of texts)");
        add(R"({"names": ["a", 3]})", "at.names[1] is 3, must be a text");
        add(R"({"levels": [1, null]})", "at.levels[1] is null, must be a number");
        add(R"({"sizes": [0.5]})", "at.sizes[0] is 0.5, must be a whole number");
        add(R"({"precision": "fp64"})", R"(at.precision is "fp64", must be "auto" or "fp32" or "bf16")");
        add(R"({"group": 3})", "at.group is 3, must be an object");
        add(R"({"group": {"inner": "x"}})", R"(at.group.inner is "x", must be a number)");
        add(R"({"colour": 1})", "at.colour is unknown");
        add(R"({"group": {"outer": 1}})", "at.group.outer is unknown");
        add(R"({"on": 1, "colour": 1})", "at.on is 1, must be true or false; at.colour is unknown");
    }
    void wrongValuesAreNamedWithTheirPlace() {
        QFETCH(QByteArray, json);
        QFETCH(QString, said);
        QCOMPARE(problemsOf(json.constData()), said);
    }

    void wholeIsWholeHoweverItIsWritten() {
        Example example;
        QCOMPARE(problemsOf(R"({"count": 64.0})", example), QString());
        QCOMPARE(example.count, 64);
    }

    void longValuesAreCut() {
        const auto text = "{\"count\": \"" + std::string(500, 'x') + "\"}";
        const auto said = problemsOf(text.c_str());
        QVERIFY2(said.size() < 120 && said.contains("..."), qPrintable(said));
    }

    void nullMayStandForTheDefault() {
        Example example;
        QCOMPARE(problemsOf(R"({"count": null, "group": null})", example, JsonFields::Null::Absent), QString());
        QCOMPARE(example.count, 3);
    }

    void rangesSpeakOneLanguage_data() {
        QTest::addColumn<double>("value");
        QTest::newRow("below") << -1.0;
        QTest::newRow("above") << 2e7;
        QTest::newRow("none") << std::numeric_limits<double>::quiet_NaN();
        QTest::newRow("infinite") << std::numeric_limits<double>::infinity();
    }
    void rangesSpeakOneLanguage() {
        QFETCH(double, value);
        std::vector<ConfigProblem> problems;
        RangeCheck check(problems);
        check.range("a", value, 0, 1e7, "kimg");
        check.below("b", value, 0, 1);
        check.positive("c", value, 1e6);
        QCOMPARE(problems.size(), std::size_t(3));
        const auto is = "is " + RangeCheck::shown(value) + ", must be ";
        QCOMPARE(problems[0].message, is + "0 to 10000000 kimg");
        QCOMPARE(problems[1].message, is + "0 to below 1");
        QCOMPARE(problems[2].message, is + "above 0 and at most 1000000");
    }

    void edgesOfRanges() {
        std::vector<ConfigProblem> problems;
        RangeCheck check(problems);
        check.range("a", 0, 0, 1);
        check.range("a", 1, 0, 1);
        check.below("b", 0, 0, 1);
        check.positive("c", 1, 1);
        check.atLeast("d", 1, 1);
        QVERIFY(problems.empty());
        check.below("b", 1, 0, 1);
        check.positive("c", 0, 1);
        check.atLeast("d", 0, 1);
        QCOMPARE(problems.size(), std::size_t(3));
        QCOMPARE(problems[2].message, std::string("is 0, must be at least 1"));
    }
};

THAW_TEST(JsonFieldsTest);
#include "json_fields_test.moc"
