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
    void on_plugging(std::function<void()> tell);  // an empty one ends it
    // Somebody was told.
    void told(bool plugged);

  private:
    std::mutex mutex_;
    std::condition_variable said_;
    bool there_ = true, plugged_ = false, told_ = false;
    Descriptor to_watcher_;
    std::function<void()> tell_;  // called with mutex_ held, so that nobody hears it after the end
};

class EmulatedJackSource final : public JackSource {
  public:
    explicit EmulatedJackSource(std::shared_ptr<EmulatedJack> jack) : jack_(std::move(jack)) {}
    ~EmulatedJackSource() override { jack_->on_plugging({}); }
    EmulatedJackSource(const EmulatedJackSource&) = delete;
    EmulatedJackSource& operator=(const EmulatedJackSource&) = delete;
    base::Result<OpenJack> open() override { return jack_->open(); }
    void on_plugging(std::function<void()> tell) override { jack_->on_plugging(std::move(tell)); }

  private:
    std::shared_ptr<EmulatedJack> jack_;
};

}  // namespace drivers::headphones
