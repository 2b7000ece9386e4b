// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/run/run_form.h"

#include "widgets/base/icons.h"
#include "widgets/base/number_field.h"
#include "widgets/base/theme.h"
#include "widgets/run/run_form_row.h"

#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <map>
#include <utility>

namespace thaw {

namespace {

/// A note with the height of the tallest of some texts, so that nothing moves when it says another of them.
class SteadyNote : public QLabel {
public:
    SteadyNote() { setWordWrap(true); }
    void setTexts(const QStringList& texts) {
        texts_ = texts;
        updateGeometry();
    }
    int heightForWidth(int width) const override {
        int tallest = QLabel::heightForWidth(width);
        for (const QString& text : texts_)
            tallest = std::max(
                tallest, fontMetrics().boundingRect(QRect(0, 0, width, 1 << 16), Qt::TextWordWrap, text).height());
        return tallest;
    }

private:
    QStringList texts_;
};

QString lockedText() { return RunForm::tr("These settings are fixed while the run is going."); }
QString customText() { return RunForm::tr("Settings of your own; a preset brings known ones back."); }

}  // namespace

struct RunForm::Impl {
    FinetuneConfig config;
    std::vector<RunFormRow> rows;
    QComboBox* preset = nullptr;
    SteadyNote* note = nullptr;
    QWidget* head = nullptr;
    QWidget* fields = nullptr;
    QWidget* advanced = nullptr;
    QPushButton* expander = nullptr;
    bool locked = false;
    bool valid = true;

    int least = 0;  ///< pixels that the widest row needs

    QWidget* page(RunForm& form, bool advancedRows);
    void edited(RunForm& form);
    void choosePreset(RunForm& form, int index);
    void showPreset();
    void showWhatApplies();
    void check(RunForm& form);
};

QWidget* RunForm::Impl::page(RunForm& form, bool advancedRows) {
    auto* widget = new QWidget;
    auto* grid = new QGridLayout(widget);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(kGrid);
    grid->setVerticalSpacing(kGrid / 2);
    grid->setColumnStretch(1, 1);
    // Both pages share their columns.
    int widestLabel = 0, widestUnit = 0;
    for (const RunField& field : runFields()) {
        widestLabel = std::max(widestLabel, form.fontMetrics().horizontalAdvance(field.label));
        widestUnit = std::max(widestUnit, form.fontMetrics().horizontalAdvance(field.unit));
    }
    grid->setColumnMinimumWidth(0, std::min(widestLabel + 2, int(kRunLabelWidth * textScale(&form))));
    grid->setColumnMinimumWidth(2, widestUnit + 2);
    QLabel* heading = nullptr;
    for (const RunField& field : runFields()) {
        if (field.advanced != advancedRows) continue;
        rows.push_back(addRunFormRow(*grid, &form, field, heading, [this, &form] { edited(form); }));
        heading = rows.back().heading;
    }
    least = std::max(least, grid->minimumSize().width());
    return widget;
}

RunForm::RunForm(QWidget* parent) : QWidget(parent), impl_(std::make_unique<Impl>()) {
    setObjectName(QStringLiteral("runForm"));
    setAccessibleName(tr("Settings of the run"));
    Impl& d = *impl_;
    d.head = new QWidget;
    d.preset = newChoiceBox();
    d.preset->setObjectName(QStringLiteral("run_preset"));
    for (const auto& preset : finetunePresets()) d.preset->addItem(presetTitle(preset));
    d.preset->addItem(tr("Custom"));
    d.preset->setToolTip(
        tr("Settings to start from: ours for the embedded model, or the published ones of a data set. The freeze plan "
           "stays as it is"));
    d.preset->setAccessibleName(tr("Preset"));
    d.note = new SteadyNote;
    d.note->setObjectName(QStringLiteral("runNote"));
    makeMuted(d.note);
    connect(d.preset, &QComboBox::activated, this, [this](int index) { impl_->choosePreset(*this, index); });
    auto* presetLine = new QHBoxLayout(d.head);
    presetLine->setContentsMargins(0, 0, 0, 0);
    auto* presetLabel = new QLabel(tr("Preset"));
    presetLabel->setBuddy(d.preset);
    presetLine->setSpacing(kGrid);
    presetLine->addWidget(presetLabel);
    presetLine->addWidget(d.preset, 1);
    d.fields = d.page(*this, false);
    d.expander = new QPushButton;
    d.expander->setObjectName(QStringLiteral("runAdvanced"));
    d.expander->setText(tr("Advanced"));
    d.expander->setToolTip(tr("Show the settings that rarely need changing"));
    d.expander->setAccessibleName(tr("Advanced settings"));
    d.expander->setCheckable(true);
    d.expander->setFlat(true);
    d.expander->setIconSize({16, 16});
    d.expander->setProperty("thawRole", "expander");
    d.advanced = d.page(*this, true);
    d.advanced->setObjectName(QStringLiteral("runAdvancedPage"));
    d.advanced->hide();

    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(kGrid, kGrid, kGrid, kGrid);
    column->setSpacing(kGrid);
    column->addWidget(d.head);
    // Outside of what is locked: it can still be read.
    column->addWidget(d.note);
    column->addWidget(d.fields);
    column->addWidget(d.expander, 0, Qt::AlignLeft);
    column->addWidget(d.advanced);
    column->addStretch(1);
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(content);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(scroll);
    connect(d.expander, &QPushButton::toggled, this, &RunForm::setAdvancedVisible);
    setConfig(finetunePresets().front().config);
    QEvent palette(QEvent::PaletteChange);
    changeEvent(&palette);
}

RunForm::~RunForm() = default;

void RunForm::setConfig(const FinetuneConfig& config) {
    impl_->config = config;
    for (const RunFormRow& row : impl_->rows) row.show(config);
    impl_->check(*this);
}

FinetuneConfig RunForm::config() const { return impl_->config; }
void RunForm::setFreeze(const FreezePlan& plan) { impl_->config.freeze = plan; }
bool RunForm::isValid() const { return impl_->valid; }

std::vector<ConfigProblem> RunForm::problems() const {
    std::vector<ConfigProblem> problems = validate(impl_->config);
    for (const RunFormRow& row : impl_->rows) {
        FinetuneConfig scratch = impl_->config;
        if (row.read(scratch)) continue;
        std::erase_if(problems, [&](const ConfigProblem& p) { return p.field == row.field.key.toStdString(); });
        problems.push_back({row.field.key.toStdString(),
                            tr("is “%1”, which is not a number that fits").arg(row.number->text()).toStdString()});
    }
    return problems;
}

void RunForm::Impl::edited(RunForm& form) {
    for (const RunFormRow& row : rows) row.read(config);
    check(form);
    Q_EMIT form.configChanged(config);
}

void RunForm::Impl::choosePreset(RunForm& form, int index) {
    const auto& presets = finetunePresets();
    if (index < 0 || index >= int(presets.size())) return showPreset();
    auto chosen = presets[std::size_t(index)].config;
    chosen.freeze = config.freeze;
    form.setConfig(chosen);
    Q_EMIT form.configChanged(chosen);
}

// The preset that the settings are, "Custom" where they are none.
void RunForm::Impl::showPreset() {
    const auto& presets = finetunePresets();
    const auto found = std::find_if(presets.begin(), presets.end(), [&](FinetunePreset preset) {
        preset.config.freeze = config.freeze;
        return preset.config == config;
    });
    preset->setCurrentIndex(int(found - presets.begin()));
    // Only another preset may change how tall the note is: it is what the user chose, far above the fields.
    QStringList texts{lockedText(), customText()};
    if (found != presets.end()) note->setTexts(texts << presetNote(*found));
    note->setText(locked ? lockedText() : found == presets.end() ? customText() : presetNote(*found));
}

void RunForm::Impl::showWhatApplies() {
    std::map<QLabel*, bool> headings;
    for (const RunFormRow& row : rows) {
        const bool applies = row.applies(config);
        row.setApplying(applies);
        if (row.heading) headings[row.heading] = headings[row.heading] || applies;
    }
    for (const auto& [heading, used] : headings) heading->setVisible(used);
}

void RunForm::Impl::check(RunForm& form) {
    const auto problems = form.problems();
    showPreset();
    for (const RunFormRow& row : rows) {
        const auto found = std::find_if(problems.begin(), problems.end(),
                                        [&](const ConfigProblem& p) { return p.field == row.field.key.toStdString(); });
        const bool bad = found != problems.end();
        //: a field and what is wrong with it: "Batch is 4, must be 8 to 65536 images"
        row.problem->setText(bad ? RunForm::tr("%1 %2").arg(row.field.label, QString::fromStdString(found->message))
                                 : QString());
        row.problem->setVisible(bad && row.applies(config));
        row.editor()->setAccessibleDescription(row.problem->text());
        row.reset->setVisible(row.applies(config) && (!row.isDefault(config) || bad));
        QPalette colours = form.palette();
        if (bad) colours.setColor(QPalette::Text, errorColour(colours));
        row.editor()->setPalette(colours);
        // What is wrong must be seen.
        if (bad && row.field.advanced) form.setAdvancedVisible(true);
    }
    showWhatApplies();
    if (valid == problems.empty()) return;
    valid = problems.empty();
    Q_EMIT form.validityChanged(valid);
}

void RunForm::setLocked(bool locked) {
    impl_->locked = locked;
    impl_->fields->setEnabled(!locked);
    impl_->advanced->setEnabled(!locked);
    impl_->head->setEnabled(!locked);
    impl_->showPreset();
}

bool RunForm::isLocked() const { return impl_->locked; }

void RunForm::setAdvancedVisible(bool visible) {
    impl_->expander->setChecked(visible);
    impl_->advanced->setVisible(visible);
    impl_->expander->setIcon(glyphIcon(visible ? Glyph::Collapse : Glyph::Expand, mutedColour(palette())));
}

QSize RunForm::minimumSizeHint() const {
    const int bar = style()->pixelMetric(QStyle::PM_ScrollBarExtent, nullptr, this);
    return {std::max(impl_->least, impl_->head->minimumSizeHint().width()) + 2 * kGrid + bar, 12 * kGrid};
}

bool RunForm::advancedVisible() const { return impl_->expander->isChecked(); }

void RunForm::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() != QEvent::PaletteChange) return;
    for (const RunFormRow& row : impl_->rows) row.reset->setIcon(glyphIcon(Glyph::Undo, mutedColour(palette())));
    impl_->expander->setIcon(glyphIcon(advancedVisible() ? Glyph::Collapse : Glyph::Expand, mutedColour(palette())));
    impl_->check(*this);
}

}  // namespace thaw
