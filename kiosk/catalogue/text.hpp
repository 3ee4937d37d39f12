// A text of a pack in every language of the terminal.
#pragma once

#include "base/locale.hpp"

#include <string>

namespace catalogue {

struct Text {
    std::string zh, en;
    const std::string& in(base::Locale locale) const {
        return locale == base::Locale::zh ? zh : en;
    }
    bool empty() const { return zh.empty() && en.empty(); }
    friend bool operator==(const Text&, const Text&) = default;
};

}  // namespace catalogue
