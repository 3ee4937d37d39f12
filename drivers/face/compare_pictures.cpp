#include "drivers/face/compare_pictures.hpp"

#include "drivers/face/portrait.hpp"

namespace drivers::face {

namespace {

ComparisonReason reason_of(domain::FaceBand band) {
    switch (band) {
        case domain::FaceBand::match:
            return ComparisonReason::alike;
        case domain::FaceBand::near:
            return ComparisonReason::nearly_alike;
        case domain::FaceBand::no_match:
            break;
    }
    return ComparisonReason::not_alike;
}

}  // namespace

base::Result<PictureComparison> compare_pictures(FaceModels& models, const domain::Picture& a,
                                                 const domain::Picture& b,
                                                 const domain::FacePolicy& policy) {
    PictureComparison out;
    if (a.empty() || b.empty()) return out;
    const auto first = TRY(portrait_of(models, a));
    const auto second = TRY(portrait_of(models, b));
    if (first.state != PortraitState::one_face)
        out.reason = first.state == PortraitState::no_face ? ComparisonReason::no_face_in_a
                                                           : ComparisonReason::several_in_a;
    else if (second.state != PortraitState::one_face)
        out.reason = second.state == PortraitState::no_face ? ComparisonReason::no_face_in_b
                                                            : ComparisonReason::several_in_b;
    else {
        out.score = cosine(*first.feature, *second.feature);
        out.has_score = true;
        out.band = domain::band_of(out.score, policy);
        out.reason = reason_of(out.band);
    }
    return out;
}

std::string_view name(ComparisonReason reason) {
    switch (reason) {
        case ComparisonReason::alike:
            return "alike";
        case ComparisonReason::nearly_alike:
            return "nearly_alike";
        case ComparisonReason::not_alike:
            return "not_alike";
        case ComparisonReason::no_face_in_a:
            return "no_face_in_a";
        case ComparisonReason::no_face_in_b:
            return "no_face_in_b";
        case ComparisonReason::several_in_a:
            return "several_in_a";
        case ComparisonReason::several_in_b:
            return "several_in_b";
        case ComparisonReason::picture_empty:
            break;
    }
    return "picture_empty";
}

std::string_view name(domain::FaceBand band) {
    switch (band) {
        case domain::FaceBand::match:
            return "match";
        case domain::FaceBand::near:
            return "near";
        case domain::FaceBand::no_match:
            break;
    }
    return "no_match";
}

}  // namespace drivers::face
