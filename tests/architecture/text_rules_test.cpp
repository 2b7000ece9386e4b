// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/architecture/text_rules.h"
#include "tests/registry.h"

#include <QTest>

using namespace thaw::architecture;

class TextRulesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void numbersAndJsonAsTextDependOnNoLocaleAndOnNoName() {
        QStringList found;
        for (const auto& [path, text] : readProgram()) found += textFaults(path, text);
        QVERIFY2(found.isEmpty(), reported(found));
    }

    void whatDependsOnThemIsFound_data() {
        QTest::addColumn<QString>("line");
        QTest::newRow("printf") << "std::snprintf(text, sizeof text, \"%.4g = \", x);";
        QTest::newRow("over two lines") << "std::printf(\"a\"\n    \" %5.1f %%\", x);";
        QTest::newRow("long double") << "fprintf(stderr, \"%Lf\", x);";
        QTest::newRow("scanf") << "std::sscanf(text, \"%d-%lf\", &n, &x);";
        QTest::newRow("strtod") << "const double x = std::strtod(text, &end);";
        QTest::newRow("stod") << "const double x = std::stod(text);";
        QTest::newRow("locale") << "setlocale(LC_ALL, \"\");";
        QTest::newRow("strict JSON") << "return json.dump(2);";
        QTest::newRow("strict JSON behind a pointer") << "return json->dump();";
    }
    void whatDependsOnThemIsFound() {
        QFETCH(const QString, line);
        const QStringList found = textFaults("core/a.cpp", "\nvoid f() {\n    " + line + "\n}\n");
        QCOMPARE(found.size(), 1);
        QVERIFY2(found[0].startsWith("core/a.cpp:3: "), qPrintable(found[0]));
    }

    void othersAreLeftAlone_data() {
        QTest::addColumn<QString>("line");
        QTest::newRow("whole numbers") << "std::snprintf(name, sizeof name, \"%06llu.png\", seed);";
        QTest::newRow("a percent sign before a word") << "std::fprintf(stderr, \"%d %% left\\n\", percent);";
        QTest::newRow("a text") << "std::fprintf(stderr, \"thaw: %s\\n\", text);";
        QTest::newRow("whole numbers read") << "std::stoll(text);";
        QTest::newRow("a comment") << "// as %.4g writes it, and strtod(text) reads it";
        QTest::newRow("the function") << "return jsonText(json, 2);";
    }
    void othersAreLeftAlone() {
        QFETCH(const QString, line);
        QCOMPARE(textFaults("core/a.cpp", "\nvoid f() {\n    " + line + "\n}\n"), QStringList());
    }
};

THAW_TEST(TextRulesTest);
#include "text_rules_test.moc"
