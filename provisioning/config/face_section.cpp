#include "provisioning/config/face_section.hpp"

namespace provisioning::config {

namespace {

void read_seconds(SectionReader& section, const char* key, base::Millis& out, int least, int most) {
    int whole = static_cast<int>(std::chrono::duration_cast<std::chrono::seconds>(out).count());
    section.whole_number(key, whole, least, most);
    out = std::chrono::seconds{whole};
}

}  // namespace

void read_face(SectionReader section, domain::FacePolicy& out) {
    using domain::LivenessDemand, domain::LivenessMethod;
    section.number("match", out.match, domain::face_match_least, domain::face_match_most);
    // Above the match there would be no band left.
    section.number("near", out.near, domain::face_near_least, out.match);
    read_one_of<LivenessDemand>(section, "liveness", out.liveness,
                                {{"off", LivenessDemand::off},
                                 {"advisory", LivenessDemand::advisory},
                                 {"required", LivenessDemand::required}});
    read_one_of<LivenessMethod>(section, "method", out.method,
                                {{"model", LivenessMethod::model},
                                 {"turn_and_blink", LivenessMethod::turn_and_blink},
                                 {"both", LivenessMethod::both}});
    section.number("liveness_threshold", out.liveness_threshold, domain::liveness_least,
                   domain::liveness_most);
    section.whole_number("movements", out.movements, domain::movements_least,
                         domain::movements_most);
    read_seconds(section, "movement_s", out.movement_limit, 4, 20);
    // The session's own net under the comparison waits 60 seconds.
    read_seconds(section, "limit_s", out.limit, 20, 50);
    section.finish();
}

}  // namespace provisioning::config
