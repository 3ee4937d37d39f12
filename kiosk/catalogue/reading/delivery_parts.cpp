// The choice of how the result comes, as one more question and, for the post, one more page: both
// are asked, reviewed, sent and checked like those that stand in the pack.
#include "base/messages.hpp"
#include "catalogue/reading/pack_parts.hpp"
#include "catalogue/reading/words.hpp"

namespace catalogue::reading {

namespace {

using base::MessageId;

Text said(MessageId id) {
    return {std::string(base::text(id, base::Locale::zh)),
            std::string(base::text(id, base::Locale::en))};
}

Text label_of(Delivery way) {
    switch (way) {
        case Delivery::counter:
            return said(MessageId::delivery_counter);
        case Delivery::kiosk:
            return said(MessageId::delivery_kiosk);
        case Delivery::post:
            return said(MessageId::delivery_post);
        case Delivery::elicence:
            return said(MessageId::delivery_elicence);
        case Delivery::agent:
            break;
    }
    return said(MessageId::delivery_agent);
}

Text note_of(Delivery way) {
    switch (way) {
        case Delivery::counter:
            return said(MessageId::delivery_counter_note);
        case Delivery::kiosk:
            return said(MessageId::delivery_kiosk_note);
        case Delivery::post:
            return said(MessageId::delivery_post_note);
        case Delivery::elicence:
            return said(MessageId::delivery_elicence_note);
        case Delivery::agent:
            break;
    }
    return said(MessageId::delivery_agent_note);
}

Expression by_post() {
    Expression fact, word, equal;
    fact.op = Operator::fact;
    fact.fact = delivery_question;
    word.value = std::string(name_in(deliveries, Delivery::post));
    equal.op = Operator::equal;
    equal.arguments = {std::move(fact), std::move(word)};
    return equal;
}

Field posted(const char* key, FieldType type, MessageId label) {
    Field field;
    field.key = std::string(delivery_fields) + key;
    field.label = said(label);
    field.type = type;
    field.visible = by_post();
    return field;
}

FormPage address_page() {
    FormPage page;
    page.id = "delivery_to";
    page.title = said(MessageId::delivery_to_title);
    page.hint = said(MessageId::delivery_post_note);
    Field receiver = posted("receiver", FieldType::name, MessageId::delivery_receiver);
    receiver.prefill = Prefill::name;
    receiver.locked = true;  // nobody else gets it, and the name is masked like on every page
    receiver.mask = FieldMask::name;
    receiver.max_length = 25;
    Field phone = posted("phone", FieldType::phone, MessageId::delivery_phone);
    phone.mask = FieldMask::phone;
    phone.max_length = 11;
    phone.required = false;  // a telephone is never required
    Validation mobile;
    mobile.rule = Rule::phone;
    mobile.message = said(MessageId::delivery_phone_wrong);
    phone.validations = {std::move(mobile)};
    Field division = posted("division", FieldType::division, MessageId::delivery_division);
    division.prefill = Prefill::address_division;
    Field detail = posted("detail", FieldType::text, MessageId::delivery_detail);
    Validation length;
    length.number = 2;
    length.message = said(MessageId::delivery_detail_short);
    detail.validations = {std::move(length)};
    page.fields = {std::move(receiver), std::move(phone), std::move(division), std::move(detail)};
    return page;
}

}  // namespace

void add_delivery(ServiceItem& item) {
    const auto& ways = item.terms.delivery;
    if (ways.size() < 2) return;
    SituationQuestion question;
    question.id = delivery_question;
    question.text = said(MessageId::delivery_title);
    bool post = false;
    for (const auto way : ways) {
        question.options.push_back(
            {std::string(name_in(deliveries, way)), label_of(way), note_of(way)});
        post |= way == Delivery::post;
    }
    item.situation.push_back(std::move(question));
    if (post) item.form.push_back(address_page());
}

}  // namespace catalogue::reading
