// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/architecture/unity_names.h"
#include "tests/registry.h"

#include <QTest>

using namespace thaw::architecture;

namespace {

QString unnamed(const QString& code) { return "namespace thaw {\nnamespace {\n\n" + code + "\n}\n}\n"; }

}  // namespace

class UnityNamesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void unnamedNamespacesOfOneFolderShareNoName() {
        const QStringList found = unityFaults(readTree({"app", "core", "widgets", "tests"}, {"*.cpp"}));
        QVERIFY2(found.isEmpty(), reported(found));
    }

    void everyKindOfNameIsFound_data() {
        QTest::addColumn<QString>("first");
        QTest::addColumn<QString>("second");
        const auto row = [](const char* first, const char* second) {
            QTest::newRow(qPrintable(QString(first).simplified())) << QString(first) << QString(second);
        };
        row("int x() { return 1; }", "double x(int y) {\n    return y;\n}");
        row("constexpr int x = 1;", "struct x {\n    int a;\n};");
        row("constexpr int a = 1, x = 2;", "const std::map<int, int> x{{1, 2}};");
        row("const char* const x[] = {\"a\", \"b\"};", "class x;");
        row("enum class x { A };", "enum { B, x };");
        row("template <class T>\nT x(T t) {\n    return t;\n}", "const auto x = [](int a) { return a; };");
        row("using x = int;", "using x = double;");
        row("int x(int y);", "std::function<void(int)> x(const QString& z = {}) {\n    return {};\n}");
    }
    void everyKindOfNameIsFound() {
        QFETCH(QString, first);
        QFETCH(QString, second);
        const QStringList found = unityFaults({{"core/a.cpp", unnamed(first)}, {"core/b.cpp", unnamed(second)}});
        QCOMPARE(found.size(), 1);
        QVERIFY2(found[0].startsWith("core/a.cpp:4: 'thaw::x' stands"), qPrintable(found[0]));
        QVERIFY2(found[0].endsWith("core/a.cpp:4, core/b.cpp:4"), qPrintable(found[0]));
    }

    void aStaticFunctionIsFoundToo() {
        const QString code = "static int x() {\n    return 1;\n}\n";
        QCOMPARE(unityFaults({{"core/a.cpp", code}, {"core/b.cpp", code}}).size(), 1);
    }

    void whatMayStandTwiceIsLeftAlone_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("code");
        QTest::newRow("another folder") << "core/io/b.cpp" << unnamed("int x() {\n    return 1;\n}");
        QTest::newRow("another namespace") << "core/b.cpp"
                                           << "namespace thaw::b {\n" + unnamed("int x = 1;") + "}\n";
        QTest::newRow("a member") << "core/b.cpp"
                                  << unnamed("struct B {\n    int x;\n};\nint B::x() {\n    return 1;\n}");
        QTest::newRow("a local name") << "core/b.cpp" << unnamed("void f() {\n    int x = 1;\n}");
        QTest::newRow("a parameter") << "core/b.cpp" << unnamed("void f(int x, int y = 1) {\n}");
        QTest::newRow("in a comment") << "core/b.cpp" << unnamed("// int x = 1;");
        QTest::newRow("a header") << "core/b.h" << unnamed("int x = 1;");
    }
    void whatMayStandTwiceIsLeftAlone() {
        QFETCH(QString, path);
        QFETCH(QString, code);
        QCOMPARE(unityFaults({{"core/a.cpp", unnamed("int x = 1;")}, {path, code}}), QStringList());
    }

    void theSameAliasMayStandTwice() {
        const QString code = unnamed("using Json = nlohmann::json;\nnamespace fs = std::filesystem;");
        QCOMPARE(unityFaults({{"core/a.cpp", code}, {"core/b.cpp", code}}), QStringList());
    }
};

THAW_TEST(UnityNamesTest);
#include "unity_names_test.moc"
