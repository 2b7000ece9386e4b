// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/run_form.h"

#include "widgets/icons.h"
#include "widgets/number_field.h"
#include "widgets/run_fields.h"
#include "widgets/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWheelEvent>

#include <algorithm>
#include <limits>
#include <map>

namespace thaw {
namespace {

constexpr int kLabelWidth = 12 * kGrid;

// The wheel scrolls the form; it must not change a setting that merely passes under the pointer.
class ChoiceBox : public QComboBox {
protected:
    void wheelEvent(QWheelEvent* event) override { hasFocus() ? QComboBox::wheelEvent(event) : event->ignore(); }
};

struct Row {
    RunField field;
    NumberField* number = nullptr;
    QComboBox* choice = nullptr;
    QCheckBox* toggle = nullptr;
    QLineEdit* text = nullptr;
    QLabel* heading = nullptr;  // of its section
    QLabel* label = nullptr;
    QLabel* unit = nullptr;
    QLabel* problem = nullptr;
    QToolButton* reset = nullptr;

    QWidget* editor() const {
        if (number) return number;
        if (toggle) return toggle;
        return text ? static_cast<QWidget*>(text) : choice;
    }
    bool applies(const FinetuneConfig& config) const { return !field.applies || field.applies(config); }
};

template <typename... Cases>
struct Overloaded : Cases... {
    using Cases::operator()...;
};
template <typename... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

QString listText(const std::vector<std::string>& values) {
    QStringList parts;
    for (const auto& value : values) parts << QString::fromStdString(value);
    return parts.join(QStringLiteral(", "));
}

void showValue(const Row& row, FinetuneConfig config) {
    std::visit(Overloaded{[&](double* v) { row.number->setReal(*v); },
                          [&](int* v) { row.number->setText(QString::number(*v)); },
                          [&](std::uint64_t* v) { row.number->setWhole(*v); },
                          [&](bool* v) { row.toggle->setChecked(*v); },
                          [&](std::string* v) { row.text->setText(QString::fromStdString(*v)); },
                          [&](std::vector<std::string>* v) { row.text->setText(listText(*v)); },
                          [&](auto* v) { row.choice->setCurrentIndex(int(*v)); }},
               row.field.place(config));
}

// False when the text is no number; the configuration keeps its value then.
bool readValue(const Row& row, FinetuneConfig& config) {
    const auto take = [](const auto& value, auto* place) {
        if (value) *place = std::remove_reference_t<decltype(*place)>(*value);
        return value.has_value();
    };
    return std::visit(Overloaded{[&](double* v) { return take(row.number->real(), v); },
                                 [&](int* v) {
                                     auto value = row.number->whole();
                                     if (value && std::abs(double(*value)) > std::numeric_limits<int>::max()) value.reset();
                                     return take(value, v);
                                 },
                                 [&](std::uint64_t* v) { return take(row.number->unsignedWhole(), v); },
                                 [&](bool* v) {
                                     *v = row.toggle->isChecked();
                                     return true;
                                 },
                                 [&](std::string* v) {
                                     *v = row.text->text().trimmed().toStdString();
                                     return true;
                                 },
                                 [&](std::vector<std::string>* v) {
                                     v->clear();
                                     for (const QString& part : row.text->text().split(QLatin1Char(','), Qt::SkipEmptyParts)) v->push_back(part.trimmed().toStdString());
                                     return true;
                                 },
                                 [&](auto* v) {
                                     *v = std::remove_reference_t<decltype(*v)>(row.choice->currentIndex());
                                     return true;
                                 }},
                      row.field.place(config));
}

bool isDefault(const Row& row, FinetuneConfig config) {
    FinetuneConfig fresh;
    const SettingPlace mine = row.field.place(config), theirs = row.field.place(fresh);
    return std::visit([&](auto* value) { return *value == *std::get<decltype(value)>(theirs); }, mine);
}

QString defaultText(const RunField& field) {
    FinetuneConfig fresh;
    return std::visit(Overloaded{[&](double* v) { return NumberField::realText(*v); },
                                 [&](int* v) { return QString::number(*v); },
                                 [&](std::uint64_t* v) { return QString::number(*v); },
                                 [&](bool* v) { return *v ? RunForm::tr("on") : RunForm::tr("off"); },
                                 [&](std::string* v) { return v->empty() ? RunForm::tr("none") : QString::fromStdString(*v); },
                                 [&](std::vector<std::string>* v) { return listText(*v); },
                                 [&](auto* v) { return field.choices.value(int(*v)); }},
                      field.place(fresh));
}

}  // namespace

struct RunForm::Impl {
    FinetuneConfig config;
    std::vector<Row> rows;
    QComboBox* preset = nullptr;
    QLabel* presetNote = nullptr;
    QWidget* fields = nullptr;
    QWidget* advanced = nullptr;
    QPushButton* expander = nullptr;
    QLabel* lockNote = nullptr;
    bool locked = false;
    bool valid = true;

    QLabel* section = nullptr;  // heading of the rows being added
    void addRow(RunForm& form, QGridLayout& grid, RunField field);
    QWidget* page(RunForm& form, bool advancedRows);
    void edited(RunForm& form);
    void choosePreset(RunForm& form, int index);
    void showPreset();
    void showWhatApplies();
    void check(RunForm& form);
};

void RunForm::Impl::addRow(RunForm& form, QGridLayout& grid, RunField field) {
    int line = grid.rowCount();
    if (!field.section.isEmpty()) {
        auto* heading = new QLabel(field.section);
        makeHeading(heading);
        heading->setContentsMargins(0, line > 1 ? kGrid : 0, 0, 0);
        grid.addWidget(heading, line++, 0, 1, 4);
        section = heading;
    }
    Row row;
    row.heading = section;
    row.field = field;
    QString tip = field.tip + QLatin1Char('\n') + RunForm::tr("Default: %1").arg(defaultText(field));
    if (!field.unit.isEmpty()) tip += QLatin1Char(' ') + field.unit;
    QString name = field.key;
    name.replace(QLatin1Char('.'), QLatin1Char('_'));
    FinetuneConfig probe;
    const SettingPlace place = field.place(probe);
    if (std::holds_alternative<bool*>(place)) {
        row.toggle = new QCheckBox;
        QObject::connect(row.toggle, &QCheckBox::clicked, &form, [this, &form] { edited(form); });
    } else if (std::holds_alternative<std::string*>(place) || std::holds_alternative<std::vector<std::string>*>(place)) {
        row.text = new QLineEdit;
        row.text->setMinimumWidth(64);
        QObject::connect(row.text, &QLineEdit::textEdited, &form, [this, &form] { edited(form); });
    } else if (field.choices.isEmpty()) {
        const bool real = std::holds_alternative<double*>(place);
        row.number = new NumberField(real ? NumberField::Kind::Real : NumberField::Kind::Whole);
        row.number->setMinimumWidth(64);
        if (field.key == QLatin1String("batch")) row.number->setStep(8);
        if (field.key == QLatin1String("fid_images")) row.number->setStep(1000);
        QObject::connect(row.number, &NumberField::valueEdited, &form, [this, &form] { edited(form); });
    } else {
        row.choice = new ChoiceBox;
        row.choice->setFocusPolicy(Qt::StrongFocus);
        row.choice->addItems(field.choices);
        row.choice->setMinimumWidth(64);
        row.choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);  // a narrow dock elides, never cuts
        row.choice->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        QObject::connect(row.choice, &QComboBox::activated, &form, [this, &form] { edited(form); });
    }
    row.editor()->setObjectName(QStringLiteral("run_") + name);
    row.editor()->setToolTip(tip);
    row.editor()->setAccessibleName(field.section.isEmpty() ? field.label : field.section + QStringLiteral(", ") + field.label);
    auto* label = row.label = new QLabel(field.label);
    label->setBuddy(row.editor());
    label->setToolTip(tip);
    // Long words break rather than push the fields out of a narrow dock.
    if (label->sizeHint().width() > kLabelWidth) label->setWordWrap(true);
    row.reset = new QToolButton;
    row.reset->setObjectName(QStringLiteral("reset_") + name);
    row.reset->setAutoRaise(true);
    row.reset->setIconSize({14, 14});
    row.reset->setFixedSize(22, 22);
    row.reset->setToolTip(RunForm::tr("Back to the default, %1").arg(defaultText(field)));
    row.reset->setAccessibleName(RunForm::tr("Reset %1").arg(field.label));
    QSizePolicy keep = row.reset->sizePolicy();
    keep.setRetainSizeWhenHidden(true);
    row.reset->setSizePolicy(keep);
    row.problem = new QLabel;
    row.problem->setObjectName(QStringLiteral("problem_") + name);
    row.problem->setWordWrap(true);
    makeProblem(row.problem);
    row.problem->hide();
    grid.addWidget(label, line, 0);
    grid.addWidget(row.editor(), line, 1, 1, row.number ? 1 : 2);
    if (row.number) {
        auto* unit = row.unit = new QLabel(field.unit);
        makeMuted(unit);
        grid.addWidget(unit, line, 2);
    }
    grid.addWidget(row.reset, line, 3);
    grid.addWidget(row.problem, line + 1, 0, 1, 4);
    const std::size_t index = rows.size();
    QObject::connect(row.reset, &QToolButton::clicked, &form, [this, &form, index] {
        showValue(rows[index], FinetuneConfig());
        rows[index].editor()->setFocus();
        edited(form);
    });
    rows.push_back(row);
}

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
    grid->setColumnMinimumWidth(0, std::min(widestLabel + 2, kLabelWidth));
    grid->setColumnMinimumWidth(2, widestUnit + 2);
    for (RunField& field : runFields())
        if (field.advanced == advancedRows) addRow(form, *grid, field);
    return widget;
}

RunForm::RunForm(QWidget* parent) : QWidget(parent), impl_(std::make_unique<Impl>()) {
    setObjectName(QStringLiteral("runForm"));
    setAccessibleName(tr("Settings of the run"));
    Impl& d = *impl_;
    d.lockNote = new QLabel(tr("These settings are fixed while the run is going."));
    d.lockNote->setObjectName(QStringLiteral("runLockNote"));
    d.lockNote->setWordWrap(true);
    makeMuted(d.lockNote);
    d.lockNote->hide();
    d.fields = new QWidget;
    auto* fields = new QVBoxLayout(d.fields);
    fields->setContentsMargins(0, 0, 0, 0);
    fields->setSpacing(kGrid);
    d.preset = new ChoiceBox;
    d.preset->setFocusPolicy(Qt::StrongFocus);
    d.preset->setObjectName(QStringLiteral("run_preset"));
    for (const auto& preset : finetunePresets()) d.preset->addItem(presetTitle(preset));
    d.preset->addItem(tr("Custom"));
    d.preset->setToolTip(tr("Settings to start from: ours for the embedded model, or the published ones of a data set. The freeze plan stays as it is"));
    d.preset->setAccessibleName(tr("Preset"));
    d.preset->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    d.preset->setMinimumWidth(64);
    d.presetNote = new QLabel;
    d.presetNote->setObjectName(QStringLiteral("runPresetNote"));
    d.presetNote->setWordWrap(true);
    makeMuted(d.presetNote);
    connect(d.preset, &QComboBox::activated, this, [this](int index) { impl_->choosePreset(*this, index); });
    auto* presetLine = new QHBoxLayout;
    auto* presetLabel = new QLabel(tr("Preset"));
    presetLabel->setBuddy(d.preset);
    presetLine->setSpacing(kGrid);
    presetLine->addWidget(presetLabel);
    presetLine->addWidget(d.preset, 1);
    fields->addLayout(presetLine);
    fields->addWidget(d.presetNote);
    fields->addWidget(d.page(*this, false));
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
    column->addWidget(d.lockNote);
    column->addWidget(d.fields);
    // Outside the fields: what is locked can still be read.
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
    const FinetuneConfig fresh;
    setConfig(fresh);
    QEvent palette(QEvent::PaletteChange);
    changeEvent(&palette);
}

RunForm::~RunForm() = default;

void RunForm::setConfig(const FinetuneConfig& config) {
    impl_->config = config;
    for (const Row& row : impl_->rows) showValue(row, config);
    impl_->check(*this);
}

FinetuneConfig RunForm::config() const { return impl_->config; }
void RunForm::setFreeze(const FreezePlan& plan) { impl_->config.freeze = plan; }
bool RunForm::isValid() const { return impl_->valid; }

std::vector<ConfigProblem> RunForm::problems() const {
    std::vector<ConfigProblem> problems = validate(impl_->config);
    for (const Row& row : impl_->rows) {
        FinetuneConfig scratch = impl_->config;
        if (readValue(row, scratch)) continue;
        std::erase_if(problems, [&](const ConfigProblem& p) { return p.field == row.field.key.toStdString(); });
        problems.push_back({row.field.key.toStdString(), tr("is “%1”, which is not a number that fits").arg(row.number->text()).toStdString()});
    }
    return problems;
}

void RunForm::Impl::edited(RunForm& form) {
    for (const Row& row : rows) readValue(row, config);
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
    presetNote->setText(found == presets.end() ? QString() : thaw::presetNote(*found));
    presetNote->setVisible(found != presets.end());
}

void RunForm::Impl::showWhatApplies() {
    std::map<QLabel*, bool> headings;
    for (const Row& row : rows) {
        const bool applies = row.applies(config);
        for (QWidget* part : {static_cast<QWidget*>(row.label), row.editor(), static_cast<QWidget*>(row.unit)})
            if (part) part->setVisible(applies);
        if (!applies) row.problem->hide();
        // Hidden, it must not keep its place either.
        QSizePolicy policy = row.reset->sizePolicy();
        policy.setRetainSizeWhenHidden(applies);
        row.reset->setSizePolicy(policy);
        if (!applies) row.reset->hide();
        if (row.heading) headings[row.heading] = headings[row.heading] || applies;
    }
    for (const auto& [heading, used] : headings) heading->setVisible(used);
}

void RunForm::Impl::check(RunForm& form) {
    const auto problems = form.problems();
    showPreset();
    for (const Row& row : rows) {
        const auto found = std::find_if(problems.begin(), problems.end(), [&](const ConfigProblem& p) { return p.field == row.field.key.toStdString(); });
        const bool bad = found != problems.end();
        //: a field and what is wrong with it: "Batch is 4, must be 8 to 65536 images"
        row.problem->setText(bad ? RunForm::tr("%1 %2").arg(row.field.label, QString::fromStdString(found->message)) : QString());
        row.problem->setVisible(bad && row.applies(config));
        row.editor()->setAccessibleDescription(row.problem->text());
        row.reset->setVisible(row.applies(config) && (!isDefault(row, config) || bad));
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
    impl_->lockNote->setVisible(locked);
}

bool RunForm::isLocked() const { return impl_->locked; }

void RunForm::setAdvancedVisible(bool visible) {
    impl_->expander->setChecked(visible);
    impl_->advanced->setVisible(visible);
    impl_->expander->setIcon(glyphIcon(visible ? Glyph::Collapse : Glyph::Expand, mutedColour(palette())));
}

bool RunForm::advancedVisible() const { return impl_->expander->isChecked(); }

void RunForm::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() != QEvent::PaletteChange) return;
    for (const Row& row : impl_->rows) row.reset->setIcon(glyphIcon(Glyph::Undo, mutedColour(palette())));
    impl_->expander->setIcon(glyphIcon(advancedVisible() ? Glyph::Collapse : Glyph::Expand, mutedColour(palette())));
    impl_->check(*this);
}

}  // namespace thaw
