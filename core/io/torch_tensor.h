// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/torch_pickle.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace thaw {

/// Reads what a pickled tensor says of itself: type, shape, strides, and where its storage lies. Nothing is called.
class PickledTensors {
public:
    /// As collectTensors has them; all must outlive the object.
    PickledTensors(const pickle::Document& document, std::string_view source, std::uint64_t base,
                   const StorageLocator& locate)
        : d_(document), source_(source), base_(base), locate_(locate) {}

    /// A call of one of torch's functions that rebuild tensors.
    bool isTensor(pickle::Ref ref) const;
    /// Throws std::runtime_error with a short reason, UnsupportedContent for tensors that are no plain arrays.
    StoredTensor read(const std::string& name, pickle::Ref ref);

private:
    void rebuild(pickle::Ref function, const std::vector<pickle::Ref>& arguments, StoredTensor& tensor, int depth);
    void rebuild(pickle::Ref ref, StoredTensor& tensor, int depth);
    void storage(pickle::Ref ref, StoredTensor& tensor, std::optional<NumberType> type);
    void nested(pickle::Ref ref, StoredTensor& tensor, std::optional<NumberType> type);
    const std::string* latin1(pickle::Ref ref, StoredTensor& tensor);
    NumberType dtype(pickle::Ref ref) const;
    std::int64_t integer(pickle::Ref ref, const std::string& name) const;
    std::vector<std::int64_t> integers(pickle::Ref ref, const std::string& name) const;
    void checkExtent(const StoredTensor& tensor);

    const pickle::Document& d_;
    std::string_view source_;
    std::uint64_t base_;
    const StorageLocator& locate_;
    std::uint64_t repeated_ = 0;  // numbers that strides of 0 make of fewer
    std::map<pickle::Ref, std::shared_ptr<const std::string>> decoded_;
};

}  // namespace thaw
