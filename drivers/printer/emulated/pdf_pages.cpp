#include "drivers/printer/emulated/pdf_pages.hpp"

namespace drivers::printer {

namespace {

constexpr std::string_view type = "/Type";

bool is_space(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

bool goes_on_a_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

}  // namespace

int pages_of_pdf(base::ByteView document) {
    const auto text = base::as_text(document);
    if (!text.starts_with("%PDF-") || text.find("%%EOF") == std::string_view::npos) return 0;
    int pages = 0;
    for (auto at = text.find(type); at != std::string_view::npos; at = text.find(type, at)) {
        at += type.size();
        while (at < text.size() && is_space(text[at])) ++at;
        constexpr std::string_view page = "/Page";
        if (text.substr(at, page.size()) != page) continue;
        at += page.size();
        if (at >= text.size() || !goes_on_a_name(text[at])) ++pages;  // not /Pages
    }
    return pages;
}

}  // namespace drivers::printer
