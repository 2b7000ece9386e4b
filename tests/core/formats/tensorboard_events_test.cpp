// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/tensorboard_events.h"
#include "tests/registry.h"

#include <QtCore/QByteArray>
#include <QtTest/QTest>

using namespace thaw;

class TensorboardEventsTest : public QObject {
    Q_OBJECT
    static QByteArray hex(const std::string& bytes) { return QByteArray::fromStdString(bytes).toHex(); }

private Q_SLOTS:
    // RFC 3720, appendix B.4, and the check value of the catalogues of CRCs.
    void crcsAreThoseOfTheStandard_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<quint32>("crc");
        QByteArray rising;
        for (int i = 0; i < 32; ++i) rising += char(i);
        QTest::newRow("check value") << QByteArray("123456789") << 0xE3069283u;
        QTest::newRow("zeros") << QByteArray(32, '\0') << 0x8A9136AAu;
        QTest::newRow("ones") << QByteArray(32, '\xff') << 0x62A8AB43u;
        QTest::newRow("rising") << rising << 0x46DD794Eu;
        QTest::newRow("nothing") << QByteArray() << 0u;
    }
    void crcsAreThoseOfTheStandard() {
        QFETCH(const QByteArray, bytes);
        QFETCH(const quint32, crc);
        QCOMPARE(quint32(crc32c(bytes.toStdString())), crc);
    }

    void aMaskTurnsAndAdds() {
        QCOMPARE(quint32(maskedCrc(0)), 0xA282EAD8u);
        QCOMPARE(quint32(maskedCrc(0xE3069283)), 0xC78AB0E5u);
    }

    // Each is what the messages of the Python package tensorboard 2.21 serialise to, framed by its own masked_crc32c.
    void recordsAreThoseThatTensorBoardReads_data() {
        QTest::addColumn<QByteArray>("record");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char* name, const std::string& payload, const char* expected) {
            QTest::newRow(name) << hex(eventRecord(payload)) << QByteArray(expected);
        };
        row("version", versionEvent(1.5),
            "1800000000000000a37f4b2209000000000000f83f1a0d627261696e2e4576656e743a322a28646c");
        row("session", sessionEvent(2.25, 300), "100000000000000095fbfe1809000000000000024010ac023a020801f166178e");
        row("scalars", scalarsEvent(3, 300, {{"Loss/G", 0.5}, {"Distance/FD", 6.25}}),
            "31000000000000009d8383e909000000000000084010ac022a230a0d0a064c6f73732f47150000003f0a120a0b44697374616e6365"
            "2f"
            "4644150000c840ecc1bb9e");
        row("text", textEvent(4, 0, "Events/freeze", "d2o-f"),
            "3700000000000000e7e8ca590900000000000010402a2c0a2a0a0d4576656e74732f667265657a65420f0807120412020801420564"
            "326f"
            "2d664a080a060a04746578744dda715d");
    }
    void recordsAreThoseThatTensorBoardReads() {
        QFETCH(const QByteArray, record);
        QFETCH(const QByteArray, expected);
        QCOMPARE(record, expected);
    }

    void aLongStepTakesAsManyBytesAsItNeeds() {
        // 2^35 = 80 80 80 80 80 01 in groups of seven bits, the lowest first.
        const auto event = hex(sessionEvent(0, std::int64_t(1) << 35));
        QVERIFY2(event.contains("108080808080013a020801"), event.constData());
    }
};

THAW_TEST(TensorboardEventsTest);
#include "tensorboard_events_test.moc"
