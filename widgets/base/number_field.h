// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>

#include <cstdint>
#include <optional>

namespace thaw {

/// A line for one number over any number of decades: "2e-4" and "0.0002" are the same, in the locale's writing or in
/// the C locale's. Up and Down double and halve a real number and step a whole one.
class NumberField : public QLineEdit {
    Q_OBJECT
public:
    enum class Kind { Real, Whole };

    explicit NumberField(Kind kind, QWidget* parent = nullptr);

    void setReal(double value);  ///< does not emit valueEdited
    void setWhole(std::uint64_t value);
    std::optional<double> real() const;  ///< nothing when the text is no number
    std::optional<std::int64_t> whole() const;
    std::optional<std::uint64_t> unsignedWhole() const;
    void setStep(std::uint64_t step) { step_ = step; }

    /// The number as the field writes it.
    static QString realText(double value);

Q_SIGNALS:
    void valueEdited();  ///< the user changed the text, by key or step

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void step(int direction);

    Kind kind_;
    std::uint64_t step_ = 1;
};

}  // namespace thaw
