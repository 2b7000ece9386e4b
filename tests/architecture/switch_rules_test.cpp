// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/architecture/switch_rules.h"
#include "tests/registry.h"

#include <QTest>

using namespace thaw::architecture;

namespace {

// A switch with these labels, the first of which stands in line 3.
QString switchOver(const QString& labels) {
    return "int f(int kind) {\n    switch (g(kind)) {\n" + labels + "    }\n}\n";
}

}  // namespace

class SwitchRulesTest : public QObject {
    Q_OBJECT

    const Enumerations own_ = enumerationsOf(
        {{"core/a.h",
          "enum class PanelKind { Runs, Samples };\nclass Page {\n    enum View : int { First = 1, Last };\n};\n"}});

private Q_SLOTS:
    void noSwitchOverAnEnumerationOfOursHasADefault() {
        const SourceTree tree = readProgram();
        const Enumerations own = enumerationsOf(tree);
        QVERIFY(own.names.contains("PanelKind"));
        QStringList found;
        for (const auto& [path, text] : tree) found += switchFaults(path, text, own);
        QVERIFY2(found.isEmpty(), reported(found));
    }

    void enumerationsAreReadWithTheirValues() {
        QCOMPARE(own_.names, (std::set<QString>{"PanelKind", "View"}));
        QCOMPARE(own_.enumerators, (std::set<QString>{"Runs", "Samples", "First", "Last"}));
    }

    void aDefaultIsFound_data() {
        QTest::addColumn<QString>("labels");
        QTest::addColumn<int>("line");
        QTest::newRow("the enumeration") << "    case PanelKind::Runs: return 1;\n    default: return 2;\n" << 4;
        QTest::newRow("with a namespace") << "    case thaw::PanelKind::Runs: return 1;\n    default:\n" << 4;
        QTest::newRow("first") << "    default: break;\n    case PanelKind::Runs:;\n" << 3;
        QTest::newRow("a value alone") << "    case First: return 1;\n    default: return 2;\n" << 4;
        QTest::newRow("around another switch")
            << "    case PanelKind::Runs:\n        switch (c) {\n        case 'a': break;\n        }\n    default:;\n"
            << 7;
        QTest::newRow("inside of another switch")
            << "    case 'a':\n        switch (k) {\n        case PanelKind::Runs:\n        default:;\n        }\n"
            << 6;
    }
    void aDefaultIsFound() {
        QFETCH(QString, labels);
        QFETCH(int, line);
        const QStringList found = switchFaults("core/a.cpp", switchOver(labels), own_);
        QCOMPARE(found.size(), 1);
        QVERIFY2(found[0].startsWith(QString("core/a.cpp:%1: ").arg(line)), qPrintable(found[0]));
    }

    void otherSwitchesMayHaveADefault_data() {
        QTest::addColumn<QString>("labels");
        QTest::newRow("every case named") << "    case PanelKind::Runs: case PanelKind::Samples: return 1;\n";
        QTest::newRow("of Qt") << "    case Qt::Key_Escape: return 1;\n    default: return 2;\n";
        QTest::newRow("of numbers") << "    case 3: return 1;\n    default: return 2;\n";
        QTest::newRow("of characters") << "    case 'a': return 1;\n    default: return 2;\n";
        QTest::newRow("in a text") << "    case PanelKind::Runs: return \"default: none\";\n";
        QTest::newRow("inner one") << "    case PanelKind::Runs:\n        switch (c) {\n        default:;\n        }\n";
    }
    void otherSwitchesMayHaveADefault() {
        QFETCH(QString, labels);
        QCOMPARE(switchFaults("core/a.cpp", switchOver(labels), own_), QStringList());
    }
};

THAW_TEST(SwitchRulesTest);
#include "switch_rules_test.moc"
