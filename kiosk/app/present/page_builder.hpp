// What the pages are written with: blocks in order, buttons with their events.
#pragma once

#include "app/present/present.hpp"
#include "base/messages.hpp"

#include <string>
#include <string_view>
#include <utility>

namespace app {

using base::MessageId;
namespace screens = ui::screens;

class PageBuilder {
  public:
    explicit PageBuilder(const PresentInput& input)
        : in(input), pack(input.pack != nullptr ? *input.pack : no_pack()) {}
    // A terminal without a valid one: the technician's pages need none.
    static const catalogue::Pack& no_pack();

    const PresentInput& in;
    const catalogue::Pack& pack;
    Page page;

    using Values = std::initializer_list<std::pair<std::string_view, std::string_view>>;
    base::Locale locale() const { return in.session.locale; }
    std::string say(MessageId id) const { return std::string(base::text(id, locale())); }
    std::string say(MessageId id, Values values) const { return base::text(id, locale(), values); }
    const std::string& say(const catalogue::Text& text) const { return text.in(locale()); }

    void name(std::string page_name) { page.screen.name = std::move(page_name); }
    void title(std::string text, std::string subtitle = {}) {
        page.screen.title = std::move(text);
        page.screen.subtitle = std::move(subtitle);
    }
    void step(int current);
    template <class Block>
    void add(Block block) {
        page.screen.blocks.emplace_back(std::move(block));
    }

    // A control with this id means this event.
    std::string bind(std::string id, session::Event event) {
        page.on_press.insert_or_assign(id, std::move(event));
        return id;
    }
    screens::Button button(std::string id, std::string text, screens::ButtonLook look,
                           session::Event event, screens::IconName icon = {}) {
        return {bind(std::move(id), std::move(event)), std::move(text), look, std::move(icon)};
    }
    screens::Button primary(std::string id, MessageId text, session::Event event) {
        return button(std::move(id), say(text), screens::ButtonLook::primary, std::move(event));
    }
    screens::Button secondary(std::string id, MessageId text, session::Event event,
                              screens::IconName icon = {}) {
        return button(std::move(id), say(text), screens::ButtonLook::secondary, std::move(event),
                      std::move(icon));
    }
    void line(std::string text) { add(screens::Line{std::move(text), true, true}); }
    std::string window_sentence() const;
    std::string place(domain::Place place) const;  // 屏幕右下方
    std::string reader_is() const;                 // 读卡区在屏幕右下方
    // The machine with its reader, and where that is.
    screens::DevicePicture reader_picture(screens::DevicePictureKind kind, std::string caption,
                                          bool busy) const;
    screens::Outlet outlet(domain::DeviceKind printer) const;  // where its paper comes out
    const catalogue::ServiceItem* item(const std::string& code) const {
        return pack.find_item(code);
    }
};

// 声音与显示: how the terminal looks, sounds and stands (S10).
void comfort_page(PageBuilder&);
void comfort_code_page(PageBuilder&);  // the same as a code to take along
void comfort_scan_page(PageBuilder&);  // such a code before the camera

// What is said of a code that was scanned and means nothing on this page; empty, or nothing, when
// none was.
std::string code_sentence(const PageBuilder&);
void add_code_note(PageBuilder&);
bool scanner_ready(const PageBuilder&);

// A card that has had its turn lies where the next one is awaited.
screens::Notice card_in_the_way(const PageBuilder&);

// Lines like "用来做什么：…", each with its lead in bold.
screens::TextCard card_with_leads(const PageBuilder&, const std::vector<catalogue::Text>& lines);

// UX-283: content says of which day it is, and when that is long ago.
std::string content_date(const PageBuilder&);

// One a row, each leading to its guide.
screens::Choices service_list(PageBuilder&, const std::vector<const catalogue::ServiceItem*>&);

// The pages on which the place of a field is picked or written.
void place_page(PageBuilder&, const flows::FillingForm&, const catalogue::Field&);

// 办不成事, on pages that end badly; nothing where the pack or the page does not allow it.
void add_stuck_button(PageBuilder&);
// 咨询, 投诉和建议: on the page of help.
void add_speak_up_buttons(PageBuilder&);
// What could be better: the second page of a rating.
void rating_reasons_page(const flows::Rating&, PageBuilder&);
// The guide's page with its code and the list on paper.
void take_along_page(const catalogue::ServiceItem&, PageBuilder&);

// One overload per state, in present_*.cpp.
void show(const flows::Idle&, PageBuilder&);
void show(const flows::ChoosingService&, PageBuilder&);
void show(const flows::SearchingService&, PageBuilder&);
void show(const flows::ReadingColumn&, PageBuilder&);
void show(const flows::ReadingDocuments&, PageBuilder&);
void show(const flows::ReadingGuide&, PageBuilder&);
void show(const flows::TakingAlong&, PageBuilder&);
void show(const flows::CheckingTrade&, PageBuilder&);
void show(const flows::ReadingNotice&, PageBuilder&);
void show(const flows::AwaitingCard&, PageBuilder&);
void show(const flows::CardRefused&, PageBuilder&);
void show(const flows::ConfirmingIdentity&, PageBuilder&);
void show(const flows::ConsideringFace&, PageBuilder&);
void show(const flows::CheckingFace&, PageBuilder&);
void show(const flows::FaceNotMatched&, PageBuilder&);
void show(const flows::AnsweringSituation&, PageBuilder&);
void show(const flows::NotEligible&, PageBuilder&);
void show(const flows::FillingForm&, PageBuilder&);
void show(const flows::CheckingMaterials&, PageBuilder&);
void show(const flows::Reviewing&, PageBuilder&);
void show(const flows::SigningLetter&, PageBuilder&);
void show(const flows::ChoosingWay&, PageBuilder&);
void show(const flows::TakingThumbPrint&, PageBuilder&);
void show(const flows::AwaitingWitness&, PageBuilder&);
void show(const flows::WitnessSigning&, PageBuilder&);
void show(const flows::ViewingLetter&, PageBuilder&);
void show(const flows::HandingIn&, PageBuilder&);
void show(const flows::HandInProblem&, PageBuilder&);
void show(const flows::TakingCard&, PageBuilder&);
void show(const flows::CardLeft&, PageBuilder&);
void show(const flows::ShowingReceipt&, PageBuilder&);
void show(const flows::AskingForProof&, PageBuilder&);
void show(const flows::NoProof&, PageBuilder&);
void show(const flows::ShowingProof&, PageBuilder&);
void show(const flows::PrintingProof&, PageBuilder&);
void show(const flows::Rating&, PageBuilder&);
void show(const flows::Farewell&, PageBuilder&);
void show(const flows::ChoosingProgressWay&, PageBuilder&);
void show(const flows::EnteringCode&, PageBuilder&);
void show(const flows::AskingProgress&, PageBuilder&);
void show(const flows::ShowingProgress&, PageBuilder&);
void show(const flows::SpeakingUp&, PageBuilder&);
void show(const flows::KeepingVoice&, PageBuilder&);
void show(const flows::VoiceProblem&, PageBuilder&);
void show(const flows::VoiceKept&, PageBuilder&);
void show(const flows::AskingReplies&, PageBuilder&);
void show(const flows::ShowingReplies&, PageBuilder&);
void show(const flows::AskingDue&, PageBuilder&);
void show(const flows::ShowingDue&, PageBuilder&);
void show(const flows::ReadingDue&, PageBuilder&);
void show(const flows::AskingOrder&, PageBuilder&);
void show(const flows::ShowingPayCode&, PageBuilder&);
void show(const flows::PaymentKnown&, PageBuilder&);
void show(const flows::AskingBooking&, PageBuilder&);
void show(const flows::Booking&, PageBuilder&);
void show(const flows::BookingNotPossible&, PageBuilder&);
void show(const flows::Suspended&, PageBuilder&);
void show(const flows::TechnicianSigningIn&, PageBuilder&);
void show(const flows::TechnicianOverview&, PageBuilder&);
void show(const flows::TechnicianLooking&, PageBuilder&);
void show(const flows::TechnicianCourier&, PageBuilder&);
void show(const flows::TechnicianPausing&, PageBuilder&);
void show(const flows::TechnicianAsked&, PageBuilder&);
void show(const flows::TechnicianCleaning&, PageBuilder&);
void show(const flows::SettingUp&, PageBuilder&);

// Values shared by the review page and the letter: label and what was answered, in the form's
// order.
struct ReviewRow {
    std::string label, value;
    std::size_t page = 0;
    bool changeable = false;
    std::string
        masked_key;  // of a field whose value is masked, or would be if it were not revealed
    std::string warning;
};
// Masked by the terminal's policy, but for the field of that key.
std::vector<ReviewRow> review_rows(const PageBuilder& builder, const flows::Journey& journey,
                                   const std::string& revealed);

}  // namespace app
