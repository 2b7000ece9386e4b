// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/record_writer.h"
#include "core/wire/image_fields.h"
#include "core/wire/request_fields.h"
#include "tests/core/wire/hex_bytes.h"
#include "tests/registry.h"

#include <QtTest/QTest>

#include <stdexcept>

using namespace thaw;
using thaw::testing::fromHex;
using thaw::testing::toHex;

class RecordWriterTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // The bytes are pinned: another machine may have another version of the program.
    void aRecordIsItsFieldsWithTheirLengthsAndAZero() {
        QCOMPARE(toHex(wire::bytesOf(LatentShift{1.5, -2})), toHex(fromHex("01 78  08000000  000000000000f83f"
                                                                           "01 79  08000000  00000000000000c0"
                                                                           "00")));
    }

    void aSampleRequestHasThesePinnedBytes() {
        SampleRequest request;
        request.source = SampleSource::RealData;
        request.steps = -1;
        request.seeds = {1, 0xffffffffffffffff};
        request.path = "a\xff";
        request.classes = ClassChoice::one(3);
        QCOMPARE(toHex(wire::bytesOf(request)),
                 toHex(fromHex("06 736f75726365   08000000  04000000 64617461"
                               "05 7374657073     08000000  ffffffffffffffff"
                               "05 7365656473     14000000  02000000 0100000000000000 ffffffffffffffff"
                               "04 70617468       06000000  02000000 61ff"
                               "05 7368696674     1d000000  01 78 08000000 0000000000000000"
                               "                            01 79 08000000 0000000000000000 00"
                               "07 73757267657279 04000000  00000000"
                               "07 636c6173736573 23000000  04 6b696e64   07000000 03000000 6f6e65"
                               "                            05 696e646578 08000000 0300000000000000 00"
                               "00")));
    }

    void oneOfSeveralIsARecordWithTheNameOfItsKind() {
        const std::string bytes = wire::bytesOf(MeasurementJob(ImagesJob{}));
        QCOMPARE(toHex(bytes.substr(0, 7)), toHex(fromHex("06 696d61676573")));
        QCOMPARE(bytes.size(), 1 + 6 + 4 + wire::bytesOf(ImagesJob{}).size() + 1);
    }

    void aValueOrNothingSaysWhichItIs() {
        QCOMPARE(toHex(wire::bytesOf(std::optional<double>())), toHex(fromHex("00")));
        QCOMPARE(toHex(wire::bytesOf(std::optional<double>(1))), toHex(fromHex("01 000000000000f03f")));
        QCOMPARE(toHex(wire::bytesOf(std::make_pair(true, std::string("b")))), toHex(fromHex("01 01000000 62")));
    }

    void anImageIsItsSizeAndItsPredictedPixels() {
        QCOMPARE(toHex(wire::bytesOf(Image{2, 1, 1, {7, 10}})),
                 toHex(fromHex("0200000000000000 0100000000000000 0100000000000000 02000000 0703")));
    }

    void anImageThatContradictsItselfIsOurOwnFault() {
        QVERIFY_THROWS_EXCEPTION(std::invalid_argument, wire::bytesOf(Image{2, 2, 1, {1, 2, 3}}));
        QVERIFY_THROWS_EXCEPTION(std::invalid_argument, wire::bytesOf(Image{0, 2, 1, {1}}));
        QVERIFY_THROWS_EXCEPTION(std::invalid_argument, wire::bytesOf(Image{1, 1, 2, {1, 2}}));
    }
};

THAW_TEST(RecordWriterTest);
#include "record_writer_test.moc"
