// The list of every page, and the index of the gallery that draws it.
#include "app/training/gallery/every_page.hpp"

#include "app/training/gallery/gallery.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace app::training::gallery {
namespace {

TEST(every_page, names_each_page_once) {
    std::set<std::string> names;
    for (const auto& page : every_page()) EXPECT_TRUE(names.insert(page.name).second) << page.name;
}

TEST(every_page, holds_each_state_and_each_overlay) {
    std::set<std::string> states;
    std::set<session::Overlay> overlays;
    for (const auto& page : every_page()) {
        states.insert(session::name(page.session.state));
        overlays.insert(page.session.overlay);
    }
    for (const auto& [name, session] : samples::states())
        EXPECT_TRUE(states.contains(session::name(session.state))) << name;
    EXPECT_EQ(overlays.size(), 7U);
}

TEST(every_page, shows_what_it_is_named_after) {
    for (const auto& sample : every_page()) {
        const Page page = page_of(sample, every_mode().front(), base::Locale::zh);
        const auto below = sample.name.substr(0, sample.name.find('+'));
        const bool over_it = page.screen.name == "help" || page.screen.name.starts_with("comfort");
        if (over_it) continue;
        // home_kept shows home, form_address_wrong shows form_address.
        const auto kind = page.screen.name.substr(0, page.screen.name.find('_'));
        EXPECT_TRUE(below.starts_with(kind)) << sample.name << " shows " << page.screen.name;
    }
}

TEST(gallery_index, lists_every_picture_under_its_page_and_offers_every_filter) {
    const std::vector<Picture> pictures{{"home", "elder", "portrait", base::Locale::zh, 1},
                                        {"guide", "large", "small", base::Locale::en, 2}};
    const std::string html = index_html(pictures);
    EXPECT_NE(html.find("src=\"portrait/zh/elder/home.png\""), std::string::npos);
    EXPECT_NE(html.find("src=\"small/en/large/guide.2.png\""), std::string::npos);
    EXPECT_LT(html.find("id=\"home\""), html.find("id=\"guide\""));
    for (const Mode& mode : every_mode())
        EXPECT_NE(html.find("for=\"mode-" + mode.name + "\""), std::string::npos) << mode.name;
    for (const Panel& panel : every_panel())
        EXPECT_NE(html.find("for=\"panel-" + panel.name + "\""), std::string::npos) << panel.name;
    EXPECT_EQ(html.find("<script"), std::string::npos);
}

}  // namespace
}  // namespace app::training::gallery
