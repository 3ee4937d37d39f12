#include "drivers/face/guidance/guide.hpp"

namespace drivers::face {

namespace {

using domain::FaceGuidance;

FaceGuidance of_light(const Measured& m) {
    if (m.back_lit) return FaceGuidance::back_lit;
    if (m.light == Light::too_dark) return FaceGuidance::too_dark;
    return m.light == Light::too_bright ? FaceGuidance::too_bright : FaceGuidance::good;
}

FaceGuidance of_facing(Facing facing) {
    switch (facing) {
        case Facing::aside:
            return FaceGuidance::turn_to_camera;
        case Facing::down:
            return FaceGuidance::raise_head;
        case Facing::up:
            return FaceGuidance::lower_head;
        case Facing::tilted:
            return FaceGuidance::straighten_head;
        case Facing::good:
            break;
    }
    return FaceGuidance::good;
}

FaceGuidance worst(const Measured& m) {
    if (m.lens_covered) return FaceGuidance::lens_covered;
    // In the dark nobody is found: say what helps.
    if (m.people == 0)
        return m.light == Light::too_dark ? FaceGuidance::too_dark : FaceGuidance::none_in_view;
    if (m.people > 1) return FaceGuidance::several_in_view;
    if (m.distance == Distance::too_far) return FaceGuidance::too_far;
    if (m.distance == Distance::too_near) return FaceGuidance::too_near;
    if (!m.centred) return FaceGuidance::off_centre;
    if (m.facing != Facing::good) return of_facing(m.facing);
    if (const auto light = of_light(m); light != FaceGuidance::good) return light;
    if (!m.eyes_seen) return FaceGuidance::show_eyes;
    if (!m.still) return FaceGuidance::hold_still;
    return m.sharp ? FaceGuidance::good : FaceGuidance::blurred;
}

}  // namespace

domain::FaceMeasures guide(const Measured& m) {
    domain::FaceMeasures out;
    out.guidance = worst(m);
    if (m.people == 0 || m.lens_covered) return out;
    out.light_good = of_light(m) == FaceGuidance::good;
    out.distance_good = m.distance == Distance::good && m.centred;
    out.one_person = m.people == 1;
    out.facing = m.facing == Facing::good;
    return out;
}

}  // namespace drivers::face
