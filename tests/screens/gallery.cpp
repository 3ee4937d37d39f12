#include "tests/screens/gallery.hpp"

#include "tests/screens/pages.hpp"

namespace gallery {

std::vector<Screen> standard_screens() {
    std::vector<Screen> all;
    all.push_back(home());
    all.push_back(place_card());
    all.push_back(form_address());
    all.push_back(face());
    all.push_back(letter());
    all.push_back(receipt());
    all.push_back(rating());
    all.push_back(consent());
    all.push_back(small_home());
    all.push_back(form_phone());
    all.push_back(form_errors());
    all.push_back(form_id_number());
    all.push_back(question());
    all.push_back(review());
    all.push_back(guide());
    all.push_back(long_letter());
    all.push_back(stopped());
    all.push_back(still_there());
    all.push_back(device("card_reading", DevicePictureKind::card_reading, "正在读取，请不要移动",
                         "正在读取身份证", true));
    all.push_back(device("take_card", DevicePictureKind::take_card, "请收好身份证",
                         "从读卡区取走身份证", false));
    all.push_back(
        device("take_paper", DevicePictureKind::take_paper, "请取走回执", "回执在出纸口", false));
    Screen band = question();
    band.name = "training_question";
    band.training_band = "演示：数据不会送到政务系统";
    all.push_back(band);
    for (Screen& s : widget_pages()) all.push_back(std::move(s));
    return all;
}

std::vector<Screen> elder_screens() {
    std::vector<Screen> all;
    all.push_back(elder_home());
    for (Screen& s : widget_pages()) {
        grow_old(s);
        all.push_back(std::move(s));
    }
    for (Screen s : {place_card(), form_address(), form_phone(), face(), letter(), receipt(),
                     rating(), consent(), question(), review(), guide(), still_there()}) {
        grow_old(s);
        all.push_back(std::move(s));
    }
    return all;
}

std::vector<Screen> english_screens() {
    Screen s = small_home();
    speak_english(s);
    s.name = "home_english";
    s.blocks[0] =
        Hero{"Self-service, 24 hours", "Choose → place your card → fill in → take the receipt",
             "Works without a network; it is delivered later by itself"};
    s.blocks[1] = Strip{"id", "Place your ID card to sign in",
                        "The reader is below the screen; its lamp is blinking", std::nullopt};
    s.blocks[2] =
        Tiles{TileSize::large,
              {{"apply", "file-pencil", "Apply for a service", "Choose and fill in here"},
               {"progress", "progress-check", "Check progress", "With your card or your receipt"}}};
    Screen q = question();
    speak_english(q);
    q.name = "question_english";
    q.title = "Who is this application for?";
    q.subtitle = "Question 1 of 4";
    q.blocks[0] = Choices{ChoiceStyle::rows,
                          true,
                          {{"self", "For myself", "I am 80 or older", "", false},
                           {"other", "For a relative", "Please go to the counter", "", false}}};
    q.blocks[1] =
        ButtonRow{{button("back_page", "Previous page"),
                   button("next", "Save and continue to the next question", ButtonLook::primary)}};
    return {s, q};
}

}  // namespace gallery
