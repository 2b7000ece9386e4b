// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/action_icons.h"

#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QSvgRenderer>

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

}  // namespace

QIcon actionIcon(const QString& name, const QColor& colour) {
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly)) return {};
    return QIcon(new LineIcon(file.readAll(), colour));
}

QIcon programIcon() {
    const QIcon drawing(QStringLiteral(":/icons/thaw.svg")), small(QStringLiteral(":/icons/thaw-16.svg"));
    QIcon icon;
    icon.addPixmap(small.pixmap(QSize(16, 16), 1.0));
    for (const int side : {24, 32, 48, 64, 128, 256}) icon.addPixmap(drawing.pixmap(QSize(side, side), 1.0));
    return icon;
}

}  // namespace thaw
