#include "drivers/face/guidance/frame_look.hpp"

#include "drivers/face/guidance/guide.hpp"
#include "drivers/face/liveness/head_turn.hpp"
#include "drivers/face/measures/back_light.hpp"
#include "drivers/face/measures/eyes.hpp"
#include "drivers/face/measures/luma.hpp"
#include "drivers/face/measures/one_person.hpp"
#include "drivers/face/measures/position.hpp"
#include "drivers/face/measures/sharpness.hpp"
#include "drivers/face/measures/stillness.hpp"

namespace drivers::face {

namespace {

FaceBox whole(const domain::Picture& picture) {
    return {0, 0, static_cast<float>(picture.width), static_cast<float>(picture.height), 0};
}

}  // namespace

base::Result<Look> look_at(FaceModels& models, const domain::Picture& picture,
                           const std::optional<FaceBox>& before, const LookOptions& options) {
    Look look;
    Measured m;
    m.lens_covered = options.lens_covered;
    const auto faces = TRY(models.detect(picture));
    m.people = count_people(faces);
    if (m.people == 0) {
        m.light = judge_light(mean_luma(picture, whole(picture)));
        look.measures = guide(m);
        return look;
    }
    const auto& box = faces.front();
    look.box = box;
    const double face_luma = mean_luma(picture, box);
    m.light = judge_light(face_luma);
    m.back_lit = is_back_lit(face_luma, surrounding_luma(picture, box));
    m.distance = judge_distance(box, picture.height);
    m.centred = is_centred(box, picture.width, picture.height);
    m.facing = judge_facing(TRY(models.pose(picture, box)));
    m.still = !before || is_still(*before, box);
    m.sharp = is_sharp(sharpness(picture, box));
    look.measures = guide(m);
    // The nets of the eyes only where nothing worse is to be said.
    if (!look.good()) return look;
    look.points = TRY(models.landmarks(picture, box));
    if (!options.ask_for_eyes) return look;
    m.eyes_seen = are_eyes_seen(TRY(models.eyes(picture, *look.points)));
    look.measures = guide(m);
    return look;
}

base::Result<MovementFrame> look_for_movement(FaceModels& models, const domain::Picture& picture,
                                              base::Millis taken) {
    MovementFrame out;
    out.at = taken;
    const auto faces = TRY(models.detect(picture));
    if (count_people(faces) != 1) return out;
    out.box = faces.front();
    const auto points = TRY(models.landmarks(picture, *out.box));
    const auto eyes = TRY(models.eyes(picture, points));
    out.turn = head_turn(points);
    out.eyes = (eyes.left + eyes.right) / 2;
    return out;
}

}  // namespace drivers::face
