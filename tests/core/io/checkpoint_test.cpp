// SPDX-License-Identifier: GPL-3.0-or-later
// Checkpoints as the reference code and PyTorch write them, against their safetensors twins; and what must not open.
#include "core/io/checkpoint.h"

#include "core/io/model_file.h"
#include "core/io/safetensors.h"
#include "tests/core/faults.h"
#include "tests/core/toy.h"
#include "tests/registry.h"

#include <torch/torch.h>

#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <sys/resource.h>
#include <chrono>
#include <random>

using namespace thaw;

namespace {

std::string goldenFile(const QString& name) { return std::string(THAW_GOLDEN) + "/" + name.toStdString(); }

bool sameWeights(const Denoiser& a, const Denoiser& b) {
    const auto others = b->named_parameters(), buffers = b->named_buffers();
    for (const auto& item : a->named_parameters())
        if (!others.contains(item.key()) || !torch::equal(item.value(), others[item.key()])) return false;
    for (const auto& item : a->named_buffers())
        if (!buffers.contains(item.key()) || !torch::equal(item.value(), buffers[item.key()])) return false;
    return a->named_parameters().size() == others.size();
}

QByteArray text(const char* bytes) { return QByteArray(bytes); }

// PROTO 4 and a string, bytes or number as pickle writes it.
QByteArray shortText(const QByteArray& s) { return QByteArray("\x8c", 1) + char(s.size()) + s; }
QByteArray global(const char* module, const char* name) { return "c" + text(module) + "\n" + name + "\n"; }

// A state dict of one tensor, whose storage is pickled in place: enough to claim anything.
QByteArray tensorPickle(const QByteArray& shape, const QByteArray& stride,
                        const QByteArray& offset = QByteArray("K\0", 2)) {
    const QByteArray start("\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.", 15);
    const QByteArray system = QByteArray("\x80\x02M\xe9\x03.", 6) + QByteArray("\x80\x02}.", 4);
    const QByteArray object = QByteArray("\x80\x02(", 3) + "X\x07" + QByteArray(3, '\0') + "storage" +
                              global("torch", "FloatStorage") + "X\x01" + QByteArray(3, '\0') + "0" + "X\x03" +
                              QByteArray(3, '\0') + "cpu" + "K\x04NtQ.";
    const QByteArray keys = QByteArray("\x80\x02]X\x01", 5) + QByteArray(3, '\0') + "0a.";
    const QByteArray numbers = QByteArray("\x04", 1) + QByteArray(7, '\0') + QByteArray(16, '\1');
    const QByteArray storage = start + system + object + keys + numbers;
    return QByteArray("\x80\x04}(", 4) + shortText("map_layer0.weight") + global("torch._utils", "_rebuild_tensor_v2") +
           "(" + global("torch.storage", "_load_from_bytes") + "C" + char(storage.size()) + storage +
           QByteArray("\x85R", 2) + offset + shape + stride + QByteArray("\x89)tRu.", 6);
}

long residentKb() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

}  // namespace

class CheckpointTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    /// What the code in a hostile pickle would write if it ran.
    QString never() const { return folder_.filePath("never"); }
    std::string put(const char* name, const QByteArray& bytes) {
        writeBytes(folder_.filePath(name), bytes);
        return folder_.filePath(name).toStdString();
    }

private Q_SLOTS:
    void checkpointsHoldTheWeightsOfTheirTwins_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("twin");
        QTest::addColumn<QString>("format");
        QTest::newRow("snapshot, DDPM++") << "ddpmpp_edm.pkl"
                                          << "ddpmpp_edm"
                                          << "pickled snapshot";
        QTest::newRow("snapshot, NCSN++ with classes") << "ncsnpp_edm_cond.pkl"
                                                       << "ncsnpp_edm_cond"
                                                       << "pickled snapshot";
        QTest::newRow("state dict, zip") << "ddpmpp_edm.state_dict.pt"
                                         << "ddpmpp_edm"
                                         << "PyTorch archive";
        QTest::newRow("state dict, legacy") << "ddpmpp_edm.state_dict.legacy.pt"
                                            << "ddpmpp_edm"
                                            << "PyTorch file (legacy)";
    }
    void checkpointsHoldTheWeightsOfTheirTwins() {
        QFETCH(QString, file);
        QFETCH(QString, twin);
        QFETCH(QString, format);
        auto opened = readModelFile(goldenFile(file));
        auto expected = readModelFile(goldenFile(twin + ".weights.safetensors"));
        QVERIFY(sameWeights(opened.denoiser, expected.denoiser));
        QCOMPARE(QString::fromStdString(opened.metadata["format"]), format);
        QCOMPARE(int(opened.denoiser->kind()), int(Preconditioning::Edm));
        // A bare state dict says nothing of its wrapper and dropout; what it computes is the same all the same.
        auto config = opened.denoiser->config(), wanted = expected.denoiser->config();
        config.dropout = wanted.dropout;
        QVERIFY(config == wanted);
        QCOMPARE(opened.metadata.count("assumed") > 0, format != "pickled snapshot");
        const auto io = readSafeTensors(goldenFile(twin + ".io.safetensors"));
        torch::NoGradGuard guard;
        const Conditioning labels{
            io.find("class_labels"),
            io.find("augment_labels"),
            {},
        };
        const auto error =
            (opened.denoiser->forward(io.at("x", ""), io.at("sigma", ""), labels) - io.at("denoised", "")).abs().max();
        QVERIFY(error.item<double>() < 1e-4);
    }

    void everyArchitectureIsReadOffItsNamesAndShapes_data() {
        QTest::addColumn<QString>("json");
        QTest::newRow("DDPM++, four levels, classes")
            << R"({"img_resolution":32,"img_channels":1,"label_dim":3,"model_type":"SongUNet","model_channels":16,"channel_mult":[1,2,2,4],"num_blocks":2,"attn_resolutions":[16,8],"dropout":0})";
        QTest::newRow("NCSN++, augmented, wide embedding")
            << R"({"img_resolution":16,"img_channels":3,"augment_dim":9,"model_type":"SongUNet","model_channels":16,"channel_mult":[2,1],"num_blocks":1,"attn_resolutions":[],"dropout":0,"channel_mult_emb":2,"embedding_type":"fourier","encoder_type":"residual","channel_mult_noise":2,"resample_filter":[1,3,3,1]})";
        QTest::newRow("ADM, classes")
            << R"({"img_resolution":16,"img_channels":3,"label_dim":7,"model_type":"DhariwalUNet","model_channels":64,"channel_mult":[2,3],"num_blocks":1,"attn_resolutions":[8],"dropout":0})";
    }
    void everyArchitectureIsReadOffItsNamesAndShapes() {
        QFETCH(QString, json);
        Denoiser original(parseNetworkConfig(json.toStdString(), "test"), Preconditioning::Edm);
        original->model->initialise(3);
        SafeTensors bare;
        for (const auto& item : original->named_parameters()) bare.tensors.emplace_back(item.key(), item.value());
        for (const auto& item : original->named_buffers()) bare.tensors.emplace_back(item.key(), item.value());
        const auto path = folder_.filePath("bare.safetensors").toStdString();
        writeSafeTensors(path, bare);
        auto opened = readModelFile(path);
        QVERIFY2(opened.denoiser->config() == original->config(), toJson(opened.denoiser->config()).c_str());
        QVERIFY(sameWeights(opened.denoiser, original));
    }

    void extraTensorsAreToldAndForeignNamesRefused() {
        writeModelFile(folder_.filePath("m.safetensors").toStdString(), toy::denoiser());
        auto content = readSafeTensors(folder_.filePath("m.safetensors").toStdString());
        content.tensors.emplace_back("logvar_linear.weight", torch::zeros({3}));
        writeSafeTensors(folder_.filePath("extra.safetensors").toStdString(), content);
        const auto model = readModelFile(folder_.filePath("extra.safetensors").toStdString());
        QVERIFY(model.metadata.at("unused_tensors").find("logvar_linear.weight") != std::string::npos);
        SafeTensors foreign;
        foreign.tensors.emplace_back("down_blocks.0.resnets.0.conv1.weight", torch::zeros({3}));
        const auto path = folder_.filePath("diffusers.safetensors").toStdString();
        writeSafeTensors(path, foreign);
        const auto fault = faultOf([&] { readModelFile(path); });
        QVERIFY2(fault.startsWith("WrongKind") && fault.contains("diffusers"), qPrintable(fault));
    }

    void aDescriptionBesideAStateDictSaysWhatItCannot() {
        QVERIFY(QFile::copy(QString::fromStdString(goldenFile("ddpmpp_edm.state_dict.pt")),
                            folder_.filePath("described.pt")));
        put("described.json",
            R"({"class": "VPPrecond", "config": {"img_resolution": 16, "img_channels": 3, "beta_d": 18.5}})");
        const auto model = readModelFile(folder_.filePath("described.pt").toStdString());
        QCOMPARE(int(model.denoiser->kind()), int(Preconditioning::Vp));
        QCOMPARE(model.denoiser->config().betaD, 18.5);
    }

    void otherFilesGetASentenceOfTheirOwn_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("word");
        QTest::newRow("Git LFS pointer") << text("version https://git-lfs.github.com/spec/v1\noid sha256:1\n")
                                         << "Git LFS";
        QTest::newRow("web page") << text("<!DOCTYPE html><html><body>404") << "web page";
        QTest::newRow("empty") << QByteArray() << "empty";
        QTest::newRow("zip of something else") << QByteArray("PK\x05\x06" + QByteArray(18, '\0')) << "no checkpoint";
        QTest::newRow("plain text") << text("hello") << "no checkpoint";
    }
    void otherFilesGetASentenceOfTheirOwn() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, word);
        const auto path = put("other.pkl", bytes);
        const auto fault = faultOf([&] { readModelFile(path); });
        QVERIFY2(fault.startsWith("WrongKind") && fault.contains(word), qPrintable(fault));
    }

    void hostilePicklesAreRefusedAtOnce_data() {
        QTest::addColumn<QByteArray>("bytes");
        const QByteArray start("\x80\x04", 2);
        QByteArray laughs = start + "]q" + QByteArray(1, '\0');
        for (int i = 1; i < 200; ++i) {
            laughs += "](";
            for (int j = 0; j < 10; ++j) laughs += QByteArray("h", 1) + char(i - 1);
            laughs += QByteArray("eq", 2) + char(i);
        }
        QTest::newRow("references that multiply") << laughs + ".";
        QTest::newRow("a hundred thousand nested lists")
            << start + QByteArray(100000, ']') + QByteArray(99999, 'a') + ".";
        QTest::newRow("a million nested tuples") << start + ")" + QByteArray(1000000, '\x85') + ".";
        QByteArray calls = start + ")";
        for (int i = 0; i < 100000; ++i) calls += QByteArray("\x85", 1) + "c" + "os\nsystem\n" + QByteArray("2R", 2);
        QTest::newRow("nested calls") << calls + ".";
        QTest::newRow("a call of os.system")
            << start + global("os", "system") + shortText("touch " + never().toUtf8()) + QByteArray("\x85R.", 3);
        QTest::newRow("bytes of exabytes") << start + QByteArray("\x8e\xff\xff\xff\xff\xff\xff\xff\x3f", 9);
        QTest::newRow("text of gigabytes") << start + QByteArray("X\xff\xff\xff\xff", 5);
        QTest::newRow("memo of billions") << start + QByteArray("Nr\xff\xff\xff\xff.", 7);
        QTest::newRow("memo never made") << start + QByteArray("j\x10\x27\0\0.", 6);
        QTest::newRow("unknown opcode") << start + QByteArray("\xee.", 2);
        QTest::newRow("extension registry") << start + QByteArray("\x82\x01.", 3);
        QTest::newRow("no end") << start + QByteArray(50000, 'N');
        QTest::newRow("empty stack") << start + ".";
        QTest::newRow("dict of itself") << start + "}q" + QByteArray(1, '\0') + shortText("ema") + "h" +
                                               QByteArray(1, '\0') + "s.";
        QTest::newRow("millions of marks") << start + QByteArray(9000000, '(') + ".";
        QTest::newRow("millions of copies") << start + "N" + QByteArray(9000000, '2') + ".";
        QTest::newRow("shape of exabytes")
            << tensorPickle(QByteArray("J\xff\xff\xff\x7fJ\xff\xff\xff\x7f\x86", 11), QByteArray("K\x01K\x01\x86", 5));
        QTest::newRow("repeated by stride 0")
            << tensorPickle(QByteArray("J\xff\xff\xff\x7f\x85", 6), QByteArray("K\0\x85", 3));
        QTest::newRow("negative size") << tensorPickle(QByteArray("J\xff\xff\xff\xff\x85", 6),
                                                       QByteArray("K\x01\x85", 3));
        QTest::newRow("negative stride") << tensorPickle(QByteArray("K\x02\x85", 3),
                                                         QByteArray("J\xff\xff\xff\xff\x85", 6));
        QTest::newRow("offset beyond the storage")
            << tensorPickle(QByteArray("K\x01\x85", 3), QByteArray("K\x01\x85", 3), QByteArray("K\x04", 2));
        QTest::newRow("a huge number as size")
            << tensorPickle(QByteArray("\x8a\x10" + QByteArray(16, '\x7f') + "\x85"), QByteArray("K\x01\x85", 3));
    }
    void hostilePicklesAreRefusedAtOnce() {
        QFETCH(QByteArray, bytes);
        const auto path = put("hostile.pkl", bytes);
        const long before = residentKb();
        const auto fault = faultOf([&] { readModelFile(path); });
        QVERIFY2(fault.startsWith("FileDamaged") || fault.startsWith("WrongKind"), qPrintable(fault));
        QVERIFY(fault.size() < 500);
        QVERIFY2(residentKb() - before < 200'000, qPrintable(QString::number(residentKb() - before)));
        QVERIFY(!QFile::exists(never()));
    }

    void theTensorPickleOfTheHostileCasesIsSoundInItself() {
        // So that the rows above fail for the reason they name: this one gets as far as the missing network.
        const auto path =
            put("sound.pkl", tensorPickle(QByteArray("K\x02K\x02\x86", 5), QByteArray("K\x02K\x01\x86", 5)));
        const auto index = indexCheckpoint(path);
        QCOMPARE(int(index.tensors.size()), 1);
        QCOMPARE(index.tensors[0].count(), std::int64_t(4));
        QCOMPARE(index.tensors[0].storageBytes, std::uint64_t(16));
    }

    void aSnapshotCutAnywhereIsRefused() {
        for (const char* name : {"ddpmpp_edm.pkl", "ddpmpp_edm.state_dict.pt", "ddpmpp_edm.state_dict.legacy.pt"}) {
            const auto bytes = readBytes(QString::fromStdString(goldenFile(name)));
            std::mt19937 random(1);
            for (int i = 0; i < 60; ++i) {
                const auto length = qsizetype(random() % std::uint64_t(bytes.size()));
                const auto fault = faultOf([path = put("cut.bin", bytes.left(length))] { readModelFile(path); });
                QVERIFY2(fault.startsWith("FileDamaged") || fault.startsWith("WrongKind"),
                         qPrintable(QString("%1 at %2: %3").arg(name).arg(length).arg(fault)));
            }
        }
    }

    void flippedBytesNeverCrash() {
        for (const char* name : {"ddpmpp_edm.pkl", "ddpmpp_edm.state_dict.pt", "ddpmpp_edm.state_dict.legacy.pt"}) {
            auto bytes = readBytes(QString::fromStdString(goldenFile(name)));
            std::mt19937 random(2);
            int refused = 0;
            for (int i = 0; i < 400; ++i) {
                auto copy = bytes;
                for (int flips = 0; flips < 3; ++flips) copy[qsizetype(random() % 20000)] = char(random());
                const auto fault = faultOf([path = put("flipped.bin", copy)] { indexCheckpoint(path); });
                refused += fault != "nothing";
            }
            QVERIFY(refused > 0);
        }
    }
};

THAW_TEST(CheckpointTest);
#include "checkpoint_test.moc"
