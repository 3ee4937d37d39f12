#include "app/genuine_paper.hpp"

#include "offline/sealing/suites/suite.hpp"

#include <utility>

namespace app {

using base::FaultCode;

int pages_in_clear(base::ByteView pdf) {
    const auto text = base::as_text(pdf);
    int pages = 0;
    for (auto at = text.find("/Type"); at != std::string_view::npos;
         at = text.find("/Type", at + 1)) {
        const auto value = text.find_first_not_of(" \t\r\n", at + 5);
        if (value == std::string_view::npos || text.substr(value, 5) != "/Page") continue;
        const auto after = text.substr(value + 5, 1);
        // Not /Pages, and no other word that begins so.
        const bool goes_on = !after.empty() && ((after[0] >= 'a' && after[0] <= 'z') ||
                                                (after[0] >= 'A' && after[0] <= 'Z'));
        if (!goes_on) ++pages;
    }
    return pages;
}

base::Result<domain::ProofAnswer> genuine(offline::questions::ProofTold told) {
    const auto& paper = told.answer.paper;
    if (!paper) return std::move(told.answer);
    const auto wrong = [](const char* what) {
        return base::fail(FaultCode::PaperNotGenuine, what);
    };
    const auto& pdf = *paper->pdf;
    if (pdf.size() > domain::proof_bytes_max) return wrong("size");
    const auto digest = offline::sealing::digest(domain::SuiteId::one, pdf);
    if (base::to_hex(digest) != told.sha256) return wrong("digest");
    if (!base::as_text(pdf).starts_with("%PDF-")) return wrong("not a PDF");
    if (paper->pages < 1 || paper->pages > domain::proof_pages_max) return wrong("pages");
    const int seen = pages_in_clear(pdf);
    if (seen != 0 && seen != paper->pages) return wrong("pages");
    return std::move(told.answer);
}

}  // namespace app
