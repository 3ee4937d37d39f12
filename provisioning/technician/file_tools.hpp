// What the drivers do live, done with pictures from files: codes read, faces compared. What comes
// out is what a person may have shown: it goes to the technician's screen and nowhere else.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace provisioning::technician {

using Say = std::function<void(const std::string&)>;

// Exit codes of the program.
inline constexpr int went_well = 0, went_wrong = 1, could_not = 2;

// For each picture in order every payload raw, one a line, or `none`. could_not when one of the
// pictures cannot be read; the others are.
int read_codes(const std::vector<std::string>& pictures, const Say& say, const Say& complain);

// Score, band and reason. went_well when they are alike, went_wrong when they are not or nearly,
// could_not without a score.
int compare_faces(const std::string& picture_a, const std::string& picture_b,
                  const std::string& models_folder, const Say& say, const Say& complain);

}  // namespace provisioning::technician
