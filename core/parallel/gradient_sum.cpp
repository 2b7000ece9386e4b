// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/parallel/gradient_sum.h"

#include "core/parallel/processes_impl.h"

#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/function_hook.h>
#include <torch/csrc/autograd/variable.h>
#include <torch/torch.h>

#include <algorithm>
#include <unordered_set>

namespace thaw {
namespace {

using torch::autograd::Node;
using torch::autograd::variable_list;

// What a parameter's gradient is added up by calls this after it has done so.
class AfterGradient : public torch::autograd::FunctionPostHook {
public:
    explicit AfterGradient(std::function<void()> work) : work_(std::move(work)) {}
    variable_list operator()(const variable_list& outputs, const variable_list& /*inputs*/) override {
        work_();
        return outputs;
    }

private:
    std::function<void()> work_;
};

std::unordered_set<Node*> nodesBelow(const torch::Tensor& loss) {
    std::unordered_set<Node*> seen;
    std::vector<Node*> open;
    const auto visit = [&](Node* node) {
        if (node && seen.insert(node).second) open.push_back(node);
    };
    visit(loss.grad_fn().get());
    while (!open.empty()) {
        const auto* node = open.back();
        open.pop_back();
        for (const auto& edge : node->next_edges()) visit(edge.function.get());
    }
    return seen;
}

struct Bucket {
    std::vector<std::size_t> parameters;
    std::size_t missing = 0;        // gradients that are still to come
    std::vector<std::size_t> sent;  // the parameters that have one
    torch::Tensor flat;
    c10::intrusive_ptr<c10d::Work> work;
};

}  // namespace

struct GradientSum::Impl {
    ProcessesPtr processes;
    std::vector<torch::Tensor> parameters;
    std::vector<std::shared_ptr<Node>> accumulators;
    std::vector<std::uintptr_t> hooks;
    std::vector<std::size_t> bucketOf;
    std::vector<Bucket> buckets;
    std::size_t next = 0, early = 0;  // buckets are sent in order, the same in every process
    bool expecting = false;

    void arrived(std::size_t parameter) {
        if (!expecting) return;
        --buckets[bucketOf[parameter]].missing;
        withOthers(*processes, [&] { sendWhatIsComplete(); });
    }

    void sendWhatIsComplete() {
        for (; next < buckets.size() && buckets[next].missing == 0; ++next) send(buckets[next]);
    }

    void send(Bucket& bucket) {
        const torch::NoGradGuard numbersAlone;
        std::vector<torch::Tensor> gradients;
        bucket.sent.clear();
        for (const auto i : bucket.parameters) {
            const auto& gradient = parameters[i].grad();
            if (!gradient.defined()) continue;
            bucket.sent.push_back(i);
            gradients.push_back(gradient.reshape({-1}));
        }
        if (gradients.empty()) return;
        bucket.flat = torch::cat(gradients);
        std::vector<torch::Tensor> tensors{bucket.flat};
        bucket.work = processes->impl().data->allreduce(tensors);
    }

    void receive(Bucket& bucket) {
        if (!bucket.work) return;
        bucket.work->wait();
        const torch::NoGradGuard numbersAlone;
        std::int64_t at = 0;
        for (const auto i : bucket.sent) {
            auto& parameter = parameters[i];
            parameter.mutable_grad() = bucket.flat.narrow(0, at, parameter.numel()).view(parameter.sizes());
            at += parameter.numel();
        }
        bucket.work = {};
        bucket.flat = torch::Tensor();
    }
};

GradientSum::GradientSum(ProcessesPtr processes, std::vector<torch::Tensor> parameters, std::int64_t firstBucket,
                         std::int64_t bucket)
    : impl_(std::make_unique<Impl>()) {
    auto& impl = *impl_;
    impl.processes = std::move(processes);
    impl.parameters = std::move(parameters);
    impl.bucketOf.resize(impl.parameters.size());
    std::int64_t room = 0;
    // The last layers' gradients are there first.
    for (std::size_t i = impl.parameters.size(); i-- > 0;) {
        const auto size = impl.parameters[i].numel();
        if (impl.buckets.empty() || size > room) {
            room = impl.buckets.empty() ? firstBucket : bucket;
            impl.buckets.emplace_back();
        }
        room -= size;
        impl.buckets.back().parameters.push_back(i);
        impl.bucketOf[i] = impl.buckets.size() - 1;
    }
    for (std::size_t i = 0; i < impl.parameters.size(); ++i) {
        const auto accumulator = torch::autograd::impl::grad_accumulator(impl.parameters[i]);
        impl.hooks.push_back(
            accumulator->add_post_hook(std::make_unique<AfterGradient>([this, i] { impl_->arrived(i); })));
        impl.accumulators.push_back(accumulator);
    }
}

GradientSum::~GradientSum() {
    for (std::size_t i = 0; i < impl_->hooks.size(); ++i) impl_->accumulators[i]->del_post_hook(impl_->hooks[i]);
}

void GradientSum::backward(const torch::Tensor& loss) {
    auto& impl = *impl_;
    const auto used = nodesBelow(loss);
    for (auto& bucket : impl.buckets) {
        bucket.missing = 0;
        for (const auto i : bucket.parameters) bucket.missing += used.count(impl.accumulators[i].get());
    }
    impl.next = 0;
    impl.expecting = true;
    const auto end = [&] { impl.expecting = false; };
    try {
        withOthers(*impl.processes, [&] { impl.sendWhatIsComplete(); });
        loss.backward();
    } catch (...) {
        end();
        throw;
    }
    end();
    impl.early = impl.next;
    withOthers(*impl.processes, [&] {
        for (auto& bucket : impl.buckets) bucket.missing = 0;
        impl.sendWhatIsComplete();
        for (auto& bucket : impl.buckets) impl.receive(bucket);
    });
}

std::size_t GradientSum::bucketCount() const { return impl_->buckets.size(); }
std::size_t GradientSum::sentEarly() const { return impl_->early; }

}  // namespace thaw
