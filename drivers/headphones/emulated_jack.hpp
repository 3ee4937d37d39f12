// A jack in memory: the true bytes of its switch come through a pipe. Commands may come from any
// one thread and return when the watcher has been given time to say what changed.
#pragma once

#include "drivers/headphones/jack_source.hpp"

#include <condition_variable>
#include <mutex>

namespace drivers::headphones {

class EmulatedJack {
  public:
    void plug(bool plugged);
    void attach(bool there);  // the whole jack, as a USB sound card has one

    // The source's side.
    base::Result<OpenJack> open();
    // Somebody was told.
    void told(bool plugged);

  private:
    std::mutex mutex_;
    std::condition_variable said_;
    bool there_ = true, plugged_ = false, told_ = false;
    Descriptor to_watcher_;
};

class EmulatedJackSource final : public JackSource {
  public:
    explicit EmulatedJackSource(std::shared_ptr<EmulatedJack> jack) : jack_(std::move(jack)) {}
    base::Result<OpenJack> open() override { return jack_->open(); }

  private:
    std::shared_ptr<EmulatedJack> jack_;
};

}  // namespace drivers::headphones
