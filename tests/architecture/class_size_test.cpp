// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/architecture/class_size.h"
#include "tests/registry.h"

#include <QTest>

using namespace thaw::architecture;

class ClassSizeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void noClassIsBeyondTheLongestInAllItsFilesTogether() {
        const QStringList found = classFaults(readProgram());
        QVERIFY2(found.isEmpty(), reported(found));
    }

    // A count over a tree that is not understood would always be small.
    void everyFileOfTheProgramIsUnderstood() {
        const SourceTree tree = readProgram();
        for (const auto& [path, text] : tree) QVERIFY2(declarationsOf(text).balanced, qPrintable(path));
        const auto sizes = classSizes(tree);
        const auto run = sizes.find("thaw::TrainingRun"), impl = sizes.find("thaw::OpenFiles::Impl");
        QVERIFY(run != sizes.end() && impl != sizes.end());
        QVERIFY(run->second.outside > 100);
        QVERIFY(sizes.size() > 50);
    }

    void functionsInSeveralFilesAreCountedWithTheClass() {
        const auto sizes =
            classSizes({{"core/a.h",
                         "namespace thaw {\n\nclass A : public B {\npublic:\n    A();\n"
                         "    void f();\n    int g() { return 1; }\n};\n\n}\n"},
                        {"core/a.cpp", "namespace thaw {\n\nA::A() : x_{1}, y_(2) {\n    f();\n}\n\n}\n"},
                        {"core/a_more.cpp",
                         "namespace thaw {\n\nint helper() {\n    return 1;\n}\n\n"
                         "void A::f() {\n\n    if (g()) {\n    }\n}\n\n}\n"}});
        QCOMPARE(int(sizes.size()), 1);
        const ClassSize& a = sizes.at("thaw::A");
        QCOMPARE(a.lines, qsizetype(6 + 3 + 5));
        QCOMPARE(a.path, QString("core/a.h"));
        QCOMPARE(a.line, qsizetype(3));
        QCOMPARE(int(a.files.size()), 3);
    }

    void everyFormOfAMemberIsCounted_data() {
        QTest::addColumn<QString>("code");
        QTest::addColumn<int>("lines");
        const auto row = [](const char* code, int lines) {
            QTest::newRow(qPrintable(QString(code).simplified())) << QString(code) << lines;
        };
        row("A::~A() = default;\n", 1);
        row("std::map<int, std::function<void(int)>> A::f(\n    int x) const {\n}\n", 3);
        row("template <class T>\nvoid A::f(T t) {\n}\n", 3);
        row("bool A::operator==(const A& other) const {\n    return true;\n}\n", 3);
        row("A::operator bool() const {\n    return true;\n}\n", 3);
        row("auto A::f() -> A::Inner {\n}\n", 2);
        row("A::Inner A::f(const A::Inner& x, std::vector<int> y = {}) {\n}\n", 2);
        row("A::A(int x)\n    : x_(x), y_{1, 2}, z_{} {\n}\n", 3);
        row("void A::f() { const char* s = \"}\"; const char c = '{'; }\n", 1);
        row("void A::f() {\n    // }\n    const auto raw = R\"(})\";\n}\n", 4);
        row("#define BRACE {\nvoid A::f() {\n}\n", 2);
        row("const int A::kTable[] = {1,\n 2};\n", 0);
        row("int f(int x = A::g()) {\n    return x;\n}\n", 0);
        row("void f(A::Inner x) {\n}\n", 0);
        row("void B::f() {\n}\n", 0);
    }
    void everyFormOfAMemberIsCounted() {
        QFETCH(QString, code);
        QFETCH(int, lines);
        const auto sizes = classSizes({{"core/a.h", "namespace thaw {\nclass A {\n    struct Inner {};\n};\n}\n"},
                                       {"core/a.cpp", "namespace thaw {\n" + code + "A::A() {}\n}\n"}});
        QCOMPARE(sizes.at("thaw::A").outside, qsizetype(lines + 1));
    }

    void aNestedClassWithFunctionsOfItsOwnCountsApart() {
        const auto sizes = classSizes({{"core/a.h", "namespace thaw {\nclass A {\n    struct Impl;\n};\n}\n"},
                                       {"core/a_impl.h", "namespace thaw {\nstruct A::Impl {\n    void f();\n};\n}\n"},
                                       {"core/a.cpp", "namespace thaw {\nvoid A::Impl::f() {\n}\nA::A() {}\n}\n"}});
        QCOMPARE(sizes.at("thaw::A").lines, qsizetype(3 + 1));
        QCOMPARE(sizes.at("thaw::A::Impl").lines, qsizetype(3 + 2));
    }

    void classesOfOneNameInUnnamedNamespacesStayApart() {
        const QString text = "namespace thaw {\nnamespace {\nstruct A {\n    void f();\n};\nvoid A::f() {\n}\n}\n}\n";
        const auto sizes = classSizes({{"core/a.cpp", text}, {"core/b.cpp", text}});
        QCOMPARE(int(sizes.size()), 2);
        for (const auto& [name, size] : sizes) QCOMPARE(size.lines, qsizetype(5));
    }

    void aClassBeyondTheLongestIsFound() {
        const auto tree = [](qsizetype lines) {
            return SourceTree{{"core/a.h", "struct A {\n    void f();\n    void g();\n};\n"},
                              {"core/a.cpp", "void A::f() {\n" + QString(lines / 2 - 2, '\n') + "}\n"},
                              {"core/b.cpp", "void A::g() {\n" + QString(lines / 2 - 2, '\n') + "}\n"}};
        };
        QCOMPARE(classFaults(tree(kLongestClass - 4)), QStringList());
        const QStringList found = classFaults(tree(kLongestClass - 2));
        QCOMPARE(found.size(), 1);
        QVERIFY2(found[0].startsWith("core/a.h:1: A has 502 lines"), qPrintable(found[0]));
        QVERIFY2(found[0].contains("core/a.cpp, core/a.h, core/b.cpp"), qPrintable(found[0]));
    }
};

THAW_TEST(ClassSizeTest);
#include "class_size_test.moc"
