// One thing that was looked at or tried on a terminal, and what came out. Texts are Chinese, as all
// that technicians read, each one line; nothing in them is about a person. Values; any thread.
#pragma once

#include "base/clock.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace provisioning::diagnostics {

// In the order in which somebody has to know of them.
enum class Verdict { failed, attention, skipped, unsupported, passed };
enum class JudgedBy { machine, person };

struct Check {
    std::string name;   // a word for scripts: card, disk
    std::string title;  // 读卡器
    Verdict verdict = Verdict::skipped;
    JudgedBy by = JudgedBy::machine;
    std::string found{};   // what was seen
    std::string mend{};    // what to do; empty: nothing
    base::Instant at{};    // when it was judged
    base::Millis took{0};  // 0: nothing had to be waited for
    friend bool operator==(const Check&, const Check&) = default;
};

std::string_view name(Verdict verdict);  // passed, for scripts and records
std::optional<Verdict> verdict_from(std::string_view name);
std::string_view word(Verdict verdict);  // 通过
std::string_view name(JudgedBy by);

// What is wrong comes first; what is equally well stays as it was.
std::vector<Check> worst_first(std::vector<Check> checks);
// Serves citizens as it is: nothing failed.
bool is_ready(const std::vector<Check>& checks);
// 可以投入使用 / 有 2 项没有通过，不能投入使用
std::string conclusion(const std::vector<Check>& checks);
// 没有通过  硬盘：只剩 12 MB —— 清理或更换硬盘
std::string in_one_line(const Check& check);

}  // namespace provisioning::diagnostics
