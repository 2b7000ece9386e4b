// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/checkpoint.h"

#include <torch/types.h>

#include <map>
#include <memory>
#include <string>

namespace thaw {

/// Reads the tensors of an indexed checkpoint one at a time, straight into place where type and layout allow, so that
/// opening a file needs little more than the tensors themselves. Throws FileDamaged.
class TensorReader {
public:
    explicit TensorReader(const Checkpoint& checkpoint);
    ~TensorReader();

    /// A new contiguous CPU tensor of the stored type.
    torch::Tensor read(const StoredTensor& tensor);
    /// Into a contiguous CPU tensor of the same shape and any type.
    void readInto(const StoredTensor& tensor, const torch::Tensor& target);

private:
    struct Source;
    Source& sourceOf(const StoredTensor& tensor);
    void bytes(const StoredTensor& tensor, std::uint64_t offset, std::uint64_t length, void* target);

    const Checkpoint& checkpoint_;
    std::map<std::string, std::unique_ptr<Source>> sources_;  // by path
};

}  // namespace thaw
