// The one face of a still picture: found with air put round it where a portrait fills its frame.
// Pure but for the nets. Worker thread of who owns the models.
#pragma once

#include "drivers/face/face_models.hpp"

namespace drivers::face {

enum class PortraitState { one_face, no_face, several_faces };

struct Portrait {
    PortraitState state = PortraitState::no_face;
    base::Secret<Feature> feature;  // of one_face only
};

// Faults: FaceModelsAbsent. Several faces are counted, never compared.
base::Result<Portrait> portrait_of(FaceModels& models, const domain::Picture& picture);

}  // namespace drivers::face
