// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/class_choice.h"

#include <QComboBox>
#include <QString>
#include <QStringList>

namespace thaw {

class Selection;

/// The list that chooses which class a conditional model is told, in the head of a page: random as EDM draws it, by seed, or
/// one class for all. Every list of the window shows the selection's; without classes there is none.
class ClassBox : public QComboBox {
    Q_OBJECT
public:
    explicit ClassBox(Selection& selection, QWidget* parent = nullptr);

private:
    void fill();
    void show(const ClassChoice& choice);

    Selection& selection_;
};

/// "random classes", "classes by seed", "class 3", "class 3 (Dress)" where names are known.
QString classCaption(const ClassChoice& choice, const QStringList& names = {});
/// The same for real images that are noised: "each image's own class" unless one is chosen for all.
QString noisedClassCaption(const ClassChoice& choice, const QStringList& names = {});

}  // namespace thaw
