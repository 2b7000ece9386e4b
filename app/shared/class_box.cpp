// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/class_box.h"

#include "app/shared/selection.h"

#include <QSignalBlocker>

namespace thaw {
namespace {

constexpr int kFixed = 2;  // entries before those of single classes

ClassChoice choiceAt(int entry) {
    if (entry >= kFixed) return ClassChoice::one(entry - kFixed);
    return {entry == 1 ? ClassChoice::Kind::PerSeed : ClassChoice::Kind::Random, 0};
}

int rowOf(const ClassChoice& choice) {
    switch (choice.kind) {
    case ClassChoice::Kind::Random: return 0;
    case ClassChoice::Kind::PerSeed: return 1;
    case ClassChoice::Kind::One: break;
    }
    return kFixed + choice.index;
}

}  // namespace

ClassBox::ClassBox(Selection& selection, QWidget* parent) : QComboBox(parent), selection_(selection) {
    setObjectName(QStringLiteral("classBox"));
    setAccessibleName(tr("Class"));
    setToolTip(tr(
        "Which class the model is told: random, drawn from each seed as EDM does; by seed, the seed modulo the number "
        "of classes; or one class for all images"));
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(14);  // "Random classes" in any language; a long name of a class is cut
    setMaxVisibleItems(24);
    connect(this, &QComboBox::activated, this, [this](int entry) { selection_.setClasses(choiceAt(entry)); });
    connect(&selection_, &Selection::classesKnown, this, &ClassBox::fill);
    connect(&selection_, &Selection::classesChanged, this, &ClassBox::show);
    fill();
}

void ClassBox::fill() {
    const QSignalBlocker quiet(this);
    clear();
    addItem(tr("Random classes"));
    addItem(tr("Classes by seed"));
    for (int k = 0; k < selection_.classCount(); ++k)
        addItem(classCaption(ClassChoice::one(k), selection_.classNames()));
    show(selection_.classes());
    setVisible(selection_.classCount() > 0);
}

void ClassBox::show(const ClassChoice& choice) {
    const QSignalBlocker quiet(this);
    setCurrentIndex(rowOf(choice));
}

QString classCaption(const ClassChoice& choice, const QStringList& names) {
    switch (choice.kind) {
    case ClassChoice::Kind::Random: return ClassBox::tr("random classes");
    case ClassChoice::Kind::PerSeed: return ClassBox::tr("classes by seed");
    case ClassChoice::Kind::One: break;
    }
    return choice.index < names.size() ? ClassBox::tr("class %1 (%2)").arg(choice.index).arg(names.at(choice.index))
                                       : ClassBox::tr("class %1").arg(choice.index);
}

QString noisedClassCaption(const ClassChoice& choice, const QStringList& names) {
    switch (choice.kind) {
    case ClassChoice::Kind::Random: return ClassBox::tr("each image's own class, random where the data have none");
    case ClassChoice::Kind::PerSeed: return ClassBox::tr("each image's own class, by seed where the data have none");
    case ClassChoice::Kind::One: break;
    }
    return classCaption(choice, names);
}

}  // namespace thaw
