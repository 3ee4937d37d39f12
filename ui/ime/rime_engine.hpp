// librime behind plain values: loads on a thread of its own, then one session per script. Main
// thread, except the load. librime serves one instance per process.
#pragma once

#include "ui/ime/rime_composer.hpp"

#include <array>
#include <future>
#include <string>
#include <thread>
#include <vector>

struct rime_api_t;

namespace ui::ime {

class RimeEngine {
  public:
    explicit RimeEngine(RimeFolders folders) : folders_(std::move(folders)) {}
    RimeEngine(const RimeEngine&) = delete;
    RimeEngine& operator=(const RimeEngine&) = delete;
    ~RimeEngine();

    void prepare();
    TextComposer::State state() const;
    // Begins to load and waits for the end; false without data.
    bool ready();
    bool offers(Script script) const;

    // All below: only when ready() and the script is offered.
    bool key(Script script, int code);
    // What stands in the composition: pieces already chosen, then keys.
    std::string preedit(Script script);
    struct Candidate {
        std::string text, hint;
    };
    std::vector<Candidate> candidates(Script script, std::size_t most);
    // Text that is finished by this choice.
    std::optional<std::string> select(Script script, std::size_t candidate);
    void clear();

  private:
    using Sessions = std::array<std::uintptr_t, 3>;
    bool load();
    // 0 when the schema or its dictionary answers nothing to `probe`.
    std::uintptr_t open(const char* schema, char probe);
    std::uintptr_t session(Script script) const {
        return sessions_[static_cast<std::size_t>(script)];
    }

    RimeFolders folders_;
    std::filesystem::path own_;
    rime_api_t* api_ = nullptr;
    Sessions sessions_{};  // 0 = not offered
    bool initialised_ = false;
    bool begun_ = false;
    std::shared_future<bool> loaded_;
    std::jthread loading_;
};

}  // namespace ui::ime
