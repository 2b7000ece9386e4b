// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/class_box.h"

#include "app/shared/selection.h"
#include "tests/registry.h"

#include <QSignalSpy>
#include <QTest>

using namespace thaw;

class ClassBoxTest : public QObject {
    Q_OBJECT
    static void choose(ClassBox& box, int entry) {
        box.setCurrentIndex(entry);
        Q_EMIT box.activated(entry);
    }

private Q_SLOTS:
    void thereIsNoListWithoutClasses() {
        Selection selection;
        ClassBox box(selection);
        QVERIFY(box.isHidden());
        selection.setClassCount(3);
        QVERIFY(!box.isHidden());
        QCOMPARE(box.count(), 5);
        selection.setClassCount(0);
        QVERIFY(box.isHidden());
    }

    void everyEntryIsAChoice() {
        Selection selection;
        selection.setClassCount(3);
        ClassBox box(selection), other(selection);
        const QSignalSpy changes(&selection, &Selection::classesChanged);
        const std::vector<ClassChoice> choices{
            {ClassChoice::Kind::PerSeed, 0}, ClassChoice::one(0), ClassChoice::one(2), ClassChoice()};
        const std::vector<int> entries{1, 2, 4, 0};
        for (std::size_t i = 0; i < choices.size(); ++i) {
            choose(box, entries[i]);
            QVERIFY(selection.classes() == choices[i]);
            QCOMPARE(other.currentIndex(), entries[i]);  // all lists show the selection's
            QCOMPARE(changes.size(), qsizetype(i + 1));
        }
    }

    void namesStandWhereThereAreAsManyAsClasses() {
        Selection selection;
        selection.setClassCount(2);
        ClassBox box(selection);
        QCOMPARE(box.itemText(3), QString("class 1"));
        selection.setClassNames({"cat", "dog"});
        QCOMPARE(box.itemText(3), QString("class 1 (dog)"));
        selection.setClassNames({"cat", "dog", "cow"});
        QCOMPARE(box.itemText(3), QString("class 1"));
    }

    void aClassThatTheNextModelHasNotIsGivenUp() {
        Selection selection;
        selection.setClassCount(5);
        selection.setClasses(ClassChoice::one(4));
        selection.setClasses(ClassChoice::one(5));  // there is none
        QVERIFY(selection.classes() == ClassChoice::one(4));
        ClassBox box(selection);
        selection.setClassCount(10);
        QVERIFY(selection.classes() == ClassChoice::one(4));
        QCOMPARE(box.currentIndex(), 6);
        selection.setClassCount(4);
        QVERIFY(selection.classes() == ClassChoice());
        QCOMPARE(box.currentIndex(), 0);
    }

    void captionsSayWhatTheModelIsTold() {
        QCOMPARE(classCaption({}), QString("random classes"));
        QCOMPARE(classCaption({ClassChoice::Kind::PerSeed, 0}), QString("classes by seed"));
        QCOMPARE(classCaption(ClassChoice::one(1), {"cat", "dog"}), QString("class 1 (dog)"));
        QVERIFY(noisedClassCaption({}).contains("own class"));
        QCOMPARE(noisedClassCaption(ClassChoice::one(1)), QString("class 1"));
    }
};

THAW_TEST(ClassBoxTest);
#include "class_box_test.moc"
