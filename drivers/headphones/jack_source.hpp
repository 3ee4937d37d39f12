// Where the bytes of a jack's switch come from: the kernel or an emulated jack. All calls come from
// the watcher's thread. Fault: HeadphoneJackAbsent.
#pragma once

#include "base/result.hpp"

#include <functional>
#include <memory>
#include <utility>

namespace drivers::headphones {

// A file descriptor that is closed with its owner.
class Descriptor {
  public:
    explicit Descriptor(int number = -1) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~Descriptor();
    int number() const { return number_; }

  private:
    int number_;
};

struct OpenJack {
    Descriptor events;     // struct input_event, to be read and waited for
    bool plugged = false;  // as the switch stands now
};

class JackSource {
  public:
    virtual ~JackSource() = default;
    virtual base::Result<OpenJack> open() = 0;
    // From now on calls `tell`, from any thread, when something was plugged in or pulled out that
    // may have a jack. A hint only, as in usb_transport.hpp: it returns at once, and is not called
    // after the destructor.
    virtual void on_plugging(std::function<void()> tell) = 0;
};

}  // namespace drivers::headphones
