// A paper that the centre makes out: waited for, shown, printed, and every way in which there is
// none.
#include "app/training/gallery/sample_walks.hpp"

namespace app::training::gallery {

using namespace session;
using samples::Walker;

namespace {

Walker answered(base::Result<domain::ProofAnswer> answer) {
    Walker walker = Walker{}.to_proof_asked();
    return walker.on(ProofAnswered{walker.in<flows::AskingForProof>()->ticket, std::move(answer)});
}

Walker without(domain::ProofOutcome outcome) {
    return answered(domain::ProofAnswer{outcome, std::nullopt});
}

Walker printed(const base::Result<PrintResult>& result) {
    Walker walker = Walker{}.to_proof_printing();
    return walker.on(PrintEnded{walker.in<flows::PrintingProof>()->ticket, result});
}

}  // namespace

void proof_pages(Collector& pages) {
    using std::chrono::seconds;
    pages.add("guide_proof", Walker{}.on(ItemChosen{samples::proof_item_code}));
    const Walker asked = Walker{}.to_proof_asked();
    pages.add("proof_wait", asked);
    pages.add("proof_wait_long", Walker{asked}.wait(seconds{15}));
    pages.add("proof_wait_questioned", Walker{asked}.wait(seconds{40}));
    pages.add("proof", Walker{}.to_proof());
    pages.add("proof_printing", Walker{}.to_proof_printing());
    pages.add("proof_printed", printed(PrintResult::printed));
    pages.add("proof_print_problem", printed(base::fail(base::FaultCode::PrinterPaperOut)));
    pages.add("proof_print_unknown", printed(PrintResult::unknown));
    pages.add("proof_none", without(domain::ProofOutcome::none));
    pages.add("proof_not_now", without(domain::ProofOutcome::not_now));
    pages.add("proof_used_up", without(domain::ProofOutcome::used_up));
    pages.add("proof_no_line", answered(base::fail(base::FaultCode::NetworkUnreachable)));
    pages.add("proof_not_genuine", answered(base::fail(base::FaultCode::PaperNotGenuine)));
    pages.add("proof_not_understood", answered(base::fail(base::FaultCode::CentreNonsense)));
}

}  // namespace app::training::gallery
