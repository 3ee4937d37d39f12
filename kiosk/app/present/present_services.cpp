// All services: by whom they are for and by topic, or found by what somebody types.
#include "app/present/page_builder.hpp"
#include "app/present/readiness/readiness_words.hpp"
#include "catalogue/search.hpp"
#include "flows/choose_service/sorting.hpp"

#include <algorithm>

namespace app {

screens::Choices service_list(PageBuilder& b,
                              const std::vector<const catalogue::ServiceItem*>& items) {
    screens::Choices list;
    for (const auto* item : items)
        list.choices.push_back({b.bind("item:" + item->code, session::ItemChosen{item->code}),
                                b.say(item->name), service_note(b, item->code, item->summary),
                                item->icon, false});
    return list;
}

namespace {

constexpr std::size_t most_found = 8;  // more words find the right one sooner (UX-047)
constexpr std::size_t longest_query = 30;

void search_button(PageBuilder& b) {
    b.add(screens::ButtonRow{
        {b.secondary("search", MessageId::services_search, session::SearchOpened{}, "search")}});
}

// 个人 and 法人, alike.
void audience_row(PageBuilder& b, catalogue::Audience chosen) {
    const auto there = flows::audiences(b.pack);
    if (there.size() < 2) return;
    screens::OptionRow row{"users", b.say(MessageId::services_for), {}};
    for (const auto audience : there) {
        const bool person = audience == catalogue::Audience::person;
        row.options.push_back(
            {b.bind(person ? "audience:person" : "audience:organisation",
                    session::AudienceChosen{audience}),
             b.say(person ? MessageId::services_for_person : MessageId::services_for_organisation),
             audience == chosen});
    }
    b.add(std::move(row));
}

struct ShownTopic {
    std::string id, icon, name, note;
};
ShownTopic shown_topic(const PageBuilder& b, catalogue::Audience audience, const std::string& id) {
    const auto count = std::to_string(flows::services(b.pack, audience, id).size());
    const auto note = b.say(MessageId::services_count, {{"n", count}});
    for (const auto& topic : b.pack.topics)
        if (topic.id == id) return {id, topic.icon, b.say(topic.name), note};
    return {id, "list", b.say(MessageId::services_other_topic), note};
}

void topics_page(PageBuilder& b, const flows::ChoosingService& here) {
    b.title(b.say(here.to_read ? MessageId::services_topics_guides : MessageId::services_title),
            b.say(MessageId::services_topics_subtitle));
    add_code_note(b);
    search_button(b);
    const auto audience = flows::audience_of(b.pack, here);
    audience_row(b, audience);
    if (!flows::is_sorted_by_topic(b.pack, audience)) {
        b.page.screen.subtitle = b.say(MessageId::services_subtitle);
        b.add(service_list(b, flows::services(b.pack, audience, {})));
        return;
    }
    std::vector<ShownTopic> shown;
    for (const auto& id : flows::topics(b.pack, audience))
        shown.push_back(shown_topic(b, audience, id));
    if (b.in.session.comfort.elder) {
        screens::Choices rows;
        for (auto& topic : shown)
            rows.choices.push_back({b.bind("topic:" + topic.id, session::TopicChosen{topic.id}),
                                    std::move(topic.name), std::move(topic.note),
                                    std::move(topic.icon), false});
        b.add(std::move(rows));
        return;
    }
    screens::Tiles tiles{screens::TileSize::large, {}};
    for (auto& topic : shown)
        tiles.tiles.push_back({b.bind("topic:" + topic.id, session::TopicChosen{topic.id}),
                               std::move(topic.icon), std::move(topic.name), std::move(topic.note),
                               false});
    b.add(std::move(tiles));
}

std::string found_note(const PageBuilder& b, const catalogue::Found& found) {
    // Everyday words are Chinese; on an English page nobody can say them.
    if (found.by == nullptr || b.locale() != base::Locale::zh) {
        // In large type the keyboard leaves room for names.
        const bool large = b.in.session.comfort.text != domain::TextSize::standard;
        return service_note(b, found.item->code, large ? catalogue::Text{} : found.item->summary);
    }
    const bool counter = found.item->handling == catalogue::Handling::counter;
    return b.say(counter ? MessageId::search_also_called_at_counter : MessageId::search_also_called,
                 {{"word", found.by->zh}});
}

}  // namespace

void show(const flows::ChoosingService& here, PageBuilder& b) {
    const auto question = b.say(here.to_read ? MessageId::guides_title : MessageId::services_title);
    std::vector<const catalogue::ServiceItem*> items;
    if (!flows::is_sorted_by_topic(b.pack)) {
        for (const auto& item : b.pack.items) items.push_back(&item);
        b.title(question, b.say(MessageId::services_subtitle));
    } else {
        const auto audience = flows::audience_of(b.pack, here);
        items = flows::services(b.pack, audience, here.topic);
        if (here.topic.empty() || items.empty()) return topics_page(b, here);
        b.name("services_topic");
        b.title(shown_topic(b, audience, here.topic).name, question);
    }
    add_code_note(b);
    b.add(service_list(b, items));
}

void show(const flows::SearchingService& here, PageBuilder& b) {
    b.title(b.say(MessageId::search_title));
    screens::Field field;
    field.id = b.bind(flows::search_field, session::Touched{});
    field.label = b.say(MessageId::search_label);
    field.hint = b.say(MessageId::search_hint);
    field.value = here.query;
    field.keyboard = screens::Keyboard::search;
    field.focused = true;
    field.max_code_points = longest_query;
    field.sensitivity = screens::Sensitivity::open;
    b.add(std::move(field));
    if (!here.query || here.query->empty()) return;
    screens::Choices list{screens::ChoiceStyle::found, false, {}};
    const auto all = catalogue::find_services(b.pack, *here.query, most_found);
    for (const auto& found : all)
        list.choices.push_back(
            {b.bind("item:" + found.item->code, session::ItemChosen{found.item->code}),
             b.say(found.item->name),
             found_note(b, found),
             {},
             false});
    if (all.empty())
        list.choices.push_back(
            {b.bind("all_services", session::ServicesOpened{}),
             b.say(MessageId::search_none),
             b.say(MessageId::search_none_note, {{"telephone", b.pack.telephone}}),
             {},
             false});
    b.add(std::move(list));
}

}  // namespace app
