// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/architecture/words.h"
#include "tests/registry.h"

#include <QTest>

using thaw::architecture::reported;
using thaw::architecture::wordFaults;

class WordsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theSourceUsesTheWordsOfQtAndOfTheField() {
        QStringList found;
        for (const auto& [path, text] : thaw::architecture::readProgram()) found += wordFaults(path, text);
        QVERIFY2(found.isEmpty(), reported(found));
    }

    void aBannedWordIsFoundWithWhatToSayInstead_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("instead");
        const auto row = [](const char* text, const char* instead) {
            QTest::newRow(text) << QString(text) << QString(instead);
        };
        row("Ink ink_;", "style");
        row("const QColor ink = black;", "style");
        row("constexpr Rgb kInk{0, 0, 0};", "style");
        row("struct FigureInk {};", "style");
        row("void keepDesk();", "window state");
        row("// what is on the desk", "window state");
        row("// the person's wish", "request");
        row("// as a person gave it", "user");
        row("// the discriminator's eye", "frozen features");
        row("Mailbox slot;", "slot");
        row("QAction* scalpel_;", "surgery");
        row("QToolButton* way_;", "trajectoryButton_");
        row("int rest_ = 0;", "remaining_");
        row("// the lie of the land", "layout");
        row("// see issue 12", "what the code does");
    }
    void aBannedWordIsFoundWithWhatToSayInstead() {
        QFETCH(QString, text);
        QFETCH(QString, instead);
        const QStringList found = wordFaults("core/a.h", "\n" + text + "\n");
        QVERIFY(!found.isEmpty());
        for (const QString& fault : found) QVERIFY2(fault.startsWith("core/a.h:2: '"), qPrintable(fault));
        QVERIFY2(found.join('\n').contains(instead), qPrintable(found.join('\n')));
    }

    void wordsThatOnlyLookAlikeAreLeftAlone_data() {
        QTest::addColumn<QString>("text");
        for (const char* text :
             {"fs::read_symlink(path)", "shrink(); linked, blink, Inkscape", "org.freedesktop.Desktop", "torch::eye(3)",
              "likewise", "personal", "away_, halfway_", "arrest_", "tissue 5", "std::rest", "desktop file"})
            QTest::newRow(text) << QString(text);
    }
    void wordsThatOnlyLookAlikeAreLeftAlone() {
        QFETCH(QString, text);
        QCOMPARE(wordFaults("core/a.h", text), QStringList());
    }
};

THAW_TEST(WordsTest);
#include "words_test.moc"
