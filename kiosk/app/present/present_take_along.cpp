// What can be taken along from a guide: its code for a telephone, and the list on paper.
#include "app/present/paper_line.hpp"
#include "domain/printing.hpp"
#include "domain/scanned_code.hpp"

#include <algorithm>

namespace app {

using screens::Tone;

namespace {

screens::KeyValues code_card(const catalogue::ServiceItem& item, const PageBuilder& b) {
    screens::KeyValues card;
    const auto row = [&](MessageId label, std::string value) {
        card.rows.push_back({b.say(label), std::move(value), false, {}, {}, {}});
    };
    row(MessageId::guide_take_along_item, b.say(item.name));
    card.rows.back().strong = true;  // found by its name, without a telephone
    row(MessageId::guide_code_how,
        b.say(b.pack.guide_link.empty() ? MessageId::guide_code_terminal
                                        : MessageId::guide_code_telephone));
    card.qr_text = domain::guide_code(item.code, b.pack.guide_link);
    card.qr_caption = {b.say(MessageId::guide_code_caption)};
    return card;
}

const std::string& item_of(const flows::TakingAlong& here) {
    struct ItemOf {
        const std::string& operator()(const flows::ReadingGuide& from) const {
            return from.item_code;
        }
        const std::string& operator()(const flows::NotEligible& from) const {
            return from.item_code;
        }
        const std::string& operator()(const flows::CheckingMaterials& from) const {
            return from.journey.item_code;
        }
    };
    return std::visit(ItemOf{}, here.from);
}

PaperLine list_of(const flows::TakingAlong& here, const PageBuilder& b) {
    const auto n = std::to_string(std::max(here.page, 1));
    const auto m = std::to_string(std::max(here.pages, 1));
    PaperLine line{here.paper, here.printer, here.fault};
    line.printing = b.say(MessageId::take_along_printing, {{"n", n}, {"m", m}});
    line.fraction = print_fraction(here.page, here.pages);
    if (here.page > 0)
        line.problem.push_back(b.say(MessageId::take_along_pages_done, {{"n", n}, {"m", m}}));
    line.problem.push_back(
        b.say(MessageId::take_along_other_way, {{"telephone", b.pack.telephone}}));
    line.still = line.problem;
    return line;
}

}  // namespace

void take_along_page(const catalogue::ServiceItem& item, PageBuilder& b) {
    b.name("guide_take_along");
    b.title(b.say(MessageId::guide_take_along), b.say(MessageId::guide_take_along_note));
    b.add(code_card(item, b));
    const bool prints = domain::can_print_slips(b.in.health);
    if (!prints)
        b.add(
            screens::Notice{Tone::warn, "printer", b.say(MessageId::guide_print_none), {}, false});
    screens::ButtonRow row;
    if (prints)
        row.buttons = {b.secondary("guide_back", MessageId::guide_back, session::WentBack{}),
                       b.primary("print_list", MessageId::guide_print, session::ListPrintWanted{})};
    else
        row.buttons = {b.primary("guide_back", MessageId::guide_back, session::WentBack{})};
    b.add(std::move(row));
    b.line(content_date(b));
}

void show(const flows::TakingAlong& here, PageBuilder& b) {
    const auto* item = b.item(item_of(here));
    if (item == nullptr) return;
    const bool stop = std::holds_alternative<flows::NotEligible>(here.from);
    b.title(b.say(stop ? MessageId::take_along_title_stop : MessageId::take_along_title),
            b.say(MessageId::take_along_note));
    add_paper_line(b, list_of(here, b));
    b.add(code_card(*item, b));
    if (here.paper == flows::Paper::printing) return;  // 返回 stands above
    const bool printed = here.paper == flows::Paper::printed;
    b.add(screens::ButtonRow{
        {b.secondary("print_list",
                     printed ? MessageId::take_along_again : MessageId::take_along_try_again,
                     session::ListPrintWanted{}),
         b.primary("take_along_back", MessageId::take_along_back, session::WentBack{})}});
}

}  // namespace app
