#include "domain/case_life.hpp"

#include "domain/dates.hpp"

#include <algorithm>
#include <utility>

namespace domain {

namespace {

using S = OfficeState;

struct Named {
    std::string_view word, zh;
};
constexpr std::array<Named, office_states.size()> names{{{"RECEIVED", "已收件"},
                                                         {"CORRECTION", "待补正"},
                                                         {"ACCEPTED", "已受理"},
                                                         {"REFUSED", "不予受理"},
                                                         {"IN_REVIEW", "审核中"},
                                                         {"SPECIAL", "特别程序"},
                                                         {"DECIDED", "已决定"},
                                                         {"FINISHED", "已办结"},
                                                         {"DELIVERED", "已送达"},
                                                         {"WITHDRAWN", "已撤回"},
                                                         {"LAPSED", "逾期未补正"}}};

constexpr std::array moves{
    std::pair{S::received, S::accepted},    std::pair{S::received, S::correction},
    std::pair{S::received, S::refused},     std::pair{S::received, S::withdrawn},
    std::pair{S::correction, S::received},  std::pair{S::correction, S::lapsed},
    std::pair{S::correction, S::withdrawn}, std::pair{S::accepted, S::in_review},
    std::pair{S::accepted, S::special},     std::pair{S::accepted, S::decided},
    std::pair{S::accepted, S::withdrawn},   std::pair{S::in_review, S::in_review},
    std::pair{S::in_review, S::special},    std::pair{S::in_review, S::decided},
    std::pair{S::in_review, S::withdrawn},  std::pair{S::special, S::in_review},
    std::pair{S::special, S::withdrawn},    std::pair{S::decided, S::finished},
    std::pair{S::finished, S::delivered}};

const Named& named(OfficeState state) {
    return names.at(static_cast<std::size_t>(state));
}

}  // namespace

std::string_view word(OfficeState state) {
    return named(state).word;
}

std::string_view name_zh(OfficeState state) {
    return named(state).zh;
}

std::optional<OfficeState> office_state_from(std::string_view text) {
    for (const OfficeState state : office_states)
        if (word(state) == text) return state;
    return std::nullopt;
}

bool may_move(OfficeState from, OfficeState to) {
    return std::find(moves.begin(), moves.end(), std::pair{from, to}) != moves.end();
}

bool is_end(OfficeState state) {
    return std::none_of(moves.begin(), moves.end(),
                        [&](const auto& move) { return move.first == state; });
}

std::optional<std::string> objection(OfficeState from, const CaseMove& move) {
    if (!may_move(from, move.to))
        return std::string(name_zh(from)) + "的办件不能改为" + std::string(name_zh(move.to));
    if (move.office.size() > office_text_max || move.note.size() > office_text_max)
        return "文字太长，最多500字节";
    if (!move.until.empty() && !date_from_iso(move.until)) return "日期要写成2026-12-08的样子";
    if (move.to == S::correction && (move.note.empty() || move.until.empty()))
        return "待补正要一次写明全部补正内容和期限";
    if (move.to == S::refused && (move.note.empty() || move.office.empty()))
        return "不予受理要写明理由和应当去的部门";
    if (move.to == S::in_review && move.office.empty()) return "审核中要写明由哪个部门办理";
    if (move.to == S::special && move.note.empty()) return "特别程序要写明原因";
    if (move.to == S::decided ? move.result != "YES" && move.result != "NO" : !move.result.empty())
        return "已决定要写明准予或不予（yes、no），别的状态不写";
    return std::nullopt;
}

}  // namespace domain
