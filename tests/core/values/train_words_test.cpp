// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/train_words.h"
#include "tests/registry.h"

#include <QtTest/QTest>

#include <set>

using namespace thaw;

namespace {

// Every value from 0 to `count - 1` has a word of its own, which leads back to it.
template <class Enum>
bool hasWordsFor(int count) {
    std::set<std::string> words;
    for (int k = 0; k < count; ++k) {
        const std::string word = wordFor(Enum(k));
        if (word.empty() || valueOfWord<Enum>(word) != Enum(k)) return false;
        words.insert(word);
    }
    return int(words.size()) == count && int(EnumWords<Enum>::all.size()) == count;
}

}  // namespace

class TrainWordsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyValueHasAWordOfItsOwn() {
        QVERIFY(hasWordsFor<Precision>(3));
        QVERIFY(hasWordsFor<GanLossKind>(2));
        QVERIFY(hasWordsFor<LossReduction>(2));
        QVERIFY(hasWordsFor<DiscriminatorKind>(2));
        QVERIFY(hasWordsFor<RethawState>(2));
        QVERIFY(hasWordsFor<Distillation>(6));
        QVERIFY(hasWordsFor<ImageDistance>(3));
        QVERIFY(hasWordsFor<DistillRecipe>(2));
        QVERIFY(hasWordsFor<RunOutcome>(4));
    }

    void wordsOfOthersLeadNowhere() {
        for (const char* text : {"", "FP32", "fp32 ", "float"}) QVERIFY(!valueOfWord<Precision>(text));
    }

    void listsOfWords() {
        QCOMPARE(listedWords<Precision>(), std::string("auto, fp32 or bf16"));
        QCOMPARE(quotedWords<LossReduction>(), std::string("\"mean\" or \"sum\""));
        QCOMPARE(listed({"one"}), std::string("one"));
    }

    void objectivesRoundTrip() {
        const std::vector<std::string> expected{"gan", "pd", "cd", "ctm", "rcd", "regression"};
        QVERIFY(objectiveWords() == expected);
        for (const auto& text : expected) {
            FinetuneConfig config;
            QCOMPARE(setObjective(config, text), std::string());
            QCOMPARE(objectiveName(config), text);
            if (text == "gan") continue;
            QCOMPARE(setObjective(config, text + ",gan"), std::string());
            QCOMPARE(objectiveName(config), text + ",gan");
        }
    }

    void impossibleObjectives() {
        FinetuneConfig config;
        QCOMPARE(setObjective(config, ""), std::string("is empty"));
        QCOMPARE(setObjective(config, "pd,cd"), std::string("is 'pd,cd', which names two imitation objectives"));
        const std::string wanted = ", must be gan, pd, cd, ctm, rcd or regression, or one of these and gan";
        QCOMPARE(setObjective(config, "lsgan"), "has 'lsgan'" + wanted);
        QCOMPARE(setObjective(config, "none"), "has 'none'" + wanted);
    }
};

THAW_TEST(TrainWordsTest);

#include "train_words_test.moc"
