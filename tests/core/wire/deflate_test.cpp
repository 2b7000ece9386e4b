// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/deflate.h"
#include "core/wire/byte_order.h"
#include "tests/registry.h"

#include <QtTest/QTest>

using namespace thaw;

namespace {
constexpr std::size_t kMiB = 1 << 20;

// The same stream under another length.
std::string claiming(std::string packed, std::uint64_t length) {
    std::string bytes;
    wire::putNumber(bytes, length, 4);
    return bytes + packed.substr(4);
}
}  // namespace

class DeflateTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void bytesComeBack() {
        const std::string plain = std::string(5000, 'a') + std::string("\0\xff", 2);
        const std::string packed = wire::deflated(plain);
        QVERIFY(packed.size() < 100);
        QVERIFY(wire::inflated(packed, plain.size()) == plain);
        QVERIFY(wire::inflated(wire::deflated(""), 0) == std::string());
    }

    void theLongestLengthIsKept() {
        const std::string packed = wire::deflated(std::string(5000, 'a'));
        QVERIFY(!wire::inflated(packed, 4999));
    }

    void aLengthThatIsNotTheStreamsOwnIsRefused() {
        const std::string packed = wire::deflated(std::string(5000, 'a'));
        QVERIFY(wire::inflated(claiming(packed, 5000), kMiB).has_value());
        QVERIFY(!wire::inflated(claiming(packed, 4999), kMiB));
        QVERIFY(!wire::inflated(claiming(packed, 5001), kMiB));
        QVERIFY(!wire::inflated(claiming(packed, 0), kMiB));
    }

    void aStreamThatCannotHoldItsLengthIsRefused() {
        QVERIFY(!wire::inflated(claiming(wire::deflated("a"), 0xffffffff), std::size_t(1) << 33));
    }

    void everyTruncationAndWhatFollowsIsRefused() {
        const std::string packed = wire::deflated("a text that is not all the same");
        for (std::size_t length = 0; length < packed.size(); ++length)
            QVERIFY2(!wire::inflated(packed.substr(0, length), kMiB), qPrintable(QString::number(length)));
        QVERIFY(!wire::inflated(packed + "b", kMiB));
    }
};

THAW_TEST(DeflateTest);
#include "deflate_test.moc"
