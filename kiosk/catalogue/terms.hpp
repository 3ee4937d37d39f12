// What an item says beside its form: how it is handled and decided, at which level, from when to
// when, by which offices, and how the result comes to the person. All of it may be left out. Values
// and pure functions; any thread.
#pragma once

#include "catalogue/text.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace catalogue {

// 办理方式: it decides the steps that are told.
enum class ProcessKind {
    review,   // examined, then decided
    instant,  // 即办: decided as it is filed
    record,   // 备案: put on record
    promise,  // 告知承诺: decided on a letter, checked afterwards
    query     // 查询
};
// 容缺: class A misses nothing, class B takes in what may follow later.
enum class LenientClass { a, b };
enum class Level { county, town, village };
// What is paused or ended was taken up to and with ends_on.
enum class ItemState { in_use, paused, ended };
enum class Delivery { counter, kiosk, post, elicence, agent };

struct Office {
    Text name;
    std::string credit_code;  // GB 32100
    friend bool operator==(const Office&, const Office&) = default;
};

struct ItemTerms {
    std::optional<ProcessKind> process_kind{};
    std::int64_t once_mode = 0;  // 只跑一次, 1 to 4; 0 = not said
    std::optional<LenientClass> lenient{};
    std::vector<Level> levels{};  // where it is done; empty = not said
    ItemState state = ItemState::in_use;
    std::string effective_from{}, ends_on{};  // ISO dates, both included; empty = open
    std::optional<Office> receiving_office{}, deciding_office{};
    // 跨省通办: the key of a field for a division; where it is answered, the office of that place
    // decides, and its name says which kind of office.
    std::string deciding_field{};
    Text deciding_there{};
    std::vector<Delivery> delivery{};  // of two and more the person chooses

    // Whether what was filed on that day is taken.
    bool taken_on(std::chrono::year_month_day day) const;
    friend bool operator==(const ItemTerms&, const ItemTerms&) = default;
};

// The question and the fields that stand for a choice of delivery, made by the reader of a pack; no
// pack has a question or a field of these names.
inline constexpr std::string_view delivery_question = "delivery";
inline constexpr std::string_view delivery_fields = "out.";

}  // namespace catalogue
