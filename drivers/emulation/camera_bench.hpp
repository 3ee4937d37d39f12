// The emulated camera and what is held or stands before it. Verbs: camera ….
#pragma once

#include "drivers/camera/emulated_camera.hpp"
#include "drivers/emulation/command_line.hpp"
#include "drivers/emulation/people.hpp"

#include <map>
#include <memory>
#include <string>

namespace drivers::emulation {

class CameraBench {
  public:
    // Who may stand there, by name; their pictures are read when shown.
    CameraBench(std::map<std::string, FaceSample> people, std::string faces_folder);
    CameraBench(const CameraBench&) = delete;
    CameraBench& operator=(const CameraBench&) = delete;

    std::shared_ptr<camera::EmulatedCamera> camera() const { return camera_; }
    Verbs verbs();
    static std::string scene_names();

  private:
    Verb trouble(const char* usage, const char* done, camera::CameraTrouble trouble);
    Answer show(const Words& words);
    Answer show_code(const Words& words);
    Answer move(const Words& words);
    base::Status put(domain::Picture& room, const FaceSample& face, double middle_x, double height);

    const std::map<std::string, FaceSample> people_;
    const std::string faces_folder_;
    std::string before_camera_;  // who was shown last
    std::shared_ptr<camera::EmulatedCamera> camera_ = std::make_shared<camera::EmulatedCamera>();
};

}  // namespace drivers::emulation
