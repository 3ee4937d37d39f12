// The synthetic people of people/*.toml: what stands on their card and which public face sample
// stands before the camera for them. The file's name is the person's id. Every problem of every
// file is in the one EmulationFilesWrong.
#pragma once

#include "base/result.hpp"
#include "domain/id_card_record.hpp"
#include "drivers/emulation/picture_tools.hpp"
#include "drivers/emulation/pictures/moving_person.hpp"

#include <map>
#include <string>

namespace drivers::emulation {

struct FaceSample {
    std::string picture;  // file name in the folder of faces
    Area box;             // of the face, in pixels of the picture
    Eyes eyes;            // in pixels of the picture
};

struct Person {
    domain::IdCardRecord record;  // without photo
    FaceSample face;
};

using People = std::map<std::string, Person>;

base::Result<People> load_people(const std::string& folder);

}  // namespace drivers::emulation
