// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/file_names.h"

#include "tests/registry.h"

#include <QString>
#include <QTest>

using namespace thaw;

class FileNamesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void hiddenPlacesAreFoundAnywhereInAName_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("part");
        QTest::newRow("plain") << "cat/a.png"
                               << "";
        QTest::newRow("notebook") << "cat/.ipynb_checkpoints/a-checkpoint.png"
                                  << ".ipynb_checkpoints";
        QTest::newRow("thumbnails at the top") << ".thumbnails/x/a.png"
                                               << ".thumbnails";
        QTest::newRow("resource fork") << "cat/._a.png"
                                       << "._a.png";
        QTest::newRow("Synology") << "cat/@eaDir/a.png/SYNOFILE_THUMB_M.jpg"
                                  << "@eaDir";
        QTest::newRow("QNAP") << "@__thumb/a.jpg"
                              << "@__thumb";
        QTest::newRow("macOS zip") << "__MACOSX/a.png"
                                   << "__MACOSX";
        QTest::newRow("Windows") << "$RECYCLE.BIN/a.png"
                                 << "$RECYCLE.BIN";
        QTest::newRow("here and above") << "./x/../a.png"
                                        << "";
        QTest::newRow("dots inside") << "cat.v1/a.b.png"
                                     << "";
        QTest::newRow("another @") << "@home/a.png"
                                   << "";
        QTest::newRow("part of a name") << "my__MACOSX/a.png"
                                        << "";
    }
    void hiddenPlacesAreFoundAnywhereInAName() {
        QFETCH(QString, name);
        QFETCH(QString, part);
        QCOMPARE(QString::fromStdString(std::string(hiddenPartOf(name.toStdString()))), part);
    }

    // Qt's own normalisation is the reference.
    void oneSpellingForComposedAndDecomposedNames() {
        const QString names[] = {QStringLiteral("caf\u00e9/\u00c5ngstr\u00f6m.png"),
                                 QStringLiteral("\u1ebf\u1ed9\u01d5.png"),         // two and three marks
                                 QStringLiteral("\ud55c\uad6d/\uac00\uac01.png"),  // Hangul with and without a tail
                                 QStringLiteral("\u304c\u30d1.png"),               // kana with voicing marks
                                 QStringLiteral("\u0439\u0451.png"),               // Cyrillic
                                 QStringLiteral("q\u0307\u0323.png"),              // marks out of order
                                 QStringLiteral("\u212b\u2126.png"),               // ångström and ohm signs
                                 QStringLiteral("\u5b57\U0001f600.png")};          // nothing to decompose
        for (const auto& name : names) {
            const auto expected = name.normalized(QString::NormalizationForm_D).toStdString();
            for (const auto form : {QString::NormalizationForm_C, QString::NormalizationForm_D})
                QCOMPARE(comparableName(name.normalized(form).toStdString()), expected);
        }
    }

    void everyCharacterDecomposesAsQtSays() {
        for (uint c = 0x80; c < 0x20000; ++c) {
            if ((c >= 0xd800 && c < 0xe000) || (c >= 0xf900 && c < 0xfb00)) continue;
            if (QChar::currentUnicodeVersion() > QChar::Unicode_14_0 && QChar::unicodeVersion(c) > QChar::Unicode_14_0)
                continue;
            const auto text = QString::fromUcs4(reinterpret_cast<const char32_t*>(&c), 1);
            if (comparableName(text.toStdString()) != text.normalized(QString::NormalizationForm_D).toStdString())
                QFAIL(qPrintable(QString::number(c, 16)));
        }
    }

    void separatorsAndDotsAreOneSpelling() {
        QCOMPARE(comparableName("00000\\a.png"), std::string("00000/a.png"));
        QCOMPARE(comparableName("./a.png"), std::string("a.png"));
    }

    void whatIsNoUtf8StaysAsItIs() {
        for (const std::string name : {"caf\xe9.png", "\xff\xfe", "a\xc3", "\xe2\x82"})
            QCOMPARE(comparableName(name), name);
    }
};

THAW_TEST(FileNamesTest);
#include "file_names_test.moc"
