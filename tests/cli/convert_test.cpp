// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/program.h"
#include "tests/registry.h"

using namespace program;

class ConvertTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    QString at(const QString& name) const { return folder_.filePath(name); }

    QByteArray denoised(const QString& model, const QString& out) {
        const auto outcome = run({"denoise", "--model", model, "--input", at("x.npy"), "--sigma", "0.1,80", "--out",
                                  at(out), "--threads", "1", "--quiet"});
        return outcome.code == 0 ? bytes(at(out)) : "failed: " + outcome.err;
    }

private Q_SLOTS:
    void initTestCase() { writeNpy(at("x.npy"), "2, 3, 16, 16", 2 * 3 * 256); }

    void aConvertedCheckpointComputesTheSameBits_data() {
        QTest::addColumn<QString>("file");
        for (const char* name :
             {"ddpmpp_edm.pkl", "ncsnpp_edm_cond.pkl", "ddpmpp_edm.state_dict.pt", "ddpmpp_edm.state_dict.legacy.pt"})
            QTest::newRow(name) << name;
    }
    void aConvertedCheckpointComputesTheSameBits() {
        QFETCH(QString, file);
        const auto twin = at(file + ".safetensors");
        const auto outcome = run({"convert", golden(file), twin, "--json"});
        QCOMPARE(outcome.code, 0);
        QVERIFY(outcome.json()["parameters"].toInt() > 180000);
        QVERIFY(outcome.json()["tensors"].toInt() > 100);
        QCOMPARE(outcome.json()["class"].toString(), QString("EDMPrecond"));
        QCOMPARE(outcome.json().contains("assumed"), file.contains("state_dict"));
        const auto direct = denoised(golden(file), file + "-a.npy");
        QVERIFY2(!direct.startsWith("failed"), direct);
        QCOMPARE(denoised(twin, file + "-b.npy"), direct);
        // A second conversion changes nothing any more.
        QCOMPARE(run({"convert", twin, at("again-" + file + ".safetensors")}).code, 0);
        QCOMPARE(denoised(at("again-" + file + ".safetensors"), file + "-c.npy"), direct);
    }

    void halfPrecisionHalvesTheFile() {
        QCOMPARE(run({"convert", golden("ddpmpp_edm.pkl"), at("whole.safetensors")}).code, 0);
        QCOMPARE(run({"convert", golden("ddpmpp_edm.pkl"), at("half.safetensors"), "--half"}).code, 0);
        QVERIFY(QFileInfo(at("half.safetensors")).size() < 0.6 * double(QFileInfo(at("whole.safetensors")).size()));
        QVERIFY(denoised(at("half.safetensors"), "h.npy").startsWith("\x93NUMPY"));
    }

    void anExistingFileIsNeverReplacedUnasked() {
        write(at("mine.safetensors"), "a year of work");
        const auto refused = run({"convert", golden("ddpmpp_edm.pkl"), at("mine.safetensors")});
        QCOMPARE(refused.code, 2);
        QVERIFY(refused.err.contains("--force"));
        QCOMPARE(bytes(at("mine.safetensors")), QByteArray("a year of work"));
        QCOMPARE(run({"convert", golden("ddpmpp_edm.pkl"), at("mine.safetensors"), "--force"}).code, 0);
    }

    void whatCannotBeReadIsRefusedWithCode3() {
        write(at("broken.pkl"), QByteArray("\x80\x04\x8e\xff\xff\xff\xff\xff\xff\xff\x3f", 11));
        write(at("absurd.safetensors"), [] {
            const QByteArray header = R"({"a":{"dtype":"F32","shape":[4000000000,4000000000],"data_offsets":[0,4]}})";
            return QByteArray(1, char(header.size())) + QByteArray(7, '\0') + header + "1234";
        }());
        for (const char* name : {"broken.pkl", "absurd.safetensors", "missing.pt"}) {
            const auto outcome = run({"convert", at(name), at("never.safetensors")});
            QCOMPARE(outcome.code, 3);
            QVERIFY2(outcome.err.contains(name), outcome.err);
            QVERIFY(!QFile::exists(at("never.safetensors")));
        }
        QCOMPARE(run({"convert", golden("ddpmpp_edm.pkl"), at("no/folder/m.safetensors")}).code, 3);
        QCOMPARE(run({"convert", golden("ddpmpp_edm.pkl"), at("m.bin")}).code, 2);
    }
};

THAW_TEST(ConvertTest);
#include "convert_test.moc"
