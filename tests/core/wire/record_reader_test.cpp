// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/record_reader.h"
#include "core/values/error.h"
#include "core/wire/figure_fields.h"
#include "core/wire/record_writer.h"
#include "tests/core/wire/filled_value.h"
#include "tests/core/wire/hex_bytes.h"
#include "tests/registry.h"

#include <QtTest/QTest>

#include <bit>
#include <cmath>
#include <limits>
#include <optional>

using namespace thaw;
using thaw::testing::filled;
using thaw::testing::fromHex;
using wire::UnknownFields;

namespace {

// Why bytes cannot be read as a value; nothing where they can.
template <class T>
std::optional<Error> readFault(const std::string& bytes, UnknownFields unknown = UnknownFields::Refuse) {
    try {
        wire::valueOf<T>(bytes, unknown, "gpu1");
    } catch (const Error& error) {
        return error;
    }
    return {};
}

template <class T>
QString messageOfFault(const std::string& bytes) {
    const auto fault = readFault<T>(bytes);
    return fault ? QString::fromStdString(fault->message()) : QString();
}

const std::string kShiftX = fromHex("01 78 08000000 000000000000f83f");
const std::string kShiftY = fromHex("01 79 08000000 00000000000000c0");
const std::string kEnd(1, '\0');

std::string imageBytes(std::int64_t width, std::int64_t height, std::int64_t channels, std::size_t pixels) {
    wire::Writer writer;
    writer.write(width);
    writer.write(height);
    writer.write(channels);
    writer.write(std::string(pixels, '\x05'));
    return writer.take();
}

SampleColumn column() {
    SampleColumn column = filled<SampleColumn>();
    column.images.resize(1);
    return column;
}

}  // namespace

class RecordReaderTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void fieldsComeInAnyOrderAndAbsentOnesKeepTheirDefaults() {
        const auto turned = wire::valueOf<LatentShift>(kShiftY + kShiftX + kEnd, UnknownFields::Refuse, "gpu1");
        QVERIFY((turned == LatentShift{1.5, -2}));
        const auto one = wire::valueOf<ClassChoice>(kEnd, UnknownFields::Refuse, "gpu1");
        QVERIFY(one == ClassChoice{});
        QCOMPARE(wire::valueOf<TrajectoryRequest>(kEnd, UnknownFields::Refuse, "gpu1").steps, 18);
    }

    void anUnknownFieldIsRefusedOfCommandsAndSkippedOfFacts() {
        const std::string bytes = kShiftX + fromHex("01 7a 02000000 abcd") + kShiftY + kEnd;
        const auto fault = readFault<LatentShift>(bytes);
        QVERIFY(fault && fault->code() == ErrorCode::WrongKind);
        QCOMPARE(QString::fromStdString(fault->message()),
                 QStringLiteral("'gpu1' asks for something that is unknown here: z."));
        QVERIFY(!fault->hint().empty());
        QVERIFY((wire::valueOf<LatentShift>(bytes, UnknownFields::Skip, "gpu1") == LatentShift{1.5, -2}));
    }

    void anUnknownFieldInsideIsNamedWithItsPlace() {
        // seed.shift.z: the record of the shift has three more bytes of field, length and value.
        const std::string inner = fromHex("01 7a 00000000") + kEnd;
        std::string bytes = fromHex("05 7368696674");
        wire::putNumber(bytes, inner.size(), 4);
        bytes += inner + kEnd;
        const auto fault = readFault<TrajectoryRequest>(bytes);
        QVERIFY(fault.has_value());
        QVERIFY2(fault->message().find("shift.z") != std::string::npos, fault->what());
    }

    void aFieldThatComesTwiceIsRefused() {
        QCOMPARE(messageOfFault<LatentShift>(kShiftX + kShiftX + kEnd),
                 QStringLiteral("A message of 'gpu1' cannot be read: it has 'x' twice."));
    }

    void aFieldHasToBeReadToItsEnd() {
        QCOMPARE(messageOfFault<LatentShift>(fromHex("01 78 09000000 000000000000f83f 00") + kEnd),
                 QStringLiteral("A message of 'gpu1' cannot be read: x has 1 bytes too many."));
        QCOMPARE(messageOfFault<LatentShift>(kEnd + kEnd),
                 QStringLiteral("A message of 'gpu1' cannot be read: it has 1 bytes too many."));
    }

    void everyTruncationIsAnErrorAndNeverACrash() {
        const std::string whole = wire::bytesOf(filled<PanelData>());
        QVERIFY(whole.size() > 3000);
        for (std::size_t length = 0; length < whole.size(); ++length) {
            const auto fault = readFault<PanelData>(whole.substr(0, length));
            QVERIFY2(fault && fault->code() == ErrorCode::FileDamaged, qPrintable(QString::number(length)));
        }
    }

    void everyFlippedByteIsAnErrorOrAnotherValueAndNeverACrash() {
        const std::string whole = wire::bytesOf(column());
        for (std::size_t at = 0; at < whole.size(); ++at)
            for (const int mask : {0x01, 0x80, 0xff}) {
                std::string bytes = whole;
                bytes[at] = char(bytes[at] ^ mask);
                for (const auto unknown : {UnknownFields::Refuse, UnknownFields::Skip}) {
                    const auto fault = readFault<SampleColumn>(bytes, unknown);
                    QVERIFY(!fault || fault->code() == ErrorCode::FileDamaged || fault->code() == ErrorCode::WrongKind);
                }
            }
    }

    void countsAreComparedWithWhatIsThere() {
        QCOMPARE(messageOfFault<std::vector<double>>(fromHex("ffffffff 0000000000000000")),
                 QStringLiteral("A message of 'gpu1' cannot be read: it ends too early."));
        QVERIFY(!readFault<std::vector<double>>(fromHex("01000000 0000000000000000")));
        QVERIFY(readFault<std::vector<double>>(fromHex("02000000 0000000000000000")).has_value());
        QVERIFY(readFault<std::string>(fromHex("05000000 61")).has_value());
    }

    void shortValuesMayNotBecomeLargeOnes() {
        std::string bytes;
        wire::putNumber(bytes, 1000, 4);
        bytes.append(1000, '\0');  // a thousand records without fields
        wire::Reading reading{UnknownFields::Refuse, "gpu1", 1000 * sizeof(SampleColumn)};
        std::vector<SampleColumn> columns;
        wire::Reader(bytes, reading).read(columns);
        QCOMPARE(columns.size(), std::size_t(1000));
        QCOMPARE(reading.room, std::size_t(0));
        reading.room = 1000 * sizeof(SampleColumn) - 1;
        QVERIFY_THROWS_EXCEPTION(Error, wire::Reader(bytes, reading).read(columns));
    }

    void aRecordOfTooManyFieldsIsRefused() {
        std::string bytes;
        for (int i = 0; i < 300; ++i) {
            bytes += fromHex("02");
            wire::putNumber(bytes, std::uint64_t(i), 2);
            bytes += fromHex("00000000");
        }
        QVERIFY(messageOfFault<LatentShift>(bytes + kEnd).contains(QLatin1String("more than 256 fields")));
    }

    void numbersHaveToFitTheirType() {
        QCOMPARE(messageOfFault<int>(fromHex("0000008000000000")),
                 QStringLiteral("A message of 'gpu1' cannot be read: it is a number that does not fit."));
        QCOMPARE(wire::valueOf<int>(fromHex("00000080ffffffff"), UnknownFields::Refuse, ""),
                 std::numeric_limits<int>::min());
        QCOMPARE(wire::valueOf<int>(fromHex("ffffff7f00000000"), UnknownFields::Refuse, ""),
                 std::numeric_limits<int>::max());
        QVERIFY(readFault<int>(fromHex("ffffff7fffffffff")).has_value());
        QVERIFY(readFault<bool>(fromHex("02")).has_value());
    }

    void numbersAreTheSameBitForBit() {
        const std::vector<double> numbers{0.1,
                                          -0.0,
                                          std::numeric_limits<double>::infinity(),
                                          -std::numeric_limits<double>::infinity(),
                                          std::numeric_limits<double>::denorm_min(),
                                          std::bit_cast<double>(std::uint64_t(0x7ff8000000abcdef)),
                                          std::bit_cast<double>(std::uint64_t(0xfff8000000000000))};
        const auto back = wire::valueOf<std::vector<double>>(wire::bytesOf(numbers), UnknownFields::Refuse, "gpu1");
        QCOMPARE(back.size(), numbers.size());
        for (std::size_t i = 0; i < numbers.size(); ++i)
            QCOMPARE(std::bit_cast<std::uint64_t>(back[i]), std::bit_cast<std::uint64_t>(numbers[i]));
    }

    void textIsAnyBytes() {
        const std::string text("caf\xe9\0 \xff", 7);
        QVERIFY(wire::valueOf<std::string>(wire::bytesOf(text), UnknownFields::Refuse, "gpu1") == text);
    }

    void unknownWordsAndKindsAreNamed() {
        std::string bytes;
        wire::putNumber(bytes, 5, 4);
        QCOMPARE(messageOfFault<SampleSource>(bytes + "dream"),
                 QStringLiteral("A message of 'gpu1' cannot be read: it is 'dream', which is unknown here."));
        QVERIFY(messageOfFault<MeasurementJob>(fromHex("05 647265616d 01000000 00 00")).contains("kind 'dream'"));
        QVERIFY(messageOfFault<MeasurementJob>(kEnd).contains("of 0 kinds"));
        QVERIFY(messageOfFault<MeasurementJob>(fromHex("05 7377656570 01000000 00  05 70726f6265 01000000 00  00"))
                    .contains("of 2 kinds"));
    }

    void imagesMatchTheirSizes() {
        const auto fault = [](std::int64_t w, std::int64_t h, std::int64_t c, std::size_t pixels) {
            return readFault<Image>(imageBytes(w, h, c, pixels)).has_value();
        };
        QVERIFY(!fault(2, 3, 1, 6) && !fault(2, 1, 3, 6) && !fault(0, 0, 1, 0));
        QVERIFY(fault(2, 3, 1, 5) && fault(2, 3, 1, 7) && fault(2, 1, 3, 7) && fault(3, 2, 2, 12) && fault(1, 1, 0, 0));
        QVERIFY(fault(-1, -6, 1, 6) && fault(0, 5, 1, 5) && fault(1 << 30, 1 << 30, 1, 0));
        QVERIFY(fault(std::int64_t(1) << 32, 1, 1, 0));
        QVERIFY(messageOfFault<Image>(imageBytes(9, 9, 3, 4)).contains(QStringLiteral("9×9×3 with 4 bytes")));
    }

    void aFaultIsNamedWithItsPlace() {
        SampleColumn broken = column();
        broken.images.resize(3, Image{1, 1, 1, {0}});
        std::string bytes = wire::bytesOf(broken);
        // The pixels of the third image: the last byte before the fields that follow the images.
        const std::size_t shift = bytes.find("\x05shift");
        QVERIFY(shift != std::string::npos);
        bytes[shift - 5] = 9;  // their length
        QCOMPARE(messageOfFault<SampleColumn>(bytes),
                 QStringLiteral("A message of 'gpu1' cannot be read: images[2] ends too early."));
    }
};

THAW_TEST(RecordReaderTest);
#include "record_reader_test.moc"
