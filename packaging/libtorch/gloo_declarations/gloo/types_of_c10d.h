// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the header of c10d's ProcessGroupGloo says of Gloo, declared by ourselves: LibTorch's archives have Gloo
// inside of libtorch_cpu.so and leave its headers out. TorchConfig.cmake puts this folder on the include path of
// such an archive.
//
// It is enough to construct a group and to call it through its virtual functions, and no more. That is sound,
// because of these types nothing is used but pointers that LibTorch made: a device goes from createDefaultDevice
// into Options::devices, both shared_ptr, whose size and destruction do not depend on the type behind; c10d's
// classes hold all others by pointer too, so that their sizes are LibTorch's. No virtual function of these classes
// is called, and no object of them, nor of a class derived from them (GlooStore), is made outside of LibTorch,
// whose own tables of virtual functions count alone; packaging/bundle.sh looks whether our programs have none.

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace gloo {

class Context {
public:
    void setTimeout(std::chrono::milliseconds timeout);
};

namespace rendezvous {

class Store {
public:
    virtual ~Store();
    virtual void set(const std::string& key, const std::vector<char>& data) = 0;
    virtual std::vector<char> get(const std::string& key) = 0;
    virtual void wait(const std::vector<std::string>& keys) = 0;
    virtual void wait(const std::vector<std::string>& keys, const std::chrono::milliseconds& timeout);
};

}  // namespace rendezvous

namespace transport {

class Device;

class UnboundBuffer {
public:
    virtual ~UnboundBuffer() = 0;
};

}  // namespace transport
}  // namespace gloo
