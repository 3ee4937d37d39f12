#include "provisioning/technician/file_tools.hpp"

#include "drivers/face/compare_pictures.hpp"
#include "drivers/pictures/picture_file.hpp"
#include "drivers/qr/read_picture.hpp"

#include <fmt/format.h>

namespace provisioning::technician {

namespace {

void complain_of(const base::Fault& fault, const Say& complain) {
    complain(fmt::format("{}：{}（{}）", fault.safe_detail, base::entry(fault.code).technician_zh,
                         base::name(fault.code)));
}

}  // namespace

int read_codes(const std::vector<std::string>& pictures, const Say& say, const Say& complain) {
    int end = went_well;
    for (const auto& path : pictures) {
        const auto picture = drivers::pictures::load_picture(path);
        if (!picture) {
            complain_of({picture.error().code, path}, complain);
            end = could_not;
            continue;
        }
        const auto codes = drivers::qr::read_picture(*picture);
        if (codes.empty()) say("none");
        for (const auto& code : codes) say(*code.text);
    }
    return end;
}

int compare_faces(const std::string& picture_a, const std::string& picture_b,
                  const std::string& models_folder, const Say& say, const Say& complain) {
    auto models = drivers::face::FaceModels::load(models_folder);
    if (!models) {
        complain_of({models.error().code, models_folder}, complain);
        return could_not;
    }
    std::vector<base::Secret<domain::Picture>> pictures;
    for (const auto& path : {picture_a, picture_b}) {
        auto picture = drivers::pictures::load_picture(path);
        if (!picture) {
            complain_of({picture.error().code, path}, complain);
            return could_not;
        }
        pictures.emplace_back(std::move(*picture));
    }
    const auto compared = drivers::face::compare_pictures(*models, *pictures[0], *pictures[1]);
    if (!compared) {
        complain_of(compared.error(), complain);
        return could_not;
    }
    say(compared->has_score ? fmt::format("score {:.3f}", compared->score) : "score none");
    say(fmt::format("band {}", domain::name(compared->band)));
    say(fmt::format("reason {}", drivers::face::name(compared->reason)));
    if (!compared->has_score) return could_not;
    return compared->band == domain::FaceBand::match ? went_well : went_wrong;
}

}  // namespace provisioning::technician
