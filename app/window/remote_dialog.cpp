// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/remote_dialog.h"

#include "app/shared/settings.h"
#include "widgets/base/theme.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace thaw {

RemoteDialog::RemoteDialog(Settings& settings, QWidget* window)
    : QDialog(window),
      settings_(settings),
      name_(new QComboBox(this)),
      command_(new QLineEdit(RemoteHost().command, this)),
      answer_(new QLabel(this)) {
    setObjectName(QStringLiteral("remoteDialog"));
    setWindowTitle(tr("Open on another machine"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto* intro = new QLabel(tr("Models are sampled, measured and trained on that machine, over ssh; this window shows "
                                "them. A run there goes on when the line breaks or the window closes."),
                             this);
    intro->setWordWrap(true);
    name_->setObjectName(QStringLiteral("remoteName"));
    name_->setEditable(true);
    name_->setInsertPolicy(QComboBox::NoInsert);
    name_->setToolTip(
        tr("As ssh knows it: a name of ~/.ssh/config, or user@machine. Port and key stand in ~/.ssh/config"));
    name_->lineEdit()->setPlaceholderText(tr("user@machine"));
    command_->setObjectName(QStringLiteral("remoteCommand"));
    command_->setToolTip(
        tr("thaw-cli where the shell there finds it, else its path, of a bundle ~/thaw-…/bin/thaw-cli"));
    answer_->setObjectName(QStringLiteral("remoteAnswer"));
    answer_->setWordWrap(true);
    answer_->setTextFormat(Qt::PlainText);
    answer_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    answer_->setAccessibleName(tr("What the machine answers"));
    answer_->setMinimumHeight(3 * fontMetrics().lineSpacing());
    auto* form = new QFormLayout;
    form->addRow(tr("&Machine:"), name_);
    form->addRow(tr("&Program there:"), command_);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel | QDialogButtonBox::Help, this);
    try_ = buttons->addButton(tr("&Try"), QDialogButtonBox::ActionRole);
    try_->setObjectName(QStringLiteral("remoteTry"));
    try_->setToolTip(tr("Only greets the machine and says what is there"));
    connect_ = buttons->addButton(tr("&Connect"), QDialogButtonBox::AcceptRole);
    connect_->setObjectName(QStringLiteral("remoteConnect"));
    connect_->setToolTip(tr("From now on that machine computes"));
    connect_->setDefault(true);
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(2 * kGrid);
    layout->addWidget(intro);
    layout->addLayout(form);
    layout->addWidget(answer_, 1);
    layout->addWidget(buttons);
    adoptHistory();
    connect(name_, &QComboBox::currentTextChanged, this, [this](const QString& name) {
        for (const RemoteHost& known : settings_.remoteHosts())
            if (known.name == name) command_->setText(known.command);
        leaveLine();
    });
    connect(command_, &QLineEdit::textEdited, this, &RemoteDialog::leaveLine);
    connect(try_, &QPushButton::clicked, this, [this] { tryLine(false); });
    connect(connect_, &QPushButton::clicked, this, [this] { tryLine(true); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::helpRequested, this,
            [this] { Q_EMIT helpRequested(QStringLiteral("remote")); });
    resize(qMax(width(), int(60 * kGrid * textScale(this))), sizeHint().height());
    name_->setFocus();
    showButtons();
}

RemoteDialog::~RemoteDialog() = default;

void RemoteDialog::adoptHistory() {
    for (const RemoteHost& known : settings_.remoteHosts()) name_->addItem(known.name);
    if (!settings_.remoteHosts().isEmpty()) command_->setText(settings_.remoteHosts().front().command);
    else name_->clearEditText();
}

RemoteHost RemoteDialog::host() const { return {name_->currentText().trimmed(), command_->text().trimmed()}; }

void RemoteDialog::leaveLine() {
    if (auto* line = std::exchange(line_, nullptr)) {
        line->disconnect(this);
        line->deleteLater();
    }
    say({}, false);
    showButtons();
}

void RemoteDialog::tryLine(bool connects) {
    leaveLine();
    if (const QString problem = problemOf(host()); !problem.isEmpty()) return say(problem, true);
    connects_ = connects;
    line_ = new RemoteLine(host(), this);
    connect(line_, &RemoteLine::opened, this, &RemoteDialog::showAnswer);
    connect(line_, &RemoteLine::ended, this, &RemoteDialog::showFault);
    say(tr("Asking %1…").arg(host().name), false);
    showButtons();
}

void RemoteDialog::showAnswer() {
    const wire::Greeting& greeting = line_->greeting();
    const QString found =
        tr("%1 answers: %2 %3")
            .arg(host().name, QString::fromStdString(greeting.program), QString::fromStdString(greeting.version));
    const RemoteHost answered = host();
    leaveLine();
    say(found, false);
    if (!connects_) return;
    settings_.addRemoteHost(answered);
    Q_EMIT chosen(answered);
    accept();
}

void RemoteDialog::showFault(const LineFault& fault) {
    leaveLine();
    QStringList lines{fault.what};
    for (const QString& line : {fault.why, fault.hint})
        if (!line.isEmpty()) lines << line;
    say(lines.join(QLatin1Char('\n')), true);
}

void RemoteDialog::say(const QString& text, bool isFault) {
    answer_->setText(text);
    QPalette colours = palette();
    if (isFault) colours.setColor(QPalette::WindowText, errorColour(palette()));
    answer_->setPalette(colours);
}

void RemoteDialog::showButtons() {
    for (QPushButton* button : {try_, connect_}) button->setEnabled(!line_);
}

}  // namespace thaw
