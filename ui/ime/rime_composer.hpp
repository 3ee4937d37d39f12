// Simplified pinyin on 26 or 9 keys and strokes, by librime. Its user dictionary is off and its
// user folder is private, temporary and deleted, so nothing is learnt and nothing is kept.
// prepare() loads on a thread of its own; a key that comes before the end waits for it (about a
// tenth of a second). librime serves one instance per process. Never fails loudly: without data the
// state is `unavailable`, without those of one script that script is not offered.
#pragma once

#include "ui/ime/text_composer.hpp"

#include <filesystem>
#include <memory>

namespace ui::ime {

struct RimeFolders {
    std::filesystem::path shared = "/usr/share/rime-data";  // with its compiled `build` folder
    std::filesystem::path temporary = "/dev/shm";           // memory, where there is one
};

class RimeEngine;

class RimeComposer final : public TextComposer {
  public:
    explicit RimeComposer(RimeFolders folders);
    ~RimeComposer() override;

    void prepare() override;
    State state() override;
    void finish_preparing() override { ready(); }
    bool offers(Script script) override;
    void use(Script script) override;
    bool type(char key) override;
    void erase() override;
    void read_as(std::size_t reading) override;
    std::optional<std::string> choose(std::size_t candidate) override;
    Composition composition() override;
    void clear() override;

  private:
    bool ready();  // waits for a load that has begun; false when the script is not offered
    void enter(std::string_view keys);

    std::unique_ptr<RimeEngine> engine_;
    Script script_ = Script::pinyin;
    // Nine keys: pieces chosen before the rest was typed anew with a reading.
    std::string pieces_;
};

}  // namespace ui::ime
