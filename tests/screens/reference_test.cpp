// Key pages of the journey, drawn by the software renderer from the session's own samples, against
// the references in tests/screens/reference: the semantic tree always, the pixels where the fonts
// are those the references were drawn with. After a meant change: CW_UPDATE_REFERENCES=1, then look
// at them.
#include "../unit/session/samples.hpp"
#include "app/present/present.hpp"
#include "compare.hpp"
#include "ui/shell/interface.hpp"
#include "ui/shell/png.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>

namespace app {
namespace {

namespace fs = std::filesystem;
using session::samples::Walker;

const fs::path references = CW_SOURCE_DIR "/tests/screens/reference";
const fs::path differences = CW_BINARY_DIR "/differences";

struct KeyPage {
    const char* name;
    Walker (*walk)();
    int width = 1080, height = 1920;
};

Walker letter_signed() {
    Walker walker;
    walker.to_letter();
    for (std::size_t i = 0; i < 3; ++i) walker.on(session::ClauseTicked{i});
    walker.on(session::UndertakingChosen{catalogue::Undertaking::commit});
    return walker.on(
        session::SignatureDrawn{base::Secret<domain::Strokes>(session::samples::signature())});
}

Walker form_page(const std::string& id) {
    Walker walker;
    walker.to_form();
    const auto& form = session::samples::pack().find_item(session::samples::item_code)->form;
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

const KeyPage key_pages[] = {
    {"home", [] { return Walker{}; }},
    {"home_landscape", [] { return Walker{}; }, 1920, 1080},
    {"home_elder", [] { return Walker{}.on(session::ElderModeToggled{}); }},
    {"home_english", [] { return Walker{}.on(session::LanguageToggled{}); }},
    {"home_high_contrast", [] { return with(Walker{}, high); }},
    {"home_large", [] { return with(Walker{}, large); }},
    {"home_low", [] { return with(Walker{}, low); }},
    {"comfort", [] { return Walker{}.on(session::ComfortOpened{}); }},
    {"comfort_elder_landscape",
     [] { return Walker{}.on(session::ElderModeToggled{}).on(session::ComfortOpened{}); }, 1920,
     1080},
    {"form_address_low", [] { return with(form_page("address"), low); }},
    {"form_address_left_hand", [] { return with(form_page("address"), left); }, 1920, 1080},
    {"receipt_high_contrast", [] { return with(Walker{}.to_receipt(), high); }},
    {"letter_large", [] { return with(letter_signed(), large); }},
    {"help", [] { return Walker{}.on(session::HelpOpened{}); }},
    {"notice",
     [] {
         return Walker{}
             .on(session::ItemChosen{session::samples::item_code})
             .on(session::ItemStarted{});
     }},
    {"place_card", [] { return Walker{}.to_card(); }},
    {"confirm_identity", [] { return Walker{}.to_identity().on(session::ElderOfferDeclined{}); }},
    {"face_consent", [] { return Walker{}.to_identity().on(session::IdentityConfirmed{}); }},
    {"form_address", [] { return form_page("address"); }},
    {"form_payment_with_faults", [] { return form_page("payment").on(session::PageCompleted{}); }},
    {"letter_signed", letter_signed},
    {"letter_landscape", letter_signed, 1920, 1080},
    {"receipt", [] { return Walker{}.to_receipt(); }},
    {"rating", [] { return Walker{}.to_receipt().on(session::ReceiptTaken{}); }},
    {"still_there", [] { return Walker{}.to_questions().wait(std::chrono::seconds{181}); }},
};

// What decides about single pixels besides this code.
std::string fonts_here() {
    std::ostringstream out;
    for (const fs::path& path : {fs::path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"),
                                 fs::path("/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc"),
                                 fs::path(CW_ICON_FONT)}) {
        std::error_code none;
        const auto size = fs::file_size(path, none);
        out << path.filename().string() << ' ' << (none ? 0 : size) << '\n';
    }
    return out.str();
}

std::string read_text(const fs::path& path) {
    std::ifstream file(path);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

class Reference : public testing::TestWithParam<KeyPage> {};

TEST_P(Reference, looks_as_it_was_judged) {
    const KeyPage& wanted = GetParam();
    const Walker walker = wanted.walk();
    domain::PostStatus post;
    post.line = domain::Line::offline;
    post.taking = true;
    auto health = walker.terminal.health;
    health.id_card_reader.state = health.document_printer.state = domain::DeviceState::ready;
    const auto page = present({walker.session, &session::samples::pack(), walker.terminal.settings,
                               health, post, walker.terminal.now});

    const base::ManualClock clock(walker.terminal.now);
    ui::shell::Interface::Options options;
    options.width = wanted.width;
    options.height = wanted.height;
    options.icon_font = CW_ICON_FONT;
    auto interface = ui::shell::Interface::create(options, clock);
    ASSERT_TRUE(interface) << interface.error().safe_detail;
    (*interface)->finish_preparing_input();
    (*interface)->frame(page.screen);
    (*interface)->frame(page.screen);
    const auto tree = (*interface)->tree().as_text();
    const auto pixels = (*interface)->pixels();
    ASSERT_TRUE(pixels);

    const auto picture_file = references / (std::string(wanted.name) + ".png");
    const auto tree_file = references / (std::string(wanted.name) + ".txt");
    if (std::getenv("CW_UPDATE_REFERENCES") != nullptr) {
        std::ofstream(tree_file) << tree;
        ASSERT_TRUE(ui::shell::write_png(picture_file, *pixels));
        std::ofstream(references / "fonts.txt") << fonts_here();
        return;
    }
    fs::create_directories(differences);
    if (tree != read_text(tree_file)) {
        std::ofstream(differences / (std::string(wanted.name) + ".txt")) << tree;
        ADD_FAILURE() << "the tree differs: diff " << tree_file << " "
                      << differences / (std::string(wanted.name) + ".txt");
    }
    if (fonts_here() != read_text(references / "fonts.txt")) {
        GTEST_LOG_(INFO) << "other fonts than the reference's: only the tree was compared";
        return;
    }
    const auto expected = ui::shell::read_png(picture_file);
    ASSERT_TRUE(expected) << picture_file;
    const auto verdict = comparison::pictures(*pixels, *expected, differences, wanted.name);
    EXPECT_TRUE(verdict.same) << verdict.words << "; see " << differences;
}

INSTANTIATE_TEST_SUITE_P(pages, Reference, testing::ValuesIn(key_pages),
                         [](const auto& key_page) { return std::string(key_page.param.name); });

}  // namespace
}  // namespace app
