// SPDX-License-Identifier: GPL-3.0-or-later

// What the page is made of; what it does stands in studies_page.cpp.
#include "app/studies/studies_page.h"

#include "app/shared/known_runs.h"
#include "app/studies/study_process.h"
#include "app/studies/study_report_view.h"
#include "app/studies/study_words.h"
#include "widgets/base/focus_ring.h"
#include "widgets/base/message_strip.h"

#include <QComboBox>
#include <QDesktopServices>
#include <QDir>
#include <QFileInfo>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSplitter>
#include <QTreeWidget>
#include <QUrl>
#include <QVBoxLayout>

namespace thaw {
namespace {

QPushButton* button(const QString& text, const QString& tip, const char* name, QWidget* parent) {
    auto* made = new QPushButton(text, parent);
    made->setToolTip(tip);
    made->setObjectName(QLatin1String(name));
    return made;
}

}  // namespace

StudiesPage::StudiesPage(const QString& runsFolder, const QString& device, Settings& settings, QWidget* parent)
    : QWidget(parent),
      device_(device),
      process_(new StudyProcess(this)),
      folders_(new StudyFolders(QDir(runsFolder).filePath(QLatin1String(kStudiesFolder)), this)),
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
    new FocusRing(list_);
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

}  // namespace thaw
