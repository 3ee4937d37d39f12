// Asking how far an application is.
#include "app/present/case_standing.hpp"
#include "domain/dates.hpp"
#include "domain/masking.hpp"
#include "session/inactivity.hpp"

namespace app {

using screens::ButtonLook;
using screens::Tone;

namespace {

MessageId delivery_text(domain::Delivery delivery) {
    switch (delivery) {
        case domain::Delivery::kept:
            return MessageId::delivery_kept;
        case domain::Delivery::sending:
            return MessageId::delivery_sending;
        case domain::Delivery::received:
            return MessageId::delivery_received;
        case domain::Delivery::attention:
            return MessageId::delivery_attention;
        case domain::Delivery::unknown:
            break;
    }
    return MessageId::delivery_unknown;
}

std::string moment_in_words(const PageBuilder& b, const std::string& iso8601) {
    base::Instant instant;
    if (!base::parse_iso8601(iso8601, instant)) return iso8601;
    return domain::in_words(base::local_date(instant), b.locale()) + " " +
           base::local_time_hh_mm(instant);
}

void status_card(const domain::SubmissionStatus& status, PageBuilder& b) {
    const bool received = status.delivery == domain::Delivery::received;
    const auto office = case_words(b, status);
    if (office)
        b.add(screens::Notice{office->tone, office->icon, office->title, {office->next}, false});
    else
        b.add(screens::Notice{received ? Tone::success : Tone::info,
                              received ? "circle-check" : "hourglass",
                              b.say(delivery_text(status.delivery)),
                              {},
                              false});
    screens::KeyValues card;
    const auto row = [&](MessageId label, std::string value, bool strong = false) {
        if (!value.empty())
            card.rows.push_back(
                {b.say(label), std::move(value), strong, {}, {}, screens::Sensitivity::personal});
    };
    row(MessageId::receipt_item, status.item_name);
    row(MessageId::receipt_number, domain::grouped_by_four(status.local_number), true);
    row(MessageId::progress_case_number, status.case_number);
    row(MessageId::progress_since, moment_in_words(b, status.since));
    row(status.centre_state == "REFUSED" ? MessageId::case_office_to_go : MessageId::case_office,
        status.office);
    const bool mends = status.centre_state == "CORRECTION";
    if (!status.due.empty())
        row(mends ? MessageId::case_due_correction : MessageId::case_due, by_day(b, status.due),
            true);
    row(MessageId::case_note, status.note);
    b.add(std::move(card));
}

// The others, to be opened one at a time.
void other_cases(const flows::ShowingProgress& here, PageBuilder& b) {
    if (here.statuses.size() < 2) return;
    b.line(b.say(MessageId::case_others));
    screens::Choices list;
    for (std::size_t i = 0; i < here.statuses.size(); ++i) {
        if (i == here.opened) continue;
        const auto& status = here.statuses[i];
        const auto office = case_words(b, status);
        const std::string state = office ? office->title : b.say(delivery_text(status.delivery));
        list.choices.push_back({b.bind("case:" + std::to_string(i), session::ProgressCaseOpened{i}),
                                status.item_name.empty()
                                    ? domain::grouped_by_four(status.local_number)
                                    : status.item_name,
                                state, "receipt", false});
    }
    b.add(std::move(list));
}

}  // namespace

void show(const flows::ChoosingProgressWay&, PageBuilder& b) {
    b.title(b.say(MessageId::progress_title),
            scanner_ready(b) ? b.say(MessageId::progress_scan_with_scanner) : std::string());
    add_code_note(b);
    // What is known of a person is asked of the centre; what stands on a slip is found here, too.
    const bool connected =
        b.in.post.line != domain::Line::offline && b.in.post.line != domain::Line::absent;
    screens::Choices list;
    list.choices = {
        {b.bind("by_card", session::ProgressByCardChosen{}), b.say(MessageId::progress_by_card),
         b.say(connected ? MessageId::progress_by_card_note : MessageId::progress_by_card_not_now),
         "id", false},
        {b.bind("by_code", session::ProgressByCodeChosen{}), b.say(MessageId::progress_by_code),
         b.say(MessageId::progress_by_code_note), "receipt", false}};
    if (b.in.health.camera.state == domain::DeviceState::ready)
        list.choices.push_back({b.bind("by_scan", session::ReceiptScanOpened{}),
                                b.say(MessageId::progress_by_scan),
                                b.say(MessageId::progress_by_scan_note), "scan", false});
    b.add(std::move(list));
}

namespace {

// 扫回执上的二维码: the camera looks while this page stands, and never without its lamp.
void scan_page(PageBuilder& b) {
    b.name("progress_scan");
    b.title(b.say(MessageId::progress_scan_title), b.say(MessageId::progress_scan_subtitle));
    screens::CameraPreview preview;
    preview.guidance = code_sentence(b);
    if (preview.guidance.empty()) preview.guidance = b.say(MessageId::progress_scan_guide);
    preview.lamp_text = b.say(MessageId::face_lamp);
    preview.frame = screens::PreviewFrame::code;
    b.add(std::move(preview));
    b.add(screens::ButtonRow{{b.secondary("progress_scan_type", MessageId::progress_scan_type,
                                          session::ProgressByCodeChosen{})}});
    b.line(b.say(MessageId::progress_scan_note));
}

}  // namespace

void show(const flows::EnteringCode& here, PageBuilder& b) {
    if (here.camera) {
        scan_page(b);
        return;
    }
    b.title(b.say(MessageId::progress_code_title),
            scanner_ready(b) ? b.say(MessageId::progress_scan_with_scanner) : std::string());
    screens::Field field;
    field.id = b.bind("receipt_code", session::Touched{});
    field.label = b.say(MessageId::progress_code_label);
    field.hint = b.say(MessageId::progress_code_hint);
    const std::string value = here.code ? *here.code : std::string{};
    field.shown = domain::grouped_by_four(value);
    field.value = base::SecretText(value);
    field.keyboard = screens::Keyboard::code;
    field.focused = true;
    field.max_code_points = 24;
    field.sensitivity = screens::Sensitivity::personal;
    field.error = here.asked_empty ? b.say(MessageId::progress_code_empty) : code_sentence(b);
    b.add(std::move(field));
    b.add(screens::ButtonRow{
        {b.primary("look_up", MessageId::progress_code_ask, session::CodeSubmitted{})}});
}

// Says more the longer it takes (UX-150).
void show(const flows::AskingProgress& here, PageBuilder& b) {
    b.title(b.say(MessageId::progress_asking));
    const auto waited = b.in.now - here.since;
    const auto seconds =
        std::to_string(std::chrono::duration_cast<std::chrono::seconds>(waited).count());
    if (waited < session::wait_explained) {
        b.add(screens::Progress{"search", b.say(MessageId::progress_asking), -1});
        return;
    }
    b.add(
        screens::Progress{"search", b.say(MessageId::progress_waited, {{"seconds", seconds}}), -1});
    if (waited < session::wait_questioned) {
        b.add(screens::ButtonRow{
            {b.secondary("ask_cancel", MessageId::progress_cancel, session::WentBack{})}});
        return;
    }
    b.add(screens::Notice{Tone::info,
                          "info-circle",
                          b.say(MessageId::progress_slow),
                          {b.say(MessageId::progress_slow_text)},
                          false});
    b.add(screens::ButtonRow{{b.button("ask_wait", b.say(MessageId::progress_wait_on),
                                       ButtonLook::equal, session::Touched{}),
                              b.button("ask_cancel", b.say(MessageId::progress_other_way),
                                       ButtonLook::equal, session::WentBack{})}});
}

void show(const flows::ShowingProgress& here, PageBuilder& b) {
    if (here.fault) {
        b.title(b.say(here.fault->code == base::FaultCode::AnswerNotFound
                          ? MessageId::progress_none_title
                          : MessageId::progress_failed_title));
        b.page.screen.low = true;
        b.add(screens::Notice{Tone::warn,
                              "info-circle",
                              std::string(base::citizen_text(here.fault->code, b.locale())),
                              {b.say(MessageId::progress_none_text)},
                              true});
    } else if (here.statuses.empty()) {
        b.title(b.say(MessageId::progress_none_title));
        b.add(screens::Notice{
            Tone::info, "info-circle", b.say(MessageId::progress_none_text), {}, true});
    } else {
        b.title(b.say(MessageId::progress_result_title));
        status_card(here.statuses.at(here.opened), b);
        other_cases(here, b);
    }
    screens::ButtonRow buttons;
    // The centre answers whoever put the card down, and the one that the slip found.
    const bool found = here.statuses.size() == 1 && !here.statuses.front().sub_id.empty() &&
                       here.statuses.front().delivery == domain::Delivery::received;
    if (b.pack.voice && !here.fault && (here.person || found))
        buttons.buttons.push_back(
            b.secondary("replies_open", MessageId::replies_open, session::RepliesOpened{}));
    buttons.buttons.push_back(
        b.primary("progress_done", MessageId::progress_done, session::Ended{}));
    b.add(std::move(buttons));
    if (here.fault) add_stuck_button(b);
}

}  // namespace app
