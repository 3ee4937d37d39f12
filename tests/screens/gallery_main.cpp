// ui-gallery DIR ICON_FONT: draws every sample screen to DIR, in both orientations, to look at.
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
    camera.put({base::Secret<domain::Picture>(gallery::camera_picture()), base::Millis{0}, 1});

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
        for (const auto& screen : screens) {
            const std::string name = panel.name +
                                     (screen.theme == ui::screens::Theme::elder ? "-elder-" : "-") +
                                     screen.name;
            if (name.find(wanted) == std::string::npos) continue;
            const auto draw = [&] { (*ui)->frame(screen, {&camera, nullptr}); };
            draw();
            clock.forward(base::Millis{500});
            if (screen.name == "form_address") {
                for (const char* key : {"key.x", "key.i", "key.n", "key.w", "key.u"}) {
                    (*ui)->tap(key);
                    draw();
                    clock.forward(base::Millis{200});
                }
            }
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
