// The first page, the list of services, the guide.
#include "session/machine.hpp"

namespace session {

using namespace flows;

bool handle(const Idle&, const Event& event, Machine& machine) {
    const bool opens = as<ServicesOpened>(event) || as<GuidesOpened>(event) ||
                       as<ItemChosen>(event) || as<ProgressOpened>(event);
    const auto* seen = as<CardSeen>(event);
    if (seen && seen->ticket.session != machine.session.id) return true;
    if (const auto* kept = as<KeptNumberSeen>(event)) {
        machine.run(MarkReceiptShown{kept->local_number});
        return true;
    }
    if (!opens && !seen) return false;
    // The watch for a card ends with the first page; a card is read only after the notice.
    machine.run(StopCardReader{});
    if (as<GuidesOpened>(event))
        machine.go(ChoosingService{true});
    else if (const auto* chosen = as<ItemChosen>(event))
        machine.go(ReadingGuide{chosen->item_code});
    else if (as<ProgressOpened>(event))
        machine.go(ChoosingProgressWay{});
    else
        machine.go(ChoosingService{});
    if (seen) machine.session.last_touch = machine.world.now;
    return true;
}

bool handle(const ChoosingService&, const Event& event, Machine& machine) {
    if (const auto* chosen = as<ItemChosen>(event)) {
        if (machine.world.pack.find_item(chosen->item_code) == nullptr) return false;
        machine.go(ReadingGuide{chosen->item_code});
    } else if (as<WentBack>(event)) {
        machine.end("ended");
    } else {
        return false;
    }
    return true;
}

bool handle(const ReadingGuide& here, const Event& event, Machine& machine) {
    if (as<ItemStarted>(event))
        machine.go(ReadingNotice{Purpose::apply, here.item_code});
    else if (const auto* opened = as<GuidePageOpened>(event))
        machine.go(ReadingGuide{here.item_code, opened->page, here.no_room});
    else if (as<WentBack>(event) && here.page != GuidePage::overview)
        machine.go(ReadingGuide{here.item_code, GuidePage::overview, here.no_room});
    else if (as<WentBack>(event))
        machine.go(ChoosingService{});
    else
        return false;
    return true;
}

}  // namespace session
