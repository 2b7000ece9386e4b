// SPDX-License-Identifier: GPL-3.0-or-later
// What the world may hand to thaw-cli: missing, truncated and wrong files, impossible settings, things that exist.
#include "tests/cli/program.h"
#include "tests/registry.h"

using namespace program;

class FaultsTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    QString at(const QString& name) const { return folder_.filePath(name); }

    // One clear sentence: no trace of an uncaught fault, and the offending name in it.
    static void verifySentence(const Outcome& outcome) {
        QVERIFY2(outcome.err.contains("thaw-cli: "), outcome.err.constData());
        QVERIFY2(!outcome.err.contains("Unexpected fault") && !outcome.err.contains("terminate called"),
                 outcome.err.constData());
        QVERIFY2(outcome.out.isEmpty(), outcome.out.constData());
    }

private Q_SLOTS:
    void initTestCase() {
        QVERIFY2(QFile::exists(path()), "THAW_CLI names the program under test");
        writeToyData(at("data"));
        write(at("truncated.safetensors"), bytes(toyModel()).left(5000));
        write(at("wrong.safetensors"), "This is a shopping list: milk, bread, eggs.");
        write(at("checkpoint.pkl"), "\x80\x04 pickle");
        QDir().mkpath(at("truncated"));
        write(at("truncated/train-images-idx3-ubyte"), bytes(at("data/train-images-idx3-ubyte")).left(4000));
        QDir().mkpath(at("wrong"));
        write(at("wrong/notes.txt"), "no data here");
        writeNpy(at("x.npy"), "2, 1, 28, 28", 2 * 784);
        write(at("truncated.npy"), bytes(at("x.npy")).left(300));
        writeNpy(at("small.npy"), "2, 1, 8, 8", 128);
        QDir().mkpath(at("damagedrun"));
        write(at("damagedrun/stats.jsonl"), "{\"step\": 1,\n{\"step\": 2}\n");
    }

    void badFilesEndInExitCodeThree_data() {
        QTest::addColumn<QStringList>("arguments");
        const auto add = [](const char* name, const QStringList& arguments) { QTest::newRow(name) << arguments; };
        const QString none = at("none.safetensors"), cut = at("truncated.safetensors"), wrong = at("wrong.safetensors");
        add("info, missing", {"info", none});
        add("info, truncated", {"info", cut});
        add("info, wrong", {"info", wrong});
        add("info, pickle", {"info", at("checkpoint.pkl")});
        add("info, folder without snapshot", {"info", at("wrong")});
        const auto denoise = [&](const QString& model, const QString& input) {
            return QStringList{"denoise", "--model", model, "--input", input, "--sigma", "1", "--out", at("d.npy")};
        };
        add("denoise, missing model", denoise(none, at("x.npy")));
        add("denoise, missing input", denoise(toyModel(), at("none.npy")));
        add("denoise, truncated input", denoise(toyModel(), at("truncated.npy")));
        add("denoise, input of another size", denoise(toyModel(), at("small.npy")));
        add("denoise, input that is no npy", denoise(toyModel(), wrong));
        const auto sample = [&](const QString& model) {
            return QStringList{"sample", "--model", model, "--seeds", "0", "--out", at("s.png")};
        };
        add("sample, missing", sample(none));
        add("sample, truncated", sample(cut));
        add("sample, wrong", sample(wrong));
        add("sample, latents of another size",
            {"sample", "--model", toyModel(), "--latents", at("small.npy"), "--out", at("s.png")});
        const auto pretrain = [&](const QString& data) {
            return QStringList{"pretrain", "--data", data, "--out", at("p")};
        };
        add("pretrain, missing", pretrain(at("none")));
        add("pretrain, truncated", pretrain(at("truncated")));
        add("pretrain, wrong", pretrain(at("wrong")));
        add("pretrain, missing config",
            {"pretrain", "--data", at("data"), "--out", at("p"), "--config", at("none.json")});
        add("pretrain, resume of nothing", {"pretrain", "--data", at("data"), "--out", at("none"), "--resume"});
        const auto finetune = [&](const QString& model, const QString& data) {
            return QStringList{"finetune", "--model", model, "--data", data, "--out", at("f")};
        };
        add("finetune, missing model", finetune(none, at("data")));
        add("finetune, truncated model", finetune(cut, at("data")));
        add("finetune, wrong model", finetune(wrong, at("data")));
        add("finetune, truncated data", finetune(toyModel(), at("truncated")));
        add("finetune, config that is no JSON",
            {"finetune", "--model", toyModel(), "--data", at("data"), "--out", at("f"), "--config", wrong});
        add("evaluate, missing features", {"evaluate", "--model", toyModel(), "--features", none});
        add("evaluate, truncated features", {"evaluate", "--model", toyModel(), "--features", cut});
        add("evaluate, a model as features", {"evaluate", "--model", toyModel(), "--features", toyModel()});
        add("statistics, missing", {"statistics", "--data", at("none"), "--out", at("s.npz")});
        add("statistics, wrong features",
            {"statistics", "--data", at("data"), "--features", wrong, "--out", at("s.npz")});
        add("train-features, truncated", {"train-features", "--data", at("truncated"), "--out", at("n.safetensors")});
        add("spectrum, missing", {"spectrum", "--kind", "layers", "--model", none, "--out", at("l.png")});
        add("spectrum, truncated", {"spectrum", "--kind", "layers", "--model", cut, "--out", at("l.png")});
        add("spectrum, wrong images", {"spectrum", "--kind", "image", "--images", wrong, "--out", at("l.png")});
        add("curves, missing", {"curves", at("none"), "--out", at("c.png")});
        add("curves, wrong", {"curves", at("wrong"), "--out", at("c.png")});
        add("curves, damaged", {"curves", at("damagedrun"), "--out", at("c.png")});
    }
    void badFilesEndInExitCodeThree() {
        QFETCH(QStringList, arguments);
        const auto outcome = run(arguments);
        QVERIFY2(outcome.code == 3, outcome.err.constData());
        verifySentence(outcome);
    }

    void badSettingsEndInExitCodeTwoAndAreAllNamed_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QStringList>("named");
        write(at("bad.json"),
              R"({"kimg": -1, "batch": 2, "generator": {"learning_rate": 5, "beta3": 0}, "colour": 1})");
        const auto add = [](const char* name, const QStringList& arguments, const QStringList& named) {
            QTest::newRow(name) << arguments << named;
        };
        const QStringList finetune{"finetune", "--model", toyModel(), "--data", at("data"), "--out", at("never")};
        add("finetune config", finetune + QStringList{"--config", at("bad.json")},
            {"kimg", "batch", "generator.learning_rate", "generator.beta3", "colour"});
        add("finetune options", finetune + QStringList{"--kimg", "-1", "--batch", "2", "--freeze", "nosuch"},
            {"kimg", "batch", "nosuch"});
        add("finetune objective", finetune + QStringList{"--objective", "lsgan"}, {"lsgan", "gan", "regression"});
        add("finetune with two imitations", finetune + QStringList{"--objective", "pd,cd"}, {"pd,cd"});
        add("finetune with an unknown preset", finetune + QStringList{"--preset", "lsun"}, {"lsun", "cifar10"});
        add("freezing everything", finetune + QStringList{"--freeze", "all"}, {"freeze"});
        add("pretrain config", {"pretrain", "--data", at("data"), "--out", at("never"), "--config", at("bad.json")},
            {"kimg", "colour"});
        add("info with unmatched patterns", {"info", toyModel(), "--freeze", "nosuch,enc.*,neither*"},
            {"nosuch", "neither*"});
        add("denoise with three sigmas for two images",
            {"denoise", "--model", toyModel(), "--input", at("x.npy"), "--sigma", "1,2,3", "--out", at("never.npy")},
            {"sigma"});
        add("sample with one Heun step",
            {"sample", "--model", toyModel(), "--seeds", "0", "--sampler", "heun", "--steps", "1", "--out",
             at("never.png")},
            {"steps"});
        add("sample with bad seeds", {"sample", "--model", toyModel(), "--seeds", "9-1", "--out", at("never.png")},
            {"seeds", "9-1"});
        add("evaluate with unknown metrics", {"evaluate", "--model", toyModel(), "--metrics", "lpips"},
            {"lpips", "fid", "precision"});
        add("evaluate of nothing", {"evaluate"}, {"--model", "--images"});
        add("spectrum as BMP", {"spectrum", "--kind", "layers", "--model", toyModel(), "--out", at("never.bmp")},
            {".png", ".csv", ".npz", ".pdf", ".svg"});
        add("spectrum of unknown blocks",
            {"spectrum", "--kind", "layers", "--model", toyModel(), "--blocks", "attic", "--out", at("never.png")},
            {"blocks", "attic"});
        add("spectrum of no kind", {"spectrum", "--kind", "attic", "--model", toyModel(), "--out", at("never.png")},
            {"attic", "layers"});
        add("spectrum at no noise",
            {"spectrum", "--kind", "bands", "--model", toyModel(), "--sigma", "1,0", "--out", at("never.png")},
            {"sigma", "0"});
        add("transfer of an operation",
            {"spectrum", "--kind", "transfer", "--model", toyModel(), "--blocks", "*.conv0", "--out", at("never.png")},
            {"conv0"});
        add("bands against a model",
            {"spectrum", "--kind", "bands", "--model", toyModel(), "--against", toyModel(), "--out", at("never.png")},
            {"--against"});
        add("swap of no block",
            {"spectrum", "--kind", "swap", "--model", toyModel(), "--blocks", "attic", "--out", at("never.png")},
            {"attic"});
        add("curves as BMP", {"curves", at("damagedrun"), "--out", at("never.bmp")}, {".png", ".pdf", ".svg", ".csv"});
        add("unknown option", {"devices", "--colour"}, {"--colour"});
        add("unknown verb", {"melt"}, {});
        add("no such device name",
            {"sample", "--model", toyModel(), "--seeds", "0", "--device", "tpu", "--out", at("never.png")}, {"tpu"});
    }
    void badSettingsEndInExitCodeTwoAndAreAllNamed() {
        QFETCH(QStringList, arguments);
        QFETCH(QStringList, named);
        const auto outcome = run(arguments);
        QVERIFY2(outcome.code == 2, outcome.err.constData());
        for (const auto& name : named)
            QVERIFY2(outcome.err.contains(name.toUtf8()), qPrintable(name + " in: " + outcome.err));
        QVERIFY(!QFile::exists(at("never")));
    }

    void whatExistsIsNeverOverwritten_data() {
        QTest::addColumn<QStringList>("arguments");
        const QString file = at("precious"), folder = at("wrong");
        for (const char* ending : {".png", ".npy", ".csv"}) write(file + ending, "precious");
        QTest::newRow("grid") << QStringList{"sample", "--model", toyModel(), "--seeds", "0", "--out", file + ".png"};
        QTest::newRow("array") << QStringList{"sample", "--model", toyModel(), "--seeds", "0", "--out", file + ".npy"};
        QTest::newRow("folder") << QStringList{"sample", "--model", toyModel(), "--seeds", "0", "--out", folder};
        QTest::newRow("spectrum") << QStringList{"spectrum", "--kind", "layers",     "--model",
                                                 toyModel(), "--out",  file + ".csv"};
        QTest::newRow("pretrain") << QStringList{"pretrain", "--data", at("data"), "--out", folder};
        QTest::newRow("finetune") << QStringList{"finetune", "--model", toyModel(), "--data",
                                                 at("data"), "--out",   folder};
    }
    void whatExistsIsNeverOverwritten() {
        QFETCH(QStringList, arguments);
        const auto outcome = run(arguments);
        QVERIFY2(outcome.code == 2, outcome.err.constData());
        QCOMPARE(QDir(at("wrong")).entryList(QDir::Files), QStringList{"notes.txt"});
        for (const char* ending : {".png", ".npy", ".csv"})
            QCOMPARE(bytes(at("precious") + ending), QByteArray("precious"));
    }

    void aDeviceThatIsNotThereEndsInExitCodeFour() {
        const auto outcome =
            run({"sample", "--model", toyModel(), "--seeds", "0", "--device", "cuda:99", "--out", at("n.png")});
        QVERIFY2(outcome.code == 4, outcome.err.constData());
    }

    // A shell's limit stands for a small machine.
    void memoryThatRunsOutIsSaidWithTheWaysOut() {
        const auto command = QStringLiteral(
                                 "ulimit -v 6000000; exec '%1' finetune --model '%2' --data '%3' --out '%4' "
                                 "--batch 16384 --kimg 20 --precision fp32 --threads 1 --quiet")
                                 .arg(program::path(), toyModel(), at("data"), at("large"));
        const auto outcome = run({"-c", command}, "/bin/sh");
        QVERIFY2(outcome.code == 4, outcome.err.constData());
        QVERIFY2(outcome.err.contains("not enough memory on cpu for a training step of 16384 images") &&
                     outcome.err.contains("No step was done yet") && outcome.err.contains("micro-batches of 8192"),
                 outcome.err.constData());
        QVERIFY(bytes(at("large/stats.jsonl")).contains("\"failed\""));
        QVERIFY(!QFile::exists(at("large/running")));
    }
};

THAW_TEST(FaultsTest);
#include "faults_test.moc"
