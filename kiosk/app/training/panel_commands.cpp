#include "app/training/panel_commands.hpp"

#include "base/messages.hpp"

#include <array>
#include <utility>

namespace app::training {

using base::MessageId;

std::vector<ui::training_panel::Command> panel_commands(base::Locale locale) {
    constexpr std::array<std::pair<MessageId, const char*>, 18> buttons{{
        {MessageId::panel_place_wang, "card place wang_xiulan"},
        {MessageId::panel_place_zhang, "card place zhang_san"},
        {MessageId::panel_place_li, "card place li_young"},
        {MessageId::panel_place_rare, "card place wang_rare"},
        {MessageId::panel_place_expired, "card place expired"},
        {MessageId::panel_place_hk, "card place hk_resident"},
        {MessageId::panel_lift, "card lift"},
        {MessageId::panel_lift_early, "card fault lifted"},
        {MessageId::panel_garbled, "card fault garbled"},
        {MessageId::panel_no_fault, "card fault none"},
        {MessageId::panel_show_wang, "camera show wang_xiulan"},
        {MessageId::panel_show_other, "camera show zhang_san"},
        {MessageId::panel_show_nobody, "camera show nobody"},
        {MessageId::panel_show_two, "camera show two_people"},
        {MessageId::panel_unplug, "usb unplug id_card"},
        {MessageId::panel_plug, "usb plug id_card"},
        {MessageId::panel_paper_out, "printer paper out"},
        {MessageId::panel_paper_in, "printer paper in"},
    }};
    std::vector<ui::training_panel::Command> out;
    for (const auto& [label, command] : buttons)
        out.push_back({std::string(base::text(label, locale)), command});
    return out;
}

}  // namespace app::training
