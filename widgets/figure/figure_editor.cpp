// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figure/figure_editor.h"

#include "widgets/base/icons.h"
#include "widgets/base/number_text.h"
#include "widgets/base/theme.h"
#include "widgets/figure/figure_preview.h"
#include "widgets/figure/panel_list.h"

#include <QActionGroup>
#include <QApplication>
#include <QClipboard>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QSplitter>
#include <QToolButton>
#include <QUndoCommand>
#include <QVBoxLayout>

#include <algorithm>

namespace thaw {
namespace {

constexpr int kSideWidth = 220, kFormWidth = 270;
constexpr int kFormEdit = 1;  // id of commands that merge

}  // namespace

class FigureEditor::Change : public QUndoCommand {
public:
    Change(FigureEditor& editor, const QString& text, State after, QString field)
        : QUndoCommand(text),
          editor_(editor),
          before_(editor.state_),
          after_(std::move(after)),
          field_(std::move(field)) {}
    void undo() override { editor_.display(before_); }
    void redo() override { editor_.display(after_); }
    int id() const override { return field_.isEmpty() ? -1 : kFormEdit; }
    // A width that is dragged through forty values is one change.
    bool mergeWith(const QUndoCommand* other) override {
        const auto* next = static_cast<const Change*>(other);
        if (next->field_ != field_) return false;
        after_ = next->after_;
        return true;
    }

private:
    FigureEditor& editor_;
    State before_, after_;
    QString field_;
};

FigureEditor::FigureEditor(QWidget* parent)
    : QWidget(parent), list_(new PanelList(this)), form_(new FigureForm(this)), preview_(new FigurePreview(this)) {
    auto* splitter = new QSplitter(this);
    splitter->addWidget(buildSide());
    splitter->addWidget(preview_);
    splitter->addWidget(form_);
    splitter->setStretchFactor(1, 1);
    splitter->setChildrenCollapsible(false);
    splitter->setSizes({kSideWidth, 1000, kFormWidth});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(splitter, 1);
    layout->addWidget(buildFoot());
    preview_->setEmptyText(
        tr("Panels come here with “Add to figure” in Samples, Curves and Frequency. A figure that Thaw made comes back "
           "when it is dropped on this window."));

    connect(list_, &PanelList::moveRequested, this, &FigureEditor::movePanel);
    connect(list_, &PanelList::removeRequested, this, &FigureEditor::removePanel);
    connect(list_, &PanelList::renameRequested, this, &FigureEditor::renamePanel);
    connect(form_, &FigureForm::edited, this, [this](const QString& field) {
        State after = state_;
        after.options = form_->options();
        after.settings = form_->sheet();
        push(tr("page"), after, field);
    });
    connect(preview_, &FigurePreview::drawn, this, [this] {
        const QSizeF mm = preview_->pageMm();
        size_->setText(mm.isEmpty() ? QString()
                                    : tr("%1 × %2 mm").arg(formatNumber(mm.width(), 5), formatNumber(mm.height(), 5)));
    });
    QAction* undo = undo_.createUndoAction(this, tr("&Undo:"));
    undo->setShortcut(QKeySequence::Undo);
    QAction* redo = undo_.createRedoAction(this, tr("&Redo:"));
    redo->setShortcuts({Qt::CTRL | Qt::SHIFT | Qt::Key_Z, Qt::CTRL | Qt::Key_Y});
    addActions({undo, redo});
    undoButton_->setDefaultAction(undo);
    offerFormats({QStringLiteral("pdf"), QStringLiteral("svg"), QStringLiteral("png"), QStringLiteral("csv")});
    retint();
    display(state_);
}

QWidget* FigureEditor::buildSide() {
    auto* side = new QWidget(this);
    auto* layout = new QVBoxLayout(side);
    layout->setContentsMargins(kGrid, kGrid, kGrid, kGrid);
    auto* head = new QHBoxLayout;
    auto* heading = new QLabel(tr("Panels"), side);
    makeHeading(heading);
    head->addWidget(heading, 1);
    const std::tuple<QString, QString, void (PanelList::*)()> tools[] = {
        {QStringLiteral("↑"), tr("Move up (Alt+Up)"), &PanelList::moveUp},
        {QStringLiteral("↓"), tr("Move down (Alt+Down)"), &PanelList::moveDown},
        {QStringLiteral("×"), tr("Remove (Delete)"), &PanelList::removeCurrent}};
    for (const auto& [text, toolTip, act] : tools) {
        auto* button = new QToolButton(side);
        button->setText(text);
        button->setToolTip(toolTip);
        button->setAccessibleName(toolTip);
        button->setAutoRaise(true);
        head->addWidget(button);
        connect(button, &QToolButton::clicked, list_, act);
        listButtons_.push_back(button);
    }
    layout->addLayout(head);
    layout->addWidget(list_, 1);
    return side;
}

QWidget* FigureEditor::buildFoot() {
    auto* foot = new QWidget(this);
    auto* layout = new QHBoxLayout(foot);
    layout->setContentsMargins(kGrid * 2, kGrid, kGrid * 2, kGrid);
    const auto button = [&](const QString& text, const QString& toolTip) {
        auto* made = new QToolButton(foot);
        made->setText(text);
        made->setToolTip(toolTip);
        made->setAccessibleName(text);
        made->setToolButtonStyle(Qt::ToolButtonTextOnly);
        return made;
    };
    undoButton_ = button(QString(), {});
    undoButton_->setToolButtonStyle(Qt::ToolButtonTextOnly);
    layout->addWidget(undoButton_);
    layout->addStretch(1);
    auto* zoom = button(tr("Fit ▾"), tr("Size of the preview; true size is in millimetres of this screen"));
    zoom->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(zoom);
    zooms_ = new QActionGroup(menu);
    const std::pair<FigurePreview::Zoom, QString> entries[] = {{FigurePreview::Zoom::Fit, tr("Fit")},
                                                               {FigurePreview::Zoom::TrueSize, tr("True size")},
                                                               {FigurePreview::Zoom::Double, tr("200 %")}};
    for (const auto& [value, text] : entries) {
        QAction* action = menu->addAction(text);
        action->setCheckable(true);
        action->setData(int(value));
        zooms_->addAction(action);
    }
    zooms_->actions().front()->setChecked(true);
    connect(zooms_, &QActionGroup::triggered, this, [this, zoom](const QAction* action) {
        zoom->setText(QStringLiteral("%1 ▾").arg(action->text()));
        preview_->setZoom(FigurePreview::Zoom(action->data().toInt()));
    });
    zoom->setMenu(menu);
    zoom->setProperty("thawRole", "menu");
    size_ = new QLabel(foot);
    makeMuted(size_);
    size_->setAccessibleName(tr("Size on paper"));
    layout->addWidget(size_);
    layout->addWidget(zoom);
    layout->addStretch(1);
    copy_ = button(tr("Copy"), tr("Copies the picture, at its resolution as PNG"));
    connect(copy_, &QToolButton::clicked, this, &FigureEditor::copy);
    layout->addWidget(copy_);
    save_ = button(tr("Save ▾"), tr("Writes the figure with its recipe inside and beside it"));
    save_->setPopupMode(QToolButton::InstantPopup);
    save_->setProperty("thawRole", "menu");
    layout->addWidget(save_);
    return foot;
}

void FigureEditor::offerFormats(const QStringList& formats) {
    auto* menu = new QMenu(save_);
    for (const QString& format : formats) {
        const bool numbers = format == QLatin1String("csv") || format == QLatin1String("npz");
        menu->addAction(
            numbers ? tr("%1, the numbers…").arg(format.toUpper()) : QStringLiteral("%1…").arg(format.toUpper()), this,
            [this, format] { Q_EMIT saveRequested(format); });
    }
    if (QMenu* old = save_->menu()) old->deleteLater();
    save_->setMenu(menu);
}

FigureSheet FigureEditor::sheet() const {
    FigureSheet sheet;
    for (const Entry& entry : state_.panels) {
        sheet.panels.push_back(*entry.panel);
        sheet.panels.back().title = entry.title;
    }
    sheet.columns = state_.settings.columns;
    sheet.letters = state_.settings.letters;
    sheet.caption = state_.settings.caption;
    return sheet;
}

void FigureEditor::setSheet(const FigureSheet& sheet) {
    State state;
    for (const SheetPanel& panel : sheet.panels)
        state.panels.push_back({std::make_shared<const SheetPanel>(panel), panel.title});
    state.settings = {sheet.columns, sheet.letters, sheet.caption};
    state.options = state_.options;
    undo_.clear();
    display(state);
    setModified(false);
}

void FigureEditor::setOptions(const FigureOptions& options) {
    State state = state_;
    state.options = options;
    state.options.visibleOnly = false;
    display(state);
}

void FigureEditor::setModified(bool modified) {
    sizeChanged_ = modified;
    if (!modified) undo_.setClean();
}

void FigureEditor::push(const QString& text, const State& after, const QString& field) {
    undo_.push(new Change(*this, text, after, field));
}

void FigureEditor::add(const SheetPanel& panel) {
    State after = state_;
    after.panels.push_back({std::make_shared<const SheetPanel>(panel), panel.title});
    push(tr("add panel"), after);
    list_->setCurrentRow(list_->count() - 1);
}

void FigureEditor::movePanel(int from, int to) {
    const int count = int(state_.panels.size());
    if (from < 0 || to < 0 || from >= count || to >= count || from == to) return;
    State after = state_;
    const auto first = after.panels.begin();
    if (from < to) std::rotate(first + from, first + from + 1, first + to + 1);
    else std::rotate(first + to, first + from, first + from + 1);
    push(tr("move panel"), after);
    list_->setCurrentRow(to);
}

void FigureEditor::removePanel(int row) {
    if (row < 0 || row >= int(state_.panels.size())) return;
    State after = state_;
    after.panels.erase(after.panels.begin() + row);
    push(tr("remove panel"), after);
}

void FigureEditor::renamePanel(int row, const QString& title) {
    if (row < 0 || row >= int(state_.panels.size())) return;
    State after = state_;
    const QString own = titleOf(after.panels[std::size_t(row)].panel->figure);
    after.panels[std::size_t(row)].title = title == own ? QString() : title;
    if (after.panels[std::size_t(row)].title == state_.panels[std::size_t(row)].title) return display(state_);
    push(tr("rename panel"), after);
}

void FigureEditor::display(const State& state) {
    state_ = state;
    QStringList titles;
    for (const Entry& entry : state_.panels) {
        const QString own = entry.title.isEmpty() ? titleOf(entry.panel->figure) : entry.title;
        titles << (own.isEmpty() ? tr("Samples") : own);
    }
    list_->setPanels(titles, state_.settings.letters);
    form_->setValues(state_.options, state_.settings);
    preview_->setFigure(sheet(), state_.options);
    const bool any = !state_.panels.empty();
    for (QToolButton* button : listButtons_) button->setEnabled(any);
    save_->setEnabled(any);
    copy_->setEnabled(any);
    Q_EMIT changed();
}

void FigureEditor::copy() { QApplication::clipboard()->setImage(renderFigure(sheet(), state_.options)); }

void FigureEditor::retint() {
    // The ground around the paper is a shade off the window's own, so that white paper stands out in light themes too.
    QPalette ground = palette();
    const QColor window = palette().color(QPalette::Window);
    ground.setColor(QPalette::Window, isDark(palette()) ? window.darker(130) : window.darker(108));
    preview_->setPalette(ground);
    preview_->setAutoFillBackground(true);
    preview_->viewport()->setAutoFillBackground(true);
}

void FigureEditor::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange && preview_) retint();
    QWidget::changeEvent(event);
}

}  // namespace thaw
