// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/architecture/type_names.h"
#include "tests/registry.h"

#include <QTest>

using namespace thaw::architecture;

namespace {

QString inNamespace(const QString& name, const QString& code) {
    return "namespace " + name + " {\n\n" + code + "\n\n}  // namespace " + name + "\n";
}

}  // namespace

class TypeNamesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void noTwoHeadersDefineTheSameType() {
        const QStringList found = typeNameFaults(readTree({"app", "core", "widgets"}, {"*.h"}));
        QVERIFY2(found.isEmpty(), reported(found));
    }

    void aTypeThatIsDefinedTwiceIsFound_data() {
        QTest::addColumn<QString>("second");
        for (const char* code : {"class Compute {\n};", "struct Compute : Base {\n};", "enum class Compute { A };",
                                 "class Compute\n    : public QObject {\n};"})
            QTest::newRow(qPrintable(QString(code).simplified())) << QString(code);
    }
    void aTypeThatIsDefinedTwiceIsFound() {
        QFETCH(QString, second);
        const QStringList found = typeNameFaults({{"app/a.h", inNamespace("thaw", "struct Compute {\n    int a;\n};")},
                                                  {"core/b.h", inNamespace("thaw", second)}});
        QCOMPARE(found.size(), 1);
        QVERIFY2(found.front().startsWith("core/b.h:3: 'thaw::Compute'"), qPrintable(found.front()));
    }

    void otherTypesAreLeftAlone_data() {
        QTest::addColumn<QString>("second");
        QTest::newRow("announced") << inNamespace("thaw", "class Compute;");
        QTest::newRow("of another namespace") << inNamespace("thaw::cli", "class Compute {\n};");
        QTest::newRow("inside of a class") << inNamespace("thaw", "class Other {\n    struct Compute {\n    };\n};");
        QTest::newRow("member defined outside") << inNamespace("thaw", "struct Compute::Impl {\n};");
        QTest::newRow("specialised") << inNamespace("thaw", "template <>\nstruct Compute<int> {\n};");
        QTest::newRow("in a comment") << inNamespace("thaw", "// of\n// class Compute {");
    }
    void otherTypesAreLeftAlone() {
        QFETCH(QString, second);
        QCOMPARE(typeNameFaults({{"app/a.h", inNamespace("thaw", "struct Compute {\n};")}, {"core/b.h", second}}),
                 QStringList());
    }
};

THAW_TEST(TypeNamesTest);
#include "type_names_test.moc"
