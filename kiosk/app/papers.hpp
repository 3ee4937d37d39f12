// What stands on the papers: from the session's values to documents, in the citizen's language.
// Pure.
#pragma once

#include "catalogue/application.hpp"
#include "catalogue/pack.hpp"
#include "documents/documents.hpp"
#include "domain/booking.hpp"
#include "domain/local_receipt.hpp"
#include "domain/masking.hpp"

namespace app {

struct ReceiptFacts {
    domain::LocalReceipt receipt;
    std::string item_code;
    std::string masked_name;
    bool copy = false;
};
documents::ReceiptDocument receipt_document(const catalogue::Pack& pack, const ReceiptFacts& facts,
                                            base::Locale locale);

// The slip of an appointment. It names nobody.
documents::ReceiptDocument booking_document(const catalogue::Pack& pack,
                                            const domain::booking::Booking& booking,
                                            base::Locale locale);

documents::LetterDocument letter_document(const catalogue::Pack& pack,
                                          const catalogue::Submission& submission,
                                          base::Locale locale, base::Date today,
                                          const domain::MaskingPolicy& masking);

}  // namespace app
