// The drawer of kiosk-training: a button in the 演示 band opens a sheet of buttons, each of which
// sends one line to the emulated devices. The app gives the buttons and collects the command after
// each frame. Not linked into the service build. Main thread.
#pragma once

#include "ui/widgets/drawer.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ui::training_panel {

struct Command {
    std::string label;  // 放上王秀兰的身份证
    std::string command;
};

class TrainingPanel final : public widgets::Drawer {
  public:
    TrainingPanel(std::string handle, std::vector<Command> commands)
        : handle_(std::move(handle)), commands_(std::move(commands)) {}

    void draw(widgets::Context& context) override;
    // The command of the button pressed in the last frame.
    std::optional<std::string> take_command();
    bool open() const { return open_; }

  private:
    std::string handle_;
    std::vector<Command> commands_;
    bool open_ = false;
    std::optional<std::string> chosen_;
};

}  // namespace ui::training_panel
