#include "drivers/emulation/document_bench.hpp"

#include "drivers/camera/source_camera.hpp"
#include "drivers/document/sheet_camera.hpp"
#include "drivers/emulation/picture_tools.hpp"
#include "drivers/emulation/pictures/paper_on_desk.hpp"
#include "drivers/qr/drawn_code.hpp"

#include <array>
#include <utility>

namespace drivers::emulation {

namespace {

constexpr std::array<std::pair<const char*, DeskScene>, 9> scenes{{
    {"a4_sheet", DeskScene::a4_sheet},
    {"tilted", DeskScene::tilted},
    {"two_sheets", DeskScene::two_sheets},
    {"nothing", DeskScene::nothing},
    {"glare", DeskScene::glare},
    {"cut_off", DeskScene::cut_off},
    {"slanted", DeskScene::slanted},
    {"dark", DeskScene::dark},
    {"blurred", DeskScene::blurred},
}};

}  // namespace

DocumentBench::DocumentBench()
    : camera_(std::make_shared<camera::EmulatedCamera>(desk_width, desk_height)) {
    camera_->show(desk(DeskScene::nothing));
}

std::unique_ptr<DocumentCamera> DocumentBench::make_camera(const base::Clock& clock,
                                                           DeviceSink sink) {
    auto frames = std::make_shared<camera::Frames>();
    return std::make_unique<document::SheetCamera>(
        std::make_unique<camera::SourceCamera>(
            std::make_unique<camera::EmulatedFrameSource>(camera_), frames, clock, sink,
            domain::DeviceKind::document_camera),
        frames, clock, sink);
}

std::string DocumentBench::scene_names() {
    Words names;
    for (const auto& [name, scene] : scenes) names.emplace_back(name);
    return joined(names);
}

Verb DocumentBench::trouble(const char* usage, const char* done, camera::CameraTrouble trouble) {
    return simple(usage, done, [this, trouble] { camera_->set_trouble(trouble); });
}

Verbs DocumentBench::verbs() {
    return {
        {"document show code TEXT", [this](const Words& words) { return show_code(words); }},
        {"document show PAPER", [this](const Words& words) { return show(words); }},
        simple("document unplug", "document camera unplugged", [this] { camera_->unplug(); }),
        simple("document plug", "document camera plugged in", [this] { camera_->plug(); }),
        trouble("document freeze", "document camera frozen", camera::CameraTrouble::frozen),
        trouble("document black", "its lens is covered", camera::CameraTrouble::black),
        trouble("document clear", "the document camera is well", camera::CameraTrouble::none),
    };
}

Answer DocumentBench::show(const Words& words) {
    for (const auto& [name, scene] : scenes)
        if (words[2] == name) {
            camera_->show(desk(scene));
            return "the document camera sees " + words[2];
        }
    return base::fail(base::FaultCode::EmulationCommandWrong,
                      "no such paper; known: " + scene_names());
}

Answer DocumentBench::show_code(const Words& words) {
    constexpr int side = 300, left = 170, top = 120;
    const auto code = qr::draw_code(words[3], side);
    if (!code) return base::fail(base::FaultCode::EmulationCommandWrong, "no code of this text");
    auto view = desk(DeskScene::a4_sheet);
    put_sheet(view, *code, left, top);
    camera_->show(std::move(view));
    return "the document camera sees the code " + words[3];
}

}  // namespace drivers::emulation
