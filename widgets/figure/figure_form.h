// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/figure/figure_export.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QGridLayout;
class QLineEdit;
class QSpinBox;

namespace thaw {

/// How the panels stand on the page.
struct SheetSettings {
    int columns = 0;  ///< 0 = automatic
    bool letters = true;
    QString caption;  ///< empty = the panels' own

    bool operator==(const SheetSettings&) const = default;
};

/// The page of a figure: paper of a venue, size in mm, type at its final size, arrangement, what is written.
class FigureForm : public QWidget {
    Q_OBJECT
public:
    explicit FigureForm(QWidget* parent = nullptr);

    void setValues(const FigureOptions& options, const SheetSettings& sheet);
    FigureOptions options() const;
    SheetSettings sheet() const;

Q_SIGNALS:
    void edited(const QString& field);  ///< by the user; the name of the field for undo

private:
    void addRow(QGridLayout& grid, const QString& name, QWidget* field, const QString& toolTip, const char* objectName);
    void choosePreset(int index);
    void showPreset();

    QComboBox* paper_;
    QDoubleSpinBox* width_;
    QDoubleSpinBox* height_;
    QDoubleSpinBox* font_;
    QComboBox* face_;
    QComboBox* columns_;
    QCheckBox* letters_;
    QCheckBox* titles_;
    QCheckBox* caption_;
    QLineEdit* words_;
    QSpinBox* dpi_;
    bool quiet_ = false;  // values are being shown, not chosen
};

}  // namespace thaw
