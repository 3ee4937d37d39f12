#include "tests/screens/key_pages.hpp"

#include "app/training/samples/samples.hpp"

#include <string>

namespace key_pages {

namespace samples = app::training::samples;
using samples::Walker;

namespace {

Walker letter_signed() {
    Walker walker;
    walker.to_letter();
    for (std::size_t i = 0; i < 3; ++i) walker.on(session::ClauseTicked{i});
    walker.on(session::UndertakingChosen{catalogue::Undertaking::commit});
    return walker.on(session::SignatureDrawn{base::Secret<domain::Strokes>(samples::signature())});
}

Walker form_page(const std::string& id) {
    Walker walker;
    walker.to_form();
    const auto& form = samples::pack().find_item(samples::item_code)->form;
    while (walker.in<flows::FillingForm>() &&
           form.at(walker.in<flows::FillingForm>()->page).id != id) {
        const auto page = walker.in<flows::FillingForm>()->page;
        for (const auto& field : form.at(page).fields)
            if (!field.locked && field.type == catalogue::FieldType::text)
                walker.on(session::TextTyped{field.key, base::SecretText("三组大塘边8号")});
            else if (!field.locked && field.type == catalogue::FieldType::choice)
                walker.on(session::OptionPicked{field.key, field.options.front().value});
        walker.on(session::PageCompleted{});
        if (walker.in<flows::FillingForm>() && walker.in<flows::FillingForm>()->page == page) break;
    }
    return walker;
}

Walker with(Walker walker, const std::function<void(domain::Comfort&)>& change) {
    domain::Comfort comfort = walker.session.comfort;
    change(comfort);
    return walker.on(session::ComfortChosen{comfort});
}
void high(domain::Comfort& comfort) {
    comfort.contrast = domain::Contrast::high;
}
void large(domain::Comfort& comfort) {
    comfort.text = domain::TextSize::large;
}
void low(domain::Comfort& comfort) {
    comfort.low = true;
}
void left(domain::Comfort& comfort) {
    comfort.left_hand = true;
}

constexpr Panel upright{}, lying{1920, 1080};

KeyPage walked(const char* name, Walker (*walk)(), Panel panel = upright) {
    return {name, [walk] { return page_of(walk()); }, panel};
}

}  // namespace

app::Page page_of(const Walker& walker) {
    domain::PostStatus post;
    post.line = domain::Line::offline;
    post.taking = true;
    auto health = walker.terminal.health;
    health.id_card_reader.state = health.document_printer.state = domain::DeviceState::ready;
    return app::present({walker.session, &samples::pack(), walker.terminal.settings, health, post,
                         walker.terminal.now});
}

std::vector<KeyPage> of_the_journey() {
    return {
        walked("home", [] { return Walker{}; }),
        walked(
            "home_landscape", [] { return Walker{}; }, lying),
        walked("home_elder", [] { return Walker{}.on(session::ElderModeToggled{}); }),
        walked("home_english", [] { return Walker{}.on(session::LanguageToggled{}); }),
        walked("home_high_contrast", [] { return with(Walker{}, high); }),
        walked("home_large", [] { return with(Walker{}, large); }),
        walked("home_low", [] { return with(Walker{}, low); }),
        walked("comfort", [] { return Walker{}.on(session::ComfortOpened{}); }),
        walked(
            "comfort_elder_landscape",
            [] { return Walker{}.on(session::ElderModeToggled{}).on(session::ComfortOpened{}); },
            lying),
        walked("form_address_low", [] { return with(form_page("address"), low); }),
        walked(
            "form_address_left_hand", [] { return with(form_page("address"), left); }, lying),
        walked("receipt_high_contrast", [] { return with(Walker{}.to_receipt(), high); }),
        walked("letter_large", [] { return with(letter_signed(), large); }),
        walked("help", [] { return Walker{}.on(session::HelpOpened{}); }),
        walked("notice",
               [] {
                   return Walker{}
                       .on(session::ItemChosen{samples::item_code})
                       .on(session::ItemStarted{});
               }),
        walked("place_card", [] { return Walker{}.to_card(); }),
        walked("confirm_identity",
               [] { return Walker{}.to_identity().on(session::ElderOfferDeclined{}); }),
        walked("face_consent",
               [] { return Walker{}.to_identity().on(session::IdentityConfirmed{}); }),
        walked("form_address", [] { return form_page("address"); }),
        walked("form_payment_with_faults",
               [] { return form_page("payment").on(session::PageCompleted{}); }),
        walked("letter_signed", letter_signed),
        walked("letter_landscape", letter_signed, lying),
        walked("receipt", [] { return Walker{}.to_receipt(); }),
        walked("rating", [] { return Walker{}.to_receipt().on(session::ReceiptTaken{}); }),
        walked("still_there",
               [] { return Walker{}.to_questions().wait(std::chrono::seconds{181}); }),
    };
}

}  // namespace key_pages
