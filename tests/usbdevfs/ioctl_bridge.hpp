// From umockdev's handler of one device node (GObject, called on umockdev's own thread) to C++.
#pragma once

#include "base/bytes.hpp"

#include <umockdev.h>

#include <memory>

namespace usbdevfs {

// A piece of the caller's memory that umockdev has fetched, or will write back.
using Data = std::shared_ptr<UMockdevIoctlData>;
// `size` bytes behind the pointer that stands at `offset` of `data`; none when they cannot be had.
Data behind_pointer(UMockdevIoctlData* data, std::size_t offset, std::size_t size);
void overwrite(UMockdevIoctlData* data, std::size_t offset, const void* bytes, std::size_t size);

// One device node, whoever has opened it. Every ioctl is answered before the call returns.
class DeviceFile {
  public:
    // Tells openings of the node apart; never looked into.
    using Opening = const void*;

    virtual ~DeviceFile() = default;
    virtual int ioctl(Opening opening, unsigned long request,
                      UMockdevIoctlData* argument) = 0;  // 0 or an errno
    virtual void closed(Opening opening) = 0;
};

// The handler of that file, for umockdev_testbed_attach_ioctl; keeps the file alive.
std::shared_ptr<UMockdevIoctlBase> handler_of(std::shared_ptr<DeviceFile> file);

}  // namespace usbdevfs
