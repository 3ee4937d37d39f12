#include "samples.hpp"

namespace session::samples {

namespace {
base::Secret<domain::IdCardRecord> secret(domain::IdCardRecord card) {
    return base::Secret<domain::IdCardRecord>(std::move(card));
}
}  // namespace

domain::Comfort high_contrast() {
    domain::Comfort comfort;
    comfort.contrast = domain::Contrast::high;
    return comfort;
}

std::vector<NamedEvent> events() {
    const auto no_match = domain::FaceVerdict{domain::FaceOutcome::no_match, {}, 0.1, 1};
    const auto match = domain::FaceVerdict{domain::FaceOutcome::match, {}, 0.9, 1};
    const auto& item = *pack().find_item(item_code);
    const auto& question = item.situation.front();
    return {
        {"touched", Touched{}},
        {"went back", WentBack{}},
        {"went home", WentHome{}},
        {"ended", Ended{}},
        {"disowned the identity", DisownedIdentity{}},
        {"opened help", HelpOpened{}},
        {"closed help", HelpClosed{}},
        {"toggled elder mode", ElderModeToggled{}},
        {"opened comfort", ComfortOpened{}},
        {"closed comfort", ComfortClosed{}},
        {"chose high contrast", ComfortChosen{high_contrast()}},
        {"toggled the language", LanguageToggled{}},
        {"opened the other ways to sign", OtherWaysOpened{}},
        {"chose to confirm by ear", WayChosen{catalogue::SignatureWay::read_aloud}},
        {"chose the thumb print", WayChosen{catalogue::SignatureWay::thumb}},
        {"chose a mark and a witness", WayChosen{catalogue::SignatureWay::witnessed}},
        {"consented to the camera", ThumbConsented{}},
        {"took a picture of the print", ThumbPictureWanted{}},
        {"wanted another picture", ThumbRetaken{}},
        {"confirmed the picture", ThumbConfirmed{}},
        {"looked at the letter", LetterViewed{}},
        {"confirmed a clause", ClauseConfirmed{}},
        {"used the keypad", KeypadUsed{}},
        {"plugged headphones in", HeadphonesPlugged{}},
        {"unplugged headphones", HeadphonesUnplugged{}},
        {"speech ran", SpeechRan{}},
        {"heard the page", PageHeard{}},
        {"chose to stay", StayChosen{}},
        {"chose to leave", LeaveChosen{}},
        {"time passed", TimePassed{}},
        {"opened the services", ServicesOpened{}},
        {"opened the guides", GuidesOpened{}},
        {"chose an item", ItemChosen{item_code}},
        {"started the item", ItemStarted{}},
        {"opened progress", ProgressOpened{}},
        {"saw the kept number", KeptNumberSeen{"L3K790F261QX"}},
        {"accepted the notice", NoticeAccepted{}},
        {"confirmed the identity", IdentityConfirmed{}},
        {"tried the card again", CardTriedAgain{}},
        {"consented to the face comparison", FaceConsented{}},
        {"refused the face comparison", FaceRefused{}},
        {"tried the face again", FaceTriedAgain{}},
        {"answered a question", QuestionAnswered{question.id, question.options.front().value}},
        {"answered a question with the stop",
         QuestionAnswered{question.id, question.options.back().value}},
        {"focused a field", FieldFocused{"p.live_detail"}},
        {"typed a text", TextTyped{"p.live_detail", base::SecretText("三组")}},
        {"picked an option", OptionPicked{"b.kind", "social_card"}},
        {"completed the page", PageCompleted{}},
        {"reopened a page", PageReopened{0}},
        {"accepted the materials", MaterialsAccepted{}},
        {"revealed a field", FieldRevealed{"p.doc_no"}},
        {"hid the field", FieldHidden{}},
        {"accepted the review", ReviewAccepted{}},
        {"turned the letter", LetterTurned{}},
        {"ticked a clause", ClauseTicked{0}},
        {"chose to commit", UndertakingChosen{catalogue::Undertaking::commit}},
        {"drew a signature", SignatureDrawn{base::Secret<domain::Strokes>(signature())}},
        {"submitted the letter", LetterSubmitted{}},
        {"tried to hand in again", HandInTriedAgain{}},
        {"declared the card taken", CardDeclaredTaken{}},
        {"asked for another receipt", ReceiptPrintedAgain{}},
        {"asked for the letter", LetterCopyWanted{}},
        {"took the receipt", ReceiptTaken{}},
        {"rated", Rated{2}},
        {"skipped the rating", RatingSkipped{}},
        {"read the goodbye", GoodbyeRead{}},
        {"chose progress by card", ProgressByCardChosen{}},
        {"chose progress by code", ProgressByCodeChosen{}},
        {"submitted the code", CodeSubmitted{}},
        {"a card was seen", CardSeen{waited_for}},
        {"a good card was read", CardRead{waited_for, secret(good_card())}},
        {"a child's card was read", CardRead{waited_for, secret(child_card())}},
        {"an expired card was read", CardRead{waited_for, secret(expired_card())}},
        {"a foreigner's card was read", CardRead{waited_for, secret(foreign_card())}},
        {"the card was lifted too early",
         CardRead{waited_for, base::fail(base::FaultCode::CardLiftedEarly)}},
        {"the reader was unplugged",
         CardRead{waited_for, base::fail(base::FaultCode::CardReaderUnplugged)}},
        {"the card was removed", CardRemoved{waited_for}},
        {"the reader cannot tell about the card", CardWatchEnded{waited_for}},
        {"the face was guided", FaceGuided{waited_for, {}}},
        {"the face matched", FaceChecked{waited_for, match}},
        {"the face did not match", FaceChecked{waited_for, no_match}},
        {"the face could not be compared",
         FaceChecked{waited_for, base::fail(base::FaultCode::CameraAbsent)}},
        {"it was kept", SubmissionKept{waited_for, receipt()}},
        {"it was not kept: disk full",
         SubmissionKept{waited_for, base::fail(base::FaultCode::DiskFull)}},
        {"a page was printed", PageOfPrintDone{waited_for, 1, 1}},
        {"printing ended", PrintEnded{waited_for, PrintResult::printed}},
        {"the paper was taken", PaperTaken{waited_for}},
        {"the printer ran out of paper",
         PrintEnded{waited_for, base::fail(base::FaultCode::PrinterPaperOut)}},
        {"a good print was taken", ThumbPictureTaken{waited_for, thumb_picture()}},
        {"a blurred print was taken",
         ThumbPictureTaken{waited_for, {domain::PrintQuality::blurred, {}}}},
        {"the letter was drawn", LetterDrawn{waited_for, paper_pages()}},
        {"the letter could not be drawn",
         LetterDrawn{waited_for, base::fail(base::FaultCode::InternalError)}},
        {"nobody is there any more", PresenceChanged{false}},
        {"somebody is there", PresenceChanged{true}},
        {"progress was answered",
         ProgressAnswered{waited_for, std::vector<domain::SubmissionStatus>{}}},
        {"progress could not be asked",
         ProgressAnswered{waited_for, base::fail(base::FaultCode::NetworkUnreachable)}},
    };
}

}  // namespace session::samples
