// The drawer of kiosk-training: a button in the 演示 band opens a sheet of buttons, each of which
// sends one line to the emulated devices. They stand in groups, one device each, of which one is
// open. The app gives the buttons and collects the command after each frame. Not linked into the
// service build. Main thread.
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

struct Group {
    std::string name;  // 读卡器
    std::vector<Command> commands;
};

class TrainingPanel final : public widgets::Drawer {
  public:
    // At least one group.
    TrainingPanel(std::string handle, std::vector<Group> groups)
        : handle_(std::move(handle)), groups_(std::move(groups)) {}

    void draw(widgets::Context& context) override;
    // The command of the button pressed in the last frame.
    std::optional<std::string> take_command();
    bool open() const { return open_; }

  private:
    float draw_groups(widgets::Context& c, theme::Rect area);
    void draw_commands(widgets::Context& c, theme::Rect area, int columns);

    std::string handle_;
    std::vector<Group> groups_;
    bool open_ = false;
    std::size_t group_ = 0;
    std::optional<std::string> chosen_;
};

}  // namespace ui::training_panel
