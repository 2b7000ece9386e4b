// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/ask_sorter.h"

#include "core/wire/frame.h"
#include "core/wire/greeting.h"
#include "tests/registry.h"

#include <QtTest/QTest>

#include <string>

using namespace thaw;
using wire::FrameKind;

class AskSorterTest : public QObject {
    Q_OBJECT

    struct Parted {
        std::string forEngine, asks;
    };
    static Parted parted(const std::string& bytes, std::size_t piece) {
        wire::AskSorter sorter;
        Parted all;
        for (std::size_t at = 0; at < bytes.size(); at += piece) {
            sorter.feed(std::string_view(bytes).substr(at, piece));
            all.forEngine += sorter.takeForEngine();
            all.asks += sorter.takeAsks();
        }
        return all;
    }

private Q_SLOTS:
    void questionsGoTheirOwnWayWhateverThePieces() {
        const std::string greeting = wire::greetingBytes({"thaw", "0.1.0"});
        const std::string command = wire::frameBytes(FrameKind::Command, "one"),
                          beat = wire::frameBytes(FrameKind::Beat, {}), ask = wire::frameBytes(FrameKind::Ask, "where"),
                          deflated = wire::frameBytes(FrameKind::Ask, std::string(4096, 'a'));
        const std::string all = greeting + ask + command + deflated + beat + ask;
        for (const std::size_t piece : {std::size_t(1), std::size_t(3), std::size_t(7), all.size()}) {
            const Parted found = parted(all, piece);
            QCOMPARE(found.forEngine, greeting + command + beat);
            QCOMPARE(found.asks, ask + deflated + ask);
        }
    }

    void nothingIsHeldBackOfACommandThatIsNotWholeYet() {
        const std::string greeting = wire::greetingBytes({"thaw", "0.1.0"});
        const std::string command = wire::frameBytes(FrameKind::Command, "twelve bytes");
        wire::AskSorter sorter;
        sorter.feed(greeting + command.substr(0, command.size() - 2));
        QCOMPARE(sorter.takeForEngine(), greeting + command.substr(0, command.size() - 2));
    }

    // Who reads it says what is wrong with it.
    void whatIsNoMessageGoesToTheEngineWhole() {
        const std::string greeting = wire::greetingBytes({"thaw", "0.1.0"});
        const std::string noFrame(64, 'x'), noMarker = "SSH-2.0 hello\r\n";
        for (const std::size_t piece : {std::size_t(1), std::size_t(5), std::size_t(100)}) {
            QCOMPARE(parted(noMarker, piece).forEngine, noMarker);
            QCOMPARE(parted(greeting + noFrame, piece).forEngine, greeting + noFrame);
            QVERIFY(parted(greeting + noFrame, piece).asks.empty());
        }
    }
};

THAW_TEST(AskSorterTest);
#include "ask_sorter_test.moc"
