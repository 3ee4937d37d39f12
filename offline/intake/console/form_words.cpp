#include "offline/intake/console/form_words.hpp"

#include <charconv>

namespace offline::intake::console {

using base::FaultCode;

// 0: it is none.
int number_in(const std::string& text) {
    int number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool good = read.ec == std::errc{} && read.ptr == text.data() + text.size();
    return good ? number : 0;
}

std::chrono::hours hours_in(const std::string& text) {
    return std::chrono::hours(number_in(text));  // 0 is refused further down
}

std::string in_words(const base::Fault& fault) {
    switch (fault.code) {
        case FaultCode::ConfigInvalid:
            return "填得不对：" + fault.safe_detail;
        case FaultCode::TerminalLive:
            return "这个编号的终端在用：要换机器就勾选“替换在用的同号终端”";
        case FaultCode::TerminalRevoked:
            return "这台终端已停用，不再接受指令";
        case FaultCode::AnswerNotFound:
            return "没有这台终端";
        default:
            return std::string(base::entry(fault.code).technician_zh);
    }
}

}  // namespace offline::intake::console
