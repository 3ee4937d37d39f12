// What a page says of the paper that was asked for on it: that it is printed, stands still, lies
// there, or that nobody knows. The same on every page, and as high in each state as in the other
// (UX-158).
#pragma once

#include "app/present/page_builder.hpp"

#include <optional>
#include <string>
#include <vector>

namespace app {

struct PaperLine {
    flows::Paper paper = flows::Paper::none;
    domain::DeviceKind printer = domain::DeviceKind::document_printer;
    std::optional<base::Fault> fault{};  // of Paper::problem; none: what came out is not known
    std::string printing{};
    std::string printed{};             // empty: 打印好了，请在…取纸
    std::string unknown{};             // empty: 不知道打好没有
    double fraction = -1;              // of printing; < 0: not known
    std::string waits{};               // printed and not taken: said instead; empty: not asked for
    std::vector<std::string> still{};  // below why it stands still; empty: `printing`
    std::vector<std::string> problem{};  // below what went wrong
};
// Nothing where no paper was asked for.
void add_paper_line(PageBuilder&, const PaperLine&);

// Of the page that is being printed, the last one included.
inline double print_fraction(int page, int pages) {
    return double(page) / double((pages > 1 ? pages : 1) + 1);
}

}  // namespace app
