// Paper under the document camera: what is found, what is said, what becomes of it.
#include "domain/photographed_sheet.hpp"
#include "drivers/camera/pixels.hpp"
#include "drivers/document/measures.hpp"
#include "drivers/document/page_jpeg.hpp"
#include "drivers/document/photograph_sheet.hpp"
#include "drivers/document/rectify.hpp"
#include "drivers/emulation/pictures/paper_on_desk.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace drivers::document {
namespace {

using domain::PageLimits;
using domain::SheetGuidance;
using emulation::desk;
using emulation::DeskScene;

double luma(const domain::Picture& picture, double u, double v) {
    const int x = static_cast<int>(u * picture.width), y = static_cast<int>(v * picture.height);
    const auto* p = picture.rgb.data() + static_cast<std::size_t>((y * picture.width + x) * 3);
    return 0.299 * p[0] + 0.587 * p[1] + 0.114 * p[2];
}

// How alike two pictures of one page are, whatever their size and light: −1…1.
double likeness(const domain::Picture& a, const domain::Picture& b) {
    std::vector<double> of_a, of_b;
    constexpr int cells = 40, points = 8;
    for (int row = 0; row < cells; ++row)
        for (int column = 0; column < cells; ++column) {
            double sum_a = 0, sum_b = 0;
            for (int i = 0; i < points * points; ++i) {
                const double u = 0.1 + 0.8 * (column + double(i % points) / points) / cells,
                             v = 0.1 + 0.8 * (row + double(i / points) / points) / cells;
                sum_a += luma(a, u, v);
                sum_b += luma(b, u, v);
            }
            of_a.push_back(sum_a);
            of_b.push_back(sum_b);
        }
    double mean_a = 0, mean_b = 0;
    const auto count = static_cast<double>(of_a.size());
    for (std::size_t i = 0; i < of_a.size(); ++i)
        mean_a += of_a[i] / count, mean_b += of_b[i] / count;
    double ab = 0, aa = 0, bb = 0;
    for (std::size_t i = 0; i < of_a.size(); ++i) {
        ab += (of_a[i] - mean_a) * (of_b[i] - mean_b);
        aa += (of_a[i] - mean_a) * (of_a[i] - mean_a);
        bb += (of_b[i] - mean_b) * (of_b[i] - mean_b);
    }
    return ab / std::sqrt(aa * bb);
}

TEST(sheets, are_found_where_they_lie) {
    for (const auto scene : {DeskScene::a4_sheet, DeskScene::tilted}) {
        const auto sheets = find_sheets(desk(scene));
        ASSERT_TRUE(sheets);
        ASSERT_EQ(sheets->size(), 1U);
        const auto truth = emulation::page_corners(scene);
        for (std::size_t i = 0; i < 4; ++i) {
            EXPECT_NEAR(sheets->front().corners[i].x, truth[i].first, 8) << i;
            EXPECT_NEAR(sheets->front().corners[i].y, truth[i].second, 8) << i;
        }
    }
}

TEST(sheets, none_is_made_up_on_an_empty_desk_and_two_stay_two) {
    EXPECT_TRUE(find_sheets(desk(DeskScene::nothing))->empty());
    EXPECT_EQ(find_sheets(desk(DeskScene::two_sheets))->size(), 2U);
    EXPECT_TRUE(find_sheets({})->empty());
}

TEST(sheets, what_is_in_the_way_is_said_and_no_page_is_made_of_it) {
    for (const auto& [scene, guidance] :
         {std::pair{DeskScene::nothing, SheetGuidance::no_sheet},
          std::pair{DeskScene::two_sheets, SheetGuidance::several_sheets},
          std::pair{DeskScene::cut_off, SheetGuidance::cut_off},
          std::pair{DeskScene::slanted, SheetGuidance::slanted},
          std::pair{DeskScene::dark, SheetGuidance::too_dark},
          std::pair{DeskScene::glare, SheetGuidance::glare},
          std::pair{DeskScene::blurred, SheetGuidance::blurred}}) {
        const auto photo = photograph_sheet(desk(scene));
        ASSERT_TRUE(photo);
        EXPECT_EQ(photo->guidance, guidance) << static_cast<int>(scene);
        EXPECT_FALSE(photo->page) << static_cast<int>(scene);
    }
}

TEST(sheets, a_tilted_page_comes_out_straight_with_its_proportions) {
    for (const auto scene : {DeskScene::a4_sheet, DeskScene::tilted}) {
        const auto photo = photograph_sheet(desk(scene));
        ASSERT_TRUE(photo && photo->page) << static_cast<int>(photo->guidance);
        const auto page = camera::picture_from_jpeg(*photo->page->jpeg);
        ASSERT_TRUE(page);
        EXPECT_EQ(page->width, photo->page->width);
        EXPECT_NEAR(double(page->height) / page->width, 297.0 / 210, 0.01);
        EXPECT_GT(likeness(*page, emulation::written_page()), 0.8) << static_cast<int>(scene);
        // The ground is evenly light although the lamp stands to one side.
        EXPECT_GT(luma(*page, 0.04, 0.5), 225);
        EXPECT_GT(luma(*page, 0.96, 0.5), 225);
    }
}

TEST(sheets, a_red_seal_stays_red) {
    const auto photo = photograph_sheet(desk(DeskScene::a4_sheet));
    ASSERT_TRUE(photo && photo->page);
    const auto& page = *photo->picture;
    int red = 0;
    for (std::size_t i = 0; i + 2 < page.rgb.size(); i += 3)
        red += page.rgb[i] > 150 && page.rgb[i + 1] < 110 && page.rgb[i + 2] < 110 ? 1 : 0;
    EXPECT_GT(red, 500);
}

TEST(sheets, blank_paper_is_not_called_blurred) {
    domain::Picture page{400, 560, {}};
    page.rgb.assign(400 * 560 * 3, 220);
    EXPECT_FALSE(is_blurred(edge_steepness(page, paper_luma(page))));
}

TEST(page_sizes, what_leans_away_is_not_taken_for_shorter) {
    const auto corners = emulation::page_corners(DeskScene::tilted);
    Corners seen;
    for (std::size_t i = 0; i < 4; ++i) seen[i] = {corners[i].first, corners[i].second};
    EXPECT_NEAR(1 / proportion(seen, emulation::desk_width, emulation::desk_height), 297.0 / 210,
                0.02);
}

TEST(page_sizes, known_papers_get_their_sides_and_the_rest_its_own) {
    const auto size = [](double w, double h, int most) {
        return page_size({{{0, 0}, {w, 0}, {w, h}, {0, h}}}, 1280, 960, most);
    };
    EXPECT_EQ(size(700, 1000, 1754).height, 1000);
    EXPECT_EQ(size(700, 1000, 1754).width, 707);
    EXPECT_EQ(size(1000, 620, 1754).height, 631);  // an identity card, lying
    EXPECT_EQ(size(500, 1000, 1754).width, 500);
    EXPECT_EQ(size(7000, 10000, 1754).height, 1754);
}

TEST(page_jpegs, keep_within_the_bytes_and_the_sides_that_are_allowed) {
    const auto photo = photograph_sheet(desk(DeskScene::a4_sheet));
    ASSERT_TRUE(photo && photo->page);
    for (const std::size_t bytes : {200'000U, 80'000U, 45'000U}) {
        PageLimits limits;
        limits.bytes = bytes;
        limits.side = 800;
        const auto page = page_jpeg(*photo->picture, limits);
        ASSERT_TRUE(page) << bytes;
        EXPECT_LE(page->jpeg->size(), bytes);
        EXPECT_LE(page->height, 800);
        EXPECT_TRUE(camera::picture_from_jpeg(*page->jpeg));
    }
    PageLimits tiny;
    tiny.bytes = 300;
    EXPECT_EQ(page_jpeg(*photo->picture, tiny).error().code, base::FaultCode::PageTooLarge);
}

domain::PhotographedPage page_of(std::size_t bytes) {
    return {base::Secret(base::Bytes(bytes, 7)), 10, 10};
}

TEST(photographed_pages, are_several_in_order_and_one_can_be_taken_anew_or_left_out) {
    domain::PhotographedPages pages;
    ASSERT_TRUE(pages.add(page_of(10)));
    ASSERT_TRUE(pages.add(page_of(20)));
    ASSERT_TRUE(pages.add(page_of(30)));
    ASSERT_TRUE(pages.retake(1, page_of(25)));
    EXPECT_EQ(pages.pages()[1].jpeg->size(), 25U);
    EXPECT_EQ(pages.bytes(), 65U);
    pages.remove(0);
    EXPECT_EQ(pages.pages().size(), 2U);
    EXPECT_EQ(pages.pages()[0].jpeg->size(), 25U);
}

TEST(photographed_pages, never_go_over_the_limits_and_lose_nothing_at_them) {
    PageLimits limits;
    limits.pages = 2;
    limits.all_bytes = 100;
    domain::PhotographedPages pages(limits);
    ASSERT_TRUE(pages.add(page_of(60)));
    EXPECT_EQ(pages.add(page_of(50)).error().code, base::FaultCode::PagesTooMany);
    ASSERT_TRUE(pages.add(page_of(40)));
    EXPECT_EQ(pages.add(page_of(0)).error().code, base::FaultCode::PagesTooMany);
    EXPECT_EQ(pages.retake(0, page_of(61)).error().code, base::FaultCode::PagesTooMany);
    EXPECT_EQ(pages.bytes(), 100U);
}

}  // namespace
}  // namespace drivers::document
