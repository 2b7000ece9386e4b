// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/run/run_form_row.h"

#include "widgets/base/number_field.h"
#include "widgets/base/theme.h"
#include "widgets/run/run_form.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>
#include <QWheelEvent>

#include <limits>

namespace thaw {
namespace {

class ChoiceBox : public QComboBox {
protected:
    void wheelEvent(QWheelEvent* event) override { hasFocus() ? QComboBox::wheelEvent(event) : event->ignore(); }
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

QString defaultText(const RunField& field) {
    FinetuneConfig fresh;
    return std::visit(
        Overloaded{[&](double* v) { return NumberField::realText(*v); }, [&](int* v) { return QString::number(*v); },
                   [&](std::uint64_t* v) { return QString::number(*v); },
                   [&](bool* v) { return *v ? RunForm::tr("on") : RunForm::tr("off"); },
                   [&](std::string* v) { return v->empty() ? RunForm::tr("none") : QString::fromStdString(*v); },
                   [&](std::vector<std::string>* v) { return listText(*v); },
                   [&](auto* v) { return field.choices.value(int(*v)); }},
        field.place(fresh));
}

}  // namespace

QComboBox* newChoiceBox() {
    auto* box = new ChoiceBox;
    box->setFocusPolicy(Qt::StrongFocus);
    box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    box->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    return box;
}

QWidget* RunFormRow::editor() const {
    if (number) return number;
    if (toggle) return toggle;
    return text ? static_cast<QWidget*>(text) : choice;
}

void RunFormRow::show(FinetuneConfig config) const {
    std::visit(
        Overloaded{[&](double* v) { number->setReal(*v); }, [&](int* v) { number->setText(QString::number(*v)); },
                   [&](std::uint64_t* v) { number->setWhole(*v); }, [&](bool* v) { toggle->setChecked(*v); },
                   [&](std::string* v) { text->setText(QString::fromStdString(*v)); },
                   [&](std::vector<std::string>* v) { text->setText(listText(*v)); },
                   [&](auto* v) { choice->setCurrentIndex(int(*v)); }},
        field.place(config));
}

bool RunFormRow::read(FinetuneConfig& config) const {
    const auto take = [](const auto& value, auto* place) {
        if (value) *place = std::remove_reference_t<decltype(*place)>(*value);
        return value.has_value();
    };
    return std::visit(
        Overloaded{[&](double* v) { return take(number->real(), v); },
                   [&](int* v) {
                       auto value = number->whole();
                       if (value && std::abs(double(*value)) > std::numeric_limits<int>::max()) value.reset();
                       return take(value, v);
                   },
                   [&](std::uint64_t* v) { return take(number->unsignedWhole(), v); },
                   [&](bool* v) {
                       *v = toggle->isChecked();
                       return true;
                   },
                   [&](std::string* v) {
                       *v = text->text().trimmed().toStdString();
                       return true;
                   },
                   [&](std::vector<std::string>* v) {
                       v->clear();
                       for (const QString& part : text->text().split(QLatin1Char(','), Qt::SkipEmptyParts))
                           v->push_back(part.trimmed().toStdString());
                       return true;
                   },
                   [&](auto* v) {
                       *v = std::remove_reference_t<decltype(*v)>(choice->currentIndex());
                       return true;
                   }},
        field.place(config));
}

bool RunFormRow::isDefault(FinetuneConfig config) const {
    FinetuneConfig fresh;
    const SettingPlace mine = field.place(config), theirs = field.place(fresh);
    return std::visit([&](auto* value) { return *value == *std::get<decltype(value)>(theirs); }, mine);
}

void RunFormRow::setApplying(bool applies) const {
    for (QWidget* part : {static_cast<QWidget*>(label), editor(), static_cast<QWidget*>(unit)})
        if (part) part->setVisible(applies);
    if (!applies) problem->hide();
    // Hidden, it must not keep its place either.
    QSizePolicy policy = reset->sizePolicy();
    policy.setRetainSizeWhenHidden(applies);
    reset->setSizePolicy(policy);
    if (!applies) reset->hide();
}

namespace {

void makeEditor(RunFormRow& row, QWidget* form, const std::function<void()>& edited) {
    FinetuneConfig probe;
    const SettingPlace place = row.field.place(probe);
    if (std::holds_alternative<bool*>(place)) {
        row.toggle = new QCheckBox;
        QObject::connect(row.toggle, &QCheckBox::clicked, form, edited);
    } else if (std::holds_alternative<std::string*>(place) ||
               std::holds_alternative<std::vector<std::string>*>(place)) {
        row.text = new QLineEdit;
        row.text->setMinimumWidth(int(64 * textScale(form)));
        QObject::connect(row.text, &QLineEdit::textEdited, form, edited);
    } else if (row.field.choices.isEmpty()) {
        const bool real = std::holds_alternative<double*>(place);
        row.number = new NumberField(real ? NumberField::Kind::Real : NumberField::Kind::Whole);
        row.number->setMinimumWidth(int(64 * textScale(form)));
        if (row.field.key == QLatin1String("batch")) row.number->setStep(8);
        if (row.field.key == QLatin1String("fid_images")) row.number->setStep(1000);
        QObject::connect(row.number, &NumberField::valueEdited, form, edited);
    } else {
        row.choice = newChoiceBox();
        row.choice->addItems(row.field.choices);
        QObject::connect(row.choice, &QComboBox::activated, form, edited);
    }
}

}  // namespace

RunFormRow addRunFormRow(QGridLayout& grid, QWidget* form, const RunField& field, QLabel* heading,
                         const std::function<void()>& edited) {
    int line = grid.rowCount();
    if (!field.section.isEmpty()) {
        heading = new QLabel(field.section);
        makeHeading(heading);
        heading->setContentsMargins(0, line > 1 ? kGrid : 0, 0, 0);
        grid.addWidget(heading, line++, 0, 1, 4);
    }
    RunFormRow row;
    row.field = field;
    row.heading = heading;
    QString tip = field.tip + QLatin1Char('\n') + RunForm::tr("Default: %1").arg(defaultText(field));
    if (!field.unit.isEmpty()) tip += QLatin1Char(' ') + field.unit;
    QString name = field.key;
    name.replace(QLatin1Char('.'), QLatin1Char('_'));
    makeEditor(row, form, edited);
    row.editor()->setObjectName(QStringLiteral("run_") + name);
    row.editor()->setToolTip(tip);
    row.editor()->setWhatsThis(tip);
    row.editor()->setAccessibleName(field.section.isEmpty() ? field.label
                                                            : field.section + QStringLiteral(", ") + field.label);
    row.label = new QLabel(field.label);
    row.label->setBuddy(row.editor());
    row.label->setToolTip(tip);
    row.label->setWhatsThis(tip);
    // Long words break rather than push the fields out of a narrow dock.
    if (row.label->sizeHint().width() > kRunLabelWidth * textScale(form)) row.label->setWordWrap(true);
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
    grid.addWidget(row.label, line, 0);
    grid.addWidget(row.editor(), line, 1, 1, row.number ? 1 : 2);
    if (row.number) {
        row.unit = new QLabel(field.unit);
        makeMuted(row.unit);
        grid.addWidget(row.unit, line, 2);
    }
    grid.addWidget(row.reset, line, 3);
    grid.addWidget(row.problem, line + 1, 0, 1, 4);
    QObject::connect(row.reset, &QToolButton::clicked, form, [row, edited] {
        row.show(FinetuneConfig());
        row.editor()->setFocus();
        edited();
    });
    return row;
}

}  // namespace thaw
