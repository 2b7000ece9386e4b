// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/open_target.h"
#include "tests/registry.h"

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace thaw;

class OpenTargetTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void firstBytesDecideWhateverTheName_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<int>("target");
        const auto row = [](const char* name, const QByteArray& content, OpenTarget target) {
            QTest::newRow(name) << content << int(target);
        };
        row("safetensors", QByteArray("\x02\0\0\0\0\0\0\0{}", 10), OpenTarget::Model);
        row("safetensors longer than the file", QByteArray("\x22\0\0\0\0\0\0\0{}", 10), OpenTarget::Nothing);
        row("pickle", QByteArray("\x80\x04\x95\0\0", 5), OpenTarget::Model);
        row("PyTorch zip", zip("archive/data.pkl"), OpenTarget::Model);
        row("npz of images", zip("arr_0.npy"), OpenTarget::DataSet);
        row("npz of statistics", zip("mu.npy"), OpenTarget::Nothing);
        row("zip of images", zip("00000/img00000000.png"), OpenTarget::DataSet);
        row("npy", "\x93NUMPY\x01", OpenTarget::DataSet);
        row("IDX images", QByteArray("\0\0\x08\x03\0\0\0\x01", 8), OpenTarget::DataSet);
        row("text", "hello", OpenTarget::Nothing);
        row("nothing", "", OpenTarget::Nothing);
    }
    void firstBytesDecideWhateverTheName() {
        QFETCH(const QByteArray, content);
        QFETCH(const int, target);
        QCOMPARE(int(openTarget(write("thing", content))), target);
    }

    void aNameDecidesWhereTheBytesSayNothing() {
        QCOMPARE(openTarget(write("damaged.safetensors", "")), OpenTarget::Model);
        QCOMPARE(openTarget(write("damaged.pth", "<html>")), OpenTarget::Model);
        QCOMPARE(openTarget(write("damaged.zip", "")), OpenTarget::DataSet);
        QCOMPARE(openTarget(write("t10k-images-idx3-ubyte.gz", "\x1f\x8b")), OpenTarget::DataSet);
        QCOMPARE(openTarget(write("data_batch_1.bin", QByteArray(3073, 'x'))), OpenTarget::DataSet);
        QCOMPARE(openTarget(write("firmware.bin", QByteArray(3000, 'x'))), OpenTarget::Nothing);
        QCOMPARE(openTarget(write("picture.png", "\x89PNG")), OpenTarget::Nothing);
        QCOMPARE(openTarget(folder_.filePath("gone.safetensors")), OpenTarget::Nothing);
    }

    void foldersAreRunsDataSetsOrNeither() {
        write("run/ema-00012800.safetensors", "");
        write("idx/train-images-idx3-ubyte", "");
        write("cifar/data_batch_1.bin", "");
        write("pictures/class0/a.PNG", "");
        write("other/readme.txt", "");
        QCOMPARE(openTarget(folder_.filePath("run")), OpenTarget::Run);
        for (const char* data : {"idx", "cifar", "pictures"})
            QCOMPARE(openTarget(folder_.filePath(QString::fromLatin1(data))), OpenTarget::DataSet);
        QCOMPARE(openTarget(folder_.filePath("other")), OpenTarget::Nothing);
    }

    void logsOfOtherProgramsAreCurves() {
        const QByteArray line = R"({"Progress/kimg": {"num": 1, "mean": 1.0, "std": 0.0}})";
        write("edm/stats.jsonl", line);
        write("edm/fakes000000.png", "\x89PNG");  // a folder of pictures otherwise
        write("stylegan/metric-fid50k_full.jsonl", R"({"results": {"fid50k_full": 5}, "metric": "fid50k_full"})");
        QCOMPARE(openTarget(folder_.filePath("edm")), OpenTarget::Curves);
        QCOMPARE(openTarget(folder_.filePath("edm/stats.jsonl")), OpenTarget::Curves);
        QCOMPARE(openTarget(folder_.filePath("stylegan")), OpenTarget::Curves);
        QCOMPARE(openTarget(write("mine/stats.jsonl", R"({"step":1,"kimg":1})")), OpenTarget::Nothing);
    }

private:
    static QByteArray zip(const QByteArray& entry) {
        QByteArray head("PK\x03\x04");
        head.append(QByteArray(22, '\0'));
        head.append(char(entry.size())).append(QByteArray(3, '\0'));
        return head + entry + "content";
    }
    QString write(const QString& name, const QByteArray& content) {
        const QString path = folder_.filePath(name);
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly)) return {};
        file.write(content);
        return path;
    }
    QTemporaryDir folder_;
};

THAW_TEST(OpenTargetTest);
#include "open_target_test.moc"
