// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/model_card.h"
#include "core/values/model_summary.h"

#include <QWidget>

class QAction;
class QPushButton;

namespace thaw {

class ModelCardView;
class Settings;
struct FreezePlan;

/// The model card with what can be done with it: copy, save as Markdown or JSON.
class ModelPage : public QWidget {
    Q_OBJECT
public:
    explicit ModelPage(Settings& settings, QWidget* parent = nullptr);

    void setCard(const ModelCard& card);  ///< of the model that setModel names next
    void setModel(const ModelSummary& model);
    void setPlan(const FreezePlan& plan);
    void setChecksum(const QString& file, const QString& sha256);
    ModelCardView* view() const { return view_; }
    QAction* showAction() const { return show_; }  ///< brings the page to the front

    void copy() const;
    void askWhereToSave();
    /// As JSON where the name ends so, else as Markdown; announces savedTo or saveFailed.
    void save(const QString& path);

Q_SIGNALS:
    /// The open model again, with another preconditioning in its name (core/values/model_name.h).
    void openRequested(const QString& name);
    void savedTo(const QString& path);
    void saveFailed(const QString& path, const QString& why);

private:
    Settings& settings_;
    ModelCard card_;
    ModelCardView* view_;
    QPushButton* copy_;
    QPushButton* save_;
    QAction* show_;
};

}  // namespace thaw
