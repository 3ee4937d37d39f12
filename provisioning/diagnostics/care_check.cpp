#include "provisioning/diagnostics/care_check.hpp"

#include "base/fault.hpp"
#include "offline/formats/record.hpp"

#include <fmt/format.h>

#include <array>
#include <string_view>
#include <utility>

namespace provisioning::diagnostics {

namespace {

using base::FaultCode;
namespace formats = offline::formats;

constexpr std::size_t problems_max = 64, note_bytes_max = 16 << 10;
// The terminal tests itself every night; two that were missed are no accident.
constexpr std::chrono::hours too_old{60};

using Words = std::pair<std::string_view, std::string_view>;
constexpr std::array parts{Words{"id_card_reader", "读卡器"},
                           Words{"camera", "摄像头"},
                           Words{"face_comparison", "人脸比对"},
                           Words{"document_printer", "文件打印机"},
                           Words{"receipt_printer", "小票打印机"},
                           Words{"code_scanner", "扫码器"},
                           Words{"document_camera", "高拍仪"},
                           Words{"panel", "触摸屏"},
                           Words{"speech", "语音"},
                           Words{"headphones", "耳机插孔"},
                           Words{"cabinet", "机柜"},
                           Words{"outbox", "待送件"},
                           Words{"memory", "内存"},
                           Words{"disk", "硬盘"},
                           Words{"screen", "屏幕"},
                           Words{"catalogue", "事项包"},
                           Words{"clock", "时钟"}};
constexpr std::array whats{Words{"supply_out", "耗材用完了"},
                           Words{"supply_low", "耗材快用完了"},
                           Words{"takes_nothing", "收不了件"},
                           Words{"attention", "有件要人处理"},
                           Words{"low", "偏紧"},
                           Words{"short", "不足"},
                           Words{"critical", "严重不足"},
                           Words{"frozen", "画面没有更新或被挡住"},
                           Words{"blank", "黑屏"},
                           Words{"none", "没有可用的"},
                           Words{"outdated", "过期了"},
                           Words{"wrong", "不对"}};

template <std::size_t N>
std::string said(const std::array<Words, N>& words, std::string_view word) {
    for (const auto& [name, text] : words)
        if (name == word) return std::string(text);
    return std::string(word);
}

std::string in_chinese(std::string_view problem) {
    const auto colon = problem.find(':');
    if (colon == std::string_view::npos) return std::string(problem);
    const auto what = problem.substr(colon + 1);
    const auto part = said(parts, problem.substr(0, colon)) + "：";
    for (int i = 0; i < base::fault_code_count; ++i)
        if (const auto code = static_cast<FaultCode>(i); base::name(code) == what)
            return part + std::string(base::entry(code).technician_zh);
    return part + said(whats, what);
}

struct Note {
    base::Instant at{};
    formats::Texts problems;
};
base::Result<Note> read_note(base::ByteView file) {
    if (file.size() > note_bytes_max) return base::fail(FaultCode::BytesMalformed, "care.json");
    const auto record = TRY(formats::record_from_json(file));
    formats::Fields in(record, FaultCode::BytesMalformed, "care.json");
    Note out;
    const std::string at = TRY(in.text("at", 40));
    if (!base::parse_iso8601(at, out.at)) return in.wrong("at");
    out.problems = TRY(in.texts("problems", problems_max));
    return out;
}

}  // namespace

Check care_check(const std::optional<base::Bytes>& note, base::Instant now) {
    Check out{"self_test", "夜间自检"};
    out.at = now;
    if (!note) {
        out.verdict = Verdict::skipped;
        out.found = "还没有做过";
        out.mend = "应用运行一夜之后再看";
        return out;
    }
    const auto read = read_note(*note);
    if (!read) {
        out.verdict = Verdict::attention;
        out.found = "记录读不出来";
        out.mend = "下一次自检会写新的；反复出现时检查硬盘";
        return out;
    }
    const auto at = base::iso8601_local(read->at);
    out.found = at.substr(0, 10) + " " + at.substr(11, 5) + "，";
    if (read->problems.empty()) {
        out.verdict = now - read->at > too_old ? Verdict::attention : Verdict::passed;
        out.found += "没有问题";
        if (out.verdict != Verdict::passed) out.mend = "两夜没有自检：应用没有在运行，或时钟不对";
        return out;
    }
    out.verdict = Verdict::attention;
    out.found += fmt::format("{} 项：", read->problems.size());
    for (std::size_t i = 0; i < read->problems.size(); ++i)
        out.found += (i > 0 ? "；" : "") + in_chinese(read->problems[i]);
    return out;
}

Check care_check(const std::string& state_folder, base::Instant now) {
    auto note = base::read_file(state_folder + "/care.json");
    return care_check(note ? std::optional(std::move(*note)) : std::nullopt, now);
}

}  // namespace provisioning::diagnostics
