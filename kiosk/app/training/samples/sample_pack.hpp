// The bytes of catalogue/packs/sample_county/pack.json, built into what needs sample data so that
// it runs from anywhere. Any thread.
#pragma once

#include <string_view>

namespace app::training::samples {

std::string_view sample_pack_json();

}  // namespace app::training::samples
