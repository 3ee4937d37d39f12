// What the app last said of itself, as lines for a support bundle: the bundle is made where no
// device can be touched, and the app has them. Pure.
#pragma once

#include "domain/app_report.hpp"

#include <string>

namespace offline::post {

// Words and counts, one to a line; a part as "part KIND STATE SUPPLY FAULT".
std::string app_report_text(const domain::AppReport& report, bool app_there);

}  // namespace offline::post
