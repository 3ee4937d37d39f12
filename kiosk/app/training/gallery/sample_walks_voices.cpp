// Asking, complaining, 办不成事, what could be better, and the answers.
#include "app/training/gallery/sample_walks.hpp"

namespace app::training::gallery {

using namespace session;
using base::FaultCode;
using base::SecretText;
using catalogue::VoiceKind;
using samples::Walker;

namespace {

Walker speaking(VoiceKind kind) {
    return Walker{}.on(HelpOpened{}).on(SpeakUpOpened{kind});
}

Walker kept(Walker check, base::Result<domain::LocalReceipt> result) {
    check.on(VoiceSubmitted{});
    return check.on(SubmissionKept{check.in<flows::KeepingVoice>()->ticket, std::move(result)});
}

Walker asking() {
    Walker walker = Walker{}
                        .on(ProgressOpened{})
                        .on(ProgressByCodeChosen{})
                        .on(TextTyped{"receipt_code", SecretText("L3K790F261QX")})
                        .on(CodeSubmitted{});
    domain::SubmissionStatus status;
    status.delivery = domain::Delivery::received;
    status.local_number = "L3K790F261QX";
    status.since = "2026-11-22T09:41:00+08:00";
    status.sub_id = domain::SubId{{1, 2, 3}}.text();
    return walker.on(
        ProgressAnswered{walker.in<flows::AskingProgress>()->ticket, std::vector{status}});
}

Walker replied(base::Result<std::vector<domain::VoiceReply>> replies) {
    Walker walker = asking().on(RepliesOpened{});
    return walker.on(
        RepliesAnswered{walker.in<flows::AskingReplies>()->ticket, std::move(replies)});
}

domain::VoiceReply reply(const char* kind, const char* state, const char* words) {
    domain::VoiceReply out;
    out.number = "11000101DEM000199Z9990599000000202611220001";
    out.kind = kind;
    out.state = state;
    out.since = "2026-11-22T09:41:00+08:00";
    out.due = "2026-11-27T09:41:00+08:00";
    out.reply = words;
    out.asks = out.state == "replied";
    return out;
}

}  // namespace

void voice_pages(Collector& pages) {
    pages.add("speak_topic_consult", speaking(VoiceKind::consult));
    pages.add("speak_topic_complaint", speaking(VoiceKind::complaint));
    pages.add("speak_topic_stuck", speaking(VoiceKind::stuck));
    const Walker words = speaking(VoiceKind::complaint).on(VoiceTopicChosen{"delay"});
    pages.add("speak_words", words);
    pages.add("speak_words_missing", Walker{words}.on(VoiceWritten{}));
    Walker written =
        Walker{words}.on(TextTyped{flows::voice_text_field, SecretText("等了两个月还没有消息")});
    pages.add("speak_words_written", written);
    pages.add("speak_words_telephone",
              Walker{written}
                  .on(TextTyped{flows::voice_telephone_field, SecretText("123")})
                  .on(VoiceWritten{}));
    // After something that did not work there is something to hand in along.
    Walker stuck;
    stuck.to_card();
    stuck.on(CardRead{stuck.in<flows::AwaitingCard>()->ticket, base::fail(FaultCode::CardExpired)})
        .on(SpeakUpOpened{VoiceKind::stuck})
        .on(VoiceTopicChosen{"card_or_face"});
    pages.add("speak_words_stuck", stuck);
    pages.add("speak_words_tried", stuck.on(TriedToggled{}));
    pages.add("speak_check_tried", Walker{stuck}.on(VoiceWritten{}).on(VoiceUnnamed{}));
    written.on(VoiceWritten{});
    pages.add("speak_who", written);
    const Walker check = written.on(VoiceUnnamed{});
    pages.add("speak_check", check);
    pages.add("voice_keeping", Walker{check}.on(VoiceSubmitted{}));
    pages.add("voice_problem", kept(check, base::fail(FaultCode::DiskFull)));
    pages.add("voice_problem_unknown", kept(check, base::fail(FaultCode::HandInUnknown)));
    Walker done = kept(check, samples::receipt());
    pages.add("voice_kept", done);
    const auto ticket = done.in<flows::VoiceKept>()->ticket;
    pages.add("voice_kept_printed", Walker{done}.on(PrintEnded{ticket, PrintResult::printed}));
    pages.add("voice_kept_no_paper",
              Walker{done}.on(PrintEnded{ticket, base::fail(FaultCode::PrinterPaperOut)}));
    Walker rating = Walker{}.to_receipt().on(ReceiptTaken{}).on(Rated{3});
    pages.add("rating_reasons", rating);
    pages.add("rating_reasons_ticked",
              Walker{rating}.on(ReasonToggled{"waiting"}).on(DimensionRated{"speed", 4}));
    pages.add("rating_words", Walker{rating}.on(FieldFocused{flows::voice_text_field}));
    Walker rated = rating.on(RatingSubmitted{});
    pages.add("goodbye_rated", rated);
    if (const auto* farewell = rated.in<flows::Farewell>()) {
        const auto of_rating = farewell->ticket;
        pages.add("goodbye_rating_kept",
                  Walker{rated}.on(SubmissionKept{of_rating, samples::receipt()}));
        pages.add("goodbye_rating_lost",
                  Walker{rated}.on(SubmissionKept{of_rating, base::fail(FaultCode::DiskFull)}));
    }
    pages.add("progress_with_replies", asking());
    pages.add("replies_wait", asking().on(RepliesOpened{}));
    pages.add("replies_none", replied(std::vector<domain::VoiceReply>{}));
    pages.add("replies_failed", replied(base::fail(FaultCode::NetworkUnreachable)));
    pages.add("replies_answered",
              replied(std::vector{reply("complaint", "replied", "已经办好，请带身份证来取。")}));
    pages.add("replies_waiting", replied(std::vector{reply("consult", "received", "")}));
    pages.add("replies_content",
              replied(std::vector{reply("rating", "satisfied", "已经加开一个窗口。")}));
}

}  // namespace app::training::gallery
