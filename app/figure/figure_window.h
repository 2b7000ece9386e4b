// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/figure_reader.h"
#include "widgets/figure/figure_sheet.h"

#include <QWidget>

namespace thaw {

class ComputeThread;
class FigureEditor;
class MessageStrip;
class ProgressStrip;
class Settings;

/// A figure being composed, in a window of its own: panels come from the pages ("Add to figure") or, measured anew, from a figure
/// that Thaw made. Several may be open; none is ever replaced by another.
class FigureWindow : public QWidget {
    Q_OBJECT
public:
    /// `compute`: where recipes are measured, beside everything that is going on.
    FigureWindow(Settings& settings, ComputeThread& compute, QWidget* parent = nullptr);

    void add(const SheetPanel& panel);
    /// Measures the recipe of a figure and shows it. `path` may be anything saveFigure writes.
    void open(const QString& path);
    /// Writes in the format of the suffix; false, with the reason in the strip, when it cannot be.
    bool saveAs(const QString& path);

    bool isEmpty() const;
    bool isModified() const;
    bool isReading() const { return reader_->isBusy(); }
    FigureEditor* editor() const { return editor_; }
    MessageStrip* strip() const { return strip_; }
    ProgressStrip* progress() const { return progress_; }
    const QString& path() const { return path_; }  ///< of the file it was opened from or saved to last; may be empty

Q_SIGNALS:
    void helpRequested(const QString& page);
    void read();  ///< the recipe given to `open` is measured and shown, or an error stands in the strip
    void gone();  ///< closed by the user
    void figureDropped(const QString& path);

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    void askWhere(const QString& format);
    void askToKeep();
    void showTitle();
    void take(const FigureAnswer& answer);

    Settings& settings_;
    FigureEditor* editor_;
    MessageStrip* strip_;
    ProgressStrip* progress_;
    FigureReader* reader_;
    QString path_, openedAs_;
    bool dropped_ = false;  // the user said that the changes may go
};

}  // namespace thaw
