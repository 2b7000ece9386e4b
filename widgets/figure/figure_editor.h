// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/figure/figure_form.h"
#include "widgets/figure/figure_sheet.h"

#include <QStringList>
#include <QUndoStack>
#include <QWidget>

#include <memory>
#include <vector>

class QAction;
class QActionGroup;
class QLabel;
class QToolButton;

namespace thaw {

class FigurePreview;
class PanelList;

/// Composes a figure of several panels: their order and titles, the page, and how it will look. Every change can be undone.
/// Writes nothing itself: it asks, and whoever owns it saves.
class FigureEditor : public QWidget {
    Q_OBJECT
public:
    explicit FigureEditor(QWidget* parent = nullptr);

    /// A figure as it was saved: nothing to undo, not modified.
    void setSheet(const FigureSheet& sheet);
    FigureSheet sheet() const;  ///< without recipe: that is the owner's
    void setOptions(const FigureOptions& options);
    FigureOptions options() const { return state_.options; }

    void add(const SheetPanel& panel);
    void movePanel(int from, int to);
    void removePanel(int row);
    void renamePanel(int row, const QString& title);

    /// Suffixes in the menu of the save button, the first of them what a click saves.
    void offerFormats(const QStringList& formats);
    bool isModified() const { return !undo_.isClean() || sizeChanged_; }
    void setModified(bool modified);

    PanelList* list() const { return list_; }
    FigureForm* form() const { return form_; }
    FigurePreview* preview() const { return preview_; }
    QUndoStack& undoStack() { return undo_; }

Q_SIGNALS:
    void changed();
    void saveRequested(const QString& format);

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Entry {
        std::shared_ptr<const SheetPanel> panel;  // shared by all states: a panel may hold a million points
        QString title;
    };
    struct State {
        std::vector<Entry> panels;
        SheetSettings settings;
        FigureOptions options;
    };
    class Change;
    void push(const QString& text, const State& after, const QString& field = {});
    void display(const State& state);
    QWidget* buildSide();
    QWidget* buildFoot();
    void copy();
    void retint();

    State state_;
    QUndoStack undo_;
    bool sizeChanged_ = false;  // a state that no undo leads back to
    PanelList* list_;
    FigureForm* form_;
    FigurePreview* preview_;
    QLabel* size_ = nullptr;
    QToolButton* save_ = nullptr;
    QToolButton* copy_ = nullptr;
    QToolButton* undoButton_ = nullptr;
    QActionGroup* zooms_ = nullptr;
    std::vector<QToolButton*> listButtons_;
};

}  // namespace thaw
