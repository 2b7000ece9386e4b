// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figure/figure_form.h"

#include "widgets/base/theme.h"
#include "widgets/figure/figure_presets.h"
#include "widgets/run/run_form_row.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFontDatabase>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace thaw {
namespace {

constexpr double kLeastMm = 10, kMostMm = 2000;
constexpr int kMostColumns = 4;

QDoubleSpinBox* newLength(QWidget* parent, double least, double step, int decimals) {
    auto* box = new QDoubleSpinBox(parent);
    box->setRange(least, kMostMm);
    box->setSingleStep(step);
    box->setDecimals(decimals);
    box->setKeyboardTracking(false);
    return box;
}

}  // namespace

FigureForm::FigureForm(QWidget* parent)
    : QWidget(parent),
      paper_(newChoiceBox()),
      width_(newLength(this, kLeastMm, 1, 2)),
      height_(newLength(this, 0, 1, 1)),
      font_(newLength(this, 3, 0.5, 1)),
      face_(newChoiceBox()),
      columns_(newChoiceBox()),
      letters_(new QCheckBox(tr("Letters (a), (b), …"), this)),
      titles_(new QCheckBox(tr("Titles"), this)),
      caption_(new QCheckBox(tr("Caption"), this)),
      words_(new QLineEdit(this)),
      dpi_(new QSpinBox(this)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kGrid * 2, kGrid, kGrid * 2, kGrid);
    auto* heading = new QLabel(tr("Page"), this);
    makeHeading(heading);
    layout->addWidget(heading);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(kGrid);
    grid->setVerticalSpacing(kGrid / 2);
    grid->setColumnStretch(1, 1);
    layout->addLayout(grid);
    layout->addStretch(1);

    for (const FigurePreset& preset : figurePresets()) paper_->addItem(preset.name);
    paper_->addItem(tr("Own size"));
    width_->setSuffix(tr(" mm"));
    height_->setSuffix(tr(" mm"));
    height_->setSpecialValueText(tr("automatic"));
    font_->setRange(3, 72);
    font_->setSuffix(tr(" pt"));
    face_->addItem(tr("Automatic"), QString());
    for (const QString& family : QFontDatabase::families(QFontDatabase::Latin))
        if (!QFontDatabase::isPrivateFamily(family)) face_->addItem(family, family);
    face_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    paper_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    columns_->addItem(tr("Automatic"), 0);
    for (int i = 1; i <= kMostColumns; ++i) columns_->addItem(QString::number(i), i);
    dpi_->setRange(36, 2400);
    dpi_->setSingleStep(50);
    dpi_->setKeyboardTracking(false);
    dpi_->setSuffix(tr(" dpi"));
    words_->setPlaceholderText(tr("from the panels"));
    words_->setClearButtonEnabled(true);

    addRow(*grid, tr("Paper"), paper_, tr("Width and type size of a venue's figures"), "figure_paper");
    addRow(*grid, tr("Width"), width_, tr("Width on paper, 10 to 2000 mm"), "figure_width");
    addRow(*grid, tr("Height"), height_, tr("Height on paper; 0 = what the panels ask for"), "figure_height");
    addRow(*grid, tr("Type"), font_, tr("Type size at final size, 3 to 72 pt (8 pt); small text is nine tenths of it"),
           "figure_font");
    addRow(*grid, tr("Face"), face_, tr("Typeface; automatic is the sans-serif face of this computer"), "figure_face");
    addRow(*grid, tr("Columns"), columns_, tr("Panels side by side; automatic makes the page nearest to 3:2"),
           "figure_columns");
    addRow(*grid, tr("PNG"), dpi_, tr("Resolution of PNG files, 36 to 2400 dpi (300 dpi); PDF and SVG have none"),
           "figure_dpi");
    const std::tuple<QCheckBox*, QString, const char*> boxes[] = {
        {letters_, tr("A letter before each title, from two panels on"), "figure_letters"},
        {titles_, tr("The title of each panel"), "figure_titles"},
        {caption_, tr("What was measured, in words under the figure: model, noise level, images"), "figure_caption"}};
    for (const auto& [box, toolTip, name] : boxes) {
        box->setToolTip(toolTip);
        box->setObjectName(QLatin1String(name));
        box->setAccessibleName(box->text());
        grid->addWidget(box, grid->rowCount(), 0, 1, 2);
        connect(box, &QCheckBox::clicked, this, [this, name = name] { Q_EMIT edited(QLatin1String(name)); });
    }
    words_->setToolTip(tr("Your own caption instead of the panels' words"));
    words_->setAccessibleName(tr("Caption text"));
    words_->setObjectName(QStringLiteral("figure_words"));
    grid->addWidget(words_, grid->rowCount(), 0, 1, 2);

    connect(paper_, &QComboBox::activated, this, &FigureForm::choosePreset);
    for (QDoubleSpinBox* box : {width_, height_, font_})
        connect(box, &QDoubleSpinBox::valueChanged, this, [this, box] {
            showPreset();
            if (!quiet_) Q_EMIT edited(box->objectName());
        });
    connect(dpi_, &QSpinBox::valueChanged, this, [this] {
        if (!quiet_) Q_EMIT edited(dpi_->objectName());
    });
    for (QComboBox* box : {face_, columns_})
        connect(box, &QComboBox::activated, this, [this, box] { Q_EMIT edited(box->objectName()); });
    connect(words_, &QLineEdit::textEdited, this, [this] { Q_EMIT edited(words_->objectName()); });
    connect(words_, &QLineEdit::textChanged, this, [this] {
        if (!quiet_ && words_->text().isEmpty()) Q_EMIT edited(words_->objectName());
    });
}

void FigureForm::addRow(QGridLayout& grid, const QString& name, QWidget* field, const QString& toolTip,
                        const char* objectName) {
    auto* label = new QLabel(name, this);
    makeMuted(label);
    label->setBuddy(field);
    label->setToolTip(toolTip);
    field->setToolTip(toolTip);
    field->setAccessibleName(name);
    field->setObjectName(QLatin1String(objectName));
    const int row = grid.rowCount();
    grid.addWidget(label, row, 0);
    grid.addWidget(field, row, 1);
}

void FigureForm::choosePreset(int index) {
    const auto presets = figurePresets();
    if (index < 0 || index >= int(presets.size())) return width_->setFocus();
    quiet_ = true;
    width_->setValue(presets[std::size_t(index)].widthMm);
    font_->setValue(presets[std::size_t(index)].fontPt);
    quiet_ = false;
    showPreset();
    Q_EMIT edited(paper_->objectName());
}

void FigureForm::showPreset() {
    const int preset = presetOf(options());
    paper_->setCurrentIndex(preset < 0 ? paper_->count() - 1 : preset);
}

void FigureForm::setValues(const FigureOptions& options, const SheetSettings& sheet) {
    quiet_ = true;
    width_->setValue(options.widthMm);
    height_->setValue(options.heightMm);
    font_->setValue(options.fontPt);
    dpi_->setValue(options.dpi);
    face_->setCurrentIndex(std::max(0, face_->findData(options.fontFamily)));
    columns_->setCurrentIndex(std::max(0, columns_->findData(sheet.columns)));
    letters_->setChecked(sheet.letters);
    titles_->setChecked(options.title);
    caption_->setChecked(options.caption);
    if (words_->text() != sheet.caption) words_->setText(sheet.caption);
    words_->setEnabled(options.caption);
    quiet_ = false;
    showPreset();
}

FigureOptions FigureForm::options() const {
    FigureOptions options;
    options.widthMm = width_->value();
    options.heightMm = height_->value() < kLeastMm ? 0 : height_->value();
    options.fontPt = font_->value();
    options.dpi = dpi_->value();
    options.fontFamily = face_->currentData().toString();
    options.title = titles_->isChecked();
    options.caption = caption_->isChecked();
    return options;
}

SheetSettings FigureForm::sheet() const {
    return {columns_->currentData().toInt(), letters_->isChecked(), words_->text()};
}

}  // namespace thaw
