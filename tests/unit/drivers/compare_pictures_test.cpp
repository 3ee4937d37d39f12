// Two pictures compared from files, as the technician's program does it.
#include "drivers/face/compare_pictures.hpp"

#include "drivers/emulation/people.hpp"
#include "drivers/emulation/picture_tools.hpp"
#include "drivers/pictures/picture_file.hpp"
#include "test_files.hpp"

#include <gtest/gtest.h>

namespace drivers::face {
namespace {

using domain::FaceBand;

class ComparePictures : public ::testing::Test {
  protected:
    void SetUp() override {
        if (!testing::are_fetched()) GTEST_SKIP() << testing::not_fetched;
        models.emplace(*FaceModels::load(testing::cache("models")));
    }
    domain::Picture before_camera(std::initializer_list<const char*> people, double height = 0.42) {
        auto room = emulation::empty_room();
        double middle = people.size() == 1 ? 0.5 : 0.3;
        for (const char* id : people) {
            const auto& face = everybody.at(id).face;
            const auto picture = *pictures::load_picture(testing::cache("faces/") + face.picture);
            emulation::put_person(room, picture, face.box, middle, height);
            middle += 0.4;
        }
        return room;
    }

    emulation::People everybody = *emulation::load_people(testing::people_folder);
    std::optional<FaceModels> models;
};

TEST_F(ComparePictures, the_same_face_larger_and_smaller_is_alike_and_somebody_else_is_not) {
    const auto same =
        compare_pictures(*models, before_camera({"li_young"}), before_camera({"li_young"}, 0.3));
    ASSERT_TRUE(same && same->has_score);
    EXPECT_EQ(same->band, FaceBand::match) << same->score;
    EXPECT_EQ(same->reason, ComparisonReason::alike);
    const auto other =
        compare_pictures(*models, before_camera({"li_young"}), before_camera({"wang_xiulan"}));
    ASSERT_TRUE(other && other->has_score);
    EXPECT_EQ(other->band, FaceBand::no_match) << other->score;
    EXPECT_EQ(other->reason, ComparisonReason::not_alike);
}

TEST_F(ComparePictures, what_cannot_be_compared_has_a_reason_and_no_score) {
    const auto one = before_camera({"li_young"}), nobody = emulation::empty_room(),
               two = before_camera({"li_young", "wang_xiulan"}, 0.3);
    const auto reason = [&](const domain::Picture& a, const domain::Picture& b) {
        const auto compared = compare_pictures(*models, a, b);
        EXPECT_TRUE(compared && !compared->has_score);
        EXPECT_EQ(compared->band, FaceBand::no_match);
        return compared->reason;
    };
    EXPECT_EQ(reason(nobody, one), ComparisonReason::no_face_in_a);
    EXPECT_EQ(reason(one, nobody), ComparisonReason::no_face_in_b);
    EXPECT_EQ(reason(two, one), ComparisonReason::several_in_a);
    EXPECT_EQ(reason(one, two), ComparisonReason::several_in_b);
    EXPECT_EQ(reason({}, one), ComparisonReason::picture_empty);
}

TEST(face_bands, meet_at_the_thresholds_of_the_policy) {
    domain::FacePolicy policy;
    policy.match = 0.5;
    policy.near = 0.4;
    EXPECT_EQ(domain::band_of(0.5, policy), FaceBand::match);
    EXPECT_EQ(domain::band_of(0.499, policy), FaceBand::near);
    EXPECT_EQ(domain::band_of(0.4, policy), FaceBand::near);
    EXPECT_EQ(domain::band_of(0.399, policy), FaceBand::no_match);
}

}  // namespace
}  // namespace drivers::face
