// 暂停服务 (S08): the cabinet stands open, or the battery is about to go out.
#include "app/present/page_builder.hpp"

namespace app {

using screens::Tone;

void show(const flows::Suspended& here, PageBuilder& b) {
    const bool opened = !here.open.empty();
    b.page.screen.low = true;
    // What somebody can still do comes first.
    if (here.card)
        b.add(screens::Notice{
            Tone::warn, "id", b.say(MessageId::card_left_title), {b.reader_is()}, true});
    b.add(screens::Notice{
        Tone::warn,
        "alert-triangle",
        b.say(opened ? MessageId::suspended_open_title : MessageId::suspended_power_title),
        {b.say(MessageId::suspended_kept),
         b.say(opened ? MessageId::suspended_open_until : MessageId::suspended_power_until),
         b.say(MessageId::out_of_service_hotline)},
        !here.card});
}

}  // namespace app
