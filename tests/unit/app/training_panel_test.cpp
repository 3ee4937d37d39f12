// The panel of kiosk-training: its buttons mean something, and all of them can be reached.
#include "app/training/gallery/every_page.hpp"
#include "app/training/panel_commands.hpp"
#include "drivers/emulation/emulated_devices.hpp"
#include "ui/shell/interface.hpp"

#include <gtest/gtest.h>

#include <set>

namespace app::training {
namespace {

using gallery::every_panel;

TEST(training_panel, every_button_is_a_verb_that_the_devices_know) {
    base::SystemClock clock;
    drivers::emulation::EmulationOptions options;
    options.people_folder = CW_SOURCE_DIR "/drivers/emulation/people";
    options.scanner = domain::ScannerKind::hid;
    auto devices =
        drivers::emulation::EmulatedDevices::create(options, clock, [](drivers::DeviceEvent) {});
    ASSERT_TRUE(devices) << devices.error().safe_detail;
    for (const auto& group : panel_commands(base::Locale::zh, true))
        for (const auto& [label, command] : group.commands) {
            const auto done = devices->command(command);
            // The pictures of people are fetched, and may not be there.
            EXPECT_TRUE(done || done.error().code == base::FaultCode::FileUnreadable)
                << group.name << ": " << label << ": " << done.error().safe_detail;
        }
}

TEST(training_panel, a_terminal_without_a_scanner_has_no_buttons_for_one) {
    const auto with = panel_commands(base::Locale::zh, true);
    const auto without = panel_commands(base::Locale::zh, false);
    EXPECT_EQ(without.size() + 1, with.size());
    for (const auto& group : without)
        for (const auto& [label, command] : group.commands)
            EXPECT_FALSE(command.starts_with("scanner")) << command;
}

TEST(training_panel, no_two_buttons_of_a_device_say_the_same) {
    for (const auto locale : {base::Locale::zh, base::Locale::en})
        for (const auto& group : panel_commands(locale, true)) {
            std::set<std::string> labels;
            for (const auto& command : group.commands)
                EXPECT_TRUE(labels.insert(command.label).second) << group.name << command.label;
        }
}

TEST(training_panel, every_button_of_every_device_stands_whole_on_every_panel) {
    for (const auto& panel : every_panel())
        for (const auto locale : {base::Locale::zh, base::Locale::en}) {
            base::ManualClock clock{base::Instant{}};
            ui::shell::Interface::Options options;
            options.icon_font = ICON_FONT;
            options.width = panel.width;
            options.height = panel.height;
            options.px_per_mm = panel.px_per_mm;
            auto interface = ui::shell::Interface::create(options, clock);
            ASSERT_TRUE(interface);
            auto& ui = **interface;
            const auto groups = panel_commands(locale, true);
            ui::training_panel::TrainingPanel drawer("devices", groups);
            ui::screens::Screen page;
            page.name = "home";
            page.training_band = "TRAINING";
            const auto frame = [&] {
                ui.frame(page, {nullptr, &drawer});
                clock.forward(base::Millis{500});
            };
            frame();
            ASSERT_TRUE(ui.tap("training.handle"));
            frame();
            frame();
            for (const auto& group : groups) {
                ASSERT_TRUE(ui.tap(group.name)) << group.name;
                frame();
                frame();
                const ui::theme::Rect all{0, 0, static_cast<float>(panel.width),
                                          static_cast<float>(panel.height)};
                std::vector<ui::theme::Rect> buttons;
                for (const auto& [label, command] : group.commands) {
                    const auto* node = ui.tree().find(label);
                    ASSERT_NE(node, nullptr) << group.name << ": " << label;
                    EXPECT_LE(node->hit.bottom(), all.bottom()) << panel.name << label;
                    EXPECT_LE(node->hit.right(), all.right()) << panel.name << label;
                    EXPECT_LE(node->text_rect.bottom(), node->rect.bottom()) << label;
                    EXPECT_LE(node->text_rect.right(), node->rect.right()) << label;
                    for (const auto& other : buttons)
                        EXPECT_FALSE(node->hit.overlaps(other)) << panel.name << label;
                    buttons.push_back(node->hit);
                }
            }
        }
}

}  // namespace
}  // namespace app::training
