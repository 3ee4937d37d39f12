#pragma once

#include "base/secret.hpp"
#include "catalogue/pack.hpp"

#include <optional>
#include <string>
#include <variant>

namespace flows {

// The first page. Nobody is here: no personal data lives in it, and going back to it is the wipe.
struct Idle {};

// 全部服务: a plain list of few services; of many, their topics, and the services of one.
struct ChoosingService {
    bool to_read = false;  // opened from 办事指南: choosing leads to the guide all the same
    std::optional<catalogue::Audience> audience{};  // none: the first that has any
    std::string topic{};                            // empty: the topics themselves
};

// 搜一搜. What was typed dies with the page, or with the guide that it led to.
inline constexpr const char* search_field = "search";
struct SearchingService {
    base::SecretText query{};
    std::optional<ChoosingService> opened_from{};  // none: the first page
};

// 专栏 behind its three doors; the third leads to ReadingDocuments.
enum class ColumnDoor { guides, filing, documents };
struct ReadingColumn {
    std::string column_id;
    std::optional<ColumnDoor> door{};  // none: the three of them
};

// 政务公开: what there is to read, and one of it.
struct ReadingDocuments {
    std::string column_id{};    // whose documents; empty: all
    std::string document_id{};  // empty: the list
};

// The first page of a guide, and those it leads to.
// take_along: its code for a telephone, and the list on paper; review: 审核要点, where the county
// tells them; material: one of the list, with a filled sample and the mistakes often made.
// clang-format off
enum class GuidePage {
    overview,
    materials,
    terms,
    steps,
    basis,
    take_along,
    review,
    material
};
// clang-format on

// 负面清单: a trade's code or name is looked up in the list. What was typed dies with the page.
inline constexpr const char* trade_field = "trade";
struct CheckingTrade {
    base::SecretText query{};
    std::string item_code{};  // of the guide it was opened from
    ReadingDocuments from{};  // else what was read
};

// Where a guide was opened; 返回 leads there.
using From = std::variant<ChoosingService, SearchingService, ReadingColumn>;

struct ReadingGuide {
    std::string item_code;
    GuidePage page = GuidePage::overview;
    bool no_room = false;  // the form was opened, and the disk has no room for it
    From from{};
    std::size_t material = 0;  // of GuidePage::material: which row of the guide's list
};

}  // namespace flows
