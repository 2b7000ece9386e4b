// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/base/theme.h"
#include "tests/registry.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QTest>

#include <cmath>

using namespace thaw;

namespace {

// WCAG 2 relative luminance and contrast.
double luminance(const QColor& colour) {
    const auto linear = [](double c) { return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

double contrast(const QColor& a, const QColor& b) {
    const double light = std::max(luminance(a), luminance(b)), dark = std::min(luminance(a), luminance(b));
    return (light + 0.05) / (dark + 0.05);
}

}  // namespace

class ThemeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void textHasAContrastOfFourAndAHalf_data() {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void textHasAContrastOfFourAndAHalf() {
        QFETCH(bool, dark);
        const QPalette p = dark ? darkPalette() : lightPalette();
        QCOMPARE(isDark(p), dark);
        for (const auto ground : {QPalette::Base, QPalette::Window}) {
            QVERIFY(contrast(p.color(QPalette::Text), p.color(ground)) >= 4.5);
            QVERIFY(contrast(mutedColour(p), p.color(ground)) >= 4.5);
            QVERIFY(contrast(errorColour(p), p.color(ground)) >= 4.5);
            QVERIFY(contrast(warningColour(p), p.color(ground)) >= 4.5);
        }
        QVERIFY(contrast(p.color(QPalette::HighlightedText), p.color(QPalette::Highlight)) >= 4.5);
        QVERIFY(contrast(accentColour(p), p.color(QPalette::Base)) >= 3);
    }

    void everySeriesColourHasAContrastOfThree() {
        for (const QPalette& p : {lightPalette(), darkPalette()})
            for (int i = 0; i < 7; ++i)
                QVERIFY2(contrast(seriesColour(i, p), p.color(QPalette::Base)) >= 3,
                         qPrintable(seriesColour(i, p).name()));
    }

    void frozenIsIceBlueAndThawedIsWarm() {
        QCOMPARE(frozenColour(lightPalette()).name(), "#2f7fb8");
        QCOMPARE(frozenColour(darkPalette()).name(), "#6cb8e6");
        QCOMPARE(thawedColour(lightPalette()).name(), "#d9822b");
    }

    void changingTheThemeRepaintsOpenWindows() {
        applyTheme(*qApp, Theme::Light);
        QLineEdit line;
        line.show();
        QVERIFY(!isDark(line.palette()));
        applyTheme(*qApp, Theme::Dark);
        QVERIFY(isDark(line.palette()));
        applyTheme(*qApp, Theme::Light);
        QVERIFY(!isDark(line.palette()));
    }

    void theStyleKeepsControlsUsable() {
        QCheckBox check(QStringLiteral("check"));
        QComboBox combo;
        combo.addItems({QStringLiteral("a"), QStringLiteral("b")});
        QSpinBox spin;
        QSlider slider(Qt::Horizontal);
        for (QWidget* widget : {static_cast<QWidget*>(&check), static_cast<QWidget*>(&combo),
                                static_cast<QWidget*>(&spin), static_cast<QWidget*>(&slider)}) {
            widget->resize(160, 28);
            widget->show();
            QVERIFY(!widget->grab().isNull());
        }
        QTest::mouseClick(&check, Qt::LeftButton, {}, QPoint(8, check.height() / 2));
        QVERIFY(check.isChecked());
        QTest::keyClick(&combo, Qt::Key_Down);
        QCOMPARE(combo.currentIndex(), 1);
        QTest::keyClick(&spin, Qt::Key_Up);
        QCOMPARE(spin.value(), 1);
        QTest::keyClick(&slider, Qt::Key_Right);
        QCOMPARE(slider.value(), 1);
    }

    void anUncheckedBoxIsSeenOnBothGrounds() {
        for (const auto theme : {Theme::Light, Theme::Dark}) {
            applyTheme(*qApp, theme);
            QCheckBox check;
            check.resize(24, 24);
            const QImage picture = check.grab().toImage();
            double best = 1;
            for (int x = 0; x < picture.width(); ++x)
                best = std::max(
                    best, contrast(picture.pixelColor(x, picture.height() / 2), check.palette().color(QPalette::Base)));
            QVERIFY2(best >= 3, qPrintable(QString::number(best)));
        }
    }
};

THAW_TEST(ThemeTest);
#include "theme_test.moc"
