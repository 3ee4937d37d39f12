// [face]: what the terminal asks of a face. Every key has a default and bounds.
#pragma once

#include "domain/face_policy.hpp"
#include "provisioning/config/section_reader.hpp"

namespace provisioning::config {

void read_face(SectionReader section, domain::FacePolicy& out);

}  // namespace provisioning::config
