// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "widgets/figure_sheet.h"
#include <QWidget>
namespace thaw {
class FigureEditor : public QWidget {
    Q_OBJECT
public:
    explicit FigureEditor(QWidget* parent = nullptr) : QWidget(parent) {}
    void setSheet(const FigureSheet& sheet) { sheet_ = sheet; }
    FigureSheet sheet() const { return sheet_; }
    void add(const SheetPanel& panel) { sheet_.panels.push_back(panel); modified_ = true; }
    void setOptions(const FigureOptions& options) { options_ = options; }
    FigureOptions options() const { return options_; }
    void offerFormats(const QStringList&) {}
    bool isModified() const { return modified_; }
    void setModified(bool m) { modified_ = m; }
Q_SIGNALS:
    void changed();
    void saveRequested(const QString& format);
private:
    FigureSheet sheet_; FigureOptions options_; bool modified_ = false;
};
}
