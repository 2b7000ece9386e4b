// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/label_file.h"

#include "tests/core/faults.h"
#include "tests/registry.h"

#include <torch/torch.h>

#include <QTest>

using namespace thaw;

class LabelFileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void classesAreReadInEveryForm_data() {
        QTest::addColumn<QByteArray>("labels");
        QTest::newRow("integers") << QByteArray(R"([["a/1.png", 3], ["b.png", 0]])");
        QTest::newRow("floats") << QByteArray(R"([["a/1.png", 3.0], ["b.png", 0.0]])");
        QTest::newRow("exponents") << QByteArray(R"([["a/1.png", 3e0], ["b.png", 0]])");
        QTest::newRow("a dictionary") << QByteArray(R"({"a/1.png": 3, "b.png": 0})");
        QTest::newRow("a dictionary of floats") << QByteArray(R"({"b.png": 0.0, "a/1.png": 3.0, "gone.png": 7})");
        QTest::newRow("the last of two") << QByteArray(R"([["b.png", 5], ["a/1.png", 3], ["b.png", 0]])");
        QTest::newRow("Windows' separator") << QByteArray(R"([["a\\1.png", 3], ["b.png", 0]])");
        QTest::newRow("a dot in front") << QByteArray(R"([["./a/1.png", 3], ["b.png", 0]])");
    }
    void classesAreReadInEveryForm() {
        QFETCH(QByteArray, labels);
        const auto json = "{\"labels\": " + labels.toStdString() + "}";
        const auto read = parseLabels(json, {"a/1.png", "b.png"}, "dataset.json");
        QVERIFY(read.scalar_type() == torch::kLong && read.equal(torch::tensor({3, 0}, torch::kLong)));
    }

    void vectorsMayStandInADictionary() {
        const auto read = parseLabels(R"({"labels": {"b.png": [0, 1.5], "a.png": [1, 0]}})", {"a.png", "b.png"}, "x");
        QVERIFY(read.equal(torch::tensor({1.0f, 0.0f, 0.0f, 1.5f}).reshape({2, 2})));
    }

    // The file system has é as one character, the file as two, and the other way round.
    void namesAreEqualUpToUnicodeNormalisation() {
        const std::string composed = "caf\xc3\xa9.png", decomposed = "cafe\xcc\x81.png";
        for (const auto& [file, json] : {std::pair(composed, decomposed), std::pair(decomposed, composed)}) {
            const auto read = parseLabels("{\"labels\": [[\"" + json + "\", 4], [\"cafe.png\", 1]]}", {file}, "x");
            QCOMPARE(read[0].item<int>(), 4);
        }
        // As it stands it goes first.
        const auto both = "{\"labels\": [[\"" + composed + "\", 4], [\"" + decomposed + "\", 5]]}";
        QVERIFY(parseLabels(both, {composed, decomposed}, "x").equal(torch::tensor({4, 5}, torch::kLong)));
        const auto fault = faultOf([&] { parseLabels("{\"labels\": {\"a\\\\b\": 1, \"./a/b\": 2}}", {"a/b"}, "x"); });
        QVERIFY2(fault.startsWith("FileDamaged") && fault.contains("two labels for 'a/b'"), qPrintable(fault));
    }

    void noLabelsAreNoFault() {
        for (const char* json : {R"({"labels": null})", "{}", R"({"labels": []})", R"({"labels": {}})"})
            QVERIFY(!parseLabels(json, {"a.png"}, "x").defined());
    }

    void whatIsNoLabelIsNamed_data() {
        QTest::addColumn<QByteArray>("label");
        for (const char* label : {"0.5", "3.25", "1e300", "\"3\"", "true", "null", "[]", "[\"a\"]", "{\"class\": 3}"})
            QTest::newRow(label) << QByteArray(label);
    }
    void whatIsNoLabelIsNamed() {
        QFETCH(QByteArray, label);
        for (const std::string& json : {"{\"labels\": [[\"a.png\", " + label.toStdString() + "]]}",
                                        "{\"labels\": {\"a.png\": " + label.toStdString() + "}}"}) {
            const auto fault = faultOf([&] { parseLabels(json, {"a.png"}, "dataset.json"); });
            QVERIFY2(fault.startsWith("FileDamaged") && fault.contains("'a.png'"), qPrintable(fault));
        }
    }
};

THAW_TEST(LabelFileTest);
#include "label_file_test.moc"
