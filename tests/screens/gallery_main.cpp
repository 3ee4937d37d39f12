// ui-gallery DIR ICON_FONT: draws every sample screen to DIR, in both orientations, to look at.
#include "app/training/gallery/painter.hpp"
#include "tests/screens/gallery.hpp"
#include "ui/shell/interface.hpp"

#include <filesystem>
#include <iostream>
#include <string>

namespace {

struct Panel {
    std::string name;
    int width, height;
};

int complain(const base::Fault& fault) {
    std::cerr << base::name(fault.code) << ": " << fault.safe_detail << "\n";
    return 1;
}

struct Shown {
    const char* method;
    std::vector<std::string> keys;
};

// Three strokes, 三, as a finger would write them.
void write(ui::shell::Interface& ui) {
    const auto* pad = ui.tree().find("writing_pad");
    if (!pad) return;
    for (const float y : {0.25F, 0.5F, 0.78F}) {
        const float indent = y == 0.5F ? 0.38F : 0.32F;
        for (const float x : {indent, 0.5F, 1 - indent}) {
            const float at_x = pad->rect.x + x * pad->rect.w, at_y = pad->rect.y + y * pad->rect.h;
            x == indent ? ui.press(at_x, at_y) : ui.move(at_x, at_y);
        }
        ui.release();
    }
}

// Every page of the keyboard with something typed.
bool draw_keyboards(ui::shell::Interface& ui, const ui::screens::Screen& screen,
                    base::ManualClock& clock, const std::filesystem::path& path) {
    const auto frame = [&] {
        ui.frame(screen);
        clock.forward(base::Millis{200});
    };
    for (const Shown& shown :
         {Shown{"digits", {}}, Shown{"latin", {"key.shift"}}, Shown{"symbols", {}},
          Shown{"strokes", {"key.h", "key.s", "key.p", "key.n"}}, Shown{"handwriting", {}},
          Shown{"nine_key", {"key.9", "key.4", "key.6", "key.9", "key.8"}},
          Shown{"pinyin", {"key.x", "key.i", "key.n", "key.w", "key.u"}}}) {
        if (!ui.tap("method." + std::string(shown.method))) continue;
        frame();
        frame();
        for (const std::string& key : shown.keys) {
            ui.tap(key);
            frame();
        }
        if (std::string(shown.method) == "handwriting") write(ui);
        for (int i = 0; i < 5; ++i) frame();
        const auto done = ui.screenshot(path.string() + "-" + shown.method + ".png");
        if (!done) return complain(done.error()) == 0;
    }
    return true;
}

}  // namespace

int main(int count, char** arguments) {
    if (count < 3) {
        std::cerr << "usage: ui-gallery DIR ICON_FONT [word in the name]\n";
        return 2;
    }
    const std::filesystem::path folder = arguments[1];
    const std::string wanted = count > 3 ? arguments[3] : "";
    std::filesystem::create_directories(folder);
    base::LatestValue<domain::Frame> camera;
    camera.put({base::Secret<domain::Picture>(app::training::gallery::camera_picture()),
                base::Millis{0}, 1});

    std::vector<ui::screens::Screen> screens = gallery::standard_screens();
    for (auto& s : gallery::elder_screens()) screens.push_back(std::move(s));
    for (auto& s : gallery::english_screens()) screens.push_back(std::move(s));

    for (const Panel& panel : {Panel{"portrait", 1080, 1920}, Panel{"landscape", 1920, 1080},
                               Panel{"small", 1366, 768}}) {
        base::ManualClock clock{base::Instant{}};
        ui::shell::Interface::Options options;
        options.width = panel.width;
        options.height = panel.height;
        options.icon_font = arguments[2];
        auto ui = ui::shell::Interface::create(options, clock);
        if (!ui) return complain(ui.error());
        (*ui)->finish_preparing_input();
        for (const auto& screen : screens) {
            const std::string name =
                panel.name + (screen.comfort.elder ? "-elder-" : "-") + screen.name;
            if (name.find(wanted) == std::string::npos) continue;
            const auto draw = [&] { (*ui)->frame(screen, {&camera, nullptr}); };
            draw();
            clock.forward(base::Millis{500});
            if (screen.name == "form_address" &&
                !draw_keyboards(**ui, screen, clock, folder / name))
                return 1;
            draw();
            const auto path = folder / (name + ".png");
            if (auto done = (*ui)->screenshot(path); !done) return complain(done.error());
            std::cout << path.string() << "\n";
            if (screen.attract) {
                clock.forward(base::Millis{5 * 60'000});
                draw();
                const auto rested = folder / (name + "-resting.png");
                if (auto done = (*ui)->screenshot(rested); !done) return complain(done.error());
            }
            (*ui)->end_session();
        }
    }
}
