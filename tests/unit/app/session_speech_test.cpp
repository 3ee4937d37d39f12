// What speech, keys and headphones mean for the session.
#include "../session/samples.hpp"

#include <gtest/gtest.h>

namespace app {
namespace {

using namespace std::chrono_literals;
using session::samples::Walker;

TEST(session_speech, running_speech_keeps_the_page_but_not_the_warning) {
    Walker walker;
    walker.to_questions().wait(179s);
    walker.on(session::SpeechRan{}).wait(10s);
    EXPECT_EQ(walker.session.overlay, session::Overlay::none);
    walker.wait(180s);
    EXPECT_EQ(walker.session.overlay, session::Overlay::still_there);
    walker.on(session::SpeechRan{}).wait(46s);
    EXPECT_TRUE(walker.in<flows::CardLeft>());  // her card is still on the reader
}

TEST(session_speech, any_key_and_headphones_answer_the_warning) {
    for (const session::Event& event :
         {session::Event{session::KeypadUsed{}}, session::Event{session::HeadphonesPlugged{}}}) {
        Walker walker;
        walker.to_questions().wait(181s).on(event);
        EXPECT_EQ(walker.session.overlay, session::Overlay::none);
        EXPECT_FALSE(walker.session.idle());
    }
}

TEST(session_speech, headphones_and_the_first_key_begin_speech_and_unplugging_ends_it) {
    EXPECT_TRUE(Walker{}.on(session::HeadphonesPlugged{}).session.comfort.speech);
    EXPECT_TRUE(Walker{}.on(session::KeypadUsed{}).session.comfort.speech);
    EXPECT_FALSE(Walker{}
                     .on(session::HeadphonesPlugged{})
                     .on(session::HeadphonesUnplugged{})
                     .session.comfort.speech);
    EXPECT_FALSE(Walker{}.to_questions().on(session::KeypadUsed{}).session.comfort.speech)
        << "who switched it off keeps it off";
}

}  // namespace
}  // namespace app
