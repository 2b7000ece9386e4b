// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studies/studies_page.h"

#include "app/shared/read_aside.h"
#include "app/studies/study_process.h"
#include "app/studies/study_report_view.h"
#include "app/studies/study_words.h"
#include "core/values/error.h"
#include "widgets/base/message_strip.h"

#include <QClipboard>
#include <QComboBox>
#include <QCursor>
#include <QDir>
#include <QFileInfo>
#include <QGuiApplication>
#include <QLabel>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QRegularExpression>
#include <QTreeWidget>

#include <variant>

namespace thaw {
namespace {

constexpr int kFolderRole = Qt::UserRole;

struct ReadReport {
    std::variant<StudyReport, QString> report;  // or why there is none
};

// As a shell takes it.
QString quoted(const QString& word) {
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9_./:,=+-]+$"));
    if (plain.match(word).hasMatch()) return word;
    QString inner = word;
    return QLatin1Char('\'') + inner.replace(QLatin1Char('\''), QStringLiteral("'\\''")) + QLatin1Char('\'');
}

}  // namespace

void StudiesPage::setModel(const QString& path, const QString& title) {
    model_ = path;
    modelTitle_ = title;
    showKind();
}

void StudiesPage::setData(const QString& path, const QString& title) {
    data_ = path;
    dataTitle_ = title;
    showKind();
}

void StudiesPage::showKind() {
    question_->setText(studyQuestion(kind_->currentData().toString()));
    subject_->setText(model_.isEmpty() || data_.isEmpty() ? tr("Open a model and data first.")
                                                          : tr("Of %1, with %2").arg(modelTitle_, dataTitle_));
    showButtons();
}

void StudiesPage::start() {
    if (!start_->isEnabled()) return;
    strip_->clear();
    const QString word = kind_->currentData().toString(), length = length_->currentData().toString();
    QStringList arguments{word,   QStringLiteral("--scale"), length, QStringLiteral("--model"),
                          model_, QStringLiteral("--data"),  data_};
    if (device_ != QLatin1String("auto")) arguments << QStringLiteral("--device") << device_;
    QDir().mkpath(folders_->folder());
    toChoose_ = folders_->freeFolder(word + QLatin1Char('-') + length);
    process_->start(toChoose_, arguments);
    showChosen();
}

void StudiesPage::continueChosen() {
    const auto* state = folders_->find(chosen());
    if (!state || state->arguments.empty() || process_->isRunning()) return;
    strip_->clear();
    QStringList arguments;
    for (const auto& word : state->arguments) arguments << QString::fromStdString(word);
    if (device_ != QLatin1String("auto")) arguments << QStringLiteral("--device") << device_;
    process_->start(chosen(), arguments);
    showChosen();
}

void StudiesPage::pause() { process_->pause(); }

QString StudiesPage::chosen() const {
    const auto* item = list_->currentItem();
    return item ? item->data(NameColumn, kFolderRole).toString() : QString();
}

void StudiesPage::choose(const QString& folder) {
    toChoose_ = folder;
    if (!folders_->find(folder)) return folders_->add(folder);
    showStates();
}

// Rows keep their places while only states change, so that a click never meets another row.
void StudiesPage::showStates() {
    const QString kept = toChoose_.isEmpty() || !folders_->find(toChoose_) ? chosen() : toChoose_;
    if (kept == toChoose_) toChoose_.clear();
    {
        const QSignalBlocker quiet(list_);
        const auto& states = folders_->states();
        while (list_->topLevelItemCount() > int(states.size())) delete list_->topLevelItem(int(states.size()));
        for (std::size_t i = 0; i < states.size(); ++i) {
            auto* item = int(i) < list_->topLevelItemCount() ? list_->topLevelItem(int(i)) : new QTreeWidgetItem(list_);
            const QString folder = QString::fromStdString(states[i].folder);
            item->setData(NameColumn, kFolderRole, folder);
            item->setText(NameColumn, QFileInfo(folder).fileName());
            item->setToolTip(NameColumn, studyName(QString::fromStdString(states[i].study)) + QLatin1Char('\n') +
                                             QDir::toNativeSeparators(folder));
            item->setText(LengthColumn, studyLength(states[i]));
            item->setText(StageColumn, studyStageText(states[i]));
            item->setToolTip(StageColumn, item->text(StageColumn));
            if (folder == kept) list_->setCurrentItem(item);
        }
        if (!list_->currentItem() && list_->topLevelItemCount() > 0) list_->setCurrentItem(list_->topLevelItem(0));
    }
    showChosen();
}

// A study that this page has begun and that is in no folder yet.
bool StudiesPage::starting() const { return process_->isRunning() && !folders_->find(process_->folder()); }

void StudiesPage::showChosen() {
    const auto* state = folders_->find(chosen());
    bar_->setVisible(state && stageOf(*state) == StudyStage::Running);
    if (starting()) stage_->setText(tr("Opening model and data…"));
    else if (!state) stage_->setText(tr("No study yet. Choose one above and start it."));
    else {
        QString text = studyStageText(*state);
        if (process_->isPausing() && process_->folder() == chosen()) text = tr("Saving…");
        else if (state->isRunning && !(process_->isRunning() && process_->folder() == chosen()))
            text += tr("; by another program on %1").arg(QString::fromStdString(state->progress.host));
        stage_->setText(text);
        bar_->setValue(int(1000 * studyShare(state->progress)));
    }
    showButtons();
    if (!state) {
        shownFolder_.clear();
        return view_->clear(tr("The report of a study is shown here, from its first result on."));
    }
    if (!state->hasReport) {
        shownFolder_.clear();
        return view_->clear(tr("Nothing is measured yet."));
    }
    const QString folder = chosen();
    if (folder == shownFolder_ && state->reportTime == shownTime_) return;
    readReport(*state);
}

void StudiesPage::readReport(const StudyFolderState& state) {
    shownFolder_ = QString::fromStdString(state.folder);
    shownTime_ = state.reportTime;
    readAside(
        this,
        [folder = state.folder]() -> ReadReport {
            try {
                return {readStudyReport(folder)};
            } catch (const Error& error) {
                return {QString::fromStdString(error.message())};
            }
        },
        [this, folder = shownFolder_, time = shownTime_](const ReadReport& read) {
            if (folder != shownFolder_ || time != shownTime_) return;  // a newer one was asked for
            if (const auto* report = std::get_if<StudyReport>(&read.report)) view_->show(folder, *report);
            else view_->clear(std::get<QString>(read.report));
        });
}

void StudiesPage::showButtons() {
    const auto* state = folders_->find(chosen());
    const bool busy = process_->isRunning();
    const QString why = tr("One study at a time: pause the one that is running first.");
    start_->setEnabled(!busy && !model_.isEmpty() && !data_.isEmpty());
    start_->setToolTip(busy ? why : tr("Starts a new study of the model and the data that are open"));
    const bool isOwn = busy && process_->folder() == chosen();
    continue_->setEnabled(state && !busy && !state->isRunning && !state->arguments.empty() &&
                          stageOf(*state) != StudyStage::Finished);
    pause_->setEnabled((isOwn || starting()) && !process_->isPausing());
    pages_->setEnabled(state && state->hasReport);
    command_->setEnabled(state && !state->arguments.empty());
}

void StudiesPage::offerRuns(const QStringList& folders) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("studyRuns"));
    for (const QString& folder : folders) {
        auto* open = menu->addAction(tr("Open %1").arg(QFileInfo(folder).fileName()));
        connect(open, &QAction::triggered, this, [this, folder] { Q_EMIT openRunRequested(folder); });
    }
    menu->addSeparator();
    auto* curves = menu->addAction(folders.size() == 1 ? tr("Draw its curves beside the open run's")
                                                       : tr("Draw their curves beside the open run's"));
    connect(curves, &QAction::triggered, this, [this, folders] { Q_EMIT curvesRequested(folders); });
    menu->popup(QCursor::pos());
}

void StudiesPage::copyCommand() {
    const auto* state = folders_->find(chosen());
    if (!state) return;
    QStringList words{QStringLiteral("thaw-cli"), QStringLiteral("study")};
    for (const auto& word : state->arguments) words << quoted(QString::fromStdString(word));
    words << QStringLiteral("--out") << quoted(chosen());
    QGuiApplication::clipboard()->setText(words.join(QLatin1Char(' ')));
}

void StudiesPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    folders_->setWatching(true);
}

void StudiesPage::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    folders_->setWatching(false);
}

}  // namespace thaw
