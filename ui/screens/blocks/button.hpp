// What several blocks of a Screen are made of. Plain values.
#pragma once

#include <string>

namespace ui::screens {

// How private a text is; speech and masked help obey it.
enum class Sensitivity { open, personal };

// A name of an icon in ui/theme/icons.hpp, e.g. "printer"; empty = none.
using IconName = std::string;

enum class ButtonLook {
    primary,    // the one thing to do next: filled
    secondary,  // outlined
    equal,      // one of two identical choices: outlined, tall, same size as its twin
    danger,     // ends or deletes
    quiet,      // text with underline or icon
};

struct Button {
    std::string id{};
    std::string text{};
    ButtonLook look = ButtonLook::secondary;
    IconName icon{};
};

}  // namespace ui::screens
