// SPDX-License-Identifier: GPL-3.0-or-later
// Words that the command line does not know, and the preconditioning that it chooses.
#include "tests/cli/program.h"
#include "tests/registry.h"

using namespace program;

class DidYouMeanTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void unknownWordsGetTheNearestOne_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("words");
        QTest::newRow("swapped letters of a verb")
            << QStringList{"sampel", "--model", "builtin"} << "Did you mean 'sample'?";
        QTest::newRow("beginning of a verb") << QStringList{"eval"} << "Did you mean 'evaluate'?";
        QTest::newRow("another word for a verb") << QStringList{"train"} << "Did you mean 'finetune'?";
        QTest::newRow("nothing near") << QStringList{"xyzzy"} << "The verbs are ";
        QTest::newRow("an option, before the one that is required is asked for")
            << QStringList{"sample", "--modle", "builtin"} << "has no option '--modle'. Did you mean '--model'?";
        QTest::newRow("an option with a value behind =")
            << QStringList{"info", "builtin", "--freze=all"} << "has no option '--freze'. Did you mean '--freeze'?";
        QTest::newRow("an option before the verb") << QStringList{"--versoin"} << "Did you mean '--version'?";
        QTest::newRow("an option of another verb") << QStringList{"info", "builtin", "--kimg", "3"} << "have it.";
    }
    void unknownWordsGetTheNearestOne() {
        QFETCH(QStringList, arguments);
        QFETCH(QString, words);
        const auto outcome = run(arguments);
        QCOMPARE(outcome.code, 2);
        QVERIFY2(outcome.err.contains(words.toUtf8()), outcome.err);
    }

    void wrongValuesAreNamedBesideTheRightOnes_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("words");
        const QStringList sample{"sample", "--model", "builtin", "--out", "never.png"};
        QTest::newRow("a letter of a choice") << sample + QStringList{"--precision", "bf61"}
                                              << "--precision is 'bf61', must be auto, bf16 or fp32. Did you mean "
                                                 "'bf16'?";
        QTest::newRow("a sampler") << sample + QStringList{"--sampler", "hein"} << "Did you mean 'heun'?";
        QTest::newRow("a number behind a choice is none")
            << sample + QStringList{"--precision", "2"} << "--precision is '2', must be auto, bf16 or fp32.";
        QTest::newRow("below the least") << sample + QStringList{"--batch", "0"}
                                         << "--batch is '0', must be from 1 to 65536.";
        QTest::newRow("one of a list") << QStringList{"bench", "--workload", "sampel"} << "--workload is 'sampel'";
        QTest::newRow("what is required") << QStringList{"sample"} << "--model is required.";
        QTest::newRow("nothing") << QStringList{} << "The verb is missing.";
    }
    void wrongValuesAreNamedBesideTheRightOnes() {
        QFETCH(QStringList, arguments);
        QFETCH(QString, words);
        const auto outcome = run(arguments);
        QCOMPARE(outcome.code, 2);
        QVERIFY2(outcome.err.startsWith("thaw-cli: ") && outcome.err.contains(words.toUtf8()), outcome.err);
    }

    void moreThreadsThanCoresAreCutWithAWord() {
        const auto outcome = run({"info", toyModel(), "--threads", "99999"});
        QCOMPARE(outcome.code, 0);
        QVERIFY2(outcome.err.contains("--threads is 99999, but there are "), outcome.err);
    }

    void thePreconditioningOfAStateDictIsSaidAndChosen() {
        const auto file = golden("cases/vp_sd.pt");
        const auto assumed = run({"info", file, "--json"});
        QCOMPARE(assumed.code, 0);
        QCOMPARE(assumed.json()["class"].toString(), QString("EDMPrecond"));
        QCOMPARE(assumed.json()["metadata"].toObject()["assumed"].toString(), QString("EDMPrecond"));
        QVERIFY(run({"info", file}).out.contains("Assumed EDMPrecond"));
        const auto chosen = run({"info", file, "--precond", "vp", "--json"});
        QCOMPARE(chosen.json()["class"].toString(), QString("VPPrecond"));
        QVERIFY(!chosen.json()["metadata"].toObject().contains("assumed"));
        const auto refused = run({"info", toyModel(), "--precond", "ve"});
        QCOMPARE(refused.code, 2);
        QVERIFY2(refused.err.contains("EDMPrecond") && refused.err.contains("VEPrecond"), refused.err);
    }

    void sampleSaysWhatWasAssumed() {
        QTemporaryDir folder;
        const auto outcome = run({"sample", "--model", golden("cases/vp_sd.pt"), "--seeds", "0-1", "--sampler",
                                  "one-step", "--out", folder.filePath("a.npy"), "--threads", "1", "--json"});
        QCOMPARE(outcome.code, 0);
        QVERIFY(outcome.err.contains("Assumed EDMPrecond"));
        QCOMPARE(outcome.json()["assumed"].toString(), QString("EDMPrecond"));
    }
};

THAW_TEST(DidYouMeanTest);
#include "did_you_mean_test.moc"
