// What a person has to read at once stands on the page as it comes up, on every panel and in every
// type: what is wrong with the field in use, and what a code was that was just scanned.
#include "tests/pages/stage.hpp"

#include <gtest/gtest.h>

#include <string_view>

namespace pages {
namespace {

using namespace app::training::gallery;

// Of the modes those that need the most room, and the plain one.
bool counts(const Mode& mode) {
    return mode.name == "standard" || mode.name == "largest" || mode.name == "elder";
}

template <class Look>
void on_every_panel(Look look) {
    const auto samples = every_page();
    for (const auto& panel : every_panel()) {
        Stage stage(panel);
        for (const auto& mode : every_mode()) {
            if (!counts(mode)) continue;
            for (const auto locale : {base::Locale::zh, base::Locale::en})
                for (const auto& sample : samples)
                    look(stage, sample, page_of(sample, mode, locale).screen,
                         sample.name + " " + mode.name + " " + panel.name +
                             (locale == base::Locale::zh ? " zh" : " en"));
        }
    }
}

bool begins_with_one_of(const std::string& name,
                        std::initializer_list<std::string_view> beginnings) {
    for (const auto beginning : beginnings)
        if (name.starts_with(beginning)) return true;
    return false;
}

TEST(first_part, what_is_wrong_with_the_field_in_use_is_read_while_it_is_typed_into) {
    int seen = 0;
    on_every_panel([&](Stage& stage, const SamplePage& sample, const Screen& screen,
                       const std::string& where) {
        if (!begins_with_one_of(sample.name, {"progress_code", "form_phone", "form_account"}))
            return;
        for (const auto& block : screen.blocks) {
            const auto* field = std::get_if<ui::screens::Field>(&block);
            if (field == nullptr || !field->focused || field->error.empty()) continue;
            stage.show(screen);
            const auto* fault = stage.tree().find(field->id + ".error");
            ASSERT_NE(fault, nullptr) << where;
            EXPECT_EQ(fault->text, field->error) << where;
            for (const auto& node : stage.tree().nodes())
                if (node.role == Role::key || node.id == field->id) {
                    EXPECT_FALSE(node.rect.overlaps(fault->text_rect)) << where << node.id;
                }
            ++seen;
        }
    });
    EXPECT_GT(seen, 50);
}

TEST(first_part, what_a_scanned_code_is_stands_there_without_turning_the_page) {
    int seen = 0;
    on_every_panel([&](Stage& stage, const SamplePage& sample, const Screen& screen,
                       const std::string& where) {
        if (!begins_with_one_of(sample.name, {"home_code", "services_code"})) return;
        stage.show(screen);
        bool found = false;
        for (const auto& block : screen.blocks) {
            const auto* strip = std::get_if<ui::screens::Strip>(&block);
            const auto* notice = std::get_if<ui::screens::Notice>(&block);
            const auto* icon = strip ? &strip->icon : notice ? &notice->icon : nullptr;
            if (icon == nullptr || *icon != "qrcode") continue;
            const auto& words = strip ? strip->title : notice->title;
            for (const auto& node : stage.tree().nodes()) found = found || node.text == words;
        }
        EXPECT_TRUE(found) << where;
        ++seen;
    });
    EXPECT_GT(seen, 40);
}

}  // namespace
}  // namespace pages
