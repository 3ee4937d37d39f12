#include "app/training/panel_commands.hpp"

#include "base/messages.hpp"

#include <utility>

namespace app::training {

using base::MessageId;

std::vector<ui::training_panel::Group> panel_commands(base::Locale locale, bool has_scanner) {
    struct Device {
        MessageId name;
        std::vector<std::pair<MessageId, const char*>> verbs;
    };
    const std::vector<Device> devices{
        {MessageId::panel_group_reader,
         {{MessageId::panel_place_wang, "card place wang_xiulan"},
          {MessageId::panel_place_zhang, "card place zhang_san"},
          {MessageId::panel_place_li, "card place li_young"},
          {MessageId::panel_place_rare, "card place wang_rare"},
          {MessageId::panel_place_expired, "card place expired"},
          {MessageId::panel_place_hk, "card place hk_resident"},
          {MessageId::panel_lift, "card lift"},
          {MessageId::panel_lift_early, "card fault lifted"},
          {MessageId::panel_garbled, "card fault garbled"},
          {MessageId::panel_no_fault, "card fault none"},
          {MessageId::panel_unplug, "usb unplug id_card"},
          {MessageId::panel_plug, "usb plug id_card"}}},
        {MessageId::panel_group_camera,
         {{MessageId::panel_show_wang, "camera show wang_xiulan"},
          {MessageId::panel_show_other, "camera show zhang_san"},
          {MessageId::panel_show_nobody, "camera show nobody"},
          {MessageId::panel_show_two, "camera show two_people"},
          {MessageId::panel_camera_black, "camera black"},
          {MessageId::panel_camera_clear, "camera clear"},
          {MessageId::panel_unplug_device, "camera unplug"},
          {MessageId::panel_plug_device, "camera plug"}}},
        {MessageId::panel_group_printer,
         {{MessageId::panel_paper_out, "printer paper out"},
          {MessageId::panel_paper_in, "printer paper in"},
          {MessageId::panel_paper_low, "printer low"},
          {MessageId::panel_paper_full, "printer full"},
          {MessageId::panel_jam, "printer jam"},
          {MessageId::panel_unjam, "printer clear"},
          {MessageId::panel_cover_open, "printer cover open"},
          {MessageId::panel_cover_close, "printer cover close"},
          {MessageId::panel_unplug_device, "printer unplug"},
          {MessageId::panel_plug_device, "printer plug"}}},
        {MessageId::panel_group_slips,
         {{MessageId::panel_slip_attach, "slip attach"},
          {MessageId::panel_paper_low, "slip paper low"},
          {MessageId::panel_paper_out, "slip paper out"},
          {MessageId::panel_paper_in, "slip paper in"},
          {MessageId::panel_cover_open, "slip cover open"},
          {MessageId::panel_cover_close, "slip cover close"},
          {MessageId::panel_cutter_jam, "slip cutter jam"},
          {MessageId::panel_cutter_clear, "slip cutter clear"},
          {MessageId::panel_head_hot, "slip head hot"},
          {MessageId::panel_head_cool, "slip head cool"},
          {MessageId::panel_unplug_device, "slip unplug"},
          {MessageId::panel_plug_device, "slip plug"}}},
        {MessageId::panel_group_scanner,
         {{MessageId::panel_scan_guide, "scanner scan CWG1:990511001000"},
          {MessageId::panel_scan_strange, "scanner scan 6901234567892"},
          {MessageId::panel_unplug_device, "scanner unplug"},
          {MessageId::panel_plug_device, "scanner plug"}}},
        {MessageId::panel_group_document,
         {{MessageId::panel_sheet_good, "document show a4_sheet"},
          {MessageId::panel_sheet_tilted, "document show tilted"},
          {MessageId::panel_sheet_two, "document show two_sheets"},
          {MessageId::panel_sheet_none, "document show nothing"},
          {MessageId::panel_sheet_glare, "document show glare"},
          {MessageId::panel_unplug_device, "document unplug"},
          {MessageId::panel_plug_device, "document plug"}}},
        {MessageId::panel_group_cabinet,
         {{MessageId::panel_nobody, "presence nobody"},
          {MessageId::panel_somebody, "presence somebody"},
          {MessageId::panel_door_open, "door open"},
          {MessageId::panel_door_close, "door close"},
          {MessageId::panel_tamper, "door tamper"},
          {MessageId::panel_tamper_reset, "door tamper reset"},
          {MessageId::panel_power_cut, "power cut"},
          {MessageId::panel_power_low, "power low"},
          {MessageId::panel_power_critical, "power critical"},
          {MessageId::panel_power_back, "power back"},
          {MessageId::panel_headphones_in, "headphone plug"},
          {MessageId::panel_headphones_out, "headphone unplug"}}},
    };
    std::vector<ui::training_panel::Group> groups;
    for (const auto& device : devices) {
        if (device.name == MessageId::panel_group_scanner && !has_scanner) continue;
        auto& group = groups.emplace_back();
        group.name = base::text(device.name, locale);
        for (const auto& [label, command] : device.verbs)
            group.commands.push_back({std::string(base::text(label, locale)), command});
    }
    return groups;
}

}  // namespace app::training
