#include "drivers/face/portrait.hpp"

#include "drivers/face/measures/one_person.hpp"

#include <algorithm>

namespace drivers::face {

namespace {

// A chip's portrait fills its picture; the detector wants air around a face. Edges go on.
domain::Picture with_air(const domain::Picture& portrait) {
    domain::Picture out{portrait.width * 2, portrait.height * 2, {}};
    out.rgb.resize(portrait.rgb.size() * 4);
    auto* to = out.rgb.data();
    for (int y = 0; y < out.height; ++y)
        for (int x = 0; x < out.width; ++x, to += 3) {
            const int u = std::clamp(x - portrait.width / 2, 0, portrait.width - 1);
            const int v = std::clamp(y - portrait.height / 2, 0, portrait.height - 1);
            std::copy_n(
                portrait.rgb.data() + (static_cast<std::size_t>(v * portrait.width + u)) * 3, 3,
                to);
        }
    return out;
}

// A small picture that a face fills, as on a card.
bool is_tight(const domain::Picture& picture) {
    constexpr int card_side = 400;
    return picture.width < card_side && picture.height < card_side;
}

}  // namespace

base::Result<Portrait> portrait_of(FaceModels& models, const domain::Picture& picture) {
    auto seen = base::Secret(is_tight(picture) ? with_air(picture) : picture);
    auto faces = TRY(models.detect(*seen));
    if (faces.empty() && !is_tight(picture)) {
        seen = base::Secret(with_air(picture));
        faces = TRY(models.detect(*seen));
    }
    Portrait out;
    const int people = count_people(faces);
    if (people == 0) return out;
    out.state = people == 1 ? PortraitState::one_face : PortraitState::several_faces;
    if (people > 1) return out;
    const auto points = TRY(models.landmarks(*seen, faces.front()));
    out.feature = TRY(models.feature(*seen, points));
    return out;
}

}  // namespace drivers::face
