// What stands on the papers: from the session's values to documents, in the citizen's language.
// Pure.
#pragma once

#include "catalogue/application.hpp"
#include "catalogue/pack.hpp"
#include "catalogue/voice.hpp"
#include "documents/documents.hpp"
#include "domain/booking.hpp"
#include "domain/local_receipt.hpp"
#include "domain/masking.hpp"
#include "domain/payment_order.hpp"

namespace app {

struct ReceiptFacts {
    domain::LocalReceipt receipt;
    std::string item_code;
    std::string masked_name;
    bool copy = false;
};
documents::ReceiptDocument receipt_document(const catalogue::Pack& pack, const ReceiptFacts& facts,
                                            base::Locale locale);

// Of a question, a complaint, or what could not be done: no name stands on it.
struct VoiceReceiptFacts {
    domain::LocalReceipt receipt;
    catalogue::VoiceKind kind{};
    bool copy = false;
};
documents::ReceiptDocument voice_receipt_document(const catalogue::Pack& pack,
                                                  const VoiceReceiptFacts& facts,
                                                  base::Locale locale);
// 缴费凭条, of an order that the centre says was paid: no invoice, and it says so.
documents::ReceiptDocument bill_document(const catalogue::Pack& pack,
                                         const domain::PaymentOrder& order,
                                         const std::string& masked_name, base::Locale locale);
// The slip of an appointment. It names nobody.
documents::ReceiptDocument booking_document(const catalogue::Pack& pack,
                                            const domain::booking::Booking& booking,
                                            base::Locale locale);

documents::LetterDocument letter_document(const catalogue::Pack& pack,
                                          const catalogue::Submission& submission,
                                          base::Locale locale, base::Date today,
                                          const domain::MaskingPolicy& masking);

}  // namespace app
