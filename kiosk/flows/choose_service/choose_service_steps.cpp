// The first page, the services by topic and by search, the guide.
#include "flows/choose_service/sorting.hpp"
#include "session/machine.hpp"

#include <algorithm>

namespace session {

using namespace flows;

namespace {

const catalogue::Column* column_today(const std::string& id, const Machine& machine) {
    const auto* column = machine.world.pack.find_column(id);
    return column != nullptr && column->holds_on(machine.today()) ? column : nullptr;
}

// A row of a list of services; the guide remembers the list.
bool open_guide(const ItemChosen& chosen, From from, Machine& machine) {
    if (machine.world.pack.find_item(chosen.item_code) == nullptr) return false;
    machine.go(ReadingGuide{chosen.item_code, GuidePage::overview, false, std::move(from)});
    return true;
}

void go_back_to(From from, Machine& machine) {
    std::visit([&](auto& page) { machine.go(std::move(page)); }, from);
}

// What a press on the first page leads to, of what only looks at the catalogue.
bool leave_first_page(const Event& event, Machine& machine) {
    if (as<ServicesOpened>(event))
        machine.go(ChoosingService{});
    else if (as<GuidesOpened>(event))
        machine.go(ChoosingService{true});
    else if (as<SearchOpened>(event))
        machine.go(SearchingService{});
    else if (as<DocumentsOpened>(event))
        machine.go(ReadingDocuments{});
    else if (const auto* column = as<ColumnOpened>(event)) {
        if (column_today(column->column_id, machine) == nullptr) return false;
        machine.go(ReadingColumn{column->column_id});
    } else if (const auto* chosen = as<ItemChosen>(event))
        machine.go(ReadingGuide{chosen->item_code});
    else if (as<ProgressOpened>(event))
        machine.go(ChoosingProgressWay{});
    else if (as<PayOpened>(event))
        machine.open_paying({}, {});
    else if (as<BookingOpened>(event))
        machine.go(ReadingNotice{Purpose::booking, {}, {}});
    else
        return false;
    return true;
}

}  // namespace

bool handle(const Idle&, const Event& event, Machine& machine) {
    const auto* seen = as<CardSeen>(event);
    if (seen && seen->ticket.session != machine.session.id) return true;
    if (const auto* kept = as<KeptNumberSeen>(event)) {
        machine.run(MarkReceiptShown{kept->local_number});
        return true;
    }
    if (seen) {
        machine.go(ChoosingService{});
        machine.session.last_touch = machine.world.now;
    } else if (!leave_first_page(event, machine)) {
        return false;
    }
    // The watch for a card ends with the first page; a card is read only after the notice.
    machine.run(StopCardReader{});
    return true;
}

bool handle(const ChoosingService& here, const Event& event, Machine& machine) {
    const auto& pack = machine.world.pack;
    if (const auto* item = as<ItemChosen>(event)) return open_guide(*item, here, machine);
    if (as<SearchOpened>(event)) {
        machine.go(SearchingService{{}, here});
    } else if (const auto* whose = as<AudienceChosen>(event)) {
        machine.go(ChoosingService{here.to_read, whose->audience});
    } else if (const auto* topic = as<TopicChosen>(event)) {
        const bool any = !services(pack, audience_of(pack, here), topic->topic_id).empty();
        if (topic->topic_id.empty() || !any) return false;
        machine.go(ChoosingService{here.to_read, here.audience, topic->topic_id});
    } else if (as<WentBack>(event) && !here.topic.empty()) {
        machine.go(ChoosingService{here.to_read, here.audience});
    } else if (as<WentBack>(event)) {
        machine.end("ended");
    } else {
        return false;
    }
    return true;
}

bool handle(const SearchingService& here, const Event& event, Machine& machine) {
    if (const auto* item = as<ItemChosen>(event)) return open_guide(*item, here, machine);
    if (const auto* typed = as<TextTyped>(event)) {
        if (typed->key != search_field) return false;
        machine.go(SearchingService{typed->text, here.opened_from});
    } else if (as<ServicesOpened>(event)) {
        machine.go(ChoosingService{});
    } else if (as<WentBack>(event) && here.opened_from) {
        machine.go(*here.opened_from);
    } else if (as<WentBack>(event)) {
        machine.end("ended");
    } else {
        return false;
    }
    return true;
}

bool handle(const ReadingColumn& here, const Event& event, Machine& machine) {
    if (const auto* item = as<ItemChosen>(event)) return open_guide(*item, here, machine);
    if (const auto* opened = as<ColumnDoorOpened>(event)) {
        if (opened->door == ColumnDoor::documents)
            machine.go(ReadingDocuments{here.column_id});
        else
            machine.go(ReadingColumn{here.column_id, opened->door});
    } else if (as<WentBack>(event) && here.door) {
        machine.go(ReadingColumn{here.column_id});
    } else if (as<WentBack>(event)) {
        machine.end("ended");
    } else {
        return false;
    }
    return true;
}

bool handle(const ReadingDocuments& here, const Event& event, Machine& machine) {
    if (const auto* chosen = as<DocumentChosen>(event)) {
        const auto offered = documents(machine.world.pack, here.column_id);
        if (std::none_of(offered.begin(), offered.end(),
                         [&](const auto* one) { return one->id == chosen->document_id; }))
            return false;
        machine.go(ReadingDocuments{here.column_id, chosen->document_id});
    } else if (as<TradeCheckOpened>(event) && !machine.world.pack.negative_list.empty()) {
        machine.go(CheckingTrade{{}, {}, here});
    } else if (as<WentBack>(event) && !here.document_id.empty()) {
        machine.go(ReadingDocuments{here.column_id});
    } else if (as<WentBack>(event) && !here.column_id.empty()) {
        machine.go(ReadingColumn{here.column_id});
    } else if (as<WentBack>(event)) {
        machine.end("ended");
    } else {
        return false;
    }
    return true;
}

bool handle(const CheckingTrade& here, const Event& event, Machine& machine) {
    if (const auto* typed = as<TextTyped>(event)) {
        if (typed->key != trade_field) return false;
        machine.go(CheckingTrade{typed->text, here.item_code, here.from});
    } else if (as<WentBack>(event) && !here.item_code.empty()) {
        machine.go(ReadingGuide{here.item_code});
    } else if (as<WentBack>(event)) {
        machine.go(here.from);
    } else {
        return false;
    }
    return true;
}

bool handle(const ReadingGuide& here, const Event& event, Machine& machine) {
    if (as<ItemStarted>(event)) {
        const auto* item = machine.world.pack.find_item(here.item_code);
        if (item == nullptr || item->handling == catalogue::Handling::counter ||
            !item->terms.taken_on(machine.today()))
            return false;
        machine.go(ReadingNotice{Purpose::apply, here.item_code, here.from});
    } else if (as<BookingOpened>(event)) {
        if (machine.world.pack.find_item(here.item_code) == nullptr) return false;
        machine.go(ReadingNotice{Purpose::booking, here.item_code, here.from});
    } else if (as<PayOpened>(event)) {
        const auto* item = machine.world.pack.find_item(here.item_code);
        if (item == nullptr || !item->payable) return false;
        machine.open_paying(here.item_code, here.from);
    } else if (const auto* opened = as<GuidePageOpened>(event)) {
        const auto* item = machine.world.pack.find_item(here.item_code);
        const bool there = item != nullptr && opened->material < item->guide.materials.size();
        if (opened->page == GuidePage::material && !there) return false;
        machine.go(
            ReadingGuide{here.item_code, opened->page, here.no_room, here.from, opened->material});
    } else if (as<ListPrintWanted>(event)) {
        if (here.page != GuidePage::take_along) return false;
        machine.print_list(here);
    } else if (as<TradeCheckOpened>(event) && !machine.world.pack.negative_list.empty()) {
        machine.go(CheckingTrade{{}, here.item_code, {}});
    } else if (as<WentBack>(event) && here.page == GuidePage::material) {
        machine.go(ReadingGuide{here.item_code, GuidePage::materials, here.no_room, here.from});
    } else if (as<WentBack>(event) && here.page != GuidePage::overview) {
        machine.go(ReadingGuide{here.item_code, GuidePage::overview, here.no_room, here.from});
    } else if (as<WentBack>(event)) {
        go_back_to(here.from, machine);
    } else {
        return false;
    }
    return true;
}

}  // namespace session
