// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/samples/run_samples_window.h"

#include "app/shared/read_aside.h"
#include "widgets/base/number_text.h"
#include "widgets/base/theme.h"

#include <QDialogButtonBox>
#include <QImage>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace thaw {
namespace {

constexpr int kLeastEdge = 448;  // small images are magnified by a whole number, pixel by pixel

}  // namespace

RunSamplesWindow::RunSamplesWindow(QWidget* parent)
    : QDialog(parent), caption_(new QLabel(this)), image_(new QLabel(this)), area_(new QScrollArea(this)) {
    setObjectName(QStringLiteral("runSamples"));
    setWindowTitle(tr("Samples of a run"));
    caption_->setWordWrap(true);
    image_->setAlignment(Qt::AlignCenter);
    area_->setWidget(image_);
    area_->setWidgetResizable(true);
    area_->setFrameShape(QFrame::NoFrame);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(kGrid);
    layout->addWidget(caption_);
    layout->addWidget(area_, 1);
    layout->addWidget(buttons);
    resize(560, 620);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
}

QString RunSamplesWindow::caption() const { return caption_->text(); }

void RunSamplesWindow::showGrid(const QString& run, const QString& file, double kimg) {
    if (file.isEmpty() || file == asked_) return;
    asked_ = file;
    readAside(
        this, [file] { return QImage(file); },
        [this, run, file, kimg](const QImage& grid) {
            if (file != asked_) return;
            if (grid.isNull()) return asked_.clear();
            shown_ = file;
            const int factor = std::max(1, kLeastEdge / std::max(1, std::max(grid.width(), grid.height())));
            image_->setPixmap(QPixmap::fromImage(grid.scaled(grid.size() * factor)));
            image_->setAccessibleName(tr("Samples of run %1").arg(run));
            caption_->setText(
                kimg > 0
                    ? tr("Run %1 after %2 kimg, seeds from 0 on, as the run wrote them").arg(run, formatNumber(kimg, 3))
                    : tr("Run %1 before its first step, seeds from 0 on, as the run wrote them").arg(run));
        });
}

}  // namespace thaw
