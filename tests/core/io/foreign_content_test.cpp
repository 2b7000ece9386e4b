// SPDX-License-Identifier: GPL-3.0-or-later
// Files that hold something else are refused as what they are, and never with the advice to download them again.
#include "core/io/foreign_content.h"

#include "core/io/open_model.h"
#include "core/io/safetensors.h"
#include "core/io/shard_index.h"
#include "tests/core/faults.h"
#include "tests/registry.h"

#include <torch/torch.h>

#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace thaw;

namespace {

QString refusalOf(const std::string& path) {
    try {
        openModelFile(path);
    } catch (const Error& error) {
        return QString("%1 %2 %3").arg(int(error.code())).arg(error.what(), error.hint().c_str());
    }
    return "opened";
}

QString shardCase(const char* name) { return QString(THAW_GOLDEN "/cases/sharded/") + name; }

}  // namespace

class ForeignContentTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    std::string at(const QString& name) const { return folder_.filePath(name).toStdString(); }
    void verifyRefused(const std::string& path, const QStringList& words) {
        const auto refusal = refusalOf(path);
        QVERIFY2(refusal.startsWith(QString::number(int(ErrorCode::WrongKind))), qPrintable(refusal));
        QVERIFY2(!refusal.contains("download", Qt::CaseInsensitive), qPrintable(refusal));
        for (const auto& word : words) QVERIFY2(refusal.contains(word), qPrintable(refusal));
    }

private Q_SLOTS:
    void init() { QVERIFY(QDir(folder_.path()).mkpath(".")); }

    void anOptimisersStateIsCalledThat() {
        verifyRefused(std::string(THAW_GOLDEN) + "/cases/opt160000.pt", {"optimiser's state"});
        // guided-diffusion puts the weights beside it.
        QVERIFY(QFile::copy(QString(THAW_GOLDEN) + "/cases/opt160000.pt", folder_.filePath("opt160000.pt")));
        writeBytes(folder_.filePath("ema_0.9999_160000.pt"), "x");
        writeBytes(folder_.filePath("model160000.pt"), "x");
        verifyRefused(at("opt160000.pt"), {"optimiser's state", "'ema_0.9999_160000.pt', 'model160000.pt'"});
    }

    void networksOfOtherFamiliesAreNamed_data() {
        QTest::addColumn<QString>("tensor");
        QTest::addColumn<QString>("family");
        QTest::newRow("diffusers") << "down_blocks.0.resnets.0.conv1.weight"
                                   << "diffusers";
        QTest::newRow("latent diffusion") << "model.diffusion_model.input_blocks.0.0.weight"
                                          << "latent diffusion";
        QTest::newRow("guided-diffusion") << "input_blocks.0.0.weight"
                                          << "guided-diffusion";
        QTest::newRow("score_sde") << "module.all_modules.3.weight"
                                   << "score_sde";
        QTest::newRow("StyleGAN") << "synthesis.b4.conv1.weight"
                                  << "StyleGAN";
        QTest::newRow("EDM2") << "unet.emb_noise.weight"
                              << "EDM2";
        QTest::newRow("DiT") << "blocks.0.adaLN_modulation.1.weight"
                             << "DiT";
        QTest::newRow("LoRA") << "unet.attn.to_q.lora_A.weight"
                              << "LoRA";
        QTest::newRow("unknown") << "head.weight"
                                 << "'head.weight'";
    }
    void networksOfOtherFamiliesAreNamed() {
        QFETCH(QString, tensor);
        QFETCH(QString, family);
        SafeTensors content;
        content.tensors.emplace_back(tensor.toStdString(), torch::zeros({3}));
        writeSafeTensors(at("other.safetensors"), content);
        verifyRefused(at("other.safetensors"), {family});
        // With an optimiser beside it, it is a training state.
        content.tensors.emplace_back("optimizer.state.0.exp_avg", torch::zeros({3}));
        writeSafeTensors(at("training.safetensors"), content);
        if (tensor != "head.weight") verifyRefused(at("training.safetensors"), {"training state of", family});
    }

    void numbersThatAreNotReadAreNoDamage() {
        // FP8 as the header of a sound file names it.
        const QByteArray header = R"({"model.map_layer0.weight":{"dtype":"F8_E4M3","shape":[4],"data_offsets":[0,4]}})";
        QByteArray bytes;
        for (int shift = 0; shift < 64; shift += 8) bytes.append(char(quint64(header.size()) >> shift & 255));
        writeBytes(folder_.filePath("fp8.safetensors"), bytes + header + QByteArray(4, '\0'));
        verifyRefused(at("fp8.safetensors"), {"F8_E4M3"});
    }

    void oneOfSeveralShardsIsRefusedAsOneOfThem() {
        verifyRefused(shardCase("model-00001-of-00002.safetensors").toStdString(), {"one of 2 shards", "index.json"});
        verifyRefused(shardCase("model-00002-of-00002.safetensors").toStdString(), {"one of 2 shards"});
        // Without the index the name alone tells, and says which file is wanted.
        QVERIFY(QFile::copy(shardCase("model-00002-of-00002.safetensors"),
                            folder_.filePath("model-00002-of-00002.safetensors")));
        verifyRefused(at("model-00002-of-00002.safetensors"), {"number 2 of 2", "model.safetensors.index.json"});
    }

    void anIndexNamesTheShardsThatItLacks() {
        QDir(folder_.path()).mkdir("half");
        QVERIFY(QFile::copy(shardCase("model.safetensors.index.json"),
                            folder_.filePath("half/model.safetensors.index.json")));
        QVERIFY(QFile::copy(shardCase("model-00001-of-00002.safetensors"),
                            folder_.filePath("half/model-00001-of-00002.safetensors")));
        const auto fault = faultOf([&] { openModelFile(at("half/model.safetensors.index.json")); });
        QVERIFY2(fault.startsWith("FileMissing") && fault.contains("2 shards, of which 1 is not beside it") &&
                     fault.contains("model-00002-of-00002.safetensors"),
                 qPrintable(fault));
        writeBytes(folder_.filePath("outside.safetensors.index.json"),
                   R"({"weight_map": {"model.map_layer0.weight": "../secret.safetensors"}})");
        verifyRefused(at("outside.safetensors.index.json"), {"../secret.safetensors"});
    }

    void aSetHasTheChecksumOfItsFilesInOrder() {
        const auto files = filesOfCheckpoint(shardCase("model.safetensors.index.json").toStdString());
        QCOMPARE(int(files.size()), 3);
        QVERIFY(files[1].ends_with("model-00001-of-00002.safetensors"));
        QVERIFY(files[2].ends_with("model-00002-of-00002.safetensors"));
    }

    void foldersAndDescriptionsOfOtherProgramsAreNamed() {
        QDir(folder_.path()).mkdir("pipeline");
        writeBytes(folder_.filePath("pipeline/model_index.json"),
                   R"({"_class_name": "DDPMPipeline", "unet": ["diffusers"]})");
        verifyRefused(at("pipeline"), {"folder of diffusers (DDPMPipeline)"});
        verifyRefused(at("pipeline/model_index.json"), {"pipeline of diffusers (DDPMPipeline)"});
        writeBytes(folder_.filePath("config.json"), R"({"model_type": "gpt2", "architectures": ["GPT2"]})");
        verifyRefused(at("config.json"), {"transformers"});
        writeBytes(folder_.filePath("own.json"), R"({"class": "EDMPrecond", "config": {}})");
        verifyRefused(at("own.json"), {"describes a checkpoint"});
    }

    void otherFormatsAreNamedByTheirFirstBytes_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("word");
        QTest::newRow("HDF5") << QByteArray("\x89HDF\r\n\x1a\n") << "HDF5";
        QTest::newRow("NumPy") << QByteArray("\x93NUMPY\x01") << "NumPy";
        QTest::newRow("GGUF") << QByteArray("GGUF\x03") << "GGUF";
        QTest::newRow("gzip") << QByteArray("\x1f\x8b\x08") << "gzip";
        QTest::newRow("tar") << QByteArray(257, 'a') + "ustar" + QByteArray(10, '\0') << "tar archive";
    }
    void otherFormatsAreNamedByTheirFirstBytes() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, word);
        writeBytes(folder_.filePath("bytes.pt"), bytes);
        verifyRefused(at("bytes.pt"), {word});
    }
};

THAW_TEST(ForeignContentTest);
#include "foreign_content_test.moc"
