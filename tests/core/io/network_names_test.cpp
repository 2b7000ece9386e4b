// SPDX-License-Identifier: GPL-3.0-or-later
// What other programs do to the names of a network, against the numbers under their plain names.
#include "core/io/network_names.h"

#include "core/io/open_model.h"
#include "core/io/safetensors.h"
#include "core/io/shard_index.h"
#include "core/values/model_name.h"
#include "tests/core/faults.h"
#include "tests/core/toy.h"
#include "tests/registry.h"

#include <torch/torch.h>

#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <algorithm>

using namespace thaw;

namespace {

std::string caseFile(const QString& name) { return std::string(THAW_GOLDEN) + "/cases/" + name.toStdString(); }

// The numbers that all sd_* files hold, read under the very names of a file without prefixes.
const SafeTensors& plainCase() {
    static const SafeTensors content = readSafeTensors(caseFile("sd_inner.safetensors"));
    return content;
}

bool hasNumbersOf(const Denoiser& denoiser, const SafeTensors& content, const std::string& prefix) {
    for (const auto& item : denoiser->named_parameters()) {
        const auto expected = content.find(prefix + item.key().substr(std::string("model.").size()));
        if (!expected.defined() || !torch::equal(expected, item.value())) return false;
    }
    return true;
}

using Renaming = std::function<std::string(const std::string&)>;

}  // namespace

class NetworkNamesTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    Denoiser toy_ = toy::denoiser(1), other_ = toy::denoiser(2);

    std::string at(const QString& name) const { return folder_.filePath(name).toStdString(); }
    static void add(SafeTensors& content, const Denoiser& denoiser, const Renaming& name) {
        for (const auto& item : denoiser->named_parameters())
            content.tensors.emplace_back(name(item.key()), item.value());
    }
    static bool same(const Denoiser& a, const Denoiser& b) {
        const auto others = b->named_parameters();
        for (const auto& item : a->named_parameters())
            if (!torch::equal(item.value(), others[item.key()])) return false;
        return true;
    }

private Q_SLOTS:
    void everyCaseOpensWithTheSameNumbers_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("taken");
        QTest::addColumn<QString>("left");
        QTest::newRow("compiled, then data-parallel") << "sd_orig_module.pt"
                                                      << ""
                                                      << "";
        QTest::newRow("safetensors without the wrapper") << "sd_inner.safetensors"
                                                         << ""
                                                         << "";
        QTest::newRow("safetensors, compiled") << "sd_orig_mod.safetensors"
                                               << ""
                                               << "";
        QTest::newRow("averaged model") << "sd_averaged.pt"
                                        << ""
                                        << "";
        QTest::newRow("ema-pytorch") << "sd_emapytorch.pt"
                                     << "ema_model"
                                     << "online_model";
        QTest::newRow("unused tensor with stride 0") << "sd_expanded.pt"
                                                     << ""
                                                     << "";
        QTest::newRow("shards by their index") << "sharded/model.safetensors.index.json"
                                               << ""
                                               << "";
        QTest::newRow("folder of shards") << "sharded"
                                          << ""
                                          << "";
    }
    void everyCaseOpensWithTheSameNumbers() {
        QFETCH(QString, file);
        QFETCH(QString, taken);
        QFETCH(QString, left);
        const auto opened = openModelFile(caseFile(file));
        QVERIFY(hasNumbersOf(opened.denoiser, plainCase(), ""));
        const auto word = [&](const char* key) {
            const auto it = opened.metadata.find(key);
            return it == opened.metadata.end() ? QString() : QString::fromStdString(it->second);
        };
        QCOMPARE(word("taken_from"), taken);
        QCOMPARE(word("not_taken"), left);
        QCOMPARE(word("assumed"), QString("EDMPrecond"));
    }

    void theAverageIsTakenAndTensorsBesideAreNoFault() {
        const auto averaged = describeModel(caseFile("sd_averaged.pt"));
        QCOMPARE(QString::fromStdString(averaged.metadata.at("unused_tensors")), QString("1 (n_averaged)"));
        const auto expanded = describeModel(caseFile("sd_expanded.pt"));
        QCOMPARE(QString::fromStdString(expanded.metadata.at("unused_tensors")), QString("1 (extra_expanded)"));
        // This one has no average beside its `model`, only the states of a generator and of an optimiser.
        const auto checkpoint = openModelFile(caseFile("ck_rng.pt"));
        QCOMPARE(QString::fromStdString(checkpoint.metadata.at("taken_from")), QString("model"));
        QVERIFY(!checkpoint.metadata.count("not_taken"));
        const auto raw = indexTensors(caseFile("ck_rng.pt"));
        QVERIFY(raw.find("rng_state") && raw.find("model.model.map_layer0.weight") &&
                raw.find("optimizer.state.0.exp_avg"));
        const auto lightning = openModelFile(caseFile("lightning_net.ckpt"));
        QCOMPARE(QString::fromStdString(lightning.metadata.at("taken_from")), QString("state_dict.net"));
    }

    void wrappersWordsAreDroppedWhereverTheyStand_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("owner");
        QTest::addColumn<QString>("published");
        const auto row = [](const char* name, const char* owner, const char* published) {
            QTest::newRow(name) << name << owner << published;
        };
        const char* plain = "model.enc.32x32_block0.conv0.weight";
        row("enc.32x32_block0.conv0.weight", "", plain);
        row("model.enc.32x32_block0.conv0.weight", "model", plain);
        row("_orig_mod.module._orig_mod.model.enc.32x32_block0.conv0.weight", "model", plain);
        row("model._orig_mod.enc.32x32_block0.conv0.weight", "model", plain);
        row("model.enc.32x32_block0._orig_mod.conv0.weight", "model", plain);
        row("module.model.enc._fsdp_wrapped_module.32x32_block0._checkpoint_wrapped_module.conv0.weight", "model",
            plain);
        row("state_dict.net.model.enc.32x32_block0.conv0.weight", "state_dict.net.model", plain);
        row("G_ema.u", "G_ema", "u");
        row("map_noise.freqs", "", "model.map_noise.freqs");
        row("n_averaged", "", "");
        row("optimizer.state.model.enc.32x32_block0.conv0.weight.exp_avg", "", "");
        row("encoder.32x32_block0.conv0.weight", "", "");
        row("enc.block0.conv0.weight", "", "");
    }
    void wrappersWordsAreDroppedWhereverTheyStand() {
        QFETCH(QString, name);
        QFETCH(QString, owner);
        QFETCH(QString, published);
        const auto taken = networkName(name.toStdString());
        QCOMPARE(QString::fromStdString(taken.published), published);
        if (!published.isEmpty()) QCOMPARE(QString::fromStdString(taken.owner), owner);
    }

    void theAveragedNetworkWins_data() {
        QTest::addColumn<QString>("chosen");
        QTest::addColumn<QString>("other");
        for (const auto& [chosen, other] : {std::pair{"ema", "model"},
                                            {"model_ema", "model"},
                                            {"ema_model", "online_model"},
                                            {"G_ema", "G"},
                                            {"ema", "net"},
                                            {"params_ema", "params"},
                                            {"ema_0.9999", "model"},
                                            {"ema.ema_model", "ema.online_model"},
                                            {"net", "teacher"},
                                            {"net", "teacher_ema"},
                                            {"G", "fake_score"},
                                            {"model", "optimizer.master"},
                                            {"net", "model"}})
            QTest::newRow((QString(chosen) + " before " + other).toUtf8()) << chosen << other;
    }
    void theAveragedNetworkWins() {
        QFETCH(QString, chosen);
        QFETCH(QString, other);
        // Whatever comes first in the file.
        for (const bool first : {false, true}) {
            SafeTensors content;
            const auto put = [&](const Denoiser& denoiser, const QString& owner) {
                add(content, denoiser, [&](const std::string& key) { return owner.toStdString() + "." + key; });
            };
            if (first) put(toy_, chosen);
            put(other_, other);
            if (!first) put(toy_, chosen);
            content.tensors.emplace_back("step", torch::tensor(7));
            writeSafeTensors(at("two.safetensors"), content);
            const auto opened = readModelFile(at("two.safetensors"));
            QVERIFY(same(opened.denoiser, toy_));
            QCOMPARE(QString::fromStdString(opened.metadata.at("taken_from")), chosen);
            QCOMPARE(QString::fromStdString(opened.metadata.at("not_taken")), other);
        }
    }

    // LitEma of latent diffusion: names without dots, of the network or of the module around it, and two counters.
    void anAverageUnderNamesWithoutDotsWins() {
        for (const bool wrapped : {false, true}) {
            SafeTensors content;
            add(content, other_, [](const std::string& key) { return key; });
            add(content, toy_, [&](const std::string& key) {
                auto name = wrapped ? key : key.substr(std::string("model.").size());
                name.erase(std::remove(name.begin(), name.end(), '.'), name.end());
                return "model_ema." + name;
            });
            content.tensors.emplace_back("model_ema.decay", torch::tensor(0.9999f));
            content.tensors.emplace_back("model_ema.num_updates", torch::tensor(7));
            writeSafeTensors(at("lit.safetensors"), content);
            const auto opened = readModelFile(at("lit.safetensors"));
            QVERIFY(same(opened.denoiser, toy_));
            QCOMPARE(QString::fromStdString(opened.metadata.at("taken_from")), QString("model_ema"));
        }
    }

    // ExponentialMovingAverage of torch_ema: a list in the order of the parameters, which nothing but their shapes confirms.
    void anAverageInAListWins() {
        for (const QString how : {"in order", "in another order", "with a shape of another network"}) {
            SafeTensors content;
            add(content, other_, [](const std::string& key) { return "net." + key; });
            std::vector<torch::Tensor> shadow;
            for (const auto& item : toy_->named_parameters()) {
                const bool longer = how.startsWith("with") && item.key().ends_with("affine.bias");
                shadow.push_back(longer ? torch::cat({item.value(), torch::zeros({1})}) : item.value());
            }
            const bool inOrder = how == "in order";
            if (how == "in another order") std::reverse(shadow.begin(), shadow.end());
            for (std::size_t i = 0; i < shadow.size(); ++i)
                content.tensors.emplace_back("ema.shadow_params." + std::to_string(i), shadow[i]);
            content.tensors.emplace_back("ema.decay", torch::tensor(0.9999f));
            writeSafeTensors(at("list.safetensors"), content);
            const auto opened = readModelFile(at("list.safetensors"));
            QVERIFY(same(opened.denoiser, inOrder ? toy_ : other_));
            QCOMPARE(QString::fromStdString(opened.metadata.at("taken_from")),
                     QString(inOrder ? "ema.shadow_params" : "net"));
        }
    }

    // A file that lacks one tensor is no foreign one: the tensor is named.
    void aLackingTensorIsNamed_data() {
        QTest::addColumn<QString>("dropped");
        QTest::addColumn<QString>("words");
        for (const auto& item : toy_->named_parameters())
            QTest::newRow(item.key().c_str()) << QString::fromStdString(item.key()) << "lacks";
        for (const char* name :
             {"model.map_layer0.weight", "model.dec.8x8_aux_conv.weight", "model.enc.8x8_conv.weight",
              "model.enc.4x4_block0.conv0.weight", "model.enc.4x4_block0.qkv.weight"})
            QTest::addRow("%s by name", name) << name << QStringLiteral("'%1'").arg(name);
    }
    void aLackingTensorIsNamed() {
        QFETCH(QString, dropped);
        QFETCH(QString, words);
        SafeTensors content;
        for (const auto& item : toy_->named_parameters())
            if (item.key() != dropped.toStdString()) content.tensors.emplace_back(item.key(), item.value());
        writeSafeTensors(at("lacking.safetensors"), content);
        const auto fault = faultOf([&] { readModelFile(at("lacking.safetensors")); });
        QVERIFY2(fault.startsWith("WrongKind") && fault.contains(words), qPrintable(fault));
    }

    void aMisshapenTensorAndAnAdapterAreNamed() {
        SafeTensors content;
        add(content, toy_, [](const std::string& key) { return key; });
        for (auto& [name, tensor] : content.tensors)
            if (name == "model.map_layer0.weight") tensor = tensor.flatten();
        writeSafeTensors(at("flat.safetensors"), content);
        const auto flat = faultOf([&] { readModelFile(at("flat.safetensors")); });
        QVERIFY2(flat.startsWith("WrongKind") && flat.contains("'model.map_layer0.weight' in the shape ["),
                 qPrintable(flat));
        SafeTensors adapter;
        adapter.tensors.emplace_back("model.enc.8x8_block0.conv0.lora_A.weight", torch::zeros({4, 8}));
        writeSafeTensors(at("adapter.safetensors"), adapter);
        const auto lora = faultOf([&] { readModelFile(at("adapter.safetensors")); });
        QVERIFY2(lora.contains("LoRA adapter") && lora.contains("lora_A"), qPrintable(lora));
    }

    void wholeNumbersAreNoWeights() {
        SafeTensors content;
        add(content, toy_, [](const std::string& key) { return key; });
        for (auto& [name, tensor] : content.tensors)
            if (name == "model.map_layer0.weight") tensor = tensor.to(torch::kChar);
        writeSafeTensors(at("whole.safetensors"), content);
        const auto fault = faultOf([&] { readModelFile(at("whole.safetensors")); });
        QVERIFY2(fault.startsWith("WrongKind") && fault.contains("map_layer0.weight") && fault.contains("int8"),
                 qPrintable(fault));
    }

    void anAverageOfAPartIsNoNetwork() {
        SafeTensors content;
        add(content, toy_, [](const std::string& key) { return "net." + key; });
        for (const auto& item : other_->named_parameters())
            if (item.key().find("norm") != std::string::npos || item.key().find("map_layer") != std::string::npos)
                content.tensors.emplace_back("ema." + item.key(), item.value());
        writeSafeTensors(at("part.safetensors"), content);
        const auto opened = readModelFile(at("part.safetensors"));
        QVERIFY(same(opened.denoiser, toy_));
        QCOMPARE(QString::fromStdString(opened.metadata.at("taken_from")), QString("net"));
    }

    void aStateDictWithoutItsClassIsSaidToBeAssumedAndCanBeChosen() {
        const auto assumed = openModelFile(caseFile("vp_sd.pt"));
        QCOMPARE(int(assumed.denoiser->kind()), int(Preconditioning::Edm));
        const auto notes = openingNotes(assumed.metadata);
        QVERIFY(notes.size() == 1 && notes[0].starts_with("Assumed EDMPrecond") &&
                notes[0].find("--precond") != std::string::npos);
        auto chosen = openModelFile(withPrecond(caseFile("vp_sd.pt"), "vp"));
        QCOMPARE(int(chosen.denoiser->kind()), int(Preconditioning::Vp));
        QVERIFY(openingNotes(chosen.metadata).empty());
        // D(x; sigma) = x - sigma F(x / sqrt(sigma² + 1); 999 t(sigma)).
        torch::NoGradGuard guard;
        const double sigma = 2, betaD = 19.9, betaMin = 0.1;
        const double t = (std::sqrt(betaMin * betaMin + 2 * betaD * std::log1p(sigma * sigma)) - betaMin) / betaD;
        const auto x = torch::linspace(-2, 2, 256).reshape({1, 1, 16, 16});
        const auto raw =
            chosen.denoiser->model->forward(x / std::sqrt(sigma * sigma + 1), torch::tensor({float(999 * t)}));
        const auto expected = x - sigma * raw;
        const auto error = (chosen.denoiser->forward(x, torch::tensor({float(sigma)})) - expected).abs().max();
        QVERIFY2(error.item<double>() < 1e-4, qPrintable(QString::number(error.item<double>())));
        const auto edm = assumed.denoiser;
        QVERIFY((Denoiser(edm)->forward(x, torch::tensor({float(sigma)})) - expected).abs().max().item<double>() > 0.1);
    }

    void theChosenClassGivesTheOutputOfTheReference() {
        auto weights = readSafeTensors(std::string(THAW_GOLDEN) + "/ddpmpp_vp.weights.safetensors");
        weights.metadata.clear();
        writeSafeTensors(at("bare.safetensors"), weights);
        auto model = openModelFile(at("bare.safetensors#vp"));
        const auto io = readSafeTensors(std::string(THAW_GOLDEN) + "/ddpmpp_vp.io.safetensors");
        torch::NoGradGuard guard;
        const auto denoised = model.denoiser->forward(io.at("x", ""), io.at("sigma", ""));
        const auto expected = io.at("denoised_no_augment", "");
        QVERIFY(((denoised - expected).abs().max() / expected.abs().max()).item<double>() < 1e-5);
    }

    void aClassThatTheFileSaysIsNotOverruled() {
        writeModelFile(at("said.safetensors"), toy_);
        const auto fault = faultOf([&] { openModelFile(at("said.safetensors#vp")); });
        QVERIFY2(fault.startsWith("Configuration") && fault.contains("EDMPrecond") && fault.contains("VPPrecond"),
                 qPrintable(fault));
        QCOMPARE(int(openModelFile(at("said.safetensors#edm")).denoiser->kind()), int(Preconditioning::Edm));
        // What was only assumed of the file it was made from still is.
        writeModelFile(at("copy.safetensors"), toy_, {{"assumed", "EDMPrecond"}});
        QCOMPARE(int(openModelFile(at("copy.safetensors#d2o")).denoiser->kind()), int(Preconditioning::D2o));
    }

    void theDescriptionBesideMayNameTheClassAlone() {
        QVERIFY(QFile::copy(QString::fromStdString(caseFile("vp_sd.pt")), folder_.filePath("beside.pt")));
        writeBytes(folder_.filePath("beside.json"), R"({"class": "VPPrecond"})");
        const auto model = openModelFile(at("beside.pt"));
        QCOMPARE(int(model.denoiser->kind()), int(Preconditioning::Vp));
        QVERIFY(!model.metadata.count("assumed"));
    }

    void aFileMayBeCalledLikeAChoice() {
        writeModelFile(at("odd.safetensors#vp"), toy_);
        QCOMPARE(int(openModelFile(at("odd.safetensors#vp")).denoiser->kind()), int(Preconditioning::Edm));
    }
};

THAW_TEST(NetworkNamesTest);
#include "network_names_test.moc"
