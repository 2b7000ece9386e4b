// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/shared/compare_columns.h"
#include "core/values/band_filter.h"
#include "core/values/image.h"
#include "core/values/sample_request.h"

#include <QObject>

#include <optional>
#include <vector>

namespace thaw {

class ComputeThread;
class KnownRuns;
class OpenVersions;
class SampleGrid;
class Selection;

/// The columns of the comparison: what each shows, and the newest request of each to the compute thread, which has a slot for
/// every column. Headings and images go into the grid as they come. Every column knows what its images answer: its heading
/// says that, and where it is not what would be asked for now the column is dimmed (StaleVeil).
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
    /// The same while it learns on, but for columns that are on their way: asked for again and again, a large network would
    /// never come to their end.
    void renewTuned();
    void forgetTuned();
    void requestQuick();  ///< generated columns of one step: they follow a moving pointer
    void requestSlow();   ///< generated columns of many steps
    void expectSlow();    ///< requestSlow will come: until then those columns are on their way
    /// True once all columns but the tuned generator's are complete.
    bool originalComplete() const;

    /// Whether all columns answer what would be asked for now.
    enum class Freshness { Fresh, Coming, Outdated };
    Freshness freshness() const;
    Freshness freshness(int column) const;
    void renew();  ///< asks again for what is out of date and not on its way
    /// What the images of a column answer; nothing while it has none.
    const SampleRequest* answered(int column) const;
    /// The number of its newest request; 0 without one.
    quint64 newestRequest(int column) const { return columns_[std::size_t(column)].generation; }

Q_SIGNALS:
    void changed();  ///< headings or images
    void originalCompleted();

private:
    // A request and what it would not say itself.
    struct Asked {
        SampleRequest request;
        int model = 0, data = 0, run = 0;

        bool operator==(const Asked&) const = default;
    };
    struct Shown {
        ColumnSpec spec;
        int slot = 0;            // of its requests on the compute thread
        quint64 generation = 0;  // of the newest request; older answers are dropped
        bool complete = false;
        bool expected = false;         // it will be asked for in a moment
        std::optional<Asked> asked{};  // the newest request
        std::optional<Asked> shown{};  // what the images in the grid answer
    };

    QString captionOf(const ColumnSpec& spec, const SampleColumn& samples) const;
    ColumnSpec sampled(const ColumnSpec& spec) const;
    Asked wanted(const Shown& column) const;
    bool exists(const Shown& column) const;
    bool isCurrent(int column) const;
    bool isWhole(int column) const;
    bool isOnTheWay(const Shown& column) const;
    void showFreshness();
    void giveUp(const std::vector<quint64>& generations);
    void request(Shown& column);
    void requestGenerated(bool slow);
    void show(quint64 generation, const SampleColumn& samples);

    ComputeThread& compute_;
    const Selection& selection_;
    SampleGrid& grid_;
    const KnownRuns* runs_ = nullptr;
    OpenVersions* versions_;
    std::vector<Shown> columns_;
    int nextSlot_ = 16;  // apart from the slots that sources have of their own
    int images_ = 16;
    QString runTitle_;
    LatentShift shift_;
    std::optional<BandFilter> filter_;
    bool modelIsStudent_ = false;
};

}  // namespace thaw
