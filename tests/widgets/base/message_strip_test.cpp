// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/base/message_strip.h"
#include "tests/registry.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace thaw;

class MessageStripTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void itSaysWhatWhyAndWhatToDo() {
        MessageStrip strip;
        QVERIFY(strip.isHidden());
        strip.showMessage(MessageStrip::Severity::Error, QStringLiteral("Not read"), QStringLiteral("It is cut short."),
                          QStringLiteral("Choose another."));
        QVERIFY(strip.isVisible());
        QCOMPARE(strip.what(), "Not read");
        QCOMPARE(strip.detail(), "It is cut short.\nChoose another.");
        QCOMPARE(strip.accessibleName(), "Not read");
        QVERIFY(strip.findChild<QPushButton*>("messageAction")->isHidden());
    }

    void itsButtonDoesTheOneThing() {
        MessageStrip strip;
        QSignalSpy action(&strip, &MessageStrip::actionTriggered);
        strip.showMessage(MessageStrip::Severity::Info, QStringLiteral("Saved"), {}, {}, QStringLiteral("Open folder"));
        auto* button = strip.findChild<QPushButton*>("messageAction");
        QVERIFY(button->isVisible());
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(action.size(), 1);
        QVERIFY(strip.isVisible());
    }

    void theCrossAndEscapeCloseIt() {
        MessageStrip strip;
        QSignalSpy closed(&strip, &MessageStrip::closed);
        strip.showMessage(MessageStrip::Severity::Warning, QStringLiteral("Careful"));
        QTest::mouseClick(strip.findChild<QToolButton*>("messageClose"), Qt::LeftButton);
        QVERIFY(strip.isHidden());
        strip.showMessage(MessageStrip::Severity::Warning, QStringLiteral("Careful"));
        QTest::keyClick(&strip, Qt::Key_Escape);
        QVERIFY(strip.isHidden());
        QCOMPARE(closed.size(), 2);
        strip.showMessage(MessageStrip::Severity::Info, QStringLiteral("a"));
        strip.clear();
        QCOMPARE(closed.size(), 2);
    }

    void markupInAPathIsShownAsItIs() {
        MessageStrip strip;
        strip.showMessage(MessageStrip::Severity::Error, QStringLiteral("<b>model</b>.safetensors"));
        QCOMPARE(strip.findChild<QLabel*>("messageWhat")->textFormat(), Qt::PlainText);
    }
};

THAW_TEST(MessageStripTest);
#include "message_strip_test.moc"
