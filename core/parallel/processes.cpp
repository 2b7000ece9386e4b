// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/parallel/processes.h"

#include "core/parallel/process_groups.h"
#include "core/parallel/processes_impl.h"
#include "core/values/error.h"
#include "core/values/torch_fault.h"

#include <torch/torch.h>
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>

namespace thaw {
namespace {

// Longer than a process may be busy with what the others wait for: saving, or the teacher's samples of a batch.
constexpr std::chrono::minutes kLongestSilence(30);

std::string nameOf(const ProcessPlace& place) {
    return "Process " + std::to_string(place.rank) + " of " + std::to_string(place.size);
}

// Before groups are made, whose own patience is that of the work.
void waitForAll(const c10::intrusive_ptr<c10d::Store>& store, const ProcessPlace& place,
                std::chrono::seconds patience) {
    std::vector<std::string> keys;
    for (int rank = 0; rank < place.size; ++rank) keys.push_back(std::to_string(rank));
    store->set(keys[std::size_t(place.rank)], std::vector<std::uint8_t>{1});
    store->wait(keys, patience);
}

// The first line of LibTorch's words, which go on with a trace of its calls.
std::string firstLine(const char* words) {
    const std::string text(words);
    return text.substr(0, text.find('\n'));
}

void finish(const c10::intrusive_ptr<c10d::Work>& work) { work->wait(); }

std::string wordsOf(const std::exception_ptr& fault) {
    if (!fault) return {};
    try {
        std::rethrow_exception(fault);
    } catch (const std::exception& known) {
        return firstLine(known.what());
    } catch (...) {
        return "an unknown fault";
    }
}

// What the first of all processes that have a fault says of it. All of them ask.
std::string firstFault(const Processes& processes, const std::exception_ptr& fault) {
    auto words = wordsOf(fault);
    const auto mine = torch::from_blob(words.data(), {std::int64_t(words.size())}, torch::kByte);
    const auto all = processes.gather(mine);
    for (std::size_t rank = 0; rank < all.size(); ++rank) {
        const auto said = all[rank].contiguous();
        if (said.numel() == 0) continue;
        return "Process " + std::to_string(rank) + " of " + std::to_string(all.size()) + " could not do its part: " +
               std::string(static_cast<const char*>(said.data_ptr()), std::size_t(said.numel()));
    }
    return "Another process of this job could not do its part.";
}

}  // namespace

void withOthers(const Processes& processes, const std::function<void()>& work) {
    try {
        work();
    } catch (const Error&) {
        throw;
    } catch (const std::exception& fault) {
        if (meansOutOfMemory(fault.what())) throw;  // this one's own
        throw Error(ErrorCode::ProcessLost,
                    nameOf(processes.place()) + " has lost another one: " + firstLine(fault.what()) + ".",
                    "Look at what the lost process said. The run goes on from its newest snapshot with --resume, on "
                    "any number of processes.");
    }
}

Processes::Processes(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Processes::~Processes() = default;
int Processes::rank() const { return impl_->place.rank; }
int Processes::size() const { return impl_->place.size; }
const ProcessPlace& Processes::place() const { return impl_->place; }

std::shared_ptr<Processes> Processes::join(const ProcessPlace& place, torch::Device device,
                                           std::chrono::seconds patience) {
    auto impl = std::make_unique<Impl>();
    impl->place = place;
    try {
        c10d::TCPStoreOptions options;
        options.port = std::uint16_t(place.port);
        options.isServer = place.rank == 0;
        options.numWorkers = std::size_t(place.size);
        options.timeout = patience;
        const c10::intrusive_ptr<c10d::Store> store = c10::make_intrusive<c10d::TCPStore>(place.host, options);
        const auto part = [&](const char* name) -> c10::intrusive_ptr<c10d::Store> {
            return c10::make_intrusive<c10d::PrefixStore>(name, store);
        };
        waitForAll(part("here"), place, patience);
        impl->control = makeGlooGroup(part("control"), place.rank, place.size, kLongestSilence);
        impl->data = makeDeviceGroup(part("data"), place.rank, place.size, device, kLongestSilence);
    } catch (const Error&) {
        throw;
    } catch (const std::exception& fault) {
        throw Error(ErrorCode::ProcessLost,
                    nameOf(place) + " did not find the others at " + place.host + ", port " +
                        std::to_string(place.port) + ": " + firstLine(fault.what()) + ".",
                    "Start as many processes as WORLD_SIZE says, with the same MASTER_ADDR and a free MASTER_PORT.");
    }
    return std::shared_ptr<Processes>(new Processes(std::move(impl)));
}

void Processes::sum(torch::Tensor& values) const {
    withOthers(*this, [&] {
        std::vector<torch::Tensor> tensors{values};
        finish(impl_->data->allreduce(tensors));
    });
}

std::vector<torch::Tensor> Processes::gather(const torch::Tensor& mine, std::int64_t dim) const {
    std::vector<torch::Tensor> all;
    withOthers(*this, [&] {
        auto count = torch::tensor({mine.size(dim)}, torch::kLong);
        std::vector<torch::Tensor> counts;
        for (int i = 0; i < size(); ++i) counts.push_back(torch::zeros_like(count));
        std::vector<std::vector<torch::Tensor>> countLists{counts};
        std::vector<torch::Tensor> countInput{count};
        finish(impl_->control->allgather(countLists, countInput));
        std::int64_t most = 0;
        for (const auto& n : countLists[0]) most = std::max(most, n.item<std::int64_t>());
        // Gloo gathers tensors of one size: shorter ones are filled up, and cut again.
        auto shape = mine.sizes().vec();
        shape[std::size_t(dim)] = most;
        auto filled = torch::zeros(shape, mine.options());
        filled.narrow(dim, 0, mine.size(dim)).copy_(mine);
        std::vector<std::vector<torch::Tensor>> lists(1);
        for (int i = 0; i < size(); ++i) lists[0].push_back(torch::zeros_like(filled));
        std::vector<torch::Tensor> input{filled};
        finish(impl_->control->allgather(lists, input));
        for (int i = 0; i < size(); ++i)
            all.push_back(lists[0][std::size_t(i)].narrow(dim, 0, countLists[0][std::size_t(i)].item<std::int64_t>()));
    });
    return all;
}

bool Processes::any(bool here) const {
    auto flag = torch::tensor({here ? 1 : 0}, torch::kInt);
    withOthers(*this, [&] {
        std::vector<torch::Tensor> tensors{flag};
        c10d::AllreduceOptions options;
        options.reduceOp = c10d::ReduceOp::MAX;
        finish(impl_->control->allreduce(tensors, options));
    });
    return flag.item<int>() != 0;
}

std::string Processes::fromFirst(const std::string& text) const {
    std::string said = text;
    withOthers(*this, [&] {
        const auto send = [&](torch::Tensor tensor) {
            std::vector<torch::Tensor> tensors{std::move(tensor)};
            c10d::BroadcastOptions options;
            options.rootRank = 0;
            finish(impl_->control->broadcast(tensors, options));
        };
        auto length = torch::tensor({std::int64_t(text.size())}, torch::kLong);
        send(length);
        said.resize(std::size_t(length.item<std::int64_t>()));
        if (!said.empty()) send(torch::from_blob(said.data(), {std::int64_t(said.size())}, torch::kByte));
    });
    return said;
}

void Processes::meet() const { any(false); }

void allOrNone(const ProcessesPtr& processes, const std::function<void()>& work) {
    if (!processes) return work();
    std::exception_ptr fault;
    try {
        work();
    } catch (...) {
        fault = std::current_exception();
    }
    if (!processes->any(bool(fault))) return;
    const auto said = firstFault(*processes, fault);
    if (fault) std::rethrow_exception(fault);
    throw Error(ErrorCode::ProcessLost, said, "Mend what it names, on that process's machine.");
}

}  // namespace thaw
