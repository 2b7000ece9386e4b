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
#include <QDesktopServices>
#include <QDir>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QRegularExpression>
#include <QSplitter>
#include <QTreeWidget>
#include <QUrl>
#include <QVBoxLayout>

#include <variant>

namespace thaw {
namespace {

enum StudyColumn { NameColumn, LengthColumn, StageColumn };
constexpr int kFolderRole = Qt::UserRole;

struct ReadReport {
    std::variant<StudyReport, QString> report;  // or why there is none
};

QPushButton* button(const QString& text, const QString& tip, const char* name, QWidget* parent) {
    auto* made = new QPushButton(text, parent);
    made->setToolTip(tip);
    made->setObjectName(QLatin1String(name));
    return made;
}

// As a shell takes it.
QString quoted(const QString& word) {
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9_./:,=+-]+$"));
    if (plain.match(word).hasMatch()) return word;
    QString inner = word;
    return QLatin1Char('\'') + inner.replace(QLatin1Char('\''), QStringLiteral("'\\''")) + QLatin1Char('\'');
}

}  // namespace

StudiesPage::StudiesPage(const QString& runsFolder, const QString& device, Settings& settings, QWidget* parent)
    : QWidget(parent),
      device_(device),
      process_(new StudyProcess(this)),
      folders_(new StudyFolders(QDir(runsFolder).filePath(QStringLiteral("studies")), this)),
      strip_(new MessageStrip(this)),
      view_(new StudyReportView(settings, this)) {
    auto* side = new QWidget(this);
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(6, 6, 6, 6);
    column->addWidget(makeStarter());
    column->addWidget(makeList(), 1);
    auto* splitter = new QSplitter(this);
    splitter->addWidget(side);
    splitter->addWidget(view_);
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 3);
    splitter->setChildrenCollapsible(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(strip_);
    layout->addWidget(splitter, 1);
    strip_->hide();

    connect(folders_, &StudyFolders::changed, this, &StudiesPage::showStates);
    connect(process_, &StudyProcess::changed, this, [this] {
        folders_->refresh();
        showChosen();
    });
    connect(process_, &StudyProcess::failed, this, [this](const QString& folder, const QString& why) {
        strip_->showMessage(MessageStrip::Severity::Error,
                            tr("The study %1 stopped.").arg(QFileInfo(folder).fileName()), why);
        folders_->refresh();
    });
    connect(view_, &StudyReportView::runsRequested, this, &StudiesPage::offerRuns);
    showKind();
    showChosen();
}

QWidget* StudiesPage::makeStarter() {
    auto* box = new QWidget(this);
    kind_ = new QComboBox(box);
    kind_->setAccessibleName(tr("Study"));
    kind_->setToolTip(tr("Which of the paper's claims is looked at again"));
    for (const auto& words : studyWords())
        kind_->addItem(studyName(QLatin1String(words.word)), QLatin1String(words.word));
    length_ = new QComboBox(box);
    length_->setAccessibleName(tr("Length"));
    length_->addItem(tr("Quick"), QStringLiteral("quick"));
    length_->addItem(tr("Full"), QStringLiteral("full"));
    length_->setToolTip(
        tr("Quick: one seed and short runs, minutes; it shows how, and decides nothing.\n"
           "Full: three seeds, hours on a CPU."));
    start_ =
        button(tr("Start study"), tr("Starts a new study of the model and the data that are open"), "startStudy", box);
    question_ = new QLabel(box);
    question_->setWordWrap(true);
    subject_ = new QLabel(box);
    subject_->setWordWrap(true);
    subject_->setTextFormat(Qt::PlainText);
    auto* row = new QHBoxLayout;
    row->addWidget(kind_, 1);
    row->addWidget(length_);
    row->addWidget(start_);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(row);
    column->addWidget(question_);
    column->addWidget(subject_);
    connect(kind_, &QComboBox::currentIndexChanged, this, &StudiesPage::showKind);
    connect(start_, &QPushButton::clicked, this, &StudiesPage::start);
    return box;
}

QWidget* StudiesPage::makeList() {
    auto* box = new QWidget(this);
    list_ = new QTreeWidget(box);
    list_->setObjectName(QStringLiteral("studiesList"));
    list_->setAccessibleName(tr("Studies"));
    list_->setHeaderLabels({tr("Study"), tr("Length"), tr("State")});
    list_->setRootIsDecorated(false);
    list_->setUniformRowHeights(true);
    list_->header()->setSectionResizeMode(NameColumn, QHeaderView::ResizeToContents);
    list_->header()->setSectionResizeMode(LengthColumn, QHeaderView::ResizeToContents);
    stage_ = new QLabel(box);
    stage_->setWordWrap(true);
    stage_->setTextFormat(Qt::PlainText);
    bar_ = new QProgressBar(box);
    bar_->setRange(0, 1000);
    bar_->setAccessibleName(tr("Progress of the study"));
    continue_ = button(tr("Continue"), tr("Goes on where the chosen study stopped"), "continueStudy", box);
    pause_ = button(tr("Pause"),
                    tr("Saves the run that goes on and stops; Continue goes on from there.\n"
                       "Closing the window pauses too."),
                    "pauseStudy", box);
    pages_ = button(tr("Open report"), tr("The report as PDF, else its folder"), "openReport", box);
    command_ =
        button(tr("Copy command"), tr("The command that goes on with it in a terminal, here or on another machine"),
               "copyCommand", box);
    auto* row = new QHBoxLayout;
    for (QPushButton* each : {continue_, pause_, pages_, command_}) row->addWidget(each);
    row->addStretch();
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(list_, 1);
    column->addWidget(stage_);
    column->addWidget(bar_);
    column->addLayout(row);
    connect(list_, &QTreeWidget::currentItemChanged, this, &StudiesPage::showChosen);
    connect(continue_, &QPushButton::clicked, this, &StudiesPage::continueChosen);
    connect(pause_, &QPushButton::clicked, this, &StudiesPage::pause);
    connect(command_, &QPushButton::clicked, this, &StudiesPage::copyCommand);
    connect(pages_, &QPushButton::clicked, this, [this] {
        const QString pdf = QDir(chosen()).filePath(QStringLiteral("report.pdf"));
        QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo::exists(pdf) ? pdf : chosen()));
    });
    return box;
}

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
}

void StudiesPage::continueChosen() {
    const auto* state = folders_->find(chosen());
    if (!state || state->arguments.empty() || process_->isRunning()) return;
    strip_->clear();
    QStringList arguments;
    for (const auto& word : state->arguments) arguments << QString::fromStdString(word);
    if (device_ != QLatin1String("auto")) arguments << QStringLiteral("--device") << device_;
    process_->start(chosen(), arguments);
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

void StudiesPage::showChosen() {
    const auto* state = folders_->find(chosen());
    const bool starting = process_->isRunning() && !folders_->find(process_->folder());
    bar_->setVisible(state && stageOf(*state) == StudyStage::Running);
    if (starting) stage_->setText(tr("Opening model and data…"));
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
    pause_->setEnabled(isOwn && !process_->isPausing());
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
