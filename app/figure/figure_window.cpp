// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/figure/figure_window.h"

#include "app/figure/figure_paths.h"
#include "app/figure/figure_recipe_sheet.h"
#include "app/figure/figure_saving.h"
#include "app/shared/file_drop.h"
#include "app/shared/settings.h"
#include "core/formats/figure_recipe_json.h"
#include "widgets/base/message_strip.h"
#include "widgets/base/progress_strip.h"
#include "widgets/figure/figure_editor.h"

#include <QAction>
#include <QCloseEvent>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>
#include <QVBoxLayout>

namespace thaw {

FigureWindow::FigureWindow(Settings& settings, ComputeThread& compute, QWidget* parent)
    : QWidget(parent, Qt::Window),
      settings_(settings),
      editor_(new FigureEditor(this)),
      strip_(new MessageStrip(this)),
      progress_(new ProgressStrip(this)),
      reader_(new FigureReader(compute, this)) {
    setAttribute(Qt::WA_DeleteOnClose);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(progress_);
    layout->addWidget(strip_);
    layout->addWidget(editor_, 1);
    strip_->hide();
    resize(1180, 760);
    editor_->setOptions(settings_.figureOptions());
    editor_->offerFormats(savedFormats());

    connect(editor_, &FigureEditor::saveRequested, this, &FigureWindow::askWhere);
    connect(editor_, &FigureEditor::changed, this, [this] {
        settings_.setFigureOptions(editor_->options());
        showTitle();
    });
    connect(reader_, &FigureReader::progressed, progress_, &ProgressStrip::setShare);
    connect(reader_, &FigureReader::answered, this, &FigureWindow::take);
    connect(progress_, &ProgressStrip::cancelRequested, this, [this] {
        reader_->cancel();
        progress_->end();
        strip_->showMessage(MessageStrip::Severity::Info, tr("Measuring the figure was cancelled"),
                            tr("Nothing was changed."));
        Q_EMIT read();
    });
    const auto* drop = new FileDrop(this, [] { return QString(); });
    connect(drop, &FileDrop::dropped, this, [this](const QStringList& paths) {
        for (const QString& path : paths) Q_EMIT figureDropped(path);
    });
    const std::pair<QKeySequence, QString> keys[] = {{QKeySequence::Save, QStringLiteral("pdf")}};
    for (const auto& [key, format] : keys) {
        auto* save = new QAction(tr("Save figure"), this);
        save->setShortcut(key);
        addAction(save);
        connect(save, &QAction::triggered, this,
                [this, format = format] { path_.isEmpty() ? askWhere(format) : void(saveAs(path_)); });
    }
    auto* help = new QAction(tr("Help on figures"), this);
    help->setShortcut(QKeySequence::HelpContents);
    addAction(help);
    connect(help, &QAction::triggered, this, [this] { Q_EMIT helpRequested(QStringLiteral("figure")); });
    showTitle();
}

bool FigureWindow::isEmpty() const { return editor_->sheet().panels.empty(); }
bool FigureWindow::isModified() const { return editor_->isModified(); }

void FigureWindow::showTitle() {
    const QString name = path_.isEmpty() ? tr("Figure") : QFileInfo(path_).fileName();
    setWindowTitle(tr("%1[*] – Thaw").arg(name));
    setWindowModified(isModified());
}

void FigureWindow::add(const SheetPanel& panel) {
    editor_->add(panel);
    QString why;
    if (!recipeOf(editor_->sheet(), editor_->options(), &why))
        strip_->showMessage(MessageStrip::Severity::Warning, tr("This figure cannot be made again"), why);
    showTitle();
}

void FigureWindow::open(const QString& path) {
    const OpenedRecipe opened = openRecipe(path);
    if (!opened.recipe) {
        strip_->showMessage(MessageStrip::Severity::Error, tr("%1 could not be opened").arg(QFileInfo(path).fileName()),
                            opened.error, opened.hint);
        Q_EMIT read();
        return;
    }
    openedAs_ = QFileInfo(path).absoluteFilePath();
    progress_->begin(tr("Measuring %1…").arg(QFileInfo(path).fileName()));
    reader_->read(withAbsolutePaths(*opened.recipe, opened.folder));
}

void FigureWindow::take(const FigureAnswer& answer) {
    progress_->end();
    if (answer.error) {
        strip_->showMessage(MessageStrip::Severity::Error,
                            tr("%1 could not be made again").arg(QFileInfo(openedAs_).fileName()),
                            QString::fromStdString(answer.message), QString::fromStdString(answer.hint));
    } else {
        strip_->clear();
        editor_->setOptions(optionsOf(answer.recipe));
        editor_->setSheet(sheetOf(answer.recipe, answer.panels));
        path_ = openedAs_.endsWith(QLatin1String(".json")) ? QString() : openedAs_;
    }
    showTitle();
    Q_EMIT read();
}

void FigureWindow::askWhere(const QString& format) {
    auto* dialog = new QFileDialog(this, tr("Save figure"), settings_.exportFolder());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(format);
    dialog->setNameFilter(QStringLiteral("%1 (*.%2)").arg(format.toUpper(), format));
    dialog->selectFile((path_.isEmpty() ? QStringLiteral("figure") : QFileInfo(path_).completeBaseName()) +
                       QLatin1Char('.') + format);
    connect(dialog, &QFileDialog::fileSelected, this, &FigureWindow::saveAs);
    dialog->open();
}

bool FigureWindow::saveAs(const QString& path) {
    FigureSheet sheet = editor_->sheet();
    const FigureOptions options = editor_->options();
    QString why;
    const auto recipe = recipeOf(sheet, options, &why);
    sheet.recipe = recipe ? QByteArray::fromStdString(toJson(*recipe)) : QByteArray();
    const QString shown = QDir::toNativeSeparators(path);
    if (const QString problem = saveFigure(sheet, path, options); !problem.isEmpty()) {
        strip_->showMessage(MessageStrip::Severity::Error, tr("%1 could not be written").arg(shown), problem);
        return false;
    }
    settings_.setExportFolder(QFileInfo(path).absolutePath());
    path_ = path;
    editor_->setModified(false);
    if (recipe)
        strip_->showMessage(
            MessageStrip::Severity::Success, tr("Saved %1").arg(shown),
            tr("Its recipe is inside, and beside it as %1.").arg(QFileInfo(recipePathOf(path)).fileName()));
    else strip_->showMessage(MessageStrip::Severity::Warning, tr("Saved %1, without a recipe").arg(shown), why);
    showTitle();
    return true;
}

void FigureWindow::closeEvent(QCloseEvent* event) {
    if (isModified() && !isEmpty() && !dropped_) {
        event->ignore();
        return askToKeep();
    }
    event->accept();
    Q_EMIT gone();
}

void FigureWindow::askToKeep() {
    if (findChild<QMessageBox*>()) return;
    auto* box = new QMessageBox(QMessageBox::Question, tr("Save this figure?"),
                                tr("It has panels that are in no file yet."), QMessageBox::NoButton, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton* save = box->addButton(tr("Save…"), QMessageBox::AcceptRole);
    QPushButton* drop = box->addButton(tr("Drop it"), QMessageBox::DestructiveRole);
    box->addButton(tr("Keep working"), QMessageBox::RejectRole);
    box->setDefaultButton(save);
    connect(save, &QPushButton::clicked, this, [this] { askWhere(QStringLiteral("pdf")); });
    connect(drop, &QPushButton::clicked, this, [this] {
        dropped_ = true;
        close();
    });
    box->open();
}

}  // namespace thaw
