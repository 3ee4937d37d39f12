// The emulated document camera and the paper under it. Verbs: document ….
#pragma once

#include "drivers/camera/emulated_camera.hpp"
#include "drivers/device_set.hpp"
#include "drivers/emulation/command_line.hpp"

#include <memory>
#include <string>

namespace drivers::emulation {

class DocumentBench {
  public:
    DocumentBench();
    DocumentBench(const DocumentBench&) = delete;
    DocumentBench& operator=(const DocumentBench&) = delete;

    // The real driver over the emulated camera.
    std::unique_ptr<DocumentCamera> make_camera(const base::Clock& clock, DeviceSink sink);
    Verbs verbs();
    static std::string scene_names();

  private:
    Answer show(const Words& words);
    Answer show_code(const Words& words);
    Verb trouble(const char* usage, const char* done, camera::CameraTrouble trouble);

    std::shared_ptr<camera::EmulatedCamera> camera_;
};

}  // namespace drivers::emulation
