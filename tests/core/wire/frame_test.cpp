// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/frame.h"
#include "core/wire/byte_order.h"
#include "core/wire/deflate.h"
#include "tests/core/wire/hex_bytes.h"
#include "tests/registry.h"

#include <QtTest/QTest>

#include <vector>

using namespace thaw;
using thaw::testing::fromHex;
using thaw::testing::toHex;
using wire::Frame;
using wire::FrameKind;
using wire::FrameReader;

namespace {

using Frames = std::vector<Frame>;

// CRC-16/CCITT-FALSE by the rule, bit by bit as a polynomial division: independent of the program's.
std::uint16_t referenceCheck(const std::string& bytes) {
    std::uint32_t remainder = 0xffff;
    for (const unsigned char byte : bytes)
        for (int bit = 7; bit >= 0; --bit) {
            const bool out = ((remainder >> 15) & 1) != std::uint32_t((byte >> bit) & 1);
            remainder = (remainder << 1) & 0xffff;
            if (out) remainder ^= 0x1021;
        }
    return std::uint16_t(remainder);
}

std::string headerOf(std::uint64_t length, std::uint64_t kind) {
    std::string bytes;
    wire::putNumber(bytes, length, 4);
    wire::putNumber(bytes, kind, 1);
    wire::putNumber(bytes, referenceCheck(bytes), 2);
    return bytes;
}

Frames exampleFrames() {
    return {{FrameKind::Greeting, "hello"},
            {FrameKind::Fact, std::string(3000, 'x') + "end"},
            {FrameKind::Beat, ""},
            {FrameKind::Command, "start"}};
}

std::string streamOf(const Frames& frames, const std::string& before = "Last login: today\r\n") {
    std::string bytes = before + std::string(wire::kMarker);
    for (const Frame& frame : frames) bytes += wire::frameBytes(frame.kind, frame.payload);
    return bytes;
}

// All frames that come out, and the error that ended them.
struct Outcome {
    Frames frames{};
    std::optional<Error> error{};
};

Outcome readAll(FrameReader& reader) {
    Outcome outcome;
    try {
        while (auto frame = reader.next()) outcome.frames.push_back(std::move(*frame));
    } catch (const Error& error) {
        outcome.error = error;
    }
    return outcome;
}

Outcome readAll(const std::string& bytes) {
    FrameReader reader("gpu1");
    reader.feed(bytes);
    return readAll(reader);
}

QString messageOf(const std::optional<Error>& error) {
    return error ? QString::fromStdString(error->message()) : QString();
}

std::optional<Error> errorAtEnd(const std::string& bytes) {
    FrameReader reader("gpu1");
    reader.feed(bytes);
    const Outcome outcome = readAll(reader);
    if (outcome.error) return outcome.error;
    try {
        reader.requireEnd();
    } catch (const Error& error) {
        return error;
    }
    return {};
}

// A line on which the greeting has been said.
std::string greeted(const std::string& after) { return streamOf({{FrameKind::Greeting, "hello"}}) + after; }

}  // namespace

class FrameTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theCheckOfTheTestIsThePublishedOne() { QCOMPARE(referenceCheck("123456789"), std::uint16_t(0x29b1)); }

    void aShortFrameHasThesePinnedBytes() {
        QCOMPARE(toHex(wire::frameBytes(FrameKind::Command, "hi")), toHex(fromHex("02000000 02 cd75 6869")));
        QCOMPARE(toHex(std::string(wire::kMarker)), toHex(fromHex("93 54484157 0d0a 1a")));
    }

    void framesComeBack() {
        const Outcome outcome = readAll(streamOf(exampleFrames()));
        QVERIFY(!outcome.error);
        QVERIFY(outcome.frames == exampleFrames());
    }

    void framesComeBackByteByByte() {
        FrameReader reader("gpu1");
        Frames frames;
        for (const char byte : streamOf(exampleFrames())) {
            reader.feed(std::string_view(&byte, 1));
            while (auto frame = reader.next()) frames.push_back(std::move(*frame));
        }
        QVERIFY(frames == exampleFrames());
        reader.requireEnd();
    }

    void aLongPayloadIsDeflatedOnlyWhereThatIsShorter() {
        QVERIFY(wire::frameBytes(FrameKind::Fact, std::string(3000, 'x')).size() < 100);
        std::string noise;
        std::uint32_t state = 1;
        for (int i = 0; i < 3000; ++i) noise += char((state = state * 1664525 + 1013904223) >> 24);
        const std::string bytes = wire::frameBytes(FrameKind::Fact, noise);
        QCOMPARE(bytes.size(), wire::kFrameHeader + noise.size());
        QVERIFY(readAll(greeted(bytes)).frames.back().payload == noise);
    }

    void everyTruncationWaits() {
        const Frames frames = exampleFrames();
        const std::string whole = streamOf(frames);
        std::vector<std::size_t> ends;
        for (std::size_t count = 0; count <= frames.size(); ++count)
            ends.push_back(streamOf(Frames(frames.begin(), frames.begin() + long(count))).size());
        for (std::size_t length = 0; length < whole.size(); ++length) {
            const Outcome outcome = readAll(whole.substr(0, length));
            QVERIFY2(!outcome.error, qPrintable(QString::number(length)));
            std::size_t expected = 0;
            while (expected + 1 < ends.size() && ends[expected + 1] <= length) ++expected;
            QCOMPARE(outcome.frames.size(), expected);
            const bool isBetween = std::find(ends.begin(), ends.end(), length) != ends.end();
            QCOMPARE(!errorAtEnd(whole.substr(0, length)).has_value(), isBetween);
        }
    }

    // The check finds every fault within one byte of a header.
    void everyFlippedHeaderByteIsAnError() {
        const Frames frames = exampleFrames();
        for (std::size_t i = 0; i < frames.size(); ++i) {
            const std::string before = streamOf(Frames(frames.begin(), frames.begin() + long(i)));
            const std::string whole = streamOf(frames);
            for (std::size_t at = before.size(); at < before.size() + wire::kFrameHeader; ++at)
                for (int mask = 1; mask < 256; ++mask) {
                    std::string bytes = whole;
                    bytes[at] = char(bytes[at] ^ mask);
                    const Outcome outcome = readAll(bytes);
                    QVERIFY(outcome.error.has_value());
                    QCOMPARE(outcome.frames.size(), i);
                }
        }
    }

    void everyOtherFlippedByteIsAnErrorOrOneOtherPayload() {
        const std::string whole = streamOf(exampleFrames(), "");
        for (std::size_t at = 0; at < whole.size(); ++at)
            for (const int mask : {0x01, 0x20, 0x80, 0xff}) {
                std::string bytes = whole;
                bytes[at] = char(bytes[at] ^ mask);
                const Outcome outcome = readAll(bytes);
                if (at < wire::kMarker.size()) {
                    QVERIFY(outcome.frames.empty());
                    QVERIFY(errorAtEnd(bytes).has_value());
                } else if (!outcome.error) {
                    QCOMPARE(outcome.frames.size(), exampleFrames().size());
                }
            }
    }

    void aLengthAboveTheLargestMessageIsRefusedBeforeItComes() {
        const Outcome most = readAll(greeted(headerOf(wire::kLargestMessage, 3)));
        QVERIFY(!most.error);
        const Outcome more = readAll(greeted(headerOf(wire::kLargestMessage + 1, 3)));
        QVERIFY(more.error && more.error->code() == ErrorCode::FileDamaged);
        QVERIFY2(messageOf(more.error).contains(QLatin1String("256 MiB")), more.error->what());
        QVERIFY(readAll(greeted(headerOf(0xffffffff, 0x83))).error.has_value());
    }

    void aPayloadThatClaimsToInflateFurtherIsRefused() {
        std::string payload = wire::deflated(std::string(5000, 'a'));
        std::string claimed;
        wire::putNumber(claimed, wire::kLargestMessage + 1, 4);
        payload.replace(0, 4, claimed);
        const Outcome outcome = readAll(greeted(headerOf(payload.size(), 0x83) + payload));
        QVERIFY2(messageOf(outcome.error).contains(QLatin1String("inflated")), qPrintable(messageOf(outcome.error)));
    }

    void aMessageOfOursThatIsTooLongIsRefused() {
        const char byte = 'x';
        const std::string_view endless(&byte, wire::kLargestMessage + 1);  // is refused before it is looked at
        QVERIFY_THROWS_EXCEPTION(Error, wire::frameBytes(FrameKind::Fact, endless));
    }

    void anUnknownKindIsRefused() {
        for (const int kind : {0, 7, 127}) {
            const Outcome outcome = readAll(greeted(headerOf(0, std::uint64_t(kind))));
            QVERIFY(outcome.error && outcome.error->code() == ErrorCode::WrongKind);
            QVERIFY(messageOf(outcome.error).contains(QStringLiteral("kind %1,").arg(kind)));
        }
    }

    void theGreetingComesFirstAndOnce() {
        const Outcome without = readAll(streamOf({{FrameKind::Fact, "news"}}));
        QCOMPARE(messageOf(without.error), QStringLiteral("'gpu1' does not begin with a greeting."));
        const Outcome twice = readAll(streamOf({{FrameKind::Greeting, "a"}, {FrameKind::Greeting, "b"}}));
        QCOMPARE(twice.frames.size(), std::size_t(1));
        QCOMPARE(messageOf(twice.error), QStringLiteral("'gpu1' greets a second time."));
    }

    void textBetweenFramesIsShown() {
        const Outcome outcome = readAll(greeted("[W] a warning of a library\n"));
        QCOMPARE(outcome.frames.size(), std::size_t(1));
        QCOMPARE(messageOf(outcome.error),
                 QStringLiteral("'gpu1' sends what is no message of Thaw: '[W] a warning of a library'."));
    }

    void whatAShellSaysBeforeIsSkippedAndKept() {
        FrameReader reader("gpu1");
        const std::string half(wire::kMarker.substr(0, 4));
        reader.feed(streamOf({{FrameKind::Greeting, "hello"}}, "\x1b[1mWelcome\r\n\r\nto gpu1\n" + half));
        QCOMPARE(readAll(reader).frames.size(), std::size_t(1));
        QCOMPARE(toHex(reader.preamble()), toHex("[1mWelcome to gpu1 " + half));
    }

    void aMarkerThatNeverComesIsAnErrorWithWhatCameInstead() {
        const std::string said = "bash: thaw-cli: command not found\n";
        QVERIFY(!readAll(said).error);
        const auto error = errorAtEnd(said);
        QVERIFY(error && error->code() == ErrorCode::WrongKind);
        QCOMPARE(messageOf(error), QStringLiteral("'gpu1' ended without an answer of Thaw; it said: bash: thaw-cli: "
                                                  "command not found"));
        QCOMPARE(messageOf(errorAtEnd("")), QStringLiteral("'gpu1' ended without an answer of Thaw."));
    }

    void aShellThatSaysTooMuchIsAnError() {
        const std::string most(wire::kLongestPreamble, 'a');
        QCOMPARE(readAll(streamOf(exampleFrames(), most)).frames.size(), exampleFrames().size());
        const Outcome outcome = readAll(streamOf(exampleFrames(), most + "b"));
        QVERIFY(outcome.frames.empty() && outcome.error && outcome.error->code() == ErrorCode::WrongKind);
        // Without a marker as soon as no marker can begin within the limit any more.
        QVERIFY(!readAll(most + std::string(wire::kMarker.size(), 'b')).error);
        QVERIFY(readAll(most + std::string(wire::kMarker.size() + 1, 'b')).error.has_value());
        QVERIFY(messageOf(readAll(most + "no such program").error).endsWith(QLatin1String("ano such program")));
    }

    void afterAnErrorEveryCallThrowsTheSame() {
        FrameReader reader("gpu1");
        reader.feed(greeted("garbage here"));
        QVERIFY(reader.next().has_value());
        const QString first = messageOf(readAll(reader).error);
        reader.feed(wire::frameBytes(FrameKind::Beat, ""));
        QVERIFY(!first.isEmpty());
        QCOMPARE(messageOf(readAll(reader).error), first);
    }

    void aLineThatBreaksInAFrameSaysSo() {
        const std::string whole = streamOf(exampleFrames());
        QCOMPARE(messageOf(errorAtEnd(whole.substr(0, whole.size() - 1))),
                 QStringLiteral("The line to 'gpu1' broke in the middle of a message."));
    }
};

THAW_TEST(FrameTest);
#include "frame_test.moc"
