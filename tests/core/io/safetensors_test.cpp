// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/safetensors.h"
#include "core/io/model_file.h"
#include "core/values/error.h"
#include "tests/core/toy.h"
#include "tests/registry.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <functional>

using namespace thaw;

namespace {

ErrorCode codeOf(const std::function<void()>& call) {
    try {
        call();
    } catch (const Error& e) {
        if (e.message().empty() || e.message().find('\n') != std::string::npos)
            throw std::logic_error("not one sentence");
        return e.code();
    }
    throw std::logic_error("no error was thrown");
}

QByteArray withHeader(const QByteArray& json, const QByteArray& data = {}) {
    QByteArray bytes(8, '\0');
    const quint64 length = quint64(json.size());
    memcpy(bytes.data(), &length, 8);
    return bytes + json + data;
}

}  // namespace

class SafeTensorsTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    std::string path(const char* name) const { return folder_.filePath(name).toStdString(); }
    std::string put(const char* name, const QByteArray& bytes) {
        QFile file(folder_.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) throw std::logic_error("no disk");
        return file.fileName().toStdString();
    }

private Q_SLOTS:
    void everyTypeRoundTripsBitForBit() {
        SafeTensors content;
        for (const auto type : {torch::kDouble, torch::kFloat, torch::kHalf, torch::kBFloat16, torch::kLong,
                                torch::kInt, torch::kByte, torch::kBool})
            content.tensors.emplace_back("t" + std::to_string(int(type)),
                                         (torch::arange(6).reshape({2, 3}) % 2).to(type));
        content.tensors.emplace_back("scalar", torch::tensor(3.5));
        content.metadata["note"] = "grüße \"quoted\"";
        writeSafeTensors(path("a.safetensors"), content);
        const auto back = readSafeTensors(path("a.safetensors"));
        QCOMPARE(back.metadata, content.metadata);
        QCOMPARE(back.tensors.size(), content.tensors.size());
        for (std::size_t i = 0; i < back.tensors.size(); ++i) {
            QCOMPARE(back.tensors[i].first, content.tensors[i].first);
            QCOMPARE(back.tensors[i].second.scalar_type(), content.tensors[i].second.scalar_type());
            QVERIFY(torch::equal(back.tensors[i].second, content.tensors[i].second));
        }
    }

    void viewsAreWrittenAsTheyRead() {
        const auto whole = torch::arange(24, torch::kFloat).reshape({4, 6});
        SafeTensors content;
        content.tensors = {{"turned", whole.t()}, {"column", whole.select(1, 2)}, {"part", whole.slice(1, 1, 5, 2)}};
        writeSafeTensors(path("views.safetensors"), content);
        const auto back = readSafeTensors(path("views.safetensors"));
        for (const auto& [name, tensor] : content.tensors)
            QVERIFY2(torch::equal(back.at(name, ""), tensor), name.c_str());
    }

    void theDataBeginAtAMultipleOf8Bytes() {
        for (int length = 0; length < 9; ++length) {
            SafeTensors content;
            content.metadata["note"] = std::string(std::size_t(length), 'x');
            content.tensors = {{"a", torch::tensor(1.5, torch::kDouble)}};
            writeSafeTensors(path("aligned.safetensors"), content);
            QFile file(folder_.filePath("aligned.safetensors"));
            QVERIFY(file.open(QIODevice::ReadOnly));
            QCOMPARE((file.size() - 8) % 8, qint64(0));  // the data are the last 8 bytes
        }
    }

    void modelFileRoundTripsToTheSameDenoiser() {
        auto original = toy::denoiser();
        writeModelFile(path("m.safetensors"), original, {{"kimg", "1.5"}});
        auto loaded = readModelFile(path("m.safetensors"));
        QCOMPARE(loaded.metadata["kimg"], std::string("1.5"));
        QVERIFY(loaded.denoiser->config() == original->config());
        const auto x = torch::randn({2, 1, 8, 8}), sigma = torch::tensor({0.3f, 5.f});
        torch::NoGradGuard guard;
        QVERIFY(torch::equal(loaded.denoiser->forward(x, sigma), original->forward(x, sigma)));
    }

    void theFrequenciesOfAFourierEmbeddingAreKept() {
        auto config = toy::network();
        config.embeddingType = EmbeddingType::Fourier;
        Denoiser original(config, Preconditioning::Edm);
        original->model->initialise(3);
        original->eval();
        writeModelFile(path("fourier.safetensors"), original);
        auto loaded = readModelFile(path("fourier.safetensors")).denoiser;
        const auto x = torch::randn({2, 1, 8, 8}), sigma = torch::tensor({0.3f, 5.f});
        torch::NoGradGuard guard;
        QVERIFY(torch::equal(loaded->forward(x, sigma), original->forward(x, sigma)));
        int buffers = 0;
        for (const auto& item : original->named_buffers())
            if (item.key().ends_with("freqs")) {
                ++buffers;
                QVERIFY(torch::equal(loaded->named_buffers()[item.key()], item.value()));
            }
        QCOMPARE(buffers, 1);
    }

    void aFileCutAnywhereIsRefused() {
        writeModelFile(path("m.safetensors"), toy::denoiser());
        QFile file(folder_.filePath("m.safetensors"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto bytes = file.readAll();
        for (const qsizetype length :
             {qsizetype(0), qsizetype(7), qsizetype(8), qsizetype(500), bytes.size() / 2, bytes.size() - 1}) {
            const auto cut = put("cut.safetensors", bytes.left(length));
            QCOMPARE(exitCode(codeOf([&] { readModelFile(cut); })), 3);
        }
    }

    void absurdClaimsAreRefusedBeforeMemoryIsAskedFor_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("header longer than the file") << QByteArray("\xff\xff\xff\x00\x00\x00\x00\x00{}", 10);
        QTest::newRow("header of exabytes") << QByteArray("\xff\xff\xff\xff\xff\xff\xff\x7f{}", 10);
        QTest::newRow("shape of exabytes")
            << withHeader(R"({"a":{"dtype":"F32","shape":[4000000000,4000000000],"data_offsets":[0,4]}})", "1234");
        QTest::newRow("negative size") << withHeader(R"({"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}})",
                                                     "1234");
        QTest::newRow("offsets outside") << withHeader(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})",
                                                       "1234");
        QTest::newRow("offsets reversed")
            << withHeader(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}})", "1234");
        QTest::newRow("unknown type") << withHeader(R"({"a":{"dtype":"F3","shape":[1],"data_offsets":[0,4]}})", "1234");
        QTest::newRow("not JSON") << withHeader("{oops");
        QTest::newRow("not an object") << withHeader("[1,2]");
        QTest::newRow("entry of the wrong form") << withHeader(R"({"a":3})");
        QTest::newRow("a PNG") << QByteArray("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
    }
    void absurdClaimsAreRefusedBeforeMemoryIsAskedFor() {
        QFETCH(QByteArray, bytes);
        const auto file = put("bad.safetensors", bytes);
        QCOMPARE(exitCode(codeOf([&] { readSafeTensors(file); })), 3);
    }

    void aMissingFileAndAFolderAreSaid() {
        QCOMPARE(codeOf([&] { readSafeTensors(path("nowhere.safetensors")); }), ErrorCode::FileMissing);
        QCOMPARE(codeOf([&] { readSafeTensors(folder_.path().toStdString()); }), ErrorCode::WrongKind);
    }

    void weightsThatDoNotFitTheirConfigurationAreRefused() {
        writeModelFile(path("m.safetensors"), toy::denoiser());
        auto content = readSafeTensors(path("m.safetensors"));
        auto missing = content, reshaped = content, classless = content, foreign = content;
        missing.tensors.erase(missing.tensors.begin());
        reshaped.tensors[0].second = torch::zeros({1});
        classless.metadata.erase("class");
        foreign.metadata["config"] = R"({"img_resolution":8,"img_channels":1,"model_type":"DhariwalUNet"})";
        for (const auto* bad : {&missing, &reshaped, &foreign}) {
            writeSafeTensors(path("bad.safetensors"), *bad);
            QCOMPARE(exitCode(codeOf([&] { readModelFile(path("bad.safetensors")); })), 3);
        }
        // What a file does not say is read off its names and shapes, and said to be assumed.
        writeSafeTensors(path("classless.safetensors"), classless);
        QVERIFY(readModelFile(path("classless.safetensors")).metadata.at("assumed").find("EDMPrecond") !=
                std::string::npos);
        auto impossible = content;
        impossible.metadata["config"] = R"({"img_resolution":9,"img_channels":0,"model_type":"SongUNet"})";
        writeSafeTensors(path("bad.safetensors"), impossible);
        try {
            readModelFile(path("bad.safetensors"));
            QFAIL("an impossible network was built");
        } catch (const Error& e) {
            QCOMPARE(e.code(), ErrorCode::FileDamaged);
            QVERIFY(e.message().find("img_channels") != std::string::npos);
            QVERIFY(e.message().find("img_resolution") != std::string::npos);
        }
    }

    void aFailedWriteLeavesTheOldFileWhole() {
        writeModelFile(path("m.safetensors"), toy::denoiser());
        QVERIFY_EXCEPTION_THROWN(writeModelFile(path("no/such/folder/m.safetensors"), toy::denoiser()), Error);
        readModelFile(path("m.safetensors"));
        QCOMPARE(QDir(folder_.path()).entryList({"*.part*"}).size(), 0);
    }
};

THAW_TEST(SafeTensorsTest);
#include "safetensors_test.moc"
