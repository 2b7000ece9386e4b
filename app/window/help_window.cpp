// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/help_window.h"

#include "widgets/base/theme.h"

#include <QCoreApplication>
#include <QFile>
#include <QImage>
#include <QLocale>
#include <QPainter>
#include <QSvgRenderer>
#include <QTextBrowser>
#include <QVBoxLayout>

#include <algorithm>

namespace thaw {
namespace {

QString pagePath(const QString& name) {
    const QString language = QLocale().name().section(QLatin1Char('_'), 0, 0);
    const QString translated = QStringLiteral(":/help/%1.%2.md").arg(name, language);
    return QFile::exists(translated) ? translated : QStringLiteral(":/help/%1.md").arg(name);
}

/// Links between pages name the page; the language is found here.
class HelpBrowser : public QTextBrowser {
public:
    using QTextBrowser::QTextBrowser;

protected:
    // Pictures are made for paper, finer than a screen: they are shown as wide as the page.
    QVariant loadResource(int type, const QUrl& name) override {
        QVariant found = QTextBrowser::loadResource(type, name);
        if (type != QTextDocument::ImageResource) return found;
        const double ratio = devicePixelRatioF();
        const int widest = int((viewport()->width() - 5 * kGrid) * ratio);
        if (name.path().endsWith(QLatin1String(".svg"))) return drawn(found.toByteArray(), widest, ratio);
        QImage picture = found.canConvert<QImage>() ? found.value<QImage>() : QImage();
        if (picture.isNull()) picture.loadFromData(found.toByteArray());
        if (picture.isNull() || widest < 50) return found;
        // Figures know their millimetres; side by side they keep their proportions.
        constexpr int kFinest = 5000;  // dots a metre of a screen
        constexpr double kPixelsPerMm = 5;
        const double dots = picture.dotsPerMeterX();
        const int wanted = dots > kFinest ? int(picture.width() / dots * 1000 * kPixelsPerMm * ratio) : picture.width();
        picture = picture.scaledToWidth(std::min(wanted, widest), Qt::SmoothTransformation);
        picture.setDevicePixelRatio(ratio);
        return picture;
    }
    // Lines are drawn for this screen; on white, as figures are.
    static QImage drawn(const QByteArray& svg, int widest, double ratio) {
        QSvgRenderer renderer(svg);
        const QSizeF size = renderer.viewBoxF().size();
        if (!renderer.isValid() || size.isEmpty() || widest < 50) return {};
        constexpr double kWidest = 560;  // as the pages of the help are wide
        const double scale = std::min(kWidest * ratio, double(widest)) / size.width();
        QImage picture((size * scale).toSize(), QImage::Format_RGB32);
        picture.fill(Qt::white);
        QPainter painter(&picture);
        renderer.render(&painter);
        painter.end();
        picture.setDevicePixelRatio(ratio);
        return picture;
    }
    void doSetSource(const QUrl& url, QTextDocument::ResourceType) override {
        if (url.scheme().startsWith(QLatin1String("http"))) return;
        QTextBrowser::doSetSource(
            QUrl(QStringLiteral("qrc") + pagePath(url.fileName().section(QLatin1Char('.'), 0, 0))),
            QTextDocument::MarkdownResource);
    }
};

}  // namespace

HelpWindow::HelpWindow(QWidget* parent) : QDialog(parent), browser_(new HelpBrowser(this)) {
    setWindowTitle(tr("Thaw help"));
    browser_->setFrameShape(QFrame::NoFrame);
    browser_->document()->setDocumentMargin(2 * kGrid);
    browser_->setAccessibleName(tr("Help page"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(browser_);
    resize(640, 720);
}

void HelpWindow::showPage(const QString& name) {
    browser_->setSource(QUrl(name));
    show();
    raise();
}

QString aboutText() {
    return QCoreApplication::translate(
               "thaw::HelpWindow",
               "<h3>Thaw %1</h3>"
               "<p>Unlocks one-step generation in pre-trained diffusion models: a short GAN fine-tuning turns the "
               "denoiser into a one-step generator while most of its weights stay frozen.</p>"
               "<p>Built with Qt %2, LibTorch, QCustomPlot and FFTW.</p>"
               "<p>Free software under the GNU General Public License, version 3 or later. "
               "There is no warranty.</p>")
        .arg(QStringLiteral(THAW_VERSION), QString::fromLatin1(qVersion()));
}

}  // namespace thaw
