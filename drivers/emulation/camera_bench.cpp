#include "drivers/emulation/camera_bench.hpp"

#include "drivers/emulation/picture_tools.hpp"
#include "drivers/pictures/picture_file.hpp"
#include "drivers/qr/drawn_code.hpp"

#include <utility>

namespace drivers::emulation {

namespace {

constexpr double face_height = 0.42;      // of the frame: an arm's length away
constexpr double pair_face_height = 0.3;  // two people stand further back
constexpr double dim_light = 0.12;
const FaceSample profile{"sample2.jpg", {366, 124, 163, 290}};  // looks to the side

}  // namespace

CameraBench::CameraBench(std::map<std::string, FaceSample> people, std::string faces_folder)
    : people_(std::move(people)), faces_folder_(std::move(faces_folder)) {
    if (!people_.empty()) before_camera_ = people_.begin()->first;
    camera_->show(empty_room());
}

std::string CameraBench::scene_names() {
    return "PERSON | nobody | two_people | dark | turned | thumb_print | blurred_print |"
           " blank_paper";
}

Verbs CameraBench::verbs() {
    return {
        {"camera show code TEXT", [this](const Words& words) { return show_code(words); }},
        {"camera show SCENE", [this](const Words& words) { return show(words); }},
        simple("camera unplug", "camera unplugged", [this] { camera_->unplug(); }),
        simple("camera plug", "camera plugged in", [this] { camera_->plug(); }),
        simple("camera freeze", "camera frozen", [this] { camera_->freeze(); }),
    };
}

base::Status CameraBench::put(domain::Picture& room, const FaceSample& face, double middle_x,
                              double height) {
    const auto picture = TRY(pictures::load_picture(faces_folder_ + "/" + face.picture));
    put_person(room, picture, face.box, middle_x, height);
    return {};
}

Answer CameraBench::show(const Words& words) {
    const auto& scene = words[2];
    auto room = empty_room();
    const auto last = people_.find(before_camera_);
    if (last == people_.end()) return base::fail(base::FaultCode::EmulationFilesWrong, "nobody");
    if (scene == "nobody") {
    } else if (scene == "thumb_print") {
        room = paper_before_camera(PaperScene::print);
    } else if (scene == "blurred_print") {
        room = paper_before_camera(PaperScene::blurred_print);
    } else if (scene == "blank_paper") {
        room = paper_before_camera(PaperScene::blank);
    } else if (scene == "two_people") {
        const auto first = people_.begin();
        const auto other = last == first ? std::next(first) : first;
        TRY_STATUS(put(room, last->second, 0.3, pair_face_height));
        TRY_STATUS(put(room, other->second, 0.7, pair_face_height));
    } else if (scene == "dark") {
        TRY_STATUS(put(room, last->second, 0.5, face_height));
        darken(room, dim_light);
    } else if (scene == "turned") {
        TRY_STATUS(put(room, profile, 0.5, face_height));
    } else {
        const auto someone = people_.find(scene);
        if (someone == people_.end())
            return base::fail(base::FaultCode::EmulationCommandWrong,
                              "no such scene; known: " + scene_names());
        TRY_STATUS(put(room, someone->second, 0.5, face_height));
        before_camera_ = scene;
    }
    camera_->show(std::move(room));
    return "camera shows " + scene;
}

Answer CameraBench::show_code(const Words& words) {
    constexpr int side = 300, left = 170, top = 60;
    const auto code = qr::draw_code(words[3], side);
    if (!code) return base::fail(base::FaultCode::EmulationCommandWrong, "no code of this text");
    auto room = empty_room();
    put_sheet(room, *code, left, top);
    camera_->show(std::move(room));
    return "camera shows the code " + words[3];
}

}  // namespace drivers::emulation
