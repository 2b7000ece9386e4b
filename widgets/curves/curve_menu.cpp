// SPDX-License-Identifier: GPL-3.0-or-later

// The context menu of a plot: what its buttons and keys do, in words.
#include "widgets/base/number_text.h"
#include "widgets/curves/curve_bar.h"
#include "widgets/curves/curve_cursor.h"
#include "widgets/curves/curve_plot.h"
#include "widgets/curves/curve_store.h"

#include <QActionGroup>
#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>

#include <cmath>

namespace thaw {
namespace {

constexpr double kOfferedSmoothings[] = {0, 0.5, 0.9, 0.99, 0.999};

}  // namespace

QMenu* CurvePlot::makeMenu() {
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("curveMenu"));
    const auto add = [this](QMenu* to, const QString& text, auto act) {
        QAction* action = to->addAction(text);
        connect(action, &QAction::triggered, this, act);
        return action;
    };
    const auto addSwitch = [this](QMenu* to, const QString& text, bool on, auto act) {
        QAction* action = to->addAction(text);
        action->setCheckable(true);
        action->setChecked(on);
        connect(action, &QAction::toggled, this, act);
    };
    add(menu, tr("Show everything"), [this] { fit(); });
    addSwitch(menu, tr("Follow the latest step"), followsLatest(), [this](bool on) { setFollowLatest(on); });
    addSwitch(menu, tr("Logarithmic values"), logY(), [this](bool on) { setLogY(on); });
    if (smoothingShown_ && store_->hasLines()) {
        QMenu* weights = menu->addMenu(tr("Smoothing"));
        for (const double weight : kOfferedSmoothings)
            addSwitch(weights, weight > 0 ? formatNumber(weight, 3) : tr("none"), std::abs(weight - smoothing()) < 1e-9,
                      [this, weight] { setSmoothing(weight); });
    }
    QMenu* names = menu->addMenu(tr("Curves"));
    for (int series = 0; series < store_->count(); ++series)
        if (bar_->isOffered(series))
            addSwitch(names, QString((*store_)[series].name).replace(QLatin1Char('&'), QLatin1String("&&")),
                      isSeriesVisible(series), [this, series](bool on) { setSeriesVisible(series, on); });
    names->setEnabled(!names->isEmpty());
    menu->addSeparator();
    QAction* unpin = add(menu, tr("Let go of the pinned step"), [this] { setPin(std::nullopt); });
    unpin->setEnabled(pin().has_value());
    const QString readout = cursor_->readout();
    QAction* copy = add(menu, tr("Copy the read-out"), [readout] { QGuiApplication::clipboard()->setText(readout); });
    copy->setEnabled(!readout.isEmpty());
    return menu;
}

}  // namespace thaw
