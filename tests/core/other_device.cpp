// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/other_device.h"

#include <ATen/NativeFunctions.h>
#include <ATen/core/op_registration/op_registration.h>
#include <c10/core/impl/DeviceGuardImplInterface.h>
#include <torch/library.h>
#include <torch/torch.h>

#include <atomic>
#include <mutex>
#include <set>

namespace thaw::elsewhere {
namespace {

std::atomic<std::int64_t> reads{0}, uploads{0}, held{0}, limit{-1};
std::atomic<int> forbidden{0};

void wait(std::atomic<std::int64_t>& counter, const std::string& name) {
    ++counter;
    TORCH_CHECK(forbidden == 0, "The host waits for the device in '", name, "'.");
}

// ---- memory: a tensor here keeps the CPU's tensor that it stands for

bool isHere(const at::Tensor& t) { return t.defined() && t.device().type() == kDevice.type(); }

std::int64_t bytesOf(const at::Tensor& cpu) { return std::int64_t(cpu.storage().nbytes()); }

void take(std::int64_t bytes) {
    const auto most = limit.load();
    TORCH_CHECK(most < 0 || held + bytes <= most, "XPU out of memory. Tried to allocate ", bytes, " bytes.");
    held += bytes;
}

at::Tensor onStorage(c10::Storage storage, const at::Tensor& like) {
    auto t = at::detail::make_tensor<c10::TensorImpl>(std::move(storage), c10::DispatchKeySet(c10::DispatchKey::XPU),
                                                      like.dtype());
    return t;
}

at::Tensor moved(const at::Tensor& cpu) {
    take(bytesOf(cpu));
    auto* kept = new at::Tensor(cpu);
    c10::DataPtr pointer(
        cpu.storage().data_ptr().get(), kept,
        [](void* context) {
            auto* tensor = static_cast<at::Tensor*>(context);
            held -= bytesOf(*tensor);
            delete tensor;
        },
        kDevice);
    auto t = onStorage(
        c10::Storage(c10::Storage::use_byte_size_t(), cpu.storage().nbytes(), std::move(pointer), nullptr, false), cpu);
    t.unsafeGetTensorImpl()->set_sizes_and_strides(cpu.sizes(), cpu.strides(), cpu.storage_offset());
    return t;
}

char* memoryOf(const at::Tensor& t) {
    return static_cast<char*>(t.storage().data_ptr().get()) + t.storage_offset() * std::int64_t(t.element_size());
}

at::Tensor twin(const at::Tensor& here) {
    // An empty one may be the result that an operation is to give its size.
    if (here.numel() == 0) return at::empty_strided(here.sizes(), here.strides(), here.options().device(at::kCPU));
    return at::from_blob(memoryOf(here), here.sizes(), here.strides(), here.options().device(at::kCPU));
}

// ---- operations: unpack, do as the CPU does, pack

struct Call {
    std::vector<std::pair<at::Tensor, at::Tensor>> twins;  // here, on the CPU
    std::string name;

    at::Tensor unpack(const at::Tensor& t) {
        if (!t.defined()) return t;
        if (!isHere(t)) {
            TORCH_CHECK(t.dim() == 0 && t.device().is_cpu(), "'", name, "' mixes the device with a tensor of ",
                        t.device(), ".");
            return t;
        }
        twins.emplace_back(t, twin(t));
        return twins.back().second;
    }

    at::Tensor pack(const at::Tensor& cpu) const {
        if (!cpu.defined()) return cpu;
        for (const auto& [here, there] : twins)
            if (cpu.unsafeGetTensorImpl() == there.unsafeGetTensorImpl()) return here;
        for (const auto& [here, there] : twins)
            if (there.numel() > 0 && cpu.storage().data_ptr().get() == there.storage().data_ptr().get()) {
                auto view = onStorage(here.storage(), cpu);
                view.unsafeGetTensorImpl()->set_sizes_and_strides(cpu.sizes(), cpu.strides(),
                                                                  here.storage_offset() + cpu.storage_offset());
                return view;
            }
        return moved(cpu);
    }

    // A result that was empty has been given its size on the CPU's side only.
    void adoptResults() const {
        for (const auto& [here, there] : twins) {
            if (here.sizes() == there.sizes()) continue;
            auto* impl = here.unsafeGetTensorImpl();
            impl->set_storage_keep_dtype(moved(there).storage());
            impl->set_sizes_and_strides(there.sizes(), there.strides(), there.storage_offset());
        }
    }
};

c10::IValue unpacked(Call& call, const c10::IValue& value) {
    if (value.isTensor()) return call.unpack(value.toTensor());
    if (value.isTensorList()) {
        std::vector<at::Tensor> all;
        for (const auto& t : value.toTensorVector()) all.push_back(call.unpack(t));
        return all;
    }
    if (value.isOptionalTensorList()) {
        c10::List<c10::optional<at::Tensor>> all;
        for (const c10::optional<at::Tensor>& t : value.toOptionalTensorList())
            all.push_back(t ? c10::optional<at::Tensor>(call.unpack(*t)) : t);
        return all;
    }
    if (value.isDevice() && value.toDevice().type() == kDevice.type()) return at::Device(at::kCPU);
    return value;
}

c10::IValue packed(const Call& call, const c10::IValue& value) {
    if (value.isTensor()) return call.pack(value.toTensor());
    if (value.isTensorList()) {
        std::vector<at::Tensor> all;
        for (const auto& t : value.toTensorVector()) all.push_back(call.pack(t));
        return all;
    }
    return value;
}

const std::set<std::string>& readingOperations() {
    static const std::set<std::string> all{
        "aten::nonzero",   "aten::equal",      "aten::masked_select", "aten::_unique2",
        "aten::is_set_to", "aten::unique_dim", "aten::bincount",      "aten::unique_consecutive"};
    return all;
}

const std::set<std::string>& drawingOperations() {
    static const std::set<std::string> all{"aten::normal_",   "aten::uniform_", "aten::bernoulli_",    "aten::random_",
                                           "aten::bernoulli", "aten::randperm", "aten::native_dropout"};
    return all;
}

void asOnTheCpu(const c10::OperatorHandle& op, torch::jit::Stack* stack) {
    Call call;
    call.name = op.schema().name();
    if (readingOperations().count(call.name) > 0) wait(reads, call.name);
    TORCH_CHECK(drawingOperations().count(call.name) == 0, "'", call.name, "' draws random numbers on the device.");
    const auto count = op.schema().arguments().size();
    const auto first = stack->size() - count;
    for (std::size_t i = 0; i < count; ++i) (*stack)[first + i] = unpacked(call, (*stack)[first + i]);
    op.callBoxed(stack);
    const auto results = op.schema().returns().size();
    call.adoptResults();
    for (auto it = stack->end() - std::ptrdiff_t(results); it != stack->end(); ++it) *it = packed(call, *it);
}

// ---- operations that a fallback cannot do

at::Tensor emptyHere(at::IntArrayRef size, c10::optional<at::ScalarType> type, c10::optional<at::Layout>,
                     c10::optional<at::Device>, c10::optional<bool>, c10::optional<at::MemoryFormat> format) {
    return moved(at::empty(size, at::TensorOptions().dtype(type).device(at::kCPU), format));
}

at::Tensor emptyStridedHere(at::IntArrayRef size, at::IntArrayRef stride, c10::optional<at::ScalarType> type,
                            c10::optional<at::Layout>, c10::optional<at::Device>, c10::optional<bool>) {
    return moved(at::empty_strided(size, stride, at::TensorOptions().dtype(type).device(at::kCPU)));
}

at::Tensor& copyHere(at::Tensor& self, const at::Tensor& source, bool nonBlocking) {
    if (isHere(self) != isHere(source) && !nonBlocking) wait(isHere(self) ? uploads : reads, "copy_");
    auto target = isHere(self) ? twin(self) : self;
    if (self.numel() > 0) target.copy_(isHere(source) ? twin(source) : source);
    return self;
}

at::Scalar itemHere(const at::Tensor& self) {
    wait(reads, "item");
    return twin(self).item();
}

at::Tensor convolutionHere(const at::Tensor& x, const at::Tensor& weight, const c10::optional<at::Tensor>& bias,
                           at::IntArrayRef stride, at::IntArrayRef padding, at::IntArrayRef dilation, bool transposed,
                           at::IntArrayRef outputPadding, std::int64_t groups) {
    Call call;
    call.name = "convolution";
    const auto b = bias && bias->defined() ? c10::optional<at::Tensor>(call.unpack(*bias)) : c10::nullopt;
    return moved(at::convolution(call.unpack(x), call.unpack(weight), b, stride, padding, dilation, transposed,
                                 outputPadding, groups));
}

std::tuple<at::Tensor, at::Tensor, at::Tensor> convolutionBackwardHere(const at::Tensor& gradient, const at::Tensor& x,
                                                                       const at::Tensor& weight, at::IntArrayRef stride,
                                                                       at::IntArrayRef padding,
                                                                       at::IntArrayRef dilation, bool transposed,
                                                                       at::IntArrayRef outputPadding,
                                                                       std::int64_t groups, std::array<bool, 3> mask) {
    Call call;
    call.name = "convolution_backward";
    const std::vector<std::int64_t> biasSize{gradient.size(1)};
    const auto all =
        at::convolution_backward(call.unpack(gradient), call.unpack(x), call.unpack(weight), at::IntArrayRef(biasSize),
                                 stride, padding, dilation, transposed, outputPadding, groups, mask);
    return {call.pack(std::get<0>(all)), call.pack(std::get<1>(all)), call.pack(std::get<2>(all))};
}

TORCH_LIBRARY_IMPL(_, XPU, m) { m.fallback(torch::CppFunction::makeFromBoxedFunction<&asOnTheCpu>()); }

TORCH_LIBRARY_IMPL(aten, XPU, m) {
    m.impl("empty.memory_format", TORCH_FN(emptyHere));
    m.impl("empty_strided", TORCH_FN(emptyStridedHere));
    m.impl("as_strided", TORCH_FN(at::native::as_strided_tensorimpl));
    m.impl("view", TORCH_FN(at::native::view));
    m.impl("_reshape_alias", TORCH_FN(at::native::_reshape_alias));
    m.impl("unfold", TORCH_FN(at::native::unfold));
    m.impl("copy_", TORCH_FN(copyHere));
    m.impl("_local_scalar_dense", TORCH_FN(itemHere));
    m.impl("convolution_overrideable", TORCH_FN(convolutionHere));
    m.impl("convolution_backward_overrideable", TORCH_FN(convolutionBackwardHere));
}

// ---- streams and events, which have always done everything already

struct Guard final : c10::impl::DeviceGuardImplInterface {
    c10::DeviceType type() const override { return kDevice.type(); }
    c10::Device exchangeDevice(c10::Device) const override { return kDevice; }
    c10::Device getDevice() const override { return kDevice; }
    void setDevice(c10::Device) const override {}
    void uncheckedSetDevice(c10::Device) const noexcept override {}
    c10::Stream getStream(c10::Device) const noexcept override { return c10::Stream(c10::Stream::DEFAULT, kDevice); }
    c10::Stream getDefaultStream(c10::Device) const override { return c10::Stream(c10::Stream::DEFAULT, kDevice); }
    c10::Stream exchangeStream(c10::Stream) const noexcept override {
        return c10::Stream(c10::Stream::DEFAULT, kDevice);
    }
    c10::DeviceIndex deviceCount() const noexcept override { return 1; }
    void record(void**, const c10::Stream&, const c10::DeviceIndex, const c10::EventFlag) const override {}
    void block(void*, const c10::Stream&) const override {}
    bool queryEvent(void*) const override { return true; }
    void destroyEvent(void*, const c10::DeviceIndex) const noexcept override {}
    bool queryStream(const c10::Stream&) const override { return true; }
    void synchronizeStream(const c10::Stream&) const override {}
    void recordDataPtrOnStream(const c10::DataPtr&, const c10::Stream&) const override {}
};
C10_REGISTER_GUARD_IMPL(XPU, Guard)

}  // namespace

Waits waits() { return {reads, uploads}; }

void resetWaits() { reads = uploads = 0; }

NoWaiting::NoWaiting() { ++forbidden; }
NoWaiting::~NoWaiting() { --forbidden; }

MemoryLimit::MemoryLimit(std::int64_t bytes) { limit = held + bytes; }
MemoryLimit::~MemoryLimit() { limit = -1; }

std::int64_t bytesHeld() { return held; }

std::vector<torch::Device> devices() {
    std::vector<torch::Device> all{kDevice};
    if (!torch::cuda::is_available()) return all;
    at::globalContext().setAllowTF32CuDNN(false);  // as chooseCompute has it
    all.emplace_back(torch::kCUDA, 0);
    return all;
}

}  // namespace thaw::elsewhere
