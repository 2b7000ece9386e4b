// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/action_icons.h"

#include <QAction>
#include <QEvent>
#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QSvgRenderer>
#include <QWidget>

namespace thaw {
namespace {

constexpr double kDimmed = 0.4;
constexpr char kFileColour[] = "#5b6770";  // the one colour all line icons are drawn in

class LineIcon : public QIconEngine {
public:
    LineIcon(QByteArray svg, const QColor& colour) : svg_(std::move(svg)) {
        svg_.replace(kFileColour, colour.name().toLatin1());
    }

    void paint(QPainter* painter, const QRect& box, QIcon::Mode mode, QIcon::State) override {
        QSvgRenderer renderer(svg_);
        painter->save();
        if (mode == QIcon::Disabled) painter->setOpacity(kDimmed);
        renderer.render(painter, box);
        painter->restore();
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        QPixmap picture(size);
        picture.fill(Qt::transparent);
        QPainter painter(&picture);
        paint(&painter, {{}, size}, mode, state);
        return picture;
    }
    QIconEngine* clone() const override { return new LineIcon(*this); }

private:
    QByteArray svg_;
};

/// Keeps the icon of an action, its parent, in the text colour of a widget.
class FollowingIcon : public QObject {
public:
    FollowingIcon(QAction* action, QWidget* widget) : QObject(action), action_(action), widget_(widget) {
        widget->installEventFilter(this);
    }

    void setName(const QString& name) {
        if (name == name_) return;
        name_ = name;
        show();
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (watched == widget_ && event->type() == QEvent::PaletteChange) show();
        return QObject::eventFilter(watched, event);
    }

private:
    void show() { action_->setIcon(actionIcon(name_, widget_->palette().color(QPalette::WindowText))); }

    QAction* action_;
    QWidget* widget_;
    QString name_;
};

}  // namespace

QIcon actionIcon(const QString& name, const QColor& colour) {
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly)) return {};
    return QIcon(new LineIcon(file.readAll(), colour));
}

void setActionIcon(QAction* action, const QString& name, QWidget* widget) {
    for (QObject* child : action->children())
        if (auto* icon = dynamic_cast<FollowingIcon*>(child)) return icon->setName(name);
    (new FollowingIcon(action, widget))->setName(name);
}

QIcon programIcon() {
    const QIcon drawing(QStringLiteral(":/icons/thaw.svg")), small(QStringLiteral(":/icons/thaw-16.svg"));
    QIcon icon;
    icon.addPixmap(small.pixmap(QSize(16, 16), 1.0));
    for (const int side : {24, 32, 48, 64, 128, 256}) icon.addPixmap(drawing.pixmap(QSize(side, side), 1.0));
    return icon;
}

}  // namespace thaw
