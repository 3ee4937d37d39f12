// What services are found by: topics, everyday words and their pinyin, columns, things to read.
#include "catalogue/reading/pack_parts.hpp"
#include "catalogue/spelling.hpp"
#include "domain/dates.hpp"

#include <set>

namespace catalogue::reading {

namespace {

void lint_pinyin(const std::string& zh, const std::string& pinyin, const std::string& place,
                 Problems& problems) {
    if (zh.empty() || pinyin.empty()) return;  // said already
    std::vector<Sound> sounds;
    const SpellingFault fault = spell(zh, pinyin, sounds);
    if (sounds.empty())
        problems.add(place, "spells a text without a character, letter or digit");
    else if (fault == SpellingFault::too_short)
        problems.add(place, "fewer syllables than characters: one for each, in their order");
    else if (fault == SpellingFault::too_long)
        problems.add(place, "more syllables than characters: one for each, in their order");
    else if (fault == SpellingFault::not_a_syllable)
        problems.add(place, "a syllable is a to z without its tone, ü written v, then a space");
    else if (fault == SpellingFault::another_run)
        problems.add(place, "letters and digits stand for themselves, in one piece");
}

// Each stands once.
template <class List>
void refuse_repeats(const List& list, const std::string& place, Problems& problems) {
    std::set<typename List::value_type> seen;
    for (std::size_t i = 0; i < list.size(); ++i)
        if (!seen.insert(list[i]).second) problems.add(place_of(place, i), "stands twice");
}

// What can be named, gathered once: a pack can have thousands of items.
using Known = std::set<std::string_view>;

template <class List, class Name>
Known known(const List& list, const Name& name) {
    Known out;
    for (const auto& each : list) out.insert(name(each));
    return out;
}

// Wording that lets an office ask for anything (兜底条款).
constexpr std::string_view catch_alls[] = {"其他材料", "等材料", "有关部门要求的", "其他相关"};

void lint_material_name(const Text& name, const std::string& place, Problems& problems) {
    for (const std::string_view words : catch_alls)
        if (name.zh.find(words) != std::string::npos) {
            problems.add(place_of(place_of(place, "name"), "zh"),
                         "catch-all wording (" + std::string(words) + "): name each material");
            return;
        }
}

void lint_found_by(const Known& known_topics, const ServiceItem& item, const std::string& place,
                   Problems& problems) {
    lint_pinyin(item.name.zh, item.name_pinyin, place_of(place, "name_pinyin"), problems);
    const std::string keywords = place_of(place, "keywords");
    refuse_twins(
        item.keywords, keywords, "zh", [](const Keyword& keyword) { return keyword.zh; }, problems);
    for (std::size_t i = 0; i < item.keywords.size(); ++i)
        lint_pinyin(item.keywords[i].zh, item.keywords[i].pinyin,
                    place_of(place_of(keywords, i), "pinyin"), problems);
    refuse_repeats(item.audiences, place_of(place, "audiences"), problems);
    const std::string topics = place_of(place, "topics");
    refuse_repeats(item.topics, topics, problems);
    for (std::size_t i = 0; i < item.topics.size(); ++i)
        if (!item.topics[i].empty() && !known_topics.contains(item.topics[i]))
            problems.add(place_of(topics, i), "no topic has this id");
}

void lint_topics(const Pack& pack, Problems& problems) {
    refuse_twins(
        pack.topics, "/topics", "id", [](const Topic& topic) { return topic.id; }, problems);
    Known used;
    for (const auto& item : pack.items) used.insert(item.topics.begin(), item.topics.end());
    for (std::size_t i = 0; i < pack.topics.size(); ++i) {
        const std::string& id = pack.topics[i].id;
        if (!id.empty() && !used.contains(id))
            problems.add(place_of(place_of("/topics", i), "id"),
                         "no item is of this topic: an empty page");
    }
}

void lint_column(const Known& known_items, const Known& known_documents, const Column& column,
                 const std::string& place, Problems& problems) {
    const std::string items = place_of(place, "items"), documents = place_of(place, "documents");
    refuse_repeats(column.item_codes, items, problems);
    refuse_repeats(column.documents, documents, problems);
    for (std::size_t i = 0; i < column.item_codes.size(); ++i)
        if (!column.item_codes[i].empty() && !known_items.contains(column.item_codes[i]))
            problems.add(place_of(items, i), "no item has this code");
    for (std::size_t i = 0; i < column.documents.size(); ++i)
        if (!column.documents[i].empty() && !known_documents.contains(column.documents[i]))
            problems.add(place_of(documents, i), "no document has this id");
    if (column.item_codes.empty() && column.documents.empty())
        problems.add(place, "names neither an item nor a document");
    const auto from = domain::date_from_iso(column.valid_from);
    const auto to = domain::date_from_iso(column.valid_to);
    if (from && to && *to < *from)
        problems.add(place_of(place, "valid_to"), "lies before valid_from");
}

}  // namespace

void lint_materials_names(const ServiceItem& item, const std::string& place, Problems& problems) {
    const std::string told = place_of(place_of(place, "guide"), "materials");
    for (std::size_t i = 0; i < item.guide.materials.size(); ++i)
        lint_material_name(item.guide.materials[i].name, place_of(told, i), problems);
    const std::string asked = place_of(place, "materials");
    for (std::size_t i = 0; i < item.materials.size(); ++i)
        lint_material_name(item.materials[i].name, place_of(asked, i), problems);
}

void lint_finding(const Pack& pack, Problems& problems) {
    lint_topics(pack, problems);
    const auto id = [](const auto& each) -> std::string_view { return each.id; };
    const Known topics = known(pack.topics, id), documents = known(pack.documents, id);
    const Known items =
        known(pack.items, [](const ServiceItem& item) -> std::string_view { return item.code; });
    for (std::size_t i = 0; i < pack.items.size(); ++i)
        lint_found_by(topics, pack.items[i], place_of("/items", i), problems);
    refuse_twins(
        pack.documents, "/documents", "id", [](const Document& document) { return document.id; },
        problems);
    refuse_twins(
        pack.columns, "/columns", "id", [](const Column& column) { return column.id; }, problems);
    for (std::size_t i = 0; i < pack.columns.size(); ++i)
        lint_column(items, documents, pack.columns[i], place_of("/columns", i), problems);
}

}  // namespace catalogue::reading
