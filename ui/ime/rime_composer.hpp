// Simplified pinyin by librime (luna_pinyin_simp). Its user dictionary is off and its user folder
// is private, temporary and deleted, so nothing is learnt and nothing is kept. prepare() loads on a
// thread of its own; a key that comes before the end waits for it (tens of milliseconds). librime
// serves one instance per process. Never fails loudly: without data the state is `unavailable`.
#pragma once

#include "ui/ime/text_composer.hpp"

#include <filesystem>
#include <memory>

namespace ui::ime {

struct RimeFolders {
    std::filesystem::path shared = "/usr/share/rime-data";  // with its compiled `build` folder
    std::filesystem::path temporary = "/dev/shm";           // memory, where there is one
};

class RimeComposer final : public TextComposer {
  public:
    explicit RimeComposer(RimeFolders folders);
    ~RimeComposer() override;

    void prepare() override;
    State state() override;
    void finish_preparing() override { ready(); }
    bool type(char letter) override;
    void erase() override;
    std::optional<std::string> choose(std::size_t candidate) override;
    Composition composition() override;
    void clear() override;

  private:
    class Engine;
    bool ready();  // waits for a load that has begun
    std::unique_ptr<Engine> engine_;
};

}  // namespace ui::ime
