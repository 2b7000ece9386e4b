// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QModelIndexList>
#include <QRegularExpression>
#include <QSortFilterProxyModel>

#include <optional>

namespace thaw {

/// Shows the parameter tensors a text matches, and the blocks and groups above them. With `*` or `?` the text is a glob
/// with exactly the freeze rule's meaning (core/values/freeze_plan.h); between slashes, `/conv[01]/`, it is a regular
/// expression (Perl's kind, found anywhere in the name); otherwise a substring, upper or lower case.
class BlockFilter : public QSortFilterProxyModel {
    Q_OBJECT
public:
    explicit BlockFilter(QObject* parent = nullptr);

    void setText(const QString& text);
    const QString& text() const { return text_; }
    /// Why the regular expression is none; empty when the text can be used.
    QString problem() const { return expression_ && !expression_->isValid() ? expression_->errorString() : QString(); }
    QModelIndexList matches() const;  ///< source indexes of the tensors that match

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    bool accepts(const QString& path) const;

    QString text_;
    bool glob_ = false;
    std::optional<QRegularExpression> expression_;
};

}  // namespace thaw
