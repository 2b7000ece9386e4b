// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/shared/compare_columns.h"
#include "core/values/band_filter.h"
#include "core/values/image.h"

#include <QObject>

#include <optional>
#include <vector>

namespace thaw {

class ComputeThread;
class KnownRuns;
class SampleGrid;
class Selection;

/// The columns of the comparison: what each shows, and the newest request of each to the compute thread, which has a slot for
/// every column. Headings and images go into the grid as they come.
class SampleColumns : public QObject {
    Q_OBJECT
public:
    SampleColumns(ComputeThread& compute, const Selection& selection, SampleGrid& grid, QObject* parent = nullptr);

    /// All columns anew, without images; restart() asks for them.
    void set(const std::vector<ColumnSpec>& columns);
    std::vector<ColumnSpec> specs() const;
    const ColumnSpec& spec(int column) const { return columns_[std::size_t(column)].spec; }
    /// What is asked for in that column of the model that is open.
    ColumnSpec sampled(int column) const { return sampled(spec(column)); }
    int count() const { return int(columns_.size()); }
    void add(const ColumnSpec& column);  ///< and asks for its images
    void remove(int column);             ///< the last one stays
    void move(int column, int to);
    /// Of the first column that shows the original in many steps.
    void setSteps(int steps);

    /// Columns of runs are named as these are.
    void setRuns(const KnownRuns* runs);

    /// Images a column; they are those of the seeds from the selection's first one on.
    void setImageCount(int images) { images_ = images; }
    std::vector<std::uint64_t> seeds() const;
    /// What the columns of the tuned generator are called; empty = there is none, and they are not asked for.
    void setRunTitle(const QString& title);
    const QString& runTitle() const { return runTitle_; }
    void setShift(const LatentShift& shift) { shift_ = shift; }
    const LatentShift& shift() const { return shift_; }
    /// Band surgery on every generated column.
    void setModelIsStudent(bool isStudent);  ///< from the next request on
    bool modelIsStudent() const { return modelIsStudent_; }
    void setFilter(const std::optional<BandFilter>& filter);
    const std::optional<BandFilter>& filter() const { return filter_; }

    /// The generator of that column is conditional, as far as is known.
    bool hasClasses(int column) const;
    /// Headings, hints and badges of all columns; images stay.
    void showHeadings();

    /// Asks for every column anew; what is shown stays until the images come.
    void restart();
    void refreshTuned();  ///< the same for the tuned generator alone
    void forgetTuned();
    void requestQuick();  ///< generated columns of one step: they follow a moving pointer
    void requestSlow();   ///< generated columns of many steps
    void giveUp();        ///< the request in progress ended with an error
    /// True once all columns but the tuned generator's are complete.
    bool originalComplete() const;

Q_SIGNALS:
    void changed();  ///< headings or images
    void originalCompleted();

private:
    struct Shown {
        ColumnSpec spec;
        int slot = 0;            // of its requests on the compute thread
        quint64 generation = 0;  // of the newest request; older answers are dropped
        bool complete = false;
    };

    QString captionOf(const Shown& column, const SampleColumn& samples) const;
    ColumnSpec sampled(const ColumnSpec& spec) const;
    void request(Shown& column);
    void requestGenerated(bool slow);
    void show(quint64 generation, const SampleColumn& samples);

    ComputeThread& compute_;
    const Selection& selection_;
    SampleGrid& grid_;
    const KnownRuns* runs_ = nullptr;
    std::vector<Shown> columns_;
    int nextSlot_ = 16;  // apart from the slots that sources have of their own
    int images_ = 16;
    QString runTitle_;
    LatentShift shift_;
    std::optional<BandFilter> filter_;
    bool modelIsStudent_ = false;
};

}  // namespace thaw
