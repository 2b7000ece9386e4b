// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/greeting.h"
#include "core/values/error.h"
#include "core/wire/frame.h"
#include "tests/registry.h"

#include <QtTest/QTest>

using namespace thaw;
using wire::Greeting;
using wire::greetingOf;

namespace {
Greeting cliGreeting(int protocol = 1, const std::string& version = "0.1.0") {
    return {"thaw-cli", version, protocol, {"figures", "runs"}};
}
}  // namespace

class GreetingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aGreetingComesBackThroughAFrame() {
        wire::FrameReader reader("gpu1");
        reader.feed(wire::greetingBytes(cliGreeting()));
        const auto frame = reader.next();
        QVERIFY(frame && frame->kind == wire::FrameKind::Greeting);
        QVERIFY(greetingOf(frame->payload, "gpu1") == cliGreeting());
    }

    void itsTextIsPinned() {
        wire::FrameReader reader("gpu1");
        reader.feed(wire::greetingBytes(cliGreeting()));
        QCOMPARE(
            QString::fromStdString(reader.next()->payload),
            QStringLiteral(R"({"program":"thaw-cli","version":"0.1.0","protocol":1,"features":["figures","runs"]})"));
    }

    void fieldsOfLaterVersionsAreIgnored() {
        const auto greeting =
            greetingOf(R"({"mood":[1],"protocol":7,"version":"2.0","program":"thaw","features":["a",3]})", "gpu1");
        QVERIFY((greeting == Greeting{"thaw", "2.0", 7, {"a"}}));
        QVERIFY(greeting.has("a") && !greeting.has("b"));
        QVERIFY(greetingOf(R"({"protocol":1,"version":"2.0","program":"thaw"})", "gpu1").features.empty());
    }

    void whatIsNoGreetingIsRefused_data() {
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<QString>("message");
        const auto row = [](const char* name, const QByteArray& payload, const char* message) {
            QTest::addRow("%s", name) << payload << QStringLiteral("The greeting of 'gpu1' ") + message;
        };
        row("nothing", "", "is no JSON object.");
        row("text", "hello", "is no JSON object.");
        row("list", "[1]", "is no JSON object.");
        row("no program", R"({"version":"1","protocol":1})", "does not say its program.");
        row("program a number", R"({"program":1,"version":"1","protocol":1})", "does not say its program.");
        row("no version", R"({"program":"thaw","protocol":1})", "does not say its version.");
        row("no protocol", R"({"program":"thaw","version":"1"})", "does not say its protocol.");
        row("protocol text", R"({"program":"thaw","version":"1","protocol":"1"})", "does not say its protocol.");
        row("protocol 0", R"({"program":"thaw","version":"1","protocol":0})", "does not say its protocol.");
        row("protocol 1e18", R"({"program":"thaw","version":"1","protocol":1000000000000000000})",
            "does not say its protocol.");
        row("deep", QByteArray(30000, '['), "is no JSON object.");
        row("long", QByteArray(70000, ' '), "is 70000 bytes long, more than 65536.");
    }
    void whatIsNoGreetingIsRefused() {
        QFETCH(QByteArray, payload);
        QFETCH(QString, message);
        try {
            greetingOf(payload.toStdString(), "gpu1");
            QFAIL("it was read");
        } catch (const Error& error) {
            QCOMPARE(error.code(), ErrorCode::FileDamaged);
            QCOMPARE(QString::fromStdString(error.message()), message);
        }
    }

    void anotherProtocolIsRefusedWithBothVersionsAndTheNextStep() {
        wire::requireSameProtocol(cliGreeting(1, "0.1.0"), cliGreeting(1, "0.2.0"), "gpu1");
        const Greeting ours{"thaw", "0.3.0", 2, {}};
        const auto fault = [&](const Greeting& theirs) {
            try {
                wire::requireSameProtocol(ours, theirs, "gpu1");
            } catch (const Error& error) {
                const bool isKind = error.code() == ErrorCode::WrongKind;
                return QString::fromStdString(isKind ? error.message() + " | " + error.hint() : "another code");
            }
            return QString();
        };
        QCOMPARE(
            fault(cliGreeting(1, "0.1.0")),
            QStringLiteral("'gpu1' has thaw-cli 0.1.0, which speaks protocol 1; thaw 0.3.0 here speaks protocol 2. "
                           "| Install 0.3.0 on 'gpu1' too."));
        QCOMPARE(
            fault(cliGreeting(3, "0.4.0")),
            QStringLiteral("'gpu1' has thaw-cli 0.4.0, which speaks protocol 3; thaw 0.3.0 here speaks protocol 2. "
                           "| Install 0.4.0 here too."));
    }
};

THAW_TEST(GreetingTest);
#include "greeting_test.moc"
