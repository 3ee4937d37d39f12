// What is taken along from a guide, the samples of its papers, and the check by trade.
#include "app/training/gallery/sample_walks.hpp"

namespace app::training::gallery {

using namespace session;
using base::SecretText;
using samples::Walker;

namespace {

Walker guide() {
    return Walker{}.on(ItemChosen{samples::item_code});
}
Walker code_page() {
    return guide().on(GuidePageOpened{flows::GuidePage::take_along});
}

// A list being printed, and what becomes of it.
Walker printing(Walker walker) {
    return walker.on(ListPrintWanted{});
}
Walker ended(Walker walker, base::Result<PrintResult> result) {
    const auto ticket = walker.in<flows::TakingAlong>()->ticket;
    return walker.on(PageOfPrintDone{ticket, 1, 2}).on(PrintEnded{ticket, std::move(result)});
}

Walker not_yet() {
    Walker walker;
    walker.to_card();
    walker.on(CardRead{walker.in<flows::AwaitingCard>()->ticket,
                       base::Secret<domain::IdCardRecord>(samples::young_card())});
    walker.on(IdentityConfirmed{}).on(FaceRefused{});
    while (const auto* asking = walker.in<flows::AnsweringSituation>()) {
        const auto question = asking->question;
        for (const auto& known : samples::pack().find_item(samples::item_code)->situation)
            if (known.id == question)
                walker.on(QuestionAnswered{question, known.options.front().value});
    }
    return walker;
}

Walker trade(const char* typed) {
    const auto& items = samples::pack().items;
    for (const auto& item : items)
        for (const auto audience : item.audiences)
            if (audience == catalogue::Audience::organisation) {
                Walker walker = Walker{}.on(ItemChosen{item.code}).on(TradeCheckOpened{});
                if (*typed != '\0') walker.on(TextTyped{flows::trade_field, SecretText(typed)});
                return walker;
            }
    return {};
}

}  // namespace

void take_along_pages(Collector& pages) {
    pages.add("guide_take_along", code_page());
    pages.add("guide_take_along_no_printer", code_page(), [](SamplePage& p) {
        p.terminal.health.document_printer = {domain::DeviceState::unavailable,
                                              domain::Supply::unknown,
                                              base::Fault{base::FaultCode::PrinterAbsent, {}}};
    });
    pages.add("guide_review", guide().on(GuidePageOpened{flows::GuidePage::review}));
    const auto& materials = samples::pack().find_item(samples::item_code)->guide.materials;
    for (std::size_t i = 0; i < materials.size(); ++i) {
        if (!materials[i].has_more()) continue;
        pages.add("guide_material", guide()
                                        .on(GuidePageOpened{flows::GuidePage::materials})
                                        .on(GuidePageOpened{flows::GuidePage::material, i}));
        break;
    }
    const Walker list = printing(code_page());
    pages.add("take_along_printing", list);
    pages.add("take_along_printed", ended(list, PrintResult::printed));
    pages.add("take_along_unknown", ended(list, PrintResult::unknown));
    pages.add("take_along_problem", ended(list, base::fail(base::FaultCode::PrinterPaperOut)));
    pages.add("take_along_stop", printing(not_yet()));
    pages.add("take_along_materials", printing(Walker{}.to_materials()));
    pages.add("trade_check", trade(""));
    pages.add("trade_check_forbidden", trade("2672"));
    pages.add("trade_check_licence", trade("6210"));
    pages.add("trade_check_several", trade("26"));
    pages.add("trade_check_open", trade("0111"));
    pages.add("trade_check_none", trade("造船"));
}

}  // namespace app::training::gallery
