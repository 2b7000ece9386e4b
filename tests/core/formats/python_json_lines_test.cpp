// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/python_json_lines.h"
#include "core/values/error.h"
#include "tests/registry.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <vector>

using namespace thaw;

class PythonJsonLinesTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    std::string write(const QByteArray& text) const {
        QFile file(folder_.filePath("log.jsonl"));
        if (!file.open(QIODevice::WriteOnly)) return {};
        file.write(text);
        return file.fileName().toStdString();
    }
    std::vector<int> numbersOf(const QByteArray& text) const {
        std::vector<int> numbers;
        forEachJsonLine(write(text),
                        [&](const nlohmann::json&, const LinePlace& place) { numbers.push_back(place.number); });
        return numbers;
    }
    std::string faultOf(const QByteArray& text) const {
        try {
            numbersOf(text);
        } catch (const Error& error) {
            return error.code() == ErrorCode::FileDamaged ? error.message() : "another error";
        }
        return {};
    }

private Q_SLOTS:
    void whatPythonWritesForNoNumberIsNull() {
        QCOMPARE(withoutNan(R"({"a": NaN, "b": [Infinity, -Infinity, -1]})"),
                 std::string(R"({"a": null, "b": [null, null, -1]})"));
        QCOMPARE(withoutNan("{\"NaN \\\" NaN\": \"Infinity\\\\\", \"a\": NaN}"),
                 std::string("{\"NaN \\\" NaN\": \"Infinity\\\\\", \"a\": null}"));
        QCOMPARE(withoutNan(""), std::string());
    }

    void linesAreCountedWithTheEmptyOnes() {
        QCOMPARE(numbersOf("{\"a\": 1}\n\n{\"a\": 2}\r\n \n{\"a\": NaN}"), (std::vector<int>{1, 3, 5}));
    }

    void anUnfinishedLastLineIsForgiven() {
        QCOMPARE(numbersOf("{\"a\": 1}\n{\"a\": "), (std::vector<int>{1}));
        QVERIFY(!faultOf("{\"a\": 1}\n{\"a\": \n").empty());
    }

    void aFaultNamesItsLine_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("what");
        QTest::newRow("no JSON") << QByteArray("{}\n{]}\n{}\n") << "at line 2: it is no JSON object.";
        QTest::newRow("another value") << QByteArray("{}\n{}\n[1]\n") << "at line 3: it is no JSON object.";
        QTest::newRow("too long") << "{}\n{\"a\": \"" + QByteArray(1 << 20, 'x') + "\"}\n{}\n"
                                  << "at line 2: it is longer than 1048576 bytes.";
        QTest::newRow("no text") << QByteArray("{}\n{\"a\": \"\xff\"}\n") << "at line 2: it is no JSON object.";
        QTest::newRow("out of range") << QByteArray("{\"a\": 1e999}\n{}\n") << "at line 1: it is no JSON object.";
    }
    void aFaultNamesItsLine() {
        QFETCH(const QByteArray, text);
        QFETCH(const QString, what);
        const auto fault = QString::fromStdString(faultOf(text));
        QVERIFY2(fault.endsWith(what) && fault.contains("log.jsonl' is damaged"), qPrintable(fault));
    }

    void aMissingFileIsSaid() {
        QVERIFY_THROWS_EXCEPTION(Error,
                                 forEachJsonLine("/nowhere.jsonl", [](const nlohmann::json&, const LinePlace&) {}));
    }
};

THAW_TEST(PythonJsonLinesTest);
#include "python_json_lines_test.moc"
