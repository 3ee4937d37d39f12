#include "provisioning/diagnostics/keyboard.hpp"

#include <iostream>
#include <map>
#include <sstream>

namespace provisioning::diagnostics {

namespace {

std::optional<std::string> next_line() {
    std::string line;
    if (!std::getline(std::cin, line)) return std::nullopt;
    return line;
}

}  // namespace

AskPerson at_the_keyboard(technician::Say prompt) {
    return [prompt](const std::string&, const std::string& question) {
        for (;;) {
            prompt(question + " [y 对 / n 不对 / s 跳过] ");
            const auto line = next_line();
            if (!line || *line == "s") return Answer::skip;
            if (*line == "y") return Answer::yes;
            if (*line == "n") return Answer::no;
        }
    };
}

std::function<std::optional<std::string>(const std::string&)> line_at_the_keyboard(
    technician::Say prompt) {
    return [prompt](const std::string& question) {
        prompt(question + " ");
        return next_line();
    };
}

base::Result<AskPerson> answers_of(const std::string& text) {
    std::map<std::string, Answer> said;
    std::stringstream parts(text);
    for (std::string part; std::getline(parts, part, ',');) {
        const auto at = part.find('=');
        const std::string answer = at == std::string::npos ? "" : part.substr(at + 1);
        if (answer != "yes" && answer != "no")
            return base::fail(base::FaultCode::BytesMalformed, part);
        said[part.substr(0, at)] = answer == "yes" ? Answer::yes : Answer::no;
    }
    return [said](const std::string& test, const std::string&) {
        const auto found = said.find(test);
        return found == said.end() ? Answer::skip : found->second;
    };
}

}  // namespace provisioning::diagnostics
