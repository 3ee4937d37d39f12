// What is said of a code that was scanned and means nothing on the page that stands there.
#include "app/present/page_builder.hpp"

namespace app {

namespace {

using domain::CodePurpose;

MessageId sentence(CodePurpose purpose, bool first_page) {
    switch (purpose) {
        case CodePurpose::receipt:
            return MessageId::code_receipt;
        case CodePurpose::guide:
            // Where it would open its guide there is none.
            return first_page ? MessageId::code_guide_unknown : MessageId::code_guide;
        case CodePurpose::comfort:
            return MessageId::code_comfort;
        case CodePurpose::enterprise_licence:
            return MessageId::code_enterprise;
        case CodePurpose::appointment:
            return MessageId::code_appointment;
        case CodePurpose::electronic_identity:
            return MessageId::code_identity;
        case CodePurpose::project_code:
            return MessageId::code_project;
        case CodePurpose::enrolment:
            return MessageId::code_enrolment;
        case CodePurpose::unknown:
            break;
    }
    return MessageId::code_unknown;
}

}  // namespace

std::string code_sentence(const PageBuilder& b) {
    const auto& session = b.in.session;
    if (!session.scan.note) return {};
    const bool first_page =
        session.idle() || std::holds_alternative<flows::ChoosingService>(session.state);
    return b.say(sentence(session.scan.note->purpose, first_page));
}

void add_code_note(PageBuilder& b) {
    if (auto text = code_sentence(b); !text.empty())
        b.add(screens::Notice{screens::Tone::info, "qrcode", std::move(text), {}, false});
}

bool scanner_ready(const PageBuilder& b) {
    return b.in.health.code_scanner.state == domain::DeviceState::ready;
}

}  // namespace app
