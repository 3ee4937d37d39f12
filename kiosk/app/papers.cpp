#include "app/papers.hpp"

#include "app/present/case_standing.hpp"
#include "base/assert.hpp"
#include "base/messages.hpp"
#include "domain/dates.hpp"
#include "domain/masking.hpp"

namespace app {

using base::MessageId;

documents::ReceiptDocument receipt_document(const catalogue::Pack& pack, const ReceiptFacts& facts,
                                            base::Locale locale) {
    const auto say = [&](MessageId id) { return std::string(base::text(id, locale)); };
    const auto* item = pack.find_item(facts.item_code);
    KIOSK_ASSERT(item != nullptr);
    documents::ReceiptDocument out;
    out.locale = locale;
    out.training = pack.realm == domain::Realm::training;
    out.organisation = pack.organisation.in(locale);
    out.title = say(facts.copy ? MessageId::paper_receipt_copy : MessageId::paper_receipt);
    out.state_sentence = say(MessageId::receipt_state);
    out.explanation = {say(MessageId::paper_receipt_explanation)};
    const bool captured = item->filing_date == catalogue::FilingDate::captured;
    out.rows = {
        {say(MessageId::receipt_item), item->name.in(locale), false},
        {say(MessageId::receipt_number), domain::grouped_by_four(facts.receipt.local_number), true},
        {say(MessageId::receipt_look_up_code), domain::grouped_by_four(facts.receipt.look_up_code),
         false},
        {say(MessageId::paper_applicant), facts.masked_name, false},
        {say(MessageId::receipt_kept_at),
         domain::in_words(base::local_date(facts.receipt.kept_at), locale) + " " +
             base::local_time_hh_mm(facts.receipt.kept_at),
         false},
        {say(MessageId::receipt_filing_date),
         say(captured ? MessageId::receipt_filing_captured : MessageId::receipt_filing_received),
         false},
        {say(MessageId::receipt_next), item->next_step.in(locale), false}};
    if (auto promise = promise_if_accepted(pack, *item, facts.receipt.kept_at, locale);
        !promise.empty())
        out.rows.push_back({say(MessageId::receipt_promise), std::move(promise), false});
    if (const auto& office = item->terms.receiving_office)
        out.rows.push_back({say(MessageId::terms_received_by), office->name.in(locale), false});
    out.qr_text = facts.receipt.qr_text;
    out.qr_caption = {say(MessageId::receipt_qr_1), say(MessageId::receipt_qr_2)};
    out.footer = {base::text(MessageId::paper_contact, locale,
                             {{"telephone", pack.telephone}, {"hours", pack.hours.in(locale)}}),
                  say(MessageId::receipt_deleted_note)};
    return out;
}

documents::ReceiptDocument booking_document(const catalogue::Pack& pack,
                                            const domain::booking::Booking& booking,
                                            base::Locale locale) {
    const auto say = [&](MessageId id) { return std::string(base::text(id, locale)); };
    const auto* item = pack.find_item(booking.item_code);
    base::Instant begins{};
    std::string day = booking.slot.date;
    if (base::parse_iso8601(booking.slot.date + "T" + booking.slot.from + ":00+08:00", begins))
        day = domain::in_words(base::local_date(begins), locale);
    documents::ReceiptDocument out;
    out.locale = locale;
    out.training = pack.realm == domain::Realm::training;
    out.organisation = pack.organisation.in(locale);
    out.title = say(MessageId::paper_booking);
    out.state_sentence = say(MessageId::booking_made_title);
    out.explanation = {say(MessageId::booking_bring)};
    out.rows = {
        {say(MessageId::booking_number), booking.number, true},
        {say(MessageId::booking_when), day + " " + booking.slot.from + "–" + booking.slot.to, true},
        {say(MessageId::booking_where), booking.point.name, false},
        {say(MessageId::booking_address), booking.point.address, false},
        {say(MessageId::booking_telephone), booking.point.telephone, false},
        {say(MessageId::booking_what),
         item != nullptr ? item->name.in(locale) : say(MessageId::booking_any_matter), false}};
    out.qr_text = "CWA1:" + booking.number;
    out.qr_caption = {say(MessageId::booking_number)};
    out.footer = {base::text(MessageId::paper_contact, locale,
                             {{"telephone", pack.telephone}, {"hours", pack.hours.in(locale)}})};
    return out;
}

documents::ReceiptDocument voice_receipt_document(const catalogue::Pack& pack,
                                                  const VoiceReceiptFacts& facts,
                                                  base::Locale locale) {
    const auto say = [&](MessageId id) { return std::string(base::text(id, locale)); };
    KIOSK_ASSERT(pack.voice);
    documents::ReceiptDocument out;
    out.locale = locale;
    out.training = pack.realm == domain::Realm::training;
    out.organisation = pack.organisation.in(locale);
    out.title = say(facts.copy ? MessageId::voice_paper_copy : MessageId::voice_paper_title);
    out.state_sentence = say(MessageId::receipt_state);
    out.explanation = {base::text(MessageId::voice_kept_line, locale,
                                  {{"days", std::to_string(pack.voice->reply_days)}}),
                       say(MessageId::voice_kept_how)};
    const auto kind = facts.kind == catalogue::VoiceKind::consult     ? MessageId::speak_consult
                      : facts.kind == catalogue::VoiceKind::complaint ? MessageId::speak_complaint
                                                                      : MessageId::speak_stuck;
    out.rows = {
        {say(MessageId::speak_check_kind), say(kind), false},
        {say(MessageId::receipt_number), domain::grouped_by_four(facts.receipt.local_number), true},
        {say(MessageId::receipt_look_up_code), domain::grouped_by_four(facts.receipt.look_up_code),
         false},
        {say(MessageId::receipt_kept_at),
         domain::in_words(base::local_date(facts.receipt.kept_at), locale) + " " +
             base::local_time_hh_mm(facts.receipt.kept_at),
         false}};
    out.qr_text = facts.receipt.qr_text;
    out.qr_caption = {say(MessageId::receipt_qr_1), say(MessageId::receipt_qr_2)};
    return out;
}

documents::ReceiptDocument bill_document(const catalogue::Pack& pack,
                                         const domain::PaymentOrder& order,
                                         const std::string& masked_name, base::Locale locale) {
    const auto say = [&](MessageId id) { return std::string(base::text(id, locale)); };
    const auto yuan = [&](std::int64_t fen) {
        return base::text(MessageId::pay_yuan, locale, {{"amount", domain::yuan_text(fen)}});
    };
    documents::ReceiptDocument out;
    out.job = "bill";
    out.locale = locale;
    out.training = pack.realm == domain::Realm::training;
    out.organisation = pack.organisation.in(locale);
    out.title = say(MessageId::paper_bill);
    out.state_sentence = say(MessageId::pay_paid_title);
    out.explanation = {say(MessageId::paper_bill_no_invoice)};
    out.rows = {{say(MessageId::pay_total), yuan(order.total_fen), true},
                {say(MessageId::pay_payee), order.payee, false},
                {say(MessageId::pay_payer), masked_name, false}};
    for (const auto& item : order.items) {
        out.rows.push_back({item.name, yuan(item.amount_fen), false});
        if (!item.basis.empty()) out.rows.push_back({say(MessageId::pay_basis), item.basis, false});
        if (item.relief_fen > 0)
            out.rows.push_back({say(MessageId::pay_relief),
                                "-" + yuan(item.relief_fen) + " · " + item.relief_basis, false});
    }
    out.rows.push_back({say(MessageId::pay_order_no), order.order_no, false});
    out.rows.push_back({say(MessageId::pay_bill_code), order.bill_code, false});
    out.rows.push_back({say(MessageId::pay_bill_no), order.bill_no, false});
    out.footer = {base::text(MessageId::paper_contact, locale,
                             {{"telephone", pack.telephone}, {"hours", pack.hours.in(locale)}})};
    return out;
}

documents::LetterDocument letter_document(const catalogue::Pack& pack,
                                          const catalogue::Submission& submission,
                                          base::Locale locale, base::Date today,
                                          const domain::MaskingPolicy& masking) {
    const auto say = [&](MessageId id) { return std::string(base::text(id, locale)); };
    const auto& application = submission.application;
    const auto* item = pack.find_item(application.item_code);
    KIOSK_ASSERT(item != nullptr);
    const auto& letter = item->letter;
    documents::LetterDocument out;
    out.locale = locale;
    out.training = pack.realm == domain::Realm::training;
    out.organisation = pack.organisation.in(locale);
    out.title = letter.title.in(locale);
    out.item_name = item->name.in(locale);
    out.basis = letter.basis.in(locale);
    out.conditions_heading = say(MessageId::letter_conditions);
    for (const auto& line : letter.conditions) out.conditions.push_back(line.in(locale));
    out.consequences_heading = say(MessageId::letter_consequences);
    for (const auto& line : letter.consequences) out.consequences.push_back(line.in(locale));
    out.application_heading = say(MessageId::letter_application);
    const auto facts = catalogue::facts_for(*item, *application.person, application.situation,
                                            today, submission.division);
    // The letter is the citizen's own paper: names and numbers stand in full unless the county
    // wants them masked.
    const auto* mask = masking.letter ? &masking : nullptr;
    const auto& person = *application.person;
    const auto& number = person.number().text();
    out.application.push_back({say(MessageId::confirm_name),
                               mask ? domain::masked_name(person.name(), *mask) : person.name(),
                               false});
    out.application.push_back(
        {say(MessageId::confirm_number),
         domain::grouped_id_number(mask ? domain::masked_id_number(number, *mask) : number),
         false});
    for (const auto& page : item->form)
        for (const auto& field : page.fields) {
            if (!catalogue::is_visible(field, facts) || field.locked) continue;
            const auto value = application.answers.values().find(field.key);
            const bool given = value != application.answers.values().end() && value->second.text &&
                               !value->second.text->empty();
            out.application.push_back(
                {field.label.in(locale),
                 given ? catalogue::shown_value(pack, field, *value->second.text, locale, mask)
                       : say(MessageId::form_empty),
                 false});
        }
    out.clauses_heading = say(MessageId::letter_clauses);
    for (std::size_t i = 0; i < letter.clauses.size(); ++i)
        out.clauses.push_back({letter.clauses[i].in(locale), submission.letter.ticks.at(i)});
    out.choice = (submission.letter.undertaking == catalogue::Undertaking::commit ? letter.commit
                                                                                  : letter.ordinary)
                     .label.in(locale);
    out.signature_label = say(MessageId::paper_signature);
    out.signature = submission.letter.signature;
    out.thumb_print = submission.letter.thumb_print;
    if (const auto& witness = submission.letter.witness) {
        out.witness_label = say(MessageId::paper_witness);
        const auto witness_number =
            mask ? domain::masked_id_number(witness->id_number, *mask) : witness->id_number;
        out.witness_text =
            base::text(MessageId::paper_witness_text, locale,
                       {{"name", mask ? domain::masked_name(witness->name, *mask) : witness->name},
                        {"number", domain::grouped_id_number(witness_number)}});
        out.witness_signature = base::Secret<domain::Strokes>(witness->signature);
    }
    if (!submission.letter.confirmed_at.empty()) {
        base::Instant last{};
        base::parse_iso8601(submission.letter.confirmed_at.back(), last);
        out.confirmed_text =
            base::text(MessageId::paper_confirmed, locale,
                       {{"n", std::to_string(submission.letter.confirmed_at.size())},
                        {"time", domain::in_words(base::local_date(last), locale) + " " +
                                     base::local_time_hh_mm(last)}});
    }
    out.date_text = domain::in_words(today, locale);
    out.reference =
        base::text(MessageId::paper_terminal, locale,
                   {{"reference", submission.sub_id.text()}, {"terminal", submission.terminal}});
    return out;
}

}  // namespace app
