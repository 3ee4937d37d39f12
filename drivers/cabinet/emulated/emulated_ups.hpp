// A UPS in memory that is asked like upsd: it answers in the words upsc prints. Commands may come
// from any thread.
#pragma once

#include "drivers/cabinet/ups/ups_watcher.hpp"

#include <mutex>
#include <string>

namespace drivers::cabinet {

class EmulatedUps {
  public:
    void set(std::string status, int charge_percent, int runtime_s);
    void say(std::string text);     // exactly this
    void fall_silent(bool silent);  // upsd is away
    base::Result<std::string> ask() const;

  private:
    mutable std::mutex mutex_;
    std::string text_ = text_of("OL", 100, 3600);
    bool silent_ = false;
    static std::string text_of(const std::string& status, int charge_percent, int runtime_s);
};

class EmulatedUpsSource final : public UpsSource {
  public:
    explicit EmulatedUpsSource(std::shared_ptr<EmulatedUps> ups) : ups_(std::move(ups)) {}
    base::Result<std::string> ask() override { return ups_->ask(); }

  private:
    std::shared_ptr<EmulatedUps> ups_;
};

}  // namespace drivers::cabinet
