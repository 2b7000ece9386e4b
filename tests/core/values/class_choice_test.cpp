// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/class_choice.h"

#include "tests/registry.h"

#include <QtTest/QTest>

using namespace thaw;

class ClassChoiceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyChoiceHasAWord() {
        QCOMPARE(classText({}), std::string("random"));
        QCOMPARE(classText({ClassChoice::Kind::PerSeed, 0}), std::string("per-seed"));
        QCOMPARE(classText(ClassChoice::one(7)), std::string("7"));
        for (const auto& choice :
             {ClassChoice(), ClassChoice{ClassChoice::Kind::PerSeed, 0}, ClassChoice::one(0), ClassChoice::one(999)}) {
            const auto read = classChoiceOf(classText(choice));
            QVERIFY(read && *read == choice);
        }
    }
    void otherWordsAreNoChoice() {
        for (const char* text : {"", "one", "-1", "1.5", "1,2", "3 ", "99999999999999", "cat"})
            QVERIFY2(!classChoiceOf(text), text);
    }
};

THAW_TEST(ClassChoiceTest);
#include "class_choice_test.moc"
