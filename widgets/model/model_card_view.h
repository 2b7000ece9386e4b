// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/model/model_card_words.h"

#include <QScrollArea>

class QGridLayout;
class QLabel;

namespace thaw {

/// A model's card to read: what it is, its weights by kind with the share the plan freezes, its configuration, where it
/// comes from and its licence. Human names on screen, published ones in the tooltips; every value can be selected.
class ModelCardView : public QScrollArea {
    Q_OBJECT
public:
    explicit ModelCardView(QWidget* parent = nullptr);

    void setContent(const ModelCardContent& content);
    void setPlan(const FreezePlan& plan);
    void setChecksum(const QString& sha256);
    const ModelCardContent& content() const { return content_; }
    /// Where the file does not say its class: asks for one of kPrecondWords (core/values/model_name.h).
    bool offersPrecond() const;
    bool isEmpty() const { return content_.model.blocks.empty(); }

Q_SIGNALS:
    void precondChosen(const QString& word);

private:
    void rebuild();
    void addPrecond();
    void addHeading(const QString& title);
    void addSection(const CardSection& section);
    void addKinds();
    void addText(const QString& text);

    ModelCardContent content_;
    QGridLayout* grid_ = nullptr;
    int row_ = 0;
};

}  // namespace thaw
